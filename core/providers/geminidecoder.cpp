// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/geminidecoder.h"

#include "providers/errorbody.h"
#include "providers/wireparts.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Array = WireJson::Array;
using Element = WireJson::Element;
using Object = WireJson::Object;

/// A server that goes beyond is broken or hostile, and must not make this slow.
constexpr int mostCalls = 128;

FinishReason finishReason(const QString &word)
{
    using Kind = FinishReason::Kind;
    static const QHash<QString, Kind> kinds{
        {u"STOP"_s, Kind::Stop},
        {u"MAX_TOKENS"_s, Kind::Length},
        {u"SAFETY"_s, Kind::ContentFilter},
        {u"RECITATION"_s, Kind::ContentFilter},
        {u"BLOCKLIST"_s, Kind::ContentFilter},
        {u"PROHIBITED_CONTENT"_s, Kind::ContentFilter},
        {u"SPII"_s, Kind::ContentFilter},
        {u"IMAGE_SAFETY"_s, Kind::ContentFilter},
        {u"MALFORMED_FUNCTION_CALL"_s, Kind::Error},
        {u"UNEXPECTED_TOOL_CALL"_s, Kind::Error},
        {u"TOO_MANY_TOOL_CALLS"_s, Kind::Error},
    };
    return {kinds.value(word, Kind::Unknown), word};
}

ApiError blocked(const QString &reason, const QString &message, QByteArrayView text)
{
    // As other servers say it, so that it reads the same.
    const QJsonObject error{{u"code"_s, u"content_filter"_s},
        {u"message"_s, message.isEmpty() ? u"The prompt was blocked: %1"_s.arg(reason) : message}};
    ApiError result = errorFromRecord(QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson());
    result.code = reason;
    result.body = text.first(std::min<qsizetype>(text.size(), 2048)).toByteArray();
    return result;
}

/// `logprobsResult`: the tokens chosen, and beside each those considered.
void readLogprobs(const Object &candidate, int choice, TimePoint at, StreamEvents &out)
{
    const auto result = objectMember(candidate, "logprobsResult");
    if (!result) {
        return;
    }
    LogprobDelta delta{.choice = choice};
    forEachObject(*result, "chosenCandidates", [&delta](const Object &token) {
        delta.tokens.append({.token = stringMember(token, "token"),
            .logprob = numberMember(token, "logProbability")});
    });
    qsizetype place = 0;
    forEachObject(*result, "topCandidates", [&](const Object &top) {
        if (place < delta.tokens.size()) {
            forEachObject(top, "candidates", [&](const Object &token) {
                delta.tokens[place].alternatives.append(
                    {stringMember(token, "token"), numberMember(token, "logProbability")});
            });
        }
        ++place;
    });
    if (!delta.tokens.isEmpty()) {
        out.append({at, std::move(delta)});
    }
}

} // namespace

std::optional<ApiError> GeminiDecoder::decode(
    QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = data.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    const auto element = m_json.parse(text);
    Object chunk;
    if (!element || element->get_object().get(chunk) != simdjson::SUCCESS) {
        return errorFromRecord(text, type); // An array may hold the error.
    }
    return readChunk(chunk, text, at, out);
}

std::optional<ApiError> GeminiDecoder::atEnd() const
{
    if (m_candidates.empty()) {
        return truncatedEmpty();
    }
    const bool all = std::all_of(m_candidates.begin(), m_candidates.end(),
        [](const Candidate &candidate) { return !candidate.finish.isNull(); });
    return all ? std::nullopt : std::optional(truncatedBefore(u"Gemini said why it finished"_s));
}

std::optional<ApiError> GeminiDecoder::decodeWhole(
    QByteArrayView body, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = body.trimmed();
    const auto element = m_json.parse(text);
    const auto wrong = [&] {
        return protocolError(u"The server's answer is not JSON as Gemini writes it."_s, body);
    };
    if (!element) {
        return wrong();
    }
    Object chunk;
    Array chunks;
    if (element->get_object().get(chunk) == simdjson::SUCCESS) {
        if (const auto error = readChunk(chunk, text, at, out)) {
            return error;
        }
    } else if (element->get_array().get(chunks) == simdjson::SUCCESS && chunks.size() > 0) {
        for (const Element item : chunks) {
            if (item.get_object().get(chunk) != simdjson::SUCCESS) {
                return wrong();
            }
            if (const auto error = readChunk(chunk, text, at, out)) {
                return error;
            }
        }
    } else {
        return wrong();
    }
    return atEnd();
}

