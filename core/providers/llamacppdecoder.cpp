// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/llamacppdecoder.h"

#include "providers/errorbody.h"
#include "providers/openaifields.h"
#include "providers/wireparts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Array = WireJson::Array;
using Object = WireJson::Object;

/// Of one answer. A server that goes beyond is broken or hostile, and must not make this slow.
constexpr int mostChoices = 128;

bool flag(const Object &object, std::string_view name)
{
    bool value = false;
    return object.at_key(name).get(value) == simdjson::SUCCESS && value;
}

/// A probability as `logprob`, or (post_sampling_probs, and servers before 2025) as `prob`.
std::optional<double> logprobOf(const Object &token)
{
    if (const auto logprob = numberMember(token, "logprob")) {
        return logprob;
    }
    const auto probability = numberMember(token, "prob");
    return probability && *probability > 0 ? std::optional(std::log(*probability)) : std::nullopt;
}

TokenAlternative alternativeFrom(const Object &token)
{
    const auto text = textMember(token, "token");
    return {text ? toQString(*text) : stringMember(token, "tok_str"), logprobOf(token)};
}

void readProbabilities(const Object &piece, int choice, TimePoint at, StreamEvents &out)
{
    LogprobDelta delta{.choice = choice};
    forEachObject(piece, "completion_probabilities", [&delta](const Object &entry) {
        LogprobDelta::Token token{.token = stringMember(entry, "token"),
            .logprob = logprobOf(entry),
            .bytes = bytesMember(entry)};
        if (token.token.isEmpty()) { // servers before 2025
            token.token = stringMember(entry, "content");
        }
        for (const char *list : {"top_logprobs", "top_probs", "probs"}) {
            forEachObject(entry, list, [&token](const Object &alternative) {
                token.alternatives.append(alternativeFrom(alternative));
            });
        }
        if (!token.logprob) {
            const auto own = std::find_if(token.alternatives.begin(), token.alternatives.end(),
                [&token](const TokenAlternative &each) { return each.token == token.token; });
            token.logprob = own == token.alternatives.end() ? std::nullopt : own->logprob;
        }
        delta.tokens.append(std::move(token));
    });
    if (!delta.tokens.isEmpty()) {
        out.append({at, std::move(delta)});
    }
}

/// `stop_type`, or the three flags that came before it.
QString stopWord(const Object &piece)
{
    const QString word = stringMember(piece, "stop_type");
    if (!word.isEmpty()) {
        return word == u"none"_s ? QString() : word;
    }
    using Flag = std::pair<const char *, QStringView>;
    for (const auto &[name, meaning] : std::array<Flag, 3>{
             {{"stopped_eos", u"eos"}, {"stopped_word", u"word"}, {"stopped_limit", u"limit"}}}) {
        if (flag(piece, name)) {
            return meaning.toString();
        }
    }
    return {};
}

UsageReport usageOf(const Object &piece)
{
    UsageReport report;
    if (const auto timings = objectMember(piece, "timings")) {
        report = timingsFrom(*timings);
    }
    if (!report.usage.promptTokens) {
        report.usage.promptTokens = countMember(piece, "tokens_evaluated");
    }
    if (!report.usage.completionTokens) {
        report.usage.completionTokens = countMember(piece, "tokens_predicted");
    }
    return report;
}

std::optional<quint64> seedOf(const Object &piece)
{
    const auto settings = objectMember(piece, "generation_settings");
    const auto seed = settings ? integerMember(*settings, "seed") : std::nullopt;
    // All bits set is the server's word for "random"; which it took is not told.
    return seed && *seed >= 0 && *seed != 4294967295 ? std::optional(quint64(*seed)) : std::nullopt;
}

} // namespace

std::optional<ApiError> LlamaCppDecoder::decode(
    QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = data.trimmed();
    if (text.isEmpty() || text == "[DONE]") { // some proxies add it
        return std::nullopt;
    }
    const auto element = m_json.parse(text);
    const auto piece = element ? optionalOf<Object>(*element) : std::nullopt;
    if (!piece || !readPiece(*piece, 0, at, out)) {
        return errorFromRecord(text, type);
    }
    return std::nullopt;
}

bool LlamaCppDecoder::readPiece(const Object &piece, int position, TimePoint at, StreamEvents &out)
{
    const auto content = textMember(piece, "content");
    if (!content || member(piece, "error")) {
        return false;
    }
    const int index = static_cast<int>(
        std::clamp<qint64>(integerMember(piece, "index").value_or(position), 0, mostChoices - 1));
    auto choice = std::find_if(m_choices.begin(), m_choices.end(),
        [index](const Choice &known) { return known.index == index; });
    if (choice == m_choices.end()) {
        choice = m_choices.insert(m_choices.end(), {.index = index});
    }
    const QString model = stringMember(piece, "model");
    if (!m_isNamed && !model.isEmpty()) {
        m_isNamed = true;
        out.append({at, Started{.model = model}});
    }
    if (!content->empty()) {
        out.append({at, TextDelta{index, toQString(*content)}});
    }
    readProbabilities(piece, index, at, out);
    if (flag(piece, "stop") && !choice->stopped) {
        choice->stopped = true;
        UsageReport report = usageOf(piece);
        if (report.usage.completionTokens) { // of this choice; what is told is of all
            m_completionTokens
                = std::min(m_completionTokens + *report.usage.completionTokens, qint64(1) << 62);
            report.usage.completionTokens = m_completionTokens;
        }
        if (report != UsageReport()) {
            out.append({at, std::move(report)});
        }
        out.append({at,
            Finished{.choice = index,
                .reason = finishReasonFromWord(stopWord(piece)),
                .seed = seedOf(piece)}});
    } else if (const auto timings = objectMember(piece, "timings")) { // timings_per_token
        out.append({at, timingsFrom(*timings)});
    }
    return true;
}

std::optional<ApiError> LlamaCppDecoder::atEnd() const
{
    const bool complete = !m_choices.empty()
        && std::all_of(m_choices.begin(), m_choices.end(),
            [](const Choice &choice) { return choice.stopped; });
    if (complete) {
        return std::nullopt;
    }
    return m_choices.empty() ? truncatedEmpty()
                             : truncatedBefore(u"llama.cpp said that it was finished"_s);
}

std::optional<ApiError> LlamaCppDecoder::decodeWhole(
    QByteArrayView body, TimePoint at, StreamEvents &out)
{
    const auto element = m_json.parse(body.trimmed());
    if (const auto list = element ? optionalOf<Array>(*element) : std::nullopt) {
        int position = 0;
        bool good = list->size() > 0;
        forEachObject(*list, [&](const Object &answer) {
            good = readPiece(answer, position, at, out) && good;
            ++position;
        });
        return good ? std::nullopt : std::optional(errorFromRecord(body));
    }
    const auto answer = element ? optionalOf<Object>(*element) : std::nullopt;
    if (!answer) {
        return protocolError(u"The server's answer is not JSON as llama.cpp writes it."_s, body);
    }
    return readPiece(*answer, 0, at, out) ? std::nullopt : std::optional(errorFromRecord(body));
}

} // namespace Lorikeet
