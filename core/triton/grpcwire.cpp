// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/grpcwire.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

/// By its number in a configuration, which begins at 1.
std::optional<TensorType> typeFromNumber(int number)
{
    constexpr std::array types{TensorType::Bool, TensorType::Uint8, TensorType::Uint16,
        TensorType::Uint32, TensorType::Uint64, TensorType::Int8, TensorType::Int16,
        TensorType::Int32, TensorType::Int64, TensorType::Fp16, TensorType::Fp32, TensorType::Fp64,
        TensorType::Bytes, TensorType::Bf16};
    return number >= 1 && std::size_t(number) <= types.size()
        ? std::optional(types.at(std::size_t(number) - 1))
        : std::nullopt;
}

// Qt's integers of 32 and 64 bits are types of their own, which turn into plain ones in two ways.

qint64 plain(const QtProtobuf::int64 &value) { return value; }

int plain(const QtProtobuf::int32 &value) { return value; }

Failure notInForm(const QString &what)
{
    return fail(
        ApiError::Kind::Protocol, u"The server's %1 is not in the form of KServe v2."_s.arg(what));
}

template<typename Messages>
std::optional<QList<TensorInfo>> tensorsOf(const Messages &messages)
{
    QList<TensorInfo> list;
    for (const auto &message : messages) {
        const auto type = typeFromNumber(plain(message.dataType()));
        if (!type) {
            return std::nullopt;
        }
        TensorInfo info{.name = message.name(), .type = *type, .shape = {}};
        for (const qint64 size : message.dims()) {
            info.shape.append(size);
        }
        list.append(info);
    }
    return list;
}

std::optional<QList<TensorInfo>> tensorsOf(const QList<inference::TensorMetadata> &messages)
{
    QList<TensorInfo> list;
    for (const inference::TensorMetadata &message : messages) {
        const auto type = tensorTypeFromWord(message.datatype());
        if (!type) {
            return std::nullopt;
        }
        TensorInfo info{.name = message.name(), .type = *type, .shape = {}};
        for (const qint64 size : message.shape()) {
            info.shape.append(size);
        }
        list.append(info);
    }
    return list;
}

inference::InferParameter toMessage(const QJsonValue &value)
{
    inference::InferParameter parameter;
    if (value.isBool()) {
        parameter.setBoolParam(value.toBool());
    } else if (value.isString()) {
        parameter.setStringParam(value.toString());
    } else if (double(value.toInteger()) == value.toDouble()) {
        parameter.setInt64Param(value.toInteger());
    } else {
        parameter.setDoubleParam(value.toDouble());
    }
    return parameter;
}

QJsonValue fromMessage(const inference::ReplyParameter &parameter)
{
    if (parameter.hasBoolParam()) {
        return parameter.boolParam();
    }
    if (parameter.hasInt64Param()) {
        return plain(parameter.int64Param());
    }
    if (parameter.hasStringParam()) {
        return parameter.stringParam();
    }
    if (parameter.hasUint64Param()) {
        return qint64(parameter.uint64Param());
    }
    return parameter.hasDoubleParam() ? QJsonValue(parameter.doubleParam()) : QJsonValue();
}

template<typename List>
bool append(Tensor &tensor, const List &values)
{
    for (const auto value : values) {
        const QJsonValue json = [value] {
            if constexpr (std::is_same_v<typename List::value_type, bool>) {
                return QJsonValue(value);
            } else if constexpr (std::is_floating_point_v<typename List::value_type>) {
                return QJsonValue(double(value));
            } else if constexpr (std::is_same_v<typename List::value_type, quint64>) {
                return QJsonValue(QString::number(value)); // beyond what a QJsonValue holds
            } else {
                return QJsonValue(qint64(value));
            }
        }();
        const Result<Tensor> one = Tensor::fromJson(tensor.type, json, tensor.name);
        if (!one) {
            return false;
        }
        tensor.data += one->data;
    }
    return true;
}

/// The other way: a list for each kind of number.
bool appendContents(Tensor &tensor, const inference::InferTensorContents &contents)
{
    for (const QByteArray &element : contents.bytesContents()) {
        appendBytesElement(tensor.data, element);
    }
    return append(tensor, contents.boolContents()) && append(tensor, contents.intContents())
        && append(tensor, contents.int64Contents()) && append(tensor, contents.uintContents())
        && append(tensor, contents.uint64Contents()) && append(tensor, contents.fp32Contents())
        && append(tensor, contents.fp64Contents());
}

} // namespace

