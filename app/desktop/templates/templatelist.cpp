// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templatelist.h"

#include "fuzzy.h"

#include <array>

namespace Lorikeet {

TemplateList::TemplateList(QObject *parent)
    : ListModel(parent)
{ }

int TemplateList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

std::span<const TemplateList::Field<TemplateList::Row>> TemplateList::fields()
{
    static constexpr std::array<Field<Row>, 2> all{{
        {TitleRole, "title", [](const Row &row) -> QVariant { return row.title; }},
        {AboutRole, "about", [](const Row &row) -> QVariant { return row.about; }},
    }};
    return all;
}

QVariant TemplateList::data(const QModelIndex &index, int role) const
{
    return valueAt(m_rows, fields(), index, role);
}

QHash<int, QByteArray> TemplateList::roleNames() const { return namesOf(fields()); }

void TemplateList::setQuery(const QString &query)
{
    if (m_query != query) {
        m_query = query;
        list();
        Q_EMIT queryChanged();
    }
}

void TemplateList::setTemplates(const QList<StoredTemplate> &templates)
{
    m_all.clear();
    for (const StoredTemplate &stored : templates) {
        const PromptTemplate &prompt = stored.prompt;
        const QString question
            = prompt.messages.isEmpty() ? QString() : prompt.messages.constLast().text;
        m_all.append({.title = prompt.name,
            .about
            = prompt.description.isEmpty() ? question.left(80).simplified() : prompt.description});
    }
    list();
}

void TemplateList::list()
{
    QStringList names;
    QStringList abouts;
    for (const Row &row : std::as_const(m_all)) {
        names.append(row.title);
        abouts.append(row.about);
    }
    // What is called so goes before what is only said to be so.
    QList<int> places = fuzzyMatches(m_query, names);
    for (const int place : fuzzyMatches(m_query, abouts)) {
        if (!places.contains(place) && abouts[place].contains(m_query, Qt::CaseInsensitive)) {
            places.append(place);
        }
    }
    QList<Row> rows;
    for (const int place : std::as_const(places)) {
        rows.append(m_all[place]);
    }
    update(m_rows, rows, [](const Row &row) { return row.title; });
    Q_EMIT rowsChanged();
}

QString TemplateList::nameAt(int row) const { return m_rows.value(row).title; }

} // namespace Lorikeet
