// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/responsesdecoder.h"

#include "providers/errorbody.h"
#include "providers/openaifields.h"
#include "providers/wireparts.h"

#include <algorithm>
#include <iterator>
#include <string>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Object = WireJson::Object;

/// Of one answer. A server that goes beyond is broken or hostile, and must not make this slow.
constexpr int mostCalls = 128;

void readUsage(const Object &response, TimePoint at, StreamEvents &out)
{
    const auto counts = objectMember(response, "usage");
    if (!counts) {
        return;
    }
    UsageReport report{.usage = {.promptTokens = countMember(*counts, "input_tokens"),
                           .completionTokens = countMember(*counts, "output_tokens"),
                           .totalTokens = countMember(*counts, "total_tokens")}};
    if (const auto details = objectMember(*counts, "input_tokens_details")) {
        report.usage.cachedTokens = countMember(*details, "cached_tokens");
    }
    if (const auto details = objectMember(*counts, "output_tokens_details")) {
        report.usage.reasoningTokens = countMember(*details, "reasoning_tokens");
    }
    if (!report.usage.isEmpty()) {
        out.append({at, std::move(report)});
    }
}

void appendLogprobs(const Object &source, TimePoint at, StreamEvents &out)
{
    LogprobDelta delta;
    forEachObject(source, "logprobs",
        [&delta](const Object &entry) { delta.tokens.append(readLogprob(entry)); });
    if (!delta.tokens.isEmpty()) {
        out.append({at, std::move(delta)});
    }
}

/// `response.error` as an error of its own; nothing where there is none.
std::optional<ApiError> errorOf(const Object &response)
{
    const auto error = objectMember(response, "error");
    if (!error) {
        return std::nullopt;
    }
    const std::string record = "{\"error\":" + simdjson::minify(*error) + '}';
    return errorFromRecord(QByteArrayView(record));
}

ApiError endError(ApiError::Kind kind, const QString &sentence)
{
    ApiError error;
    error.kind = kind;
    error.message = sentence;
    return error;
}

} // namespace

std::optional<ApiError> ResponsesDecoder::decode(
    QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = data.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    if (text == "[DONE]") { // some servers add it, behind good and bad ends
        return atEnd();
    }
    const auto element = m_json.parse(text);
    const auto event = element ? optionalOf<Object>(*element) : std::nullopt;
    if (!event) {
        return errorFromRecord(text, type);
    }
    const auto own = textMember(*event, "type");
    const std::string_view name
        = own ? *own : std::string_view(type.data(), std::size_t(type.size()));
    if (name == "error" || member(*event, "error")) {
        return errorFromRecord(text, "error");
    }
    if (!name.starts_with("response.")) {
        return errorFromRecord(text, type);
    }
    if (const auto response = objectMember(*event, "response")) {
        readStart(*response, at, out);
        if (name == "response.completed" || name == "response.incomplete"
            || name == "response.failed" || name == "response.cancelled") {
            const auto problem = readEnd(*response, at, out);
            if (const auto timings = objectMember(*event, "timings")) { // llama.cpp
                out.append({at, UsageReport{.usage = {}, .timing = timingsFrom(*timings).timing}});
            }
            return problem;
        }
    }
    readText(*event, name, at, out);
    readReasoning(*event, name, at, out);
    readArguments(*event, name, at, out);
    return std::nullopt;
}

void ResponsesDecoder::readStart(const Object &response, TimePoint at, StreamEvents &out)
{
    const QString id = m_id.isEmpty() ? stringMember(response, "id") : m_id;
    const QString model = m_model.isEmpty() ? stringMember(response, "model") : m_model;
    if (id != m_id || model != m_model) {
        m_id = id;
        m_model = model;
        out.append({at, Started{.id = m_id, .model = m_model}});
    }
}

void ResponsesDecoder::readText(
    const Object &event, std::string_view name, TimePoint at, StreamEvents &out)
{
    if (name != "response.output_text.delta" && name != "response.refusal.delta") {
        return;
    }
    const auto piece = textMember(event, "delta");
    if (piece && !piece->empty()) {
        m_hasText = true;
        out.append({at, TextDelta{0, toQString(*piece)}});
    }
    appendLogprobs(event, at, out);
}

void ResponsesDecoder::readReasoning(
    const Object &event, std::string_view name, TimePoint at, StreamEvents &out)
{
    if (name == "response.reasoning_summary_part.added" && m_hasReasoning) {
        out.append({at, ReasoningDelta{0, u"\n\n"_s}});
    } else if (name == "response.reasoning_summary_text.delta"
        || name == "response.reasoning_text.delta") {
        const auto piece = textMember(event, "delta");
        if (piece && !piece->empty()) {
            m_hasReasoning = true;
            out.append({at, ReasoningDelta{0, toQString(*piece)}});
        }
    }
}

