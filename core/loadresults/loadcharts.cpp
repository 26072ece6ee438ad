// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/durationtext.h"
#include "load/choicetimeline.h"
#include "loadresults/loaddocument.h"

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Not more points than one can see.
constexpr size_t mostMoments = 240;

QString timeOnAxis(double seconds)
{
    return seconds <= 0 ? u"0"_s : durationText(fromSeconds(seconds));
}

double secondsOrGap(const std::optional<Nanoseconds> &time)
{
    return time ? toSeconds(*time) : std::numeric_limits<double>::quiet_NaN();
}

/// A run's ticks put together, so many to a moment.
struct ChartMoments
{
    explicit ChartMoments(const LoadTimeline &timeline)
        : ticks(timeline.ticks().size())
    {
        // Half a second at least, or it is noise.
        together = std::max<size_t>(5, (ticks + mostMoments - 1) / mostMoments);
    }

    [[nodiscard]] size_t count() const { return (ticks + together - 1) / together; }

    [[nodiscard]] double length() const
    {
        return toSeconds(LoadTimeline::tickLength) * double(together);
    }

    [[nodiscard]] double middle(size_t moment) const { return (double(moment) + 0.5) * length(); }

    size_t ticks;
    size_t together;
};

ChartLine rateLine(const QString &name, const LoadTimeline &timeline, const ChartMoments &moments,
    qint64 LoadTick::*member, double factor)
{
    ChartLine line{.name = name, .points = {}};
    for (size_t moment = 0; moment < moments.count(); ++moment) {
        double sum = 0;
        const size_t end = std::min(moments.ticks, (moment + 1) * moments.together);
        for (size_t i = moment * moments.together; i < end; ++i) {
            sum += double(timeline.ticks()[i].*member);
        }
        const double length
            = double(end - moment * moments.together) * toSeconds(LoadTimeline::tickLength);
        line.points.emplace_back(moments.middle(moment), sum * factor / length);
    }
    return line;
}

SvgChart concurrencyChart(const LoadReport &report, const ChartMoments &moments)
{
    const std::vector<qint64> running = report.timeline.running();
    ChartLine held{.name = u"under way"_s, .points = {}};
    ChartLine asked{.name = u"asked for"_s, .points = {}};
    for (size_t moment = 0; moment < moments.count(); ++moment) {
        const size_t end = std::min(running.size(), (moment + 1) * moments.together);
        double sum = 0;
        for (size_t i = moment * moments.together; i < end; ++i) {
            sum += double(running[i]);
        }
        held.points.emplace_back(
            moments.middle(moment), sum / std::max(1.0, double(end - moment * moments.together)));
        asked.points.emplace_back(moments.middle(moment),
            usersAt(report.plan.curve, fromSeconds(moments.middle(moment))));
    }
    SvgChart chart{.title = u"Requests under way"_s,
        .xLabel = u"since the start"_s,
        .yLabel = u"requests"_s,
        .lines = {held},
        .xText = &timeOnAxis};
    if (report.askedConcurrency()) {
        chart.lines.append(asked);
    }
    return chart;
}

/// Of chats the time to the first token, of what is answered whole that to its end.
SvgChart timeChart(const LoadStage &stage, const ChartMoments &moments)
{
    const bool isChat = stage.report.task() == LoadTask::Kind::Chat;
    std::vector<LatencyHistogram> slices(moments.count());
    for (const LoadSample &sample : stage.samples) {
        const auto time = !sample.isAnswered() ? std::nullopt
            : isChat                           ? sample.timeToFirstToken()
                                               : sample.total();
        if (time && sample.planned && *sample.planned >= Nanoseconds(0)) {
            const auto at = size_t(toSeconds(*sample.planned) / moments.length());
            if (at < slices.size()) {
                slices[at].add(*time);
            }
        }
    }
    SvgChart chart{.title = isChat ? u"Time to the first token, by when requests were due"_s
                                   : u"End-to-end latency, by when requests were due"_s,
        .xLabel = u"since the start"_s,
        .yLabel = isChat ? u"TTFT"_s : u"end to end"_s,
        .lines = {},
        .xText = &timeOnAxis,
        .yText = &timeOnAxis};
    for (const auto &[share, name] :
        {std::pair{0.5, u"p50"_s}, std::pair{0.95, u"p95"_s}, std::pair{0.99, u"p99"_s}}) {
        ChartLine line{.name = name, .points = {}};
        for (size_t i = 0; i < slices.size(); ++i) {
            line.points.emplace_back(moments.middle(i), secondsOrGap(slices[i].quantile(share)));
        }
        chart.lines.append(line);
    }
    return chart;
}

