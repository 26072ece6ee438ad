// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "exitcode.h"

#include <QObject>

#include <utility>

namespace Lorikeet {

/// One command of lori, at work.
class Command : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    /// The person pressed Ctrl+C: ends soon with done().
    virtual void interrupt() = 0;

Q_SIGNALS:
    /// Once and last.
    void done(Lorikeet::ExitCode code);

protected:
    [[nodiscard]] bool isOver() const { return m_isOver; }

    // The first end counts; a later one is nothing, not even a sentence.

    void end(ExitCode code)
    {
        if (!std::exchange(m_isOver, true)) {
            Q_EMIT done(code);
        }
    }

    void endWith(const ApiError &error)
    {
        if (!m_isOver) {
            printError(error);
            end(exitCodeOf(error));
        }
    }

    void endInterrupted(const QString &sentence = QStringLiteral("Interrupted."))
    {
        if (!m_isOver) {
            printNote(sentence);
            end(ExitCode::Interrupted);
        }
    }

private:
    bool m_isOver = false;
};

} // namespace Lorikeet
