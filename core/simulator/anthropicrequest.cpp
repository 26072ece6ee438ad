// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/translations.h"

#include <QCryptographicHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

Refusal invalid(const QString &message) { return {.type = u"invalid"_s, .message = message}; }

/// The text of a message's content, without the results of tools.
QString contentText(const QJsonValue &content)
{
    if (content.isString()) {
        return content.toString();
    }
    QStringList texts;
    const QJsonArray blocks = content.toArray();
    for (const QJsonValue &block : blocks) {
        texts.append(block["text"_L1].toString());
    }
    texts.removeAll(QString());
    return texts.join(u'\n');
}

bool isThought(const QJsonValue &block)
{
    return block["type"_L1] == "thinking"_L1 || block["type"_L1] == "redacted_thinking"_L1;
}

/// Whether a thought comes back as it went out.
std::optional<Refusal> thoughtProblem(const QJsonValue &block, const QString &place)
{
    const QString hidden = block["data"_L1].toString();
    const QString signature = block["signature"_L1].toString();
    if (block["type"_L1] == "thinking"_L1 && signature.isEmpty()) {
        return invalid(place + u".thinking.signature: Field required"_s);
    }
    const bool isOurs = block["type"_L1] == "thinking"_L1
        ? signature == thoughtSignature(block["thinking"_L1].toString())
        : hidden.startsWith("hidden-"_L1) && hidden == hiddenThought(hidden.section(u'-', 2));
    return isOurs ? std::nullopt
                  : std::optional(invalid(place
                        + u": `thinking` or `redacted_thinking` blocks in the latest assistant "
                          "message cannot be modified. These blocks must remain as they were in "
                          "the original response."_s));
}

/// While the model thinks, what it thought stands before what it called, unchanged, until the turn
/// is over.
std::optional<Refusal> thoughtsProblem(const QJsonObject &from)
{
    const QString mode = from["thinking"_L1]["type"_L1].toString(u"disabled"_s);
    const QString choice = from["tool_choice"_L1]["type"_L1].toString();
    if (mode == "enabled"_L1 && (choice == "any"_L1 || choice == "tool"_L1)) {
        return invalid(u"Thinking may not be enabled when tool_choice forces tool use."_s);
    }
    const QJsonArray list = from["messages"_L1].toArray();
    qsizetype turn = list.size(); // where the answer in the making begins
    while (turn > 0
        && (list[turn - 1]["role"_L1] == "assistant"_L1
            || list[turn - 1]["content"_L1][0]["type"_L1] == "tool_result"_L1)) {
        --turn;
    }
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QJsonArray blocks = list[i]["content"_L1].toArray();
        bool isCalling = false;
        for (qsizetype at = 0; at < blocks.size(); ++at) {
            const QString place = u"messages.%1.content.%2"_s.arg(i).arg(at);
            isCalling = isCalling || blocks[at]["type"_L1] == "tool_use"_L1;
            if (const auto problem
                = isThought(blocks[at]) ? thoughtProblem(blocks[at], place) : std::nullopt) {
                return problem;
            }
        }
        if (mode == "enabled"_L1 && isCalling && i >= turn && !isThought(blocks[0])) {
            return invalid(u"messages.%1.content.0.type: Expected `thinking` or "
                           "`redacted_thinking`, but found `%2`. When `thinking` is enabled, a "
                           "final `assistant` message must start with a thinking block."_s.arg(i)
                               .arg(blocks[0]["type"_L1].toString()));
        }
    }
    return std::nullopt;
}

std::optional<Refusal> translateMessages(const QJsonObject &from, QJsonObject &body)
{
    QJsonArray messages;
    if (const QString system = contentText(from["system"_L1]); !system.isEmpty()) {
        messages.append(QJsonObject{{"role"_L1, u"system"_s}, {"content"_L1, system}});
    }
    const QJsonArray list = from["messages"_L1].toArray();
    if (list.isEmpty()) {
        return invalid(u"messages: at least one message is required"_s);
    }
    for (const QJsonValue &message : list) {
        const QString role = message["role"_L1].toString();
        if (role != "user"_L1 && role != "assistant"_L1) {
            return invalid(u"messages: Unexpected role \"%1\". Allowed roles are \"user\" or "
                           "\"assistant\""_s.arg(role));
        }
        const QString text = contentText(message["content"_L1]);
        if (message["content"_L1].isString() && text.trimmed().isEmpty()) {
            return invalid(u"messages: text content blocks must be non-empty"_s);
        }
        const QJsonArray blocks = message["content"_L1].toArray();
        const qsizetype before = messages.size();
        for (const QJsonValue &block : blocks) {
            if (block["type"_L1] == "tool_result"_L1) {
                messages.append(QJsonObject{
                    {"role"_L1, u"tool"_s}, {"content"_L1, contentText(block["content"_L1])}});
            }
        }
        if (messages.size() == before || !text.isEmpty()) {
            messages.append(QJsonObject{{"role"_L1, role}, {"content"_L1, text}});
        }
    }
    const QJsonValue last = list.last();
    if (last["role"_L1] == "assistant"_L1) {
        const QString text = contentText(last["content"_L1]);
        if (!text.isEmpty() && text.back().isSpace()) {
            return invalid(
                u"messages: final assistant content cannot end with trailing whitespace"_s);
        }
        body.insert("continue_final_message"_L1, true);
        body.insert("add_generation_prompt"_L1, false);
    }
    body.insert("messages"_L1, messages);
    return std::nullopt;
}

