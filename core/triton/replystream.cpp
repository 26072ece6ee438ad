// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/replystream.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

ReplyStream::~ReplyStream()
{
    if (!std::exchange(m_over, true) && m_cancel) {
        m_cancel();
    }
}

void ReplyStream::cancel()
{
    if (m_over) {
        return;
    }
    if (m_cancel) {
        m_cancel();
    }
    ApiError error;
    error.kind = ApiError::Kind::Cancelled;
    error.message = u"The answer was stopped."_s;
    finish(error);
}

void ReplyStream::finish(const std::optional<ApiError> &error)
{
    if (!std::exchange(m_over, true)) {
        Q_EMIT finished(error);
    }
}

} // namespace Lorikeet::Triton

#include "moc_replystream.cpp"
