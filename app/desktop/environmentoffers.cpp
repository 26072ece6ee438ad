// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "environmentoffers.h"

#include "endpointlistmodel.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

EnvironmentOffers::EnvironmentOffers(EndpointListModel &endpoints, QObject *parent)
    : ListModel(parent)
    , m_endpoints(endpoints)
{
    connect(&endpoints, &EndpointListModel::rowsChanged, this, &EnvironmentOffers::sortOut);
}

void EnvironmentOffers::look(const QProcessEnvironment &environment)
{
    m_found = endpointsFromEnvironment(environment);
    sortOut();
}

bool EnvironmentOffers::isKnown(const Endpoint &endpoint) const
{
    // Also where a person wrote the same by hand, or changed what was added here.
    return std::ranges::any_of(m_endpoints.stored(), [&endpoint](const Endpoint &stored) {
        return stored.id == endpoint.id
            || (stored.url == endpoint.url && stored.key == endpoint.key);
    });
}

void EnvironmentOffers::sortOut()
{
    QList<Row> rows;
    for (const EnvironmentEndpoint &found : std::as_const(m_found)) {
        if (!isKnown(found.endpoint)) {
            rows.append({found});
        }
    }
    if (m_rows != rows) {
        update(m_rows, rows, [](const Row &row) { return row.found.endpoint.id; });
        Q_EMIT countChanged();
    }
}

int EnvironmentOffers::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EnvironmentOffers::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const EnvironmentEndpoint &found = m_rows[index.row()].found;
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return found.endpoint.name;
    case VariablesRole:
        return found.variables.join(u", "_s);
    case AddressRole:
        return found.endpoint.url.toDisplayString(QUrl::RemoveUserInfo);
    case MissingRole:
        return found.missing;
    default:
        return {};
    }
}

QHash<int, QByteArray> EnvironmentOffers::roleNames() const
{
    return {
        {NameRole, "name"},
        {VariablesRole, "variables"},
        {AddressRole, "address"},
        {MissingRole, "missing"},
    };
}

void EnvironmentOffers::add(int row)
{
    if (row < 0 || row >= count()) {
        return;
    }
    const EnvironmentEndpoint found = m_rows[row].found;
    if (!found.missing.isEmpty()) {
        Q_EMIT completionWanted(found.endpoint, found.missing);
        return;
    }
    m_endpoints.save(found.endpoint).then(this, [this, id = found.endpoint.id](Result<> saved) {
        if (saved) {
            Q_EMIT added(id);
        } else {
            Q_EMIT failed(saved.error().message);
        }
    });
}

} // namespace Lorikeet
