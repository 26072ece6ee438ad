// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tasks/taskreplies.h"

#include "providers/errorbody.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// The JSON of a good answer, or the error it is.
Result<QJsonDocument> documentOf(const HttpReply &reply)
{
    if (reply.status != 200) {
        return Failure(errorFromReply(reply));
    }
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    if (document.isNull()) {
        return Failure(
            protocolError(u"%1 did not answer with JSON."_s.arg(placeOf(reply.url)), reply.body));
    }
    if (document.isObject() && readErrorBody(reply.body)) {
        return Failure(errorFromReply(reply));
    }
    return document;
}

Failure unexpected(const HttpReply &reply, const QString &what)
{
    return Failure(protocolError(u"%1 %2."_s.arg(placeOf(reply.url), what), reply.body));
}

/// The list of results, under whichever of `names` it comes, or bare.
std::optional<QJsonArray> listOf(const QJsonDocument &document, const QStringList &names)
{
    if (document.isArray()) {
        return document.array();
    }
    for (const QString &name : names) {
        if (document[name].isArray()) {
            return document[name].toArray();
        }
    }
    return std::nullopt;
}

std::optional<qint64> count(const QJsonValue &value)
{
    // Xinference says -1 for what it did not count.
    return value.isDouble() && value.toInteger() >= 0 ? std::optional(value.toInteger())
                                                      : std::nullopt;
}

TaskReport reportOf(const QJsonDocument &document, const HttpReply &reply)
{
    TaskReport report{.model = document[u"model"_s].toString(),
        .usage = {},
        .latency = reply.latency,
        .requests = 1};
    const QJsonValue usage = document[u"usage"_s];
    report.usage.promptTokens = count(usage[u"prompt_tokens"_s]);
    report.usage.totalTokens = count(usage[u"total_tokens"_s]);
    if (!report.usage.promptTokens) {
        report.usage.promptTokens = count(document[u"prompt_eval_count"_s]); // Ollama
    }
    return report;
}

std::optional<QList<float>> floatsOf(const QJsonValue &value)
{
    QList<float> vector;
    if (value.isString()) {
        const auto decoded = QByteArray::fromBase64Encoding(
            value.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded || (*decoded).size() % 4 != 0) {
            return std::nullopt;
        }
        vector.resize((*decoded).size() / 4);
        qFromLittleEndian<float>((*decoded).constData(), vector.size(), vector.data());
        return vector;
    }
    if (!value.isArray()) {
        return std::nullopt;
    }
    const QJsonArray list = value.toArray();
    vector.reserve(list.size());
    for (const QJsonValue number : list) {
        if (!number.isDouble()) {
            return std::nullopt;
        }
        vector.append(float(number.toDouble()));
    }
    return vector;
}

std::optional<EmbedReply::SparseVector> weightsOf(const QJsonValue &value)
{
    EmbedReply::SparseVector weights;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            weights.append({it.key(), float(it.value().toDouble())});
        }
        return weights;
    }
    if (!value.isArray()) {
        return std::nullopt;
    }
    const QJsonArray list = value.toArray();
    for (const QJsonValue pair : list) {
        if (!pair[u"index"_s].isDouble() || !pair[u"value"_s].isDouble()) {
            return std::nullopt;
        }
        weights.append(
            {QString::number(pair[u"index"_s].toInteger()), float(pair[u"value"_s].toDouble())});
    }
    return weights;
}

bool isNumbers(const QJsonArray &list) { return !list.isEmpty() && list.first().isDouble(); }

std::optional<double> scoreOf(const QJsonValue &result)
{
    for (const QString &name : {u"relevance_score"_s, u"score"_s}) {
        if (result[name].isDouble()) {
            return result[name].toDouble();
        }
    }
    return std::nullopt;
}

ClassifyReply::Label labelOf(const QJsonValue &value)
{
    ClassifyReply::Label label{.name = value[u"label"_s].toString(),
        .score = value[u"score"_s].toDouble(),
        .text = value[u"word"_s].toString()};
    if (label.name.isEmpty()) {
        label.name = value[u"entity_group"_s].toString();
    }
    if (value[u"start"_s].isDouble()) {
        label.start = value[u"start"_s].toInt();
        label.end = value[u"end"_s].toInt();
    }
    // vLLM tells the probabilities of all classes and the name of the likeliest.
    const QJsonArray probabilities = value[u"probs"_s].toArray();
    for (const QJsonValue probability : probabilities) {
        label.score = std::max(label.score, probability.toDouble());
    }
    return label;
}

} // namespace

