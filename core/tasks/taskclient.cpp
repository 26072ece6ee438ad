// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tasks/taskclient.h"

#include "http/apiclient.h"
#include "http/carrier.h"
#include "tasks/taskreplies.h"
#include "triton/httptransport.h"
#include "triton/tritontasks.h"

#include <QPromise>
#include <QRandomGenerator>
#include <QTimer>

#include <memory>

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

/// One request and those that are sent again for it.
template<typename Reply, typename Request>
class Attempts final
{
public:
    Attempts(ApiClient &client, const Target &target, const HttpRequest &encoded,
        const Request &request, const RetryNotice &told)
        : m_client(client)
        , m_target(target)
        , m_encoded(encoded)
        , m_request(request)
        , m_told(told)
    { }

    [[nodiscard]] QFuture<Result<Reply>> next()
    {
        ++m_tries;
        return m_client
            .fetch(
                m_encoded, TransportOptions::from(m_target), m_target.endpoint.timeouts.firstToken)
            .then(&m_client,
                [self = *this](
                    const Result<HttpReply> &reply) mutable { return self.conclude(reply); })
            .unwrap();
    }

private:
    [[nodiscard]] QFuture<Result<Reply>> conclude(const Result<HttpReply> &reply)
    {
        const Result<Reply> result
            = reply ? read(*reply, m_request) : Result<Reply>(Failure(reply.error()));
        if (result) {
            return QtFuture::makeReadyValueFuture(result);
        }
        const ApiError error = withoutKey(result.error(), m_target.key);
        const RetryPolicy &policy = m_target.endpoint.retry;
        // What a good status brought was an answer, whatever is wrong with it.
        const bool isAnswer = reply && reply->status < 300;
        const std::optional<Milliseconds> wait = isAnswer
            ? std::nullopt
            : policy.delay(m_tries, error, QRandomGenerator::global()->generateDouble());
        if (!wait) {
            return QtFuture::makeReadyValueFuture(Result<Reply>(Failure(error)));
        }
        if (m_told) {
            m_told({.next = m_tries + 1,
                .most = policy.retries + 1,
                .wait = *wait,
                .due = Clock::now() + *wait,
                .error = error});
        }
        auto waited = std::make_shared<QPromise<void>>();
        waited->start();
        QTimer::singleShot(*wait, Qt::PreciseTimer, &m_client, [waited] { waited->finish(); });
        return waited->future()
            .then(&m_client, [self = *this]() mutable { return self.next(); })
            .unwrap();
    }

    ApiClient &m_client;
    Target m_target;
    HttpRequest m_encoded;
    Request m_request;
    RetryNotice m_told;
    int m_tries = 0;
};

template<typename Reply, typename Request>
QFuture<Result<Reply>> once(ApiClient &client, TaskDialect dialect, const Target &target,
    const Request &request, const RetryNotice &told)
{
    const Result<HttpRequest> encoded = encodeTask(dialect, target, request);
    if (!encoded) {
        return QtFuture::makeReadyValueFuture(Result<Reply>(Failure(encoded.error())));
    }
    return Attempts<Reply, Request>(client, target, *encoded, request, told).next();
}

/// Asks for the inputs from `begin` on, and joins them to `done`.
template<typename Reply, typename Request>
QFuture<Result<Reply>> from(qsizetype begin, const Reply &done, ApiClient &client,
    TaskDialect dialect, const Target &target, const Request &request, const RetryNotice &told)
{
    const qsizetype limit = taskInputLimit(dialect);
    Request part = request;
    part.inputs = request.inputs.mid(begin, limit);
    return once<Reply>(client, dialect, target, part, told)
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
                return from(begin + limit, sum, client, dialect, target, request, told);
            })
        .unwrap();
}

} // namespace

QFuture<Result<EmbedReply>> runTask(ApiClient &client, TaskDialect dialect, const Target &target,
    const EmbedRequest &request, const RetryNotice &told)
{
    if (Carrier *carrier = client.carrierFor(target.endpoint.url)) {
        return carrier->embed(target, request, told);
    }
    return dialect == TaskDialect::Triton
        ? Triton::embed(
              std::make_shared<Triton::HttpTransport>(client, target), target, request, told)
        : from(0, EmbedReply(), client, dialect, target, request, told);
}

QFuture<Result<RerankReply>> runTask(ApiClient &client, TaskDialect dialect, const Target &target,
    const RerankRequest &request, const RetryNotice &told)
{
    if (Carrier *carrier = client.carrierFor(target.endpoint.url)) {
        return carrier->rerank(target, request, told);
    }
    return dialect == TaskDialect::Triton
        ? Triton::rerank(
              std::make_shared<Triton::HttpTransport>(client, target), target, request, told)
        : once<RerankReply>(client, dialect, target, request, told);
}

QFuture<Result<ClassifyReply>> runTask(ApiClient &client, TaskDialect dialect, const Target &target,
    const ClassifyRequest &request, const RetryNotice &told)
{
    return from(0, ClassifyReply(), client, dialect, target, request, told);
}

} // namespace Lorikeet
