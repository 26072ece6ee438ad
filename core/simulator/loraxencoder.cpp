// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxencoder.h"

#include "base/random.h"
#include "simulator/loraxformat.h"
#include "simulator/loraxmembers.h"
#include "simulator/loraxrequest.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

namespace json = simdjson::dom;

struct Word
{
    QString text;
    qsizetype start; ///< in characters, not in UTF-16 units
    qsizetype end;
};

QList<Word> wordsOf(const QString &text)
{
    QList<Word> words;
    Word word;
    qsizetype at = 0;
    const auto flush = [&] {
        if (!word.text.isEmpty()) {
            word.end = at;
            words.append(word);
            word = {};
        }
    };
    for (const char32_t character : text.toUcs4()) {
        if (QChar::isLetterOrNumber(character)) {
            if (word.text.isEmpty()) {
                word.start = at;
            }
            word.text += QChar::fromUcs4(character);
        } else {
            flush();
        }
        ++at;
    }
    flush();
    return words;
}

QJsonArray entities(const QString &text)
{
    QJsonArray found;
    for (const Word &word : wordsOf(text)) {
        const bool isNumber = word.text.front().isDigit();
        if (isNumber || word.text.front().isUpper()) {
            const double luck = Random(stableHash(word.text.toUtf8())).uniform();
            found.append(QJsonObject{{"entity_group"_L1, isNumber ? u"NUM"_s : u"MISC"_s},
                {"score"_L1, 0.8 + luck / 5}, {"word"_L1, word.text}, {"start"_L1, word.start},
                {"end"_L1, word.end}});
        }
    }
    return found;
}

ServerResponse classified(const QJsonArray &result)
{
    // It takes no time here, and the router truncates to whole milliseconds.
    return {.contentType = "application/json",
        .body = QJsonDocument(result).toJson(QJsonDocument::Compact),
        .headers = {{"x-compute-type", "gpu+optimized"}, {"x-compute-time", "0"},
            {"x-validation-time", "0"}, {"x-queue-time", "0"}, {"x-inference-time", "0"}}};
}

/// A body read by `read` and answered with what it returns; or why it is refused.
template<typename Read>
ServerResponse answered(const ServerRequest &request, Read &&read)
{
    if (const auto refused = checkLoraxBody(request)) {
        return toResponse(*refused);
    }
    json::parser parser;
    const auto object = readLoraxObject(parser, request.body);
    if (!object) {
        return toResponse(object.error());
    }
    LoraxMembers members(*object, {});
    const tl::expected<ServerResponse, LoraxRefusal> response = read(members);
    if (members.refused()) {
        return toResponse(*members.refused());
    }
    return response ? *response : toResponse(response.error());
}

/// The names of the adapters that are meant; refused where one is not there.
tl::expected<QStringList, LoraxRefusal> adaptersOf(
    const LoraxMembers &members, const RouteContext &context)
{
    json::element value;
    LoraxParameters parameters;
    if (members.find("parameters", value) && !value.is_null()) {
        if (auto refused = readLoraxParameters(value, parameters)) {
            return tl::unexpected(*refused);
        }
    }
    return chooseLoraxAdapters(parameters, context).transform([](const LoraxCall &call) {
        return call.adapterIds;
    });
}

} // namespace

/// The sum of a random direction for each word, of length 1; the adapters turn it.
QJsonArray embeddingOf(const QString &text, const QStringList &adapters)
{
    const quint64 seed = stableHash(adapters.join(u',').toUtf8());
    std::array<double, embeddingDimensions> sum{};
    const auto add = [&](const QString &word) {
        Random random(stableHash(word.toLower().toUtf8(), seed));
        for (double &value : sum) {
            value += random.normal();
        }
    };
    add(QString()); // so that a text without words has one too
    for (const Word &word : wordsOf(text)) {
        add(word.text);
    }
    double square = 0;
    for (const double value : sum) {
        square += value * value;
    }
    QJsonArray array;
    for (const double value : sum) {
        array.append(value / std::sqrt(square));
    }
    return array;
}

RouteReply loraxEmbed(const ServerRequest &request, const RouteContext &context)
{
    return answered(
        request, [&](LoraxMembers &members) -> tl::expected<ServerResponse, LoraxRefusal> {
            const QString text = members.required<QString>("inputs");
            return adaptersOf(members, context).transform([&](const QStringList &adapters) {
                return jsonResponse({{"embeddings"_L1, embeddingOf(text, adapters)}});
            });
        });
}

RouteReply loraxOpenAiEmbeddings(const ServerRequest &request, const RouteContext &context)
{
    return answered(
        request, [&](LoraxMembers &members) -> tl::expected<ServerResponse, LoraxRefusal> {
            (void)members.required<QString>("model"); // which is not looked at
            json::element input;
            const bool isList = members.find("input", input) && input.is_array();
            const QList<QString> texts = isList ? members.required<QList<QString>>("input")
                                                : QList{members.required<QString>("input")};
            return adaptersOf(members, context).transform([&](const QStringList &adapters) {
                QJsonArray list;
                for (const QString &text : texts) {
                    list.append(QJsonObject{{"index"_L1, list.size()},
                        {"embedding"_L1, embeddingOf(text, adapters)},
                        {"object"_L1, u"embedding"_s}});
                }
                return jsonResponse({{"embeddings"_L1, list}});
            });
        });
}

RouteReply loraxClassify(const ServerRequest &request, const RouteContext & /*context*/)
{
    return answered(request, [](LoraxMembers &members) {
        return classified(entities(members.required<QString>("inputs")));
    });
}

RouteReply loraxClassifyBatch(const ServerRequest &request, const RouteContext & /*context*/)
{
    return answered(request, [](LoraxMembers &members) {
        QJsonArray results;
        for (const QString &text : members.required<QList<QString>>("inputs")) {
            results.append(entities(text));
        }
        return classified(results);
    });
}

} // namespace Lorikeet::Sim
