// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "parametermodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', 15);
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array: {
        // As ParameterSpec::parse() reads it: one text stands for itself, more are JSON.
        const QJsonArray list = value.toArray();
        return list.size() == 1 && list.first().isString()
            ? list.first().toString()
            : QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
    }
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

ParameterModel::Editor editorOf(const ParameterSpec &spec)
{
    switch (spec.type) {
    case ParameterSpec::Type::Number:
    case ParameterSpec::Type::Integer:
        return spec.minimum && (spec.maximum || spec.sliderMaximum) ? ParameterModel::Slider
                                                                    : ParameterModel::Number;
    case ParameterSpec::Type::Boolean:
        return ParameterModel::Switch;
    case ParameterSpec::Type::Choice:
        return ParameterModel::Choice;
    case ParameterSpec::Type::Text:
    case ParameterSpec::Type::TextList:
        return ParameterModel::Text;
    case ParameterSpec::Type::Json:
        return ParameterModel::Json;
    }
    Q_UNREACHABLE_RETURN(ParameterModel::Text);
}

double stepOf(const ParameterSpec &spec)
{
    return spec.type == ParameterSpec::Type::Integer ? std::max(1.0, spec.step) : spec.step;
}

} // namespace

ParameterModel::ParameterModel(QObject *parent)
    : QAbstractListModel(parent)
{ }

QString ParameterModel::summary() const
{
    QStringList parts;
    for (const ParameterSpec &spec : m_specs) {
        if (const auto value = m_parameters.constFind(spec.name); value != m_parameters.cend()) {
            parts.append(shortText(spec.name, *value));
        }
    }
    return parts.join(u" · "_s);
}

QString ParameterModel::shortText(const QString &name, const QJsonValue &value)
{
    return name + u' ' + textOf(value);
}

void ParameterModel::setSpecs(const ParameterSpecs &specs)
{
    beginResetModel();
    m_specs = specs;
    m_refused.clear();
    endResetModel();
    Q_EMIT specsChanged();
    Q_EMIT parametersChanged();
}

void ParameterModel::setParameters(const ParameterSet &parameters)
{
    if (m_parameters == parameters) {
        return;
    }
    m_parameters = parameters;
    m_refused.clear();
    if (!m_specs.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(int(m_specs.size()) - 1));
    }
    Q_EMIT parametersChanged();
}

int ParameterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

double ParameterModel::sliderMaximum(const ParameterSpec &spec) const
{
    return spec.sliderMaximum.value_or(spec.maximum.value_or(spec.minimum.value_or(0) + 1));
}

QVariant ParameterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ParameterSpec &spec = m_specs[index.row()];
    const QJsonValue value = m_parameters.value(spec.name, QJsonValue::Null);
    const bool touched = m_parameters.contains(spec.name);
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return spec.name;
    case GroupRole:
        return index.row() > 0 && m_specs[index.row() - 1].group == spec.group ? QString()
                                                                               : spec.group;
    case HelpRole:
        return spec.help;
    case EditorRole:
        return editorOf(spec);
    case TouchedRole:
        return touched;
    case NumberRole:
        // Where the default is not known, a slider begins in the middle when it is first moved.
        return touched
            ? value.toDouble()
            : spec.serverDefault.toDouble((spec.minimum.value_or(0) + sliderMaximum(spec)) / 2);
    case BoolRole:
        return touched ? value.toBool() : spec.serverDefault.toBool();
    case TextRole:
        return m_refused.contains(spec.name) ? m_refused[spec.name].typed : textOf(value);
    case DefaultRole:
        return spec.serverDefault.isNull()
            ? tr("server default")
            : tr("server default %1").arg(textOf(spec.serverDefault));
    case DefaultKnownRole:
        return spec.serverDefault.isDouble()
            && spec.serverDefault.toDouble() >= spec.minimum.value_or(0)
            && spec.serverDefault.toDouble() <= sliderMaximum(spec);
    case MinimumRole:
        return spec.minimum.value_or(0) + (spec.minimumExcluded ? stepOf(spec) : 0);
    case MaximumRole:
        return sliderMaximum(spec) - (spec.maximumExcluded ? stepOf(spec) : 0);
    case StepRole:
        return stepOf(spec);
    case ChoicesRole:
        return spec.choices;
    case IgnoredRole:
        return spec.fate == ParameterSpec::Fate::Ignored;
    case ProblemRole:
        return m_refused.value(spec.name).sentence;
    default:
        return {};
    }
}

