// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batch/batchrun.h"

#include "http/apiclient.h"
#include "http/chatstream.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace Lorikeet {

namespace {

/// Failures of the way to the endpoint rather than of what was asked.
bool concernsEndpoint(const ApiError &error)
{
    switch (error.kind) {
    case ApiError::Kind::Dns:
    case ApiError::Kind::Refused:
    case ApiError::Kind::Unreachable:
    case ApiError::Kind::Tls:
    case ApiError::Kind::Proxy:
    case ApiError::Kind::ConnectTimeout:
    case ApiError::Kind::Unauthorized:
        return true;
    default:
        return false;
    }
}

} // namespace

BatchRun::BatchRun(ApiClient &client, const Target &target, const BatchOptions &options,
    Source source, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_target(target)
    , m_options(options)
    , m_source(std::move(source))
{
    m_options.concurrency = std::max(1, m_options.concurrency);
    m_target.endpoint.retry = m_options.retries.value_or(m_target.endpoint.retry);
}

void BatchRun::start() { QTimer::singleShot(0, this, &BatchRun::fill); }

void BatchRun::stop()
{
    ApiError error;
    error.kind = ApiError::Kind::Cancelled;
    error.message = QStringLiteral("The batch was stopped.");
    QTimer::singleShot(0, this, [this, error] { end(error); });
}

void BatchRun::fill()
{
    // A source full of lines that cannot be sent must not recurse.
    if (std::exchange(m_isFilling, true)) {
        return;
    }
    while (!m_isOver && !m_isExhausted && m_running < m_options.concurrency) {
        const std::optional<BatchItem> item = m_source();
        if (!item) {
            m_isExhausted = true;
        } else if (!item->request) {
            BatchResult refused{.index = item->index, .id = item->id, .key = item->key};
            refused.outcome.choices.resize(1);
            refused.outcome.error = item->request.error();
            Q_EMIT result(refused);
        } else {
            ++m_running;
            ask(*item);
        }
    }
    m_isFilling = false;
    if (!m_isExhausted || m_running > 0) {
        return;
    }
    if (!m_gotThrough && !m_streak.isEmpty()) {
        end(m_streak.constLast().outcome.error);
        return;
    }
    for (const BatchResult &failed : std::exchange(m_streak, {})) {
        Q_EMIT result(failed);
    }
    end(std::nullopt);
}

void BatchRun::ask(const BatchItem &item)
{
    ChatRequest request = *item.request;
    request.stream = m_options.stream;
    ChatStream *stream = m_client.chat(m_target, request);
    // What runs when this ends is a child of it, hence of no one else.
    stream->setParent(this);
    connect(stream, &ChatStream::retrying, this,
        [this, item](const Retry &retry) { Q_EMIT retrying(item, retry); });
    connect(stream, &ChatStream::finished, this, [this, stream, item](const ChatOutcome &outcome) {
        stream->deleteLater();
        onFinished(item, outcome);
    });
}

void BatchRun::onFinished(const BatchItem &item, const ChatOutcome &outcome)
{
    if (m_isOver) {
        return;
    }
    --m_running;
    conclude({.index = item.index,
        .id = item.id,
        .key = item.key,
        .attempts = outcome.error && outcome.error->kind == ApiError::Kind::InvalidRequest
            ? 0
            : outcome.tries,
        .outcome = outcome});
    fill();
}

void BatchRun::conclude(const BatchResult &done)
{
    if (done.outcome.error && concernsEndpoint(*done.outcome.error)) {
        m_streak.append(done);
        if (m_streak.size() >= std::max(3, m_options.concurrency)) {
            end(done.outcome.error);
        }
        return;
    }
    // Someone got through: those before it failed by themselves.
    m_gotThrough = true;
    for (const BatchResult &failed : std::exchange(m_streak, {})) {
        Q_EMIT result(failed);
    }
    Q_EMIT result(done);
}

void BatchRun::end(const std::optional<ApiError> &error)
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    // Deleting a stream ends its request without a word; not at once, since this may be called from
    // the last word of one of them.
    for (ChatStream *stream : findChildren<ChatStream *>(Qt::FindDirectChildrenOnly)) {
        stream->disconnect(this);
        stream->deleteLater();
    }
    m_running = 0;
    Q_EMIT finished(error);
}

} // namespace Lorikeet
