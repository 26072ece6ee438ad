// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <curl/curl.h>

struct x509_st;
struct x509_store_ctx_st;

namespace Lorikeet {

/// Looks at the certificate that the server of one transfer shows, within libcurl's handshake, and
/// holds it against a pin. libcurl itself tells of certificates only where it accepted them, and
/// pins keys, not certificates. Needs a libcurl that uses OpenSSL.
class CurlPeer final
{
public:
    /// Whether this libcurl lets us look. Where not, nothing is shown, and no pin can be held.
    [[nodiscard]] static bool canLook();

    /// `pin`: as TlsTrust::pin; may be empty. `throughTlsProxy`: there is another handshake before
    /// that with the server, which is none of this one's business.
    CurlPeer(QString pin, bool throughTlsProxy);
    Q_DISABLE_COPY_MOVE(CurlPeer)
    ~CurlPeer() = default;

    /// This must live as long as the transfer.
    void applyTo(CURL *handle);

    /// Whether the server at the other end of the connection about to be used is the one pinned;
    /// true without a pin. A kept connection, or a resumed session, has no handshake that says so.
    /// For CURLOPT_PREREQFUNCTION.
    [[nodiscard]] bool admits(CURL *handle);

    /// The certificate that the server showed (DER); empty where nothing was looked at.
    [[nodiscard]] const QByteArray &shown() const { return m_shown; }

    /// It was refused for not being the pinned one.
    [[nodiscard]] bool isOther() const { return m_isOther; }

private:
    static CURLcode onContext(CURL *, void *context, void *self);
    static int onVerify(x509_store_ctx_st *store, void *self);

    /// Also takes note of it; true without a pin.
    [[nodiscard]] bool isPinned(const x509_st *certificate);

    QString m_pin;
    int m_foreignContexts; ///< to come before that of the server
    QByteArray m_shown;
    bool m_isOther = false;
};

} // namespace Lorikeet
