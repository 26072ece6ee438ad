// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropicdecoder.h"

#include "providers/errorbody.h"
#include "providers/wireparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Element = WireJson::Element;
using Object = WireJson::Object;

/// A server that goes beyond is broken or hostile, and must not make this slow.
constexpr size_t mostCalls = 128;

template<typename T>
void replaceIfSet(std::optional<T> &target, const std::optional<T> &value)
{
    if (value) {
        target = value;
    }
}

/// An object as JSON text; empty where it is none, or has no members.
QString textOfInput(const Object &block)
{
    const auto input = objectMember(block, "input");
    return input && input->size() > 0 ? QString::fromStdString(simdjson::minify(*input))
                                      : QString();
}

} // namespace

std::optional<ApiError> AnthropicDecoder::decode(
    QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = data.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    const auto element = m_json.parse(text);
    Object event;
    if (!element || element->get_object().get(event) != simdjson::SUCCESS) {
        return errorFromRecord(text, type);
    }
    // The data names the event once more; gateways sometimes drop the name outside.
    const std::string_view name = textMember(event, "type").value_or(std::string_view());
    if (name == "error" || name.empty() || type == "error" || member(event, "error")) {
        return errorFromRecord(text, type);
    }
    const qint64 index = integerMember(event, "index").value_or(0);
    if (name == "message_start") {
        if (const auto message = objectMember(event, "message")) {
            readStart(*message, at, out);
        }
    } else if (name == "content_block_start") {
        if (const auto block = objectMember(event, "content_block")) {
            readBlock(*block, index, at, out);
        }
    } else if (name == "content_block_delta") {
        if (const auto delta = objectMember(event, "delta")) {
            readDelta(*delta, index, at, out);
        }
    } else if (name == "content_block_stop") {
        endBlock(index, at, out);
    } else if (name == "message_delta") {
        if (const auto usage = objectMember(event, "usage")) {
            readUsage(*usage, true, at, out);
        }
        if (const auto delta = objectMember(event, "delta")) {
            readFinish(*delta, at, out);
        }
    } else if (name == "message_stop") {
        m_stopped = true;
        return atEnd();
    }
    // ping, and whatever is added later, means nothing here.
    return std::nullopt;
}

std::optional<ApiError> AnthropicDecoder::atEnd() const
{
    if (isComplete()) {
        return std::nullopt;
    }
    return truncatedBefore(m_stopped ? u"a reason to stop came"_s : u"its message_stop"_s);
}

std::optional<ApiError> AnthropicDecoder::decodeWhole(
    QByteArrayView body, TimePoint at, StreamEvents &out)
{
    const auto element = m_json.parse(body.trimmed());
    Object message;
    if (!element || element->get_object().get(message) != simdjson::SUCCESS) {
        return protocolError(u"The server's answer is not JSON as Anthropic writes it."_s, body);
    }
    const auto content = arrayMember(message, "content");
    if (!content || textMember(message, "type") != std::string_view("message")) {
        return errorFromRecord(body);
    }
    readStart(message, at, out);
    qint64 index = 0;
    for (const Element item : *content) {
        Object block;
        if (item.get_object().get(block) == simdjson::SUCCESS) {
            readBlock(block, index, at, out);
            endBlock(index, at, out);
        }
        ++index;
    }
    if (const auto usage = objectMember(message, "usage")) {
        readUsage(*usage, true, at, out);
    }
    readFinish(message, at, out);
    m_stopped = true;
    return atEnd();
}

void AnthropicDecoder::readStart(const Object &message, TimePoint at, StreamEvents &out)
{
    const Started started{
        .id = stringMember(message, "id"), .model = stringMember(message, "model")};
    if (started != Started()) {
        out.append({at, started});
    }
    if (const auto usage = objectMember(message, "usage")) {
        // Its count of output is that of a beginning: no estimate for an answer that breaks off.
        readUsage(*usage, false, at, out);
    }
}

void AnthropicDecoder::readBlock(const Object &block, qint64 index, TimePoint at, StreamEvents &out)
{
    const std::string_view type = textMember(block, "type").value_or(std::string_view());
    if (type == "text") {
        appendText(stringMember(block, "text"), at, out);
    } else if (type == "thinking" || type == "redacted_thinking") {
        m_thought = Thought{.block = index,
            .text = {},
            .signature = stringMember(block, "signature"),
            .hidden = stringMember(block, "data")};
        appendThought(stringMember(block, "thinking"), at, out);
    } else if (type == "tool_use" && m_calls.size() < mostCalls) {
        const int place = static_cast<int>(m_calls.size());
        m_calls.push_back({.block = index});
        out.append({at,
            ToolCallDelta{.index = place,
                .id = stringMember(block, "id"),
                .name = stringMember(block, "name")}});
        // Streams begin with an empty object here, which is not what the pieces go on from.
        appendArguments(m_calls.back(), textOfInput(block), at, out);
    }
    // What the server's own tools do (server_tool_use …) is not shown.
}

