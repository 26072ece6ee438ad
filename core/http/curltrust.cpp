// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curltrust.h"

#include "http/tlstrust.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

CurlTrust::CurlTrust() = default;

CurlTrust::~CurlTrust() = default;

Result<> CurlTrust::checkIdentity(const TlsTrust &trust, const Secret &passphrase)
{
    if (trust.clientCertificateFile.isEmpty()) {
        return {};
    }
    // Opening a key that has a passphrase is slow on purpose, and this is asked for every request.
    const Identity identity{.certificateFile = trust.clientCertificateFile,
        .keyFile = trust.clientKeyFile,
        .passphrase = passphrase,
        .certificateModified = QFileInfo(trust.clientCertificateFile).lastModified(),
        .keyModified = QFileInfo(trust.clientKeyFile).lastModified()};
    if (std::ranges::find(m_identities, identity) != m_identities.end()) {
        return {};
    }
    std::erase_if(m_identities, [&identity](const Identity &known) {
        return known.certificateFile == identity.certificateFile;
    });
    Result<> checked = checkClientCertificate(trust, passphrase);
    if (checked) {
        m_identities.push_back(identity);
    }
    return checked;
}

Result<QByteArray> CurlTrust::bundleFor(const TlsTrust &trust, const Secret &passphrase)
{
    if (const Result<> client = checkIdentity(trust, passphrase); !client) {
        return tl::make_unexpected(client.error());
    }
    if (trust.caFile.isEmpty()) {
        return QByteArray();
    }
    const QDateTime modified = QFileInfo(trust.caFile).lastModified();
    Bundle &bundle = m_bundles[trust.caFile];
    if (!bundle.file || bundle.modified != modified) {
        const Result<QList<QSslCertificate>> extra = extraAuthorities(trust);
        if (!extra) {
            return tl::make_unexpected(extra.error());
        }
        auto file = std::make_unique<QTemporaryFile>();
        bool written = file->open();
        const QList<QSslCertificate> system = QSslConfiguration::systemCaCertificates();
        for (const QList<QSslCertificate> &certificates : {system, *extra}) {
            for (const QSslCertificate &certificate : certificates) {
                written = written && file->write(certificate.toPem()) > 0;
            }
        }
        if (!written || !file->flush()) {
            return fail(ApiError::Kind::Tls,
                u"The certificates to trust cannot be written to %1 (%2)."_s.arg(
                    file->fileName(), file->errorString()));
        }
        bundle = {.modified = modified, .file = std::move(file)};
    }
    return QFile::encodeName(bundle.file->fileName());
}

} // namespace Lorikeet
