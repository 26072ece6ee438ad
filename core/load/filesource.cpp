// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/invalidrequest.h"
#include "batch/batchinput.h"
#include "load/permutation.h"
#include "load/promptsource.h"
#include "load/syntheticprompt.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// The length of the answer that a record asks for, which is taken out of it. Nothing: it asks for
/// none; fails where that is no number of tokens.
Result<std::optional<qint64>> takeOutputTokens(QJsonObject &record)
{
    std::optional<qint64> tokens;
    for (const QString &name : {u"output_tokens"_s, u"output_length"_s}) {
        const QJsonValue value = record.take(name);
        const bool isBlank = value.isUndefined() || value.isNull()
            || (value.isString() && value.toString().isEmpty());
        if (isBlank) {
            continue;
        }
        bool isNumber = value.isDouble();
        const qint64 read
            = isNumber ? value.toInteger(-1) : value.toString().trimmed().toLongLong(&isNumber);
        if (!isNumber || read < 1) {
            return invalidRequest(u"“%1” is not a number of tokens."_s.arg(name));
        }
        tokens = read;
    }
    return tokens;
}

/// Puts it before what the user says first.
void prepend(QList<Message> &messages, const QString &text)
{
    const auto first = std::ranges::find(messages, Role::User, &Message::role);
    if (first != messages.end()) {
        first->content = text + u"\n\n"_s + first->content;
    }
}

/// Records of a file, one a conversation.
class RecordSource : public PromptSource
{
public:
    RecordSource(const LoadWorkload &workload, quint64 seed, const TokenCalibration &calibration,
        const ParameterSpecs &specs, std::unique_ptr<RecordFile> file)
        : PromptSource(workload, seed, calibration, specs)
        , m_file(std::move(file))
    { }

    [[nodiscard]] std::optional<qint64> count() const override
    {
        return m_file && !workload().cycles ? std::optional(m_file->count()) : std::nullopt;
    }

protected:
    /// Of a record, which is null where there is no file.
    [[nodiscard]] virtual Result<OwnPrompt> ofRecord(
        QJsonObject record, qint64 conversation, int turn) const
        = 0;

    [[nodiscard]] bool isTable() const { return m_file->layout() == RecordFile::Layout::Csv; }

    [[nodiscard]] Result<OwnPrompt> own(qint64 conversation, int turn) const final
    {
        if (!m_file) {
            return withUniqueWords(ofRecord({}, conversation, turn), conversation, turn);
        }
        const qint64 round = conversation / m_file->count();
        const qint64 place = conversation % m_file->count();
        const qint64 record = workload().shuffled
            ? Permutation(m_file->count(), key(Draw::Order, round)).at(place)
            : place;
        const Result<QJsonObject> object = m_file->object(record);
        if (!object) {
            return Failure(object.error());
        }
        Result<OwnPrompt> own = ofRecord(*object, conversation, turn);
        if (!own) {
            return m_file->problem(record, own.error().message);
        }
        return withUniqueWords(std::move(own), conversation, turn);
    }

private:
    [[nodiscard]] Result<OwnPrompt> withUniqueWords(
        Result<OwnPrompt> own, qint64 conversation, int turn) const
    {
        if (own && turn == 0 && workload().uniqueWords > 0) {
            QString words;
            SyntheticText(key(Draw::Text, conversation))
                .appendWords(words, workload().uniqueWords, calibration());
            prepend(own->request.messages, words);
        }
        return own;
    }

    std::unique_ptr<RecordFile> m_file; ///< null: there is none
};

/// Prompts, conversations, lines of batches.
class PromptFileSource final : public RecordSource
{
public:
    using RecordSource::RecordSource;

protected:
    [[nodiscard]] Result<OwnPrompt> ofRecord(
        QJsonObject record, qint64 conversation, int turn) const override
    {
        for (const QString &name : {u"conversations"_s, u"conversation"_s}) {
            if (record.value(name).isArray()) {
                return ofConversation(record.value(name).toArray(), conversation, turn);
            }
        }
        const Result<std::optional<qint64>> tokens = takeOutputTokens(record);
        if (!tokens) {
            return Failure(tokens.error());
        }
        if (isTable()) {
            keepKnownColumns(record);
        }
        Result<ChatRequest> request = batchRequest(record, common());
        if (!request) {
            return Failure(request.error());
        }
        return OwnPrompt{.request = *std::move(request), .outputTokens = *tokens};
    }

private:
    /// A table may have more than is asked.
    static void keepKnownColumns(QJsonObject &row)
    {
        for (const QString &name : row.keys()) {
            const bool isKnown = name == "prompt"_L1 || name == "system"_L1 || name == "model"_L1
                || name == "adapter"_L1;
            if (!isKnown || (name != "prompt"_L1 && row.value(name).toString().isEmpty())) {
                row.remove(name);
            }
        }
    }

