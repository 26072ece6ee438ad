// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QElapsedTimer>
#include <QString>

#include <optional>

namespace Lorikeet {

/// How far something is, as one line on stderr that is written anew each time: a bar, the count,
/// the rate and how long it will take. Says nothing where stderr is no terminal.
class ProgressLine final
{
public:
    ProgressLine();
    ~ProgressLine();
    Q_DISABLE_COPY_MOVE(ProgressLine)

    /// The clock of the rate starts.
    void start(std::optional<qint64> total);
    /// `done` so far, `failed` of them; draws at most ten times a second.
    void update(qint64 done, qint64 failed);
    /// Takes the line away, so that something else can be said.
    void clear();

    /// The line for these values, no longer than `width` characters; `elapsed` is since start().
    [[nodiscard]] static QString text(
        qint64 done, qint64 failed, std::optional<qint64> total, Milliseconds elapsed, int width);

private:
    bool m_isTerminal;
    bool m_isShown = false;
    std::optional<qint64> m_total;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceDrawn;
};

} // namespace Lorikeet
