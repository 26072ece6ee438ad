// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadfigure.h"

#include "base/durationtext.h"
#include "base/logging.h"
#include "load/serviceobjective.h"
#include "loadresults/loadresult.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Unit = LoadFigure::Unit;
using Better = LoadFigure::Better;

const QString toolName = u"Lorikeet"_s;

/// A time of ours, with the percentiles that are compared.
struct TimeEntry
{
    LoadMetric metric;
    QLatin1StringView label;
    QLatin1StringView sentence;
    std::span<const double> shares;
};

constexpr std::array wideShares{0.5, 0.95, 0.99};
constexpr std::array narrowShares{0.5, 0.95};

constexpr std::array timeEntries{
    TimeEntry{LoadMetric::TimeToFirstToken, "TTFT"_L1,
        "request written to first text, reasoning or piece of a call"_L1, wideShares},
    TimeEntry{LoadMetric::TimeToFirstVisible, "First visible"_L1,
        "request written to first text"_L1, narrowShares},
    TimeEntry{LoadMetric::InterTokenLatency, "ITL"_L1,
        "gaps between receptions with tokens, all requests together"_L1, wideShares},
    TimeEntry{LoadMetric::TimePerOutputToken, "TPOT"_L1,
        "(last - first token) / (output tokens - 1), of each request"_L1, narrowShares},
    TimeEntry{
        LoadMetric::Total, "End to end"_L1, "request written to end of the answer"_L1, wideShares},
    TimeEntry{LoadMetric::PlannedToFirstToken, "TTFT from the plan"_L1,
        "moment it was due to first text, reasoning or piece of a call"_L1, narrowShares},
    TimeEntry{LoadMetric::PlannedToEnd, "End to end from the plan"_L1,
        "moment it was due to end of the answer"_L1, narrowShares},
};

FigureDefinition ours(const QString &key, const QString &sentence)
{
    return {.key = u"lorikeet/"_s + key, .sentence = sentence};
}

/// A stage cut into blocks of equal length, over the window of its figures.
class Blocks
{
public:
    explicit Blocks(const LoadStage &stage)
        : m_stage(stage)
        , m_window(stage.report.summary.window)
    {
        // So long that what one request suffers is mostly within one of them.
        const Nanoseconds least = std::max<Nanoseconds>(std::chrono::seconds(1),
            stage.report.summary.time(LoadMetric::Total).quantile(0.5).value_or(Nanoseconds(0)));
        constexpr qint64 most = 40;
        const qint64 count = std::min(most, qint64(m_window.length() / least));
        // Even, since neighbours may become one.
        m_count = count >= fewestBlocks ? size_t(count - count % 2) : 1;
    }

    [[nodiscard]] std::vector<LatencyHistogram> times(LoadMetric metric) const
    {
        if (metric == LoadMetric::InterTokenLatency) {
            return gaps();
        }
        if (m_stage.samples.empty()) {
            return {m_stage.report.summary.time(metric)};
        }
        std::vector<LatencyHistogram> blocks(m_count);
        for (const LoadSample &sample : m_stage.samples) {
            const std::optional<size_t> at = blockOf(sample.planned);
            const std::optional<Nanoseconds> time
                = sample.isAnswered() ? timeOf(sample, metric) : std::nullopt;
            if (at && time) {
                blocks[*at].add(*time);
            }
        }
        return blocks;
    }

    /// What a tick counts, a second.
    [[nodiscard]] RateEvidence rate(qint64 LoadTick::*member, double factor) const
    {
        std::vector<double> blocks(m_count);
        const std::vector<LoadTick> &ticks = m_stage.report.timeline.ticks();
        for (size_t i = 0; i < ticks.size(); ++i) {
            const auto middle = LoadTimeline::tickLength * qint64(i) + LoadTimeline::tickLength / 2;
            if (const std::optional<size_t> at = blockOf(Moment(middle))) {
                blocks[*at] += double(ticks[i].*member) * factor;
            }
        }
        return {.blocks = perSecond(std::move(blocks))};
    }

    [[nodiscard]] FigureEvidence goodput() const
    {
        if (m_stage.samples.empty()) {
            return {};
        }
        std::vector<double> blocks(m_count);
        for (const LoadSample &sample : m_stage.samples) {
            const std::optional<size_t> at = blockOf(sample.ended);
            if (at && isGood(sample, m_stage.report.plan.objective)) {
                ++blocks[*at];
            }
        }
        return RateEvidence{.blocks = perSecond(std::move(blocks))};
    }

private:
    [[nodiscard]] std::optional<size_t> blockOf(Moment moment) const
    {
        if (!moment || !m_window.contains(*moment)) {
            return std::nullopt;
        }
        const double share = toSeconds(*moment - m_window.from) / toSeconds(m_window.length());
        return std::min(m_count - 1, size_t(share * double(m_count)));
    }

