// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/tlstrust.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

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

Result<ClientIdentity> readClientIdentity(const TlsTrust &trust)
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
        const QSslKey key(*pem, algorithm, QSsl::Pem);
        if (!key.isNull()) {
            return ClientIdentity{*chain, key};
        }
    }
    return fail(ApiError::Kind::Tls,
        u"The client key file %1 holds no usable key: give an RSA or EC key in PEM form, without "
        "a password."_s.arg(keyFile));
}

} // namespace

Result<QList<QSslCertificate>> extraAuthorities(const TlsTrust &trust)
{
    if (trust.caFile.isEmpty()) {
        return QList<QSslCertificate>();
    }
    return readCertificates(trust.caFile, u"CA file"_s);
}

Result<> checkClientCertificate(const TlsTrust &trust)
{
    if (trust.clientCertificateFile.isEmpty()) {
        return {};
    }
    const Result<ClientIdentity> identity = readClientIdentity(trust);
    if (!identity) {
        return tl::make_unexpected(identity.error());
    }
    return {};
}

Result<QSslConfiguration> tlsConfiguration(const TlsTrust &trust)
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
        const Result<ClientIdentity> identity = readClientIdentity(trust);
        if (!identity) {
            return tl::make_unexpected(identity.error());
        }
        configuration.setLocalCertificateChain(identity->chain);
        configuration.setPrivateKey(identity->key);
    }
    return configuration;
}

} // namespace Lorikeet
