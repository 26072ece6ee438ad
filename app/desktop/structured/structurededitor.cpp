// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/structurededitor.h"

#include "structured/schemashelf.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace Lorikeet {

namespace {

constexpr int mostAttempts = 10;

StructuredSetup fresh()
{
    StructuredSetup setup;
    setup.options.maxAttempts = 1;
    return setup;
}

} // namespace

StructuredEditor::StructuredEditor(SchemaShelf &shelf, QObject *parent)
    : QObject(parent)
    , m_shelf(shelf)
    , m_editor(shelf)
    , m_setup(fresh())
{ }

QStringList StructuredEditor::agains() const
{
    return {tr("With what was wrong"), tr("Plainly, the same again"), tr("Hotter each time")};
}

QStringList StructuredEditor::ways() const
{
    return {tr("As the server has it"), tr("As a function to call"), tr("In words")};
}

void StructuredEditor::setSetup(const ChatSetup &setup, const Endpoint &endpoint)
{
    const bool isNew = m_setup.set(setup.structured, setup, endpoint);
    Q_EMIT changed();
    if (isNew) {
        look();
    }
}

void StructuredEditor::apply(const StructuredSetup &setup)
{
    if (m_setup.apply(setup)) {
        Q_EMIT changed();
        look();
        Q_EMIT edited();
    }
}

void StructuredEditor::look()
{
    m_setup.check(
        this,
        [this] {
            return QtConcurrent::run(&checkSchema, m_setup->schema, m_setup.endpoint(),
                m_setup.parameters(), m_setup->options);
        },
        [this] { Q_EMIT findingChanged(); });
}

void StructuredEditor::setOn(bool on)
{
    StructuredSetup setup = *m_setup;
    setup.isOn = on;
    if (on && setup.schema.isEmpty() && m_shelf.rowCount() > 0) {
        const auto first
            = m_shelf.find(m_shelf.data(m_shelf.index(0), SchemaShelf::IdRole).toString());
        setup.name = first->name;
        setup.schema = first->text;
    }
    apply(setup);
}

void StructuredEditor::setAttempts(int attempts)
{
    StructuredSetup setup = *m_setup;
    setup.options.maxAttempts = std::clamp(attempts, 1, mostAttempts);
    apply(setup);
}

void StructuredEditor::setAgain(int again)
{
    StructuredSetup setup = *m_setup;
    setup.options.again = StructuredOptions::Again(again);
    apply(setup);
}

void StructuredEditor::setWay(int way)
{
    StructuredSetup setup = *m_setup;
    setup.options.carrying.way = SchemaCarrying::Way(way);
    apply(setup);
}

void StructuredEditor::setEmbeddingFine(bool fine)
{
    StructuredSetup setup = *m_setup;
    setup.options.isEmbeddingFine = fine;
    apply(setup);
}

void StructuredEditor::setMayNarrow(bool may)
{
    StructuredSetup setup = *m_setup;
    setup.options.carrying.mayNarrow = may;
    apply(setup);
}

void StructuredEditor::choose(const QString &schemaId)
{
    if (const std::optional<KeptSchema> schema = m_shelf.find(schemaId)) {
        StructuredSetup setup = *m_setup;
        setup.name = schema->name;
        setup.schema = schema->text;
        apply(setup);
    }
}

void StructuredEditor::edit()
{
    m_editor.setTarget(m_setup.endpoint(), m_setup.parameters(), m_setup->options);
    if (isChosen()) {
        m_editor.start(m_setup->name, m_setup->schema);
    } else if (m_shelf.rowCount() > 0) {
        m_editor.take(m_shelf.data(m_shelf.index(0), SchemaShelf::IdRole).toString());
    }
}

void StructuredEditor::useEdited()
{
    StructuredSetup setup = *m_setup;
    setup.isOn = true;
    setup.name = m_editor.name().trimmed();
    setup.schema = m_editor.text();
    apply(setup);
}

} // namespace Lorikeet
