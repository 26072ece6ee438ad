// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/chatdecoder.h"

#include "providers/errorbody.h"

namespace Lorikeet::Triton {

namespace {

using Element = WireJson::Element;
using Object = WireJson::Object;

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
        visit(*output);
        return;
    }
    qsizetype count = 0;
    for (const Element element : list) {
        if (++count <= mostChoices) {
            visit(element);
        }
    }
}

/// The sum over all choices.
std::optional<qint64> sumOf(const Object &object, std::string_view name)
{
    std::optional<qint64> sum;
    forEachElement(object, name, [&sum](const Element &element) {
        const auto count = optionalOf<std::int64_t>(element);
        if (count && *count >= 0 && *count < 1'000'000'000) {
            sum = sum.value_or(0) + *count;
        }
    });
    return sum;
}

/// What is no text is empty, so that places stay those of the choices.
QStringList textsOf(const Object &object, std::string_view name)
{
    QStringList texts;
    forEachElement(object, name, [&texts](const Element &element) {
        const auto text = optionalOf<std::string_view>(element);
        texts.append(text ? toQString(*text) : QString());
    });
    return texts;
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
        return chatError(errorFromRecord(text, type));
    }
    ChatPiece piece{.id = stringMember(object, "id"),
        .model = stringMember(object, "model_name"),
        .texts = textsOf(object, "text_output"),
        .reasons = textsOf(object, "finish_reason"),
        .logprobs = {},
        .inputTokens = sumOf(object, "num_input_tokens"),
        .outputTokens = sumOf(object, "num_output_tokens")};
    for (const QString &json : textsOf(object, "logprobs")) {
        piece.logprobs.append(json.toUtf8());
    }
    m_pieces.add(piece, at, out);
    return std::nullopt;
}

} // namespace Lorikeet::Triton
