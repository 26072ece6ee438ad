// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "preferences.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// What the window is given: the view models, made and joined here, once, for the whole program.
class Workbench final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(Lorikeet::Preferences *preferences READ preferences CONSTANT FINAL)

public:
    /// Keeps its files in `folder`, which must exist.
    explicit Workbench(const QString &folder, QObject *parent = nullptr);

    [[nodiscard]] Preferences *preferences() { return &m_preferences; }

private:
    Preferences m_preferences;
};

} // namespace Lorikeet
