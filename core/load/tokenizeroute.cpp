// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/tokenizeroute.h"

#include "providers/baseurl.h"
#include "providers/openairequest.h"
#include "providers/wireparts.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

std::optional<HttpRequest> tokenizeRequest(
    const Target &target, const QString &model, const QString &text)
{
    QJsonObject body;
    switch (serverOf(target)) {
    case Server::LlamaCpp:
        body = {{u"content"_s, text}};
        break;
    case Server::Vllm:
    case Server::Sglang: {
        const QString named = model.isEmpty() ? target.endpoint.model : model;
        body = {{u"prompt"_s, text}, {u"add_special_tokens"_s, false}};
        if (!named.isEmpty()) {
            body.insert(u"model"_s, named);
        }
        break;
    }
    case Server::Tgi:
    case Server::Lorax:
        body = {{u"inputs"_s, text}, {u"add_special_tokens"_s, false}};
        break;
    default:
        return std::nullopt;
    }
    const Result<Headers> headers = requestHeaders(target, "application/json", true);
    if (!headers) {
        return std::nullopt;
    }
    return HttpRequest{.verb = "POST",
        .url = joined(serverRoot(target.endpoint.url), u"tokenize"),
        .headers = *headers,
        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

std::optional<QList<qint64>> tokensIn(const HttpReply &reply)
{
    if (reply.status != 200) {
        return std::nullopt;
    }
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    const QJsonArray list
        = document.isArray() ? document.array() : document.object().value(u"tokens"_s).toArray();
    QList<qint64> tokens;
    for (const QJsonValue &item : list) {
        const QJsonValue id = item.isObject() ? item[u"id"_s] : item;
        if (!id.isDouble()) {
            return std::nullopt;
        }
        tokens.append(id.toInteger());
    }
    return tokens.isEmpty() ? std::nullopt : std::optional(tokens);
}

QString separated(const QStringList &words)
{
    // Lines, each of which begins with the blank that stands before a word in a sentence: in nearly
    // all tokenizers the end of a line is a token by itself.
    QString text(u'\n');
    for (const QString &word : words) {
        text += u' ' + word + u'\n';
    }
    return text;
}

std::optional<QByteArray> tokensOfWords(const QList<qint64> &tokens, qsizetype count)
{
    QHash<qint64, qsizetype> often;
    for (const qint64 token : tokens) {
        ++often[token];
    }
    // The end of a line is there once more than there are words, and no other token is so by
    // chance.
    QList<qint64> ends;
    for (const auto &[token, times] : often.asKeyValueRange()) {
        if (times == count + 1) {
            ends.append(token);
        }
    }
    if (ends.size() != 1) {
        return std::nullopt;
    }
    QByteArray result;
    qsizetype at = tokens.indexOf(ends.constFirst());
    while (result.size() < count) {
        const qsizetype next = tokens.indexOf(ends.constFirst(), at + 1);
        const qsizetype size = next - at - 1;
        if (size < 1 || size > 255) {
            return std::nullopt;
        }
        result.append(char(size));
        at = next;
    }
    return result;
}

} // namespace Lorikeet
