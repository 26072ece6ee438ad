// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "store/environmentendpoints.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class EndpointListModel;

/// Endpoints that the variables of the environment describe and that are not in the list yet.
/// What is added names the variable of its key; the key itself is never read here.
class EnvironmentOffers final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        VariablesRole, ///< "OPENAI_API_KEY, OPENAI_BASE_URL"
        AddressRole,
        MissingRole, ///< what is still to be filled in, as a sentence; empty: nothing
    };

    /// `endpoints` must outlive this.
    explicit EnvironmentOffers(EndpointListModel &endpoints, QObject *parent = nullptr);

    /// Offers what these variables describe, and nothing else.
    void look(const QProcessEnvironment &environment);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Makes an endpoint of a row; one of which something is missing is put into the form.
    Q_INVOKABLE void add(int row);

Q_SIGNALS:
    void countChanged();
    void added(QUuid endpoint);
    /// Something is to be filled in before it can be added.
    void completionWanted(const Lorikeet::Endpoint &endpoint, const QString &missing);
    void failed(const QString &sentence);

private:
    struct Row
    {
        EnvironmentEndpoint found;

        /// What an offer shows follows from its endpoint.
        friend bool operator==(const Row &one, const Row &other)
        {
            return one.found.endpoint == other.found.endpoint;
        }
    };

    /// Leaves out what is an endpoint already.
    void sortOut();
    [[nodiscard]] bool isKnown(const Endpoint &endpoint) const;

    EndpointListModel &m_endpoints;
    QList<EnvironmentEndpoint> m_found;
    QList<Row> m_rows;
};

} // namespace Lorikeet
