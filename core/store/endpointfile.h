// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Lorikeet {

// Endpoints as a file that people write, share and keep under version control:
//
//     {"endpoints": [{"name": "Production", "url": "https://${LLM_HOST}/v1", "provider": "openai",
//                     "key": "env:PROD_KEY", "headers": {"X-Team": "green"}}]}
//
// Further members are those of an endpoint as it is stored. It never holds a key: "key" says where
// one is, "env:NAME" or "keychain".

/// As JSON, indented.
[[nodiscard]] QByteArray endpointsToFile(const QList<Endpoint> &endpoints);

/// All endpoints of a file, or what is wrong with it, in one sentence that names `file` and the
/// endpoint. `${NAME}` in a URL is replaced now, in headers at each use. An endpoint without an id
/// gets one that follows from its name, so that importing a file again changes what it brought
/// before.
[[nodiscard]] Result<QList<Endpoint>> endpointsFromFile(
    const QByteArray &content, const QString &file);

} // namespace Lorikeet
