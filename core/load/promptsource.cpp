// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/promptsource.h"

#include "base/invalidrequest.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<double> weightsOf(const QList<LengthPair> &pairs)
{
    QList<double> weights;
    for (const LengthPair &pair : pairs) {
        weights.append(pair.weight);
    }
    return weights;
}

/// The limit of output tokens that a request has by itself.
std::optional<qint64> limitIn(const ChatRequest &request)
{
    for (const QString &name : outputLimitNames()) {
        const QJsonValue extra = request.extraBody.value(name);
        const QJsonValue value = extra.isUndefined() ? request.parameters.value(name) : extra;
        if (value.isDouble()) {
            return value.toInteger();
        }
    }
    return std::nullopt;
}

bool isSystem(const Message &message) { return message.role == Role::System; }

/// Of bodies that name whom they ask; what a mix says goes over it.
void forgetChoice(QJsonObject &body)
{
    for (const QString &name : {u"model"_s, u"lora"_s, u"lora_path"_s}) {
        body.remove(name);
    }
    if (QJsonObject parameters = body.value(u"parameters"_s).toObject(); !parameters.isEmpty()) {
        for (const QString &name : {u"adapter_id"_s, u"adapter_source"_s, u"merged_adapters"_s}) {
            parameters.remove(name);
        }
        body.insert(u"parameters"_s, parameters);
    }
}

} // namespace

WeightedChoice::WeightedChoice(const QList<double> &weights)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    double upTo = 0;
    for (const double weight : weights) {
        upTo += weight;
        m_upTo.push_back(upTo / sum);
    }
}

qsizetype WeightedChoice::at(double uniform) const
{
    // Where rounding leaves something beyond the last, it is that of the first of its height.
    const double within = std::min(uniform, std::nextafter(m_upTo.back(), 0.0));
    return std::ranges::upper_bound(m_upTo, within) - m_upTo.begin();
}

PromptSource::PromptSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs)
    : m_workload(workload)
    , m_calibration(calibration)
    , m_salts{}
    , m_limitName(outputLimitName(specs))
    , m_ignoreEndName(workload.ignoresEnd ? ignoreEndName(specs) : QString())
    , m_pairs(weightsOf(workload.lengths))
    , m_choices(workload.mix.shares())
{
    // By names and not by numbers, so that a new one changes none of the others.
    constexpr std::array names{"pair", "input", "output", "turns", "thinking", "choice", "prefix",
        "prefix text", "text", "order", "query", "query text"};
    static_assert(names.size() == std::tuple_size_v<decltype(m_salts)>);
    std::ranges::transform(names, m_salts.begin(),
        [seed](const char *name) { return stableHash(QByteArrayView(name), seed); });

    m_common.model = workload.model;
    m_common.adapter = workload.adapter;
    m_common.parameters = workload.parameters;
    m_common.extraBody = workload.extraBody;
    m_common.stream = workload.stream;
    if (!workload.systemPrompt.isEmpty()) {
        m_common.messages.append({.role = Role::System, .content = workload.systemPrompt});
    }
    const bool hasLengths = workload.kind == LoadWorkload::Kind::Trace
        || std::ranges::any_of(
            workload.lengths, [](const LengthPair &pair) { return pair.output.has_value(); });
    if (hasLengths) { // … go over a limit that is common to all; a record's own over both
        for (const QString &name : outputLimitNames()) {
            m_common.parameters.remove(name);
        }
    }
}

quint64 PromptSource::key(Draw draw, qint64 first, qint64 second) const
{
    const quint64 salt = m_salts[size_t(draw)];
    const quint64 half = Random(salt ^ Random(quint64(first)).next()).next();
    return Random(half ^ Random(quint64(second)).next()).next();
}

const LengthPair *PromptSource::pair(qint64 conversation, int turn) const
{
    if (m_workload.lengths.isEmpty()) {
        return nullptr;
    }
    const double uniform = random(Draw::Pair, conversation, turn).uniform();
    return &m_workload.lengths.at(m_pairs.at(uniform));
}

void PromptSource::choose(LoadRequest &request, qint64 conversation, int turn) const
{
    const AdapterMix &mix = m_workload.mix;
    if (mix.choices.isEmpty()) {
        return;
    }
    const int drawn = mix.sticky ? 0 : turn;
    const qsizetype choice = mix.mode == AdapterMix::Mode::RoundRobin
        ? (conversation + drawn) % mix.choices.size()
        : m_choices.at(random(Draw::Choice, conversation, drawn).uniform());
    const MixChoice &chosen = mix.choices.at(choice);
    request.choice = qint16(choice);
    request.request.model = chosen.model.isEmpty() ? m_workload.model : chosen.model;
    request.request.adapter = chosen.adapter;
    forgetChoice(request.request.extraBody);
}

void PromptSource::limit(
    LoadRequest &request, const OwnPrompt &own, qint64 conversation, int turn) const
{
    ParameterSet &parameters = request.request.parameters;
    if (!m_ignoreEndName.isEmpty() && !parameters.contains(m_ignoreEndName)) {
        parameters.insert(m_ignoreEndName, true);
    }
    request.outputTokens = limitIn(request.request);
    if (request.outputTokens || m_limitName.isEmpty()) {
        return;
    }
    std::optional<qint64> tokens = own.outputTokens;
    const LengthPair *lengths = pair(conversation, turn);
    if (!tokens && lengths && lengths->output) {
        Random drawn = random(Draw::Output, conversation, turn);
        tokens = lengths->output->draw(drawn);
    }
    if (tokens) {
        parameters.insert(m_limitName, *tokens);
        request.outputTokens = tokens;
    }
}

Result<LoadRequest> PromptSource::request(
    qint64 conversation, int turn, const QList<Message> &before) const
{
    if (conversation < 0 || !has(conversation)) {
        return invalidRequest(u"There is no conversation %1: there are %2."_s.arg(
            QString::number(conversation), QString::number(count().value_or(0))));
    }
    Result<OwnPrompt> prompt = own(conversation, turn);
    if (!prompt) {
        return Failure(prompt.error());
    }
    if (turn < 0 || turn >= prompt->turns) {
        return invalidRequest(u"Conversation %1 has no turn %2: it has %3."_s.arg(
            QString::number(conversation), QString::number(turn), QString::number(prompt->turns)));
    }
    LoadRequest request{.request = std::move(prompt->request), .turns = prompt->turns};
    request.inputTokens = prompt->inputTokens;
    request.task = m_workload.task.kind;
    request.query = std::move(prompt->query);
    request.texts = std::move(prompt->texts);
    if (turn > 0) {
        QList<Message> messages = before;
        if (!std::ranges::any_of(before, isSystem)) {
            messages = m_common.messages + before;
        }
        request.request.messages = messages + request.request.messages;
    }
    Random thinking = random(Draw::Thinking, conversation, turn);
    request.thinking = m_workload.thinking.draw(thinking);
    choose(request, conversation, turn);
    if (!m_workload.task.isChat()) {
        return request;
    }
    limit(request, *prompt, conversation, turn);
    return request;
}

} // namespace Lorikeet
