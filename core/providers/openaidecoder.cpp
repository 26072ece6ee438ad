// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openaidecoder.h"

#include "providers/errorbody.h"
#include "providers/wireparts.h"

#include <algorithm>
#include <cstdint>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Element = WireJson::Element;
using Array = WireJson::Array;
using Object = WireJson::Object;

/// A record reports a failure although the answer began with 200 (vLLM, SGLang, TGI, llama.cpp,
/// OpenRouter, LoRAX; LM Studio for whole answers). `error` may be an object or a text, and is
/// null in the good chunks of some gateways.
bool isError(const Object &record)
{
    if (const auto error = member(record, "error")) {
        std::string_view text;
        bool flag = false;
        if (error->get_string().get(text) == simdjson::SUCCESS) {
            return !text.empty();
        }
        return error->get_bool().get(flag) != simdjson::SUCCESS || flag;
    }
    return textMember(record, "object") == "error";
}

/// Joins what an array of parts holds: `{"type":"text","text":…}`, and for thinking also
/// `{"thinking":[{"type":"text","text":…}]}` (Mistral).
QString joinedParts(const Array &parts)
{
    QString text;
    forEachObject(parts, [&text](const Object &part) { text += stringMember(part, "text"); });
    return text;
}

void appendText(int choice, QString text, TimePoint at, StreamEvents &out)
{
    if (!text.isEmpty()) {
        out.append({at, TextDelta{choice, std::move(text)}});
    }
}

void appendReasoning(int choice, QString text, TimePoint at, StreamEvents &out)
{
    if (!text.isEmpty()) {
        out.append({at, ReasoningDelta{choice, std::move(text)}});
    }
}

/// Content is a text, or an array of text and thinking parts (Mistral).
void readContent(int choice, const Object &message, TimePoint at, StreamEvents &out)
{
    Element content;
    if (message.at_key("content").get(content) != simdjson::SUCCESS) {
        return;
    }
    std::string_view text;
    Array parts;
    if (content.get_string().get(text) == simdjson::SUCCESS) {
        if (!text.empty()) {
            out.append({at, TextDelta{choice, toQString(text)}});
        }
    } else if (content.get_array().get(parts) == simdjson::SUCCESS) {
        forEachObject(parts, [&](const Object &part) {
            if (const auto thinking = arrayMember(part, "thinking")) {
                appendReasoning(choice, joinedParts(*thinking), at, out);
            } else if (const auto thought = textMember(part, "thinking")) {
                appendReasoning(choice, toQString(*thought), at, out);
            } else {
                appendText(choice, stringMember(part, "text"), at, out);
            }
        });
    }
}

QByteArray readBytes(const Object &token)
{
    QByteArray bytes;
    if (const auto values = arrayMember(token, "bytes")) {
        for (const Element value : *values) {
            std::uint64_t byte = 0;
            if (value.get_uint64().get(byte) == simdjson::SUCCESS && byte < 256) {
                bytes.append(static_cast<char>(static_cast<unsigned char>(byte)));
            }
        }
    }
    return bytes;
}

LogprobDelta::Token readLogprob(const Object &entry)
{
    LogprobDelta::Token token{.token = stringMember(entry, "token"),
        .logprob = numberMember(entry, "logprob"),
        .bytes = readBytes(entry)};
    forEachObject(entry, "top_logprobs", [&token](const Object &alternative) {
        token.alternatives.append(
            {stringMember(alternative, "token"), numberMember(alternative, "logprob")});
    });
    return token;
}

void readLogprobs(int choice, const Object &source, TimePoint at, StreamEvents &out)
{
    const auto logprobs = objectMember(source, "logprobs");
    if (!logprobs) {
        return;
    }
    LogprobDelta delta{.choice = choice};
    for (const std::string_view list : {"content", "refusal"}) {
        forEachObject(*logprobs, list,
            [&delta](const Object &entry) { delta.tokens.append(readLogprob(entry)); });
    }
    if (!delta.tokens.isEmpty()) {
        out.append({at, std::move(delta)});
    }
}

