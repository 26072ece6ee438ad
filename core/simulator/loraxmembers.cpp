// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxmembers.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace json = simdjson::dom;

LoraxRefusal wrongType(const QString &what)
{
    return {.status = 422,
        .type = {},
        .message = u"Failed to deserialize the JSON body into the target type: "_s + what};
}

tl::expected<json::object, LoraxRefusal> readLoraxObject(
    json::parser &parser, const QByteArray &bytes)
{
    json::element root;
    if (const auto error = parser.parse(bytes.constData(), size_t(bytes.size())).get(root);
        error != simdjson::SUCCESS) {
        return tl::unexpected(LoraxRefusal{.status = 400,
            .type = {},
            .message = u"Failed to parse the request body as JSON: "_s
                + QString::fromUtf8(simdjson::error_message(error))});
    }
    json::object object;
    if (root.get(object) != simdjson::SUCCESS) {
        return tl::unexpected(wrongType(u"expected an object"_s));
    }
    return object;
}

QJsonValue toQJson(json::element value)
{
    // QJsonDocument takes objects and arrays only; the wrapping admits any value.
    const std::string text = '[' + simdjson::minify(value) + ']';
    return QJsonDocument::fromJson(QByteArray::fromStdString(text))[0];
}

} // namespace Lorikeet::Sim
