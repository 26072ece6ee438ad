// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadSetup that looks at what is set up: what is wrong with it, what it comes to.

#include "load/loadsetup.h"

#include "charts/charttext.h"
#include "load/loadmanners.h"
#include "load/workloadsource.h"

#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString countText(double count)
{
    return count >= 1e6 ? LoadSetup::tr("%1 million").arg(QLocale().toString(count / 1e6, 'f', 2))
                        : QLocale().toString(qRound64(count));
}

QString moneyText(double cost, const QString &currency)
{
    const QString number = QLocale().toString(cost, 'f', cost < 1 ? 3 : 2);
    return currency.isEmpty() ? number : number + u' ' + currency;
}

} // namespace

QString LoadSetup::shapeProblem() const
{
    if (m_isSweeping) {
        for (const LoadNumber *number : {m_sweepFrom, m_sweepMost, m_sweepStage, m_sweepWarmUp,
                 m_sweepRefinements, m_sweepRepeats}) {
            if (!number->problem().isEmpty()) {
                return number->problem();
            }
        }
        return problemOf(*profile().sweep);
    }
    if (isTraceAlone()) {
        return {};
    }
    const QString typed = m_block->problem();
    return typed.isEmpty() ? m_blocks->problem() : typed;
}

QString LoadSetup::objectiveProblem() const
{
    if (m_objective.trimmed().isEmpty()) {
        return {};
    }
    const Result<ServiceObjective> objective = serviceObjectiveFrom(m_objective);
    if (!objective) {
        return objective.error().message;
    }
    LoadPlan plan;
    plan.objective = *objective;
    return problemOf(plan, LoadTask::Kind(m_task));
}

QString LoadSetup::planProblem() const
{
    QList<const LoadNumber *> inSight{
        m_stopFailures, m_threads, m_ceilingAtOnce, m_ceilingRequests, m_ceilingCost, m_seed};
    if (!m_isSweeping) {
        inSight += {m_warmUp, m_coolDown, m_grace, m_stopRequests};
    }
    for (const LoadNumber *number : std::as_const(inSight)) {
        if (!number->problem().isEmpty()) {
            return number->problem();
        }
    }
    if (!shapeProblem().isEmpty()) {
        return {};
    }
    const LoadProfile wanted = profile();
    const double most = m_isSweeping ? wanted.sweep->most : 0;
    if (m_isSweeping && wanted.sweep->kind == LoadBlock::Kind::Users
        && most > wanted.plan.ceiling.concurrency) {
        return tr(
            "The search goes up to %1 users, which is over the ceiling of %2 requests at once.")
            .arg(countText(most), countText(wanted.plan.ceiling.concurrency));
    }
    if (const QString problem = problemOf(wanted.plan, LoadTask::Kind(m_task));
        !problem.isEmpty() && objectiveProblem().isEmpty()) {
        return problem;
    }
    return m_isSweeping ? QString() : problemOf(wanted.plan, isTrace());
}

