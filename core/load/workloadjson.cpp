// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/invalidrequest.h"
#include "load/jsonmembers.h"
#include "load/workload.h"
#include "templates/templatefile.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = LoadWorkload::Kind;
using Mode = AdapterMix::Mode;

template<typename E>
using Word = JsonMembers::Word<E>;

constexpr std::array kinds{Word<Kind>{Kind::Synthetic, "synthetic"_L1},
    Word<Kind>{Kind::File, "file"_L1}, Word<Kind>{Kind::Template, "template"_L1},
    Word<Kind>{Kind::Trace, "trace"_L1}, Word<Kind>{Kind::Bodies, "bodies"_L1}};
constexpr std::array tasks{Word<LoadTask::Kind>{LoadTask::Kind::Chat, "chat"_L1},
    Word<LoadTask::Kind>{LoadTask::Kind::Embeddings, "embeddings"_L1},
    Word<LoadTask::Kind>{LoadTask::Kind::Rerank, "rerank"_L1}};
constexpr std::array modes{Word<Mode>{Mode::Weights, "weights"_L1},
    Word<Mode>{Mode::Zipf, "zipf"_L1}, Word<Mode>{Mode::RoundRobin, "round_robin"_L1}};
constexpr std::array thinkKinds{Word<ThinkTime::Kind>{ThinkTime::Kind::Fixed, "fixed"_L1},
    Word<ThinkTime::Kind>{ThinkTime::Kind::Exponential, "exponential"_L1}};

template<typename E, size_t N>
QLatin1StringView wordOf(E value, const std::array<Word<E>, N> &words)
{
    return std::ranges::find(words, value, &Word<E>::first)->second;
}

void readMilliseconds(JsonMembers &members, const QString &name, Nanoseconds &time)
{
    double value = toMilliseconds(time);
    members.read(name, value);
    constexpr double most = 1e12; // thirty years, far from where nanoseconds end
    if (!(std::abs(value) <= most)) {
        members.refuse(name, u"is too long a time"_s);
        return;
    }
    time = Nanoseconds(std::llround(value * 1e6));
}

/// Adds it where it is not the default.
template<typename T>
void add(QJsonObject &object, const QString &name, const T &value, const T &usual)
{
    if (value != usual) {
        object.insert(name, QJsonValue(value));
    }
}

// Adapters.

QJsonObject toObject(const AdapterChoice &adapter)
{
    QJsonObject object;
    add(object, u"id"_s, adapter.id, QString());
    add(object, u"source"_s, adapter.source, QString());
    QJsonArray scales;
    for (const AdapterScale &scale : adapter.scales) {
        QJsonObject one{{u"id"_s, scale.id}, {u"scale"_s, scale.scale}};
        add(one, u"name"_s, scale.name, QString());
        scales.append(one);
    }
    if (!scales.isEmpty()) {
        object.insert(u"scales"_s, scales);
    }
    if (adapter.merged) {
        const MergedAdapters &merged = *adapter.merged;
        QJsonArray weights;
        for (const double weight : merged.weights) {
            weights.append(weight);
        }
        QJsonObject one{
            {u"ids"_s, QJsonArray::fromStringList(merged.ids)}, {u"weights"_s, weights}};
        add(one, u"strategy"_s, merged.strategy, QString());
        add(one, u"density"_s, merged.density, 0.0);
        add(one, u"majority_sign_method"_s, merged.majoritySignMethod, QString());
        object.insert(u"merged"_s, one);
    }
    return object;
}

Result<AdapterScale> scaleFrom(const QJsonObject &object, const QString &place)
{
    AdapterScale scale;
    JsonMembers members(object, place);
    members.require(u"id"_s);
    members.read(u"id"_s, scale.id);
    members.read(u"scale"_s, scale.scale);
    members.read(u"name"_s, scale.name);
    return members.end(scale);
}

Result<MergedAdapters> mergedFrom(const QJsonObject &object, const QString &place)
{
    MergedAdapters merged;
    JsonMembers members(object, place);
    const QJsonArray ids = members.value(u"ids"_s).value_or(QJsonValue()).toArray();
    for (const QJsonValue &id : ids) {
        merged.ids.append(id.toString());
    }
    const QJsonArray weights = members.value(u"weights"_s).value_or(QJsonValue()).toArray();
    for (const QJsonValue &weight : weights) {
        merged.weights.append(weight.toDouble());
    }
    if (merged.ids.isEmpty() || merged.ids.contains(QString())
        || merged.weights.size() != merged.ids.size()) {
        members.refuse(u"weights"_s, u"must be as many numbers as there are “ids”"_s);
    }
    members.read(u"strategy"_s, merged.strategy);
    members.read(u"density"_s, merged.density);
    members.read(u"majority_sign_method"_s, merged.majoritySignMethod);
    return members.end(merged);
}

