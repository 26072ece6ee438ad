// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a server tells of itself and of its repository.

#include "triton/grpcwire.h"

#include <algorithm>

namespace Lorikeet::Triton {

namespace {

DurationStatistic fromMessage(const inference::StatisticDuration &message)
{
    return {.count = message.count(), .total = Nanoseconds(qint64(quint64(message.ns())))};
}

ModelStatistics fromMessage(const inference::StatisticsOfModel &message)
{
    const inference::InferStatistics &times = message.inferenceStats();
    ModelStatistics result{.name = message.name(),
        .version = message.version(),
        .lastInference = Milliseconds(qint64(quint64(message.lastInference()))),
        .inferences = message.inferenceCount(),
        .executions = message.executionCount(),
        .success = fromMessage(times.success()),
        .failure = fromMessage(times.fail()),
        .queue = fromMessage(times.queue()),
        .computeInput = fromMessage(times.computeInput()),
        .computeInfer = fromMessage(times.computeInfer()),
        .computeOutput = fromMessage(times.computeOutput()),
        .cacheHit = fromMessage(times.cacheHit()),
        .cacheMiss = fromMessage(times.cacheMiss()),
        .responses = {},
        .batches = {}};
    const auto &responses = message.responseStats();
    for (auto it = responses.begin(); it != responses.end(); ++it) {
        const inference::InferResponseStatistics &each = it.value();
        result.responses.append({.index = it.key().toInt(),
            .computeInfer = fromMessage(each.computeInfer()),
            .computeOutput = fromMessage(each.computeOutput()),
            .success = fromMessage(each.success()),
            .failure = fromMessage(each.fail()),
            .empty = fromMessage(each.emptyResponse()),
            .cancelled = fromMessage(each.cancel())});
    }
    for (const inference::InferBatchStatistics &each : message.batchStats()) {
        result.batches.append({.size = each.batchSize(),
            .computeInput = fromMessage(each.computeInput()),
            .computeInfer = fromMessage(each.computeInfer()),
            .computeOutput = fromMessage(each.computeOutput())});
    }
    std::ranges::sort(result.responses, {}, &ResponseStatistics::index);
    std::ranges::sort(result.batches, {}, &BatchStatistics::size);
    return result;
}

} // namespace

ServerMetadata fromMessage(const inference::ServerMetadataResponse &message)
{
    return {
        .name = message.name(), .version = message.version(), .extensions = message.extensions()};
}

QList<IndexEntry> fromMessage(const inference::RepositoryIndexResponse &message)
{
    QList<IndexEntry> index;
    for (const inference::ModelIndex &model : message.models()) {
        index.append({.name = model.name(),
            .version = model.version(),
            .state = model.state(),
            .reason = model.reason()});
    }
    return index;
}

QList<ModelStatistics> fromMessage(const inference::ModelStatisticsResponse &message)
{
    QList<ModelStatistics> all;
    for (const inference::StatisticsOfModel &each : message.modelStats()) {
        all.append(fromMessage(each));
    }
    return all;
}

inference::RepositoryModelLoadRequest loadMessage(const ModelChange &change)
{
    inference::RepositoryModelLoadRequest message;
    message.setModelName(change.model);
    inference::RepositoryModelLoadRequest::ParametersEntry parameters;
    if (!change.config.isEmpty()) {
        inference::LoadParameter config;
        config.setStringParam(configText(change));
        parameters.insert(QStringLiteral("config"), config);
    }
    for (auto it = change.files.begin(); it != change.files.end(); ++it) {
        inference::LoadParameter file;
        file.setBytesParam(it.value());
        parameters.insert(QStringLiteral("file:") + it.key(), file);
    }
    message.setParameters(parameters);
    return message;
}

inference::RepositoryModelUnloadRequest unloadMessage(const ModelChange &change)
{
    inference::RepositoryModelUnloadRequest message;
    message.setModelName(change.model);
    if (change.unloadDependents) {
        inference::UnloadParameter dependents;
        dependents.setBoolParam(true);
        message.setParameters({{QStringLiteral("unload_dependents"), dependents}});
    }
    return message;
}

} // namespace Lorikeet::Triton
