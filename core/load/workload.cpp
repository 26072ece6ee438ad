// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workload.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool isPositive(double value) { return value > 0 && std::isfinite(value); }

bool isShare(double value) { return value >= 0 && value <= 1; }

bool hasWeight(double sum, double weight) { return isPositive(sum) && weight >= 0; }

QString problemOf(const QList<LengthPair> &pairs)
{
    double weights = 0;
    for (const LengthPair &pair : pairs) {
        weights += pair.weight;
    }
    for (const LengthPair &pair : pairs) {
        if (!hasWeight(weights, pair.weight)) {
            return u"Weights of lengths must not be negative, and one must be greater than 0."_s;
        }
        if (const QString problem = problemOf(pair.input); !problem.isEmpty()) {
            return u"The length of prompts %1."_s.arg(problem);
        }
        const QString problem = pair.output ? problemOf(*pair.output) : QString();
        if (!problem.isEmpty()) {
            return u"The length of answers %1."_s.arg(problem);
        }
    }
    return {};
}

QString problemOf(const SharedPrefix &prefix)
{
    if (!isShare(prefix.share)) {
        return u"The share of prompts with a shared prefix must be from 0 to 1."_s;
    }
    if (prefix.isNone()) {
        return {};
    }
    if (prefix.part ? !isShare(*prefix.part) : prefix.tokens < 1) {
        return prefix.part ? u"The part of a prompt that is shared must be from 0 to 1."_s
                           : u"A shared prefix must have at least one token."_s;
    }
    return prefix.count < 1 ? u"There must be at least one shared prefix."_s : QString();
}

/// What only chats have, where another task is given it.
QString problemOfTask(const LoadWorkload &workload)
{
    const LoadWorkload usual;
    const bool isLimited = std::ranges::any_of(
        workload.lengths, [](const LengthPair &pair) { return pair.output.has_value(); });
    const std::array chatsAlone{std::pair{isLimited, "a length of answers"_L1},
        std::pair{workload.turns.has_value(), "turns"_L1},
        std::pair{!workload.prefix.isNone(), "a shared prefix"_L1},
        std::pair{!workload.systemPrompt.isEmpty(), "a system prompt"_L1},
        std::pair{
            !workload.parameters.isEmpty(), "parameters of a chat (extra_body takes others)"_L1},
        std::pair{workload.ignoresEnd, "answers that go on to a limit"_L1}};
    for (const auto &[isThere, what] : chatsAlone) {
        if (isThere) {
            return u"Embeddings and rerankings have no tokens to write: they cannot have %1."_s.arg(
                what);
        }
    }
    return workload.kind == LoadWorkload::Kind::Synthetic
            || workload.kind == LoadWorkload::Kind::File
        ? problemOf(workload.task)
        : u"Texts to embed or to rank are synthetic, or those of a file."_s;
}

QString problemOf(const AdapterMix &mix)
{
    if (mix.mode == AdapterMix::Mode::Zipf && !(mix.exponent >= 0 && mix.exponent <= 100)) {
        return u"The exponent of Zipf must be from 0 to 100."_s;
    }
    const double sum = std::accumulate(mix.choices.begin(), mix.choices.end(), 0.0,
        [](double weights, const MixChoice &choice) { return weights + choice.weight; });
    for (const MixChoice &choice : mix.choices) {
        if (mix.mode == AdapterMix::Mode::Weights && !hasWeight(sum, choice.weight)) {
            return u"Weights of the mix must not be negative, and one must be greater than 0."_s;
        }
    }
    constexpr qsizetype most = 10'000;
    return mix.choices.size() > most ? u"There may be %1 choices in a mix, not more."_s.arg(most)
                                     : QString();
}

} // namespace

Nanoseconds ThinkTime::draw(Random &random) const
{
    return kind == Kind::Fixed
        ? mean
        : Nanoseconds(std::llround(double(mean.count()) * random.exponential()));
}

QString MixChoice::label() const
{
    if (!name.isEmpty()) {
        return name;
    }
    if (!adapter.id.isEmpty()) {
        return adapter.id;
    }
    if (adapter.merged) {
        return adapter.merged->ids.join(u'+');
    }
    QStringList scales;
    for (const AdapterScale &scale : adapter.scales) {
        if (scale.scale != 0) {
            scales.append(scale.label());
        }
    }
    if (!scales.isEmpty()) {
        return scales.join(u'+');
    }
    return model.isEmpty() ? u"base"_s : model;
}

