// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "http/httpexchange.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Lorikeet {

/// What an error body says, in whichever of the known shapes: an `error` object (OpenAI, Azure,
/// vLLM, llama.cpp, Ollama /v1, OpenRouter, TGI within a stream) or text, with or without
/// `error_type` (LoRAX, TGI, Ollama, SGLang); `object:"error"` (Mistral, SGLang, old vLLM);
/// `detail` (FastAPI); `message` (gateways); an array holding one of them.
struct ErrorBody
{
    QString message;
    QString type; ///< `type`, `error_type`, `status`
    QString code; ///< as text, whether it was a number or a string
    QString param;
    int status = 0; ///< where the body names an HTTP status of its own
};

/// Nothing if the body is no JSON, or holds no error.
[[nodiscard]] std::optional<ErrorBody> readErrorBody(QByteArrayView body);

/// The error that an answer with an error status means. Also for an answer that says 200 and
/// holds an error all the same (LM Studio for unknown routes).
[[nodiscard]] ApiError errorFromReply(const HttpReply &reply);

/// The error in a record of a stream that began with status 200. `record` holds an error in one
/// of the shapes, or is not understood and becomes Kind::Protocol; unless the server itself called
/// the event ("type") an error, which is then the server's, in its own words.
[[nodiscard]] ApiError errorFromRecord(QByteArrayView record, QByteArrayView type = {});

/// Kind::Protocol with what was received; `what` is the sentence.
[[nodiscard]] ApiError protocolError(const QString &what, QByteArrayView received);

/// Kind::Truncated: the answer ended before `what` ("Ollama said that it was done").
[[nodiscard]] ApiError truncatedBefore(const QString &what);
/// The same where nothing came at all.
[[nodiscard]] ApiError truncatedEmpty();

/// The first of the headers that carry a server's own id of a request.
[[nodiscard]] QString requestId(const Headers &headers);

/// How long the server asks to wait: retry-after-ms, else retry-after in seconds (fractions
/// allowed) or as an HTTP date, which is counted from the answer's own Date header.
[[nodiscard]] std::optional<Milliseconds> retryAfter(const Headers &headers);

} // namespace Lorikeet