Result<inference::ModelInferRequest> toMessage(const InferRequest &request)
{
    if (const auto problem = parameterProblem(request.parameters)) {
        return fail(ApiError::Kind::InvalidRequest, *problem);
    }
    inference::ModelInferRequest message;
    message.setModelName(request.model);
    message.setModelVersion(request.version);
    message.setId_proto(request.id);
    QList<inference::InferInputTensor> inputs;
    QByteArrayList contents;
    for (const Tensor &input : request.inputs) {
        if (const auto problem = input.problem()) {
            return fail(ApiError::Kind::InvalidRequest, *problem);
        }
        inference::InferInputTensor tensor;
        tensor.setName(input.name);
        tensor.setDatatype(toWord(input.type));
        tensor.setShape(QtProtobuf::int64List(input.shape.begin(), input.shape.end()));
        inputs.append(tensor);
        contents.append(input.data);
    }
    message.setInputs(inputs);
    message.setRawInputContents(contents);
    QList<inference::InferRequestedOutputTensor> outputs;
    for (const QString &name : request.outputs) {
        inference::InferRequestedOutputTensor output;
        output.setName(name);
        outputs.append(output);
    }
    message.setOutputs(outputs);
    inference::ModelInferRequest::ParametersEntry parameters;
    for (auto it = request.parameters.begin(); it != request.parameters.end(); ++it) {
        parameters.insert(it.key(), toMessage(it.value()));
    }
    message.setParameters(parameters);
    return message;
}

Result<InferReply> fromMessage(const inference::ModelInferResponse &message)
{
    InferReply reply{.model = message.modelName(),
        .version = message.modelVersion(),
        .id = message.id_proto(),
        .outputs = {},
        .parameters = {},
        .latency = {}};
    const auto &parameters = message.parameters();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        reply.parameters.insert(it.key(), fromMessage(it.value()));
    }
    const QByteArrayList &raw = message.rawOutputContents();
    const QList<inference::InferOutputTensor> &outputs = message.outputs();
    if (!raw.isEmpty() && raw.size() != outputs.size()) {
        return notInForm(u"answer"_s);
    }
    for (qsizetype i = 0; i < outputs.size(); ++i) {
        const auto type = tensorTypeFromWord(outputs[i].datatype());
        if (!type) {
            return notInForm(u"answer"_s);
        }
        Tensor tensor{.name = outputs[i].name(), .type = *type, .shape = {}, .data = raw.value(i)};
        for (const qint64 size : outputs[i].shape()) {
            tensor.shape.append(size);
        }
        if ((raw.isEmpty() && outputs[i].hasContents()
                && !appendContents(tensor, outputs[i].contents()))
            || tensor.problem()) {
            return notInForm(u"answer"_s);
        }
        reply.outputs.append(tensor);
    }
    return reply;
}

Result<ModelConfig> fromMessage(const inference::Configuration &message)
{
    auto inputs = tensorsOf(message.input());
    const auto outputs = tensorsOf(message.output());
    if (!inputs || !outputs) {
        return notInForm(u"configuration of the model"_s);
    }
    for (qsizetype i = 0; i < inputs->size(); ++i) {
        (*inputs)[i].optional = message.input()[i].optional();
    }
    ModelConfig config{.name = message.name(),
        .backend = message.backend().isEmpty() ? message.platform() : message.backend(),
        .maxBatchSize = std::max(0, plain(message.maxBatchSize())),
        .inputs = *inputs,
        .outputs = *outputs,
        .decoupled
        = message.hasModelTransactionPolicy() && message.modelTransactionPolicy().decoupled(),
        .parameters = {}};
    const auto &parameters = message.parameters();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        config.parameters.insert(it.key(), it.value().stringValue());
    }
    return config;
}

Result<ModelMetadata> fromMessage(const inference::ModelMetadataResponse &message)
{
    const auto inputs = tensorsOf(message.inputs());
    const auto outputs = tensorsOf(message.outputs());
    if (!inputs || !outputs) {
        return notInForm(u"description of the model"_s);
    }
    return ModelMetadata{.name = message.name(),
        .versions = message.versions(),
        .platform = message.platform(),
        .inputs = *inputs,
        .outputs = *outputs};
}

} // namespace Lorikeet::Triton