    [[nodiscard]] std::vector<LatencyHistogram> gaps() const
    {
        std::vector<LatencyHistogram> blocks(m_count);
        const LoadTimeline &timeline = m_stage.report.timeline;
        Nanoseconds from{};
        for (const LatencyHistogram &slice : timeline.gaps()) {
            if (const auto at = blockOf(Moment(from + timeline.gapLength() / 2))) {
                blocks[*at].add(slice);
            }
            from += timeline.gapLength();
        }
        const bool isWhole = std::ranges::any_of(
            blocks, [](const LatencyHistogram &block) { return !block.isEmpty(); });
        return isWhole ? blocks
                       : std::vector{m_stage.report.summary.time(LoadMetric::InterTokenLatency)};
    }

    [[nodiscard]] std::vector<double> perSecond(std::vector<double> blocks) const
    {
        const double length = toSeconds(m_window.length()) / double(m_count);
        for (double &block : blocks) {
            block /= length;
        }
        return blocks;
    }

    const LoadStage &m_stage; // NOLINT(*-avoid-const-or-ref-data-members)
    LoadWindow m_window;
    size_t m_count = 1;
};

QString shareWord(double share) { return u'p' + QString::number(share * 100, 'g', 4); }

void addTimes(QList<LoadFigure> &figures, const LoadStage &stage, const Blocks &blocks,
    const TimeEntry &entry)
{
    const LatencyHistogram &times = stage.report.summary.time(entry.metric);
    if (times.isEmpty()) {
        return;
    }
    const std::vector<LatencyHistogram> evidence = blocks.times(entry.metric);
    for (const double share : entry.shares) {
        const std::optional<Percentile> value = percentile(times, share);
        figures += {.word = toWord(entry.metric) + u'_' + shareWord(share),
            .label = entry.label + u' ' + shareWord(share),
            .definition = ours(toWord(entry.metric), entry.sentence),
            .value = toSeconds(value->value),
            .isReliable = value->range.has_value(),
            .evidence = TimesEvidence{.blocks = evidence,
                .share = share,
                .areDependent = entry.metric == LoadMetric::InterTokenLatency}};
    }
}

/// On average.
std::optional<double> ofEach(const LoadSummary &summary, qint64 count)
{
    return summary.answered > 0 ? std::optional(double(count) / double(summary.answered))
                                : std::nullopt;
}

LoadFigure outputTokens(const LoadSummary &summary)
{
    const QString counted = summary.estimated > 0 ? u"/pieces"_s : u"/usage"_s;
    return {.word = u"output_tokens"_s,
        .label = u"Output tokens an answer"_s,
        .unit = Unit::Count,
        .better = Better::Neither,
        .definition = ours(u"output_tokens"_s + counted,
            summary.estimated > 0 ? u"pieces, where the server counts no tokens"_s
                                  : u"the server's count"_s),
        .value = ofEach(summary, summary.outputTokens)};
}

