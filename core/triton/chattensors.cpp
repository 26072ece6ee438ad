// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/chattensors.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

const TensorInfo *find(const QList<TensorInfo> &tensors, QStringView name)
{
    const auto found = std::ranges::find(tensors, name, &TensorInfo::name);
    return found == tensors.end() ? nullptr : &*found;
}

/// What is sent unasked, and missed by nobody where a model does not know it.
bool isDetail(QStringView name)
{
    return name.startsWith(u"return_") || name == u"exclude_input_in_output" || name == u"stream";
}

/// As /generate fits it: fixed sizes divide the elements, the innermost open one takes the rest.
std::optional<QList<qint64>> fitted(const QList<qint64> &wanted, qint64 elements)
{
    QList<qint64> shape = wanted;
    qint64 fixed = 1;
    for (const qint64 size : wanted) {
        fixed *= size < 0 ? 1 : size;
    }
    if (fixed < 1 || elements % fixed != 0) {
        return std::nullopt;
    }
    qint64 rest = elements / fixed;
    for (auto size = shape.rbegin(); size != shape.rend(); ++size) {
        if (*size < 0) {
            *size = std::exchange(rest, 1);
        }
    }
    return rest == 1 ? std::optional(shape) : std::nullopt;
}

Result<Tensor> tensorFor(const ModelConfig &config, const TensorInfo &info, const QJsonValue &value)
{
    Result<Tensor> tensor = Tensor::fromJson(info.type, value, info.name);
    if (!tensor) {
        return tensor;
    }
    const std::optional<qint64> elements = tensor->count();
    const auto shape = elements ? fitted(info.shape, *elements) : std::nullopt;
    if (!shape) {
        return refused(u"The input “%1” of the model “%2” takes another number of values."_s.arg(
            info.name, config.name));
    }
    tensor->shape = *shape;
    return config.batches() ? batchOfOne(*tensor) : *tensor;
}

} // namespace

Result<InferRequest> chatRequest(const ModelConfig &config, const QJsonObject &inputs)
{
    if (!find(config.inputs, u"text_input") || !find(config.outputs, u"text_output")) {
        return refused(u"“%1” is no model that writes: ask it with lori infer, embed or "
                       "rerank."_s.arg(config.name));
    }
    InferRequest request;
    for (auto it = inputs.begin(); it != inputs.end(); ++it) {
        const TensorInfo *info = find(config.inputs, it.key());
        if (info) {
            const Result<Tensor> tensor = tensorFor(config, *info, it.value());
            if (!tensor) {
                return Failure(tensor.error());
            }
            request.inputs.append(*tensor);
        } else if (it.key() == "sampling_parameters"_L1) {
            if (it.value() != QJsonValue(u"{}"_s)) {
                return refused(u"The model “%1” takes no sampling_parameters: leave parameters and "
                               "adapter out."_s.arg(config.name));
            }
        } else if (!isDetail(it.key())) {
            request.parameters.insert(it.key(), it.value());
        }
    }
    for (const TensorInfo &info : config.inputs) {
        if (!info.optional && !inputs.contains(info.name)) {
            return refused(u"The model “%1” needs the input “%2”, which a chat does not have: give "
                           "it in the extra body."_s.arg(config.name, info.name));
        }
    }
    // By name, since some backends fill outputs that are large and read by nobody.
    for (const QString &name : {u"text_output"_s, u"finish_reason"_s, u"logprobs"_s,
             u"num_input_tokens"_s, u"num_output_tokens"_s}) {
        if (find(config.outputs, name)) {
            request.outputs.append(name);
        }
    }
    if (const auto problem = parameterProblem(request.parameters)) {
        return refused(*problem);
    }
    return request;
}

ChatPiece ChatReader::read(const InferReply &reply)
{
    const auto output
        = [&reply](QStringView name) { return reply.output(name).value_or(Tensor()); };
    const auto sumOf = [&output](QStringView name) -> std::optional<qint64> {
        std::optional<qint64> sum;
        for (const double count : output(name).numbers()) {
            if (count >= 0 && count < 1e9) {
                sum = sum.value_or(0) + qint64(count);
            }
        }
        return sum;
    };
    ChatPiece piece{.id = reply.id,
        .model = reply.model,
        .texts = {},
        .reasons = output(u"finish_reason").texts().mid(0, mostChoices),
        .logprobs = output(u"logprobs").bytes().mid(0, mostChoices),
        .inputTokens = sumOf(u"num_input_tokens"),
        .outputTokens = sumOf(u"num_output_tokens")};
    const QByteArrayList texts = output(u"text_output").bytes().mid(0, mostChoices);
    for (const QByteArray &text : texts) {
        QStringDecoder &decoder
            = m_decoders.try_emplace(piece.texts.size(), QStringDecoder::Utf8).first->second;
        piece.texts.append(decoder(text));
    }
    return piece;
}

} // namespace Lorikeet::Triton