/// A line for each of the mix, of those that were asked most.
SvgChart choicesChart(const LoadStage &stage)
{
    const LoadReport &report = stage.report;
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    ChoiceTimeline times(report.task(), ChoiceTimeline::greatest(sharesOf(report)));
    times.add(stage.samples);
    SvgChart chart{.title = isChat ? u"Time to the first token by adapter or model, p50"_s
                                   : u"End-to-end latency by adapter or model, p50"_s,
        .xLabel = u"since the start"_s,
        .yLabel = isChat ? u"TTFT"_s : u"end to end"_s,
        .lines = {},
        .xText = &timeOnAxis,
        .yText = &timeOnAxis};
    const Nanoseconds end = LoadTimeline::tickLength * qint64(report.timeline.ticks().size());
    for (const int place : times.places()) {
        ChartLine line{.name = report.choices[place].name, .points = {}};
        for (const ChoiceTimeline::Slice &slice : times.slicesOf(place, end)) {
            line.points.emplace_back(toSeconds(slice.middle), secondsOrGap(slice.median));
        }
        chart.lines.append(line);
    }
    return chart;
}

SvgChart gapChart(const LoadTimeline &timeline)
{
    SvgChart chart{.title = u"Gaps between tokens"_s,
        .xLabel = u"since the start"_s,
        .yLabel = u"ITL"_s,
        .lines = {},
        .xText = &timeOnAxis,
        .yText = &timeOnAxis};
    for (const auto &[share, name] :
        {std::pair{0.5, u"p50"_s}, std::pair{0.95, u"p95"_s}, std::pair{0.99, u"p99"_s}}) {
        ChartLine line{.name = name, .points = {}};
        for (size_t i = 0; i < timeline.gaps().size(); ++i) {
            line.points.emplace_back((double(i) + 0.5) * toSeconds(timeline.gapLength()),
                secondsOrGap(timeline.gaps()[i].quantile(share)));
        }
        chart.lines.append(line);
    }
    return chart;
}

} // namespace

QList<SvgChart> chartsOf(const LoadStage &stage)
{
    const LoadReport &report = stage.report;
    const ChartMoments moments(report.timeline);
    QList<SvgChart> charts;
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    if (isChat) {
        charts.append({.title = u"Output tokens a second"_s,
            .xLabel = u"since the start"_s,
            .yLabel = u"tokens/s"_s,
            .lines = {rateLine(u"tokens/s"_s, report.timeline, moments, &LoadTick::chunks,
                report.summary.tokensPerChunk().value_or(1))},
            .xText = &timeOnAxis});
    }
    charts.append({.title = u"Requests a second"_s,
        .xLabel = u"since the start"_s,
        .yLabel = u"requests/s"_s,
        .lines = {rateLine(u"due"_s, report.timeline, moments, &LoadTick::planned, 1),
            rateLine(u"answered"_s, report.timeline, moments, &LoadTick::answered, 1)},
        .xText = &timeOnAxis});
    if (report.timeline.sum().failed > 0) {
        charts.last().lines.append(
            rateLine(u"failed"_s, report.timeline, moments, &LoadTick::failed, 1));
    }
    charts.append(concurrencyChart(report, moments));
    if (!stage.samples.empty()) {
        charts.append(timeChart(stage, moments));
        if (report.choices.size() > 1) {
            charts.append(choicesChart(stage));
        }
    }
    if (isChat) {
        charts.append(gapChart(report.timeline));
    }
    return charts;
}

