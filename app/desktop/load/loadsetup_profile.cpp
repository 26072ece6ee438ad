// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadSetup that makes a profile of what is set up, and the other way round.

#include "load/loadsetup.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Nanoseconds timeOf(const LoadNumber &seconds) { return fromSeconds(seconds.value().value_or(0)); }

} // namespace

LoadWorkload LoadSetup::workload() const
{
    LoadWorkload workload = m_base.workload;
    workload.kind = LoadWorkload::Kind(m_kind);
    const bool hasInput = m_kind == Synthetic;
    // More than one pair stays as the profile had it, where nobody changed what is shown of it.
    const LengthPair first = workload.lengths.value(0);
    LengthPair pair = first;
    if (hasInput) {
        pair.input = m_input->value().value_or(LengthDistribution::fixed(512));
    }
    pair.output = m_output->value();
    if (pair != first || workload.lengths.size() < 2) {
        workload.lengths = {pair};
    }
    if (!hasInput && !pair.output) {
        workload.lengths.clear();
    }
    workload.prefix.share = hasInput ? m_prefixShare->value().value_or(0) / 100 : 0;
    workload.prefix.tokens = qint64(m_prefixTokens->value().value_or(256));
    const std::optional<double> turns
        = m_kind == Synthetic || m_kind == File ? m_turns->value() : std::nullopt;
    // Turns of many lengths are shown by their mean, and stay what they are until it is changed.
    if (!turns) {
        workload.turns.reset();
    } else if (!workload.turns || workload.turns->expected() != *turns) {
        workload.turns = LengthDistribution::fixed(qint64(*turns));
    }
    workload.thinking.mean = timeOf(*m_thinking);
    workload.file = m_kind == Synthetic ? QString() : m_file;
    workload.shuffled = m_isShuffled && m_kind != Trace && m_kind != Synthetic;
    workload.cycles = m_cycles && m_kind != Synthetic;
    workload.uniqueWords
        = m_kind == File || m_kind == Template ? int(m_uniqueWords->value().value_or(0)) : 0;
    workload.prompt = m_kind == Template ? m_template : PromptTemplate();
    workload.speed = m_speed->value().value_or(1);
    workload.ignoresEnd = m_ignoresEnd;
    workload.stream = m_streams;
    workload.model = m_subject.model;
    workload.adapter = m_subject.adapter;
    workload.systemPrompt = m_subject.systemPrompt;
    workload.parameters = m_subject.parameters;
    workload.extraBody = m_subject.extraBody;
    workload.mix = m_mix->value();
    giveTask(workload);
    return workload;
}

void LoadSetup::giveTask(LoadWorkload &workload) const
{
    LoadTask &task = workload.task;
    task.kind = LoadTask::Kind(m_task);
    task.batch = int(m_batch->value().value_or(1));
    task.documents = int(m_documents->value().value_or(10));
    task.query = m_query->value().value_or(LoadTask().query);
    if (task.isChat()) {
        return;
    }
    for (LengthPair &pair : workload.lengths) {
        pair.output.reset();
    }
    if (workload.kind == LoadWorkload::Kind::File) {
        workload.lengths.clear();
    }
    workload.prefix = {};
    workload.turns.reset();
    workload.systemPrompt.clear();
    workload.parameters.clear();
    workload.ignoresEnd = false;
}

LoadProfile LoadSetup::profile() const
{
    LoadProfile profile = m_base;
    profile.workload = workload();
    LoadPlan &plan = profile.plan;
    plan.curve = isTraceAlone() ? LoadCurve() : m_blocks->curve();
    const std::optional<double> seed = m_seed->value();
    plan.seed = seed ? quint64(*seed) : QRandomGenerator::system()->generate64() >> 11;
    plan.warmUp = timeOf(*m_warmUp);
    plan.coolDown = timeOf(*m_coolDown);
    plan.grace = timeOf(*m_grace);
    const std::optional<double> requests = m_stopRequests->value();
    plan.stops.requests
        = requests && !m_isSweeping ? std::optional(qint64(*requests)) : std::nullopt;
    const std::optional<double> failures = m_stopFailures->value();
    plan.stops.failures = failures ? std::optional(*failures / 100) : std::nullopt;
    plan.threads = int(m_threads->value().value_or(1));
    plan.ceiling.concurrency = int(m_ceilingAtOnce->value().value_or(1));
    plan.ceiling.requests = qint64(m_ceilingRequests->value().value_or(1));
    plan.ceiling.cost = m_ceilingCost->value();
    plan.objective = serviceObjectiveFrom(m_objective).value_or(ServiceObjective());
    profile.sweep.reset();
    if (m_isSweeping) {
        SweepPlan sweep = m_base.sweep.value_or(SweepPlan());
        sweep.kind = m_sweepUnit == 0 ? LoadBlock::Kind::Users : LoadBlock::Kind::Rate;
        sweep.from = m_sweepFrom->value().value_or(1);
        sweep.most = m_sweepMost->value().value_or(1);
        sweep.stage = timeOf(*m_sweepStage);
        sweep.warmUp = timeOf(*m_sweepWarmUp);
        sweep.refinements = int(m_sweepRefinements->value().value_or(4));
        sweep.repeats = int(m_sweepRepeats->value().value_or(1));
        profile.sweep = sweep;
    }
    return profile;
}

