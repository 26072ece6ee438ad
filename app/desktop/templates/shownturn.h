// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/promptexamples.h"

#include <QCoreApplication>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// An example turn, as it is shown.
struct ShownTurn
{
    Q_GADGET
    QML_VALUE_TYPE(shownTurn)
    Q_DECLARE_TR_FUNCTIONS(ShownTurn)
    /// Who says it.
    Q_PROPERTY(QString who MEMBER who FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)

public:
    QString who;
    QString text;

    [[nodiscard]] static QString nameOf(Role role);
    [[nodiscard]] static QList<ShownTurn> of(const QList<ExampleTurn> &turns);
    /// "4 turns, from “Sort”, version 3"; empty: there are none.
    [[nodiscard]] static QString note(const PromptExamples &examples);

    friend bool operator==(const ShownTurn &, const ShownTurn &) = default;
};

} // namespace Lorikeet
