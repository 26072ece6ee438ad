// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropicdecoder.h"
#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/parametertables.h"
#include "providers/serverevidence.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

/// Letters, digits, _ and -; a conversation begun elsewhere may have other ids.
QString toolCallId(const QString &id)
{
    static const QRegularExpression allowed(u"^[A-Za-z0-9_-]+$"_s);
    if (allowed.match(id).hasMatch()) {
        return id;
    }
    const QByteArray hash = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256);
    return u"toolu_"_s + QString::fromLatin1(hash.toHex().first(24));
}

QJsonObject textBlock(const QString &text) { return {{u"type"_s, u"text"_s}, {u"text"_s, text}}; }

QJsonObject thoughtBlock(const SignedThought &thought)
{
    if (!thought.hidden.isEmpty()) {
        return {{u"type"_s, u"redacted_thinking"_s}, {u"data"_s, thought.hidden}};
    }
    QJsonObject block{{u"type"_s, u"thinking"_s}, {u"thinking"_s, thought.text}};
    if (!thought.signature.isEmpty()) { // Other servers that speak this sign nothing.
        block.insert(u"signature"_s, thought.signature);
    }
    return block;
}

/// The content blocks of one message. Texts without any character to see are refused by the server
/// and left out; what it thought must stand where it stood.
Result<QJsonArray> blocksOf(const Message &message, bool withThoughts)
{
    QJsonArray blocks;
    if (message.role == Role::Tool) {
        blocks.append(QJsonObject{{u"type"_s, u"tool_result"_s},
            {u"tool_use_id"_s, toolCallId(message.toolCallId)}, {u"content"_s, message.content}});
        return blocks;
    }
    qsizetype textEnd = 0;
    const auto addText = [&](qsizetype end) {
        const QString text = message.content.sliced(textEnd, end - textEnd);
        textEnd = end;
        if (!text.trimmed().isEmpty()) {
            blocks.append(textBlock(text));
        }
    };
    qsizetype callsEnd = 0;
    const auto addCalls = [&](qsizetype end) -> Result<> {
        for (; callsEnd < end; ++callsEnd) {
            const ToolCall &call = message.toolCalls[callsEnd];
            const std::optional<QJsonObject> arguments = argumentsObject(call);
            if (!arguments) {
                return unusableArguments(call, u"Anthropic"_s);
            }
            blocks.append(QJsonObject{{u"type"_s, u"tool_use"_s}, {u"id"_s, toolCallId(call.id)},
                {u"name"_s, call.name}, {u"input"_s, *arguments}});
        }
        return {};
    };
    Result<> added;
    for (const SignedThought &thought : withThoughts ? message.thoughts : QList<SignedThought>()) {
        addText(std::clamp(thought.textBefore, textEnd, message.content.size()));
        added = addCalls(
            std::clamp(qsizetype(thought.callsBefore), callsEnd, message.toolCalls.size()));
        if (!added) {
            return Failure(added.error());
        }
        blocks.append(thoughtBlock(thought));
    }
    addText(message.content.size());
    added = addCalls(message.toolCalls.size());
    return added ? Result<QJsonArray>(blocks) : Failure(added.error());
}

struct Conversation
{
    QString system;
    QJsonArray messages;
};

/// Users and assistants in turns: neighbours of one role become one message, so that the results
/// of all calls of an answer stand together right behind it, as the server wants them.
Result<Conversation> conversationOf(const QList<Message> &list, bool withThoughts)
{
    Conversation conversation;
    QString lastRole;
    QJsonArray lastBlocks;
    const auto take = [&] {
        if (!lastBlocks.isEmpty()) {
            // One text alone goes as text: what every server that speaks this understands.
            const bool isText = lastBlocks.size() == 1 && lastBlocks[0][u"type"_s] == u"text"_s;
            conversation.messages.append(QJsonObject{{u"role"_s, lastRole},
                {u"content"_s,
                    isText ? lastBlocks[0][u"text"_s]
                           : QJsonValue(std::exchange(lastBlocks, {}))}});
            lastBlocks = {};
        }
    };
    for (const Message &message : list) {
        if (message.role == Role::System) {
            const QString between = conversation.system.isEmpty() ? QString() : u"\n\n"_s;
            conversation.system += between + message.content;
            continue;
        }
        const QString role = message.role == Role::Assistant ? u"assistant"_s : u"user"_s;
        const Result<QJsonArray> blocks = blocksOf(message, withThoughts);
        if (!blocks) {
            return Failure(blocks.error());
        }
        if (role != lastRole) {
            take();
            lastRole = role;
        }
        for (const QJsonValue &block : *blocks) {
            lastBlocks.append(block);
        }
    }
    take();
    return conversation;
}

