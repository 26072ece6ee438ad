// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadhealth.h"
#include "load/loadplan.h"
#include "load/loadsummary.h"
#include "load/loadtimeline.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace Lorikeet {

struct Endpoint;

/// Who was asked. Holds no secret: of the address neither user nor query.
struct LoadSubject
{
    QString url;
    QString provider;
    QString server; ///< empty if it is not known
    QString serverVersion;
    QString model;

    [[nodiscard]] static LoadSubject from(const Endpoint &endpoint);

    friend bool operator==(const LoadSubject &, const LoadSubject &) = default;
};

/// One of the mix, by itself.
struct LoadChoice
{
    QString name;
    LoadSummary summary;

    friend bool operator==(const LoadChoice &, const LoadChoice &) = default;
};

/// A run, as it is kept and sent around. Without its samples it takes no more room for a long run
/// than for a short one.
struct LoadReport
{
    QDateTime startedAt; ///< the origin, by the clock on the wall; UTC
    LoadSubject subject;
    LoadPlan plan;
    QJsonObject workload; ///< as toJson(LoadWorkload) writes it
    QString end; ///< toWord(LoadEnd); of several that were merged the worst
    QString problem; ///< why it ended so, where there is more to say
    LoadSummary summary; ///< of its window
    QList<LoadChoice> choices;
    LoadTimeline timeline;
    LoadHealth health;
    QString place; ///< which shards it is of, "1/3"; empty: all

    /// How many requests a closed loop asked for at once, on average over the window; nothing for
    /// an open one, or where users think in between.
    [[nodiscard]] std::optional<double> askedConcurrency() const;
    [[nodiscard]] LoadTrust trust() const;
    [[nodiscard]] QList<LimitVerdict> verdicts() const;

    friend bool operator==(const LoadReport &, const LoadReport &) = default;
};

/// core/load/README.md describes it. "figures" are what people look for and follow from the rest.
[[nodiscard]] QJsonObject toJson(const LoadReport &report);
/// Fails with one sentence where the text is no report, or one of a later version.
[[nodiscard]] Result<LoadReport> loadReportFrom(const QByteArray &json);

/// Shards of one plan as one run. Fails where they are of different plans, or one is there twice.
/// Nothing is lost: counts are added, and so are histograms.
[[nodiscard]] Result<LoadReport> merged(const QList<LoadReport> &shards);

/// "figures" alone: requests, rates and times by their metric, null where they are not known.
[[nodiscard]] QJsonObject figuresOf(const LoadSummary &summary);

} // namespace Lorikeet
