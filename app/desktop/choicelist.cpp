// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "choicelist.h"

#include "adapterpicker.h"
#include "endpointlistmodel.h"
#include "fuzzy.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// More of what is found is nothing to choose from.
constexpr qsizetype mostFound = 60;

/// All of a server's adapters off but for the one at `on`; -1: all.
AdapterChoice scalesOf(const QList<AdapterInfo> &adapters, qsizetype on)
{
    AdapterChoice choice;
    for (qsizetype i = 0; i < adapters.size(); ++i) {
        choice.scales.append(
            {.id = adapters[i].id.toInt(), .scale = i == on ? 1.0 : 0.0, .name = adapters[i].name});
    }
    return choice;
}

QString nameOf(const AdapterInfo &info) { return info.name.isEmpty() ? info.id : info.name; }

} // namespace

ChoiceList::ChoiceList(AdapterPicker &picker, const EndpointListModel *endpoints, QObject *parent)
    : ListModel(parent)
    , m_picker(picker)
    , m_endpoints(endpoints)
{
    for (const auto moves : {&AdapterPicker::descriptionChanged, &AdapterPicker::choiceChanged,
             &AdapterPicker::recentChanged}) {
        connect(&picker, moves, this, &ChoiceList::list);
    }
    if (endpoints) {
        connect(endpoints, &EndpointListModel::changed, this, &ChoiceList::list);
        connect(endpoints, &EndpointListModel::rowsChanged, this, &ChoiceList::list);
    }
    list();
}

void ChoiceList::setQuery(const QString &query)
{
    if (m_query != query) {
        m_query = query;
        list();
        Q_EMIT queryChanged();
    }
}

QString ChoiceList::source() const
{
    const QStringList sources = m_picker.sources();
    return sources.contains(m_source) ? m_source : sources.value(0);
}

void ChoiceList::setSource(const QString &source)
{
    if (m_source != source) {
        m_source = source;
        list();
        Q_EMIT sourceChanged();
    }
}

ChoiceList::Row ChoiceList::adapterRow(
    const AdapterChoice &adapter, const QString &title, const QString &detail) const
{
    return {.choice = {.label = title, .endpoint = {}, .model = {}, .adapter = adapter},
        .title = title,
        .detail = detail,
        .section = tr("Adapters"),
        .chosen = m_picker.adapter() == adapter};
}

QList<ChoiceList::Row> ChoiceList::scaled() const
{
    const QList<AdapterInfo> &infos = m_picker.rows();
    QList<Row> rows{adapterRow({}, tr("As the server was started"), tr("no scales are sent")),
        adapterRow(scalesOf(infos, -1), tr("Base model"), tr("all scales 0"))};
    for (qsizetype i = 0; i < infos.size(); ++i) {
        rows.append(adapterRow(scalesOf(infos, i), nameOf(infos[i]), tr("scale 1, the others 0")));
    }
    return rows;
}

QList<ChoiceList::Row> ChoiceList::adapters() const
{
    const int style = m_picker.style();
    if (style == AdapterPicker::Scales) {
        return scaled();
    }
    QList<Row> rows;
    const QList<AdapterInfo> &listed = m_picker.rows();
    const QStringList recent = m_picker.recent();
    for (const QString &id : recent) {
        const auto info = std::ranges::find(listed, id, &AdapterInfo::id);
        // Where the server tells what it has, it has nothing else.
        if (info == listed.end() && style != AdapterPicker::FreeText) {
            continue;
        }
        AdapterChoice choice;
        choice.id = id;
        choice.source = m_picker.sourceOf(id);
        Row row = adapterRow(choice, info == listed.end() ? id : nameOf(*info), choice.source);
        row.section = tr("Recently used");
        rows.append(row);
    }
    rows.prepend(adapterRow({}, tr("Base model, no adapter"), {}));
    rows.first().section.clear();
    for (const AdapterInfo &info : listed) {
        if (!recent.contains(info.id)) {
            AdapterChoice choice;
            choice.id = info.id;
            choice.source = m_picker.sources().value(0);
            rows.append(adapterRow(choice, nameOf(info), info.path));
        }
    }
    return rows;
}

QList<ChoiceList::Row> ChoiceList::models() const
{
    QList<Row> rows;
    for (const QString &model : m_picker.models()) {
        rows.append({.choice = {.label = model, .endpoint = {}, .model = model, .adapter = {}},
            .title = model,
            .detail = {},
            .section = tr("Models"),
            .chosen = m_picker.model() == model});
    }
    return rows;
}

