// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "choicelist.h"

#include "adapterpicker.h"
#include "fuzzy.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

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

ChoiceList::ChoiceList(AdapterPicker &picker, QObject *parent)
    : ListModel(parent)
    , m_picker(picker)
{
    for (const auto moves : {&AdapterPicker::descriptionChanged, &AdapterPicker::choiceChanged,
             &AdapterPicker::recentChanged}) {
        connect(&picker, moves, this, &ChoiceList::list);
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
    return {.choice = {.label = title, .model = {}, .adapter = adapter},
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
        rows.append({.choice = {.label = model, .model = model, .adapter = {}},
            .title = model,
            .detail = {},
            .section = tr("Models"),
            .chosen = m_picker.model() == model});
    }
    return rows;
}

void ChoiceList::list()
{
    const bool hasAdapters = m_picker.style() != AdapterPicker::NoAdapters;
    const QList<Row> all = (hasAdapters ? adapters() : QList<Row>()) + models();
    QList<Row> rows = all;
    const QString typed = m_query.trimmed();
    if (!typed.isEmpty()) {
        rows.clear();
        QStringList titles;
        for (const Row &row : all) {
            titles.append(row.title);
        }
        for (const int found : fuzzyMatches(typed, titles)) {
            Row row = all[found];
            if (row.detail.isEmpty() && row.choice.model) {
                row.detail = tr("model");
            }
            row.section.clear();
            rows.append(row);
        }
        const bool isThere = titles.contains(typed);
        if (m_picker.style() == AdapterPicker::FreeText && !isThere) {
            AdapterChoice choice;
            choice.id = typed;
            choice.source = source();
            Row row = adapterRow(choice, tr("Use the adapter “%1”").arg(typed), choice.source);
            row.choice.label = typed;
            row.section.clear();
            rows.append(row);
        }
    }
    if (rows != m_rows) {
        const bool other = rows.size() != m_rows.size();
        update(m_rows, rows, [](const Row &row) { return row.title + u'\n' + row.section; });
        if (other) {
            Q_EMIT countChanged();
        }
    }
}

int ChoiceList::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : count(); }

QVariant ChoiceList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return row.title;
    case DetailRole:
        return row.detail;
    case SectionRole:
        return row.section;
    case ChosenRole:
        return row.chosen;
    default:
        return {};
    }
}

QHash<int, QByteArray> ChoiceList::roleNames() const
{
    return {
        {TitleRole, "title"},
        {DetailRole, "about"},
        {SectionRole, "section"},
        {ChosenRole, "chosen"},
    };
}

void ChoiceList::pick(int row)
{
    if (row >= 0 && row < count()) {
        m_picker.take(TurnChoice(m_rows[row].choice));
    }
}

TurnChoice ChoiceList::choice(int row) const
{
    return row >= 0 && row < count() ? m_rows[row].choice : TurnChoice();
}

} // namespace Lorikeet
