// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/apiclient.h"
#include "providers/endpointprobe.h"
#include "scriptedserver.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>

// Servers as a probe sees them: what each answers at the paths it has.

namespace Lorikeet {

struct Route
{
    QByteArray path; ///< "*" stands for every other
    int status = 200;
    QByteArray body;
    Headers headers;
    QByteArray type = "application/json";
};

using Routes = QList<Route>;

[[nodiscard]] Routes llamaCpp();
[[nodiscard]] Routes vllm();
[[nodiscard]] Routes oldVllm();
[[nodiscard]] Routes sglang();
[[nodiscard]] Routes tgi();
[[nodiscard]] Routes lorax();
[[nodiscard]] Routes ollama();
[[nodiscard]] Routes ollamaOwn();
[[nodiscard]] Routes emptyOllama();
[[nodiscard]] Routes anthropic();
[[nodiscard]] Routes gemini();
/// Answers 200 to everything, known or not.
[[nodiscard]] Routes lmStudio();
[[nodiscard]] Routes mistral();
[[nodiscard]] Routes openAi();
[[nodiscard]] Routes generic();
[[nodiscard]] Routes liteLlm();
/// A page for people, and one route that answers POST alone.
[[nodiscard]] Routes langformers();
[[nodiscard]] Routes triton();
[[nodiscard]] Routes tritonTensorRt();
[[nodiscard]] Routes restrictedTriton();
[[nodiscard]] Routes langformersWithoutItsPage();
[[nodiscard]] Routes webPage();
[[nodiscard]] Routes moved(Routes routes, const QByteArray &prefix);

/// Makes `server` answer so, and 404 elsewhere.
void serve(ScriptedServer &server, const Routes &routes);

/// What a probe of that address finds.
[[nodiscard]] Result<ProbeResult> probed(
    ApiClient &client, const QUrl &url, const QString &key = {});

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::Route)