SvgChart distributionsOf(const LoadSummary &summary)
{
    SvgChart chart{.title = u"How many took no longer than"_s,
        .xLabel = u"time (logarithmic)"_s,
        .yLabel = u"share"_s,
        .lines = {},
        .isLogX = true,
        .xText = &timeOnAxis,
        .yText = [](double share) { return QString::number(share * 100, 'f', 0) + u" %"_s; }};
    static constexpr std::array metrics{std::pair{LoadMetric::TimeToFirstToken, "TTFT"_L1},
        std::pair{LoadMetric::InterTokenLatency, "ITL"_L1},
        std::pair{LoadMetric::TimePerOutputToken, "TPOT"_L1},
        std::pair{LoadMetric::Total, "end to end"_L1}};
    for (const auto &[metric, name] : metrics) {
        const LatencyHistogram &times = summary.time(metric);
        ChartLine line{.name = name, .points = {}};
        qint64 so = 0;
        for (const LatencyHistogram::Slot &slot : times.filled()) {
            so += slot.count;
            line.points.emplace_back(toSeconds(slot.to), double(so) / double(times.count()));
        }
        // Gaps of nothing are of pieces that came in one read.
        std::erase_if(line.points, [](const auto &point) { return point.first < 1e-6; });
        if (line.points.size() > 1) {
            chart.lines.append(line);
        }
    }
    return chart;
}

QList<SvgChart> chartsOfSweep(const LoadResult &result)
{
    QList<SweepPoint> points = result.points();
    std::ranges::stable_sort(points, {}, &SweepPoint::load);
    const bool isUsers = result.sweep->kind == LoadBlock::Kind::Users;
    const QString load = isUsers ? u"users"_s : u"requests a second asked for"_s;
    const LoadTask::Kind task
        = result.stages.isEmpty() ? LoadTask::Kind::Chat : result.stages.constFirst().report.task();
    const bool isChat = task == LoadTask::Kind::Chat;
    const QString given = (isChat ? u"tokens"_s : itemsName(task)) + u"/s"_s;
    const QString time = isChat ? u"TTFT"_s : u"end to end"_s;
    ChartLine rates{.name = given, .points = {}, .hasDots = true};
    ChartLine median{.name = time + u" p50"_s, .points = {}, .hasDots = true};
    ChartLine high{.name = time + u" p95"_s, .points = {}, .hasDots = true};
    for (const SweepPoint &point : points) {
        if (const auto rate = isChat ? point.summary.tokenRate() : point.summary.itemRate()) {
            rates.points.emplace_back(point.load, *rate);
        }
        const LatencyHistogram &times
            = point.summary.time(isChat ? LoadMetric::TimeToFirstToken : LoadMetric::Total);
        if (!times.isEmpty()) {
            median.points.emplace_back(point.load, toSeconds(*times.quantile(0.5)));
            high.points.emplace_back(point.load, toSeconds(*times.quantile(0.95)));
        }
    }
    const std::optional<double> knee = result.finding().knee;
    const QString kneeText = knee ? u"knee at %1"_s.arg(QString::number(*knee, 'f', 1)) : QString();
    return {{.title = isChat ? u"Output tokens a second by load"_s : u"%1 by load"_s.arg(given),
                .xLabel = load,
                .yLabel = given,
                .lines = {rates},
                .mark = knee,
                .markLabel = kneeText},
        {.title = isChat ? u"Time to the first token by load"_s : u"End-to-end latency by load"_s,
            .xLabel = load,
            .yLabel = time,
            .lines = {median, high},
            .mark = knee,
            .markLabel = kneeText,
            .yText = &timeOnAxis}};
}

} // namespace Lorikeet
