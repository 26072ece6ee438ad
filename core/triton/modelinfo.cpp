// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/modelinfo.h"

#include "providers/errorbody.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

qint64 whole(const QJsonValue &value)
{
    return value.isString() ? value.toString().toLongLong() : value.toInteger();
}

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue item : value.toArray()) {
        list.append(item.isDouble() ? QString::number(item.toInteger()) : item.toString());
    }
    return list;
}

Failure notInForm(QStringView what, const QByteArray &body)
{
    return Failure(
        protocolError(u"The server's %1 is not in the form of KServe v2."_s.arg(what), body));
}

/// Nothing if a type is not known.
std::optional<QList<TensorInfo>> tensors(
    const QJsonValue &list, const QString &typeMember, const QString &shapeMember)
{
    QList<TensorInfo> result;
    for (const QJsonValue item : list.toArray()) {
        const auto type = tensorTypeFromWord(item[typeMember].toString());
        const QString name = item[u"name"_s].toString();
        if (!type || name.isEmpty()) {
            return std::nullopt;
        }
        TensorInfo info{
            .name = name, .type = *type, .shape = {}, .optional = item[u"optional"_s].toBool()};
        for (const QJsonValue size : item[shapeMember].toArray()) {
            info.shape.append(whole(size));
        }
        result.append(info);
    }
    return result;
}

DurationStatistic durationOf(const QJsonValue &value)
{
    return {
        .count = quint64(whole(value[u"count"_s])), .total = Nanoseconds(whole(value[u"ns"_s]))};
}

ModelStatistics statisticsOf(const QJsonValue &model)
{
    const QJsonValue times = model[u"inference_stats"_s];
    return {.name = model[u"name"_s].toString(),
        .version = model[u"version"_s].toString(),
        .lastInference = Milliseconds(whole(model[u"last_inference"_s])),
        .inferences = quint64(whole(model[u"inference_count"_s])),
        .executions = quint64(whole(model[u"execution_count"_s])),
        .success = durationOf(times[u"success"_s]),
        .failure = durationOf(times[u"fail"_s]),
        .queue = durationOf(times[u"queue"_s]),
        .computeInput = durationOf(times[u"compute_input"_s]),
        .computeInfer = durationOf(times[u"compute_infer"_s]),
        .computeOutput = durationOf(times[u"compute_output"_s])};
}

} // namespace

Result<ServerMetadata> readServerMetadata(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document[u"name"_s].isString() || !document[u"extensions"_s].isArray()) {
        return notInForm(u"description of itself", body);
    }
    return ServerMetadata{.name = document[u"name"_s].toString(),
        .version = document[u"version"_s].toString(),
        .extensions = texts(document[u"extensions"_s])};
}

Result<ModelMetadata> readModelMetadata(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const auto inputs = tensors(document[u"inputs"_s], u"datatype"_s, u"shape"_s);
    const auto outputs = tensors(document[u"outputs"_s], u"datatype"_s, u"shape"_s);
    if (!document[u"name"_s].isString() || !inputs || !outputs) {
        return notInForm(u"description of the model", body);
    }
    return ModelMetadata{.name = document[u"name"_s].toString(),
        .versions = texts(document[u"versions"_s]),
        .platform = document[u"platform"_s].toString(),
        .inputs = *inputs,
        .outputs = *outputs};
}

Result<ModelConfig> readModelConfig(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const auto inputs = tensors(document[u"input"_s], u"data_type"_s, u"dims"_s);
    const auto outputs = tensors(document[u"output"_s], u"data_type"_s, u"dims"_s);
    if (!document[u"name"_s].isString() || !inputs || !outputs) {
        return notInForm(u"configuration of the model", body);
    }
    const QString backend = document[u"backend"_s].toString();
    ModelConfig config{.name = document[u"name"_s].toString(),
        .backend = backend.isEmpty() ? document[u"platform"_s].toString() : backend,
        .maxBatchSize = std::max<qint64>(0, whole(document[u"max_batch_size"_s])),
        .inputs = *inputs,
        .outputs = *outputs,
        .decoupled = document[u"model_transaction_policy"_s][u"decoupled"_s].toBool(),
        .parameters = {}};
    const QJsonObject parameters = document[u"parameters"_s].toObject();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        config.parameters.insert(it.key(), it.value()[u"string_value"_s].toString());
    }
    return config;
}

Result<QList<IndexEntry>> readIndex(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isArray()) {
        return notInForm(u"index of models", body);
    }
    QList<IndexEntry> entries;
    const QJsonArray models = document.array();
    for (const QJsonValue model : models) {
        entries.append({.name = model[u"name"_s].toString(),
            .version = model[u"version"_s].toString(),
            .state = model[u"state"_s].toString(),
            .reason = model[u"reason"_s].toString()});
    }
    return entries;
}

Result<QList<ModelStatistics>> readStatistics(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document[u"model_stats"_s].isArray()) {
        return notInForm(u"statistics", body);
    }
    QList<ModelStatistics> all;
    const QJsonArray models = document[u"model_stats"_s].toArray();
    for (const QJsonValue model : models) {
        all.append(statisticsOf(model));
    }
    return all;
}

ModelStatistics subtract(const ModelStatistics &after, const ModelStatistics &before)
{
    const auto difference = [](const DurationStatistic &a, const DurationStatistic &b) {
        return DurationStatistic{.count = a.count - b.count, .total = a.total - b.total};
    };
    return {.name = after.name,
        .version = after.version,
        .lastInference = after.lastInference,
        .inferences = after.inferences - before.inferences,
        .executions = after.executions - before.executions,
        .success = difference(after.success, before.success),
        .failure = difference(after.failure, before.failure),
        .queue = difference(after.queue, before.queue),
        .computeInput = difference(after.computeInput, before.computeInput),
        .computeInfer = difference(after.computeInfer, before.computeInfer),
        .computeOutput = difference(after.computeOutput, before.computeOutput)};
}

ModelConfig configFrom(const ModelMetadata &metadata)
{
    return {.name = metadata.name,
        .backend = metadata.platform,
        .maxBatchSize = 0,
        .inputs = metadata.inputs,
        .outputs = metadata.outputs,
        .decoupled = false,
        .parameters = {}};
}

} // namespace Lorikeet::Triton
