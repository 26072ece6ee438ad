// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

namespace Lorikeet {

/// What a filter or test is called with.
struct FilterCall
{
    QJsonValue subject; ///< Undefined only for `default` and the tests of being defined
    QJsonArray arguments; ///< by place
    QJsonObject named;

    /// The argument of that place or name, or what it is by default.
    [[nodiscard]] QJsonValue argument(
        qsizetype place, const QString &name, const QJsonValue &byDefault) const;
};

/// A value, or a clause that says what is wrong.
using FilterResult = tl::expected<QJsonValue, QString>;

/// Nothing if there is such a filter; else a clause: Jinja has it and this has not, or nobody does.
[[nodiscard]] QString filterProblem(const QString &name);
[[nodiscard]] QString testProblem(const QString &name);

/// The same of any names: `known` here, and those that only Jinja has.
[[nodiscard]] QString namingProblem(
    const QString &name, const QStringList &known, const QStringList &jinjas, const QString &what);

/// `name` has no filterProblem().
[[nodiscard]] FilterResult applyFilter(const QString &name, const FilterCall &call);
/// `name` has no testProblem(). Gives a truth value.
[[nodiscard]] FilterResult applyTest(const QString &name, const FilterCall &call);

} // namespace Lorikeet
