// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/modelclient.h"

#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Triton {

namespace {

constexpr Milliseconds betweenPolls = 1s;

/// What time may heal.
bool mayPass(const ApiError &error)
{
    switch (error.kind) {
    case ApiError::Kind::Refused:
    case ApiError::Kind::Unreachable:
    case ApiError::Kind::ConnectTimeout:
    case ApiError::Kind::TotalTimeout:
    case ApiError::Kind::Unavailable:
        return true;
    default:
        return false;
    }
}

/// The server does not know the model, or does not have it ready, which are told apart by its
/// index alone.
bool concernsModel(const ApiError &error)
{
    return error.kind == ApiError::Kind::NotFound
        || error.serverMessage.contains("not ready"_L1, Qt::CaseInsensitive)
        || error.serverMessage.contains("ready state"_L1, Qt::CaseInsensitive);
}

} // namespace

struct ModelClient::Job
{
    Call call;
    InferRequest request; ///< once it is checked
    int tries = 0;
    bool isSample = false;
    QPromise<Result<InferReply>> promise;
    QFutureWatcher<Result<InferReply>> watcher; ///< for its cancellation
    QFuture<Result<InferReply>> running;
};

ModelClient::ModelClient(
    std::shared_ptr<InferTransport> transport, const Options &options, QObject *parent)
    : QObject(parent)
    , m_transport(std::move(transport))
    , m_options(options)
{ }

ModelClient::~ModelClient()
{
    for (const std::shared_ptr<Job> &job : std::as_const(m_running)) {
        job->running.cancel();
    }
}

QFuture<Result<bool>> ModelClient::isReady()
{
    return m_transport->serverReady()
        .then(this,
            [this](const Result<bool> &server) {
                return server && *server
                    ? m_transport->modelReady(m_options.model, m_options.version)
                    : QtFuture::makeReadyValueFuture(server);
            })
        .unwrap();
}

QFuture<Result<ModelConfig>> ModelClient::config()
{
    if (m_config) {
        return QtFuture::makeReadyValueFuture(Result<ModelConfig>(*m_config));
    }
    auto promise = std::make_shared<QPromise<Result<ModelConfig>>>();
    promise->start();
    m_configWaiters.append(promise);
    prepare();
    return promise->future();
}

QFuture<Result<InferReply>> ModelClient::inferSample(const Call &call)
{
    return enqueue(call, true);
}

QFuture<Result<InferReply>> ModelClient::inferBatch(const Call &call)
{
    return enqueue(call, false);
}

QFuture<Result<InferReply>> ModelClient::enqueue(const Call &call, bool isSample)
{
    if (m_queue.size() >= m_options.queue) {
        return QtFuture::makeReadyValueFuture(Result<InferReply>(fail(ApiError::Kind::RateLimited,
            u"%1 requests wait already: wait for some before you ask more."_s.arg(
                m_queue.size()))));
    }
    const auto job = std::make_shared<Job>();
    job->call = call;
    job->isSample = isSample;
    job->promise.start();
    const std::weak_ptr<Job> weak = job;
    connect(&job->watcher, &QFutureWatcherBase::canceled, this, [this, weak] {
        if (const auto cancelled = weak.lock()) {
            onCancelled(cancelled);
        }
    });
    job->watcher.setFuture(job->promise.future());
    m_queue.append(job);
    pump();
    return job->promise.future();
}

void ModelClient::prepare()
{
    if (!std::exchange(m_isPreparing, true)) {
        m_preparingSince = Clock::now();
        m_transport->config(m_options.model, m_options.version)
            .then(this, [this](const Result<ModelConfig> &config) { onConfig(config); });
    }
}

void ModelClient::onConfig(const Result<ModelConfig> &config)
{
    if (config) {
        concludePreparation(config);
    } else if (concernsModel(config.error())) {
        m_transport->index().then(
            this, [this, error = config.error()](const Result<QList<IndexEntry>> &index) {
                onIndex(error, index);
            });
    } else if (mayPass(config.error())) {
        prepareLater(config.error());
    } else {
        concludePreparation(config);
    }
}

