// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/composer.h"

#include "base/random.h"
#include "simulator/judge.h"
#include "simulator/material.h"
#include "simulator/prompt.h"
#include "simulator/schemainstance.h"
#include "simulator/tokenizer.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

/// Chooses as a model samples: the likeliest variant (which one that is depends on the prompt)
/// when cold, any of them when hot.
class Sampler final
{
public:
    Sampler(quint64 promptHash, quint64 entropy, double temperature)
        : m_likeliest(promptHash)
        , m_random(entropy)
        , m_surprise(std::clamp(temperature * 0.7, 0.0, 1.0))
    { }

    qsizetype pick(qsizetype count)
    {
        const qsizetype likeliest = m_likeliest.below(count);
        const qsizetype any = m_random.below(count);
        return m_random.chance(m_surprise) ? any : likeliest;
    }

private:
    Random m_likeliest;
    Random m_random;
    double m_surprise;
};

/// Collects the blocks of one text.
class Writer final
{
public:
    Writer(Sampler &sampler, const Prompt &prompt, qint64 maxTokens)
        : m_sampler(sampler)
        , m_subject(prompt.subject)
        , m_maxTokens(maxTokens)
    { }

    /// Adds one variant of a section, one not used yet as long as there is one.
    void add(const QString &section)
    {
        const QStringList variants = materialSection(section);
        if (variants.isEmpty() || isFull()) {
            return;
        }
        QList<qsizetype> &used = m_used[section];
        if (used.size() == variants.size()) {
            used.clear();
        }
        qsizetype index = m_sampler.pick(variants.size());
        while (used.contains(index)) {
            index = (index + 1) % variants.size();
        }
        used.append(index);
        addText(variants[index]);
    }

    void addText(QString block)
    {
        QString capital = m_subject;
        capital[0] = capital[0].toUpper();
        block.replace("{subject}"_L1, m_subject).replace("{Subject}"_L1, capital);
        m_text += m_text.isEmpty() ? block : u"\n\n"_s + block;
        m_tokens += tokenCount(block.toUtf8()) + 1;
    }

    [[nodiscard]] bool isFull() const { return m_tokens > m_maxTokens; }

    [[nodiscard]] qint64 tokens() const { return m_tokens; }

    [[nodiscard]] const QString &text() const { return m_text; }

private:
    Sampler &m_sampler;
    QString m_subject;
    qint64 m_maxTokens;
    qint64 m_tokens = 0;
    QString m_text;
    QHash<QString, QList<qsizetype>> m_used;
};

/// The adapter that counts most, and a second one where it counts nearly as much.
struct Voices
{
    QString first;
    QString second;
};

Voices voicesOf(const QList<WeightedAdapter> &adapters)
{
    QList<WeightedAdapter> sorted = adapters;
    std::stable_sort(sorted.begin(), sorted.end(),
        [](const auto &a, const auto &b) { return a.weight > b.weight; });
    Voices voices;
    if (!sorted.isEmpty()) {
        voices.first = sorted.constFirst().id;
    }
    if (sorted.size() > 1 && sorted[1].weight >= sorted[0].weight / 2) {
        voices.second = sorted[1].id;
    }
    return voices;
}

/// Where the material has the adapter's own version of a section, that one.
QString ownSection(const QString &adapter, const QString &section)
{
    const QString own = adapter + u'.' + section;
    return materialSection(own).isEmpty() ? section : own;
}

void writeEssay(Writer &writer, const QString &adapter)
{
    writer.add(u"essay.title"_s);
    writer.add(ownSection(adapter, u"opening"_s));
    for (int part = 0; part < 4; ++part) {
        writer.add(u"essay.heading"_s);
        writer.add(ownSection(adapter, u"paragraph"_s));
        writer.add(u"paragraph"_s);
        writer.add(part == 1 ? u"quote"_s : part == 2 ? u"list.bullets"_s : u"paragraph"_s);
    }
    writer.add(ownSection(adapter, u"closing"_s));
}

void writeExplanation(Writer &writer, const QString &adapter)
{
    writer.add(ownSection(adapter, u"opening"_s));
    writer.add(ownSection(adapter, u"paragraph"_s));
    writer.add(u"paragraph"_s);
    writer.add(u"list.bullets"_s);
    writer.add(u"quote"_s);
    writer.add(ownSection(adapter, u"closing"_s));
}

QString triageSection(const Prompt &prompt, const QString &adapter)
{
    const QString own
        = adapter + u".triage"_s + (prompt.topic.isEmpty() ? QString() : u'.' + prompt.topic);
    return materialSection(own).isEmpty() ? u"triage"_s : own;
}

/// A JSON answer nobody gave a schema for.
QString jsonBlock(const Prompt &prompt, const QString &adapter)
{
    const QJsonObject object = schemaInstance({}, prompt.subject, adapter).toObject();
    return u"```json\n"_s + QString::fromUtf8(QJsonDocument(object).toJson()) + u"```"_s;
}

