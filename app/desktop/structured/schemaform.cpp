// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/schemaform.h"

#include "schema/partialjson.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype mostUnfolded = 60; ///< rows that are all shown at first

} // namespace

SchemaForm::SchemaForm(QObject *parent, std::shared_ptr<TextHistory> history)
    : ListModel(parent)
    , m_history(history ? std::move(history) : std::make_shared<TextHistory>())
{ }

const QStringList &SchemaForm::typeWords()
{
    static const QStringList words{{}, u"string"_s, u"integer"_s, u"number"_s, u"boolean"_s,
        u"object"_s, u"array"_s, u"null"_s};
    return words;
}

QStringList SchemaForm::types()
{
    QStringList all = typeWords();
    all.first() = tr("any");
    return all;
}

void SchemaForm::setShown(bool shown)
{
    if (m_isShown != shown) {
        m_isShown = shown;
        look();
        Q_EMIT stateChanged();
    }
}

int SchemaForm::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SchemaForm::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case KindRole:
        return int(row.of.kind);
    case Qt::DisplayRole:
    case NameRole:
        return row.of.name;
    case DepthRole:
        return row.of.depth;
    case TypeRole:
        return row.of.isFixed ? -1 : int(typeWords().indexOf(row.of.type));
    case TypeTextRole:
        return row.of.type.isEmpty() ? (row.of.isFixed ? QString() : tr("any")) : row.of.type;
    case NullableRole:
        return row.of.isNullable;
    case RequiredRole:
        return row.of.isRequired;
    case ValuesRole:
        return row.of.values;
    case DescriptionRole:
        return row.of.description;
    case OthersRole:
        return row.of.others.join(u" · "_s);
    case FixedRole:
        return row.of.isFixed;
    case ContainerRole:
        return row.of.children > 0;
    case FoldedRole:
        return row.isFolded;
    case GrowsRole:
        return row.of.mayHaveProperties;
    case ProblemRole:
        return row.problem;
    default:
        return {};
    }
}

QHash<int, QByteArray> SchemaForm::roleNames() const
{
    return {{KindRole, "kind"}, {NameRole, "name"}, {DepthRole, "depth"}, {TypeRole, "typeIndex"},
        {TypeTextRole, "typeText"}, {NullableRole, "nullable"}, {RequiredRole, "needed"},
        {ValuesRole, "valuesText"}, {DescriptionRole, "description"}, {OthersRole, "others"},
        {FixedRole, "fixed"}, {ContainerRole, "container"}, {FoldedRole, "folded"},
        {GrowsRole, "grows"}, {ProblemRole, "problem"}};
}

void SchemaForm::setText(const QString &text)
{
    if (m_text == text && !m_isFresh) {
        return;
    }
    m_text = text;
    m_isStale = true;
    m_history->clear(); // what was written elsewhere is not undone here
    m_refused.clear();
    m_refusal.clear();
    look();
    Q_EMIT stateChanged();
}

void SchemaForm::start(const QString &text)
{
    m_folded.clear();
    m_isFresh = true;
    setText(text);
}

void SchemaForm::follow(const QString &text, const QString &base)
{
    if (m_base != base) {
        m_base = base;
        m_folded.clear();
        m_isFresh = true;
    } else if (m_text == text && !m_isFresh) {
        Q_EMIT stateChanged(); // of the history
        return;
    }
    m_text = text;
    m_isStale = true;
    m_refused.clear();
    m_refusal.clear();
    look();
    Q_EMIT stateChanged();
}

void SchemaForm::unfold()
{
    m_folded.clear();
    m_isFresh = true;
}

void SchemaForm::setFault(const QString &pointer, const QString &sentence)
{
    if (m_faultPlace != pointer || m_fault != sentence) {
        m_faultPlace = pointer;
        m_fault = sentence;
        m_isStale = true;
        look();
    }
}

void SchemaForm::look()
{
    if (!m_isShown || !std::exchange(m_isStale, false)) {
        return;
    }
    m_problem.clear();
    if (m_text.size() > mostCharacters) {
        m_problem = tr("The schema is too long for a form. It can be written as text.");
        show({});
        return;
    }
    PartialJson parser;
    parser.append(m_text);
    parser.finish();
    QList<OutlineRow> outline;
    if (const std::optional<JsonFault> &fault = parser.fault()) {
        m_problem = tr("This is no JSON yet: %1, in line %2. Mend it in the text.")
                        .arg(fault->message)
                        .arg(fault->line);
    } else if (!parser.duplicates().isEmpty()) {
        m_problem
            = tr("%1 is there twice. Mend it in the text.").arg(parser.duplicates().constFirst());
    } else {
        const JsonNode *schema = atPointer(*parser.root(), m_base);
        outline = schema ? outlineOf(*schema, m_base) : QList<OutlineRow>();
        if (outline.isEmpty()) {
            m_problem = tr("A schema is an object or a boolean. Mend it in the text.");
        }
    }
    show(outline);
}

void SchemaForm::show(const QList<OutlineRow> &outline)
{
    if (m_isFresh && !outline.isEmpty()) {
        m_isFresh = false;
        for (const OutlineRow &row : outline) {
            if (row.children > 0
                && (row.kind == OutlineRow::Kind::Definition
                    || (outline.size() > mostUnfolded && row.depth > 0))) {
                m_folded.insert(row.pointer);
            }
        }
    }
    QList<Row> rows;
    int hiddenBelow = -1; ///< the depth of what is folded; -1: nothing is
    for (const OutlineRow &each : outline) {
        if (hiddenBelow >= 0 && each.depth > hiddenBelow) {
            continue;
        }
        const bool isFolded = each.children > 0 && m_folded.contains(each.pointer);
        hiddenBelow = isFolded ? each.depth : -1;
        rows.append({each, isFolded, each.pointer == m_refused ? m_refusal : QString()});
    }
    // What is wrong is told at what is there, or next around it.
    qsizetype nearest = -1;
    for (qsizetype i = 0; !m_fault.isEmpty() && i < rows.size(); ++i) {
        const QString &place = rows[i].of.pointer;
        const bool isAround = m_faultPlace == place || m_faultPlace.startsWith(place + u'/');
        nearest = isAround ? i : nearest;
    }
    if (nearest >= 0 && rows[nearest].problem.isEmpty()) {
        rows[nearest].problem = m_fault;
    }
    const auto pointer = [](const Row &row) { return row.of.pointer; };
    if (std::ranges::equal(rows, m_rows, {}, pointer, pointer)) {
        for (qsizetype i = 0; i < rows.size(); ++i) {
            if (!(m_rows[i] == rows[i])) {
                m_rows[i] = rows[i];
                Q_EMIT dataChanged(index(int(i)), index(int(i)));
            }
        }
    } else {
        update(m_rows, rows, pointer);
    }
}

const OutlineRow *SchemaForm::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows[row].of : nullptr;
}

int SchemaForm::rowOf(const QString &pointer) const
{
    const auto found
        = std::ranges::find_if(m_rows, [&](const Row &row) { return row.of.pointer == pointer; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int SchemaForm::above(int row) const
{
    int up = row - 1;
    while (up >= 0 && m_rows[up].of.depth >= m_rows[row].of.depth) {
        --up;
    }
    return up;
}

void SchemaForm::setFolded(int row, bool folded)
{
    const OutlineRow *of = at(row);
    if (!of || of->children == 0 || m_folded.contains(of->pointer) == folded) {
        return;
    }
    if (folded) {
        m_folded.insert(of->pointer);
    } else {
        m_folded.remove(of->pointer);
    }
    m_isStale = true;
    look();
}

} // namespace Lorikeet
