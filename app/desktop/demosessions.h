// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "model/endpoint.h"

#include <QList>

namespace Lorikeet {

/// Sessions that show what Lorikeet does with an answer: Markdown, code, a table, reasoning, two
/// versions, a stopped answer and an error. All were asked of `endpoint`, and end before `now`.
[[nodiscard]] QList<Conversation> demoSessions(const Endpoint &endpoint, const QDateTime &now);

} // namespace Lorikeet
