// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tasks/taskclient.h"

#include "http/apiclient.h"
#include "http/carrier.h"
#include "tasks/taskreplies.h"
#include "triton/httptransport.h"
#include "triton/tritontasks.h"

namespace Lorikeet {

namespace {

Result<EmbedReply> read(const HttpReply &reply, const EmbedRequest &request)
{
    return readEmbedReply(reply, request.inputs.size());
}

Result<RerankReply> read(const HttpReply &reply, const RerankRequest &request)
{
    return readRerankReply(reply, request.documents.size(), request.top);
}

Result<ClassifyReply> read(const HttpReply &reply, const ClassifyRequest &request)
{
    return readClassifyReply(reply, request.inputs.size());
}

void add(std::optional<qint64> &sum, const std::optional<qint64> &more)
{
    if (more) {
        sum = sum.value_or(0) + *more;
    }
}

void add(TaskReport &sum, const TaskReport &more)
{
    sum.model = more.model;
    add(sum.usage.promptTokens, more.usage.promptTokens);
    add(sum.usage.totalTokens, more.usage.totalTokens);
    sum.latency += more.latency;
    sum.requests += more.requests;
}

void add(EmbedReply &sum, const EmbedReply &more)
{
    sum.vectors.append(more.vectors);
    sum.sparse.append(more.sparse);
    add(sum.report, more.report);
}

void add(ClassifyReply &sum, const ClassifyReply &more)
{
    sum.labels.append(more.labels);
    add(sum.report, more.report);
}

template<typename Reply, typename Request>
QFuture<Result<Reply>> once(
    ApiClient &client, TaskDialect dialect, const Target &target, const Request &request)
{
    const Result<HttpRequest> encoded = encodeTask(dialect, target, request);
    if (!encoded) {
        return QtFuture::makeReadyValueFuture(Result<Reply>(Failure(encoded.error())));
    }
    return client
        .fetch(*encoded, TransportOptions::from(target), target.endpoint.timeouts.firstToken)
        .then(&client, [request, key = target.key](const Result<HttpReply> &reply) {
            Result<Reply> result
                = reply ? read(*reply, request) : Result<Reply>(Failure(reply.error()));
            return result ? result : Result<Reply>(Failure(withoutKey(result.error(), key)));
        });
}

/// Asks for the inputs from `begin` on, and joins them to `done`.
template<typename Reply, typename Request>
QFuture<Result<Reply>> from(qsizetype begin, const Reply &done, ApiClient &client,
    TaskDialect dialect, const Target &target, const Request &request)
{
    const qsizetype limit = taskInputLimit(dialect);
    Request part = request;
    part.inputs = request.inputs.mid(begin, limit);
    return once<Reply>(client, dialect, target, part)
        .then(&client,
            [=, &client](const Result<Reply> &reply) {
                if (!reply) {
                    return QtFuture::makeReadyValueFuture(reply);
                }
                Reply sum = done;
                add(sum, *reply);
                if (begin + limit >= request.inputs.size()) {
                    return QtFuture::makeReadyValueFuture(Result<Reply>(sum));
                }
                return from(begin + limit, sum, client, dialect, target, request);
            })
        .unwrap();
}

} // namespace

QFuture<Result<EmbedReply>> runTask(
    ApiClient &client, TaskDialect dialect, const Target &target, const EmbedRequest &request)
{
    if (Carrier *carrier = client.carrierFor(target.endpoint.url)) {
        return carrier->embed(target, request);
    }
    return dialect == TaskDialect::Triton
        ? Triton::embed(std::make_shared<Triton::HttpTransport>(client, target), target, request)
        : from(0, EmbedReply(), client, dialect, target, request);
}

QFuture<Result<RerankReply>> runTask(
    ApiClient &client, TaskDialect dialect, const Target &target, const RerankRequest &request)
{
    if (Carrier *carrier = client.carrierFor(target.endpoint.url)) {
        return carrier->rerank(target, request);
    }
    return dialect == TaskDialect::Triton
        ? Triton::rerank(std::make_shared<Triton::HttpTransport>(client, target), target, request)
        : once<RerankReply>(client, dialect, target, request);
}

QFuture<Result<ClassifyReply>> runTask(
    ApiClient &client, TaskDialect dialect, const Target &target, const ClassifyRequest &request)
{
    return from(0, ClassifyReply(), client, dialect, target, request);
}

} // namespace Lorikeet
