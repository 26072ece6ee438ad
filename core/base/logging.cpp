// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Q_LOGGING_CATEGORY(logStore, "lorikeet.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logSimulator, "lorikeet.simulator", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "lorikeet.ui", QtInfoMsg)

namespace {

QJsonValue redactedValue(const QJsonValue &value, bool isSecret)
{
    if (value.isString()) {
        return isSecret && !value.toString().isEmpty() ? u"***"_s : redacted(value.toString());
    }
    if (value.isArray()) {
        QJsonArray clean;
        for (const QJsonValue &item : value.toArray()) {
            clean.append(redactedValue(item, isSecret));
        }
        return clean;
    }
    return value.isObject() ? QJsonValue(redacted(value.toObject())) : value;
}

} // namespace

QString redacted(const QUrl &url)
{
    QUrl clean = url.adjusted(QUrl::RemoveUserInfo);
    if (clean.hasQuery()) {
        static const QRegularExpression secretName(
            u"key|token|secret|password|signature|auth|sig$"_s,
            QRegularExpression::CaseInsensitiveOption);
        QUrlQuery query(clean);
        QList<std::pair<QString, QString>> items = query.queryItems(QUrl::FullyDecoded);
        for (auto &[name, value] : items) {
            if (secretName.match(name).hasMatch()) {
                value = u"***"_s;
            }
        }
        query.setQueryItems(items);
        clean.setQuery(query);
    }
    return clean.toString();
}

QString redacted(const QString &text)
{
    static const QRegularExpression schemes(
        u"(\\b(?:Bearer|Basic)\\s+)[^\\s\"',;]+"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression prefixes(
        u"\\b(?:(?:sk|pk|rk|hf|pb|gsk|xai|ghp)[-_]|AIza)[A-Za-z0-9_\\-]{8,}"_s);
    static const QRegularExpression members(
        u"((?:api[-_]?key|api[-_]?token|x-api-key|x-goog-api-key|authorization|proxy-authorization|"
        "access[-_]?token|secret|password)\"?\\s*[:=]\\s*\"?)(?!Bearer|Basic)[^\\s\"',;}&]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression userInfo(u"(\\b[a-z][a-z0-9+.\\-]*://)[^\\s/?#@\"'<>]+@"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression queryItems(
        u"([?&](?:[\\w\\-]*[-_])?(?:key|token|secret|password|signature|auth|sig)=)[^\\s\"'&#<>]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression cookies(
        u"(\\b(?:set-)?cookie\"?\\s*:\\s*)[^\\r\\n]+"_s, QRegularExpression::CaseInsensitiveOption);
    QString clean = text;
    clean.replace(userInfo, u"\\1***@"_s);
    clean.replace(queryItems, u"\\1***"_s);
    clean.replace(cookies, u"\\1***"_s);
    clean.replace(schemes, u"\\1***"_s);
    clean.replace(members, u"\\1***"_s);
    clean.replace(prefixes, u"***"_s);
    return clean;
}

QJsonObject redacted(const QJsonObject &object)
{
    static const QRegularExpression secretName(
        u"(?:key|token|secret|password|passphrase|auth|authorization|signature|credentials?|cookie)"
        "$"_s,
        QRegularExpression::CaseInsensitiveOption);
    QJsonObject clean;
    for (auto member = object.begin(); member != object.end(); ++member) {
        clean.insert(
            member.key(), redactedValue(member.value(), secretName.match(member.key()).hasMatch()));
    }
    return clean;
}

} // namespace Lorikeet
