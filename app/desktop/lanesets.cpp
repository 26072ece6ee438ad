// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lanesets.h"

#include "ids.h"

#include <algorithm>

namespace Lorikeet {

LaneSets::LaneSets(const ComparisonStore &store, QObject *parent)
    : ListModel(parent)
    , m_store(store)
{ }

int LaneSets::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : count(); }

QVariant LaneSets::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const LaneSet &set = m_sets[index.row()];
    switch (role) {
    case IdRole:
        return toText(set.id);
    case Qt::DisplayRole:
    case NameRole:
        return set.name;
    case DetailRole:
        return tr("%n lane(s)", nullptr, int(set.lanes.size()));
    default:
        return {};
    }
}

QHash<int, QByteArray> LaneSets::roleNames() const
{
    return {{IdRole, "setId"}, {NameRole, "name"}, {DetailRole, "summary"}};
}

void LaneSets::load()
{
    const int reading = ++m_reading;
    m_store.laneSets().then(this, [this, reading](const Result<QList<LaneSet>> &sets) {
        if (reading != m_reading) {
            return;
        }
        if (!sets) {
            Q_EMIT failed(sets.error().message);
            return;
        }
        update(m_sets, *sets, [](const LaneSet &set) { return set.id; });
        Q_EMIT rowsChanged();
    });
}

void LaneSets::carryOut(QFuture<Result<>> change)
{
    change.then(this, [this](const Result<> &done) {
        if (!done) {
            Q_EMIT failed(done.error().message);
        }
        load();
    });
}

void LaneSets::keep(const QString &name, const QList<ChatSetup> &lanes)
{
    const auto known = std::ranges::find(m_sets, name, &LaneSet::name);
    carryOut(m_store.saveLaneSet({.id = known == m_sets.end() ? QUuid::createUuid() : known->id,
        .name = name,
        .lanes = lanes}));
}

void LaneSets::remove(const QString &id) { carryOut(m_store.removeLaneSet(QUuid::fromString(id))); }

} // namespace Lorikeet
