// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/chatrun.h"

#include "chat/chatservice.h"

#include <QFutureWatcher>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

ChatRun::ChatRun(ChatService &service, Prepare prepare, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_prepare(std::move(prepare))
{ }

void ChatRun::start(const QFuture<Result<Target>> &target)
{
    // A watcher tells from the event loop, also of a future that has ended already.
    auto *watcher = new QFutureWatcher<Result<Target>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (m_ended) {
            return;
        }
        if (watcher->isCanceled()) {
            endSoon({.kind = ApiError::Kind::Internal,
                .message = u"The endpoint's key could not be looked up, since the program is "
                           "ending."_s});
        } else {
            onTarget(watcher->result());
        }
    });
    watcher->setFuture(target);
}

void ChatRun::onTarget(const Result<Target> &target)
{
    if (!target) {
        endSoon(target.error());
        return;
    }
    const Result<ChatRequest> request = m_prepare(target->endpoint);
    if (!request) {
        endSoon(request.error());
        return;
    }
    m_stream = m_service.chat(*target, *request);
    connect(m_stream.get(), &ChatStream::retrying, this, &ChatRun::retrying);
    connect(m_stream.get(), &ChatStream::events, this, &ChatRun::events);
    connect(m_stream.get(), &ChatStream::finished, this, &ChatRun::finished);
}

void ChatRun::stop()
{
    if (m_stream) {
        m_stream->stop();
    } else if (!m_ended) {
        endSoon({.kind = ApiError::Kind::Cancelled, .message = u"Stopped."_s});
    }
}

void ChatRun::endSoon(const ApiError &error)
{
    m_ended = true;
    ChatOutcome outcome;
    outcome.choices.resize(1);
    outcome.error = error;
    QMetaObject::invokeMethod(
        this, [this, outcome] { Q_EMIT finished(outcome); }, Qt::QueuedConnection);
}

} // namespace Lorikeet