QList<LoadFigure> figuresOf(const LoadStage &stage)
{
    const LoadReport &report = stage.report;
    const LoadSummary &summary = report.summary;
    const Blocks blocks(stage);
    const double tokens = summary.tokensPerChunk().value_or(1);
    const QString items = itemsName(report.task());
    const bool isChat = items.isEmpty();
    const LoadFigure given = isChat
        ? LoadFigure{.word = u"output_tokens_per_s"_s,
              .label = u"Output tokens/s"_s,
              .unit = Unit::PerSecond,
              .better = Better::More,
              .definition = ours(u"output_tokens_per_s"_s,
                  u"pieces that arrived in the window, each for as many tokens as pieces of whole answers had, / window"_s),
              .value = summary.tokenRate(),
              .evidence = blocks.rate(&LoadTick::chunks, tokens)}
        : LoadFigure{.word = u"items_per_s"_s,
              .label = items.left(1).toUpper() + items.sliced(1) + u"/s"_s,
              .unit = Unit::PerSecond,
              .better = Better::More,
              .definition = ours(u"items_per_s/"_s + items,
                  u"%1 of answers that ended in the window / window"_s.arg(items)),
              .value = summary.itemRate(),
              .evidence = blocks.rate(&LoadTick::answered,
                  summary.completed > 0 ? double(summary.completedItems) / double(summary.completed)
                                        : 0)};
    QList<LoadFigure> figures{
        given,
        {.word = u"requests_per_s"_s,
            .label = u"Answers/s"_s,
            .unit = Unit::PerSecond,
            .better = Better::More,
            .definition = ours(u"requests_per_s"_s, u"answers that ended in the window / window"_s),
            .value = summary.requestRate(),
            .evidence = blocks.rate(&LoadTick::answered, 1)},
        {.word = u"errors"_s,
            .label = u"Failed"_s,
            .unit = Unit::Share,
            .definition
            = ours(u"errors"_s, u"requests that failed, of those that ended by themselves"_s),
            .value = summary.failureShare(),
            .evidence
            = ShareEvidence{.some = summary.failed(), .all = summary.failed() + summary.answered}},
    };
    if (!report.plan.objective.isEmpty()) {
        figures += {.word = u"goodput_per_s"_s,
            .label = u"Goodput"_s,
            .unit = Unit::PerSecond,
            .better = Better::More,
            .definition = ours(u"goodput/"_s + toText(report.plan.objective),
                u"answers that ended in the window, within %1 / window"_s.arg(
                    toText(report.plan.objective))),
            .value = summary.goodput(),
            .evidence = blocks.goodput()};
    }
    for (const TimeEntry &entry : timeEntries) {
        addTimes(figures, stage, blocks, entry);
    }
    figures += {.word = u"concurrency"_s,
        .label = u"Under way"_s,
        .unit = Unit::Count,
        .better = Better::Neither,
        .definition = ours(u"concurrency"_s,
            u"time within the window that requests were under way, all together / window"_s),
        .value = summary.heldConcurrency()};
    if (isChat) {
        figures += outputTokens(summary);
    }
    figures += {.word = u"prompt_tokens"_s,
        .label = u"Prompt tokens a request"_s,
        .unit = Unit::Count,
        .better = Better::Neither,
        .definition = ours(u"prompt_tokens"_s, u"the server's count"_s),
        .value = ofEach(summary, summary.promptTokens)};
    figures += {.word = u"answered"_s,
        .label = u"Answered"_s,
        .unit = Unit::Count,
        .better = Better::Neither,
        .definition
        = ours(u"answered"_s, u"requests that were due in the window and were answered"_s),
        .value = double(summary.answered)};
    return figures;
}

/// What a sweep found, and the main figures of each of its loads.
QList<LoadFigure> figuresOfSweep(const LoadResult &result)
{
    const SweepFinding finding = result.finding();
    const bool isUsers = result.sweep->kind == LoadBlock::Kind::Users;
    const QString what = isUsers ? u"users"_s : u"requests/s"_s;
    const auto found = [&](const QString &word, const QString &label, const QString &sentence,
                           Unit unit, const std::optional<double> &value) {
        return LoadFigure{.word = word,
            .label = label,
            .unit = unit,
            .better = Better::More,
            .definition = ours(u"sweep/%1/%2"_s.arg(word, what), sentence),
            .value = value};
    };
    QList<LoadFigure> figures{found(u"knee"_s, u"Knee (%1)"_s.arg(what),
                                  u"where the line of light load meets the most that was given"_s,
                                  Unit::Count, finding.knee),
        found(u"holds"_s, u"Holds (%1)"_s.arg(what),
            u"the greatest load that was borne within the objective"_s, Unit::Count, finding.holds),
        finding.mostItems
            ? found(u"most_items_per_s"_s, u"Most items/s"_s, u"of the stage that gave most"_s,
                  Unit::PerSecond, finding.mostItems)
            : found(u"most_tokens_per_s"_s, u"Most output tokens/s"_s,
                  u"of the stage that gave most"_s, Unit::PerSecond, finding.mostTokens),
        found(u"most_requests_per_s"_s, u"Most answers/s"_s, u"of the stage that gave most"_s,
            Unit::PerSecond, finding.mostRequests)};
    std::vector<const LoadStage *> stages;
    for (auto stage = result.stages.cbegin(); stage != result.stages.cend(); ++stage) {
        // Of those of one load; the earlier were too short for it, or the same with other prompts.
        const bool isLast = std::none_of(stage + 1, result.stages.cend(),
            [stage](const LoadStage &later) { return later.load == stage->load; });
        if (isLast) {
            stages.push_back(&*stage);
        }
    }
    std::ranges::sort(stages, {}, &LoadStage::load);
    for (const LoadStage *stage : stages) {
        const QString load = QString::number(stage->load, 'g', 6);
        for (LoadFigure &figure : figuresOf(*stage)) {
            if (figure.word == "output_tokens_per_s"_L1 || figure.word == "ttft_p95"_L1
                || figure.word == "itl_p95"_L1 || figure.word == "errors"_L1
                || figure.word == "items_per_s"_L1
                || (figure.word == "e2e_p95"_L1 && finding.mostItems)) {
                figure.word += u"_at_"_s + load;
                figure.label = u"%1 %2: %3"_s.arg(load, what, figure.label);
                figures += figure;
            }
        }
    }
    return figures;
}

