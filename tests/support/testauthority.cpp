// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testauthority.h"

#include "base/certificate.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const QStringList newKey{
    u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s};

QByteArray openssl(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        qFatal("openssl %s: %s %s", qPrintable(arguments.join(u' ')),
            qPrintable(process.errorString()), process.readAll().constData());
    }
    return process.readAll();
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s: %s", qPrintable(path), qPrintable(file.errorString()));
    }
    return file.readAll();
}

} // namespace

TestAuthority::TestAuthority()
{
    openssl(QStringList{u"req"_s, u"-x509"_s, u"-subj"_s, u"/CN=Lorikeet test authority"_s,
                u"-days"_s, u"2"_s, u"-keyout"_s, path(u"ca.key"_s), u"-out"_s, caFile()}
        + newKey);
}

QString TestAuthority::path(const QString &name) const { return m_dir.filePath(name); }

QString TestAuthority::caFile() const { return path(u"ca.pem"_s); }

TestAuthority::Identity TestAuthority::issue(const QString &name, bool expired) const
{
    const QString base = path(QUuid::createUuid().toString(QUuid::Id128));
    const Identity identity{base + u".pem"_s, base + u".key"_s};
    const QStringList validity = expired
        ? QStringList{u"-not_before"_s, u"20200101000000Z"_s, u"-not_after"_s, u"20200102000000Z"_s}
        : QStringList{u"-days"_s, u"2"_s};
    openssl(QStringList{u"req"_s, u"-x509"_s, u"-subj"_s, u"/CN=Lorikeet test"_s, u"-CA"_s,
                caFile(), u"-CAkey"_s, path(u"ca.key"_s), u"-addext"_s, u"subjectAltName="_s + name,
                u"-addext"_s, u"basicConstraints=critical,CA:FALSE"_s, u"-keyout"_s,
                identity.keyFile, u"-out"_s, identity.certificateFile}
        + validity + newKey);
    return identity;
}

TestAuthority::Identity TestAuthority::selfSigned(const QString &name) const
{
    const QString base = path(QUuid::createUuid().toString(QUuid::Id128));
    const Identity identity{base + u".pem"_s, base + u".key"_s};
    openssl(QStringList{u"req"_s, u"-x509"_s, u"-subj"_s, u"/CN=Lorikeet test"_s, u"-days"_s,
                u"2"_s, u"-addext"_s, u"subjectAltName="_s + name, u"-keyout"_s, identity.keyFile,
                u"-out"_s, identity.certificateFile}
        + newKey);
    return identity;
}

TestAuthority::Identity TestAuthority::locked(
    const Identity &identity, const QString &passphrase) const
{
    const Identity result{
        identity.certificateFile, path(QUuid::createUuid().toString(QUuid::Id128))};
    openssl({u"pkey"_s, u"-in"_s, identity.keyFile, u"-aes256"_s, u"-passout"_s,
        u"pass:"_s + passphrase, u"-out"_s, result.keyFile});
    return result;
}

QString TestAuthority::fingerprint(const Identity &identity)
{
    const QByteArray printed = openssl({u"x509"_s, u"-in"_s, identity.certificateFile, u"-noout"_s,
        u"-fingerprint"_s, u"-sha256"_s});
    return toFingerprint(QString::fromLatin1(printed)).value();
}

QSslConfiguration TestAuthority::serverConfiguration(const Identity &identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(
        QSslCertificate(contents(identity.certificateFile), QSsl::Pem));
    configuration.setPrivateKey(QSslKey(contents(identity.keyFile), QSsl::Ec, QSsl::Pem));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

} // namespace Lorikeet