QStringList AdapterMix::labels() const
{
    QHash<QString, int> times;
    for (const MixChoice &choice : choices) {
        ++times[choice.label()];
    }
    QStringList labels;
    QSet<QString> taken;
    for (const MixChoice &choice : choices) {
        const QString own = choice.label();
        const bool isShared
            = times.value(own) > 1 && !choice.model.isEmpty() && choice.model != own;
        const QString named = isShared ? choice.model + u": "_s + own : own;
        QString label = named;
        for (int number = 2; taken.contains(label); ++number) {
            label = u"%1 (%2)"_s.arg(named).arg(number);
        }
        taken.insert(label);
        labels.append(label);
    }
    return labels;
}

QList<double> AdapterMix::shares() const
{
    QList<double> shares;
    for (qsizetype i = 0; i < choices.size(); ++i) {
        switch (mode) {
        case Mode::Weights:
            shares.append(choices.at(i).weight);
            break;
        case Mode::Zipf:
            shares.append(std::pow(double(i + 1), -exponent));
            break;
        case Mode::RoundRobin:
            shares.append(1);
            break;
        }
    }
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double &share : shares) {
        share /= sum;
    }
    return shares;
}

QString problemOf(const LoadWorkload &workload)
{
    using Kind = LoadWorkload::Kind;
    const bool isSynthetic = workload.kind == Kind::Synthetic;
    if (isSynthetic && workload.lengths.isEmpty()) {
        return u"Synthetic prompts need a length."_s;
    }
    if (isSynthetic && !workload.file.isEmpty()) {
        return u"Synthetic prompts take no file."_s;
    }
    if (!isSynthetic && workload.kind != Kind::Template && workload.file.isEmpty()) {
        return u"Choose the file with what is to be asked."_s;
    }
    if (!isSynthetic && !workload.prefix.isNone()) {
        return u"Only synthetic prompts have a shared prefix."_s;
    }
    const bool isOfTexts = workload.kind == Kind::File || workload.kind == Kind::Template;
    if (workload.uniqueWords < 0 || (workload.uniqueWords > 0 && !isOfTexts)) {
        return u"Only prompts of a file or a template can have unique words put before them."_s;
    }
    if (workload.turns && workload.kind != Kind::Synthetic && workload.kind != Kind::File) {
        return u"Only synthetic prompts and conversations of a file have turns."_s;
    }
    if (workload.kind == Kind::Trace && workload.shuffled) {
        return u"A trace is asked in the order of its times; it cannot be shuffled."_s;
    }
    if (!isPositive(workload.speed)) {
        return u"The speed of a trace must be greater than 0."_s;
    }
    if (workload.timeUnit <= Nanoseconds(0) || workload.blockTokens < 1) {
        return u"The unit of a trace's times and the size of its blocks must be greater than 0."_s;
    }
    if (workload.thinking.mean < Nanoseconds(0)) {
        return u"The time to think must not be negative."_s;
    }
    const QString turns = workload.turns ? problemOf(*workload.turns) : QString();
    if (!turns.isEmpty()) {
        return u"The number of turns %1."_s.arg(turns);
    }
    for (const QString &problem : {workload.task.isChat() ? QString() : problemOfTask(workload),
             problemOf(workload.lengths), problemOf(workload.prefix), problemOf(workload.mix)}) {
        if (!problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

QString ignoreEndName(const ParameterSpecs &specs)
{
    for (const QString &name : {u"ignore_eos"_s, u"ignore_eos_token"_s}) {
        const ParameterSpec *spec = findParameter(specs, name);
        if (spec && spec->fate == ParameterSpec::Fate::Honoured) {
            return name;
        }
    }
    return {};
}

QStringList notesOf(const LoadWorkload &workload, const ParameterSpecs &specs)
{
    QStringList notes;
    const bool isLimited = workload.kind == LoadWorkload::Kind::Trace
        || std::ranges::any_of(
            workload.lengths, [](const LengthPair &pair) { return pair.output.has_value(); });
    if (isLimited && outputLimitName(specs).isEmpty()) {
        notes.append(u"This server takes no limit of output tokens: answers will be as long as its "
                     "model makes them."_s);
    }
    if (workload.ignoresEnd && ignoreEndName(specs).isEmpty()) {
        notes.append(
            u"This server cannot be asked to go on after the end of a text: answers may be "
            "shorter than asked for."_s);
    }
    const bool repeats = workload.task.isChat() && workload.kind != LoadWorkload::Kind::Synthetic
        && workload.kind != LoadWorkload::Kind::Trace && workload.uniqueWords == 0;
    if (repeats && workload.cycles) {
        notes.append(
            u"The same prompts are asked again and again: the server may know them from its "
            "prefix cache. Let unique words be put before them, if it should not."_s);
    }
    return notes;
}

} // namespace Lorikeet