Usage usageFrom(const Object &object)
{
    Usage usage{.promptTokens = integerMember(object, "prompt_tokens"),
        .completionTokens = integerMember(object, "completion_tokens"),
        .totalTokens = integerMember(object, "total_tokens")};
    if (const auto details = objectMember(object, "prompt_tokens_details")) {
        usage.cachedTokens = integerMember(*details, "cached_tokens");
    }
    if (!usage.cachedTokens) {
        usage.cachedTokens = integerMember(object, "num_cached_tokens"); // Mistral
    }
    if (const auto details = objectMember(object, "completion_tokens_details")) {
        usage.reasoningTokens = integerMember(*details, "reasoning_tokens");
    }
    if (!usage.reasoningTokens) {
        usage.reasoningTokens = integerMember(object, "reasoning_tokens"); // SGLang
    }
    return usage;
}

std::optional<Nanoseconds> milliseconds(const std::optional<double> &value)
{
    if (!value || *value < 0 || *value > 1e12) {
        return std::nullopt;
    }
    return Nanoseconds(static_cast<qint64>(*value * 1e6));
}

/// Arguments are pieces of a JSON text; Ollama's kin and Mistral may send the whole object.
QString argumentsOf(const Object &function)
{
    const auto arguments = member(function, "arguments");
    if (!arguments) {
        return {};
    }
    std::string_view text;
    return arguments->get_string().get(text) == simdjson::SUCCESS
        ? toQString(text)
        : QString::fromStdString(simdjson::minify(*arguments));
}

ApiError truncated(const QString &what)
{
    ApiError error;
    error.kind = ApiError::Kind::Truncated;
    error.message = what;
    return error;
}

} // namespace

std::optional<ApiError> OpenAiDecoder::decode(
    QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = data.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    if (text.startsWith("[DONE]")) {
        // The marker also follows errors, and a cut answer behind some gateways, so it is not
        // what makes an answer complete.
        m_done = true;
        return atEnd();
    }
    const auto element = m_json.parse(text);
    Object chunk;
    if (!element || element->get_object().get(chunk) != simdjson::SUCCESS) {
        return errorFromRecord(text, type);
    }
    readChunk(chunk, at, out);
    if (type == "error" || isError(chunk)) {
        return errorFromRecord(text, type);
    }
    return std::nullopt;
}

std::optional<ApiError> OpenAiDecoder::atEnd() const
{
    // Complete is what said why it ended, in every choice; [DONE] may be missing after that.
    if (m_choices.empty()) {
        return truncated(u"The stream ended without an answer."_s);
    }
    for (const Choice &choice : m_choices) {
        if (choice.finish.isNull()) {
            return truncated(u"The answer broke off: the stream ended before the server said that "
                             "it was finished."_s);
        }
    }
    for (const Choice &choice : m_choices) {
        if (!m_isLorax && finishReasonFromWord(choice.finish).kind == FinishReason::Kind::Error) {
            ApiError error;
            error.kind = ApiError::Kind::Server;
            error.message
                = u"The server gave up on the answer (finish reason “%1”)."_s.arg(choice.finish);
            return error;
        }
    }
    return std::nullopt;
}

std::optional<ApiError> OpenAiDecoder::decodeWhole(
    QByteArrayView body, TimePoint at, StreamEvents &out)
{
    const auto element = m_json.parse(body.trimmed());
    Object reply;
    if (!element || element->get_object().get(reply) != simdjson::SUCCESS) {
        return protocolError(u"The server's answer is not JSON."_s, body);
    }
    readChunk(reply, at, out);
    if (isError(reply)) {
        return errorFromRecord(body);
    }
    return m_choices.empty()
        ? std::optional(protocolError(u"The server's answer holds no choices."_s, body))
        : std::nullopt;
}

