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
constexpr qsizetype mostUndone = 200;

/// JSON Schema's words; the first is none, for any.
const QStringList &typeWords()
{
    static const QStringList words{{}, u"string"_s, u"integer"_s, u"number"_s, u"boolean"_s,
        u"object"_s, u"array"_s, u"null"_s};
    return words;
}

} // namespace

SchemaForm::SchemaForm(QObject *parent)
    : ListModel(parent)
{ }

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
    m_before.clear(); // what was written elsewhere is not undone here
    m_what.clear();
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
        outline = outlineOf(*parser.root());
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

bool SchemaForm::apply(const QString &pointer, const Result<QString> &text, const QString &what)
{
    if (!text) {
        refuse(pointer, text.error().message);
        return false;
    }
    const bool wasRefused = !m_refused.isEmpty();
    m_refused.clear();
    m_refusal.clear();
    if (*text != m_text) {
        if (m_what != what || what.isEmpty()) {
            m_before.append(m_text);
            m_before.remove(0, std::max(qsizetype(0), m_before.size() - mostUndone));
        }
        m_what = what;
        m_text = *text;
        m_isStale = true;
        look();
        Q_EMIT edited(m_text);
        Q_EMIT stateChanged();
    } else if (wasRefused) {
        m_isStale = true;
        look();
    }
    return true;
}

void SchemaForm::refuse(const QString &pointer, const QString &sentence)
{
    m_refused = pointer;
    m_refusal = sentence;
    m_isStale = true;
    look();
}

void SchemaForm::settle(int row)
{
    if (const OutlineRow *of = at(row); of && !m_refusal.isEmpty() && of->pointer == m_refused) {
        refuse({}, {});
    }
}

void SchemaForm::rename(const QString &from, const QString &to)
{
    const auto renamed = [&](const QString &pointer) {
        return pointer == from || pointer.startsWith(from + u'/') ? to + pointer.sliced(from.size())
                                                                  : pointer;
    };
    // The same rows go on, by another name: whoever types into one stays in it.
    for (Row &row : m_rows) {
        row.of.pointer = renamed(row.of.pointer);
    }
    QSet<QString> folded;
    for (const QString &pointer : std::as_const(m_folded)) {
        folded.insert(renamed(pointer));
    }
    m_folded = folded;
}

void SchemaForm::setName(int row, const QString &name)
{
    const OutlineRow *of = at(row);
    if (!of) {
        return;
    }
    const QString from = of->pointer;
    const Result<QString> text = setOutlineName(m_text, from, name);
    const QString to = from.first(from.lastIndexOf(u'/') + 1) + pointerPart(name);
    // Letters typed one after the other are one change, though each makes another name.
    const bool isSame = m_what == "name "_L1 + from;
    if (text) {
        rename(from, to);
        m_what = isSame ? "name "_L1 + to : m_what;
    }
    apply(text ? to : from, text, "name "_L1 + to);
}

void SchemaForm::setType(int row, int type)
{
    const OutlineRow *of = at(row);
    if (of && type >= 0 && type < typeWords().size()) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineType(m_text, pointer, typeWords()[type], of->isNullable), {});
    }
}

void SchemaForm::setNullable(int row, bool nullable)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineType(m_text, pointer, of->type, nullable), {});
    }
}

void SchemaForm::setRequired(int row, bool required)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineRequired(m_text, pointer, required), {});
    }
}

void SchemaForm::setDescription(int row, const QString &description)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineDescription(m_text, pointer, description),
            "description "_L1 + pointer);
    }
}

void SchemaForm::setValues(int row, const QString &values)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineValues(m_text, pointer, values), "values "_L1 + pointer);
    }
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

void SchemaForm::addTo(int container, qsizetype index)
{
    const QString pointer = m_rows[container].of.pointer;
    QString added;
    const Result<QString> text = addOutlineProperty(m_text, pointer, index, &added);
    m_folded.remove(pointer);
    if (apply(pointer, text, {})) {
        Q_EMIT rowWanted(rowOf(added), true);
    }
}

void SchemaForm::addInto(int row)
{
    if (at(row)) {
        addTo(row, -1);
    }
}

void SchemaForm::addAfter(int row)
{
    // Items and definitions have no place among properties: then beside what they belong to.
    while (at(row) && m_rows[row].of.kind != OutlineRow::Kind::Property && above(row) >= 0) {
        row = above(row);
    }
    if (!at(row)) {
        return;
    }
    const int around = above(row);
    if (around < 0) {
        addTo(row, -1);
        return;
    }
    qsizetype index = 1;
    for (int before = row - 1; before > around; --before) {
        index += m_rows[before].of.depth == m_rows[row].of.depth ? 1 : 0;
    }
    addTo(around, index);
}

void SchemaForm::remove(int row)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        if (apply(pointer, removeOutlineProperty(m_text, pointer), {})) {
            Q_EMIT rowWanted(int(std::min(qsizetype(row), m_rows.size() - 1)), false);
        }
    }
}

void SchemaForm::move(int row, int by)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        if (apply(pointer, moveOutlineProperty(m_text, pointer, by), {})) {
            Q_EMIT rowWanted(rowOf(pointer), false);
        }
    }
}

void SchemaForm::undo()
{
    if (m_before.isEmpty()) {
        return;
    }
    m_text = m_before.takeLast();
    m_what.clear();
    m_isStale = true;
    m_refused.clear();
    m_refusal.clear();
    look();
    Q_EMIT edited(m_text);
    Q_EMIT stateChanged();
}

} // namespace Lorikeet
