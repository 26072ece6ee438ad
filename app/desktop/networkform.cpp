// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networkform.h"

#include "base/certificate.h"
#include "endpointtext.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int mostRetries = 20;

Failure wrong(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

} // namespace

NetworkForm::NetworkForm(SecretStore &secrets, QObject *parent)
    : QObject(parent)
    , m_passphrase(secrets, SecretStore::What::ClientKeyPassphrase, nullptr)
    , m_cookie(secrets, SecretStore::What::Cookie, nullptr)
    , m_adapterToken(secrets, SecretStore::What::AdapterToken, nullptr)
{
    for (SecretField *field : {&m_passphrase, &m_cookie, &m_adapterToken}) {
        connect(field, &SecretField::changed, this, &NetworkForm::changed);
    }
}

void NetworkForm::show(const Endpoint &endpoint)
{
    m_headers = toLines(endpoint.headers);
    m_connectTimeout = secondsText(endpoint.timeouts.connect);
    m_firstTokenTimeout = secondsText(endpoint.timeouts.firstToken);
    m_idleTimeout = secondsText(endpoint.timeouts.idle);
    m_totalTimeout = secondsText(endpoint.timeouts.total);
    m_proxyMode = int(endpoint.proxy.mode);
    m_proxyUrl = endpoint.proxy.url.toString();
    m_caFile = endpoint.tls.caFile;
    m_clientCertificate = endpoint.tls.clientCertificateFile;
    m_clientKey = endpoint.tls.clientKeyFile;
    m_pin = endpoint.tls.pin;
    m_httpVersion = int(endpoint.httpVersion);
    m_unixSocket = endpoint.unixSocket;
    m_retries = QString::number(endpoint.retry.retries);
    m_firstDelay = secondsText(endpoint.retry.firstDelay);
    m_longestDelay = secondsText(endpoint.retry.longestDelay);
    m_longestRetryAfter = secondsText(endpoint.retry.longestRetryAfter);
    m_passphrase.show(endpoint.tls.clientKeyPassphrase);
    m_cookie.show(endpoint.cookie);
    m_adapterToken.show(endpoint.adapterToken);
    Q_EMIT changed();
}

void NetworkForm::pinTo(const QString &fingerprint)
{
    m_pin = fingerprint;
    Q_EMIT changed();
}

bool NetworkForm::hasTypedSecret() const
{
    return !m_passphrase.typed().isEmpty() || !m_cookie.typed().isEmpty()
        || !m_adapterToken.typed().isEmpty();
}

Result<> NetworkForm::writeTo(Endpoint &endpoint) const
{
    const std::optional<Headers> headers = fromLines(m_headers);
    if (!headers) {
        return wrong(tr("Each header is a line of its own, “Name: value”."));
    }
    endpoint.headers = *headers;
    endpoint.proxy.mode = ProxySetting::Mode(m_proxyMode);
    endpoint.proxy.url = QUrl(m_proxyUrl.trimmed());
    if (endpoint.proxy.mode == ProxySetting::Mode::Explicit
        && endpoint.proxy.url.host().isEmpty()) {
        return wrong(tr("The proxy needs an address, such as http://proxy:3128."));
    }
    endpoint.tls.caFile = m_caFile.trimmed();
    endpoint.tls.clientCertificateFile = m_clientCertificate.trimmed();
    endpoint.tls.clientKeyFile = m_clientKey.trimmed();
    endpoint.tls.clientKeyPassphrase = m_passphrase.reference();
    if (endpoint.tls.clientCertificateFile.isEmpty() && !endpoint.tls.clientKeyFile.isEmpty()) {
        return wrong(tr("A client key needs its certificate."));
    }
    endpoint.tls.pin.clear();
    if (!m_pin.trimmed().isEmpty()) {
        const std::optional<QString> pin = toFingerprint(m_pin);
        if (!pin) {
            return wrong(tr("A pinned certificate is written as its SHA-256 fingerprint, 64 "
                            "hexadecimal digits; “Test” shows the one of the server."));
        }
        endpoint.tls.pin = *pin;
    }
    endpoint.httpVersion = HttpVersion(m_httpVersion);
    if (!m_unixSocket.trimmed().isEmpty()) {
        endpoint.unixSocket = m_unixSocket.trimmed();
        if (!endpoint.unixSocket.startsWith(u'/')) {
            return wrong(tr("A socket is written as its whole path, such as /run/llama.sock."));
        }
    }
    endpoint.cookie = m_cookie.reference();
    endpoint.adapterToken = m_adapterToken.reference();
    const Result<> times = writeTimes(endpoint);
    return times ? writeRetries(endpoint) : times;
}

Result<> NetworkForm::writeTimes(Endpoint &endpoint) const
{
    Timeouts &limits = endpoint.timeouts;
    for (const auto &[text, limit] : {std::pair(&m_connectTimeout, &limits.connect),
             std::pair(&m_firstTokenTimeout, &limits.firstToken),
             std::pair(&m_idleTimeout, &limits.idle), std::pair(&m_totalTimeout, &limits.total)}) {
        const std::optional<Milliseconds> time = secondsFrom(*text);
        if (!time) {
            return wrong(tr("Time limits are seconds; 0 means no limit."));
        }
        *limit = *time;
    }
    return {};
}

Result<> NetworkForm::writeRetries(Endpoint &endpoint) const
{
    RetryPolicy &retry = endpoint.retry;
    bool understood = false;
    retry.retries = m_retries.trimmed().toInt(&understood);
    if (!understood || retry.retries < 0 || retry.retries > mostRetries) {
        return wrong(tr("Further tries are a number from 0 to %1; 0 means that nothing is sent "
                        "twice.")
                .arg(mostRetries));
    }
    for (const auto &[text, delay] : {std::pair(&m_firstDelay, &retry.firstDelay),
             std::pair(&m_longestDelay, &retry.longestDelay),
             std::pair(&m_longestRetryAfter, &retry.longestRetryAfter)}) {
        const std::optional<Milliseconds> time = secondsFrom(*text);
        if (!time) {
            return wrong(tr("The waits between tries are seconds."));
        }
        *delay = *time;
    }
    return {};
}

QString NetworkForm::summary() const
{
    QStringList parts;
    const auto add = [&parts](bool is, const QString &words) {
        if (is) {
            parts.append(words);
        }
    };
    add(!m_unixSocket.trimmed().isEmpty(), tr("UNIX socket"));
    add(m_proxyMode == int(ProxySetting::Mode::None), tr("no proxy"));
    add(m_proxyMode == int(ProxySetting::Mode::Explicit), tr("own proxy"));
    add(!m_pin.trimmed().isEmpty(), tr("pinned certificate"));
    add(!m_caFile.trimmed().isEmpty(), tr("own authority"));
    add(!m_clientCertificate.trimmed().isEmpty(), tr("client certificate"));
    add(m_httpVersion != int(HttpVersion::Http1),
        m_httpVersion == int(HttpVersion::Http2) ? tr("HTTP/2") : tr("HTTP/2 if both can"));
    add(!m_headers.trimmed().isEmpty(), tr("headers"));
    add(m_cookie.isPresent(), tr("cookie"));
    add(m_adapterToken.isPresent(), tr("adapter token"));
    Endpoint times;
    add(writeTimes(times) && times.timeouts != Timeouts(), tr("time limits"));
    add(m_retries.toInt() > 0, tr("%n further tries", nullptr, m_retries.toInt()));
    return parts.join(u", "_s);
}

} // namespace Lorikeet
