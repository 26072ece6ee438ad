// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointlistmodel.h"

#include "chat/chatservice.h"
#include "ids.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/endpointstore.h"
#include "store/secretstore.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet {

EndpointListModel::EndpointListModel(
    EndpointStore &store, SecretStore &secrets, ChatService &service, QObject *parent)
    : ListModel(parent)
    , m_store(store)
    , m_secrets(secrets)
    , m_service(service)
{ }

void EndpointListModel::setDemos(const QList<Endpoint> &demos)
{
    m_demos = demos;
    show(m_stored);
    for (const Endpoint &endpoint : demos) {
        ask(endpoint.id);
    }
}

bool EndpointListModel::isDemo(QUuid id) const
{
    return std::ranges::find(m_demos, id, &Endpoint::id) != m_demos.end();
}

void EndpointListModel::load()
{
    m_store.list().then(this, [this](const Result<QList<Endpoint>> &list) {
        if (list) {
            show(*list);
            for (const Endpoint &endpoint : *list) {
                ask(endpoint.id);
            }
        } else {
            Q_EMIT failed(list.error().message);
        }
        Q_EMIT loaded();
    });
}

void EndpointListModel::show(const QList<Endpoint> &stored)
{
    m_stored = stored;
    QList<Row> rows;
    for (const Endpoint &endpoint : m_demos + stored) {
        rows.append({endpoint, finding(endpoint.id)});
    }
    update(m_rows, rows, [](const Row &row) { return row.endpoint.id; });
    Q_EMIT rowsChanged();
}

qsizetype EndpointListModel::rowOf(QUuid id) const
{
    const auto row
        = std::ranges::find_if(m_rows, [id](const Row &each) { return each.endpoint.id == id; });
    return row == m_rows.end() ? -1 : row - m_rows.begin();
}

std::optional<Endpoint> EndpointListModel::find(QUuid id) const
{
    const qsizetype row = rowOf(id);
    return row < 0 ? std::nullopt : std::optional(m_rows[row].endpoint);
}

EndpointListModel::Finding EndpointListModel::finding(QUuid id) const
{
    const qsizetype row = rowOf(id);
    return row < 0 ? Finding() : m_rows[row].finding;
}

QString EndpointListModel::text(QUuid id, Role role) const
{
    const qsizetype row = rowOf(id);
    return row < 0 ? QString() : data(index(int(row)), role).toString();
}

QUuid EndpointListModel::preferred() const
{
    const QList<Endpoint> &best = m_stored.isEmpty() ? m_demos : m_stored;
    return best.isEmpty() ? QUuid() : best.constFirst().id;
}

QFuture<Result<Target>> EndpointListModel::resolve(QUuid id) const
{
    if (const std::optional<Endpoint> endpoint = find(id)) {
        return m_secrets.resolve(*endpoint);
    }
    return QtFuture::makeReadyValueFuture<Result<Target>>(fail(ApiError::Kind::InvalidRequest,
        id.isNull() ? tr("No endpoint is chosen. Choose one above the conversation.")
                    : tr("The endpoint of this chat was removed. Choose another one above it.")));
}

QFuture<Result<>> EndpointListModel::save(const Endpoint &endpoint)
{
    return m_store.save(endpoint).then(this, [this, endpoint](const Result<> &saved) {
        if (saved) {
            QList<Endpoint> stored = m_stored;
            const auto known = std::ranges::find(stored, endpoint.id, &Endpoint::id);
            if (known == stored.end()) {
                stored.append(endpoint);
            } else {
                *known = endpoint;
            }
            show(stored);
            Q_EMIT changed(endpoint.id);
            ask(endpoint.id);
        }
        return saved;
    });
}

void EndpointListModel::ask(QUuid id)
{
    Finding asking = finding(id);
    asking.health = Asking;
    setFinding(id, asking);
    resolve(id)
        .then(this,
            [this](const Result<Target> &target) {
                return target ? m_service.describe(*target)
                              : QtFuture::makeReadyValueFuture<Result<EndpointDescription>>(
                                    Failure(target.error()));
            })
        .unwrap()
        .then(this, [this, id](const Result<EndpointDescription> &found) {
            setFinding(id,
                found ? Finding{.health = Healthy, .description = *found}
                      : Finding{.health = Failing, .error = found.error()});
        });
}