void AnthropicDecoder::readDelta(const Object &delta, qint64 index, TimePoint at, StreamEvents &out)
{
    const std::string_view type = textMember(delta, "type").value_or(std::string_view());
    if (type == "text_delta") {
        appendText(stringMember(delta, "text"), at, out);
    } else if (type == "thinking_delta") {
        appendThought(stringMember(delta, "thinking"), at, out);
    } else if (type == "signature_delta") {
        if (m_thought && m_thought->block == index) {
            m_thought->signature += stringMember(delta, "signature");
        }
    } else if (type == "input_json_delta") {
        if (Call *const call = openCall(index)) {
            appendArguments(*call, stringMember(delta, "partial_json"), at, out);
        }
    }
    // citations_delta is nothing to read.
}

void AnthropicDecoder::endBlock(qint64 index, TimePoint at, StreamEvents &out)
{
    if (m_thought && m_thought->block == index) {
        // Only now is it whole, and one that is not goes back nowhere.
        out.append({at,
            ThoughtSigned{.text = m_thought->text,
                .signature = m_thought->signature,
                .hidden = m_thought->hidden}});
        m_thought.reset();
    }
    Call *const call = openCall(index);
    if (call == nullptr) {
        return;
    }
    if (!call->hasArguments) { // A call without arguments sends no piece of them.
        appendArguments(*call, u"{}"_s, at, out);
    }
    call->open = false;
}

void AnthropicDecoder::readFinish(const Object &source, TimePoint at, StreamEvents &out)
{
    const QString word = stringMember(source, "stop_reason");
    if (word.isEmpty()) {
        return;
    }
    const auto details = objectMember(source, "stop_details");
    if (details && !m_hasText) { // Of a refusal; otherwise nothing at all would be there to read.
        appendText(stringMember(*details, "explanation"), at, out);
    }
    m_finished = true;
    out.append({at, Finished{.reason = finishReasonFromWord(word)}});
}

void AnthropicDecoder::readUsage(
    const Object &usage, bool withOutput, TimePoint at, StreamEvents &out)
{
    replaceIfSet(m_input, countMember(usage, "input_tokens"));
    replaceIfSet(m_cacheWritten, countMember(usage, "cache_creation_input_tokens"));
    replaceIfSet(m_cacheRead, countMember(usage, "cache_read_input_tokens"));
    Usage report = m_usage;
    if (m_input) { // It leaves out what went into the cache and what came from it.
        constexpr qint64 most = qint64(1) << 60;
        report.promptTokens = std::min(*m_input, most) + std::min(m_cacheWritten.value_or(0), most)
            + std::min(m_cacheRead.value_or(0), most);
    }
    replaceIfSet(report.cachedTokens, m_cacheRead);
    if (withOutput) {
        replaceIfSet(report.completionTokens, countMember(usage, "output_tokens"));
        if (const auto details = objectMember(usage, "output_tokens_details")) {
            replaceIfSet(report.reasoningTokens, countMember(*details, "thinking_tokens"));
        }
    }
    if (report != m_usage) {
        m_usage = report;
        out.append({at, UsageReport{.usage = report}});
    }
}

void AnthropicDecoder::appendText(QString text, TimePoint at, StreamEvents &out)
{
    if (!text.isEmpty()) {
        m_hasText = true;
        out.append({at, TextDelta{0, std::move(text)}});
    }
}

void AnthropicDecoder::appendThought(QString text, TimePoint at, StreamEvents &out)
{
    if (text.isEmpty()) {
        return;
    }
    if (m_thought) {
        m_thought->text += text;
    }
    out.append({at, ReasoningDelta{0, std::move(text)}});
}

void AnthropicDecoder::appendArguments(
    Call &call, QString arguments, TimePoint at, StreamEvents &out)
{
    if (!arguments.isEmpty()) {
        call.hasArguments = true;
        out.append({at,
            ToolCallDelta{.index = static_cast<int>(&call - m_calls.data()),
                .arguments = std::move(arguments)}});
    }
}

AnthropicDecoder::Call *AnthropicDecoder::openCall(qint64 block)
{
    const auto found = std::find_if(m_calls.rbegin(), m_calls.rend(),
        [block](const Call &call) { return call.open && call.block == block; });
    return found == m_calls.rend() ? nullptr : &*found;
}

} // namespace Lorikeet