void OpenAiDecoder::readChunk(const Object &chunk, TimePoint at, StreamEvents &out)
{
    if (m_id.isEmpty() || m_model.isEmpty()) {
        readName(chunk, at, out);
    }
    if (const auto choices = arrayMember(chunk, "choices")) {
        int position = 0;
        for (const Element choice : *choices) {
            Object object;
            if (choice.get_object().get(object) == simdjson::SUCCESS) {
                readChoice(object, position, at, out);
            }
            ++position;
        }
    }
    readUsage(chunk, at, out);
}

void OpenAiDecoder::readName(const Object &chunk, TimePoint at, StreamEvents &out)
{
    // Azure's first chunk names nothing, TGI never has an id, and LoRAX writes the word "null",
    // by which it is recognised.
    const auto name = [](QString text) { return text == u"null"_s ? QString() : text; };
    const QString wireId = stringMember(chunk, "id");
    m_isLorax = m_isLorax || wireId == u"null"_s;
    const QString id = m_id.isEmpty() ? name(wireId) : m_id;
    const QString model = m_model.isEmpty() ? name(stringMember(chunk, "model")) : m_model;
    if (id != m_id || model != m_model) {
        m_id = id;
        m_model = model;
        out.append({at, Started{.id = m_id, .model = m_model}});
    }
}

void OpenAiDecoder::readChoice(const Object &source, int position, TimePoint at, StreamEvents &out)
{
    const int index = static_cast<int>(
        std::clamp<qint64>(integerMember(source, "index").value_or(position), 0, 127));
    auto message = objectMember(source, "delta");
    if (!message) {
        message = objectMember(source, "message");
    }
    const auto legacyText = textMember(source, "text");
    const auto finish = textMember(source, "finish_reason");
    if (!message && !legacyText && !finish) {
        return; // Azure's annotations, which may come after the end.
    }
    Choice &choice = choiceAt(index);
    if (message) {
        readMessage(choice, *message, at, out);
    } else if (legacyText) {
        appendText(index, toQString(*legacyText), at, out);
    }
    readLogprobs(index, source, at, out);
    readFinish(choice, source, at, out);
}

void OpenAiDecoder::readMessage(
    Choice &choice, const Object &message, TimePoint at, StreamEvents &out)
{
    // Two names for the same; some servers send both.
    const auto reasoning = textMember(message, "reasoning_content");
    const auto otherReasoning = textMember(message, "reasoning");
    if (reasoning) {
        appendReasoning(choice.index, toQString(*reasoning), at, out);
    }
    if (otherReasoning && otherReasoning != reasoning) {
        appendReasoning(choice.index, toQString(*otherReasoning), at, out);
    }
    readContent(choice.index, message, at, out);
    if (const auto refusal = textMember(message, "refusal")) {
        appendText(choice.index, toQString(*refusal), at, out);
    }
    if (const auto calls = arrayMember(message, "tool_calls")) {
        int position = 0;
        const bool alone = calls->size() == 1;
        for (const Element call : *calls) {
            Object object;
            if (call.get_object().get(object) == simdjson::SUCCESS) {
                readToolCall(choice, object, position, alone, at, out);
            }
            ++position;
        }
    }
    if (const auto function = objectMember(message, "function_call")) {
        out.append({at,
            ToolCallDelta{.choice = choice.index,
                .name = stringMember(*function, "name"),
                .arguments = argumentsOf(*function)}});
    }
}