/// Each value of some JSON with the way to it.
void flatten(
    const QJsonValue &value, const QString &place, QList<std::pair<QString, QString>> &rows)
{
    const auto inner = [&place](const QString &name) {
        return place.isEmpty() ? name : place + u" › "_s + name;
    };
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            flatten(member.value(), inner(member.key()), rows);
        }
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            flatten(array.at(i), inner(QString::number(i + 1)), rows);
        }
    } else {
        rows.append({place, value.toVariant().toString()});
    }
}

QList<std::pair<QString, QString>> setUpOf(const LoadResult &result)
{
    const LoadReport &report = result.stages.constFirst().report;
    const LoadSubject &subject = report.subject;
    QList<std::pair<QString, QString>> rows{{u"Endpoint"_s, subject.url},
        {u"Server"_s, QString(subject.server + u' ' + subject.serverVersion).trimmed()},
        {u"Model"_s, subject.model}};
    QJsonObject plan = toJson(report.plan);
    // A fresh one each time, as it should be.
    plan.remove(u"seed"_s);
    if (result.isSweep()) {
        plan.remove(u"curve"_s);
    }
    flatten(plan, {}, rows);
    flatten(redacted(report.workload), {}, rows);
    rows.append({u"threads"_s, QString::number(report.plan.threads)});
    return rows;
}

QStringList cautionsOf(const LoadResult &result)
{
    QStringList cautions;
    for (const LoadStage &stage : result.stages) {
        const QString place = result.isSweep()
            ? u"At load %1: "_s.arg(QString::number(stage.load, 'g', 6))
            : QString();
        const LoadTrust trust = stage.report.trust();
        if (trust.level != LoadTrust::Level::Good) {
            cautions += place
                + (trust.level == LoadTrust::Level::ClientBound ? u"client-bound, do not quote: "_s
                                                                : u"doubtful: "_s)
                + trust.reasons.value(0);
        }
        if (stage.report.end != "finished"_L1) {
            cautions += place + u"it did not go to its end (%1)."_s.arg(stage.report.end);
        }
        if (!stage.report.place.isEmpty()) {
            cautions += place + u"it is a part of a plan (%1)."_s.arg(stage.report.place);
        }
    }
    return cautions;
}

} // namespace

QString figureText(Unit unit, double value)
{
    // A difference has a sign.
    const QString sign = value < 0 ? u"−"_s : QString();
    const double size = std::abs(value);
    const auto number = [size] {
        return QString::number(size, 'f', size >= 100 ? 0 : size >= 10 ? 1 : 2);
    };
    switch (unit) {
    case Unit::Seconds:
        return sign + durationText(fromSeconds(size));
    case Unit::PerSecond:
        return sign + number() + u"/s"_s;
    case Unit::Share:
        return sign + QString::number(size * 100, 'f', size < 0.1 ? 2 : 1) + u" %"_s;
    case Unit::Count:
        return sign + (size == std::floor(size) ? QString::number(size, 'f', 0) : number());
    }
    Q_UNREACHABLE_RETURN({});
}

const LoadFigure *ComparableRun::find(const QString &word) const
{
    const auto found = std::ranges::find(figures, word, &LoadFigure::word);
    return found == figures.end() ? nullptr : &*found;
}

ComparableRun comparable(const LoadResult &result)
{
    ComparableRun run{
        .name = result.name, .tool = toolName, .figures = {}, .setUp = {}, .cautions = {}};
    if (result.stages.isEmpty()) {
        return run;
    }
    if (run.name.isEmpty()) {
        run.name = nameOf(result.stages.constFirst().report.plan, result.sweep);
    }
    run.figures = result.isSweep() ? figuresOfSweep(result) : figuresOf(result.stages.constFirst());
    run.setUp = setUpOf(result);
    run.cautions = cautionsOf(result);
    return run;
}

} // namespace Lorikeet
