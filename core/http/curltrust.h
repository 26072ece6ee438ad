// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"

#include <QDateTime>
#include <QString>

#include <memory>

class QTemporaryFile;

namespace Lorikeet {

/// Files with the certificates to trust, for libcurl. Its CURLOPT_CAINFO replaces the system's
/// authorities, so one more authority means a file with all of them; as a file and not as a blob,
/// since libcurl keeps only the store of a file between connections, and building one takes
/// milliseconds of every handshake.
class CurlTrust final
{
public:
    CurlTrust();
    Q_DISABLE_COPY_MOVE(CurlTrust)
    ~CurlTrust();

    /// The path of the file for `trust`; empty where the system's own will do. Fails where a file
    /// that `trust` names is of no use, `passphrase` being that of its key.
    [[nodiscard]] Result<QByteArray> bundleFor(const TlsTrust &trust, const Secret &passphrase);

private:
    /// A client's certificate and key that were found good.
    struct Identity
    {
        QString certificateFile;
        QString keyFile;
        Secret passphrase;
        QDateTime certificateModified;
        QDateTime keyModified;

        friend bool operator==(const Identity &, const Identity &) = default;
    };

    [[nodiscard]] Result<> checkIdentity(const TlsTrust &trust, const Secret &passphrase);

    struct Bundle
    {
        QDateTime modified; ///< of the CA file it was made from
        std::unique_ptr<QTemporaryFile> file;
    };

    std::unordered_map<QString, Bundle> m_bundles; ///< by CA file
    std::vector<Identity> m_identities; ///< by their certificate's file at most one
};

} // namespace Lorikeet