void translateTools(const QJsonObject &from, QJsonObject &body)
{
    QJsonArray tools;
    const QJsonArray list = from["tools"_L1].toArray();
    for (const QJsonValue &tool : list) {
        tools.append(QJsonObject{{"type"_L1, u"function"_s},
            {"function"_L1,
                QJsonObject{{"name"_L1, tool["name"_L1]},
                    {"description"_L1, tool["description"_L1].toString()},
                    {"parameters"_L1, tool["input_schema"_L1]}}}});
    }
    if (tools.isEmpty()) {
        return;
    }
    body.insert("tools"_L1, tools);
    const QString choice = from["tool_choice"_L1]["type"_L1].toString(u"auto"_s);
    if (choice == "tool"_L1) {
        body.insert("tool_choice"_L1,
            QJsonObject{{"type"_L1, u"function"_s},
                {"function"_L1, QJsonObject{{"name"_L1, from["tool_choice"_L1]["name"_L1]}}}});
    } else {
        body.insert("tool_choice"_L1, choice == "any"_L1 ? u"required"_s : choice);
    }
}

QString sealed(const QString &text)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toBase64());
}

} // namespace

QString thoughtSignature(const QString &thought) { return sealed(u"signed "_s + thought); }

QString hiddenThought(const QString &thought)
{
    return u"hidden-%1-%2"_s.arg(sealed(u"hidden "_s + thought), thought);
}

std::optional<Refusal> fromAnthropic(const QJsonObject &from, QJsonObject &body)
{
    static const QStringList known{u"model"_s, u"messages"_s, u"max_tokens"_s, u"system"_s,
        u"stream"_s, u"temperature"_s, u"top_p"_s, u"top_k"_s, u"stop_sequences"_s, u"tools"_s,
        u"tool_choice"_s, u"thinking"_s, u"metadata"_s, u"service_tier"_s, u"output_config"_s,
        u"cache_control"_s, u"container"_s, u"inference_geo"_s};
    const QStringList names = from.keys();
    for (const QString &name : names) {
        if (!known.contains(name)) {
            return invalid(name + u": Extra inputs are not permitted"_s);
        }
    }
    if (!from["max_tokens"_L1].isDouble()) {
        return invalid(u"max_tokens: Field required"_s);
    }
    if (from["temperature"_L1].toDouble(1) > 1) {
        return invalid(u"temperature: range: 0..1"_s);
    }
    body = {{"model"_L1, from["model"_L1]}, {"max_tokens"_L1, from["max_tokens"_L1]},
        {"stream"_L1, from["stream"_L1].toBool()}};
    for (const QString &name : {u"temperature"_s, u"top_p"_s, u"top_k"_s}) {
        if (from.contains(name)) {
            body.insert(name, from[name]);
        }
    }
    if (from.contains("stop_sequences"_L1)) {
        body.insert("stop"_L1, from["stop_sequences"_L1]);
    }
    const QString thinking = from["thinking"_L1]["type"_L1].toString(u"disabled"_s);
    body.insert(
        "chat_template_kwargs"_L1, QJsonObject{{"enable_thinking"_L1, thinking != "disabled"_L1}});
    const QJsonValue format = from["output_config"_L1]["format"_L1];
    if (format["schema"_L1].isObject()) {
        body.insert("response_format"_L1,
            QJsonObject{{"type"_L1, u"json_schema"_s},
                {"json_schema"_L1, QJsonObject{{"schema"_L1, format["schema"_L1]}}}});
    }
    if (const auto problem = thoughtsProblem(from)) {
        return problem;
    }
    translateTools(from, body);
    return translateMessages(from, body);
}

} // namespace Lorikeet::Sim
