// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/certificate.h"
#include "base/result.h"
#include "model/endpoint.h"

#include <QSslConfiguration>

namespace Lorikeet {

/// The certificates of `trust.caFile`; empty where none is set. Fails with a sentence that names
/// the file where it cannot be read or holds no certificate.
[[nodiscard]] Result<QList<QSslCertificate>> extraAuthorities(const TlsTrust &trust);

/// Fails where the client certificate or its key cannot be used.
[[nodiscard]] Result<> checkClientCertificate(const TlsTrust &trust, const Secret &passphrase);

/// For Qt's manager: the system's authorities and the extra ones, the client certificate, always
/// verified.
[[nodiscard]] Result<QSslConfiguration> tlsConfiguration(
    const TlsTrust &trust, const Secret &passphrase);

/// Of a certificate in its DER form, as TlsTrust::pin has it.
[[nodiscard]] QString fingerprintOf(const QByteArray &certificate);

[[nodiscard]] ShownCertificate shownCertificate(const QSslCertificate &certificate, TlsFault fault);

/// Of the calling thread, before it ends: lets go of what OpenSSL keeps for it. Left to itself that
/// goes a little after QThread::wait() has returned: where the program has ended OpenSSL by then,
/// never.
void releaseTlsOfThread();

} // namespace Lorikeet
