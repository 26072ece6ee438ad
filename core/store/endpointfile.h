// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Lorikeet {

// Endpoints as a file that people write, share and keep under version control, in TOML or JSON:
//
//     [[endpoints]]
//     name = "Production"
//     url = "https://${LLM_HOST}/v1"   # or unix:/run/llama.sock
//     provider = "openai"
//     key = "env:PROD_KEY"
//     http_version = "auto"            # or 1.1, 2
//     headers = { X-Team = "green", Cookie = "${COOKIE}" }
//     timeouts = { connect_ms = 5000, first_token_ms = 600000, idle_ms = 60000, total_ms = 0 }
//     retry = { retries = 3 }
//     proxy = { mode = "explicit", url = "http://proxy:3128" }
//     tls = { ca_file = "/etc/ca.pem", pin = "sha256:…", client_certificate_file = "me.pem",
//             client_key_file = "me.key", client_key_passphrase = "env:PASS" }   # in one line
//
// Members are those of an endpoint as it is stored. It never holds a secret: "key" and
// "client_key_passphrase" say where one is, "env:NAME" or "keychain", and of a header that carries
// one only the name of a variable is written.

enum class EndpointFileForm { Json, Toml };

/// By the name's ending: .toml, else JSON.
[[nodiscard]] EndpointFileForm endpointFileForm(const QString &fileName);

/// What differs from what an endpoint has by itself.
[[nodiscard]] QByteArray endpointsToFile(
    const QList<Endpoint> &endpoints, EndpointFileForm form = EndpointFileForm::Json);

/// All endpoints of a file in either form, or what is wrong with it, in one sentence that names
/// `file` and the endpoint. `${NAME}` in a URL is replaced now, in headers at each use. An endpoint
/// without an id gets one that follows from its name, so that importing a file again changes what
/// it brought before.
[[nodiscard]] Result<QList<Endpoint>> endpointsFromFile(
    const QByteArray &content, const QString &file);

} // namespace Lorikeet
