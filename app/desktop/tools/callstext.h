// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/message.h"

#include <QList>
#include <QString>

namespace Lorikeet {

/// An answer with what it calls.
struct CallsText
{
    QString markdown;
    /// Of each result a place within its block; -1 where no call has it.
    QList<qsizetype> places;
};

/// What an answer says with what it calls and what that was answered, as Markdown: each call as
/// JSON in a block of its own, its answer below.
[[nodiscard]] CallsText withCalls(const Message &answer, const QList<Message> &results);

} // namespace Lorikeet
