// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace Lorikeet {

/// Turns the first SIGINT into a signal of the event loop. A second one kills the program, as
/// Ctrl+C does with any other.
class InterruptWatch final : public QObject
{
    Q_OBJECT

public:
    explicit InterruptWatch(QObject *parent = nullptr);

Q_SIGNALS:
    void interrupted();
};

} // namespace Lorikeet
