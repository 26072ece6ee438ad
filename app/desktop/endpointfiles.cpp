// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointfiles.h"

#include "endpointlistmodel.h"
#include "store/endpointfile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Far beyond any list of endpoints, and read in a moment.
constexpr qint64 maximumSize = qint64(4) << 20;

Result<QList<Endpoint>> endpointsOf(const QUrl &url)
{
    const QString path = url.toLocalFile();
    const QString name = QFileInfo(path).fileName();
    const auto bad
        = [](const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); };
    if (path.isEmpty()) {
        return bad(EndpointFiles::tr("%1 is no file of this machine.").arg(url.toDisplayString()));
    }
    QFile file(path);
    if (QFileInfo(path).isDir()) {
        return bad(EndpointFiles::tr("%1 is a folder; drop the file itself.").arg(name));
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return bad(EndpointFiles::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    }
    if (file.size() > maximumSize) {
        return bad(EndpointFiles::tr("%1 is too large to be a list of endpoints.").arg(name));
    }
    return endpointsFromFile(file.readAll(), name);
}

/// The same but for what was found behind it, which a file need not know.
bool isSame(const Endpoint &present, Endpoint brought)
{
    brought.server = present.server;
    brought.serverVersion = present.serverVersion;
    // A key in memory and one in the keychain are the same words in a file.
    if (brought.key.kind == KeyReference::Kind::Keychain
        && present.key.kind == KeyReference::Kind::Session) {
        brought.key = present.key;
    }
    return present == brought;
}

} // namespace

EndpointFiles::EndpointFiles(EndpointListModel &endpoints, QObject *parent)
    : ListModel(parent)
    , m_endpoints(endpoints)
{
    connect(&endpoints, &EndpointListModel::rowsChanged, this, &EndpointFiles::endpointsChanged);
}

bool EndpointFiles::canExport() const { return !m_endpoints.stored().isEmpty(); }

void EndpointFiles::tell(const QString &sentence, bool failed)
{
    m_message = sentence;
    m_failed = failed;
    Q_EMIT messageChanged();
}

void EndpointFiles::dismissMessage() { tell({}, false); }

void EndpointFiles::show(const QList<Row> &rows)
{
    if (m_rows != rows) {
        update(m_rows, rows, [](const Row &row) { return row.brought.id; });
        Q_EMIT collisionsChanged();
    }
}

void EndpointFiles::read(const QList<QUrl> &files)
{
    cancel();
    QList<Endpoint> brought;
    for (const QUrl &file : files) {
        const Result<QList<Endpoint>> endpoints = endpointsOf(file);
        if (!endpoints) {
            tell(endpoints.error().message, true);
            return;
        }
        for (const Endpoint &endpoint : *endpoints) {
            if (std::ranges::find(brought, endpoint.id, &Endpoint::id) != brought.end()) {
                tell(tr("“%1” is there twice; give one of the two another name, and try again.")
                         .arg(endpoint.name),
                    true);
                return;
            }
            brought.append(endpoint);
        }
    }
    if (brought.isEmpty()) {
        tell(tr("There is no endpoint in that file."), true);
        return;
    }
    const QList<Endpoint> &stored = m_endpoints.stored();
    QList<Row> rows;
    for (const Endpoint &endpoint : std::as_const(brought)) {
        auto present = std::ranges::find(stored, endpoint.id, &Endpoint::id);
        const bool sameId = present != stored.end();
        if (!sameId) {
            present = std::ranges::find(stored, endpoint.name, &Endpoint::name);
        }
        if (present == stored.end()) {
            m_plain.append(endpoint);
        } else if (isSame(*present, endpoint)) {
            ++m_same;
        } else {
            // One of the same id is an older state of itself.
            rows.append({*present, endpoint, sameId ? Replace : KeepBoth});
        }
    }
    if (rows.isEmpty()) {
        import();
    } else {
        show(rows);
    }
}

