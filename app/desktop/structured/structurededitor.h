// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "checkedsetup.h"
#include "structured/schemaeditor.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Whether the next answer is held to a schema, to which one, and what becomes of one that does
/// not keep to it.
class StructuredEditor final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool on READ isOn WRITE setOn NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    /// A schema was chosen, be it used or not.
    Q_PROPERTY(bool chosen READ isChosen NOTIFY changed FINAL)
    Q_PROPERTY(int attempts READ attempts WRITE setAttempts NOTIFY changed FINAL)
    /// Index in `agains`.
    Q_PROPERTY(int again READ again WRITE setAgain NOTIFY changed FINAL)
    Q_PROPERTY(QStringList agains READ agains CONSTANT FINAL)
    /// Index in `ways`.
    Q_PROPERTY(int way READ way WRITE setWay NOTIFY changed FINAL)
    Q_PROPERTY(QStringList ways READ ways CONSTANT FINAL)
    Q_PROPERTY(bool embeddingFine READ isEmbeddingFine WRITE setEmbeddingFine NOTIFY changed FINAL)
    Q_PROPERTY(bool mayNarrow READ mayNarrow WRITE setMayNarrow NOTIFY changed FINAL)
    /// Why it cannot be sent; empty: it can, or it is off.
    Q_PROPERTY(QString problem READ problem NOTIFY findingChanged FINAL)
    /// What the endpoint's dialect cannot carry, told before anything is sent.
    Q_PROPERTY(QStringList notes READ notes NOTIFY findingChanged FINAL)
    Q_PROPERTY(Lorikeet::SchemaShelf *shelf READ shelf CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::SchemaEditor *editor READ editor CONSTANT FINAL)

public:
    /// `shelf` must outlive this.
    explicit StructuredEditor(SchemaShelf &shelf, QObject *parent = nullptr);

    [[nodiscard]] bool isOn() const { return m_setup->isOn; }

    void setOn(bool on);

    [[nodiscard]] QString name() const { return m_setup->name; }

    [[nodiscard]] bool isChosen() const { return !m_setup->schema.isEmpty(); }

    [[nodiscard]] int attempts() const { return m_setup->options.maxAttempts; }

    void setAttempts(int attempts);

    [[nodiscard]] int again() const { return int(m_setup->options.again); }

    void setAgain(int again);
    [[nodiscard]] QStringList agains() const;

    [[nodiscard]] int way() const { return int(m_setup->options.carrying.way); }

    void setWay(int way);
    [[nodiscard]] QStringList ways() const;

    [[nodiscard]] bool isEmbeddingFine() const { return m_setup->options.isEmbeddingFine; }

    void setEmbeddingFine(bool fine);

    [[nodiscard]] bool mayNarrow() const { return m_setup->options.carrying.mayNarrow; }

    void setMayNarrow(bool may);

    [[nodiscard]] QString problem() const { return m_setup.finding().problem; }

    [[nodiscard]] QStringList notes() const { return m_setup.finding().notes; }

    [[nodiscard]] SchemaShelf *shelf() { return &m_shelf; }

    [[nodiscard]] SchemaEditor *editor() { return &m_editor; }

    /// What a chat says, and whom it asks.
    void setSetup(const ChatSetup &setup, const Endpoint &endpoint);

    /// What a person made of it; nothing: no schema was ever chosen.
    [[nodiscard]] std::optional<StructuredSetup> structured() const { return m_setup.part(); }

    /// Holds answers to one from the shelf.
    Q_INVOKABLE void choose(const QString &schemaId);
    /// Opens the present schema, or the shelf's first one, in the editor.
    Q_INVOKABLE void edit();
    /// Holds answers to what is in the editor.
    Q_INVOKABLE void useEdited();

Q_SIGNALS:
    void changed();
    void findingChanged();
    /// By a person.
    void edited();

private:
    void apply(const StructuredSetup &setup);
    void look();

    SchemaShelf &m_shelf;
    SchemaEditor m_editor;
    CheckedSetup<StructuredSetup, SchemaFinding> m_setup;
};

} // namespace Lorikeet
