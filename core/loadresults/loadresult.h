// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadanswers.h"
#include "load/loadreport.h"
#include "load/loadsample.h"
#include "load/loadsweep.h"
#include "load/sharedsamples.h"
#include "load/workload.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace Lorikeet {

struct TokenCalibration;

/// What a run told of itself. `samples` and `timeline` outlive it.
struct ToldRun
{
    QDateTime startedAt;
    LoadSubject subject;
    LoadPlan plan;
    LoadWorkload workload;
    const LoadSamples &samples; // NOLINT(*-avoid-const-or-ref-data-members)
    const LoadTimeline &timeline; // NOLINT(*-avoid-const-or-ref-data-members)
    /// What the figures are of; nothing: windowOf() its plan.
    std::optional<LoadWindow> window;
    /// How long words are at the server; null: that is not known.
    const TokenCalibration *calibration = nullptr;
};

/// Its report, but for what only the run knows (`end`, `problem`, `health`, `precision`), and what
/// others do (`server`, `calibration` of the client).
[[nodiscard]] LoadReport reportOf(const ToldRun &told);

/// The same run, its figures of another stretch of it.
[[nodiscard]] LoadReport measuredAnew(
    const LoadReport &report, const LoadSamples &samples, const LoadWindow &window);

/// One run of a load test, which may be a stage of a sweep.
struct LoadStage
{
    double load = 0; ///< of a sweep: users, or requests a second
    LoadReport report;
    /// What became of each request, as far as that was kept; in the order in which they ended.
    SharedSamples samples;
    /// What was answered, as far as that was kept; null: nothing is.
    std::shared_ptr<const LoadAnswers> answers = {};

    friend bool operator==(const LoadStage &, const LoadStage &) = default;
};

/// What came of a load test: one stage, or all those of a sweep in the order they were run. What
/// reports, pages and comparisons are made of. A value.
struct LoadResult
{
    QString name; ///< as a person calls it; may be empty
    QString note;
    QStringList tags;
    std::optional<SweepPlan> sweep;
    QList<LoadStage> stages;

    [[nodiscard]] bool isSweep() const { return sweep.has_value(); }

    /// The stages as findingOf() takes them: those that ended by their plan. What was broken off
    /// measured no load.
    [[nodiscard]] QList<SweepPoint> points() const;
    /// Of a sweep.
    [[nodiscard]] SweepFinding finding() const;
    /// What all stages have taken of their ceiling.
    [[nodiscard]] LoadSpent spent() const;
    /// Whether it kept to its objective: a run all limits of it, a sweep at one load at least.
    /// Nothing where it has no objective.
    [[nodiscard]] std::optional<bool> keepsObjective() const;

    friend bool operator==(const LoadResult &, const LoadResult &) = default;
};

/// Of one stage alone the report's; of a sweep `"format": "lorikeet-sweep"` (core/load/README.md).
/// Without samples, answers, name, note and tags.
[[nodiscard]] QJsonObject toJson(const LoadResult &result);
/// Of either. Fails with one sentence where the text is neither.
[[nodiscard]] Result<LoadResult> loadResultFrom(const QByteArray &json);

/// A name for a test of which nobody said one: "8 users, 60 s", "20 requests/s, 2 min", "sweep of
/// users".
[[nodiscard]] QString nameOf(const LoadPlan &plan, const std::optional<SweepPlan> &sweep);

/// How often each of the mix was to be asked, as its workload says; where that is not known, how
/// often it was. As many as there are choices.
[[nodiscard]] QList<double> sharesOf(const LoadReport &report);

} // namespace Lorikeet
