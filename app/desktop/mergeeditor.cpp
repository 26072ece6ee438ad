// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mergeeditor.h"

#include "adapterpicker.h"
#include "providers/loraxchecks.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const auto usualWeight = u"1"_s;
const auto usualDensity = u"0.5"_s;

/// Nothing where it is no number.
std::optional<double> numberOf(const QString &text)
{
    bool understood = false;
    const double number = text.trimmed().toDouble(&understood);
    return understood ? std::optional(number) : std::nullopt;
}

} // namespace

MergeEditor::MergeEditor(AdapterPicker &picker, QObject *parent)
    : ListModel(parent)
    , m_picker(picker)
    , m_density(usualDensity)
{ }

QStringList MergeEditor::strategies() const { return loraxMergeStrategies(); }

QStringList MergeEditor::signMethods() const { return loraxSignMethods(); }

void MergeEditor::setStrategy(int index)
{
    if (index >= 0 && index < strategies().size()) {
        m_strategy = index;
        Q_EMIT changed();
    }
}

void MergeEditor::setSignMethod(int index)
{
    if (index >= 0 && index < signMethods().size()) {
        m_signMethod = index;
        Q_EMIT changed();
    }
}

void MergeEditor::setDensity(const QString &text)
{
    m_density = text;
    Q_EMIT changed();
}

void MergeEditor::setSource(const QString &source)
{
    m_source = source;
    Q_EMIT changed();
}

bool MergeEditor::isDensityUsed() const { return loraxMergeIsSparse(strategies()[m_strategy]); }

bool MergeEditor::isSignMethodUsed() const { return loraxMergeVotes(strategies()[m_strategy]); }

QString MergeEditor::help() const
{
    const QString strategy = strategies()[m_strategy];
    if (strategy == "ties"_L1) {
        return tr("Keeps the strongest part of each adapter, as much as the density says, lets "
                  "them vote on each sign, and adds up what agrees.");
    }
    if (strategy == "dare_linear"_L1) {
        return tr("Keeps a random part of each adapter, as much as the density says, scales it up "
                  "to make up for the rest, and adds up by weight.");
    }
    if (strategy == "dare_ties"_L1) {
        return tr("Keeps a random part of each adapter, as much as the density says, lets them "
                  "vote on each sign, and adds up what agrees.");
    }
    return tr("Adds up the adapters by their weights.");
}

MergedAdapters MergeEditor::merged() const
{
    MergedAdapters merged;
    for (const Row &row : m_rows) {
        merged.ids.append(row.id.trimmed());
        merged.weights.append(numberOf(row.weight).value_or(0));
    }
    merged.strategy = strategies()[m_strategy];
    if (isDensityUsed()) {
        merged.density = numberOf(m_density).value_or(0);
    }
    if (isSignMethodUsed()) {
        merged.majoritySignMethod = signMethods()[m_signMethod];
    }
    return merged;
}

QString MergeEditor::problem() const
{
    for (const Row &row : m_rows) {
        if (!numberOf(row.weight)) {
            return tr("“%1” is no weight: it takes a number such as 0.5.").arg(row.weight);
        }
    }
    if (isDensityUsed() && !numberOf(m_density)) {
        return tr("“%1” is no density: it takes a number from 0 to 1.").arg(m_density);
    }
    return loraxMergeProblem(merged()).value_or(QString());
}

int MergeEditor::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant MergeEditor::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case IdRole:
        return row.id;
    case WeightRole:
        return row.weight;
    default:
        return {};
    }
}

QHash<int, QByteArray> MergeEditor::roleNames() const
{
    return {{IdRole, "adapterId"}, {WeightRole, "weight"}};
}

void MergeEditor::start()
{
    beginResetModel();
    m_rows.clear();
    const AdapterChoice &choice = m_picker.adapter();
    if (const std::optional<MergedAdapters> &merged = choice.merged) {
        for (qsizetype i = 0; i < merged->ids.size(); ++i) {
            m_rows.append({merged->ids[i], QString::number(merged->weights.value(i, 1))});
        }
        m_strategy = int(std::max<qsizetype>(0, strategies().indexOf(merged->strategy)));
        m_signMethod
            = int(std::max<qsizetype>(0, signMethods().indexOf(merged->majoritySignMethod)));
        m_density = merged->density > 0 ? QString::number(merged->density) : usualDensity;
    } else {
        m_rows = {{choice.id, usualWeight}, {{}, usualWeight}};
    }
    m_source = choice.source.isEmpty() ? m_picker.sources().value(0) : choice.source;
    endResetModel();
    Q_EMIT changed();
}

void MergeEditor::add()
{
    beginInsertRows({}, count(), count());
    m_rows.append({{}, usualWeight});
    endInsertRows();
    Q_EMIT changed();
}

void MergeEditor::dropRow(int row)
{
    if (row < 0 || row >= count()) {
        return;
    }
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    Q_EMIT changed();
}

void MergeEditor::setId(int row, const QString &id)
{
    if (row >= 0 && row < count() && m_rows[row].id != id) {
        m_rows[row].id = id;
        Q_EMIT dataChanged(index(row), index(row), {IdRole});
        Q_EMIT changed();
    }
}

void MergeEditor::setWeight(int row, const QString &text)
{
    if (row >= 0 && row < count() && m_rows[row].weight != text) {
        m_rows[row].weight = text;
        Q_EMIT dataChanged(index(row), index(row), {WeightRole});
        Q_EMIT changed();
    }
}

void MergeEditor::apply()
{
    if (problem().isEmpty()) {
        m_picker.merge(merged(), m_source);
    }
}

} // namespace Lorikeet
