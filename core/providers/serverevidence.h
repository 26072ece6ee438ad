// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/httpexchange.h"
#include "model/description.h"
#include "providers/servers.h"

#include <QList>

namespace Lorikeet {

/// The harmless GET routes below a server's root, besides its list of models, by which a server of
/// this kind tells its version and adapters. Empty: it has none, or is not known.
[[nodiscard]] QStringList evidenceRoutes(Server server);

/// Those by which a server tells which one it is, where its models do not.
[[nodiscard]] QStringList recognitionRoutes();

/// Reads what the harmless routes of a server answered (/models, /props, /lora-adapters,
/// /version, /info, /api/tags, …; told apart by the path of each reply's URL; a list may come in
/// several replies of one path) and says what stands there.
/// Judged by bodies and headers, never by status alone, since some servers answer 200 to
/// everything.
[[nodiscard]] EndpointDescription describeEvidence(const QList<HttpReply> &replies);

/// The answer that shows that the key is missing or wrong; null if none does. `models` is where
/// the models were asked for; llama.cpp shows them to everyone, so its properties count as well.
[[nodiscard]] const HttpReply *keyRefusal(const QList<HttpReply> &replies, const QUrl &models);

/// A good list of models in OpenAI's form.
[[nodiscard]] bool holdsModelList(const HttpReply &reply);

/// A good list of models in Ollama's own form, and in Gemini's; empty ones included.
[[nodiscard]] bool holdsOllamaModels(const HttpReply &reply);
[[nodiscard]] bool holdsGeminiModels(const HttpReply &reply);

[[nodiscard]] AdapterStyle adapterStyleOf(Server server);

} // namespace Lorikeet