QHash<int, QByteArray> ParameterModel::roleNames() const
{
    return {
        {NameRole, "name"},
        {GroupRole, "groupTitle"},
        {HelpRole, "help"},
        {EditorRole, "editor"},
        {TouchedRole, "touched"},
        {NumberRole, "number"},
        {BoolRole, "flag"},
        {TextRole, "valueText"},
        {DefaultRole, "defaultText"},
        {DefaultKnownRole, "defaultKnown"},
        {MinimumRole, "minimum"},
        {MaximumRole, "maximum"},
        {StepRole, "step"},
        {ChoicesRole, "choices"},
        {IgnoredRole, "ignored"},
        {ProblemRole, "problem"},
    };
}

void ParameterModel::rowChanged(int row)
{
    Q_EMIT dataChanged(
        index(row), index(row), {TouchedRole, NumberRole, BoolRole, TextRole, ProblemRole});
}

void ParameterModel::refuse(int row, const QString &typed, const QString &sentence)
{
    m_refused[m_specs[row].name] = {typed, sentence};
    rowChanged(row);
}

void ParameterModel::set(int row, const QJsonValue &value)
{
    const ParameterSpec &spec = m_specs[row];
    if (const auto problem = spec.check(value)) {
        refuse(row, textOf(value), *problem);
        return;
    }
    const bool wasRefused = m_refused.remove(spec.name) > 0;
    const auto before = m_parameters.constFind(spec.name);
    if (before != m_parameters.cend() && *before == value) {
        if (wasRefused) {
            rowChanged(row);
        }
        return;
    }
    m_parameters.insert(spec.name, value);
    rowChanged(row);
    Q_EMIT parametersChanged();
    Q_EMIT edited();
}

void ParameterModel::setNumber(int row, double value)
{
    if (row < 0 || row >= count()) {
        return;
    }
    const ParameterSpec &spec = m_specs[row];
    if (spec.type == ParameterSpec::Type::Integer) {
        set(row, QJsonValue(qint64(std::llround(value))));
        return;
    }
    // A slider's steps add up to 0.30000000000000004: what is sent is what is shown.
    set(row, QJsonValue(QString::number(value, 'g', 10).toDouble()));
}

void ParameterModel::setBool(int row, bool value)
{
    if (row >= 0 && row < count()) {
        set(row, QJsonValue(value));
    }
}

void ParameterModel::setText(int row, const QString &text)
{
    if (row < 0 || row >= count()) {
        return;
    }
    if (text.trimmed().isEmpty()) {
        reset(row);
        return;
    }
    const ParameterSpec &spec = m_specs[row];
    if (const auto value = spec.parse(text)) {
        set(row, *value);
        return;
    }
    refuse(row, text, tr("“%1” is not a value of %2.").arg(text, spec.name));
}

void ParameterModel::reset(int row)
{
    if (row < 0 || row >= count()) {
        return;
    }
    const QString &name = m_specs[row].name;
    const bool wasRefused = m_refused.remove(name) > 0;
    const bool wasSet = m_parameters.remove(name) > 0;
    if (wasRefused || wasSet) {
        rowChanged(row);
    }
    if (wasSet) {
        Q_EMIT parametersChanged();
        Q_EMIT edited();
    }
}

void ParameterModel::resetAll()
{
    const bool wasSet = !m_parameters.isEmpty();
    setParameters({});
    if (wasSet) {
        Q_EMIT edited();
    }
}

} // namespace Lorikeet
