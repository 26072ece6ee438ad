// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/statistics.h"

#include "providers/errorbody.h"
#include "triton/modelinfo.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

template<typename Statistics>
using Member = std::pair<QStringView, DurationStatistic Statistics::*>;

constexpr std::array modelMembers{Member<ModelStatistics>{u"success", &ModelStatistics::success},
    Member<ModelStatistics>{u"fail", &ModelStatistics::failure},
    Member<ModelStatistics>{u"queue", &ModelStatistics::queue},
    Member<ModelStatistics>{u"compute_input", &ModelStatistics::computeInput},
    Member<ModelStatistics>{u"compute_infer", &ModelStatistics::computeInfer},
    Member<ModelStatistics>{u"compute_output", &ModelStatistics::computeOutput},
    Member<ModelStatistics>{u"cache_hit", &ModelStatistics::cacheHit},
    Member<ModelStatistics>{u"cache_miss", &ModelStatistics::cacheMiss}};
constexpr std::array responseMembers{
    Member<ResponseStatistics>{u"compute_infer", &ResponseStatistics::computeInfer},
    Member<ResponseStatistics>{u"compute_output", &ResponseStatistics::computeOutput},
    Member<ResponseStatistics>{u"success", &ResponseStatistics::success},
    Member<ResponseStatistics>{u"fail", &ResponseStatistics::failure},
    Member<ResponseStatistics>{u"empty_response", &ResponseStatistics::empty},
    Member<ResponseStatistics>{u"cancel", &ResponseStatistics::cancelled}};
constexpr std::array batchMembers{
    Member<BatchStatistics>{u"compute_input", &BatchStatistics::computeInput},
    Member<BatchStatistics>{u"compute_infer", &BatchStatistics::computeInfer},
    Member<BatchStatistics>{u"compute_output", &BatchStatistics::computeOutput}};

template<typename Statistics, std::size_t N>
Statistics read(
    const std::array<Member<Statistics>, N> &members, const QJsonValue &from, Statistics to = {})
{
    for (const auto &[name, member] : members) {
        const QJsonValue value = from[name];
        to.*member = {.count = quint64(wholeNumber(value[u"count"_s])),
            .total = Nanoseconds(wholeNumber(value[u"ns"_s]))};
    }
    return to;
}

template<typename Statistics, std::size_t N>
Statistics difference(const std::array<Member<Statistics>, N> &members, const Statistics &after,
    const Statistics &before)
{
    Statistics between = after;
    for (const auto &[name, member] : members) {
        between.*member = {.count = (after.*member).count - (before.*member).count,
            .total = (after.*member).total - (before.*member).total};
    }
    return between;
}

/// Of those that both have, matched by `key`, the differences; others as they are.
template<typename Statistics, std::size_t N, typename Key>
QList<Statistics> differences(const std::array<Member<Statistics>, N> &members,
    QList<Statistics> after, const QList<Statistics> &before, Key Statistics::*key)
{
    for (Statistics &each : after) {
        const auto earlier = std::ranges::find(before, each.*key, key);
        if (earlier != before.end()) {
            each = difference(members, each, *earlier);
        }
    }
    return after;
}

template<typename Statistics, std::size_t N>
QJsonObject write(const std::array<Member<Statistics>, N> &members, const Statistics &statistics)
{
    QJsonObject object;
    for (const auto &[name, member] : members) {
        const DurationStatistic &duration = statistics.*member;
        object.insert(name,
            QJsonObject{
                {u"count"_s, qint64(duration.count)}, {u"ns"_s, qint64(duration.total.count())}});
    }
    return object;
}

ModelStatistics statisticsOf(const QJsonValue &model)
{
    ModelStatistics result = read(modelMembers, model[u"inference_stats"_s]);
    result.name = model[u"name"_s].toString();
    result.version = model[u"version"_s].toString();
    result.lastInference = Milliseconds(wholeNumber(model[u"last_inference"_s]));
    result.inferences = quint64(wholeNumber(model[u"inference_count"_s]));
    result.executions = quint64(wholeNumber(model[u"execution_count"_s]));
    const QJsonObject responses = model[u"response_stats"_s].toObject();
    for (auto it = responses.begin(); it != responses.end(); ++it) {
        result.responses.append(
            read(responseMembers, it.value(), ResponseStatistics{.index = it.key().toInt()}));
    }
    const QJsonArray batches = model[u"batch_stats"_s].toArray();
    for (const QJsonValue batch : batches) {
        result.batches.append(read(batchMembers, batch,
            BatchStatistics{.size = quint64(wholeNumber(batch[u"batch_size"_s]))}));
    }
    std::ranges::sort(result.responses, {}, &ResponseStatistics::index);
    std::ranges::sort(result.batches, {}, &BatchStatistics::size);
    return result;
}

} // namespace

ModelStatistics subtract(const ModelStatistics &after, const ModelStatistics &before)
{
    ModelStatistics between = difference(modelMembers, after, before);
    between.inferences -= before.inferences;
    between.executions -= before.executions;
    between.responses = differences(
        responseMembers, after.responses, before.responses, &ResponseStatistics::index);
    between.batches
        = differences(batchMembers, after.batches, before.batches, &BatchStatistics::size);
    return between;
}

Result<QList<ModelStatistics>> readStatistics(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document[u"model_stats"_s].isArray()) {
        return Failure(
            protocolError(u"The server's statistics are not in the form of KServe v2."_s, body));
    }
    QList<ModelStatistics> all;
    const QJsonArray models = document[u"model_stats"_s].toArray();
    for (const QJsonValue model : models) {
        all.append(statisticsOf(model));
    }
    return all;
}

QJsonObject toJson(const ModelStatistics &statistics)
{
    QJsonObject responses;
    for (const ResponseStatistics &each : statistics.responses) {
        responses.insert(QString::number(each.index), write(responseMembers, each));
    }
    QJsonArray batches;
    for (const BatchStatistics &each : statistics.batches) {
        QJsonObject batch = write(batchMembers, each);
        batch.insert(u"batch_size"_s, qint64(each.size));
        batches.append(batch);
    }
    return {{u"name"_s, statistics.name}, {u"version"_s, statistics.version},
        {u"last_inference"_s, qint64(statistics.lastInference.count())},
        {u"inference_count"_s, qint64(statistics.inferences)},
        {u"execution_count"_s, qint64(statistics.executions)},
        {u"inference_stats"_s, write(modelMembers, statistics)}, {u"response_stats"_s, responses},
        {u"batch_stats"_s, batches}};
}

} // namespace Lorikeet::Triton
