// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "model/tokenprice.h"

#include <QUuid>
#include <QtQml/qqmlregistration.h>

#include <utility>

namespace Lorikeet {

class EndpointListModel;
class Preferences;

/// What tokens cost, by endpoint and model, for a person to edit. Lists the models of the lanes,
/// and all that have a price; of each endpoint also one row for the models without a row.
class PriceTable final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the comparison")

public:
    enum Role {
        EndpointRole = Qt::UserRole + 1, ///< its name
        ModelRole, ///< empty: all others of the endpoint
        PromptRole, ///< as text; empty: none
        OutputRole,
        CurrencyRole,
    };

    /// Both must outlive this.
    PriceTable(EndpointListModel &endpoints, Preferences &preferences);

    /// Endpoint and model, empty for the one the server has.
    using Key = std::pair<QUuid, QString>;

    /// What is wanted in the list whether it has a price or not.
    void setWanted(const QList<Key> &wanted);
    /// That of the model, else that of the endpoint's other models.
    [[nodiscard]] TokenPrice price(QUuid endpoint, const QString &model) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// A price as typed; an empty text takes it out. False: it is none, and nothing changed.
    Q_INVOKABLE bool setPrompt(int row, const QString &text);
    Q_INVOKABLE bool setOutput(int row, const QString &text);
    Q_INVOKABLE void setCurrency(int row, const QString &text);

Q_SIGNALS:
    void pricesChanged();

private:
    struct Row
    {
        Key key;
        QString endpointName;
        TokenPrice price;

        friend bool operator==(const Row &, const Row &) = default;
    };

    void refresh();
    void keep(int row, const TokenPrice &price);
    bool setAmount(int row, std::optional<double> TokenPrice::*amount, const QString &text);

    EndpointListModel &m_endpoints;
    Preferences &m_preferences;
    QList<Key> m_wanted;
    QList<Row> m_rows;
};

} // namespace Lorikeet