std::optional<ApiError> GeminiDecoder::readChunk(
    const Object &chunk, QByteArrayView text, TimePoint at, StreamEvents &out)
{
    const auto candidates = arrayMember(chunk, "candidates");
    const auto feedback = objectMember(chunk, "promptFeedback");
    const auto usage = objectMember(chunk, "usageMetadata");
    if (member(chunk, "error") || (!candidates && !feedback && !usage)) {
        return errorFromRecord(text);
    }
    readName(chunk, at, out);
    if (candidates) {
        forEachObject(
            *candidates, [&](const Object &candidate) { readCandidate(candidate, at, out); });
    }
    readUsage(chunk, at, out);
    const QString reason = feedback ? stringMember(*feedback, "blockReason") : QString();
    if (!reason.isEmpty() && m_candidates.empty()) {
        return blocked(reason, stringMember(*feedback, "blockReasonMessage"), text);
    }
    return std::nullopt;
}

void GeminiDecoder::readName(const Object &chunk, TimePoint at, StreamEvents &out)
{
    const Started started{
        .id = stringMember(chunk, "responseId"), .model = stringMember(chunk, "modelVersion")};
    if (!m_started && started != Started()) {
        m_started = true;
        out.append({at, started});
    }
}

void GeminiDecoder::readCandidate(const Object &source, TimePoint at, StreamEvents &out)
{
    // The first one's index is left out, being 0.
    const qint64 index = integerMember(source, "index").value_or(0);
    Candidate &candidate = candidateAt(static_cast<int>(std::clamp<qint64>(index, 0, 127)));
    if (const auto content = objectMember(source, "content")) {
        forEachObject(
            *content, "parts", [&](const Object &part) { readPart(candidate, part, at, out); });
    }
    readLogprobs(source, candidate.index, at, out);
    const QString word = stringMember(source, "finishReason");
    if (!word.isEmpty() && word != "FINISH_REASON_UNSPECIFIED"_L1 && word != candidate.finish) {
        candidate.finish = word;
        out.append({at, Finished{.choice = candidate.index, .reason = finishReason(word)}});
    }
}

void GeminiDecoder::readPart(
    Candidate &candidate, const Object &part, TimePoint at, StreamEvents &out)
{
    if (QString text = stringMember(part, "text"); !text.isEmpty()) {
        bool isThought = false;
        if (part.at_key("thought").get(isThought) == simdjson::SUCCESS && isThought) {
            out.append({at, ReasoningDelta{candidate.index, std::move(text)}});
        } else {
            out.append({at, TextDelta{candidate.index, std::move(text)}});
        }
    }
    const auto call = objectMember(part, "functionCall");
    if (!call || candidate.calls >= mostCalls) {
        return;
    }
    // A call comes whole; its id may be missing.
    ToolCallDelta delta{.choice = candidate.index,
        .index = candidate.calls,
        .id = stringMember(*call, "id"),
        .name = stringMember(*call, "name"),
        .arguments = u"{}"_s,
        .signature = stringMember(part, "thoughtSignature")};
    if (const auto arguments = objectMember(*call, "args")) {
        delta.arguments = QString::fromStdString(simdjson::minify(*arguments));
    }
    if (delta.id.isEmpty()) {
        delta.id = ownToolCallId(candidate.calls);
    }
    ++candidate.calls;
    out.append({at, std::move(delta)});
}

void GeminiDecoder::readUsage(const Object &chunk, TimePoint at, StreamEvents &out)
{
    const auto source = objectMember(chunk, "usageMetadata");
    if (!source) {
        return;
    }
    // Each chunk repeats it; the last one holds. Thoughts are counted apart from the candidates.
    const auto candidates = countMember(*source, "candidatesTokenCount");
    const auto thoughts = countMember(*source, "thoughtsTokenCount");
    Usage usage{.promptTokens = countMember(*source, "promptTokenCount"),
        .totalTokens = countMember(*source, "totalTokenCount"),
        .cachedTokens = countMember(*source, "cachedContentTokenCount"),
        .reasoningTokens = thoughts};
    if (candidates || thoughts) {
        usage.completionTokens = candidates.value_or(0) + thoughts.value_or(0);
    }
    if (!usage.isEmpty() && usage != m_usage) {
        m_usage = usage;
        out.append({at, UsageReport{.usage = usage}});
    }
}

GeminiDecoder::Candidate &GeminiDecoder::candidateAt(int index)
{
    const auto found = std::find_if(m_candidates.begin(), m_candidates.end(),
        [index](const Candidate &candidate) { return candidate.index == index; });
    if (found != m_candidates.end()) {
        return *found;
    }
    m_candidates.push_back({.index = index});
    return m_candidates.back();
}

} // namespace Lorikeet
