// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartdata.h"
#include "charts/chartspan.h"
#include "load/choicetimeline.h"
#include "load/loadplan.h"
#include "load/loadsample.h"
#include "load/loadsummary.h"
#include "load/loadtask.h"
#include "load/loadtimeline.h"
#include "load/servertimeline.h"
#include "loadresults/loadresult.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <array>
#include <vector>

namespace Lorikeet {

/// The share that took no longer, by seconds, for a logarithmic axis.
[[nodiscard]] QList<QPointF> distributionOf(const LatencyHistogram &times);

/// What charts need of requests that ended. A value.
struct LoadChartSums
{
    LoadChartSums() = default;
    /// `drawn`: the places in the mix of those that have lines of their own.
    LoadChartSums(LoadTask::Kind task, const std::vector<int> &drawn);

    bool isOfChats = true;
    /// Their times by when they ended, in the place of gaps; to the end of what is answered whole.
    LoadTimeline firstTokens;
    LoadTimeline totals;
    LoadTimeline planned; ///< the same from the moment they were due
    double tokens = 0; ///< of those that were answered
    double pieces = 0;
    quint32 samples = 0;
    /// Answered, failed, beyond a limit: by when each was due, and their places among the samples.
    std::array<QList<QPointF>, 3> dots;
    std::array<std::vector<quint32>, 3> places;
    ChoiceTimeline choices;

    /// `metric`: the Metric of LoadCharts that dots are of.
    void add(const LoadSamples &more, const ServiceObjective &objective, int metric);
    void addDot(
        const LoadSample &sample, quint32 place, const ServiceObjective &objective, int metric);
};

/// A run as charts show it, all but the last over the same time. Grows while the run goes on.
class LoadCharts final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(Lorikeet::ChartData *tokens MEMBER m_tokens CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *requests MEMBER m_requests CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *running MEMBER m_running CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *firstToken MEMBER m_firstToken CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *gaps MEMBER m_gaps CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *errors MEMBER m_errors CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *heat MEMBER m_heat CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *dots MEMBER m_dots CONSTANT FINAL)
    /// What the server told of itself: requests, and shares of its memory and its GPUs. Empty where
    /// it tells nothing of the kind.
    Q_PROPERTY(Lorikeet::ChartData *serverRequests MEMBER m_serverRequests CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *serverShares MEMBER m_serverShares CONSTANT FINAL)
    /// Of a mix, by adapter, of those that are asked most.
    Q_PROPERTY(Lorikeet::ChartData *choiceTimes MEMBER m_choiceTimes CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *choiceTokens MEMBER m_choiceTokens CONSTANT FINAL)
    /// Of what was measured: how many took how long, and the share that took no longer.
    Q_PROPERTY(Lorikeet::ChartData *histogram MEMBER m_histogram CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *distribution MEMBER m_distribution CONSTANT FINAL)
    /// Of those over time.
    Q_PROPERTY(Lorikeet::ChartSpan *span MEMBER m_span CONSTANT FINAL)
    /// They are of chats; what is answered whole has neither tokens nor a first one.
    Q_PROPERTY(bool chats READ isOfChats NOTIFY metricChanged FINAL)
    /// Several adapters are asked.
    Q_PROPERTY(bool mixed READ isMixed NOTIFY mixedChanged FINAL)
    /// What heat map, histogram and dots are of.
    Q_PROPERTY(int metric READ metric WRITE setMetric NOTIFY metricChanged FINAL)

public:
    enum Metric { FirstToken, Gap, Total };
    Q_ENUM(Metric)

    /// How much of it a refresh() draws anew.
    enum class Extent {
        Rates,
        All,
        Final, ///< also what was drawn with what was known by then
    };

    explicit LoadCharts(QObject *parent);

    [[nodiscard]] int metric() const { return m_metric; }

    void setMetric(int metric);

    [[nodiscard]] bool isOfChats() const { return m_isOfChats; }

    [[nodiscard]] bool isMixed() const { return m_choices.size() > 1; }

    /// A new run begins. `choices`: the names of its mix; `shares`: how often each is asked.
    void begin(const LoadPlan &plan, LoadTask::Kind task = LoadTask::Kind::Chat,
        const QStringList &choices = {}, const QList<double> &shares = {});
    /// What ended since. Nothing is painted for it.
    void add(const LoadSamples &samples);
    /// Makes curves of what was added. `measured`: what the figures are of, warm-up and cool-down
    /// left out.
    void refresh(const LoadTimeline &timeline, const LoadSummary &measured, Extent extent);
    void showServer(const ServerTimeline &server);
    /// One stage of a run that is over. What takes long goes on in another thread.
    void show(const LoadResult &result, int stage);

    /// After another metric was chosen: of what ended so far, or of such a stage.
    void showDots(const LoadSamples &samples);
    void showDots(const LoadResult &result, int stage);

    /// The place among all samples of a dot.
    Q_INVOKABLE [[nodiscard]] int sampleOf(int series, int point) const;

Q_SIGNALS:
    void metricChanged();
    void mixedChanged();

private:
    [[nodiscard]] ChartData *chart(const QString &title, const QString &unitText,
        const ChartData::Axis &x, const ChartData::Axis &y);
    void refreshRates(const LoadTimeline &timeline, Extent extent);
    void refreshTimes(const LoadTimeline &timeline);
    void refreshChoices(const LoadTimeline &timeline);
    void refreshHeat(const LoadTimeline &slices);
    void refreshDistribution(const LoadSummary &measured);
    [[nodiscard]] const LoadTimeline &slicesOf(const LoadTimeline &timeline, int metric) const;
    [[nodiscard]] QList<ChartData *> timed() const;
    void markWindow(const LoadWindow &window);
    void nameDots();

    ChartData *m_tokens;
    ChartData *m_requests;
    ChartData *m_running;
    ChartData *m_firstToken;
    ChartData *m_gaps;
    ChartData *m_errors;
    ChartData *m_heat;
    ChartData *m_dots;
    ChartData *m_serverRequests;
    ChartData *m_serverShares;
    ChartData *m_choiceTimes;
    ChartData *m_choiceTokens;
    ChartData *m_histogram;
    ChartData *m_distribution;
    ChartSpan *m_span;
    int m_metric = FirstToken;
    bool m_isOfChats = true;
    LoadPlan m_plan;
    QStringList m_choices; ///< of the mix
    LoadChartSums m_sums;
    int m_showing = 0; ///< counts what is shown, of which only the last is drawn
    double m_perPiece = 1; ///< tokens of a piece, as the curve was drawn with
    qsizetype m_done = 0; ///< ticks whose points will not change any more
    qint64 m_under = 0; ///< requests under way after these
};

} // namespace Lorikeet
