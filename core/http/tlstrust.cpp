// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/tlstrust.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

#include <openssl/crypto.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<QByteArray> readFile(const QString &path, const QString &what)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ApiError::Kind::Tls,
            u"The %1 %2 cannot be read (%3)."_s.arg(what, path, file.errorString()));
    }
    return file.readAll();
}

Result<QList<QSslCertificate>> readCertificates(const QString &path, const QString &what)
{
    const Result<QByteArray> pem = readFile(path, what);
    if (!pem) {
        return tl::make_unexpected(pem.error());
    }
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (certificates.isEmpty()) {
        return fail(ApiError::Kind::Tls,
            u"The %1 %2 holds no certificate: give a file in PEM form."_s.arg(what, path));
    }
    return certificates;
}

struct ClientIdentity
{
    QList<QSslCertificate> chain;
    QSslKey key;
};

Result<ClientIdentity> readClientIdentity(const TlsTrust &trust, const Secret &passphrase)
{
    const Result<QList<QSslCertificate>> chain
        = readCertificates(trust.clientCertificateFile, u"client certificate file"_s);
    if (!chain) {
        return tl::make_unexpected(chain.error());
    }
    // As with other tools, the key may lie in the certificate's own file.
    const QString &keyFile
        = trust.clientKeyFile.isEmpty() ? trust.clientCertificateFile : trust.clientKeyFile;
    const Result<QByteArray> pem = readFile(keyFile, u"client key file"_s);
    if (!pem) {
        return tl::make_unexpected(pem.error());
    }
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(
            *pem, algorithm, QSsl::Pem, QSsl::PrivateKey, passphrase.reveal().toUtf8());
        if (!key.isNull()) {
            return ClientIdentity{*chain, key};
        }
    }
    const QString reason = !pem->contains("ENCRYPTED") ? u"give an RSA or EC key in PEM form"_s
        : passphrase.isEmpty() ? u"it is encrypted, so its passphrase is needed"_s
                               : u"the passphrase given does not open it"_s;
    return fail(ApiError::Kind::Tls,
        u"The client key file %1 holds no usable key: %2."_s.arg(keyFile, reason));
}

QString nameOf(const QSslCertificate &certificate,
    QStringList (QSslCertificate::*info)(const QByteArray &) const)
{
    QStringList parts;
    for (const auto *attribute : {"CN", "O", "OU", "L", "ST", "C"}) {
        for (const QString &value : (certificate.*info)(attribute)) {
            parts.append(QLatin1StringView(attribute) + u'=' + value);
        }
    }
    return parts.join(u", "_s);
}

} // namespace

Result<QList<QSslCertificate>> extraAuthorities(const TlsTrust &trust)
{
    if (trust.caFile.isEmpty()) {
        return QList<QSslCertificate>();
    }
    return readCertificates(trust.caFile, u"CA file"_s);
}

Result<> checkClientCertificate(const TlsTrust &trust, const Secret &passphrase)
{
    if (trust.clientCertificateFile.isEmpty()) {
        return {};
    }
    const Result<ClientIdentity> identity = readClientIdentity(trust, passphrase);
    if (!identity) {
        return tl::make_unexpected(identity.error());
    }
    return {};
}

Result<QSslConfiguration> tlsConfiguration(const TlsTrust &trust, const Secret &passphrase)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    const Result<QList<QSslCertificate>> authorities = extraAuthorities(trust);
    if (!authorities) {
        return tl::make_unexpected(authorities.error());
    }
    if (!authorities->isEmpty()) {
        configuration.addCaCertificates(*authorities);
    }
    if (!trust.clientCertificateFile.isEmpty()) {
        const Result<ClientIdentity> identity = readClientIdentity(trust, passphrase);
        if (!identity) {
            return tl::make_unexpected(identity.error());
        }
        configuration.setLocalCertificateChain(identity->chain);
        configuration.setPrivateKey(identity->key);
    }
    return configuration;
}

QString fingerprintOf(const QByteArray &certificate)
{
    return u"sha256:"_s
        + QString::fromLatin1(
            QCryptographicHash::hash(certificate, QCryptographicHash::Sha256).toHex());
}

ShownCertificate shownCertificate(const QSslCertificate &certificate, TlsFault fault)
{
    return {.fault = fault,
        .fingerprint = fingerprintOf(certificate.toDer()),
        .subject = nameOf(certificate, &QSslCertificate::subjectInfo),
        .issuer = nameOf(certificate, &QSslCertificate::issuerInfo),
        .names = certificate.subjectAlternativeNames().values(),
        .notBefore = certificate.effectiveDate().toUTC(),
        .notAfter = certificate.expiryDate().toUTC()};
}

void releaseTlsOfThread() { OPENSSL_thread_stop(); }

} // namespace Lorikeet
