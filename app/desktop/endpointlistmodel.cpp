// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointlistmodel.h"

#include "chat/chatservice.h"
#include "ids.h"
#include "providers/learntnames.h"
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
    m_store.list()
        .then(this,
            [this](const Result<QList<Endpoint>> &list) {
                if (list) {
                    show(*list);
                } else {
                    Q_EMIT failed(list.error().message);
                }
                return m_store.findings();
            })
        .unwrap()
        .then(this, [this](const Result<QHash<QUuid, EndpointFinding>> &findings) {
            if (findings) {
                for (const auto &[id, found] : findings->asKeyValueRange()) {
                    setFinding(id, {.description = found.description, .at = found.at});
                }
            }
            for (const Endpoint &endpoint : std::as_const(m_stored)) {
                ask(endpoint.id);
            }
            Q_EMIT loaded();
        });
}

void EndpointListModel::show(const QList<Endpoint> &stored)
{
    m_stored = stored;
    QList<Row> rows;
    for (const Endpoint &endpoint : m_demos + stored) {
        const qsizetype known = rowOf(endpoint.id);
        Row row = known < 0 ? Row() : m_rows[known];
        row.endpoint = endpoint;
        rows.append(row);
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

QFuture<Result<>> EndpointListModel::save(const Endpoint &edited)
{
    Endpoint endpoint = edited;
    if (const std::optional<Endpoint> known = find(edited.id)) {
        // It may have been learnt while the form was open, and elsewhere other models answer.
        const bool isSame = known->url == edited.url && known->provider == edited.provider;
        endpoint.learntNames = isSame ? known->learntNames : QList<LearntName>();
    }
    return m_store.save(endpoint).then(this, [this, endpoint](const Result<> &saved) {
        if (saved) {
            QList<Endpoint> stored = m_stored;
            const auto known = std::ranges::find(stored, endpoint.id, &Endpoint::id);
            if (known == stored.end()) {
                stored.append(endpoint);
            } else {
                if (known->url != endpoint.url || known->provider != endpoint.provider) {
                    setFinding(endpoint.id, {});
                }
                *known = endpoint;
            }
            show(stored);
            Q_EMIT changed(endpoint.id);
            ask(endpoint.id);
        }
        return saved;
    });
}

void EndpointListModel::learn(const ChatNode &answer)
{
    const ChatSetup &setup = answer.origin.setup;
    const auto endpoint = std::ranges::find(m_stored, setup.endpoint, &Endpoint::id);
    if (endpoint == m_stored.end() || !answer.error) {
        return;
    }
    const auto names = learntFrom(*answer.error, *endpoint, setup.model, setup.parameters);
    if (names) {
        endpoint->learntNames = *names;
        m_rows[rowOf(endpoint->id)].endpoint = *endpoint;
        tell(m_store.keepLearntNames(endpoint->id, *names));
        Q_EMIT changed(endpoint->id);
    }
}

void EndpointListModel::ask(QUuid id)
{
    const qsizetype row = rowOf(id);
    if (row < 0) {
        return;
    }
    const int number = ++m_rows[row].asked;
    Finding asking = finding(id);
    asking.health = Asking;
    setFinding(id, asking);
    resolve(id)
        .then(this,
            [this, id](const Result<Target> &target) {
                return !target ? QtFuture::makeReadyValueFuture<Result<EndpointDescription>>(
                                     Failure(target.error()))
                    : target->endpoint.provider.isEmpty() ? recognise(id, *target)
                                                          : m_service.describe(*target);
            })
        .unwrap()
        .then(this, [this, id, number](const Result<EndpointDescription> &found) {
            const qsizetype now = rowOf(id);
            if (now >= 0 && m_rows[now].asked == number) {
                onAnswer(id, found);
            }
        });
}

QFuture<Result<EndpointDescription>> EndpointListModel::recognise(QUuid id, const Target &target)
{
    return m_service.probe(target).then(
        this, [this, id](const Result<ProbeResult> &found) -> Result<EndpointDescription> {
            if (!found) {
                return Failure(found.error());
            }
            const auto endpoint = std::ranges::find(m_stored, id, &Endpoint::id);
            if (endpoint != m_stored.end() && endpoint->provider.isEmpty()) {
                endpoint->provider = found->provider;
                endpoint->url = found->url;
                const int row = int(rowOf(id));
                m_rows[row].endpoint = *endpoint;
                tell(m_store.save(*endpoint));
                Q_EMIT dataChanged(index(row), index(row));
                Q_EMIT changed(id);
            }
            return found->description;
        });
}

void EndpointListModel::onAnswer(QUuid id, const Result<EndpointDescription> &found)
{
    Finding finding = this->finding(id);
    if (!found) {
        finding.health = Failing;
        finding.error = found.error();
        setFinding(id, finding);
        return;
    }
    finding = {.health = Healthy, .description = *found, .at = QDateTime::currentDateTimeUtc()};
    setFinding(id, finding);
    if (!isDemo(id)) {
        keep(id, finding);
    }
}

void EndpointListModel::keep(QUuid id, const Finding &finding)
{
    const auto endpoint = std::ranges::find(m_stored, id, &Endpoint::id);
    if (endpoint == m_stored.end()) {
        return;
    }
    const QString &server = finding.description->server;
    const QString &version = finding.description->version;
    if (!server.isEmpty() && (endpoint->server != server || endpoint->serverVersion != version)) {
        // Another one answers there now, or it is the first to be recognised.
        endpoint->server = server;
        endpoint->serverVersion = version;
        m_rows[rowOf(id)].endpoint = *endpoint;
        tell(m_store.save(*endpoint));
        Q_EMIT changed(id);
    }
    tell(m_store.keepFinding(id, {.description = *finding.description, .at = finding.at}));
}

void EndpointListModel::tell(const QFuture<Result<>> &done)
{
    QFuture<Result<>>(done).then(this, [this](const Result<> &result) {
        if (!result) {
            Q_EMIT failed(result.error().message);
        }
    });
}

void EndpointListModel::setFinding(QUuid id, const Finding &finding)
{
    const qsizetype row = rowOf(id);
    if (row < 0 || m_rows[row].finding == finding) {
        return;
    }
    m_rows[row].finding = finding;
    Q_EMIT dataChanged(index(int(row)), index(int(row)),
        {ServerRole, HealthRole, HealthTextRole, ProblemRole, LastAnswerRole});
    Q_EMIT changed(id);
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
    const Endpoint &endpoint = m_rows[index.row()].endpoint;
    const Finding &finding = m_rows[index.row()].finding;
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
        return provider                   ? provider->displayName()
            : endpoint.provider.isEmpty() ? tr("not recognised yet")
                                          : endpoint.provider;
    }
    case HealthRole:
        return finding.health;
    case HealthTextRole:
        return healthText(finding);
    case ProblemRole:
        return finding.error ? finding.error->message : QString();
    case LastAnswerRole:
        return lastAnswer(finding);
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
        {LastAnswerRole, "lastAnswer"},
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
    tell(m_store.remove(endpoint));
    Q_EMIT removedChanged();
    Q_EMIT changed(endpoint);
}

void EndpointListModel::undoRemove()
{
    if (!m_removed) {
        return;
    }
    const Endpoint endpoint = *std::exchange(m_removed, std::nullopt);
    tell(save(endpoint));
    Q_EMIT removedChanged();
}

void EndpointListModel::forgetRemoved()
{
    if (!m_removed) {
        return;
    }
    const Endpoint endpoint = *std::exchange(m_removed, std::nullopt);
    using What = SecretStore::What;
    for (const What what :
        {What::Key, What::ClientKeyPassphrase, What::AdapterToken, What::Cookie}) {
        if (placeOf(endpoint, what).kind != KeyReference::Kind::None) {
            tell(m_secrets.remove(endpoint.id, what));
        }
    }
    Q_EMIT removedChanged();
}

} // namespace Lorikeet