void ModelClient::onIndex(const ApiError &error, const Result<QList<IndexEntry>> &index)
{
    if (!index) { // restricted, or not Triton
        concludePreparation(Failure(error));
        return;
    }
    QStringList names;
    ApiError better = error;
    for (const IndexEntry &entry : *index) {
        if (!names.contains(entry.name)) {
            names.append(entry.name);
        }
        if (entry.name != m_options.model) {
            continue;
        }
        if (entry.state == "LOADING"_L1) {
            better.kind = ApiError::Kind::Unavailable;
            better.message = u"The model “%1” is being loaded: try again soon."_s.arg(entry.name);
            prepareLater(better);
            return;
        }
        if (!entry.reason.isEmpty()) {
            better.serverMessage = entry.reason;
        }
    }
    if (names.contains(m_options.model)) {
        better.kind = ApiError::Kind::Unavailable;
        better.message
            = u"The model “%1” is in the repository and not loaded: load it at the server."_s.arg(
                m_options.model);
    } else {
        better.kind = ApiError::Kind::NotFound;
        better.message = names.isEmpty()
            ? u"There is no model “%1”: the server has none."_s.arg(m_options.model)
            : u"There is no model “%1”: the server has %2."_s.arg(
                  m_options.model, names.join(u", "_s));
    }
    concludePreparation(Failure(better));
}

void ModelClient::prepareLater(const ApiError &error)
{
    if (Clock::now() - m_preparingSince + betweenPolls > m_options.wait) {
        concludePreparation(Failure(error));
        return;
    }
    QTimer::singleShot(betweenPolls, this, [this] {
        m_transport->config(m_options.model, m_options.version)
            .then(this, [this](const Result<ModelConfig> &config) { onConfig(config); });
    });
}

void ModelClient::concludePreparation(const Result<ModelConfig> &config)
{
    m_isPreparing = false;
    if (config) {
        m_config = *config;
    }
    for (const auto &waiter : std::exchange(m_configWaiters, {})) {
        waiter->addResult(config);
        waiter->finish();
    }
    if (!config) {
        for (const std::shared_ptr<Job> &job : std::exchange(m_queue, {})) {
            finish(job, Failure(config.error()));
        }
    }
    pump();
}

void ModelClient::pump()
{
    if (!m_config && !m_queue.isEmpty()) {
        prepare();
        return;
    }
    while (!m_queue.isEmpty() && m_running.size() < m_options.atOnce) {
        run(m_queue.takeFirst());
    }
}

void ModelClient::run(const std::shared_ptr<Job> &job)
{
    Result<InferRequest> request = checkedRequest(*m_config, job->call, job->isSample);
    if (!request) {
        finish(job, Failure(request.error()));
        return;
    }
    request->model = m_options.model;
    request->version = m_options.version;
    request->id = QString::number(m_nextId++);
    job->request = *request;
    m_running.append(job);
    send(job);
}

void ModelClient::send(const std::shared_ptr<Job> &job)
{
    ++job->tries;
    job->running = m_transport->infer(job->request, m_options.timeout);
    const std::weak_ptr<Job> weak = job; // the job itself holds the future
    job->running.then(this, [this, weak](const Result<InferReply> &reply) {
        const std::shared_ptr<Job> ended = weak.lock();
        if (!ended || !m_running.contains(ended)) {
            return;
        }
        if (!reply && sendsAgain(ended, reply.error())) {
            return;
        }
        m_running.removeOne(ended);
        Result<InferReply> result = reply;
        if (result && ended->isSample && m_config->batches()) {
            for (Tensor &output : result->outputs) {
                const Result<Tensor> first = firstOfBatch(output);
                if (!first) {
                    result = Failure(first.error());
                    break;
                }
                output = *first;
            }
        }
        finish(ended, std::move(result));
        pump();
    });
}

bool ModelClient::sendsAgain(const std::shared_ptr<Job> &job, const ApiError &error)
{
    const RetryPolicy &policy = m_options.retry;
    const std::optional<Milliseconds> wait
        = policy.delay(job->tries, error, QRandomGenerator::global()->generateDouble());
    if (!wait) {
        return false;
    }
    if (m_options.told) {
        m_options.told({.next = job->tries + 1,
            .most = policy.retries + 1,
            .wait = *wait,
            .due = Clock::now() + *wait,
            .error = error});
    }
    const std::weak_ptr<Job> weak = job;
    QTimer::singleShot(*wait, Qt::PreciseTimer, this, [this, weak] {
        const std::shared_ptr<Job> waiting = weak.lock();
        if (waiting && m_running.contains(waiting)) { // it was not cancelled
            send(waiting);
        }
    });
    return true;
}

void ModelClient::onCancelled(const std::shared_ptr<Job> &job)
{
    m_queue.removeOne(job);
    if (m_running.removeOne(job)) {
        job->running.cancel();
    }
    job->promise.finish();
    pump();
}

void ModelClient::finish(const std::shared_ptr<Job> &job, Result<InferReply> result)
{
    job->promise.addResult(std::move(result));
    job->promise.finish();
}

} // namespace Lorikeet::Triton

#include "moc_modelclient.cpp"
