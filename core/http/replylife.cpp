// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/replylife.h"

#include "http/transport.h"
#include "http/wirereply.h"

#include <QNetworkReply>
#include <QTimer>

using namespace std::chrono_literals;

namespace Lorikeet {

void abandonReply(QNetworkReply &reply)
{
    QMetaObject::invokeMethod(
        &reply,
        [&reply] {
            reply.abort();
            reply.deleteLater();
        },
        Qt::QueuedConnection);
}

void drainReply(QNetworkReply &reply)
{
    if (auto *wire = qobject_cast<WireReply *>(&reply)) {
        wire->drain();
        return;
    }
    if (reply.isFinished()) {
        reply.deleteLater();
        return;
    }
    QObject::connect(
        &reply, &QNetworkReply::readyRead, &reply, [&reply] { (void)takeReceived(reply); });
    QObject::connect(&reply, &QNetworkReply::finished, &reply, &QObject::deleteLater);
    QTimer::singleShot(1s, &reply, &QNetworkReply::abort);
}

} // namespace Lorikeet
