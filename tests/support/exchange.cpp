// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "exchange.h"

#include <QNetworkReply>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Exchange::Exchange(
    QNetworkAccessManager &manager, const HttpRequest &request, const TransportOptions &options)
    : m_reply(sendRequest(manager, request, options))
{
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { note(u"head"_s); });
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        note(u"data"_s);
        take();
    });
    connect(m_reply, &QNetworkReply::errorOccurred, this, [this] {
        // Twice would show as an order no test expects.
        signalOrder.append(u"error"_s);
    });
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        ++m_finished;
        signalOrder.append(u"finished"_s);
        take();
        error = transportError(*m_reply);
        head = replyHead(*m_reply);
        phases = phaseTimes(*m_reply);
    });
}

Exchange::~Exchange() { delete m_reply; }

bool Exchange::wait() const
{
    return QTest::qWaitFor([this] { return m_finished > 0; }, 30'000);
}

void Exchange::note(const QString &name)
{
    if (!signalOrder.contains(name)) {
        signalOrder.append(name);
    }
}

void Exchange::take()
{
    for (const TimedBytes &piece : takeReceived(*m_reply)) {
        body += piece.bytes;
        pieces.append(piece);
    }
}

HttpRequest postRequest(const QUrl &url, const QByteArray &body)
{
    return {.verb = "POST"_ba,
        .url = url,
        .headers = {{"content-type"_ba, "application/json"_ba},
            {"authorization"_ba, "Bearer canary-123456"_ba}},
        .body = body};
}

} // namespace Lorikeet