/// An id, or an object.
Result<AdapterChoice> adapterFrom(const QJsonValue &json, const QString &place)
{
    AdapterChoice adapter;
    if (json.isString()) {
        adapter.id = json.toString();
        return adapter;
    }
    if (!json.isObject()) {
        return invalidRequest(
            u"%1 must be an id, or an object with “id”, “source”, “scales” or “merged”."_s.arg(
                place));
    }
    JsonMembers members(json.toObject(), place);
    members.read(u"id"_s, adapter.id);
    members.read(u"source"_s, adapter.source);
    members.readList(u"scales"_s, adapter.scales, scaleFrom);
    members.readObject(u"merged"_s, adapter.merged, mergedFrom);
    return members.end(adapter);
}

// The mix.

QJsonObject toObject(const AdapterMix &mix)
{
    const AdapterMix usual;
    QJsonArray choices;
    for (const MixChoice &choice : mix.choices) {
        QJsonObject one;
        add(one, u"name"_s, choice.name, QString());
        add(one, u"model"_s, choice.model, QString());
        if (const QJsonObject adapter = toObject(choice.adapter); !adapter.isEmpty()) {
            one.insert(u"adapter"_s, adapter);
        }
        add(one, u"weight"_s, choice.weight, 1.0);
        choices.append(one);
    }
    QJsonObject object{{u"mode"_s, wordOf(mix.mode, modes)}, {u"choices"_s, choices}};
    add(object, u"exponent"_s, mix.exponent, usual.exponent);
    add(object, u"sticky"_s, mix.sticky, usual.sticky);
    return object;
}

Result<MixChoice> choiceFrom(const QJsonObject &object, const QString &place)
{
    MixChoice choice;
    JsonMembers members(object, place);
    members.read(u"name"_s, choice.name);
    members.read(u"model"_s, choice.model);
    members.readValue(u"adapter"_s, choice.adapter, adapterFrom);
    members.read(u"weight"_s, choice.weight);
    return members.end(choice);
}

Result<AdapterMix> mixFrom(const QJsonObject &object, const QString &place)
{
    AdapterMix mix;
    JsonMembers members(object, place);
    members.read<Mode>(u"mode"_s, mix.mode, modes);
    members.read(u"exponent"_s, mix.exponent);
    members.read(u"sticky"_s, mix.sticky);
    members.readList(u"choices"_s, mix.choices, choiceFrom);
    return members.end(mix);
}

// Lengths.

/// Only synthetic prompts have one unless somebody says so, and only chats one of answers.
QList<LengthPair> usualLengths(Kind kind, LoadTask::Kind task)
{
    if (kind != Kind::Synthetic) {
        return {};
    }
    return task == LoadTask::Kind::Chat ? LoadWorkload().lengths : QList<LengthPair>{LengthPair()};
}

QJsonArray toArray(const QList<LengthPair> &pairs)
{
    QJsonArray list;
    for (const LengthPair &pair : pairs) {
        QJsonObject one{{u"input"_s, toJson(pair.input)}};
        if (pair.output) {
            one.insert(u"output"_s, toJson(*pair.output));
        }
        add(one, u"weight"_s, pair.weight, 1.0);
        list.append(one);
    }
    return list;
}

Result<LengthPair> pairFrom(const QJsonObject &object, const QString &place)
{
    LengthPair pair;
    JsonMembers members(object, place);
    members.read(u"weight"_s, pair.weight);
    members.readValue(u"input"_s, pair.input, lengthDistributionFrom);
    members.readValue(u"output"_s, pair.output, lengthDistributionFrom);
    return members.end(pair);
}

Result<SharedPrefix> prefixFrom(const QJsonObject &object, const QString &place)
{
    SharedPrefix prefix{.share = 1};
    JsonMembers members(object, place);
    members.read(u"share"_s, prefix.share);
    members.read(u"tokens"_s, prefix.tokens);
    members.read(u"count"_s, prefix.count);
    if (members.value(u"part"_s)) {
        members.read(u"part"_s, prefix.part.emplace());
    }
    return members.end(prefix);
}

Result<ThinkTime> thinkingFrom(const QJsonObject &object, const QString &place)
{
    ThinkTime thinking;
    JsonMembers members(object, place);
    members.read<ThinkTime::Kind>(u"kind"_s, thinking.kind, thinkKinds);
    readMilliseconds(members, u"mean_ms"_s, thinking.mean);
    return members.end(thinking);
}

QJsonObject toObject(const SharedPrefix &prefix)
{
    QJsonObject object{{u"share"_s, prefix.share}};
    add(object, u"tokens"_s, prefix.tokens, qint64(0));
    add(object, u"count"_s, prefix.count, 1);
    if (prefix.part) {
        object.insert(u"part"_s, *prefix.part);
    }
    return object;
}

QJsonObject toObject(const ParameterSet &parameters)
{
    QJsonObject object;
    for (const auto &[name, value] : parameters.asKeyValueRange()) {
        object.insert(name, value);
    }
    return object;
}

