// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openaifields.h"

#include <cstdint>
#include <utility>

namespace Lorikeet {

namespace {

using Array = WireJson::Array;
using Element = WireJson::Element;
using Object = WireJson::Object;

/// `error` may be an object or a text, and is null in the good chunks of some gateways.
bool isTruthy(const Element &error)
{
    std::string_view text;
    bool flag = false;
    if (error.get_string().get(text) == simdjson::SUCCESS) {
        return !text.empty();
    }
    return !error.is_null() && (error.get_bool().get(flag) != simdjson::SUCCESS || flag);
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
void readContent(int choice, const Element &content, TimePoint at, StreamEvents &out)
{
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

std::optional<Nanoseconds> milliseconds(const std::optional<double> &value)
{
    if (!value || *value < 0 || *value > 1e12) {
        return std::nullopt;
    }
    return Nanoseconds(static_cast<qint64>(*value * 1e6));
}

std::string_view textOf(const Element &element)
{
    std::string_view text;
    return element.get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

} // namespace

QByteArray bytesMember(const Object &token)
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
        .bytes = bytesMember(entry)};
    forEachObject(entry, "top_logprobs", [&token](const Object &alternative) {
        token.alternatives.append(
            {stringMember(alternative, "token"), numberMember(alternative, "logprob")});
    });
    return token;
}

OpenAiChunk::OpenAiChunk(const Object &record)
{
    for (const auto &[key, value] : record) {
        if (key == "choices") {
            choices = optionalOf<Array>(value);
        } else if (key == "usage") {
            usage = optionalOf<Object>(value);
        } else if (key == "timings") {
            timings = optionalOf<Object>(value);
        } else if (key == "error") {
            isError = isError || isTruthy(value);
        } else if (key == "object") {
            isError = isError || textOf(value) == "error";
        }
    }
}

void readTexts(int choice, const Object &message, TimePoint at, StreamEvents &out)
{
    std::string_view reasoning;
    std::string_view otherReasoning;
    std::string_view refusal;
    std::optional<Element> content;
    for (const auto &[key, value] : message) {
        if (key == "content") {
            content = value;
        } else if (key == "reasoning_content") {
            reasoning = textOf(value);
        } else if (key == "reasoning") {
            otherReasoning = textOf(value);
        } else if (key == "refusal") {
            refusal = textOf(value);
        }
    }
    // Two names for the same; some servers send both.
    appendReasoning(choice, toQString(reasoning), at, out);
    if (otherReasoning != reasoning) {
        appendReasoning(choice, toQString(otherReasoning), at, out);
    }
    if (content) {
        readContent(choice, *content, at, out);
    }
    appendText(choice, toQString(refusal), at, out);
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

void readPromptLogprobs(const Object &reply, TimePoint at, StreamEvents &out)
{
    const auto places = arrayMember(reply, "prompt_logprobs");
    if (!places) {
        return;
    }
    LogprobDelta delta{.areOfPrompt = true};
    for (const Element place : *places) {
        LogprobDelta::Token token;
        if (const auto candidates = optionalOf<Object>(place)) {
            bool isPrompts = true;
            for (const auto &[id, value] : *candidates) {
                const auto candidate = optionalOf<Object>(value);
                if (!candidate) {
                    continue;
                }
                TokenAlternative read{
                    stringMember(*candidate, "decoded_token"), numberMember(*candidate, "logprob")};
                if (std::exchange(isPrompts, false)) {
                    token.token = read.token;
                    token.logprob = read.logprob;
                } else {
                    token.alternatives.append(std::move(read));
                }
            }
        }
        delta.tokens.append(std::move(token));
    }
    if (!delta.tokens.isEmpty()) {
        out.append({at, std::move(delta)});
    }
}

void readLogprobList(const Object &line, TimePoint at, StreamEvents &out)
{
    LogprobDelta delta;
    forEachObject(line, "logprobs",
        [&delta](const Object &entry) { delta.tokens.append(readLogprob(entry)); });
    if (!delta.tokens.isEmpty()) {
        out.append({at, std::move(delta)});
    }
}

Usage usageFrom(const Object &object)
{
    Usage usage{.promptTokens = countMember(object, "prompt_tokens"),
        .completionTokens = countMember(object, "completion_tokens"),
        .totalTokens = countMember(object, "total_tokens")};
    if (const auto details = objectMember(object, "prompt_tokens_details")) {
        usage.cachedTokens = countMember(*details, "cached_tokens");
    }
    if (!usage.cachedTokens) {
        usage.cachedTokens = countMember(object, "num_cached_tokens"); // Mistral
    }
    if (const auto details = objectMember(object, "completion_tokens_details")) {
        usage.reasoningTokens = countMember(*details, "reasoning_tokens");
    }
    if (!usage.reasoningTokens) {
        usage.reasoningTokens = countMember(object, "reasoning_tokens"); // SGLang
    }
    return usage;
}

UsageReport timingsFrom(const Object &timings)
{
    UsageReport report;
    report.timing.prompt = milliseconds(numberMember(timings, "prompt_ms"));
    report.timing.generation = milliseconds(numberMember(timings, "predicted_ms"));
    const auto cached = countMember(timings, "cache_n");
    const auto evaluated = countMember(timings, "prompt_n");
    if (evaluated) { // It leaves out what the cache spared.
        report.usage.promptTokens = *evaluated + cached.value_or(0);
    }
    report.usage.cachedTokens = cached;
    report.usage.completionTokens = countMember(timings, "predicted_n");
    return report;
}

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

} // namespace Lorikeet
