// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openaidecoder.h"

#include "providers/errorbody.h"
#include "providers/openaifields.h"
#include "providers/wireparts.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Object = WireJson::Object;

/// Of one choice. A server that goes beyond is broken or hostile, and must not make this slow.
constexpr int mostCalls = 128;

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
    if (type != "error" && m_pattern.read(text, at, out)) {
        return std::nullopt;
    }
    m_pattern.forget();
    const qsizetype before = out.size();
    std::optional<ApiError> error = parse(text, type, at, out);
    if (!error && out.size() == before + 1) {
        m_pattern.learn(text, out.constLast(),
            {.text = {"content", "reasoning_content", "reasoning", "refusal", "text", "thinking"},
                .unread = {"created", "obfuscation"}});
    }
    return error;
}

std::optional<ApiError> OpenAiDecoder::parse(
    QByteArrayView record, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const auto element = m_json.parse(record);
    Object chunk;
    if (!element || element->get_object().get(chunk) != simdjson::SUCCESS) {
        return errorFromRecord(record, type);
    }
    const bool isError = readChunk(chunk, at, out);
    if (isError || type == "error") {
        return errorFromRecord(record, type);
    }
    return std::nullopt;
}

std::optional<ApiError> OpenAiDecoder::atEnd() const
{
    // Complete is what said why it ended, in every choice; [DONE] may be missing after that.
    if (m_choices.empty()) {
        return truncatedEmpty();
    }
    for (const Choice &choice : m_choices) {
        if (choice.finish.isNull()) {
            return truncatedBefore(u"the server said that it was finished"_s);
        }
    }
    for (const Choice &choice : m_choices) {
        if (!m_isLorax && finishReasonFromWord(choice.finish).kind == FinishReason::Kind::Error) {
            ApiError error;
            error.kind = ApiError::Kind::Server;
            error.message
                = u"The server gave up on the answer (finish reason “%1”): try again, or look "
                  "into its log."_s.arg(choice.finish);
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
    readName(reply, at, out);
    readPromptLogprobs(reply, at, out);
    if (readChunk(reply, at, out)) {
        return errorFromRecord(body);
    }
    return m_choices.empty()
        ? std::optional(protocolError(u"The server's answer holds no choices."_s, body))
        : std::nullopt;
}

bool OpenAiDecoder::readChunk(const Object &record, TimePoint at, StreamEvents &out)
{
    if (m_id.isEmpty() || m_model.isEmpty()) {
        readName(record, at, out);
    }
    const OpenAiChunk chunk(record);
    if (chunk.choices) {
        int position = 0;
        forEachObject(*chunk.choices, [&](const Object &choice) {
            readChoice(choice, position, at, out);
            ++position;
        });
    }
    if (chunk.usage || chunk.timings) {
        readUsage(chunk, at, out);
    }
    return chunk.isError;
}

void OpenAiDecoder::readName(const Object &chunk, TimePoint at, StreamEvents &out)
{
    // Azure's first chunk names nothing, TGI never has an id, and LoRAX writes the word "null",
    // by which it is recognised.
    const auto name = [](const QString &text) { return text == u"null"_s ? QString() : text; };
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
    } else if (legacyText && !legacyText->empty()) {
        out.append({at, TextDelta{index, toQString(*legacyText)}});
    }
    readLogprobs(index, source, at, out);
    readFinish(choice, source, at, out);
}

void OpenAiDecoder::readMessage(
    Choice &choice, const Object &message, TimePoint at, StreamEvents &out)
{
    readTexts(choice.index, message, at, out);
    if (const auto calls = arrayMember(message, "tool_calls")) {
        int position = 0;
        const bool alone = calls->size() == 1;
        forEachObject(*calls, [&](const Object &call) {
            readToolCall(choice, call, position, alone, at, out);
            ++position;
        });
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
        const int index = static_cast<int>(std::clamp<qint64>(*told, 0, mostCalls - 1));
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
        const int index = std::min(fresh(), mostCalls - 1);
        if (std::ssize(choice.calls) < mostCalls) {
            choice.calls.push_back({index, id});
        }
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

void OpenAiDecoder::readUsage(const OpenAiChunk &chunk, TimePoint at, StreamEvents &out)
{
    UsageReport report;
    if (chunk.timings) {
        report = timingsFrom(*chunk.timings);
        if (m_usageSeen) {
            report.usage = {};
        }
    }
    if (chunk.usage) {
        const Usage usage = usageFrom(*chunk.usage);
        // Some servers put zeros on each chunk and the counts on the last.
        if (usage.promptTokens.value_or(0) > 0 || usage.completionTokens.value_or(0) > 0) {
            m_usageSeen = true;
            report.usage = usage;
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
