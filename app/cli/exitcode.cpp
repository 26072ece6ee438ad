// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "exitcode.h"

#include "base/logging.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Lorikeet {

ExitCode exitCodeOf(const ApiError &error)
{
    switch (error.kind) {
    case ApiError::Kind::Cancelled:
        return ExitCode::Interrupted;
    case ApiError::Kind::InvalidRequest:
        return ExitCode::Usage;
    case ApiError::Kind::Dns:
    case ApiError::Kind::Refused:
    case ApiError::Kind::Unreachable:
    case ApiError::Kind::Tls:
    case ApiError::Kind::Proxy:
    case ApiError::Kind::ConnectTimeout:
    case ApiError::Kind::FirstTokenTimeout:
    case ApiError::Kind::IdleTimeout:
    case ApiError::Kind::TotalTimeout:
        return ExitCode::NoConnection;
    case ApiError::Kind::Redirected:
    case ApiError::Kind::BadRequest:
    case ApiError::Kind::Unauthorized:
    case ApiError::Kind::NotFound:
    case ApiError::Kind::TooLarge:
    case ApiError::Kind::RateLimited:
    case ApiError::Kind::Unavailable:
    case ApiError::Kind::Server:
    case ApiError::Kind::ContentFilter:
    case ApiError::Kind::Protocol:
        return ExitCode::ServerFailed;
    case ApiError::Kind::Truncated:
        return ExitCode::Truncated;
    case ApiError::Kind::Storage:
    case ApiError::Kind::Internal:
        return ExitCode::Internal;
    }
    Q_UNREACHABLE_RETURN(ExitCode::Internal);
}

void printError(const ApiError &error)
{
    QString sentence = error.message;
    const QString words = error.serverMessage.simplified().left(500);
    if (!words.isEmpty()) {
        sentence += u" The server said: %1"_s.arg(words);
    }
    printNote(redacted(sentence));
    if (const std::optional<ShownCertificate> &shown = error.certificate) {
        printNote(u"Its certificate: %1, issued by %2, valid from %3 to %4. To accept it and no "
                  "other: --pin %5"_s.arg(shown->subject, shown->issuer,
                      shown->notBefore.toString(Qt::ISODate), shown->notAfter.toString(Qt::ISODate),
                      shown->fingerprint));
    }
}

void printNote(const QString &sentence)
{
    std::fprintf(stderr, "lori: %s\n", sentence.toUtf8().constData());
}

} // namespace Lorikeet
