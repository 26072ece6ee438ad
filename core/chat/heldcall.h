// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tools/toolcall.h"

#include <QStringList>

#include <optional>

namespace Lorikeet {

/// A call of an answer, and what it was answered with; nothing yet: it waits for the person.
struct HeldCall
{
    ToolQuestion question;
    std::optional<ToolReply> reply;
    QStringList command; ///< that the person may let run; empty: there is none
    bool isRunning = false; ///< the command is
    QString problem; ///< why the command did not run
};

} // namespace Lorikeet