void ResponsesDecoder::readArguments(
    const Object &event, std::string_view name, TimePoint at, StreamEvents &out)
{
    const auto item = objectMember(event, "item");
    if (item && name == "response.output_item.added"
        && stringMember(*item, "type") == u"function_call"_s) {
        readCallItem(*item, at, out);
    } else if (item && name == "response.output_item.done") {
        readItem(*item, at, out);
    } else if (name == "response.function_call_arguments.delta") {
        const int index = callIndex(stringMember(event, "item_id"));
        const QString piece = stringMember(event, "delta");
        if (!piece.isEmpty()) {
            m_calls[std::size_t(index)].hasArguments = true;
            out.append({at, ToolCallDelta{.index = index, .arguments = piece}});
        }
    } else if (name == "response.function_call_arguments.done") {
        const int index = callIndex(stringMember(event, "item_id"));
        Call &call = m_calls[std::size_t(index)];
        const QString arguments = stringMember(event, "arguments");
        if (!call.hasArguments && !arguments.isEmpty()) {
            call.hasArguments = true;
            out.append({at, ToolCallDelta{.index = index, .arguments = arguments}});
        }
    }
}

void ResponsesDecoder::readItem(const Object &item, TimePoint at, StreamEvents &out)
{
    const QString kind = stringMember(item, "type");
    if (kind == u"function_call"_s) {
        readCallItem(item, at, out);
    } else if (kind == u"reasoning"_s && !m_hasReasoning) {
        for (const char *list : {"summary", "content"}) {
            forEachObject(item, list, [&](const Object &part) {
                const QString text = stringMember(part, "text");
                if (!text.isEmpty()) {
                    const QString gap = m_hasReasoning ? u"\n\n"_s : QString();
                    m_hasReasoning = true;
                    out.append({at, ReasoningDelta{0, gap + text}});
                }
            });
        }
    } else if (kind == u"message"_s && !m_hasText) {
        forEachObject(item, "content", [&](const Object &part) {
            for (const char *name : {"text", "refusal"}) {
                if (const QString text = stringMember(part, name); !text.isEmpty()) {
                    m_hasText = true;
                    out.append({at, TextDelta{0, text}});
                }
            }
            appendLogprobs(part, at, out);
        });
    }
}

void ResponsesDecoder::readCallItem(const Object &item, TimePoint at, StreamEvents &out)
{
    const QString id = stringMember(item, "id");
    const QString callId = stringMember(item, "call_id");
    const int index = callIndex(id.isEmpty() ? callId : id);
    Call &call = m_calls[std::size_t(index)];
    ToolCallDelta delta{.index = index};
    if (!call.isNamed) {
        delta.id = callId;
        delta.name = stringMember(item, "name");
        call.isNamed = !delta.name.isEmpty();
    }
    if (!call.hasArguments) {
        delta.arguments = stringMember(item, "arguments");
        call.hasArguments = !delta.arguments.isEmpty();
    }
    if (delta != ToolCallDelta{.index = index}) {
        out.append({at, std::move(delta)});
    }
}

std::optional<ApiError> ResponsesDecoder::readEnd(
    const Object &response, TimePoint at, StreamEvents &out)
{
    forEachObject(response, "output", [&](const Object &item) { readItem(item, at, out); });
    readUsage(response, at, out);
    const QString status = stringMember(response, "status");
    if (const auto error = errorOf(response)) {
        return error;
    }
    if (status == u"failed"_s || status == u"cancelled"_s) {
        return endError(ApiError::Kind::Server,
            u"The server gave up on the answer (status “%1”): try again, or look into its log."_s
                .arg(status));
    }
    if (status == u"queued"_s || status == u"in_progress"_s) {
        return endError(ApiError::Kind::Protocol,
            u"The server answers in the background (status “%1”), which is not waited for."_s.arg(
                status));
    }
    FinishReason reason{
        m_calls.empty() ? FinishReason::Kind::Stop : FinishReason::Kind::ToolCalls, status};
    if (status == u"incomplete"_s) {
        const auto details = objectMember(response, "incomplete_details");
        const QString why = details ? stringMember(*details, "reason") : QString();
        reason = {FinishReason::Kind::Unknown, why.isEmpty() ? status : why};
        if (why == u"max_output_tokens"_s) {
            reason.kind = FinishReason::Kind::Length;
        } else if (why == u"content_filter"_s) {
            reason.kind = FinishReason::Kind::ContentFilter;
        }
    }
    m_complete = true;
    out.append({at, Finished{.choice = 0, .reason = std::move(reason)}});
    return std::nullopt;
}

std::optional<ApiError> ResponsesDecoder::atEnd() const
{
    return m_complete ? std::nullopt
                      : std::optional(truncatedBefore(u"the server said that it was finished"_s));
}

std::optional<ApiError> ResponsesDecoder::decodeWhole(
    QByteArrayView body, TimePoint at, StreamEvents &out)
{
    const auto element = m_json.parse(body.trimmed());
    const auto response = element ? optionalOf<Object>(*element) : std::nullopt;
    if (!response) {
        return protocolError(u"The server's answer is not JSON."_s, body);
    }
    if (!arrayMember(*response, "output")) {
        return protocolError(u"The server's answer holds no output."_s, body);
    }
    readStart(*response, at, out);
    return readEnd(*response, at, out);
}

int ResponsesDecoder::callIndex(const QString &item)
{
    const auto found = std::find_if(
        m_calls.begin(), m_calls.end(), [&item](const Call &call) { return call.item == item; });
    if (found != m_calls.end()) {
        return static_cast<int>(std::distance(m_calls.begin(), found));
    }
    if (std::ssize(m_calls) >= mostCalls) {
        return mostCalls - 1;
    }
    m_calls.push_back({.item = item});
    return static_cast<int>(std::ssize(m_calls)) - 1;
}

} // namespace Lorikeet
