// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapterpicker.h"

#include "preferences.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

AdapterPicker::AdapterPicker(Preferences &preferences, QObject *parent)
    : ListModel(parent)
    , m_preferences(preferences)
{
    connect(&preferences, &Preferences::recentAdaptersChanged, this, &AdapterPicker::recentChanged);
}

void AdapterPicker::setEndpoint(QUuid endpoint, const QString &provider)
{
    if (m_endpoint == endpoint && m_provider == provider) {
        return;
    }
    m_endpoint = endpoint;
    m_provider = provider;
    Q_EMIT descriptionChanged();
    Q_EMIT recentChanged();
}

void AdapterPicker::setDescription(const EndpointDescription &description, const QString &problem)
{
    if (m_description == description && m_problem == problem) {
        return;
    }
    m_description = description;
    m_problem = problem;
    listRows();
    Q_EMIT descriptionChanged();
    Q_EMIT choiceChanged();
}

void AdapterPicker::listRows()
{
    // An adapter that names its base is offered with that base only.
    QList<AdapterInfo> rows;
    for (const AdapterInfo &info : std::as_const(m_description.adapters)) {
        if (m_model.isEmpty() || info.base.isEmpty() || info.base == m_model) {
            rows.append(info);
        }
    }
    update(m_rows, rows, [](const AdapterInfo &info) { return info.id; });
}

void AdapterPicker::setChoice(const QString &model, const AdapterChoice &adapter)
{
    if (m_model == model && m_adapter == adapter) {
        return;
    }
    m_model = model;
    m_adapter = adapter;
    listRows();
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {ChosenRole, ScaleRole, ScaleSetRole});
    }
    Q_EMIT descriptionChanged();
    Q_EMIT choiceChanged();
}

QStringList AdapterPicker::modelsOf(const EndpointDescription &description)
{
    QStringList ids;
    for (const ModelInfo &info : description.models) {
        const bool isAdapter = std::ranges::any_of(description.adapters,
            [&](const AdapterInfo &adapter) { return adapter.id == info.id; });
        if (!isAdapter) {
            ids.append(info.id);
        }
    }
    return ids;
}

QString AdapterPicker::reason() const
{
    if (!m_description.models.isEmpty()) {
        return {};
    }
    return !m_problem.isEmpty() ? m_problem
        : m_description.notes.isEmpty()
        ? tr("This server lists no models. Type the name of one, or "
             "leave it empty to use what it serves.")
        : m_description.notes.join(u' ');
}

void AdapterPicker::setModel(const QString &model)
{
    if (const QString trimmed = model.trimmed(); trimmed != m_model) {
        setChoice(trimmed, m_adapter);
        Q_EMIT edited();
    }
}

QString AdapterPicker::adapterLabel() const
{
    if (m_adapter.isBase()) {
        return tr("base model");
    }
    if (m_adapter.merged) {
        return m_adapter.merged->ids.join(u" + "_s);
    }
    if (m_adapter.scales.isEmpty()) {
        return m_adapter.id;
    }
    QStringList parts;
    for (const AdapterScale &each : m_adapter.scales) {
        if (each.scale != 0) {
            parts.append(tr("%1 × %2").arg(each.label()).arg(each.scale));
        }
    }
    return parts.isEmpty() ? tr("all adapters off") : parts.join(u", "_s);
}

QStringList AdapterPicker::sourcesOf(const QString &provider)
{
    if (provider == "lorax"_L1) {
        return {u"hub"_s, u"local"_s, u"s3"_s, u"pbase"_s};
    }
    return provider == "predibase"_L1 ? QStringList{u"pbase"_s, u"hub"_s, u"s3"_s, u"local"_s}
                                      : QStringList();
}

QString AdapterPicker::sourceOf(const QString &id) const
{
    const QList<RecentAdapter> recent = m_preferences.recentAdapters(m_endpoint);
    const auto known = std::ranges::find(recent, id, &RecentAdapter::id);
    return known == recent.end() ? sources().value(0) : known->source;
}

bool AdapterPicker::canMerge() const
{
    return m_provider == "lorax"_L1 || m_provider == "predibase"_L1;
}

QStringList AdapterPicker::recent() const
{
    QStringList ids;
    for (const RecentAdapter &adapter : m_preferences.recentAdapters(m_endpoint)) {
        ids.append(adapter.id);
    }
    return ids;
}

int AdapterPicker::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

std::optional<double> AdapterPicker::chosenScale(const AdapterInfo &info) const
{
    const auto at = std::ranges::find(m_adapter.scales, info.id.toInt(), &AdapterScale::id);
    return at == m_adapter.scales.end() ? std::nullopt : std::optional(at->scale);
}

QVariant AdapterPicker::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const AdapterInfo &info = m_rows[index.row()];
    switch (role) {
    case IdRole:
        return info.id;
    case Qt::DisplayRole:
    case NameRole:
        return info.name.isEmpty() ? info.id : info.name;
    case DetailRole:
        return info.path;
    case ChosenRole:
        return m_adapter.id == info.id;
    case ScaleRole:
        // Once a request names scales, an adapter it does not name counts as 0.
        return m_adapter.scales.isEmpty() ? info.scale.value_or(0) : chosenScale(info).value_or(0);
    case ScaleSetRole:
        return !m_adapter.scales.isEmpty();
    default:
        return {};
    }
}

QHash<int, QByteArray> AdapterPicker::roleNames() const
{
    return {
        {IdRole, "adapterId"},
        {NameRole, "name"},
        {DetailRole, "detail"},
        {ChosenRole, "chosen"},
        {ScaleRole, "scale"},
        {ScaleSetRole, "scaleSet"},
    };
}

void AdapterPicker::decide(const AdapterChoice &choice)
{
    if (choice != m_adapter) {
        setChoice(m_model, choice);
        Q_EMIT edited();
    }
}

void AdapterPicker::choose(const QString &id) { chooseFrom(id, sourceOf(id.trimmed())); }

void AdapterPicker::chooseFrom(const QString &id, const QString &source)
{
    AdapterChoice choice;
    choice.id = id.trimmed();
    if (!choice.id.isEmpty()) {
        choice.source = sources().contains(source) ? source : QString();
        m_preferences.addRecentAdapter(m_endpoint, {choice.id, choice.source});
    }
    decide(choice);
}

void AdapterPicker::merge(const MergedAdapters &adapters, const QString &source)
{
    AdapterChoice choice;
    choice.merged = adapters;
    choice.source = source;
    for (const QString &id : adapters.ids) {
        m_preferences.addRecentAdapter(m_endpoint, {id, source});
    }
    decide(choice);
}

void AdapterPicker::take(const TurnChoice &choice)
{
    if (choice.adapter && !choice.adapter->id.isEmpty()) {
        m_preferences.addRecentAdapter(m_endpoint, {choice.adapter->id, choice.adapter->source});
    }
    const QString model = choice.model.value_or(m_model);
    const AdapterChoice adapter = choice.adapter.value_or(m_adapter);
    if (model != m_model || adapter != m_adapter) {
        setChoice(model, adapter);
        Q_EMIT edited();
    }
}

void AdapterPicker::setScale(int row, double scale)
{
    if (row < 0 || row >= count()) {
        return;
    }
    AdapterChoice choice;
    for (int i = 0; i < count(); ++i) {
        const double present = data(index(i), ScaleRole).toDouble();
        choice.scales.append({.id = m_rows[i].id.toInt(),
            .scale = i == row ? scale : present,
            .name = m_rows[i].name});
    }
    decide(choice);
}

void AdapterPicker::resetScales() { decide({}); }

} // namespace Lorikeet