int OpenAiDecoder::callIndex(Choice &choice, const Object &call, int position, bool alone)
{
    const QString id = stringMember(call, "id");
    const auto function = objectMember(call, "function");
    const bool isNamed = function && !stringMember(*function, "name").isEmpty();
    const auto byId = std::find_if(choice.calls.begin(), choice.calls.end(),
        [&id](const Call &known) { return !id.isEmpty() && known.id == id; });
    const auto fresh = [&choice]() {
        int next = 0;
        for (const Call &known : choice.calls) {
            next = std::max(next, known.index + 1);
        }
        return next;
    };
    if (const auto told = integerMember(call, "index")) {
        const int index = static_cast<int>(std::clamp<qint64>(*told, 0, 127));
        const auto owner = std::find_if(choice.calls.begin(), choice.calls.end(),
            [index](const Call &known) { return known.index == index; });
        if (owner == choice.calls.end()) {
            choice.calls.push_back({index, id});
            return index;
        }
        // Parallel calls that all say index 0: a new id with a name of its own is a new call.
        if (id.isEmpty() || owner->id.isEmpty() || owner->id == id || !isNamed) {
            return index;
        }
    }
    if (byId != choice.calls.end()) {
        return byId->index;
    }
    if (!id.isEmpty() || isNamed || choice.calls.empty()) {
        const int index = std::min(fresh(), 127);
        choice.calls.push_back({index, id});
        return index;
    }
    // Nothing tells it apart: the place in the list, or the call that was being written.
    return alone ? choice.lastCall : position;
}

void OpenAiDecoder::readToolCall(
    Choice &choice, const Object &call, int position, bool alone, TimePoint at, StreamEvents &out)
{
    choice.lastCall = callIndex(choice, call, position, alone);
    ToolCallDelta delta{
        .choice = choice.index, .index = choice.lastCall, .id = stringMember(call, "id")};
    if (const auto function = objectMember(call, "function")) {
        delta.name = stringMember(*function, "name");
        delta.arguments = argumentsOf(*function);
    }
    out.append({at, std::move(delta)});
}

void OpenAiDecoder::readFinish(
    Choice &choice, const Object &source, TimePoint at, StreamEvents &out)
{
    const auto word = textMember(source, "finish_reason");
    if (!word || word->empty()) {
        return;
    }
    const QString text = toQString(*word);
    if (text == choice.finish) {
        return;
    }
    choice.finish = text;
    FinishReason reason = finishReasonFromWord(text);
    if (m_isLorax && reason.kind == FinishReason::Kind::ContentFilter) {
        // LoRAX router/src/lib.rs: its word for "a stop sequence was hit".
        reason.kind = FinishReason::Kind::Stop;
    }
    out.append({at, Finished{.choice = choice.index, .reason = std::move(reason)}});
}

void OpenAiDecoder::readUsage(const Object &chunk, TimePoint at, StreamEvents &out)
{
    UsageReport report;
    if (const auto object = objectMember(chunk, "usage")) {
        const Usage usage = usageFrom(*object);
        // Some servers put zeros on each chunk and the counts on the last.
        if (usage.promptTokens.value_or(0) + usage.completionTokens.value_or(0) > 0) {
            m_usageSeen = true;
            report.usage = usage;
        }
    }
    if (const auto timings = objectMember(chunk, "timings")) { // llama.cpp
        report.timing.prompt = milliseconds(numberMember(*timings, "prompt_ms"));
        report.timing.generation = milliseconds(numberMember(*timings, "predicted_ms"));
        if (!m_usageSeen) {
            const auto cached = integerMember(*timings, "cache_n");
            // prompt_n leaves out what the cache spared.
            if (const auto evaluated = integerMember(*timings, "prompt_n")) {
                report.usage.promptTokens = *evaluated + cached.value_or(0);
            }
            report.usage.cachedTokens = cached;
            report.usage.completionTokens = integerMember(*timings, "predicted_n");
        }
    }
    const bool isNew = !report.usage.isEmpty() && report.usage != m_usage;
    if (isNew || !report.timing.isEmpty()) {
        m_usage = report.usage;
        out.append({at, std::move(report)});
    }
}

OpenAiDecoder::Choice &OpenAiDecoder::choiceAt(int index)
{
    const auto found = std::find_if(m_choices.begin(), m_choices.end(),
        [index](const Choice &choice) { return choice.index == index; });
    if (found != m_choices.end()) {
        return *found;
    }
    m_choices.push_back({.index = index});
    return m_choices.back();
}

} // namespace Lorikeet
