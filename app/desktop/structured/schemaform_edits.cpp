// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of SchemaForm that changes the schema.

#include "structured/schemaform.h"

#include "structured/texthistory.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

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
        m_history->add(m_text, what);
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
    const Result<QString> text = setOutlineName(m_text, from, name, m_base);
    const QString to = from.first(from.lastIndexOf(u'/') + 1) + pointerPart(name);
    if (text) {
        rename(from, to);
        // Letters typed one after the other are one change, though each makes another name.
        m_history->rename("name "_L1 + from, "name "_L1 + to);
    }
    apply(text ? to : from, text, "name "_L1 + to);
}

void SchemaForm::setType(int row, int type)
{
    const OutlineRow *of = at(row);
    if (of && type >= 0 && type < typeWords().size()) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineType(m_text, pointer, typeWords()[type], of->isNullable, m_base),
            {});
    }
}

void SchemaForm::setNullable(int row, bool nullable)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineType(m_text, pointer, of->type, nullable, m_base), {});
    }
}

void SchemaForm::setRequired(int row, bool required)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineRequired(m_text, pointer, required, m_base), {});
    }
}

void SchemaForm::setDescription(int row, const QString &description)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineDescription(m_text, pointer, description, m_base),
            "description "_L1 + pointer);
    }
}

void SchemaForm::setValues(int row, const QString &values)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        apply(pointer, setOutlineValues(m_text, pointer, values, m_base), "values "_L1 + pointer);
    }
}

void SchemaForm::addTo(int container, qsizetype index)
{
    const QString pointer = m_rows[container].of.pointer;
    QString added;
    const Result<QString> text = addOutlineProperty(m_text, pointer, index, &added, m_base);
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
        if (apply(pointer, removeOutlineProperty(m_text, pointer, m_base), {})) {
            Q_EMIT rowWanted(int(std::min(qsizetype(row), m_rows.size() - 1)), false);
        }
    }
}

void SchemaForm::move(int row, int by)
{
    if (const OutlineRow *of = at(row)) {
        const QString pointer = of->pointer;
        if (apply(pointer, moveOutlineProperty(m_text, pointer, by, m_base), {})) {
            Q_EMIT rowWanted(rowOf(pointer), false);
        }
    }
}

void SchemaForm::undo()
{
    if (m_history->isEmpty()) {
        return;
    }
    m_text = m_history->takeLast();
    m_isStale = true;
    m_refused.clear();
    m_refusal.clear();
    look();
    Q_EMIT edited(m_text);
    Q_EMIT stateChanged();
}

} // namespace Lorikeet
