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
            info.shape.append(wholeNumber(size));
        }
        result.append(info);
    }
    return result;
}

} // namespace

qint64 wholeNumber(const QJsonValue &value)
{
    return value.isString() ? value.toString().toLongLong() : value.toInteger();
}

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
        .maxBatchSize = std::max<qint64>(0, wholeNumber(document[u"max_batch_size"_s])),
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