QString LoadSetup::problem() const
{
    for (const QString &problem :
        {shapeProblem(), workloadProblem(), m_mix->problem(), objectiveProblem(), planProblem()}) {
        if (!problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

std::optional<Nanoseconds> LoadSetup::answerTime() const
{
    const std::optional<double> seconds = m_answerSeconds->value();
    return seconds && assumesAnswers()
        ? std::optional(fromSeconds(*seconds) + workload().thinking.mean)
        : std::nullopt;
}

std::optional<double> LoadSetup::expectedRequests(
    const std::optional<WorkloadPreview> &preview) const
{
    const LoadProfile wanted = profile();
    if (wanted.sweep) {
        return estimateOf(
            wanted.plan, *wanted.sweep, preview.value_or(WorkloadPreview()), answerTime())
            .requests;
    }
    if (hasRecorded(wanted.plan.curve) && !m_traceCurve) {
        return std::nullopt; // until it is read
    }
    std::optional<double> requests;
    if (!isTraceAlone()) {
        requests = expectedArrivals(wanted.plan.curve);
        const double each = toSeconds(answerTime().value_or(Nanoseconds(0)));
        for (const LoadBlock &block : wanted.plan.curve) {
            if (block.kind == LoadBlock::Kind::Users && each > 0) {
                const double users = block.steps == 1 ? block.from : (block.from + block.to) / 2;
                *requests += users * toSeconds(block.duration) / each;
            }
        }
    }
    if (preview && preview->conversations && !hasRecorded(wanted.plan.curve)) {
        const double all = double(*preview->conversations) * preview->turns;
        requests = std::min(requests.value_or(all), all);
    }
    if (requests && wanted.plan.stops.requests) {
        requests = std::min(*requests, double(*wanted.plan.stops.requests));
    }
    return requests;
}

/// Of what is in sight.
QString LoadSetup::typedProblem() const
{
    const auto named = [](const QString &name, const QString &problem) {
        return tr("%1: %2", "a field, and what is wrong with it").arg(name, problem);
    };
    if (m_kind == Synthetic && !m_input->problem().isEmpty()) {
        return named(tr("Length of prompts"), m_input->problem());
    }
    const bool isChat = m_task == Chat;
    if (isChat && m_kind != Trace && !m_output->problem().isEmpty()) {
        return named(tr("Length of answers"), m_output->problem());
    }
    if (m_task == Rerank && m_kind == Synthetic && !m_query->problem().isEmpty()) {
        return named(tr("Length of queries"), m_query->problem());
    }

    struct Typed
    {
        const LoadNumber *number;
        QString name;
        bool isInSight;
    };

    const bool mayShare = isChat && m_kind == Synthetic;
    for (const Typed &typed : {
             Typed{m_batch, tr("Texts a request"), m_task == Embeddings},
             Typed{m_documents, tr("Documents a request"), m_task == Rerank && m_kind == Synthetic},
             Typed{m_prefixShare, tr("Shared beginning"), mayShare},
             Typed{m_prefixTokens, tr("Tokens of the shared beginning"),
                 mayShare && m_prefixShare->value() != 0},
             Typed{
                 m_uniqueWords, tr("Different words before"), m_kind == File || m_kind == Template},
             Typed{m_speed, tr("Times faster"), m_kind == Trace},
             Typed{m_turns, tr("Turns"), isChat && (m_kind == Synthetic || m_kind == File)},
             Typed{m_thinking, tr("Think"), true},
         }) {
        if (typed.isInSight && !typed.number->problem().isEmpty()) {
            return named(typed.name, typed.number->problem());
        }
    }
    return problemOf(workload());
}

QString LoadSetup::workloadProblem() const
{
    const QString typed = typedProblem();
    return typed.isEmpty() ? m_workloadProblem : typed;
}

void LoadSetup::showTrace(const std::optional<TraceCurve> &curve)
{
    m_traceCurve = curve;
    ChartSeries series{
        .name = tr("requests a second"), .kind = ChartSeries::Kind::Steps, .look = 0, .points = {}};
    m_traceText.clear();
    if (curve) {
        const double step = toSeconds(curve->step);
        const double seconds = toSeconds(curve->duration);
        for (qsizetype i = 0; i < curve->counts.size(); ++i) {
            series.points.append({double(i) * step, double(curve->counts[i]) / step});
        }
        series.points.append({seconds, 0});
        m_traceText = tr("%Ln request(s) in %1: %2 a second on average, at most %3.", nullptr,
            int(curve->count()))
                          .arg(chartText(seconds, ChartUnit::Duration),
                              chartText(double(curve->count()) / seconds, ChartUnit::Number),
                              chartText(curve->mostPerSecond(), ChartUnit::Number));
    }
    m_trace->setSeries({series});
    tellBlocksOfTrace();
}

void LoadSetup::tellBlocksOfTrace()
{
    m_blocks->tellRecording(m_traceCurve.value_or(TraceCurve()), m_cycles);
}

/// Looks at the workload in another thread, since its file may be long.
void LoadSetup::look()
{
    const int number = ++m_look;
    const LoadWorkload wanted = workload();
    if (!typedProblem().isEmpty()) {
        showTrace({});
        expect({});
        return;
    }

    struct Seen
    {
        WorkloadPreview preview;
        std::optional<TraceCurve> trace;
    };

    const auto lookAt = [wanted, specs = m_subject.specs]() -> Result<Seen> {
        const bool isTrace = wanted.kind == LoadWorkload::Kind::Trace;
        LoadWorkload once = wanted;
        once.cycles = wanted.cycles && !isTrace;
        const auto source = makeLoadSource(once, 0, {}, specs);
        if (!source) {
            return Failure(source.error());
        }
        Seen found{.preview = previewOf(once, **source, {}), .trace = {}};
        if (isTrace) {
            found.trace = traceCurveOf(**source);
        }
        if (wanted.cycles != once.cycles) {
            found.preview.conversations.reset();
        }
        return found;
    };
    QtConcurrent::run(lookAt).then(this, [this, number](const Result<Seen> &seen) {
        if (number != m_look) {
            return;
        }
        m_workloadProblem = seen ? QString() : seen.error().message;
        showTrace(seen ? seen->trace : std::nullopt);
        expect(seen ? std::optional(seen->preview) : std::nullopt);
    });
}

void LoadSetup::expectCost(
    LoadExpectation &expectation, const WorkloadPreview &preview, double requests) const
{
    const TokenPrice &price = m_subject.price;
    const double cost
        = (price.prompt.value_or(0) * requests * preview.inputTokens
              + price.output.value_or(0) * requests * preview.outputTokens.value_or(0))
        / 1e6;
    const std::optional<double> ceiling = m_ceilingCost->value();
    if (m_isSweeping && !preview.outputTokens) {
        expectation.notes.append(
            tr("Answers have no limit, so nobody knows the most that the search could cost."));
    } else {
        expectation.cost = m_isSweeping
            ? tr("up to %1").arg(moneyText(cost, price.currency))
            : (preview.outputTokens ? u"≤ "_s : u"≥ "_s) + moneyText(cost, price.currency);
    }
    if (ceiling && cost > *ceiling) {
        expectation.notes.append(
            tr("The ceiling ends it at a cost of %1.").arg(moneyText(*ceiling, price.currency)));
    }
}

void LoadSetup::expect(const std::optional<WorkloadPreview> &preview)
{
    LoadExpectation expectation;
    const LoadProfile wanted = profile();
    if (wanted.sweep) {
        const SweepExtent most = mostOf(*wanted.sweep, answerTime());
        expectation.duration
            = tr("up to %1").arg(chartText(toSeconds(most.duration), ChartUnit::Duration));
        expectation.notes.append(
            tr("This is the most it comes to, in up to %Ln run(s).", nullptr, most.stages) + u' '
            + tr(
                "It ends by itself, mostly far sooner; it takes longer only where runs of one load "
                "disagree."));
    } else if (isTraceAlone() && m_cycles) {
        expectation.duration = wanted.plan.stops.requests ? QString() : tr("until it is stopped");
    } else if (isTraceAlone()) {
        expectation.duration = m_traceCurve
            ? chartText(toSeconds(m_traceCurve->duration), ChartUnit::Duration)
            : QString();
    } else if (!m_blocks->isLengthOpen()) {
        expectation.duration
            = chartText(toSeconds(durationOf(wanted.plan.curve)), ChartUnit::Duration);
    }
    const std::optional<double> requests = expectedRequests(preview);
    const auto atMost
        = [&wanted](const QString &text) { return wanted.sweep ? tr("up to %1").arg(text) : text; };
    const QString about = assumesAnswers() ? u"≈ "_s : QString();
    if (requests) {
        expectation.requests = atMost(about + countText(std::round(*requests)));
        if (*requests > double(wanted.plan.ceiling.requests)) {
            expectation.notes.append(tr("The ceiling ends it at %1 requests.")
                    .arg(countText(double(wanted.plan.ceiling.requests))));
        }
    }
    if (preview) {
        const QString each = requests ? QString() : tr(" each");
        const double count = requests.value_or(1);
        const QString roughly = preview->isEstimated || assumesAnswers() ? u"≈ "_s : QString();
        expectation.promptTokens = atMost(roughly + countText(count * preview->inputTokens)) + each;
        if (m_task != Chat) {
            expectation.outputTokens = tr("none");
        } else if (preview->outputTokens) {
            const QString tokens = countText(count * *preview->outputTokens);
            expectation.outputTokens = (wanted.sweep ? atMost(roughly + tokens)
                                                     : (m_ignoresEnd ? roughly : u"≤ "_s) + tokens)
                + each;
        } else {
            expectation.outputTokens = tr("no limit");
        }
        if (!m_subject.price.isEmpty() && requests) {
            expectCost(expectation, *preview, count);
        }
        if (preview->sharedPart > 0) {
            expectation.notes.append(
                tr("A server that keeps all prefixes would know %1 of the prompts.")
                    .arg(chartText(preview->sharedPart, ChartUnit::Share)));
        }
        if (preview->bad > 0) {
            expectation.notes.append(tr("%Ln record(s) of the first looked at cannot be used: %1",
                nullptr, int(preview->bad))
                    .arg(preview->problem));
        }
    }
    if (m_subject.price.isEmpty() && wanted.plan.ceiling.cost) {
        expectation.notes.append(
            tr("No price of this model is known, so the ceiling of the cost cannot hold: prices of "
               "tokens are entered on the Compare page."));
    }
    if (!m_subject.isNear) {
        expectation.notes.append(tr(
            "This server is not of your network: what is sent may cost money, and bother others."));
    }
    expectation.notes += notesOf(wanted.workload, m_subject.specs);
    m_expectation = expectation;
    Q_EMIT expected();
}

} // namespace Lorikeet