    /// As ShareGPT has them: {"from": "human", "value": "…"}, turn by turn. The user's turns are
    /// asked again; what was answered then tells how long answers are.
    [[nodiscard]] Result<OwnPrompt> ofConversation(
        const QJsonArray &said, qint64 conversation, int turn) const
    {
        OwnPrompt own{.request = common(), .turns = 0};
        bool isAsked = false;
        for (const QJsonValue &item : said) {
            const QString from = item[u"from"_s].toString(item[u"role"_s].toString());
            const QJsonValue value
                = item[u"value"_s].isUndefined() ? item[u"content"_s] : item[u"value"_s];
            if (!value.isString()) {
                return invalidRequest(
                    u"What is said in “conversations” must be a text, “value”."_s);
            }
            if (from == "system"_L1) {
                replaceSystem(own.request.messages, value.toString());
            } else if (from == "human"_L1 || from == "user"_L1) {
                isAsked = own.turns == turn;
                if (isAsked) {
                    own.request.messages.append({.role = Role::User, .content = value.toString()});
                }
                ++own.turns;
            } else if (isAsked && !own.outputTokens) {
                own.outputTokens
                    = std::max<qint64>(1, std::llround(guessedTokens(value.toString())));
            }
        }
        if (own.turns == 0) {
            return invalidRequest(
                u"In “conversations” nobody asks: there is no “from” of “human”."_s);
        }
        if (turn > 0) {
            own.request.messages.removeIf(
                [](const Message &message) { return message.role != Role::User; });
        }
        if (const auto &turns = workload().turns) {
            Random drawn = random(Draw::Turns, conversation);
            own.turns = int(std::min(qint64(own.turns), turns->draw(drawn)));
        }
        const LengthPair *lengths = pair(conversation, turn);
        if (lengths && lengths->output) {
            own.outputTokens.reset(); // a guess does not go before what was asked for
        }
        return own;
    }
};

/// A template, filled in by rows.
class TemplateSource final : public RecordSource
{
public:
    TemplateSource(const LoadWorkload &workload, quint64 seed, const TokenCalibration &calibration,
        const ParameterSpecs &specs, std::unique_ptr<RecordFile> file,
        const QList<VariableField> &fields)
        : RecordSource(workload, seed, calibration, specs, std::move(file))
        , m_fields(fields)
    { }

protected:
    [[nodiscard]] Result<OwnPrompt> ofRecord(
        QJsonObject record, qint64 /*conversation*/, int /*turn*/) const override
    {
        const Result<std::optional<qint64>> tokens = takeOutputTokens(record);
        const Result<QJsonObject> values
            = tokens ? valuesFromRow(m_fields, record) : Failure(tokens.error());
        const Result<RenderedPrompt> rendered
            = values ? render(workload().prompt, *values) : Failure(values.error());
        if (!rendered) {
            return Failure(rendered.error());
        }
        OwnPrompt own{.request = common(), .outputTokens = *tokens};
        const QString system = own.request.messages.value(0).content;
        own.request.messages = rendered->messages;
        const auto isSystem = [](const Message &message) { return message.role == Role::System; };
        if (!std::ranges::any_of(rendered->messages, isSystem)) {
            replaceSystem(own.request.messages, system);
        }
        for (const auto &[name, value] : rendered->parameters.asKeyValueRange()) {
            if (!own.request.parameters.contains(name)) {
                own.request.parameters.insert(name, value);
            }
        }
        return own;
    }

private:
    QList<VariableField> m_fields;
};

/// Bodies of requests, which go out as they are.
class BodySource final : public RecordSource
{
public:
    using RecordSource::RecordSource;

protected:
    [[nodiscard]] Result<OwnPrompt> ofRecord(
        QJsonObject record, qint64 /*conversation*/, int /*turn*/) const override
    {
        QJsonObject body
            = record.value(u"body"_s).isObject() ? record.value(u"body"_s).toObject() : record;
        OwnPrompt own{.request = common()};
        own.request.stream = body.take(u"stream"_s).toBool(own.request.stream);
        body.remove(u"stream_options"_s); // set where the token counts of a stream need it
        own.request.messages = shownMessages(body);
        if (own.request.messages.isEmpty()) {
            return invalidRequest(u"This is no body of a request: it has neither “messages” nor a "
                                  u"“prompt”, “inputs”, "
                                  "“input” or “contents”."_s);
        }
        for (auto it = body.begin(); it != body.end(); ++it) {
            own.request.extraBody.insert(it.key(), it.value());
        }
        return own;
    }

private:
    /// What of it can be shown as messages; the body itself goes over them.
    static QList<Message> shownMessages(const QJsonObject &body)
    {
        QList<Message> messages;
        const QJsonArray list = body.value(u"messages"_s).toArray();
        for (const QJsonValue &item : list) {
            const std::optional<Role> role = roleFromString(item[u"role"_s].toString());
            if (role && item[u"content"_s].isString() && *role != Role::Tool) {
                messages.append({.role = *role, .content = item[u"content"_s].toString()});
            }
        }
        for (const QString &name : {u"prompt"_s, u"inputs"_s, u"input"_s}) {
            if (messages.isEmpty() && body.value(name).isString()) {
                messages.append({.role = Role::User, .content = body.value(name).toString()});
            }
        }
        const bool hasOthers = !list.isEmpty() || body.value(u"contents"_s).isArray()
            || body.value(u"input"_s).isArray() || body.value(u"prompt"_s).isArray();
        if (messages.isEmpty() && hasOthers) {
            messages.append({.role = Role::User, .content = u"…"_s}); // parts that are no text
        }
        return messages;
    }
};

} // namespace

SourceResult makeFileSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs)
{
    std::unique_ptr<RecordFile> file;
    if (!workload.file.isEmpty()) {
        Result<std::unique_ptr<RecordFile>> opened = RecordFile::open(workload.file);
        if (!opened) {
            return Failure(opened.error());
        }
        file = *std::move(opened);
    }
    switch (workload.kind) {
    case LoadWorkload::Kind::Template: {
        const Result<QList<VariableField>> fields = fieldsOf(workload.prompt);
        if (!fields) {
            return Failure(fields.error());
        }
        return std::make_shared<TemplateSource>(
            workload, seed, calibration, specs, std::move(file), *fields);
    }
    case LoadWorkload::Kind::Bodies:
        return std::make_shared<BodySource>(workload, seed, calibration, specs, std::move(file));
    default:
        return std::make_shared<PromptFileSource>(
            workload, seed, calibration, specs, std::move(file));
    }
}

} // namespace Lorikeet