/// The server refuses an answer to go on with that ends in white space.
void trimLastAnswer(QJsonArray &messages)
{
    QJsonObject last = messages.last().toObject();
    if (last[u"role"_s] != u"assistant"_s) {
        return;
    }
    const auto trimmed = [](QString text) {
        while (!text.isEmpty() && text.back().isSpace()) {
            text.chop(1);
        }
        return text;
    };
    QJsonArray blocks = last[u"content"_s].toArray();
    QJsonObject block = blocks.isEmpty() ? QJsonObject() : blocks.last().toObject();
    if (block.contains(u"text"_s)) {
        block.insert(u"text"_s, trimmed(block[u"text"_s].toString()));
        blocks.replace(blocks.size() - 1, block);
        last.insert(u"content"_s, blocks);
    } else if (last[u"content"_s].isString()) {
        last.insert(u"content"_s, trimmed(last[u"content"_s].toString()));
    }
    messages.replace(messages.size() - 1, last);
}

/// Whether a value of `thinking` switches it on.
bool isThinking(const QJsonValue &thinking)
{
    return thinking[u"type"_s] == u"enabled"_s || thinking[u"type"_s] == u"adaptive"_s;
}

/// Whether these end with the results of calls before which nothing was thought, of any call of
/// the turn: another model or server called, or thinking was off. Not every answer of a turn need
/// have thoughts; the first one has.
bool lacksThoughts(const QList<Message> &messages)
{
    qsizetype at = messages.size() - 1;
    // What a person wrote behind results goes out with them.
    while (at > 0 && messages[at].role == Role::User && messages[at - 1].role != Role::Assistant) {
        --at;
    }
    if (at < 0 || messages[at].role != Role::Tool) {
        return false;
    }
    for (; at >= 0 && messages[at].role != Role::User; --at) {
        if (!messages[at].thoughts.isEmpty()) {
            return false;
        }
    }
    return true;
}

/// What the server would refuse about `thinking` and its neighbours.
std::optional<QString> thinkingProblem(const QJsonObject &body)
{
    const QJsonValue thinking = body[u"thinking"_s];
    if (!isThinking(thinking)) {
        return std::nullopt;
    }
    const QString choice = body[u"tool_choice"_s][u"type"_s].toString();
    if (choice == "any"_L1 || choice == "tool"_L1) {
        return u"A call of a tool cannot be demanded while the model thinks: leave the choice to "
               "it, or thinking out."_s;
    }
    if (thinking[u"type"_s] != u"enabled"_s) {
        return std::nullopt;
    }
    if (body[u"messages"_s].toArray().last()[u"role"_s] == u"assistant"_s) {
        return u"Anthropic cannot go on with an answer while thinking is enabled: ask anew, or "
               "leave thinking out."_s;
    }
    const qint64 budget = thinking[u"budget_tokens"_s].toInteger();
    if (budget < 1024) {
        return u"thinking needs budget_tokens of at least 1024."_s;
    }
    if (budget >= body[u"max_tokens"_s].toInteger()) {
        return u"max_tokens (%1) must be greater than thinking's budget_tokens (%2), which are a "
               "part of it."_s.arg(body[u"max_tokens"_s].toInteger())
                   .arg(budget);
    }
    if (body.contains(u"temperature"_s) && body[u"temperature"_s].toDouble() != 1) {
        return u"temperature must be 1, or left out, while thinking is enabled."_s;
    }
    if (body.contains(u"top_k"_s)) {
        return u"top_k must be left out while thinking is enabled."_s;
    }
    return std::nullopt;
}

/// What the server would refuse besides the ranges of single parameters.
std::optional<QString> problemOf(const QJsonObject &body)
{
    const QJsonArray stops = body[u"stop_sequences"_s].toArray();
    for (const QJsonValue &stop : stops) {
        if (stop.toString().trimmed().isEmpty()) {
            return u"stop_sequences must not hold blank texts: Anthropic refuses them."_s;
        }
    }
    return thinkingProblem(body);
}

Result<Headers> headersFor(const Target &target, const QByteArray &accept, bool withBody)
{
    Target versioned = target;
    if (headerValue(target.endpoint.headers, "anthropic-version").isEmpty()) {
        versioned.endpoint.headers.prepend(Header{"anthropic-version", "2023-06-01"});
    }
    return requestHeaders(versioned, accept, withBody, "x-api-key");
}

class AnthropicProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"anthropic"_s; }

    [[nodiscard]] QString displayName() const override { return u"Anthropic"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] ParameterSpecs parameters(const QString & /*server*/) const override
    {
        return anthropicParameters();
    }

    [[nodiscard]] AdapterStyle adapterStyle(const QString & /*server*/) const override
    {
        return AdapterStyle::None;
    }

    [[nodiscard]] std::optional<QJsonObject> continuation(const QString & /*server*/) const override
    {
        return QJsonObject(); // It goes on with a trailing assistant message by itself.
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        for (const QString &name : {u"messages"_s, u"model"_s, u"stream"_s, u"system"_s}) {
            if (request.parameters.contains(name)) {
                return refused(u"%1 cannot be set as a parameter."_s.arg(name));
            }
        }
        if (request.adapter != AdapterChoice()) {
            return refused(u"Anthropic has no adapters to choose."_s);
        }
        const QString model = request.model.isEmpty() ? target.endpoint.model : request.model;
        if (model.isEmpty()) {
            return refused(u"Choose a model: Anthropic wants one named in every request."_s);
        }
        const ParameterSpecs specs = anthropicParameters();
        Result<QJsonObject> body = checkedParameters(request.parameters, specs);
        if (!body) {
            return Failure(body.error());
        }
        if (!body->contains(u"max_tokens"_s)) { // Mandatory; the panel shows the same default.
            body->insert(u"max_tokens"_s, findParameter(specs, u"max_tokens")->serverDefault);
        }
        const QJsonValue thinking = request.extraBody.contains(u"thinking"_s)
            ? request.extraBody[u"thinking"_s]
            : body->value(u"thinking"_s);
        Result<Conversation> conversation = conversationOf(request.messages, isThinking(thinking));
        if (!conversation) {
            return Failure(conversation.error());
        }
        if (conversation->messages.isEmpty()) {
            return refused(u"There is nothing to send: the conversation holds no message of a "
                           "user."_s);
        }
        trimLastAnswer(conversation->messages);
        if (!conversation->system.trimmed().isEmpty()) {
            body->insert(u"system"_s, conversation->system);
        }
        body->insert(u"model"_s, model);
        body->insert(u"messages"_s, conversation->messages);
        body->insert(u"stream"_s, request.stream);
        addExtraBody(*body, request.extraBody);
        if (const auto problem = problemOf(*body)) {
            return refused(*problem);
        }
        if (thinking[u"type"_s] == u"enabled"_s && lacksThoughts(request.messages)) {
            return refused(u"While thinking is enabled, Anthropic wants back what was thought "
                           "before the calls of this turn, and nothing was, or by another model: "
                           "leave thinking out until the turn is over, or ask the prompt anew."_s);
        }
        Result<Headers> headers
            = headersFor(target, request.stream ? "text/event-stream" : "application/json", true);
        if (!headers) {
            return Failure(headers.error());
        }
        return HttpRequest{.verb = "POST",
            .url = joined(openAiBase(target.endpoint.url), u"messages"),
            .headers = *headers,
            .body = exactJson(*body, request.parameters, specs)};
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<AnthropicDecoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        AnthropicDecoder decoder;
        StreamEvents events;
        if (const auto error = decoder.decodeWhole(reply.body, at, events)) {
            const bool isServers = error->kind != ApiError::Kind::Protocol
                && error->kind != ApiError::Kind::Truncated;
            return Failure(isServers ? decodeError(reply) : *error);
        }
        return events;
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        QUrl url = joined(openAiBase(target.endpoint.url), u"models");
        QUrlQuery query(url);
        query.addQueryItem(u"limit"_s, u"1000"_s); // its largest page
        url.setQuery(query);
        const Result<Headers> headers = headersFor(target, "application/json", false);
        return {{.url = url, .headers = headers.value_or(Headers())}};
    }

    [[nodiscard]] std::optional<HttpRequest> nextPage(
        const HttpRequest &asked, const HttpReply &reply) const override
    {
        const QJsonObject page = QJsonDocument::fromJson(reply.body).object();
        const QString last = page[u"last_id"_s].toString();
        if (reply.status != 200 || !page[u"has_more"_s].toBool() || last.isEmpty()) {
            return std::nullopt;
        }
        HttpRequest next = asked;
        QUrlQuery query(next.url);
        query.removeQueryItem(u"after_id"_s);
        query.addQueryItem(u"after_id"_s, QString::fromLatin1(QUrl::toPercentEncoding(last)));
        next.url.setQuery(query);
        return next;
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        Result<EndpointDescription> description = describeModels(replies, holdsModelList);
        if (description && description->server.isEmpty()) {
            description->notes.append(
                u"The list of models is not in Anthropic's form: this may be another server."_s);
        }
        return description;
    }
};

} // namespace

const Provider &anthropicProvider();

const Provider &anthropicProvider()
{
    static const AnthropicProvider provider;
    return provider;
}

} // namespace Lorikeet
