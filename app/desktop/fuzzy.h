// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Which of `candidates` contain the letters of `typed` in their order, the best first: letters at
/// the beginnings of words and letters in a row count more. With nothing typed all, as they come.
[[nodiscard]] QList<int> fuzzyMatches(const QString &typed, const QStringList &candidates);

/// fuzzyMatches() for QML. A function without a state.
class Fuzzy final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    Q_INVOKABLE [[nodiscard]] QList<int> matches(
        const QString &typed, const QStringList &candidates) const
    {
        return fuzzyMatches(typed, candidates);
    }
};

} // namespace Lorikeet
