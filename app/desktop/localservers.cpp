// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "localservers.h"

#include "chat/chatservice.h"
#include "endpointlistmodel.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr Milliseconds localTimeout{1500};

/// The same place of this machine, however it is written.
bool isSamePlace(const QUrl &one, const QUrl &other)
{
    const auto host = [](const QUrl &url) {
        const QString name = url.host();
        return name == "localhost"_L1 || name == "::1"_L1 || name == "0.0.0.0"_L1 ? u"127.0.0.1"_s
                                                                                  : name;
    };
    const auto port
        = [](const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return host(one) == host(other) && port(one) == port(other);
}

/// The first few names.
QString modelsOf(const EndpointDescription &description)
{
    constexpr qsizetype shown = 3;
    QStringList names;
    for (const ModelInfo &model :
        description.models.first(std::min(shown, description.models.size()))) {
        names.append(model.id);
    }
    if (description.models.size() > shown) {
        names.append(u"…"_s);
    }
    return names.join(u", "_s);
}

} // namespace

LocalServers::LocalServers(ChatService &service, EndpointListModel &endpoints, QObject *parent)
    : ListModel(parent)
    , m_service(service)
    , m_endpoints(endpoints)
{
    connect(&endpoints, &EndpointListModel::rowsChanged, this, &LocalServers::sortOut);
}

void LocalServers::look(const QList<LocalEndpoint> &places)
{
    for (const LocalEndpoint &place : places) {
        if (isKnown(place.url)) {
            continue;
        }
        Endpoint endpoint{
            .id = QUuid::createUuid(),
            .name = place.server,
            .url = place.url,
            .provider = u"openai"_s,
        };
        endpoint.timeouts = {.connect = localTimeout, .total = localTimeout};
        m_service.probe({.endpoint = endpoint})
            .then(this, [this, endpoint](const Result<ProbeResult> &found) {
                // Silence, or something that is no model server: both are usual.
                if (found) {
                    offer(endpoint, *found);
                } else {
                    withdraw(endpoint.url);
                }
            });
    }
}

void LocalServers::offer(const Endpoint &endpoint, const ProbeResult &found)
{
    if (isKnown(endpoint.url)) {
        return;
    }
    const bool isOffered = std::ranges::any_of(m_rows,
        [&endpoint](const Row &row) { return isSamePlace(row.endpoint.url, endpoint.url); });
    if (isOffered) {
        return;
    }
    Row row{.endpoint = endpoint, .description = found.description};
    row.endpoint.timeouts = {};
    row.endpoint.url = found.url;
    row.endpoint.provider = found.provider;
    row.endpoint.server = found.description.server;
    row.endpoint.serverVersion = found.description.version;
    // What answers need not be what usually listens there.
    if (!row.endpoint.server.isEmpty()) {
        row.endpoint.name = row.endpoint.server;
    }
    show(m_rows + QList{row});
}

void LocalServers::withdraw(const QUrl &url)
{
    QList<Row> rows = m_rows;
    rows.removeIf([&url](const Row &row) { return isSamePlace(row.endpoint.url, url); });
    show(rows);
}

bool LocalServers::isKnown(const QUrl &url) const
{
    for (int i = 0; i < m_endpoints.count(); ++i) {
        const QUrl known(
            m_endpoints.data(m_endpoints.index(i), EndpointListModel::AddressRole).toString());
        if (isSamePlace(known, url)) {
            return true;
        }
    }
    return false;
}

void LocalServers::sortOut()
{
    QList<Row> rows = m_rows;
    rows.removeIf([this](const Row &row) { return isKnown(row.endpoint.url); });
    show(rows);
}

void LocalServers::show(const QList<Row> &rows)
{
    if (m_rows != rows) {
        update(m_rows, rows, [](const Row &row) { return row.endpoint.id; });
        Q_EMIT countChanged();
    }
}

int LocalServers::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant LocalServers::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &[endpoint, description] = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return endpoint.name;
    case AddressRole:
        return endpoint.url.toDisplayString();
    case DetailRole:
        return modelsOf(description);
    default:
        return {};
    }
}

QHash<int, QByteArray> LocalServers::roleNames() const
{
    return {{NameRole, "name"}, {AddressRole, "address"}, {DetailRole, "models"}};
}

void LocalServers::add(int row)
{
    if (row < 0 || row >= count()) {
        return;
    }
    const Endpoint endpoint = m_rows[row].endpoint;
    m_endpoints.save(endpoint).then(this, [this, endpoint](const Result<> &saved) {
        if (saved) {
            Q_EMIT added(endpoint.id);
        } else {
            Q_EMIT failed(saved.error().message);
        }
    });
}

} // namespace Lorikeet
