// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace Lorikeet {

/// SIGINT and SIGTERM as a Qt signal, so that the program ends the way it does when its window is
/// closed. One at a time; does nothing on systems without these signals.
class TerminationSignals final : public QObject
{
    Q_OBJECT

public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

Q_SIGNALS:
    void received();
};

} // namespace Lorikeet
