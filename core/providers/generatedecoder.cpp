// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/generatedecoder.h"

#include "providers/errorbody.h"
#include "providers/wireparts.h"

#include <cstdint>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Array = WireJson::Array;
using Element = WireJson::Element;
using Object = WireJson::Object;

/// The probabilities of one token, if alternatives were asked for; its own logprob comes with every
/// token and is kept in that case alone. LoRAX puts them into the token (return_k_alternatives),
/// TGI beside it (top_n_tokens).
std::optional<LogprobDelta::Token> readAlternatives(
    const Object &token, const std::optional<Array> &beside)
{
    const auto within = arrayMember(token, "alternative_tokens");
    const auto &alternatives = within ? within : beside;
    if (!alternatives) {
        return std::nullopt;
    }
    LogprobDelta::Token result{
        .token = stringMember(token, "text"), .logprob = numberMember(token, "logprob")};
    forEachObject(*alternatives, [&result](const Object &alternative) {
        result.alternatives.append(
            {stringMember(alternative, "text"), numberMember(alternative, "logprob")});
    });
    return result;
}

bool isSpecial(const Object &token)
{
    bool special = false;
    return token.at_key("special").get(special) == simdjson::SUCCESS && special;
}

/// `finish_reason` and `seed` of a choice.
Finished finishedFrom(const Object &details, int choice)
{
    Finished finished{
        .choice = choice, .reason = finishReasonFromWord(stringMember(details, "finish_reason"))};
    std::uint64_t seed = 0;
    if (details.at_key("seed").get(seed) == simdjson::SUCCESS) {
        finished.seed = seed;
    }
    return finished;
}

/// Counts, and why it ended. Without details (they must be asked for) only that it ended.
void readDetails(const Object &answer, TimePoint at, StreamEvents &out)
{
    const auto details = objectMember(answer, "details");
    if (!details) {
        out.append({at, Finished{}});
        return;
    }
    UsageReport report{.usage = {.promptTokens = integerMember(*details, "prompt_tokens"),
                           .completionTokens = integerMember(*details, "generated_tokens")}};
    if (!report.usage.promptTokens) { // TGI, in streams
        report.usage.promptTokens = integerMember(*details, "input_length");
    }
    if (!report.usage.isEmpty()) {
        out.append({at, report});
    }
    out.append({at, finishedFrom(*details, 0)});
}

void readTokens(const Object &source, int choice, TimePoint at, StreamEvents &out)
{
    LogprobDelta delta{.choice = choice};
    const auto besides = arrayMember(source, "top_tokens");
    Array::iterator beside = besides ? besides->begin() : Array::iterator();
    forEachObject(source, "tokens", [&](const Object &token) {
        std::optional<Array> list;
        if (besides && beside != besides->end()) {
            list = optionalOf<Array>(*beside);
            ++beside;
        }
        if (auto alternatives = isSpecial(token) ? std::nullopt : readAlternatives(token, list)) {
            delta.tokens.append(std::move(*alternatives));
        }
    });
    if (!delta.tokens.isEmpty()) {
        out.append({at, std::move(delta)});
    }
}

/// The prompt's tokens, with decoder_input_details.
void readPrefill(const Object &details, TimePoint at, StreamEvents &out)
{
    LogprobDelta delta{.areOfPrompt = true};
    forEachObject(details, "prefill", [&delta](const Object &token) {
        delta.tokens.append(
            {.token = stringMember(token, "text"), .logprob = numberMember(token, "logprob")});
    });
    if (!delta.tokens.isEmpty()) {
        out.append({at, std::move(delta)});
    }
}

/// The losers of best_of, as further choices.
void readSequences(const Object &details, TimePoint at, StreamEvents &out)
{
    int choice = 1;
    forEachObject(details, "best_of_sequences", [&](const Object &sequence) {
        out.append({at, TextDelta{choice, stringMember(sequence, "generated_text")}});
        readTokens(sequence, choice, at, out);
        out.append({at, finishedFrom(sequence, choice)});
        ++choice;
    });
}

} // namespace

std::optional<ApiError> GenerateDecoder::decode(
    QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = data.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    if (m_pattern.read(text, at, out)) {
        return std::nullopt;
    }
    m_pattern.forget();
    const qsizetype before = out.size();
    std::optional<ApiError> error = parse(text, type, at, out);
    if (!error && out.size() == before + 1) {
        m_pattern.learn(
            text, out.constLast(), {.text = {"text"}, .unread = {"index", "id", "logprob"}});
    }
    return error;
}

std::optional<ApiError> GenerateDecoder::parse(
    QByteArrayView record, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const auto element = m_json.parse(record);
    Object event;
    if (!element || element->get_object().get(event) != simdjson::SUCCESS) {
        return errorFromRecord(record, type);
    }
    const auto token = objectMember(event, "token");
    const auto wholeText = textMember(event, "generated_text");
    if (!token && !wholeText) {
        // An error comes as an ordinary event under status 200.
        return errorFromRecord(record, type);
    }
    if (token && !isSpecial(*token)) {
        const auto piece = textMember(*token, "text");
        if (piece && !piece->empty()) {
            out.append({at, TextDelta{0, toQString(*piece)}});
        }
        if (auto alternatives = readAlternatives(*token, arrayMember(event, "top_tokens"))) {
            out.append({at, LogprobDelta{0, {std::move(*alternatives)}}});
        }
    }
    if (wholeText) {
        m_complete = true;
        readDetails(event, at, out);
    }
    return std::nullopt;
}

std::optional<ApiError> GenerateDecoder::atEnd() const
{
    if (m_complete) {
        return std::nullopt;
    }
    return truncatedBefore(u"%1 said that it was finished"_s.arg(m_server));
}

std::optional<ApiError> GenerateDecoder::decodeWhole(
    QByteArrayView body, TimePoint at, StreamEvents &out)
{
    auto element = m_json.parse(body.trimmed());
    Array list;
    if (element && element->get_array().get(list) == simdjson::SUCCESS) {
        Element first;
        element = list.at(0).get(first) == simdjson::SUCCESS ? std::optional(first) : std::nullopt;
    }
    Object answer;
    if (!element || element->get_object().get(answer) != simdjson::SUCCESS) {
        return protocolError(
            u"The server's answer is not JSON as %1 writes it."_s.arg(m_server), body);
    }
    const auto text = textMember(answer, "generated_text");
    if (!text) {
        return errorFromRecord(body);
    }
    const auto details = objectMember(answer, "details");
    if (details) {
        readPrefill(*details, at, out);
    }
    out.append({at, TextDelta{0, toQString(*text)}});
    if (details) {
        readTokens(*details, 0, at, out);
    }
    readDetails(answer, at, out);
    if (details) {
        readSequences(*details, at, out);
    }
    m_complete = true;
    return std::nullopt;
}

} // namespace Lorikeet
