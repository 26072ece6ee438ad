// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judging/rubriceditor.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

RubricEditor::RubricEditor(QObject *parent)
    : ListModel(parent)
    , m_rubrics(sampleRubrics())
    , m_samples(m_rubrics.size())
{
    listRows();
}

void RubricEditor::show(const QList<Rubric> &own, QUuid chosen)
{
    m_rubrics = sampleRubrics() + own;
    const auto found = std::ranges::find(m_rubrics, chosen, &Rubric::id);
    m_current = found == m_rubrics.end() ? 0 : found - m_rubrics.begin();
    listRows();
    Q_EMIT changed();
}

void RubricEditor::listRows()
{
    QList<Row> rows;
    for (const RubricCriterion &criterion : rubric().criteria) {
        rows.append({.key = ++m_lastKey, .criterion = criterion});
    }
    update(m_rows, rows, [](const Row &row) { return row.key; });
}

QStringList RubricEditor::names() const
{
    QStringList names;
    for (const Rubric &rubric : m_rubrics) {
        names.append(rubric.name.trimmed().isEmpty() ? tr("Without a name") : rubric.name);
    }
    return names;
}

void RubricEditor::setCurrent(int current)
{
    if (current != m_current && current >= 0 && current < m_rubrics.size()) {
        m_current = current;
        listRows();
        Q_EMIT changed();
    }
}

void RubricEditor::makeOwn()
{
    if (!isOwn()) {
        Rubric own = rubric();
        own.id = QUuid::createUuid();
        own.name = tr("%1, changed").arg(own.name);
        m_rubrics.append(own);
        m_current = m_rubrics.size() - 1;
    }
}

void RubricEditor::setName(const QString &name)
{
    if (name != rubric().name) {
        makeOwn();
        m_rubrics[m_current].name = name;
        Q_EMIT changed();
    }
}

QString RubricEditor::problem() const
{
    return rubricText(rubric()).isEmpty()
        ? tr("The rubric says nothing: write what makes an answer good.")
        : QString();
}

int RubricEditor::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RubricEditor::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const RubricCriterion &criterion = m_rows[index.row()].criterion;
    switch (role) {
    case Qt::DisplayRole:
    case CriterionRole:
        return criterion.text;
    case WeightRole:
        return criterion.weight;
    default:
        return {};
    }
}

QHash<int, QByteArray> RubricEditor::roleNames() const
{
    return {{CriterionRole, "criterion"}, {WeightRole, "weight"}};
}

void RubricEditor::change(const QList<Row> &rows)
{
    makeOwn();
    update(m_rows, rows, [](const Row &row) { return row.key; });
    QList<RubricCriterion> criteria;
    for (const Row &row : rows) {
        criteria.append(row.criterion);
    }
    m_rubrics[m_current].criteria = criteria;
    Q_EMIT changed();
}

void RubricEditor::setCriterion(int row, const QString &text)
{
    if (row >= 0 && row < m_rows.size() && m_rows[row].criterion.text != text) {
        QList<Row> rows = m_rows;
        rows[row].criterion.text = text;
        change(rows);
    }
}

void RubricEditor::setWeight(int row, int weight)
{
    if (row >= 0 && row < m_rows.size() && m_rows[row].criterion.weight != weight) {
        QList<Row> rows = m_rows;
        rows[row].criterion.weight = std::clamp(weight, 1, 9);
        change(rows);
    }
}

void RubricEditor::addCriterion()
{
    change(m_rows + QList{Row{.key = ++m_lastKey, .criterion = {}}});
}

void RubricEditor::removeCriterion(int row)
{
    if (row >= 0 && row < m_rows.size()) {
        QList<Row> rows = m_rows;
        rows.removeAt(row);
        change(rows);
    }
}

void RubricEditor::addRubric()
{
    m_rubrics.append({.id = QUuid::createUuid(), .name = tr("My rubric"), .criteria = {{}}});
    m_current = m_rubrics.size() - 1;
    listRows();
    Q_EMIT changed();
}

void RubricEditor::removeRubric()
{
    if (isOwn()) {
        m_rubrics.removeAt(m_current);
        m_current = std::min(m_current, m_rubrics.size() - 1);
        listRows();
        Q_EMIT changed();
    }
}

} // namespace Lorikeet