QList<ChoiceList::Row> ChoiceList::rowsAt(
    const Endpoint &endpoint, const EndpointDescription &description, const QString &section)
{
    QList<Row> rows;
    const auto add
        = [&](const QString &title, const QString &detail, const std::optional<QString> &model,
              const std::optional<AdapterChoice> &adapter) {
              rows.append({.choice
                  = {.label = title, .endpoint = endpoint.id, .model = model, .adapter = adapter},
                  .title = title,
                  .detail = detail.arg(endpoint.name),
                  .section = section});
          };
    const QList<AdapterInfo> &infos = description.adapters;
    for (qsizetype i = 0; i < infos.size(); ++i) {
        AdapterChoice adapter;
        if (description.adapterStyle == AdapterStyle::Scales) {
            adapter = scalesOf(infos, i);
        } else {
            adapter.id = infos[i].id;
            adapter.source = AdapterPicker::sourcesOf(endpoint.provider).value(0);
        }
        const QString &base = infos[i].base;
        add(nameOf(infos[i]), tr("at %1", "an endpoint"),
            base.isEmpty() ? std::nullopt : std::optional(base), adapter);
    }
    for (const QString &model : AdapterPicker::modelsOf(description)) {
        add(model, tr("model at %1", "an endpoint"), model, std::nullopt);
    }
    return rows;
}

QList<ChoiceList::Row> ChoiceList::elsewhere(bool whole) const
{
    QList<Row> rows;
    if (!m_endpoints) {
        return rows;
    }
    const QString section = m_picker.endpoint().isNull() ? tr("Endpoints") : tr("Other endpoints");
    for (const Endpoint &endpoint : m_endpoints->all()) {
        if (endpoint.id == m_picker.endpoint()) {
            continue;
        }
        QStringList facts{m_endpoints->text(endpoint.id, EndpointListModel::ServerRole),
            m_endpoints->text(endpoint.id, EndpointListModel::HealthTextRole)};
        facts.removeAll(QString());
        rows.append({.choice
            = {.label = endpoint.name, .endpoint = endpoint.id, .model = {}, .adapter = {}},
            .title = endpoint.name,
            .detail = facts.join(u" · "_s),
            .section = section});
        const std::optional<EndpointDescription> description
            = m_endpoints->finding(endpoint.id).description;
        if (whole && description) {
            rows += rowsAt(endpoint, *description, section);
        }
    }
    return rows;
}

/// The endpoint's own first: whoever takes the first of them stays there.
QList<ChoiceList::Row> ChoiceList::found(const QString &typed, const QList<Row> &own) const
{
    const auto matching = [&typed](const QList<Row> &rows) {
        QStringList titles;
        for (const Row &row : rows) {
            titles.append(row.title);
        }
        QList<Row> fitting;
        for (const int match : fuzzyMatches(typed, titles)) {
            if (fitting.size() < mostFound) {
                fitting.append(rows[match]);
            }
        }
        return fitting;
    };
    QList<Row> rows = matching(own);
    for (Row &row : rows) {
        if (row.detail.isEmpty() && row.choice.model) {
            row.detail = tr("model");
        }
        row.section.clear();
    }
    const bool isThere
        = std::ranges::any_of(own, [&typed](const Row &row) { return row.title == typed; });
    if (m_picker.style() == AdapterPicker::FreeText && !isThere) {
        AdapterChoice choice;
        choice.id = typed;
        choice.source = source();
        Row row = adapterRow(choice, tr("Use the adapter “%1”").arg(typed), choice.source);
        row.choice.label = typed;
        row.section.clear();
        rows.append(row);
    }
    return rows + matching(elsewhere(true));
}

void ChoiceList::list()
{
    const bool hasAdapters = m_picker.style() != AdapterPicker::NoAdapters;
    const QList<Row> own = (hasAdapters ? adapters() : QList<Row>()) + models();
    const QString typed = m_query.trimmed();
    const QList<Row> rows = typed.isEmpty() ? own + elsewhere(false) : found(typed, own);
    if (rows != m_rows) {
        const bool other = rows.size() != m_rows.size();
        update(m_rows, rows, [](const Row &row) {
            const QChar kind = row.choice.adapter ? u'a' : row.choice.model ? u'm' : u'e';
            return kind + row.choice.endpoint.value_or(QUuid()).toString() + row.section + u'\n'
                + row.title;
        });
        if (other) {
            Q_EMIT countChanged();
        }
    }
}

int ChoiceList::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : count(); }

std::span<const ChoiceList::Field<ChoiceList::Row>> ChoiceList::fields()
{
    static constexpr std::array<Field<Row>, 4> all{{
        {TitleRole, "title", [](const Row &row) -> QVariant { return row.title; }},
        {DetailRole, "about", [](const Row &row) -> QVariant { return row.detail; }},
        {SectionRole, "section", [](const Row &row) -> QVariant { return row.section; }},
        {ChosenRole, "chosen", [](const Row &row) -> QVariant { return row.chosen; }},
    }};
    return all;
}

QVariant ChoiceList::data(const QModelIndex &index, int role) const
{
    return valueAt(m_rows, fields(), index, role);
}

QHash<int, QByteArray> ChoiceList::roleNames() const { return namesOf(fields()); }

void ChoiceList::pick(int row)
{
    if (row < 0 || row >= count()) {
        return;
    }
    const TurnChoice choice = m_rows[row].choice;
    if (choice.endpoint) {
        Q_EMIT pickedElsewhere(choice);
    } else {
        m_picker.take(choice);
    }
}

TurnChoice ChoiceList::choice(int row) const
{
    return row >= 0 && row < count() ? m_rows[row].choice : TurnChoice();
}

} // namespace Lorikeet