void writeAs(Writer &writer, const Prompt &prompt, const QString &adapter)
{
    const bool speaksSql = !materialSection(adapter + u".query"_s).isEmpty();
    if (speaksSql && prompt.intent != Intent::Echo) {
        writer.add(adapter + u".query"_s);
        writer.add(adapter + u".note"_s);
        return;
    }
    switch (prompt.intent) {
    case Intent::About:
        return writer.add(u"about"_s);
    case Intent::Code:
        writer.add(ownSection(adapter, u"code.intro"_s));
        writer.add(u"code."_s + prompt.language);
        return writer.add(u"code.note"_s);
    case Intent::Echo:
        return writer.addText(prompt.echo);
    case Intent::Essay:
        return writeEssay(writer, adapter);
    case Intent::Explain:
        return writeExplanation(writer, adapter);
    case Intent::Greeting:
        return writer.add(adapter.isEmpty() ? u"greeting"_s : ownSection(adapter, u"opening"_s));
    case Intent::Json:
        writer.add(u"json.intro"_s);
        return writer.addText(jsonBlock(prompt, adapter));
    case Intent::Languages:
        return writer.add(u"multilingual"_s);
    case Intent::List:
        writer.add(u"list.intro"_s);
        writer.add(u"list.steps"_s);
        return writer.add(ownSection(adapter, u"closing"_s));
    case Intent::Maths:
        return writer.add(u"maths"_s);
    case Intent::Summary:
        return writer.add(u"summary"_s);
    case Intent::Table:
        writer.add(u"table.intro"_s);
        writer.add(u"table"_s);
        return writer.add(u"table.note"_s);
    case Intent::Thanks:
        return writer.add(u"thanks"_s);
    case Intent::Triage:
        return writer.add(triageSection(prompt, adapter));
    }
}

/// What follows a beginning: the rest of `whole` if that begins so, else another thought.
QString continued(const QString &begun, const QString &whole, Sampler &sampler,
    const Prompt &prompt, qint64 maxTokens)
{
    if (whole.startsWith(begun)) {
        return whole.sliced(begun.size());
    }
    Writer writer(sampler, prompt, maxTokens);
    writer.add(u"paragraph"_s);
    writer.add(u"closing"_s);
    return u"\n\n"_s + writer.text();
}

QString contentText(Sampler &sampler, const Prompt &prompt, const GenerationRequest &request)
{
    const QString begun = request.continues ? request.messages.constLast().text : QString();
    Writer writer(sampler, prompt, request.maxTokens + tokenCount(begun.toUtf8()));
    if (request.messages.constLast().role == "tool"_L1) {
        writer.add(u"tool.answer"_s);
        writer.addText(u"```json\n"_s + request.messages.constLast().text + u"\n```"_s);
    } else {
        const Voices voices = voicesOf(request.adapters);
        writeAs(writer, prompt, voices.first);
        if (!voices.second.isEmpty()) {
            writeAs(writer, prompt, voices.second);
        }
    }
    const qint64 wanted = request.ignoreEos ? request.maxTokens : request.minTokens;
    while (writer.tokens() <= wanted && !writer.isFull()) {
        writer.add(u"paragraph"_s);
    }
    return continued(begun, writer.text(), sampler, prompt, request.maxTokens);
}

QString reasoningText(Sampler &sampler, const Prompt &prompt, qint64 maxTokens)
{
    Writer writer(sampler, prompt, maxTokens);
    writer.add(u"reasoning"_s);
    writer.add(u"reasoning.step"_s);
    writer.add(u"reasoning.step"_s);
    writer.add(u"reasoning.end"_s);
    return writer.text();
}

void appendPieces(Answer &answer, const QByteArray &text, Channel channel)
{
    const qsizetype offset = answer.text.size();
    answer.text += text;
    for (const qsizetype end : tokenEnds(text)) {
        answer.pieces.push_back({.end = offset + end, .channel = channel});
    }
}

/// Ends the content at the first stop sequence in it.
void applyStop(QByteArray &content, const GenerationRequest &request, Answer &answer)
{
    qsizetype first = -1;
    for (const QString &stop : request.stop) {
        const QByteArray bytes = stop.toUtf8();
        const qsizetype at = bytes.isEmpty() ? -1 : content.indexOf(bytes);
        if (at >= 0 && (first < 0 || at < first)) {
            first = at;
            answer.stopText = stop;
        }
    }
    if (first >= 0) {
        content.truncate(first + (request.keepStopText ? answer.stopText.toUtf8().size() : 0));
        answer.end = AnswerEnd::StopSequence;
    }
}

void limitTo(qint64 maxTokens, Answer &answer)
{
    const auto limit = static_cast<size_t>(std::max<qint64>(maxTokens, 0));
    // Exactly at the limit counts as cut: the end-of-text token found no room either.
    if (answer.pieces.size() >= limit) {
        answer.pieces.resize(limit);
        answer.text.truncate(answer.pieces.empty() ? 0 : answer.pieces.back().end);
        answer.end = AnswerEnd::Length;
        answer.stopText.clear();
    }
}

