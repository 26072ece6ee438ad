// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "http/httpexchange.h"
#include "providers/provider.h"

#include <QByteArrayView>
#include <QUrl>

namespace Lorikeet {

/// How the body of an answer is read; decided by the head, or by its first bytes where the head
/// says nothing of use.
enum class AnswerBody {
    Unknown, ///< not decided yet
    Records, ///< a stream in the dialect's framing
    Whole, ///< one JSON text
    Error, ///< of an answer with an error status
    Foreign, ///< nothing a model server would send: a page of a proxy, most often
};

/// How much of a foreign body is kept to be shown, in bytes.
constexpr qsizetype shownOfForeignBody = 2 * 1024;

/// What the body of a good answer is, as far as `start`, all that came of it, tells. `streamAsked`
/// decides what a single JSON text is in a dialect of JSON lines.
[[nodiscard]] AnswerBody answerBodyOf(
    QByteArrayView contentType, QByteArrayView start, Framing framing, bool streamAsked);

/// Kind::Protocol for AnswerBody::Foreign, or for one that ended before anything told what it is.
[[nodiscard]] ApiError foreignAnswerError(const HttpReply &reply, const QUrl &url);

} // namespace Lorikeet
