// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/pricelist.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Lorikeet {

TokenPrice priceOf(const QList<ModelPrice> &prices, const QUuid &endpoint, const QString &model)
{
    TokenPrice fallback;
    for (const ModelPrice &price : prices) {
        if (price.endpoint != endpoint) {
            continue;
        }
        if (price.model == model) {
            return price.price;
        }
        if (price.model.isEmpty()) {
            fallback = price.price;
        }
    }
    return fallback;
}

QByteArray toJson(const QList<ModelPrice> &prices)
{
    QJsonArray list;
    for (const ModelPrice &each : prices) {
        QJsonObject object{{u"endpoint"_s, each.endpoint.toString(QUuid::WithoutBraces)},
            {u"model"_s, each.model}, {u"currency"_s, each.price.currency}};
        if (each.price.prompt) {
            object.insert(u"prompt"_s, *each.price.prompt);
        }
        if (each.price.output) {
            object.insert(u"output"_s, *each.price.output);
        }
        list.append(object);
    }
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

QList<ModelPrice> pricesFrom(const QByteArray &json)
{
    QList<ModelPrice> prices;
    const auto amount = [](const QJsonValue &value) {
        return value.isDouble() && value.toDouble() >= 0 ? std::optional(value.toDouble())
                                                         : std::nullopt;
    };
    for (const QJsonValue &value : QJsonDocument::fromJson(json).array()) {
        const QUuid endpoint = QUuid::fromString(value[u"endpoint"].toString());
        if (!endpoint.isNull()) {
            prices.append({.endpoint = endpoint,
                .model = value[u"model"].toString(),
                .price = {.prompt = amount(value[u"prompt"]),
                    .output = amount(value[u"output"]),
                    .currency = value[u"currency"].toString()}});
        }
    }
    return prices;
}

QList<ModelPrice> storedPrices()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    const QSettings settings(folder + "/lorikeet.ini"_L1, QSettings::IniFormat);
    return pricesFrom(settings.value(pricesKey).toString().toUtf8());
}

} // namespace Lorikeet
