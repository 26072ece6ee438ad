// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"
#include "secretfield.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The part of an endpoint's form that says how it is reached. Fields hold what was typed.
class NetworkForm final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// What is not as usual, in a few words for a closed section; empty: all is.
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    /// One a line, "Name: value".
    Q_PROPERTY(QString headers MEMBER m_headers NOTIFY changed FINAL)
    // Seconds, 0: no limit.
    Q_PROPERTY(QString connectTimeout MEMBER m_connectTimeout NOTIFY changed FINAL)
    Q_PROPERTY(QString firstTokenTimeout MEMBER m_firstTokenTimeout NOTIFY changed FINAL)
    Q_PROPERTY(QString idleTimeout MEMBER m_idleTimeout NOTIFY changed FINAL)
    Q_PROPERTY(QString totalTimeout MEMBER m_totalTimeout NOTIFY changed FINAL)
    /// A ProxySetting::Mode.
    Q_PROPERTY(int proxyMode MEMBER m_proxyMode NOTIFY changed FINAL)
    Q_PROPERTY(QString proxyUrl MEMBER m_proxyUrl NOTIFY changed FINAL)
    Q_PROPERTY(QString caFile MEMBER m_caFile NOTIFY changed FINAL)
    Q_PROPERTY(QString clientCertificate MEMBER m_clientCertificate NOTIFY changed FINAL)
    Q_PROPERTY(QString clientKey MEMBER m_clientKey NOTIFY changed FINAL)
    /// A fingerprint, as people write it.
    Q_PROPERTY(QString pin MEMBER m_pin NOTIFY changed FINAL)
    /// An HttpVersion.
    Q_PROPERTY(int httpVersion MEMBER m_httpVersion NOTIFY changed FINAL)
    Q_PROPERTY(QString unixSocket MEMBER m_unixSocket NOTIFY changed FINAL)
    Q_PROPERTY(QString retries MEMBER m_retries NOTIFY changed FINAL)
    // Seconds.
    Q_PROPERTY(QString firstDelay MEMBER m_firstDelay NOTIFY changed FINAL)
    Q_PROPERTY(QString longestDelay MEMBER m_longestDelay NOTIFY changed FINAL)
    Q_PROPERTY(QString longestRetryAfter MEMBER m_longestRetryAfter NOTIFY changed FINAL)
    Q_PROPERTY(Lorikeet::SecretField *passphrase READ passphrase CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::SecretField *cookie READ cookie CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::SecretField *adapterToken READ adapterToken CONSTANT FINAL)

public:
    /// `secrets` must outlive this.
    NetworkForm(SecretStore &secrets, QObject *parent);

    [[nodiscard]] QString summary() const;

    [[nodiscard]] SecretField *passphrase() { return &m_passphrase; }

    [[nodiscard]] SecretField *cookie() { return &m_cookie; }

    [[nodiscard]] SecretField *adapterToken() { return &m_adapterToken; }

    void show(const Endpoint &endpoint);
    /// Writes the fields into an endpoint, or says what is wrong with one of them.
    [[nodiscard]] Result<> writeTo(Endpoint &endpoint) const;
    /// A secret was typed that is not kept yet.
    [[nodiscard]] bool hasTypedSecret() const;
    /// Accepts this certificate and no other.
    void pinTo(const QString &fingerprint);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] Result<> writeTimes(Endpoint &endpoint) const;
    [[nodiscard]] Result<> writeRetries(Endpoint &endpoint) const;

    QString m_headers;
    QString m_connectTimeout;
    QString m_firstTokenTimeout;
    QString m_idleTimeout;
    QString m_totalTimeout;
    int m_proxyMode = 0;
    QString m_proxyUrl;
    QString m_caFile;
    QString m_clientCertificate;
    QString m_clientKey;
    QString m_pin;
    int m_httpVersion = 0;
    QString m_unixSocket;
    QString m_retries;
    QString m_firstDelay;
    QString m_longestDelay;
    QString m_longestRetryAfter;
    SecretField m_passphrase;
    SecretField m_cookie;
    SecretField m_adapterToken;
};

} // namespace Lorikeet