void readFile(JsonMembers &members, LoadWorkload &workload)
{
    members.read(u"file"_s, workload.file);
    members.read(u"shuffle"_s, workload.shuffled);
    members.read(u"cycle"_s, workload.cycles);
    members.read(u"unique_words"_s, workload.uniqueWords);
    members.readObject(u"template"_s, workload.prompt, templateFromJson);
    members.read(u"speed"_s, workload.speed);
    readMilliseconds(members, u"time_unit_ms"_s, workload.timeUnit);
    members.read(u"block_tokens"_s, workload.blockTokens);
}

} // namespace

QJsonObject toJson(const LoadWorkload &workload)
{
    const LoadWorkload usual;
    QJsonObject object{{u"kind"_s, wordOf(workload.kind, kinds)}};
    const auto addObject = [&object](const QString &name, const QJsonObject &member) {
        if (!member.isEmpty()) {
            object.insert(name, member);
        }
    };
    if (!workload.task.isChat()) {
        object.insert(u"task"_s, wordOf(workload.task.kind, tasks));
    }
    add(object, u"batch"_s, workload.task.batch, usual.task.batch);
    add(object, u"documents"_s, workload.task.documents, usual.task.documents);
    if (workload.task.query != usual.task.query) {
        object.insert(u"query"_s, toJson(workload.task.query));
    }
    if (workload.lengths != usualLengths(workload.kind, workload.task.kind)) {
        object.insert(u"lengths"_s, toArray(workload.lengths));
    }
    if (workload.prefix != usual.prefix) {
        object.insert(u"prefix"_s, toObject(workload.prefix));
    }
    if (workload.turns) {
        object.insert(u"turns"_s, toJson(*workload.turns));
    }
    if (workload.thinking != usual.thinking) {
        object.insert(u"thinking"_s,
            QJsonObject{{u"kind"_s, wordOf(workload.thinking.kind, thinkKinds)},
                {u"mean_ms"_s, toMilliseconds(workload.thinking.mean)}});
    }
    add(object, u"file"_s, workload.file, QString());
    add(object, u"shuffle"_s, workload.shuffled, usual.shuffled);
    add(object, u"cycle"_s, workload.cycles, usual.cycles);
    add(object, u"unique_words"_s, workload.uniqueWords, usual.uniqueWords);
    if (workload.prompt != usual.prompt) {
        object.insert(u"template"_s, templateToJson(workload.prompt));
    }
    add(object, u"speed"_s, workload.speed, usual.speed);
    add(object, u"time_unit_ms"_s, toMilliseconds(workload.timeUnit),
        toMilliseconds(usual.timeUnit));
    add(object, u"block_tokens"_s, workload.blockTokens, usual.blockTokens);
    add(object, u"model"_s, workload.model, QString());
    addObject(u"adapter"_s, toObject(workload.adapter));
    add(object, u"system"_s, workload.systemPrompt, QString());
    addObject(u"parameters"_s, toObject(workload.parameters));
    addObject(u"extra_body"_s, workload.extraBody);
    add(object, u"ignore_end"_s, workload.ignoresEnd, usual.ignoresEnd);
    add(object, u"stream"_s, workload.stream, usual.stream);
    if (workload.mix != usual.mix) {
        object.insert(u"mix"_s, toObject(workload.mix));
    }
    return object;
}

Result<LoadWorkload> loadWorkloadFrom(const QJsonObject &object)
{
    LoadWorkload workload;
    JsonMembers members(object, u"The workload"_s);
    members.read<Kind>(u"kind"_s, workload.kind, kinds);
    members.read<LoadTask::Kind>(u"task"_s, workload.task.kind, tasks);
    members.read(u"batch"_s, workload.task.batch);
    members.read(u"documents"_s, workload.task.documents);
    members.readValue(u"query"_s, workload.task.query, lengthDistributionFrom);
    workload.lengths = usualLengths(workload.kind, workload.task.kind);
    members.readList(u"lengths"_s, workload.lengths, pairFrom);
    members.readObject(u"prefix"_s, workload.prefix, prefixFrom);
    members.readValue(u"turns"_s, workload.turns, lengthDistributionFrom);
    members.readObject(u"thinking"_s, workload.thinking, thinkingFrom);
    readFile(members, workload);
    members.read(u"model"_s, workload.model);
    members.readValue(u"adapter"_s, workload.adapter, adapterFrom);
    members.read(u"system"_s, workload.systemPrompt);
    QJsonObject parameters;
    members.read(u"parameters"_s, parameters);
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        workload.parameters.insert(it.key(), it.value());
    }
    members.read(u"extra_body"_s, workload.extraBody);
    members.read(u"ignore_end"_s, workload.ignoresEnd);
    members.read(u"stream"_s, workload.stream);
    members.readObject(u"mix"_s, workload.mix, mixFrom);
    if (const Result<> end = members.end(); !end) {
        return Failure(end.error());
    }
    if (const QString problem = problemOf(workload); !problem.isEmpty()) {
        return invalidRequest(problem);
    }
    return workload;
}

} // namespace Lorikeet
