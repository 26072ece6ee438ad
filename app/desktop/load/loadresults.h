// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartdata.h"
#include "load/loadfigures.h"
#include "load/loadsweep.h"
#include "loadresults/loaddocument.h"
#include "loadresults/loadresult.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// One load of a search for the limit.
struct LoadStageRow
{
    Q_GADGET
    QML_VALUE_TYPE(loadStageRow)
    Q_PROPERTY(QString load MEMBER load FINAL)
    Q_PROPERTY(QString tokenRate MEMBER tokenRate FINAL)
    Q_PROPERTY(QString requestRate MEMBER requestRate FINAL)
    Q_PROPERTY(QString firstToken95 MEMBER firstToken95 FINAL)
    Q_PROPERTY(QString gap95 MEMBER gap95 FINAL)
    Q_PROPERTY(QString failed MEMBER failed FINAL)
    /// An Outcome.
    Q_PROPERTY(int outcome MEMBER outcome FINAL)
    /// The place among the stages in the order in which they were run.
    Q_PROPERTY(int place MEMBER place FINAL)

public:
    enum Outcome {
        NoObjective,
        Kept,
        Missed,
        BrokenOff, ///< before it was measured
    };
    Q_ENUM(Outcome)

    QString load;
    QString tokenRate;
    QString requestRate;
    QString firstToken95;
    QString gap95;
    QString failed;
    int outcome = NoObjective;
    int place = 0;

    friend bool operator==(const LoadStageRow &, const LoadStageRow &) = default;
};

/// What came of a run, and of the stages of a search for the limit, in words and tables.
class LoadResults final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    /// Of a run that is over; false: what is shown grows.
    Q_PROPERTY(bool whole READ isWhole NOTIFY changed FINAL)
    /// A Verdict.
    Q_PROPERTY(int verdict READ verdict NOTIFY changed FINAL)
    /// "Kept to its objective: all 3 limits hold."
    Q_PROPERTY(QString headline READ headline NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::LoadVerdict> limits READ limits NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::LoadTimeRow> times READ times NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::LoadFact> facts READ facts NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::LoadFact> failures READ failures NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::LoadChoiceRow> choices READ choices NOTIFY changed FINAL)
    /// A Trust.
    Q_PROPERTY(int trust READ trust NOTIFY changed FINAL)
    Q_PROPERTY(QString trustText READ trustText NOTIFY changed FINAL)
    Q_PROPERTY(QStringList trustReasons READ trustReasons NOTIFY changed FINAL)
    Q_PROPERTY(bool sweep READ isSweep NOTIFY changed FINAL)
    /// What speaks against the figures besides: prompts that the server knew, percentiles that are
    /// not known as well as was asked for.
    Q_PROPERTY(QStringList warnings READ warnings NOTIFY changed FINAL)
    /// What to know besides: where it was steady, how it began, what the server told of itself.
    Q_PROPERTY(QStringList remarks READ remarks NOTIFY changed FINAL)
    /// Whether the search saw the server full, in a sentence; the headline has the rest.
    Q_PROPERTY(QString finding READ finding NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::LoadStageRow> stages READ stages NOTIFY changed FINAL)
    /// They are of texts or documents, and so are their rates and times.
    Q_PROPERTY(bool ofItems READ isOfItems NOTIFY changed FINAL)
    /// What was given, and how long it took, by the load.
    Q_PROPERTY(Lorikeet::ChartData *throughput MEMBER m_throughput CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *latency MEMBER m_latency CONSTANT FINAL)

public:
    enum Verdict { NoObjective, Kept, Missed, Unsure };
    Q_ENUM(Verdict)

    enum Trust { Good, Doubtful, ClientBound, NotYet };
    Q_ENUM(Trust)

    explicit LoadResults(QObject *parent);

    [[nodiscard]] bool isWhole() const { return m_isWhole; }

    [[nodiscard]] int verdict() const;
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QList<LoadVerdict> limits() const;

    [[nodiscard]] QList<LoadTimeRow> times() const { return timeRowsOf(m_report.summary); }

    [[nodiscard]] QList<LoadFact> facts() const { return factsOf(m_report); }

    [[nodiscard]] QList<LoadFact> failures() const { return failuresOf(m_report.summary); }

    [[nodiscard]] QList<LoadChoiceRow> choices() const { return choiceRowsOf(m_report.choices); }

    [[nodiscard]] int trust() const;
    [[nodiscard]] QString trustText() const;

    [[nodiscard]] QStringList trustReasons() const { return m_trust.reasons; }

    [[nodiscard]] QStringList warnings() const { return remarks(DocumentLine::Tone::Warning); }

    [[nodiscard]] QStringList remarks() const { return remarks(DocumentLine::Tone::Plain); }

    [[nodiscard]] bool isSweep() const { return m_sweep.has_value(); }

    [[nodiscard]] QString finding() const;

    [[nodiscard]] QList<LoadStageRow> stages() const { return m_rows; }

    [[nodiscard]] bool isOfItems() const;

    [[nodiscard]] const LoadReport &report() const { return m_report; }

    /// A new run.
    void begin(const std::optional<SweepPlan> &sweep);
    /// As it stands while it runs; `report` has what is known so far.
    void showSoFar(const LoadReport &report);
    void showStage(const LoadReport &report);
    /// Of a search for the limit: what it has measured until now.
    void showStages(const LoadResult &result);
    /// Nothing more comes.
    void end();

Q_SIGNALS:
    void changed();

private:
    /// Warnings and what is worse, or all others.
    [[nodiscard]] QStringList remarks(DocumentLine::Tone tone) const;
    /// Tells apart those of one load.
    void numberRuns();
    void drawPoints();

    ChartData *m_throughput;
    ChartData *m_latency;
    LoadReport m_report;
    LoadTrust m_trust;
    std::optional<SweepPlan> m_sweep;
    QList<SweepPoint> m_points;
    QList<LoadStageRow> m_rows; ///< by load
    bool m_isWhole = false;
    bool m_isOver = false;
    bool m_isBegun = false; ///< there is something to trust, or not
};

} // namespace Lorikeet
