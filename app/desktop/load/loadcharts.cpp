// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcharts.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
/// Rates are of so many ticks, a second, up to the one they stand at; before the first there was
/// nothing, or all that begin at once would be a peak that flattens the rest.
constexpr qsizetype rateTicks = 10;
/// What comes late changes so many of the last ticks.
constexpr qsizetype lateTicks = 20;
/// A curve is drawn anew where the tokens of a piece are off by more.
constexpr double drift = 0.02;

ChartSeries series(const QString &name, int look, ChartSeries::Kind kind = ChartSeries::Kind::Line)
{
    return {.name = name, .kind = kind, .look = look, .points = {}};
}

} // namespace

LoadCharts::LoadCharts(QObject *parent)
    : QObject(parent)
    , m_span(new ChartSpan(this))
{
    const ChartData::Axis time{.unit = ChartUnit::Time};
    const ChartData::Axis rate{.unit = ChartUnit::Number, .startsAtZero = true};
    const ChartData::Axis count{.unit = ChartUnit::Count, .startsAtZero = true};
    const ChartData::Axis latency{.unit = ChartUnit::Duration, .startsAtZero = true};
    const ChartData::Axis latencyLog{.unit = ChartUnit::Duration, .isLog = true};
    const ChartData::Axis share{.unit = ChartUnit::Share, .startsAtZero = true};
    m_tokens = chart(tr("Output tokens"), tr("a second"), time, rate);
    m_requests = chart(tr("Requests"), tr("a second"), time, rate);
    m_running = chart(tr("Concurrency"), tr("requests at once"), time, count);
    m_firstToken
        = chart(tr("Time to first token"), tr("of answers that ended then"), time, latency);
    m_gaps = chart(tr("Inter-token latency"), tr("of tokens that came then"), time, latency);
    m_errors = chart(tr("Errors"), tr("a second"), time, rate);
    m_heat = chart(tr("Latency over time"), tr("how many took how long"), time, latencyLog);
    m_dots = chart({}, {}, time, latencyLog);
    nameDots();
    m_serverRequests = chart(tr("Server: requests"), tr("at once"), time, count);
    m_serverShares = chart(tr("Server: KV cache and GPU"), tr("in use"), time, share);
    m_choiceTimes = chart({}, {}, time, latency);
    m_choiceTokens = chart({}, {}, time, rate);
    m_histogram = chart(tr("Histogram"), tr("how many took how long"), latencyLog, count);
    m_distribution = chart(tr("Distribution"), tr("share that took no longer"), latencyLog, share);
    begin({});
}

ChartData *LoadCharts::chart(const QString &title, const QString &unitText,
    const ChartData::Axis &x, const ChartData::Axis &y)
{
    auto *data = new ChartData(this);
    data->setTitle(title, unitText);
    data->setAxes(x, y);
    return data;
}

LoadChartSums::LoadChartSums(LoadTask::Kind task, const std::vector<int> &drawn)
    : isOfChats(task == LoadTask::Kind::Chat)
    , choices(task, drawn)
{ }

void LoadCharts::begin(const LoadPlan &plan, LoadTask::Kind task, const QStringList &choices,
    const QList<double> &shares)
{
    m_isOfChats = task == LoadTask::Kind::Chat;
    if (!m_isOfChats) {
        m_metric = Total;
    }
    Q_EMIT metricChanged();
    m_firstToken->setTitle(m_isOfChats ? tr("Time to first token") : tr("End-to-end latency"),
        tr("of answers that ended then"));
    m_choiceTimes->setTitle(
        m_isOfChats ? tr("Time to first token by adapter") : tr("End-to-end latency by adapter"),
        tr("median of answers that ended then"));
    m_choiceTokens->setTitle(
        tr("Output tokens by adapter"), tr("a second, of answers that ended then"));
    m_plan = plan;
    m_choices = choices;
    m_sums = LoadChartSums(task, isMixed() ? ChoiceTimeline::greatest(shares) : std::vector<int>());
    QList<ChartSeries> lines;
    for (const int place : m_sums.choices.places()) {
        lines.append(series(choices.value(place), place));
    }
    m_choiceTimes->setSeries(lines);
    m_choiceTokens->setSeries(lines);
    Q_EMIT mixedChanged();
    ++m_showing;
    m_perPiece = 1;
    m_done = 0;
    m_under = 0;
    m_span->reset();
    m_tokens->setSeries({series(tr("output tokens"), 0)});
    m_requests->setSeries(
        {series(tr("answered"), 0), series(tr("due"), 1), series(tr("failed"), 2)});
    m_running->setSeries(
        {series(tr("under way"), 0), series(tr("asked for"), 1, ChartSeries::Kind::Steps)});
    m_errors->setSeries({series(tr("failed"), 2), series(tr("cancelled"), 3)});
    const bool isOpen = std::ranges::any_of(
        plan.curve, [](const LoadBlock &block) { return block.kind == LoadBlock::Kind::Rate; });
    QList<ChartSeries> firstTokens{
        series(tr("p50"), 0), series(tr("p95"), 1), series(tr("p99"), 2)};
    if (isOpen || plan.curve.isEmpty()) {
        firstTokens.append(series(tr("p95 from the plan"), 3));
    }
    m_firstToken->setSeries(firstTokens);
    m_gaps->setSeries({series(tr("p50"), 0), series(tr("p95"), 1), series(tr("p99"), 2)});
    m_heat->setHeat({});
    m_histogram->setSeries({series(tr("requests"), 0, ChartSeries::Kind::Bars)});
    m_distribution->setSeries({series(tr("TTFT"), 0, ChartSeries::Kind::Steps),
        series(tr("ITL"), 1, ChartSeries::Kind::Steps),
        series(tr("end to end"), 2, ChartSeries::Kind::Steps)});
    m_dots->setSeries({series(tr("answered"), 0, ChartSeries::Kind::Points),
        series(tr("failed"), 1, ChartSeries::Kind::Points),
        series(tr("beyond a limit"), 2, ChartSeries::Kind::Points)});
    showServer({});

    const Nanoseconds length = durationOf(plan.curve);
    markWindow({.from = plan.warmUp, .to = length - plan.coolDown});
    for (ChartData *data : timed()) {
        data->setExtent(length > Nanoseconds(0) ? std::optional(ChartRange{0, toSeconds(length)})
                                                : std::nullopt);
    }
    const auto limitsOf = [&plan](LoadMetric metric) {
        QList<ChartLimit> limits;
        for (const LatencyLimit &limit : plan.objective.limits) {
            if (limit.metric == metric) {
                limits.append({.value = toSeconds(limit.limit),
                    .text = tr("p%1 limit").arg(QString::number(limit.share * 100, 'g', 4))});
            }
        }
        return limits;
    };
    m_firstToken->setLimits(
        limitsOf(m_isOfChats ? LoadMetric::TimeToFirstToken : LoadMetric::Total));
    m_gaps->setLimits(limitsOf(LoadMetric::InterTokenLatency));
}

