// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/endpointstore.h"

#include "store/database.h"
#include "store/opendatabase.h"
#include "store/storejson.h"
#include "store/values.h"

#include <QRegularExpression>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool carriesKey(const QByteArray &headerName)
{
    static const QRegularExpression names(
        u"auth|key|token|secret|cookie|password"_s, QRegularExpression::CaseInsensitiveOption);
    return names.match(QString::fromLatin1(headerName)).hasMatch();
}

} // namespace

bool isPlainSecret(const Header &header)
{
    return carriesKey(header.name) && !header.value.isEmpty() && !header.value.contains("${");
}

std::optional<QString> secretInPlainText(const Endpoint &endpoint)
{
    if (!endpoint.url.password().isEmpty()) {
        return u"The address holds a password, which would be saved in plain text; take it out and "
               "enter it as the endpoint's key, or as a header such as \"Authorization: Basic "
               "${NAME}\"."_s;
    }
    if (!endpoint.proxy.url.password().isEmpty()) {
        return u"The proxy's address holds a password, which would be saved in plain text; set it "
               "in the environment (https_proxy) and choose the system's proxy instead."_s;
    }
    for (const Header &header : endpoint.headers) {
        if (isPlainSecret(header)) {
            return u"The header %1 seems to hold a key, which would be saved in plain text; put it "
                   "into an environment variable and write ${NAME} here, or use the endpoint's "
                   "key."_s.arg(QString::fromLatin1(header.name));
        }
    }
    return std::nullopt;
}

QFuture<Result<QList<Endpoint>>> EndpointStore::list() const
{
    return m_database.run([](OpenDatabase &database) -> Result<QList<Endpoint>> {
        QList<Endpoint> endpoints;
        return database.connection()
            .select(u"SELECT body FROM endpoints ORDER BY place"_s, {},
                [&endpoints](const QSqlQuery &row) {
                    endpoints.append(endpointFromStoredJson(row.value(0).toString()));
                })
            .map([&endpoints] { return endpoints; });
    });
}

QFuture<Result<>> EndpointStore::save(const Endpoint &endpoint) const
{
    if (const std::optional<QString> secret = secretInPlainText(endpoint)) {
        return QtFuture::makeReadyValueFuture(
            Result<>(fail(ApiError::Kind::InvalidRequest, *secret)));
    }
    return m_database.run([endpoint](OpenDatabase &database) {
        return database.connection().execute(
            u"INSERT INTO endpoints (id, body) VALUES (?, ?) "
            "ON CONFLICT (id) DO UPDATE SET body = excluded.body"_s,
            {toValue(endpoint.id), toStoredJson(endpoint)});
    });
}

QFuture<Result<>> EndpointStore::remove(QUuid id) const
{
    return m_database.run([id](OpenDatabase &database) {
        return database.connection().execute(
            u"DELETE FROM endpoints WHERE id = ?"_s, {toValue(id)});
    });
}

// A finding lies within the endpoint's own JSON, so it goes with it.

QFuture<Result<QHash<QUuid, EndpointFinding>>> EndpointStore::findings() const
{
    return m_database.run([](OpenDatabase &database) -> Result<QHash<QUuid, EndpointFinding>> {
        QHash<QUuid, EndpointFinding> findings;
        return database.connection()
            .select(u"SELECT id, json_extract(body, '$.found') AS found FROM endpoints "
                    "WHERE found IS NOT NULL"_s,
                {},
                [&findings](const QSqlQuery &row) {
                    findings.insert(QUuid::fromString(row.value(0).toString()),
                        findingFromStoredJson(row.value(1).toString()));
                })
            .map([&findings] { return findings; });
    });
}

QFuture<Result<>> EndpointStore::keepFinding(QUuid id, const EndpointFinding &finding) const
{
    return m_database.run([id, finding](OpenDatabase &database) {
        return database.connection().execute(
            u"UPDATE endpoints SET body = json_set(body, '$.found', json(?)) WHERE id = ?"_s,
            {toStoredJson(finding), toValue(id)});
    });
}

QFuture<Result<>> EndpointStore::keepLearntNames(QUuid id, const QList<LearntName> &names) const
{
    return m_database.run([id, names](OpenDatabase &database) {
        return database.connection().execute(
            u"UPDATE endpoints SET body = json_set(body, '$.learnt_names', json(?)) WHERE id = ?"_s,
            {toStoredJson(names), toValue(id)});
    });
}

} // namespace Lorikeet
