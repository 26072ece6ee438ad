// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/tokenprice.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUuid>

namespace Lorikeet {

/// What the tokens of a model of an endpoint cost; of all its models that have no price of their
/// own where `model` is empty.
struct ModelPrice
{
    QUuid endpoint;
    QString model;
    TokenPrice price;

    friend bool operator==(const ModelPrice &, const ModelPrice &) = default;
};

/// That of the model, else that of the endpoint's other models; empty: there is none.
[[nodiscard]] TokenPrice priceOf(
    const QList<ModelPrice> &prices, const QUuid &endpoint, const QString &model);

/// As the window keeps them. What is no price is passed over.
[[nodiscard]] QByteArray toJson(const QList<ModelPrice> &prices);
[[nodiscard]] QList<ModelPrice> pricesFrom(const QByteArray &json);

/// Those a person entered in the window (its default profile), read from its settings.
[[nodiscard]] QList<ModelPrice> storedPrices();

/// Where the settings have them.
inline constexpr QLatin1StringView pricesKey("prices/tokens");

} // namespace Lorikeet