QList<ChartData *> LoadCharts::timed() const
{
    return {m_tokens, m_requests, m_running, m_firstToken, m_gaps, m_errors, m_serverRequests,
        m_serverShares, m_choiceTimes, m_choiceTokens, m_heat, m_dots};
}

/// What is not of it is shaded.
void LoadCharts::markWindow(const LoadWindow &window)
{
    QList<ChartMark> marks;
    const Nanoseconds length = durationOf(m_plan.curve);
    if (window.from > Nanoseconds(0)) {
        marks.append({.from = 0,
            .to = toSeconds(window.from),
            .text = window.from == m_plan.warmUp ? tr("warm-up") : tr("not measured")});
    }
    if (window.to < length) {
        marks.append({.from = toSeconds(window.to),
            .to = toSeconds(length),
            .text = window.to == length - m_plan.coolDown ? tr("cool-down") : tr("not measured")});
    }
    for (ChartData *data : timed()) {
        data->setMarks(marks);
    }
}

void LoadCharts::nameDots()
{
    m_dots->setTitle(tr("Requests one by one"),
        m_metric == Gap         ? tr("longest gap of each, by when it was due")
            : m_metric == Total ? tr("end to end, by when it was due")
                                : tr("time to first token, by when it was due"));
}

void LoadCharts::showDots(const LoadSamples &samples)
{
    m_sums.dots = {};
    m_sums.places = {};
    for (quint32 place = 0; place < samples.size(); ++place) {
        m_sums.addDot(samples[place], place, m_plan.objective, m_metric);
    }
}

void LoadCharts::showDots(const LoadResult &result, int stage)
{
    QtConcurrent::run([result, stage, metric = m_metric, choices = m_sums.choices.places()] {
        const LoadStage &shown = result.stages[stage];
        auto sums = std::make_shared<LoadChartSums>(shown.report.task(), choices);
        sums->add(shown.samples, shown.report.plan.objective, metric);
        return sums;
    })
        .then(this,
            [this, result, stage, showing = ++m_showing](
                const std::shared_ptr<LoadChartSums> &sums) {
                if (showing == m_showing) {
                    m_sums = std::move(*sums);
                    const LoadReport &report = result.stages[stage].report;
                    refresh(report.timeline, report.summary, Extent::Final);
                }
            });
}

void LoadCharts::show(const LoadResult &result, int stage)
{
    const LoadReport &report = result.stages[stage].report;
    // Without its samples nothing is known of them over time.
    QStringList names;
    for (const LoadChoice &choice : report.choices) {
        if (!result.stages[stage].samples.empty()) {
            names.append(choice.name);
        }
    }
    begin(report.plan, report.task(), names, sharesOf(report));
    if (report.summary.window.to > report.summary.window.from) {
        markWindow(report.summary.window);
    }
    showServer(report.server.timeline);
    showDots(result, stage);
}

int LoadCharts::sampleOf(int series, int point) const
{
    const bool isThere = series >= 0 && std::size_t(series) < m_sums.places.size() && point >= 0
        && std::size_t(point) < m_sums.places[std::size_t(series)].size();
    return isThere ? int(m_sums.places[std::size_t(series)][std::size_t(point)]) : -1;
}

