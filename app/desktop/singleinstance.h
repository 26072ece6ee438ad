// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace Lorikeet {

/// Sees to it that a folder of files has one window: a second program that is started over it asks
/// the first to come to the front.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// `folder` is what must not be opened twice.
    explicit SingleInstance(const QString &folder, QObject *parent = nullptr);

    /// True: another program holds the folder and was asked to raise its window, so this one
    /// should end. Waits a second at most for an answer.
    [[nodiscard]] bool raiseOther() const;
    /// Holds the folder from now on. Where that fails the program works all the same.
    void hold();

Q_SIGNALS:
    /// Another program was started over the folder.
    void raiseWanted();

private:
    QString m_name;
    QLocalServer m_server;
};

} // namespace Lorikeet
