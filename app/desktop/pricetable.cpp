// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "pricetable.h"

#include "endpointlistmodel.h"
#include "preferences.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Lorikeet {

namespace {

QString textOf(const std::optional<double> &amount)
{
    QLocale locale;
    // It is shown where it is typed, a digit at a time.
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return amount ? locale.toString(*amount, 'g', QLocale::FloatingPointShortest) : QString();
}

/// As it is written here, or with a point.
std::optional<double> amountFrom(const QString &text)
{
    bool isNumber = false;
    double amount = QLocale().toDouble(text.trimmed(), &isNumber);
    if (!isNumber) {
        amount = QLocale::c().toDouble(text.trimmed(), &isNumber);
    }
    return isNumber && std::isfinite(amount) && amount >= 0 ? std::optional(amount) : std::nullopt;
}

} // namespace

PriceTable::PriceTable(EndpointListModel &endpoints, Preferences &preferences)
    : ListModel(nullptr)
    , m_endpoints(endpoints)
    , m_preferences(preferences)
{
    connect(&m_preferences, &Preferences::pricesChanged, this, [this] {
        refresh();
        Q_EMIT pricesChanged();
    });
    connect(&m_endpoints, &QAbstractItemModel::dataChanged, this, &PriceTable::refresh);
    connect(&m_endpoints, &QAbstractItemModel::rowsRemoved, this, &PriceTable::refresh);
}

void PriceTable::setWanted(const QList<Key> &wanted)
{
    if (m_wanted != wanted) {
        m_wanted = wanted;
        refresh();
    }
}

void PriceTable::refresh()
{
    QList<Row> rows;
    const auto add = [&](const Key &key) {
        const std::optional<Endpoint> endpoint = m_endpoints.find(key.first);
        if (endpoint && std::ranges::find(rows, key, &Row::key) == rows.end()) {
            rows.append({.key = key, .endpointName = endpoint->name, .price = {}});
        }
    };
    const QList<ModelPrice> prices = m_preferences.prices();
    for (const Key &key : std::as_const(m_wanted)) {
        add(key);
        add({key.first, {}});
    }
    for (const ModelPrice &price : prices) {
        add({price.endpoint, price.model});
    }
    for (Row &row : rows) {
        for (const ModelPrice &price : prices) {
            if (row.key == Key(price.endpoint, price.model)) {
                row.price = price.price;
            }
        }
    }
    std::ranges::stable_sort(rows, [](const Row &a, const Row &b) {
        // An endpoint's models together, the row for all others last.
        return a.endpointName != b.endpointName ? a.endpointName < b.endpointName
                                                : !a.key.second.isEmpty() && b.key.second.isEmpty();
    });
    update(m_rows, rows, [](const Row &row) { return row.key; });
}

TokenPrice PriceTable::price(QUuid endpoint, const QString &model) const
{
    return priceOf(m_preferences.prices(), endpoint, model);
}

int PriceTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PriceTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case EndpointRole:
        return row.endpointName;
    case ModelRole:
        return row.key.second;
    case PromptRole:
        return textOf(row.price.prompt);
    case OutputRole:
        return textOf(row.price.output);
    case CurrencyRole:
        return row.price.currency;
    default:
        return {};
    }
}

QHash<int, QByteArray> PriceTable::roleNames() const
{
    return {{EndpointRole, "endpoint"}, {ModelRole, "model"}, {PromptRole, "promptPrice"},
        {OutputRole, "outputPrice"}, {CurrencyRole, "currency"}};
}

bool PriceTable::setPrompt(int row, const QString &text)
{
    return setAmount(row, &TokenPrice::prompt, text);
}

bool PriceTable::setOutput(int row, const QString &text)
{
    return setAmount(row, &TokenPrice::output, text);
}

bool PriceTable::setAmount(int row, std::optional<double> TokenPrice::*amount, const QString &text)
{
    const std::optional<double> typed = amountFrom(text);
    if (row < 0 || row >= m_rows.size() || (!typed && !text.trimmed().isEmpty())) {
        return false;
    }
    TokenPrice price = m_rows[row].price;
    price.*amount = typed;
    if (price.currency.isEmpty() && typed) {
        // Most pay in one currency.
        for (const ModelPrice &other : m_preferences.prices()) {
            price.currency = other.price.currency;
        }
    }
    keep(row, price);
    return true;
}

void PriceTable::setCurrency(int row, const QString &text)
{
    if (row >= 0 && row < m_rows.size()) {
        TokenPrice price = m_rows[row].price;
        price.currency = text.trimmed();
        keep(row, price);
    }
}

void PriceTable::keep(int row, const TokenPrice &price)
{
    const Key key = m_rows[row].key;
    QList<ModelPrice> prices = m_preferences.prices();
    prices.removeIf(
        [&](const ModelPrice &other) { return Key(other.endpoint, other.model) == key; });
    if (!price.isEmpty() || !price.currency.isEmpty()) {
        prices.append({.endpoint = key.first, .model = key.second, .price = price});
    }
    m_preferences.setPrices(prices);
}

} // namespace Lorikeet
