// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridcells.h"

#include "grid/gridfigures.h"

#include <QJsonArray>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype excerpt = 200;

bool keepsToAll(const QJsonObject &line)
{
    const QJsonArray checks = line[u"checks"_s].toArray();
    return std::ranges::all_of(
        checks, [](const QJsonValue &check) { return check[u"passed"_s].toBool(); });
}

} // namespace

GridCells::GridCells(QObject *parent)
    : QAbstractTableModel(parent)
{ }

int GridCells::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : prompts();
}

int GridCells::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_plan.rows.isEmpty() ? 0 : lanes() + 1;
}

void GridCells::setPlan(const GridPlan &plan, const GridResults &results)
{
    beginResetModel();
    m_plan = plan;
    m_results = results;
    m_results.removeIf(
        [this](const auto &it) { return it.key() < 0 || it.key() >= m_plan.count(); });
    endResetModel();
    Q_EMIT planChanged();
}

void GridCells::add(const QList<QJsonObject> &lines)
{
    int first = prompts();
    int last = -1;
    for (const QJsonObject &line : lines) {
        const qint64 at = line[u"index"_s].toInteger(-1);
        if (at < 0 || at >= m_plan.count()) {
            continue;
        }
        m_results.insert(at, line);
        const int row = int(m_plan.cell(at).row);
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= 0) {
        Q_EMIT dataChanged(index(first, 1), index(last, lanes()));
    }
}

GridCells::Cell GridCells::cellAt(qsizetype row, qsizetype lane) const
{
    Cell cell;
    for (int sample = 0; sample < m_plan.samples; ++sample) {
        const auto found
            = m_results.constFind(m_plan.index({.row = row, .lane = lane, .sample = sample}));
        if (found == m_results.constEnd()) {
            continue;
        }
        const QJsonObject &line = *found;
        if (line.contains("error"_L1)) {
            cell.error = line[u"error"_s][u"message"_s].toString();
            continue;
        }
        if (cell.answered++ == 0) {
            cell.text = line[u"text"_s].toString().left(excerpt).simplified();
        }
        cell.passed += keepsToAll(line) ? 1 : 0;
        cell.seconds += line[u"metrics"_s][u"total_ns"_s].toDouble() * 1e-9;
        cell.tokens += line[u"metrics"_s][u"output_tokens"_s].toInteger();
    }
    return cell;
}

GridCells::State GridCells::stateOf(const Cell &cell) const
{
    if (!cell.error.isEmpty()) {
        return Broken;
    }
    if (cell.passed < cell.answered) {
        return Failed;
    }
    if (cell.answered < m_plan.samples) {
        return Waiting;
    }
    return m_plan.assertions.isEmpty() ? Answered : Passed;
}

QString GridCells::verdictOf(const Cell &cell) const
{
    switch (stateOf(cell)) {
    case Broken:
        return tr("error: %1").arg(cell.error);
    case Waiting:
        return cell.answered == 0 ? tr("not asked")
                                  : tr("%1 of %2 asked").arg(cell.answered).arg(m_plan.samples);
    case Passed:
        return m_plan.samples == 1 ? tr("passed")
                                   : tr("%1 of %2 passed").arg(cell.passed).arg(cell.answered);
    case Failed:
        return m_plan.samples == 1 ? tr("failed")
                                   : tr("%1 of %2 passed").arg(cell.passed).arg(cell.answered);
    case Prompt:
    case Answered:
        break;
    }
    return {};
}

QVariant GridCells::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.column() == 0) {
        const GridRow &row = m_plan.rows.at(index.row());
        switch (role) {
        case Qt::DisplayRole:
        case TextRole:
            return row.messages.constLast().content.left(excerpt).simplified();
        case StateRole:
            return Prompt;
        case VerdictRole:
            return row.id;
        case FactsRole:
            return QString();
        default:
            return {};
        }
    }
    const Cell cell = cellAt(index.row(), index.column() - 1);
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return cell.text;
    case StateRole:
        return stateOf(cell);
    case VerdictRole:
        return verdictOf(cell);
    case FactsRole:
        return cell.answered == 0 ? QString()
                                  : tr("%1 · %2 tok")
                                        .arg(timeText(cell.seconds / cell.answered),
                                            QLocale().toString(cell.tokens / cell.answered));
    default:
        return {};
    }
}

QVariant GridCells::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal || section > lanes()) {
        return {};
    }
    return section == 0
        ? tr("Prompt")
        : u"%1 · %2"_s.arg(laneLetter(section - 1), m_plan.lanes.at(section - 1).name);
}

QHash<int, QByteArray> GridCells::roleNames() const
{
    return {{Qt::DisplayRole, "display"}, {TextRole, "cellText"}, {StateRole, "cellState"},
        {VerdictRole, "verdict"}, {FactsRole, "facts"}};
}

} // namespace Lorikeet