void LoadCharts::setMetric(int metric)
{
    if (m_metric != metric && metric >= FirstToken && metric <= Total) {
        m_metric = metric;
        nameDots();
        Q_EMIT metricChanged();
    }
}

void LoadCharts::add(const LoadSamples &samples)
{
    m_sums.add(samples, m_plan.objective, m_metric);
}

void LoadCharts::refresh(const LoadTimeline &timeline, const LoadSummary &measured, Extent extent)
{
    refreshRates(timeline, extent);
    if (extent != Extent::Rates) {
        refreshTimes(timeline);
        refreshChoices(timeline);
        refreshHeat(slicesOf(timeline, m_metric));
        refreshDistribution(measured);
        for (std::size_t i = 0; i < m_sums.dots.size(); ++i) {
            m_dots->pointsOf(qsizetype(i)) = m_sums.dots[i];
        }
        m_dots->edited();
    }
}

void LoadCharts::showServer(const ServerTimeline &server)
{
    const auto fill = [&server](ChartData &data,
                          std::initializer_list<std::pair<ServerFigure, QString>> figures) {
        QList<ChartSeries> lines;
        for (const auto &[figure, name] : figures) {
            ChartSeries line = series(name, int(lines.size()));
            bool isTold = false;
            for (const ServerMoment &moment : server.moments()) {
                const std::optional<double> &value = moment.reading.value(figure);
                isTold = isTold || value;
                line.points.append({std::max(0.0, toSeconds(moment.at)), value.value_or(nothing)});
            }
            if (isTold) {
                lines.append(line);
            }
        }
        data.setSeries(lines);
    };
    fill(*m_serverRequests,
        {{ServerFigure::Running, tr("running")}, {ServerFigure::Waiting, tr("waiting")}});
    fill(*m_serverShares,
        {{ServerFigure::KvCache, tr("KV cache")}, {ServerFigure::GpuUse, tr("GPU")}});
}

void LoadCharts::refreshRates(const LoadTimeline &timeline, Extent extent)
{
    const std::vector<LoadTick> &ticks = timeline.ticks();
    const auto count = qsizetype(ticks.size());
    const double tick = toSeconds(LoadTimeline::tickLength);
    const double perPiece
        = m_sums.pieces > 0 && m_sums.tokens > 0 ? m_sums.tokens / m_sums.pieces : 1;
    // How many tokens a piece has is known better with each answer.
    if (extent == Extent::Final || std::abs(perPiece / m_perPiece - 1) > drift) {
        m_perPiece = perPiece;
        m_done = 0;
        m_under = 0;
    }
    QList<QPointF> *tokens = &m_tokens->pointsOf(0);
    const std::array lists{tokens, &m_requests->pointsOf(0), &m_requests->pointsOf(1),
        &m_requests->pointsOf(2), &m_running->pointsOf(0), &m_running->pointsOf(1),
        &m_errors->pointsOf(0), &m_errors->pointsOf(1)};
    m_done = std::min(m_done, count);
    for (QList<QPointF> *list : lists) {
        list->resize(std::min(list->size(), m_done));
    }
    const double span = double(rateTicks) * tick;
    LoadTick window;
    for (qsizetype i = std::max<qsizetype>(0, m_done - rateTicks); i < m_done; ++i) {
        window += ticks[std::size_t(i)];
    }
    const auto leave = [](LoadTick &from, const LoadTick &gone) {
        from.planned -= gone.planned;
        from.answered -= gone.answered;
        from.failed -= gone.failed;
        from.cancelled -= gone.cancelled;
        from.chunks -= gone.chunks;
    };
    qint64 under = m_under;
    const qsizetype last = count - lateTicks;
    for (qsizetype i = m_done; i < count; ++i) {
        const LoadTick &now = ticks[std::size_t(i)];
        window += now;
        if (i >= rateTicks) {
            leave(window, ticks[std::size_t(i - rateTicks)]);
        }
        under += now.began - now.answered - now.failed - now.cancelled;
        if (i + 1 == last) {
            m_under = under;
        }
        const double at = double(i + 1) * tick;
        const Nanoseconds since = LoadTimeline::tickLength * (i + 1);
        const double asked = usersAt(m_plan.curve, since);
        lists[0]->append({at, double(window.chunks) * m_perPiece / span});
        lists[1]->append({at, double(window.answered) / span});
        lists[2]->append({at, double(window.planned) / span});
        lists[3]->append({at, double(window.failed) / span});
        lists[4]->append({at, double(under)});
        lists[5]->append({at, asked > 0 ? std::floor(asked) : nothing});
        lists[6]->append({at, double(window.failed) / span});
        lists[7]->append({at, double(window.cancelled) / span});
    }
    m_done = std::max(m_done, std::max<qsizetype>(0, last));
    for (ChartData *data : {m_tokens, m_requests, m_running, m_errors}) {
        data->edited();
    }
}

} // namespace Lorikeet
