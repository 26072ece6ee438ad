// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Lorikeet {

/// The tools of a chat, as a person wrote them, and who answers their calls.
struct ToolSetup
{
    bool isOn = false; ///< the rest is kept while it is off
    QString tools; ///< the text that toolsFrom() reads
    QString mock; ///< the text that ToolMock reads; blank: it answers nothing
    /// The text that toolCommandsFrom() reads; blank: there are none. What neither has an answer
    /// for is answered by hand.
    QString commands;
    int limit = 8; ///< how many answers with calls are answered before the chat stops

    friend bool operator==(const ToolSetup &, const ToolSetup &) = default;
};

} // namespace Lorikeet