Result<EmbedReply> readEmbedReply(const HttpReply &reply, qsizetype inputs)
{
    const Result<QJsonDocument> document = documentOf(reply);
    if (!document) {
        return Failure(document.error());
    }
    std::optional<QJsonArray> list = listOf(*document, {u"data"_s, u"embeddings"_s});
    if (!list) {
        return unexpected(reply, u"answered without embeddings"_s);
    }
    if (isNumbers(*list)) {
        list = QJsonArray{*list}; // LoRAX' /embed
    }
    if (list->size() != inputs) {
        return unexpected(reply,
            u"sent %1 %2 for %3 %4"_s.arg(list->size())
                .arg(list->size() == 1 ? u"embedding"_s : u"embeddings"_s)
                .arg(inputs)
                .arg(inputs == 1 ? u"text"_s : u"texts"_s));
    }
    EmbedReply result{.vectors = {}, .sparse = {}, .report = reportOf(*document, reply)};
    QList<bool> isThere(inputs, false);
    qsizetype place = 0;
    for (const QJsonValue entry : std::as_const(*list)) {
        const bool isWrapped = entry.isObject() && entry.toObject().contains("embedding"_L1);
        const QJsonValue vector = isWrapped ? entry[u"embedding"_s] : entry;
        const qsizetype index = isWrapped ? entry[u"index"_s].toInteger(place) : place;
        ++place;
        if (index < 0 || index >= inputs || std::exchange(isThere[index], true)) {
            return unexpected(reply, u"numbers its embeddings wrongly"_s);
        }
        if (const auto dense = floatsOf(vector);
            dense && (vector.isString() || !dense->isEmpty())) {
            result.vectors.resize(inputs);
            result.vectors[index] = *dense;
        } else if (const auto sparse = weightsOf(vector)) {
            result.sparse.resize(inputs);
            result.sparse[index] = *sparse;
        } else {
            return unexpected(reply, u"sent an embedding that is no list of numbers"_s);
        }
    }
    return result;
}

Result<RerankReply> readRerankReply(
    const HttpReply &reply, qsizetype documents, std::optional<int> top)
{
    const Result<QJsonDocument> document = documentOf(reply);
    if (!document) {
        return Failure(document.error());
    }
    const std::optional<QJsonArray> list = listOf(*document, {u"results"_s, u"data"_s});
    if (!list) {
        return unexpected(reply, u"answered without results"_s);
    }
    RerankReply result{.ranks = {}, .report = reportOf(*document, reply)};
    qsizetype place = 0;
    for (const QJsonValue entry : *list) {
        const qint64 index = entry[u"index"_s].toInteger(place++);
        const std::optional<double> score = scoreOf(entry);
        if (!score || index < 0 || index >= documents) {
            return unexpected(reply, u"sent a result without a score or a document"_s);
        }
        result.ranks.append({.index = int(index), .score = *score});
    }
    std::ranges::sort(result.ranks, [](const RerankReply::Rank &a, const RerankReply::Rank &b) {
        return a.score != b.score ? a.score > b.score : a.index < b.index;
    });
    if (top && *top >= 0 && result.ranks.size() > *top) {
        result.ranks.resize(*top);
    }
    return result;
}

Result<ClassifyReply> readClassifyReply(const HttpReply &reply, qsizetype inputs)
{
    const Result<QJsonDocument> document = documentOf(reply);
    if (!document) {
        return Failure(document.error());
    }
    std::optional<QJsonArray> list = listOf(*document, {u"data"_s, u"results"_s});
    if (!list) {
        return unexpected(reply, u"answered without classes"_s);
    }
    // One text: its labels may come without a list around them.
    if (inputs == 1 && list->size() != 1 && (list->isEmpty() || list->first().isObject())) {
        list = QJsonArray{*list};
    }
    if (list->size() != inputs) {
        return unexpected(
            reply, u"sent classes of %1 texts instead of %2"_s.arg(list->size()).arg(inputs));
    }
    ClassifyReply result{.labels = {}, .report = reportOf(*document, reply)};
    for (const QJsonValue entry : std::as_const(*list)) {
        QList<ClassifyReply::Label> labels;
        const QJsonArray several = entry.isArray() ? entry.toArray() : QJsonArray{entry};
        for (const QJsonValue label : several) {
            labels.append(labelOf(label));
        }
        result.labels.append(labels);
    }
    return result;
}

} // namespace Lorikeet
