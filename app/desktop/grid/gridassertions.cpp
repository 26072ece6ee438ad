// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridassertions.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// By Kind.
constexpr std::array assertionWords{"contains"_L1, "regex"_L1, "equals"_L1, "number"_L1,
    "schema"_L1, "max-latency"_L1, "max-tokens"_L1};

} // namespace

GridAssertions::GridAssertions(FileReader schemas, QObject *parent)
    : ListModel(parent)
    , m_schemas(std::move(schemas))
{ }

int GridAssertions::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant GridAssertions::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case KindRole:
        return row.kind;
    case Qt::DisplayRole:
    case ValueRole:
        return row.value;
    case ToleranceRole:
        return row.tolerance;
    case ProblemRole:
        return row.problem;
    default:
        return {};
    }
}

QHash<int, QByteArray> GridAssertions::roleNames() const
{
    return {{KindRole, "kind"}, {ValueRole, "valueText"}, {ToleranceRole, "tolerance"},
        {ProblemRole, "problem"}};
}

QString GridAssertions::specOf(const Row &row)
{
    const QString tolerance = row.tolerance.trimmed();
    return assertionWords.at(size_t(row.kind)) + u'=' + row.value
        + (row.kind == Number && !tolerance.isEmpty() ? u'~' + tolerance : QString());
}

QString GridAssertions::problemOf(const Row &row) const
{
    if (row.value.isEmpty()) {
        return {};
    }
    const Result<GridAssertion> made = assertionFromText(specOf(row), m_schemas);
    return made ? QString() : made.error().message;
}

void GridAssertions::add()
{
    beginInsertRows({}, count(), count());
    m_rows.append({.key = ++m_lastKey, .value = {}, .tolerance = {}, .problem = {}});
    endInsertRows();
    Q_EMIT edited();
}

void GridAssertions::remove(int row)
{
    if (row >= 0 && row < count()) {
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
        Q_EMIT edited();
    }
}

void GridAssertions::change(int row, const Row &changed)
{
    if (m_rows[row] == changed) {
        return;
    }
    m_rows[row] = changed;
    m_rows[row].problem = problemOf(changed);
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT edited();
}

void GridAssertions::setKind(int row, int kind)
{
    if (row >= 0 && row < count() && kind >= Contains && kind <= MaxTokens) {
        Row changed = m_rows[row];
        changed.kind = kind;
        // The name of a schema is no text to look for, nor the other way round.
        if (changed.kind == Schema || m_rows[row].kind == Schema) {
            changed.value.clear();
        }
        change(row, changed);
    }
}

void GridAssertions::setValue(int row, const QString &value)
{
    if (row >= 0 && row < count()) {
        Row changed = m_rows[row];
        changed.value = value;
        change(row, changed);
    }
}

void GridAssertions::setTolerance(int row, const QString &tolerance)
{
    if (row >= 0 && row < count()) {
        Row changed = m_rows[row];
        changed.tolerance = tolerance;
        change(row, changed);
    }
}

void GridAssertions::setSpecs(const QStringList &specs)
{
    beginResetModel();
    m_rows.clear();
    for (const QString &spec : specs) {
        const qsizetype at = spec.indexOf(u'=');
        const QString kind = spec.first(std::max<qsizetype>(at, 0));
        const auto *const word = std::ranges::find(assertionWords, kind);
        if (word == assertionWords.end()) {
            continue;
        }
        Row row{.key = ++m_lastKey,
            .kind = int(word - assertionWords.begin()),
            .value = spec.sliced(at + 1),
            .tolerance = {},
            .problem = {}};
        if (const qsizetype tilde = toleranceIn(row.value); row.kind == Number && tilde >= 0) {
            row.tolerance = row.value.sliced(tilde + 1);
            row.value.truncate(tilde);
        }
        row.problem = problemOf(row);
        m_rows.append(row);
    }
    endResetModel();
    Q_EMIT edited();
}

QStringList GridAssertions::specs() const
{
    QStringList specs;
    for (const Row &row : m_rows) {
        if (!row.value.isEmpty()) {
            specs.append(specOf(row));
        }
    }
    return specs;
}

QString GridAssertions::problem() const
{
    for (const Row &row : m_rows) {
        if (!row.problem.isEmpty()) {
            return row.problem;
        }
    }
    return {};
}

} // namespace Lorikeet