void EndpointFiles::choose(int row, int choice)
{
    if (row >= 0 && row < count() && choice >= KeepBoth && choice <= Skip) {
        m_rows[row].choice = Choice(choice);
        Q_EMIT dataChanged(index(row), index(row), {ChoiceRole});
    }
}

QString EndpointFiles::freeName(const QString &name, const QList<Endpoint> &others) const
{
    const QList<Endpoint> all = m_endpoints.stored() + others;
    const auto isTaken = [&all](const QString &wanted) {
        return std::ranges::find(all, wanted, &Endpoint::name) != all.end();
    };
    QString free = name;
    for (int number = 2; isTaken(free); ++number) {
        free = tr("%1 (%2)", "name, number").arg(name).arg(number);
    }
    return free;
}

void EndpointFiles::import()
{
    QList<Endpoint> endpoints = m_plain;
    int skipped = m_same;
    for (const Row &row : std::as_const(m_rows)) {
        Endpoint endpoint = row.brought;
        switch (row.choice) {
        case Replace:
            endpoint.id = row.present.id;
            break;
        case KeepBoth:
            endpoint.id = QUuid::createUuid();
            endpoint.name = freeName(endpoint.name, endpoints);
            break;
        case Skip:
            ++skipped;
            continue;
        }
        endpoints.append(endpoint);
    }
    cancel();
    addAll(endpoints, skipped);
}

void EndpointFiles::addAll(const QList<Endpoint> &endpoints, int skipped)
{
    if (endpoints.isEmpty()) {
        tell(tr("Nothing is imported; %n endpoints stay as they are.", nullptr, skipped), false);
        return;
    }
    QList<QFuture<Result<>>> all;
    bool wantsKeys = false;
    for (const Endpoint &endpoint : endpoints) {
        wantsKeys = wantsKeys || endpoint.key.kind == KeyReference::Kind::Keychain;
        all.append(m_endpoints.save(endpoint));
    }
    QtFuture::whenAll(all.begin(), all.end())
        .then(this, [this, skipped, wantsKeys](const QList<QFuture<Result<>>> &saved) {
            for (const QFuture<Result<>> &each : saved) {
                if (const Result<> done = each.result(); !done) {
                    tell(done.error().message, true);
                    return;
                }
            }
            QStringList parts{tr("%n endpoints imported.", nullptr, int(saved.size()))};
            if (skipped > 0) {
                parts.append(tr("%n stayed as they are.", nullptr, skipped));
            }
            if (wantsKeys) {
                parts.append(tr("Keys are not in the file: enter those that this machine's "
                                "keychain does not hold."));
            }
            tell(parts.join(u' '), false);
        });
}

void EndpointFiles::cancel()
{
    m_plain.clear();
    m_same = 0;
    show({});
}

void EndpointFiles::write(const QUrl &file)
{
    const QString path = file.toLocalFile();
    QSaveFile target(path);
    if (!target.open(QIODevice::WriteOnly)
        || target.write(endpointsToFile(m_endpoints.stored(), endpointFileForm(path))) < 0
        || !target.commit()) {
        tell(tr("%1 cannot be written: %2.").arg(path, target.errorString()), true);
        return;
    }
    tell(tr("%n endpoints written to %1, without their keys.", nullptr,
             int(m_endpoints.stored().size()))
             .arg(QFileInfo(path).fileName()),
        false);
}

int EndpointFiles::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EndpointFiles::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.brought.name;
    case PresentRole:
        return row.present.url.toDisplayString(QUrl::RemoveUserInfo);
    case BroughtRole:
        return row.brought.url.toDisplayString(QUrl::RemoveUserInfo);
    case ChoiceRole:
        return row.choice;
    default:
        return {};
    }
}

QHash<int, QByteArray> EndpointFiles::roleNames() const
{
    return {
        {NameRole, "name"},
        {PresentRole, "present"},
        {BroughtRole, "brought"},
        {ChoiceRole, "choice"},
    };
}

} // namespace Lorikeet
