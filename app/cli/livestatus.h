// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "load/livefigures.h"

#include <QString>

namespace Lorikeet {

/// How a load test goes, on stderr: a line that is written anew on a terminal, else a line each
/// second.
class LiveStatus final
{
public:
    LiveStatus();
    ~LiveStatus();
    Q_DISABLE_COPY_MOVE(LiveStatus)

    /// How often it is to be told.
    [[nodiscard]] Milliseconds interval() const;
    /// `title` begins the line; may be empty.
    void show(const QString &title, Nanoseconds elapsed, const LiveState &state);
    /// Takes the line away, so that something else can be said.
    void clear();

    [[nodiscard]] static QString text(
        const QString &title, Nanoseconds elapsed, const LiveState &state);

private:
    bool m_isTerminal;
    bool m_isShown = false;
};

} // namespace Lorikeet
