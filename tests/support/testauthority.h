// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSslConfiguration>
#include <QString>
#include <QTemporaryDir>

namespace Lorikeet {

/// A certificate authority of its own, made with the openssl program, for tests of TLS.
class TestAuthority final
{
public:
    struct Identity
    {
        QString certificateFile;
        QString keyFile;
    };

    TestAuthority();

    /// The authority's certificate (PEM).
    [[nodiscard]] QString caFile() const;

    /// A certificate for `name`, as a subjectAltName is written: "IP:127.0.0.1", "DNS:x.example".
    [[nodiscard]] Identity issue(const QString &name, bool expired = false) const;
    [[nodiscard]] Identity selfSigned(const QString &name) const;

    /// The same with its key encrypted.
    [[nodiscard]] Identity locked(const Identity &identity, const QString &passphrase) const;

    /// Its certificate's, in the form of TlsTrust::pin, as the openssl program has it.
    [[nodiscard]] static QString fingerprint(const Identity &identity);

    /// What a server needs to show `identity`.
    [[nodiscard]] static QSslConfiguration serverConfiguration(const Identity &identity);

private:
    [[nodiscard]] QString path(const QString &name) const;

    QTemporaryDir m_dir;
};

} // namespace Lorikeet
