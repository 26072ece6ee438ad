// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/clientcalibration.h"
#include "load/loadhealth.h"
#include "load/loadplan.h"
#include "load/loadsummary.h"
#include "load/loadtask.h"
#include "load/loadtimeline.h"
#include "load/servertimeline.h"
#include "load/steadystate.h"

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
    QJsonObject workload; ///< as toJson(LoadWorkload) writes it; its JSON has no secret of it
    /// toWord(LoadEnd), of several that were merged the worst; "killed": the program died, and this
    /// was made of what it had written (LoadHistory).
    QString end;
    QString problem; ///< why it ended so, where there is more to say
    LoadSummary summary; ///< of its window
    QList<LoadChoice> choices;
    /// Of what was due in the start burst (startBurstOf()), which the window may have or not.
    LoadSummary start;
    LoadTimeline timeline;
    LoadHealth health;
    /// As explainedCacheShare() of its workload; see prefixCacheCheck().
    std::optional<double> explainedCacheShare;
    QList<PrecisionReached> precision; ///< of the percentiles it waited for
    /// Of all its requests, warm-up included, in the currency of the plan's price; nothing where
    /// that is not known.
    std::optional<double> cost;
    ServerSide server; ///< what was seen of it, where it tells something
    /// Of the computer that measured, where there is one; of several that were merged the same one.
    std::optional<ClientCalibration> calibration;
    /// Which shards it is of, "1/3" or "1/4, 3/4"; empty: the plan's one, of a whole run all.
    QString place;
    /// Of several that were merged: by how much their windows differ.
    Nanoseconds windowsApart{};

    /// What its requests had the model do.
    [[nodiscard]] LoadTask::Kind task() const;
    /// How many requests a closed loop asked for at once, on average over the window, in the shards
    /// it is of; nothing for an open one, or where users think in between.
    [[nodiscard]] std::optional<double> askedConcurrency() const;
    [[nodiscard]] LoadTrust trust() const;
    /// Beside the window: where it might rather be.
    [[nodiscard]] SteadyState steady() const;
    [[nodiscard]] QList<LimitVerdict> verdicts() const;

    friend bool operator==(const LoadReport &, const LoadReport &) = default;
};

/// core/load/README.md describes it. "figures" are what people look for and follow from the rest.
[[nodiscard]] QJsonObject toJson(const LoadReport &report);
/// Fails with one sentence where the text is no report, or one of a later version.
[[nodiscard]] Result<LoadReport> loadReportFrom(const QByteArray &json);

/// Shards of one plan as one run; those that were merged before are taken as well. Fails where they
/// are of different plans, one is there twice, or their figures are of unlike stretches of time.
/// Nothing is lost: counts are added, and so are histograms.
[[nodiscard]] Result<LoadReport> merged(const QList<LoadReport> &shards);

} // namespace Lorikeet