void EndpointListModel::setFinding(QUuid id, const Finding &finding)
{
    const qsizetype row = rowOf(id);
    if (row < 0 || m_rows[row].finding == finding) {
        return;
    }
    m_rows[row].finding = finding;
    Q_EMIT dataChanged(
        index(int(row)), index(int(row)), {ServerRole, HealthRole, HealthTextRole, ProblemRole});
    Q_EMIT changed(id);
}

QString EndpointListModel::healthText(const Finding &finding) const
{
    switch (finding.health) {
    case Unknown:
        return {};
    case Asking:
        return tr("asking …");
    case Failing:
        return tr("not reachable");
    case Healthy:
        break;
    }
    const std::optional<Nanoseconds> latency = finding.description->latency;
    if (!latency) {
        return tr("healthy");
    }
    const auto milliseconds = std::chrono::duration_cast<Milliseconds>(*latency).count();
    return milliseconds < 1 ? tr("healthy < 1 ms") : tr("healthy %L1 ms").arg(milliseconds);
}

int EndpointListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EndpointListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &[endpoint, finding] = m_rows[index.row()];
    switch (role) {
    case IdRole:
        return toText(endpoint.id);
    case Qt::DisplayRole:
    case NameRole:
        return endpoint.name;
    case AddressRole:
        return endpoint.url.toDisplayString(QUrl::RemoveUserInfo);
    case ServerRole: {
        if (finding.description && !finding.description->server.isEmpty()) {
            return QString(finding.description->server + u' ' + finding.description->version)
                .trimmed();
        }
        const Provider *provider = findProvider(endpoint.provider);
        return provider ? provider->displayName() : endpoint.provider;
    }
    case HealthRole:
        return finding.health;
    case HealthTextRole:
        return healthText(finding);
    case ProblemRole:
        return finding.error ? finding.error->message : QString();
    case DemoRole:
        return isDemo(endpoint.id);
    default:
        return {};
    }
}

QHash<int, QByteArray> EndpointListModel::roleNames() const
{
    return {
        {IdRole, "endpointId"},
        {NameRole, "name"},
        {AddressRole, "address"},
        {ServerRole, "server"},
        {HealthRole, "health"},
        {HealthTextRole, "healthText"},
        {ProblemRole, "problem"},
        {DemoRole, "demo"},
    };
}

void EndpointListModel::refresh(const QString &id) { ask(QUuid::fromString(id)); }

void EndpointListModel::remove(const QString &id)
{
    const QUuid endpoint = QUuid::fromString(id);
    const auto at = std::ranges::find(m_stored, endpoint, &Endpoint::id);
    if (at == m_stored.end()) {
        return;
    }
    forgetRemoved();
    m_removed = *at;
    QList<Endpoint> stored = m_stored;
    stored.removeIf([endpoint](const Endpoint &each) { return each.id == endpoint; });
    show(stored);
    m_store.remove(endpoint).then(this, [this](const Result<> &removed) {
        if (!removed) {
            Q_EMIT failed(removed.error().message);
        }
    });
    Q_EMIT removedChanged();
    Q_EMIT changed(endpoint);
}

void EndpointListModel::undoRemove()
{
    if (!m_removed) {
        return;
    }
    const Endpoint endpoint = *std::exchange(m_removed, std::nullopt);
    save(endpoint).then(this, [this](const Result<> &saved) {
        if (!saved) {
            Q_EMIT failed(saved.error().message);
        }
    });
    Q_EMIT removedChanged();
}

void EndpointListModel::forgetRemoved()
{
    if (!m_removed) {
        return;
    }
    const Endpoint endpoint = *std::exchange(m_removed, std::nullopt);
    if (endpoint.key.kind != KeyReference::Kind::None) {
        m_secrets.remove(endpoint.id).then(this, [this](const Result<> &removed) {
            if (!removed) {
                Q_EMIT failed(removed.error().message);
            }
        });
    }
    Q_EMIT removedChanged();
}

} // namespace Lorikeet
