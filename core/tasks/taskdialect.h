// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "tasks/task.h"

#include <QString>
#include <QStringList>

namespace Lorikeet {

/// How a server is asked for tasks. Answers need no dialect: see taskreplies.h.
enum class TaskDialect {
    OpenAi, ///< /v1/embeddings; also what is not known
    Mistral,
    Vllm,
    LlamaCpp,
    Sglang,
    Ollama,
    Lorax,
    Tei, ///< Hugging Face's text-embeddings-inference
    Cohere,
    Jina, ///< also Xinference
    Infinity,
    Triton, ///< by tensors, not by a route: runTask() does it, encodeTask() cannot
};

/// "openai", "vllm", "tei" …
[[nodiscard]] QString taskDialectName(TaskDialect dialect);
[[nodiscard]] std::optional<TaskDialect> taskDialectFromName(const QString &name);
[[nodiscard]] QStringList taskDialectNames();
/// By what was recognised at the endpoint, else by its host, else by its chat dialect.
[[nodiscard]] TaskDialect taskDialectOf(const Endpoint &endpoint);

/// How many texts one request may carry.
[[nodiscard]] qsizetype taskInputLimit(TaskDialect dialect);

// The request, with authentication; or, in one sentence, why it must not be sent.

[[nodiscard]] Result<HttpRequest> encodeTask(
    TaskDialect dialect, const Target &target, const EmbedRequest &request);
[[nodiscard]] Result<HttpRequest> encodeTask(
    TaskDialect dialect, const Target &target, const RerankRequest &request);
[[nodiscard]] Result<HttpRequest> encodeTask(
    TaskDialect dialect, const Target &target, const ClassifyRequest &request);

} // namespace Lorikeet
