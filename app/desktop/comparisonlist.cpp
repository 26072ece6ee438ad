// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparisonlist.h"

#include "ids.h"
#include "sessionlistmodel.h"

#include <algorithm>

namespace Lorikeet {

ComparisonList::ComparisonList(const ComparisonStore &store, QObject *parent)
    : ListModel(parent)
    , m_store(store)
{ }

int ComparisonList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ComparisonList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ComparisonSummary &row = m_rows[index.row()];
    switch (role) {
    case IdRole:
        return toText(row.id);
    case Qt::DisplayRole:
    case TitleRole:
        return row.title.isEmpty() ? tr("New comparison") : row.title;
    case SectionRole:
        return SessionListModel::sectionOf(row.updated, QDate::currentDate());
    case PinnedRole:
        return false;
    case SnippetRole:
        return QString();
    default:
        return {};
    }
}

QHash<int, QByteArray> ComparisonList::roleNames() const
{
    return {
        {IdRole, "sessionId"},
        {TitleRole, "title"},
        {SectionRole, "section"},
        {PinnedRole, "pinned"},
        {SnippetRole, "snippet"},
    };
}

void ComparisonList::refresh()
{
    const int reading = ++m_reading;
    m_store.list().then(this, [this, reading](const Result<QList<ComparisonSummary>> &list) {
        if (reading != m_reading) {
            return;
        }
        if (!list) {
            Q_EMIT failed(list.error().message);
            return;
        }
        update(m_rows, *list, [](const ComparisonSummary &row) { return row.id; });
        Q_EMIT rowsChanged();
    });
}

void ComparisonList::carryOut(QFuture<Result<>> change)
{
    change.then(this, [this](const Result<> &done) {
        if (!done) {
            Q_EMIT failed(done.error().message);
        }
        refresh();
    });
}

void ComparisonList::remove(const QString &id)
{
    const QUuid comparison = QUuid::fromString(id);
    const auto row = std::ranges::find(m_rows, comparison, &ComparisonSummary::id);
    if (row == m_rows.end()) {
        return;
    }
    m_removed = comparison;
    m_removedTitle = data(index(int(row - m_rows.begin())), TitleRole).toString();
    // Who shows it lets go of it first, so that nothing of it is written afterwards.
    Q_EMIT removed(comparison);
    carryOut(m_store.remove(comparison));
    Q_EMIT removedChanged();
}

void ComparisonList::undoRemove()
{
    if (!m_removed.isNull()) {
        carryOut(m_store.restore(m_removed));
        forgetRemoved();
    }
}

void ComparisonList::forgetRemoved()
{
    m_removed = {};
    m_removedTitle.clear();
    Q_EMIT removedChanged();
}

} // namespace Lorikeet
