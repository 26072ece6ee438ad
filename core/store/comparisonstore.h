// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "compare/comparisonrecord.h"
#include "compare/verdict.h"

#include <QFuture>

namespace Lorikeet {

class Database;

/// One row of the list of comparisons.
struct ComparisonSummary
{
    QUuid id;
    QString title;
    QDateTime updated; ///< UTC

    friend bool operator==(const ComparisonSummary &, const ComparisonSummary &) = default;
};

/// Comparisons and sets of lanes in the database. Callable from every thread; calls are carried
/// out in the order they were made. What is said in a lane is in the ConversationStore.
class ComparisonStore final
{
public:
    /// `database` must outlive this.
    explicit ComparisonStore(Database &database)
        : m_database(database)
    { }

    /// The last one used first.
    [[nodiscard]] QFuture<Result<QList<ComparisonSummary>>> list() const;
    [[nodiscard]] QFuture<Result<ComparisonRecord>> load(QUuid id) const;

    /// Adds the comparison, or replaces the one of the same id. The conversations of its lanes are
    /// not listed among the others from then on.
    [[nodiscard]] QFuture<Result<>> save(const ComparisonRecord &record) const;

    /// With what was said in its lanes. It can be restored while the program runs, and is purged at
    /// a later start.
    [[nodiscard]] QFuture<Result<>> remove(QUuid id) const;
    [[nodiscard]] QFuture<Result<>> restore(QUuid id) const;

    /// In the order they were added.
    [[nodiscard]] QFuture<Result<QList<LaneSet>>> laneSets() const;
    /// Adds the set, or replaces the one of the same id.
    [[nodiscard]] QFuture<Result<>> saveLaneSet(const LaneSet &set) const;
    [[nodiscard]] QFuture<Result<>> removeLaneSet(QUuid id) const;

    /// What was judged, in that order. Verdicts outlive their comparisons.
    [[nodiscard]] QFuture<Result<QList<Verdict>>> verdicts() const;
    [[nodiscard]] QFuture<Result<>> addVerdict(const Verdict &verdict) const;

private:
    Database &m_database;
};

} // namespace Lorikeet
