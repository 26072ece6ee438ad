// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/networkthread.h"

#include "base/callinthread.h"
#include "chat/streamrelay.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "http/tlstrust.h"

#include <QFutureWatcher>
#include <QPromise>

using namespace Qt::StringLiterals;

namespace Lorikeet {

NetworkThread::NetworkThread(const ManagerMaker &makeManager, const ClientSetup &setUp)
{
    m_thread.setObjectName(u"lorikeet-net"_s);
    m_context.moveToThread(&m_thread);
    m_thread.start();
    // The manager and all its sockets belong to that thread from their first moment.
    callInThread(&m_context, [this, &makeManager, &setUp] {
        if (makeManager) {
            m_manager = makeManager();
        } else {
            m_manager = std::make_unique<CurlAccessManager>();
        }
        m_client = std::make_unique<ApiClient>(*m_manager);
        if (setUp) {
            setUp(*m_client);
        }
    });
}

NetworkThread::~NetworkThread()
{
    // In their thread, and behind what was asked before.
    QMetaObject::invokeMethod(&m_context, [this] {
        m_client.reset();
        m_manager.reset();
        releaseTlsOfThread();
        m_thread.quit();
    });
    m_thread.wait();
}

std::unique_ptr<ChatStream> NetworkThread::chat(const Target &target, const ChatRequest &request)
{
    auto stream = std::make_unique<RelayedStream>(&m_thread);
    StreamRelay *relay = stream->relay();
    QMetaObject::invokeMethod(relay, [client = m_client.get(), relay, target, request] {
        relay->attach(client->chat(target, request));
    });
    return stream;
}

void NetworkThread::withClient(const std::function<void(ApiClient &)> &work)
{
    QMetaObject::invokeMethod(&m_context, [client = m_client.get(), work] { work(*client); });
}

template<typename T, typename Ask>
QFuture<Result<T>> NetworkThread::inThread(const Ask &ask)
{
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QMetaObject::invokeMethod(&m_context, [client = m_client.get(), promise, ask] {
        auto *watcher = new QFutureWatcher<Result<T>>(client);
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, promise] {
            watcher->deleteLater();
            // Without a result the promise is dropped, which cancels the future.
            if (!watcher->isCanceled()) {
                promise->addResult(watcher->result());
                promise->finish();
            }
        });
        watcher->setFuture(ask(*client));
    });
    return promise->future();
}

QFuture<Result<EndpointDescription>> NetworkThread::describe(const Target &target)
{
    return inThread<EndpointDescription>(
        [target](ApiClient &client) { return client.describe(target); });
}

QFuture<Result<ProbeResult>> NetworkThread::probe(const Target &target)
{
    return inThread<ProbeResult>(
        [target](ApiClient &client) { return Lorikeet::probe(client, target); });
}

QFuture<Result<QString>> NetworkThread::changeAdapters(
    const Target &target, const AdapterChange &change)
{
    return inThread<QString>([target, change](ApiClient &client) {
        return Lorikeet::changeAdapters(client, target, change);
    });
}

} // namespace Lorikeet
