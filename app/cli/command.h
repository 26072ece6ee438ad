// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "exitcode.h"

#include <QObject>

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
    void done(Lorikeet::ExitCode code);

protected:
    void endWith(const ApiError &error)
    {
        printError(error);
        Q_EMIT done(exitCodeOf(error));
    }
};

} // namespace Lorikeet
