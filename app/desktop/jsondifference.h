// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/jsondiff.h"

#include <QCoreApplication>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

/// A place at which two JSON values differ, in words.
struct JsonDifferenceRow
{
    Q_GADGET
    QML_VALUE_TYPE(jsonDifferenceRow)
    /// "/items/2/price"
    Q_PROPERTY(QString path MEMBER path FINAL)
    /// What the base has there, on one line; empty: nothing.
    Q_PROPERTY(QString base MEMBER base FINAL)
    Q_PROPERTY(QString other MEMBER other FINAL)

public:
    QString path;
    QString base;
    QString other;

    friend bool operator==(const JsonDifferenceRow &, const JsonDifferenceRow &) = default;
};

/// Two answers held against each other by what they mean as JSON.
struct JsonDifference
{
    Q_DECLARE_TR_FUNCTIONS(JsonDifference)

public:
    QList<JsonDifferenceRow> rows;
    double similarity = 1;
    bool hasWords = false; ///< one of them says something besides

    /// Nothing where one of them is no object or list, by itself or in a code fence. Reentrant.
    [[nodiscard]] static std::optional<JsonDifference> of(
        const QString &base, const QString &other);
};

} // namespace Lorikeet
