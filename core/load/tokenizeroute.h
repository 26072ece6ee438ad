// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "model/endpoint.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

// Servers that show how they cut a text into tokens: llama.cpp, vLLM, SGLang, TGI and LoRAX.

/// The request for the tokens of a text at this endpoint; nothing where its server is not known to
/// have a route for that.
[[nodiscard]] std::optional<HttpRequest> tokenizeRequest(
    const Target &target, const QString &model, const QString &text);

/// The numbers of the tokens; nothing where that is no such answer.
[[nodiscard]] std::optional<QList<qint64>> tokensIn(const HttpReply &reply);

/// A text by whose tokens tokensOfWords() tells those of each word, written as within a sentence.
[[nodiscard]] QString separated(const QStringList &words);
/// How many tokens each of `count` words has; nothing where the tokenizer does not let them be told
/// apart.
[[nodiscard]] std::optional<QByteArray> tokensOfWords(const QList<qint64> &tokens, qsizetype count);

} // namespace Lorikeet
