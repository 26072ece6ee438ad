// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/message.h"

#include <QList>
#include <QString>

namespace Lorikeet {

/// What an answer says with what it calls and what that was answered, as Markdown: each call as
/// JSON in a block of its own, its answer below.
[[nodiscard]] QString withCalls(const Message &answer, const QList<Message> &results);

} // namespace Lorikeet
