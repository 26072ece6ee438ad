// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/transportdetails.h"

#include <QNetworkReply>
#include <QObject>
#include <QSslCertificate>
#include <QTimer>

namespace Lorikeet {

/// Watches one reply of Qt's own manager, as its child: the connect timer, the phases as far as
/// signals tell them, and what exactly failed.
class StockExchange final : public QObject, public TransportDetails
{
    Q_OBJECT

public:
    /// `start`: when the request was handed over.
    StockExchange(
        QNetworkReply &reply, const TransportOptions &options, bool throughProxy, TimePoint start);

    void eachReceived(const ReceivedVisitor &visit) override;

    [[nodiscard]] PhaseTimes phaseTimes() const override { return m_phases; }

    [[nodiscard]] std::optional<ApiError> failure() const override;

private:
    void onConnected();
    void onEncrypted();
    void onTlsErrors(const QList<QSslError> &errors);
    [[nodiscard]] ApiError::Kind kindOf(QNetworkReply::NetworkError error, bool hasAnswer) const;

    QNetworkReply &m_reply; ///< the parent
    Milliseconds m_connectTimeout;
    QString m_pin;
    QString m_unixSocket;
    bool m_throughProxy;
    QTimer m_connectTimer;
    PhaseTimes m_phases;
    bool m_timedOut = false;
    bool m_startedConnecting = false;
    std::optional<TlsFault> m_tlsFault;
    QSslCertificate m_shown; ///< what it is about
};

} // namespace Lorikeet
