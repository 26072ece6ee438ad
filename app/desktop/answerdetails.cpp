// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answerdetails.h"

#include "base/logging.h"
#include "chat/answerrequest.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "schema/partialjson.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QString errorDetails(const ChatNode &answer)
{
    const ApiError error = answer.error.value_or(ApiError());
    QStringList lines;
    const auto add = [&lines](QLatin1StringView label, const QString &value) {
        if (!value.isEmpty()) {
            lines.append(label + ": "_L1 + value);
        }
    };
    add("error"_L1, error.message);
    add("kind"_L1, toWord(error.kind));
    add("server"_L1, error.serverMessage);
    add("status"_L1, error.httpStatus ? QString::number(error.httpStatus) : QString());
    add("code"_L1, error.code);
    add("field"_L1, error.param);
    add("request id"_L1, error.requestId);
    add("endpoint"_L1, answer.origin.endpointName);
    add("dialect"_L1, answer.origin.provider);
    add("model"_L1, answer.origin.setup.model);
    add("adapter"_L1, answer.origin.adapterLabel());
    add("time"_L1, answer.created.toString(Qt::ISODate));
    add("body"_L1, QString::fromUtf8(error.body));
    return redacted(lines.join(u'\n'));
}

std::optional<Remedy> remedyFor(const ChatNode &answer)
{
    const Provider *provider = answer.error ? findProvider(answer.origin.provider) : nullptr;
    return provider ? provider->remedy(*answer.error, answer.origin.setup.parameters)
                    : std::nullopt;
}

QString requestText(
    const Conversation &conversation, const ChatNode &answer, const Endpoint &endpoint)
{
    const Provider *provider = findProvider(endpoint.provider);
    if (!provider) {
        return QCoreApplication::translate(
            "AnswerDetails", "The dialect “%1” is not known to this version.")
            .arg(endpoint.provider);
    }
    const Result<HttpRequest> request
        = answerRequest(conversation, answer, endpoint).and_then([&](const CarriedSchema &carried) {
              return encodeChat(*provider, {.endpoint = endpoint}, carried.request);
          });
    if (!request) {
        return request.error().message;
    }
    // Not through a QJsonObject, which sorts what the server gets in another order.
    const Result<JsonNode> body = parseJson(request->body);
    return QString::fromUtf8(request->verb) + u' ' + redacted(request->url) + "\n\n"_L1
        + redacted(body ? indentedJson(*body) : QString::fromUtf8(request->body));
}

} // namespace Lorikeet
