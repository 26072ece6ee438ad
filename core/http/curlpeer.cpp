// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlpeer.h"

#include "http/tlstrust.h"

#include <openssl/ssl.h>

#include <memory>

namespace Lorikeet {

namespace {

QByteArray toDer(const X509 *certificate)
{
    QByteArray der(std::max(i2d_X509(certificate, nullptr), 0), Qt::Uninitialized);
    auto *end = reinterpret_cast<unsigned char *>(der.data());
    i2d_X509(certificate, &end);
    return der;
}

} // namespace

bool CurlPeer::canLook()
{
    static const bool isOpenSsl
        = QByteArrayView(curl_version_info(CURLVERSION_NOW)->ssl_version).startsWith("OpenSSL/");
    return isOpenSsl;
}

CurlPeer::CurlPeer(QString pin, bool throughTlsProxy)
    : m_pin(std::move(pin))
    , m_foreignContexts(throughTlsProxy ? 1 : 0)
{ }

void CurlPeer::applyTo(CURL *handle)
{
    if (!canLook()) {
        return;
    }
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, &CurlPeer::onContext);
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, this);
    if (!m_pin.isEmpty()) {
        // The certificate itself is known; whose name it bears says nothing more. It also keeps
        // connections and sessions apart from those of endpoints without a pin.
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

CURLcode CurlPeer::onContext(CURL *, void *context, void *self)
{
    auto *peer = static_cast<CurlPeer *>(self);
    if (peer->m_foreignContexts > 0) {
        --peer->m_foreignContexts;
        return CURLE_OK;
    }
    auto *tls = static_cast<SSL_CTX *>(context);
    SSL_CTX_set_cert_verify_callback(tls, &CurlPeer::onVerify, self);
    // The connection may outlive this; a later handshake on it would call back into nothing.
    SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION);
    return CURLE_OK;
}

int CurlPeer::onVerify(X509_STORE_CTX *store, void *self)
{
    auto *peer = static_cast<CurlPeer *>(self);
    const bool isPinned = peer->isPinned(X509_STORE_CTX_get0_cert(store));
    if (peer->m_pin.isEmpty()) {
        return X509_verify_cert(store);
    }
    X509_STORE_CTX_set_error(store, isPinned ? X509_V_OK : X509_V_ERR_CERT_REJECTED);
    return isPinned ? 1 : 0;
}

bool CurlPeer::admits(CURL *handle)
{
    if (m_pin.isEmpty()) {
        return true;
    }
    const curl_tlssessioninfo *session = nullptr;
    curl_easy_getinfo(handle, CURLINFO_TLS_SSL_PTR, &session);
    if (!session || session->backend != CURLSSLBACKEND_OPENSSL || !session->internals) {
        m_isOther = true;
        return false;
    }
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(static_cast<const SSL *>(session->internals)), &X509_free);
    return isPinned(certificate.get());
}

bool CurlPeer::isPinned(const X509 *certificate)
{
    m_shown = certificate ? toDer(certificate) : QByteArray();
    m_isOther = !m_pin.isEmpty() && fingerprintOf(m_shown) != m_pin;
    return !m_isOther;
}

} // namespace Lorikeet
