// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "http/transport.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QPromise>

class QNetworkAccessManager;
class QNetworkReply;

namespace Lorikeet {

/// One whole exchange: sends, collects, fulfils its future, deletes itself. Deleted before, it
/// ends the exchange and cancels the future; a future that is cancelled ends the exchange.
class HttpFetch final : public QObject
{
    Q_OBJECT

public:
    /// `timeout` 0: none.
    HttpFetch(QNetworkAccessManager &manager, const HttpRequest &request,
        const TransportOptions &options, Milliseconds timeout, QObject *parent);
    ~HttpFetch() override;

    [[nodiscard]] QFuture<Result<HttpReply>> future() const { return m_promise.future(); }

private:
    void onReceived();
    void onReplyFinished();
    void onCancelled();
    void finish(Result<HttpReply> result);
    void abandon();

    QPromise<Result<HttpReply>> m_promise;
    QFutureWatcher<Result<HttpReply>> m_watcher; ///< for its cancellation
    QPointer<QNetworkReply> m_reply; ///< a child of its manager; null once finished
    QUrl m_url;
    QByteArray m_body;
    TimePoint m_start;
    TimePoint m_lastReceived;
};

} // namespace Lorikeet
