// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/provider.h"

#include "providers/errorbody.h"
#include "providers/serverevidence.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QByteArray inWrittenOrder(QByteArray json, const QList<QByteArray> &written)
{
    for (const QByteArray &text : written) {
        // Within texts quotes are escaped, so these bytes can only be the value itself.
        const QByteArray sorted = QJsonDocument::fromJson(text).toJson(QJsonDocument::Compact);
        if (sorted.contains('"') && sorted != text) {
            json.replace(sorted, text);
        }
    }
    return json;
}

Result<HttpRequest> encodeChat(
    const Provider &provider, const Target &target, const ChatRequest &request)
{
    return provider.encode(target, request).map([&request](HttpRequest encoded) {
        encoded.body = inWrittenOrder(encoded.body, request.written);
        return encoded;
    });
}

StreamEvents Provider::decodeHead(const Headers &, TimePoint) const { return {}; }

std::optional<QJsonObject> Provider::continuation(const QString &) const { return std::nullopt; }

ParameterSet Remedy::appliedTo(ParameterSet parameters) const
{
    if (parameters.contains(parameter)) {
        const QJsonValue value = parameters.take(parameter);
        if (!replacement.isEmpty() && !parameters.contains(replacement)) {
            parameters.insert(replacement, value);
        }
    }
    return parameters;
}

QStringList Provider::notes(const Target &target, const ChatRequest &request) const
{
    QStringList notes;
    const ParameterSpecs specs = parameters(target.endpoint.server);
    for (auto it = request.parameters.begin(); it != request.parameters.end(); ++it) {
        const ParameterSpec *spec = findParameter(specs, it.key());
        if (spec && spec->fate == ParameterSpec::Fate::Ignored && !it.value().isNull()) {
            notes.append(
                QStringLiteral("%1 was sent, and has no effect at this server.").arg(it.key()));
        }
    }
    return notes;
}

std::optional<Remedy> Provider::remedy(const ApiError &, const ParameterSet &) const
{
    return std::nullopt;
}

std::optional<HttpRequest> Provider::nextPage(const HttpRequest &, const HttpReply &) const
{
    return std::nullopt;
}

ApiError Provider::decodeError(const HttpReply &reply) const { return errorFromReply(reply); }

Result<EndpointDescription> Provider::describeModels(
    const QList<HttpReply> &replies, bool (*holds)(const HttpReply &)) const
{
    const HttpReply models = replies.value(0);
    if (models.status == 0) {
        return fail(ApiError::Kind::Unreachable, u"The list of models could not be fetched."_s);
    }
    if (models.status != 200) {
        return Failure(decodeError(models));
    }
    if (!holds(models)) {
        return Failure(protocolError(
            u"%1 did not answer with a list of models."_s.arg(models.url.toString()), models.body));
    }
    return describeEvidence(replies);
}

} // namespace Lorikeet
