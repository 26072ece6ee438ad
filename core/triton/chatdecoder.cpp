// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/chatdecoder.h"

#include "providers/errorbody.h"
#include "providers/wireparts.h"

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

using Element = WireJson::Element;
using Object = WireJson::Object;

/// Of one answer. A server that goes beyond is broken or hostile.
constexpr int mostChoices = 128;

/// An output: one element comes unwrapped, several as an array.
template<typename Visitor>
void forEachElement(const Object &object, std::string_view name, Visitor visit)
{
    const auto output = member(object, name);
    if (!output) {
        return;
    }
    WireJson::Array list;
    if (output->get_array().get(list) != simdjson::SUCCESS) {
        visit(0, *output);
        return;
    }
    int index = 0;
    for (const Element element : list) {
        if (index < mostChoices) {
            visit(index++, element);
        }
    }
}

/// The sum over all choices.
std::optional<qint64> sumOf(const Object &object, std::string_view name)
{
    std::optional<qint64> sum;
    forEachElement(object, name, [&sum](int, const Element &element) {
        const auto count = optionalOf<std::int64_t>(element);
        if (count && *count >= 0 && *count < 1'000'000'000) {
            sum = sum.value_or(0) + *count;
        }
    });
    return sum;
}

} // namespace

std::optional<ApiError> ChatDecoder::decode(
    QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out)
{
    const QByteArrayView text = data.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    const auto element = m_json.parse(text);
    Object object;
    if (!element
        || element->get_object().get(object) != simdjson::SUCCESS
        // Looked for first: an error comes under status 200 too, also from /generate.
        || member(object, "error") || !member(object, "text_output")) {
        return errorFromRecord(text, type);
    }
    if (!std::exchange(m_started, true)) {
        out.append({at,
            Started{.id = stringMember(object, "id"),
                .model = stringMember(object, "model_name"),
                .adapter = {}}});
    }
    readChoices(object, at, out);
    readUsage(object, at, out);
    return std::nullopt;
}

void ChatDecoder::readChoices(const Object &object, TimePoint at, StreamEvents &out)
{
    forEachElement(object, "text_output", [&](int choice, const Element &element) {
        const auto piece = optionalOf<std::string_view>(element);
        if (piece) {
            m_open.insert(choice);
        }
        if (piece && !piece->empty()) {
            out.append({at, TextDelta{choice, toQString(*piece)}});
        }
    });
    forEachElement(object, "finish_reason", [&](int choice, const Element &element) {
        m_tellsReasons = true;
        const auto word = optionalOf<std::string_view>(element);
        if (word && !word->empty() && *word != "None" && m_open.remove(choice)) {
            out.append({at,
                Finished{.choice = choice,
                    .reason = finishReasonFromWord(toQString(*word)),
                    .seed = std::nullopt}});
        }
    });
}

void ChatDecoder::readUsage(const Object &object, TimePoint at, StreamEvents &out)
{
    const Usage before = m_usage;
    if (const auto prompt = sumOf(object, "num_input_tokens")) {
        m_usage.promptTokens = prompt;
    }
    // Those since the previous response, each time.
    if (const auto more = sumOf(object, "num_output_tokens")) {
        m_usage.completionTokens = m_usage.completionTokens.value_or(0) + *more;
    }
    if (m_usage != before) {
        out.append({at, UsageReport{.usage = m_usage, .timing = {}}});
    }
}

std::optional<ApiError> ChatDecoder::atEnd() const
{
    if (!m_tellsReasons || m_open.isEmpty()) {
        return std::nullopt;
    }
    ApiError error;
    error.kind = ApiError::Kind::Truncated;
    error.message
        = u"The answer broke off: the stream ended before the model said why it was finished."_s;
    return error;
}

} // namespace Lorikeet::Triton
