// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/chatpieces.h"

#include "providers/errorbody.h"
#include "providers/wirejson.h"
#include "providers/wireparts.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

void ChatPieces::add(const ChatPiece &piece, TimePoint at, StreamEvents &out)
{
    if (!std::exchange(m_started, true)) {
        out.append({at, Started{.id = piece.id, .model = piece.model, .adapter = {}}});
    }
    for (int choice = 0; choice < piece.texts.size(); ++choice) {
        m_open.insert(choice);
        if (!piece.texts[choice].isEmpty()) {
            out.append({at, TextDelta{choice, piece.texts[choice]}});
        }
    }
    for (int choice = 0; choice < piece.logprobs.size(); ++choice) {
        const QList<LogprobDelta::Token> tokens = readLogprobs(piece.logprobs[choice]);
        if (!tokens.isEmpty()) {
            out.append({at, LogprobDelta{choice, tokens}});
        }
    }
    for (int choice = 0; choice < piece.reasons.size(); ++choice) {
        m_tellsReasons = true;
        const QString &word = piece.reasons[choice];
        if (!word.isEmpty() && word != "None"_L1 && m_open.remove(choice)) {
            out.append({at,
                Finished{
                    .choice = choice, .reason = finishReasonFromWord(word), .seed = std::nullopt}});
        }
    }
    addUsage(piece, at, out);
}

void ChatPieces::addUsage(const ChatPiece &piece, TimePoint at, StreamEvents &out)
{
    const Usage before = m_usage;
    if (piece.inputTokens) {
        m_usage.promptTokens = piece.inputTokens;
    }
    if (piece.outputTokens) {
        m_usage.completionTokens = m_usage.completionTokens.value_or(0) + *piece.outputTokens;
    }
    if (m_usage != before) {
        out.append({at, UsageReport{.usage = m_usage, .timing = {}}});
    }
}

std::optional<ApiError> ChatPieces::atEnd() const
{
    if (!m_tellsReasons || m_open.isEmpty()) {
        return std::nullopt;
    }
    return truncatedBefore(u"the model said why it was finished"_s);
}

QList<LogprobDelta::Token> readLogprobs(const QByteArray &json)
{
    QList<LogprobDelta::Token> tokens;
    WireJson reader;
    const auto element = reader.parse(json);
    WireJson::Array places;
    if (!element || element->get_array().get(places) != simdjson::SUCCESS) {
        return tokens; // "null" where none were asked for
    }
    forEachObject(places, [&tokens](const WireJson::Object &place) {
        std::optional<LogprobDelta::Token> token;
        for (const auto &[id, value] : place) {
            WireJson::Object entry;
            if (value.get_object().get(entry) != simdjson::SUCCESS) {
                continue;
            }
            const TokenAlternative each{.token = stringMember(entry, "decoded_token"),
                .logprob = numberMember(entry, "logprob")};
            if (!token) {
                token = LogprobDelta::Token{
                    .token = each.token, .logprob = each.logprob, .bytes = {}, .alternatives = {}};
            }
            token->alternatives.append(each);
        }
        if (token) {
            tokens.append(*token);
        }
    });
    return tokens;
}

ApiError chatError(const ApiError &error)
{
    ApiError result = error;
    const auto says = [&error](QLatin1StringView words) {
        return error.serverMessage.contains(words, Qt::CaseInsensitive);
    };
    if (says("lora"_L1) && says("is not supported"_L1)) {
        result.kind = ApiError::Kind::NotFound;
        result.message = u"The server has no such adapter: it takes those of its multi_lora.json, "
                         "which its own words list."_s;
    } else if (says("lora feature is not enabled"_L1)) {
        result.kind = ApiError::Kind::BadRequest;
        result.message = u"The model was started without adapters: ask without one, or turn on "
                         "enable_lora in its model.json."_s;
    } else if (says("unexpected keyword argument"_L1) || says("SamplingParams"_L1)) {
        result.kind = ApiError::Kind::BadRequest;
        result.message = u"The server's vLLM refused a parameter; its own words say which: leave "
                         "that one out."_s;
    }
    return result;
}

} // namespace Lorikeet::Triton
