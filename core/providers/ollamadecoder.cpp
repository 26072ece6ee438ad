// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/ollamadecoder.h"

#include "providers/errorbody.h"
#include "providers/openaifields.h"
#include "providers/wireparts.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Object = WireJson::Object;

/// A server that goes beyond is broken or hostile, and must not make this slow.
constexpr int mostCalls = 128;

bool isTrue(const Object &object, std::string_view name)
{
    bool flag = false;
    return object.at_key(name).get(flag) == simdjson::SUCCESS && flag;
}

std::optional<Nanoseconds> nanoseconds(const Object &object, std::string_view name)
{
    const std::optional<qint64> value = countMember(object, name);
    return value ? std::optional(Nanoseconds(*value)) : std::nullopt;
}

/// Counts and times come with the last line. What is zero is left out there, and so is the prompt
/// by older versions where the cache spared all of it.
void readSummary(const Object &line, TimePoint at, StreamEvents &out)
{
    UsageReport report{.usage = {.promptTokens = countMember(line, "prompt_eval_count"),
                           .completionTokens = countMember(line, "eval_count")}};
    report.timing.load = nanoseconds(line, "load_duration");
    report.timing.prompt = nanoseconds(line, "prompt_eval_duration");
    report.timing.generation = nanoseconds(line, "eval_duration");
    report.timing.total = nanoseconds(line, "total_duration");
    if (report != UsageReport()) {
        out.append({at, report});
    }
    out.append({at, Finished{.reason = finishReasonFromWord(stringMember(line, "done_reason"))}});
}

} // namespace

std::optional<ApiError> OllamaDecoder::decode(
    QByteArrayView data, QByteArrayView /*type*/, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = data.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    const auto element = m_json.parse(text);
    Object line;
    if (!element || element->get_object().get(line) != simdjson::SUCCESS) {
        return protocolError(u"The server's answer is not JSON as Ollama writes it."_s, text);
    }
    const auto message = objectMember(line, "message");
    if (!message || member(line, "error")) {
        // A failure comes as a line like any other, under status 200.
        return errorFromRecord(text);
    }
    const QString model = stringMember(line, "model");
    if (!m_started && !model.isEmpty()) {
        m_started = true;
        out.append({at, Started{.model = model}});
    }
    readMessage(*message, at, out);
    readLogprobList(line, at, out);
    if (isTrue(line, "done")) {
        m_complete = true;
        readSummary(line, at, out);
    }
    return std::nullopt;
}

void OllamaDecoder::readMessage(const Object &message, TimePoint at, StreamEvents &out)
{
    if (QString thinking = stringMember(message, "thinking"); !thinking.isEmpty()) {
        out.append({at, ReasoningDelta{0, std::move(thinking)}});
    }
    if (QString content = stringMember(message, "content"); !content.isEmpty()) {
        out.append({at, TextDelta{0, std::move(content)}});
    }
    forEachObject(message, "tool_calls", [&](const Object &call) {
        // Each is whole. Their own index cannot be relied on: older versions say 0 for all.
        ToolCallDelta delta{.index = m_calls, .id = stringMember(call, "id")};
        if (const auto function = objectMember(call, "function")) {
            delta.name = stringMember(*function, "name");
            delta.arguments = argumentsOf(*function);
        }
        if (delta.id.isEmpty()) {
            delta.id = ownToolCallId(m_calls);
        }
        if (m_calls < mostCalls) {
            ++m_calls;
            out.append({at, std::move(delta)});
        }
    });
}

std::optional<ApiError> OllamaDecoder::atEnd() const
{
    if (m_complete) {
        return std::nullopt;
    }
    return truncatedBefore(u"Ollama said that it was done"_s);
}

} // namespace Lorikeet
