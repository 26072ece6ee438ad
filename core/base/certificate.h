// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

/// Why a secure connection was not made.
enum class TlsFault {
    Expired,
    NotYetValid,
    SelfSigned,
    UnknownAuthority,
    WrongHost,
    NotThePinned, ///< the endpoint accepts one certificate, and this is another
    ClientCertificate, ///< the server wants one
    Handshake, ///< anything else
};

[[nodiscard]] QString toWord(TlsFault fault);

/// The certificate that a server showed and that was not accepted. For a person to compare with
/// what they know of the server, and to pin: `fingerprint` is what TlsTrust::pin takes.
struct ShownCertificate
{
    TlsFault fault = TlsFault::Handshake; ///< the first check it failed
    QString fingerprint; ///< of the whole certificate (DER): "sha256:" and 64 hexadecimal digits
    QString subject; ///< "CN=llm.example, O=Example"
    QString issuer; ///< likewise; equal to the subject where it is signed by itself
    QStringList names; ///< the hosts and addresses it was made for
    QDateTime notBefore; ///< UTC
    QDateTime notAfter; ///< UTC

    friend bool operator==(const ShownCertificate &, const ShownCertificate &) = default;
};

/// A fingerprint as people write it (colons or blanks between, upper case, "SHA256 Fingerprint="
/// before, as openssl prints it) in the form of ShownCertificate::fingerprint; nothing if it is no
/// SHA-256.
[[nodiscard]] std::optional<QString> toFingerprint(const QString &typed);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ShownCertificate)
