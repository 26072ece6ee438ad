// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/httpexchange.h"
#include "model/description.h"
#include "providers/servers.h"

#include <QList>

namespace Lorikeet {

/// Reads what the harmless routes of a server answered (/models, /props, /lora-adapters,
/// /version, /info, /api/tags, …; told apart by the path of each reply's URL; a list may come in
/// several replies of one path) and says what stands there.
/// Judged by bodies and headers, never by status alone, since some servers answer 200 to
/// everything.
[[nodiscard]] EndpointDescription describeEvidence(const QList<HttpReply> &replies);

/// A good list of models in OpenAI's form.
[[nodiscard]] bool holdsModelList(const HttpReply &reply);

/// A good list of models in Ollama's own form, and in Gemini's; empty ones included.
[[nodiscard]] bool holdsOllamaModels(const HttpReply &reply);
[[nodiscard]] bool holdsGeminiModels(const HttpReply &reply);

[[nodiscard]] AdapterStyle adapterStyleOf(Server server);

} // namespace Lorikeet
