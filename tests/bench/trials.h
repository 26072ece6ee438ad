// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "measure.h"

#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace Lorikeet::Bench {

using Series = std::vector<double>;

/// What each client measured of one quantity, a value a repetition.
using Table = std::map<QString, std::map<QString, Series>>; ///< client, quantity

/// Runs this program as `run CLIENT …`, each client in turn, so many times, each against a stub
/// server of its own (this program as `serve`).
[[nodiscard]] Table measure(const QStringList &clients, Scenario scenario, int repetitions);

/// The ratios within each repetition: what disturbed one disturbed both.
[[nodiscard]] Series pairedRatios(
    Table &table, const QString &client, const QString &base, const QString &quantity);

/// Prints medians with the least and the greatest, and bars beside what was reached.
class Report final
{
public:
    /// Of all clients that measured it.
    void quantity(Table &table, const char *name, const QString &quantity);
    /// The median of the values is to be no more than the limit.
    void atMost(const QString &what, const Series &values, double limit);
    /// Or no less.
    void atLeast(const QString &what, const Series &values, double limit);

    [[nodiscard]] int missed() const { return m_missed; }

private:
    void bar(const QString &what, const Series &values, double limit, bool isMet, const char *sign);

    int m_missed = 0;
};

} // namespace Lorikeet::Bench
