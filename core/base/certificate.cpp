// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/certificate.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QString toWord(TlsFault fault)
{
    switch (fault) {
    case TlsFault::Expired:
        return u"expired"_s;
    case TlsFault::NotYetValid:
        return u"not_yet_valid"_s;
    case TlsFault::SelfSigned:
        return u"self_signed"_s;
    case TlsFault::UnknownAuthority:
        return u"unknown_authority"_s;
    case TlsFault::WrongHost:
        return u"wrong_host"_s;
    case TlsFault::NotThePinned:
        return u"not_the_pinned"_s;
    case TlsFault::ClientCertificate:
        return u"client_certificate"_s;
    case TlsFault::Handshake:
        return u"handshake"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

std::optional<QString> toFingerprint(const QString &typed)
{
    static const QRegularExpression form(
        u"^\\s*(?:sha-?256(?:\\s+fingerprint)?\\s*[:=]\\s*)?((?:[0-9a-f]{2}[:\\s]?){31}[0-9a-f]{2})\\s*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(typed);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    QString digits = match.captured(1).toLower();
    digits.removeIf([](QChar sign) { return sign == u':' || sign.isSpace(); });
    return u"sha256:"_s + digits;
}

} // namespace Lorikeet