quint64 hashOf(const GenerationRequest &request)
{
    quint64 hash = 0;
    // A begun answer counts for nothing, so that its end is that of the same answer.
    const qsizetype counted = request.messages.size() - (request.continues ? 1 : 0);
    for (const PromptMessage &message : request.messages.first(counted)) {
        hash = stableHash(message.text.toUtf8(), stableHash(message.role.toUtf8(), hash));
    }
    for (const WeightedAdapter &adapter : request.adapters) {
        hash = stableHash(adapter.id.toUtf8(), hash) ^ static_cast<quint64>(adapter.weight * 1000);
    }
    return hash;
}

} // namespace

Answer compose(const GenerationRequest &request, int choice, quint64 entropy)
{
    const quint64 promptHash = hashOf(request);
    const quint64 seed = request.temperature > 0
        ? request.seed.value_or(entropy) + static_cast<quint64>(choice) * 0x51ed27ULL
        : 0;
    const auto user = std::find_if(request.messages.crbegin(), request.messages.crend(),
        [](const PromptMessage &message) { return message.role == "user"_L1; });
    const QString asked = user == request.messages.crend() ? QString() : user->text;
    const Prompt prompt = readPrompt(asked);
    const std::optional<QString> verdict = judgeAnswer(asked);

    Answer answer;
    answer.entropy = Random(promptHash ^ seed).next();
    answer.tool = request.tool;
    Sampler sampler(promptHash, answer.entropy, request.temperature);
    if (request.reasoning) {
        appendPieces(
            answer, reasoningText(sampler, prompt, request.maxTokens).toUtf8(), Channel::Reasoning);
    }
    const QString adapter = voicesOf(request.adapters).first;
    if (!request.tool.isEmpty()) {
        const QJsonValue arguments = schemaInstance(request.toolSchema, prompt.subject, adapter);
        appendPieces(answer, QJsonDocument(arguments.toObject()).toJson(QJsonDocument::Compact),
            Channel::ToolArguments);
    } else {
        QByteArray content = request.schema
            ? toJsonText(schemaInstance(*request.schema, prompt.subject, adapter))
            : verdict ? verdict->toUtf8()
                      : contentText(sampler, prompt, request).toUtf8();
        answer.isVerdict = verdict && !request.schema;
        applyStop(content, request, answer);
        appendPieces(answer, content, Channel::Content);
    }
    limitTo(request.maxTokens, answer);
    return answer;
}

void emptyJson(Answer &answer)
{
    const auto begin = std::ranges::find_if(answer.pieces,
        [](const Answer::Piece &piece) { return piece.channel != Channel::Reasoning; });
    if (begin == answer.pieces.end()) {
        return;
    }
    const Channel channel = begin->channel;
    if (channel == Channel::Content
        && QJsonDocument::fromJson(answer.joined(Channel::Content)).isNull()) {
        return;
    }
    answer.pieces.erase(begin, answer.pieces.end());
    answer.text.truncate(answer.pieces.empty() ? 0 : answer.pieces.back().end);
    appendPieces(answer, "{}"_ba, channel);
}

TokenProbability tokenProbability(const Answer &answer, size_t index, int alternatives)
{
    static const QList<QByteArray> others = {" the", " a", " and", " to", ",", " is", " of", " it",
        ".", " in", " that", " this", " one", " be", " as", " more", " or", " with", " you", " we"};
    Random random(answer.entropy ^ stableHash(answer.piece(index), index));
    TokenProbability result;
    // Mostly sure, sometimes not: a probability of about 0.9 with a long tail.
    const double probability = std::clamp(std::exp(-random.logNormal(0.12, 1.3)), 0.0005, 0.9999);
    result.logprob = std::log(probability);
    double rest = 1 - probability;
    result.alternatives.emplace_back(answer.piece(index).toByteArray(), result.logprob);
    const auto add = [&](const QByteArray &other) {
        if (std::ssize(result.alternatives) < alternatives && other != answer.piece(index)) {
            const double share = rest * (0.3 + 0.4 * random.uniform());
            result.alternatives.emplace_back(other, std::log(share));
            rest -= share;
        }
    };
    const qsizetype start = random.below(others.size());
    if (answer.isVerdict && index == 0) {
        for (const char *letter : {"A", "B", "C"}) {
            add(letter);
        }
    }
    for (qsizetype i = 0; std::ssize(result.alternatives) < alternatives && i < others.size();
        ++i) {
        add(others[(start + i) % others.size()]);
    }
    result.alternatives.resize(
        std::min(result.alternatives.size(), static_cast<size_t>(std::max(alternatives, 0))));
    std::stable_sort(result.alternatives.begin(), result.alternatives.end(),
        [](const auto &a, const auto &b) { return a.second > b.second; });
    return result;
}

} // namespace Lorikeet::Sim