/// Where a server is elsewhere, only a person raises it.
void LoadSetup::lowerCeiling(const LoadCeiling &ceiling)
{
    const auto lower = [](LoadNumber &number, double most) {
        number.set(std::min(number.value().value_or(most), most));
    };
    lower(*m_ceilingAtOnce, ceiling.concurrency);
    lower(*m_ceilingRequests, double(ceiling.requests));
    if (ceiling.cost) {
        lower(*m_ceilingCost, *ceiling.cost);
    }
}

void LoadSetup::setProfile(const LoadProfile &profile)
{
    QSignalBlocker quiet(this);
    m_base = profile;
    const LoadPlan &plan = profile.plan;
    m_blocks->tellRecording({}, false); // it is of another one
    if (!plan.curve.isEmpty()) {
        m_blocks->setCurve(plan.curve);
    } else {
        m_blocks->dropTrace();
    }
    m_seed->set(plan.seed == 0 ? std::nullopt : std::optional(double(plan.seed)));
    m_warmUp->set(toSeconds(plan.warmUp));
    m_coolDown->set(toSeconds(plan.coolDown));
    m_grace->set(toSeconds(plan.grace));
    m_stopRequests->set(
        plan.stops.requests ? std::optional(double(*plan.stops.requests)) : std::nullopt);
    m_stopFailures->set(
        plan.stops.failures ? std::optional(*plan.stops.failures * 100) : std::nullopt);
    m_threads->set(plan.threads);
    if (m_subject.isNear) {
        m_ceilingAtOnce->set(plan.ceiling.concurrency);
        m_ceilingRequests->set(double(plan.ceiling.requests));
        m_ceilingCost->set(plan.ceiling.cost);
    } else {
        lowerCeiling(plan.ceiling);
    }
    m_objective = plan.objective.isEmpty() ? QString() : toText(plan.objective);

    const LoadWorkload &workload = profile.workload;
    m_task = int(workload.task.kind);
    m_batch->set(workload.task.batch);
    m_documents->set(workload.task.documents);
    m_query->set(workload.task.query);
    m_kind = int(workload.kind);
    m_isTraceABlock = m_kind == Trace && !plan.curve.isEmpty();
    const LengthPair pair = workload.lengths.value(0, LengthPair{.output = std::nullopt});
    m_input->set(pair.input);
    m_output->set(pair.output);
    m_prefixShare->set(workload.prefix.share * 100);
    m_prefixTokens->set(double(std::max<qint64>(1, workload.prefix.tokens)));
    if (workload.prefix.isNone()) {
        m_prefixTokens->set(256);
    }
    m_turns->setLimits({.least = 1,
        .most = 1000,
        .isWhole = !workload.turns || workload.turns->kind == LengthDistribution::Kind::Fixed,
        .mayBeEmpty = true});
    m_turns->set(workload.turns ? std::optional(workload.turns->expected()) : std::nullopt);
    m_thinking->set(toSeconds(workload.thinking.mean));
    m_file = workload.file;
    m_template = workload.prompt;
    m_isShuffled = workload.shuffled;
    m_cycles = workload.kind == LoadWorkload::Kind::Synthetic || workload.cycles;
    m_uniqueWords->set(workload.uniqueWords);
    m_speed->set(workload.speed);
    m_ignoresEnd = workload.ignoresEnd;
    m_streams = workload.stream;
    m_mix->set(workload.mix);

    m_isSweeping = profile.sweep.has_value();
    const SweepPlan sweep = profile.sweep.value_or(SweepPlan{.repeats = usualRepeats});
    m_sweepUnit = sweep.kind == LoadBlock::Kind::Rate ? 1 : 0;
    m_sweepFrom->set(sweep.from);
    m_sweepMost->set(m_sweepUnit == 1
            ? sweep.most
            : std::min(sweep.most, m_ceilingAtOnce->value().value_or(sweep.most)));
    m_sweepStage->set(toSeconds(sweep.stage));
    m_sweepWarmUp->set(toSeconds(sweep.warmUp));
    m_sweepRefinements->set(sweep.refinements);
    m_sweepRepeats->set(sweep.repeats);
    // What was wrong was with another one.
    m_workloadProblem.clear();
    m_traceCurve.reset();
    ++m_look;
    quiet.unblock();
    Q_EMIT edited();
}

} // namespace Lorikeet
