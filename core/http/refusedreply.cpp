// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/refusedreply.h"

#include "http/transporterror.h"

#include <QPointer>

namespace Lorikeet {

RefusedReply::RefusedReply(const QNetworkRequest &request, const ApiError &error, QObject *parent)
    : QNetworkReply(parent)
    , m_error(error)
{
    setRequest(request);
    setUrl(request.url());
    open(QIODevice::ReadOnly);
    setError(toNetworkError(error.kind), error.message);
    QMetaObject::invokeMethod(this, &RefusedReply::abort, Qt::QueuedConnection);
}

void RefusedReply::abort()
{
    if (isFinished()) {
        return;
    }
    setFinished(true);
    const QPointer<RefusedReply> guard(this);
    Q_EMIT errorOccurred(error());
    if (guard) {
        Q_EMIT finished();
    }
}

} // namespace Lorikeet

#include "moc_refusedreply.cpp"
