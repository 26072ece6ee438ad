// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/schemaimport.h"
#include "structured/schemacheck.h"
#include "structured/schemaform.h"
#include "structured/schemashelf.h"

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// A schema while a person writes it: checked as it is typed, filled from the shelf, from a file or
/// from an example.
class SchemaEditor final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(Lorikeet::SchemaShelf *shelf READ shelf CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::SchemaForm *form READ form CONSTANT FINAL)
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY nameChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    /// Of the shelf's schema that was taken last; empty: it comes from elsewhere.
    Q_PROPERTY(QString schemaId READ schemaId NOTIFY nameChanged FINAL)
    /// That one is a person's own.
    Q_PROPERTY(bool own READ isOwn NOTIFY nameChanged FINAL)
    /// What was typed last is not checked yet.
    Q_PROPERTY(bool checking READ isChecking NOTIFY findingChanged FINAL)
    /// Why it cannot be used; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY findingChanged FINAL)
    /// Of the problem, counted from 1; 0: no one place.
    Q_PROPERTY(int problemLine READ problemLine NOTIFY findingChanged FINAL)
    /// The same as a position in the text; -1: none.
    Q_PROPERTY(int problemPlace READ problemPlace NOTIFY findingChanged FINAL)
    /// "draft2020-12"; empty where it cannot be used.
    Q_PROPERTY(QString draft READ draft NOTIFY findingChanged FINAL)
    /// What the endpoint's dialect cannot carry, and what is proposed.
    Q_PROPERTY(QStringList notes READ notes NOTIFY findingChanged FINAL)
    /// The schemas of the file that was read last, where there are several.
    Q_PROPERTY(QStringList components READ components NOTIFY componentsChanged FINAL)
    /// Why a file or an example gave no schema; empty: it did.
    Q_PROPERTY(QString importProblem READ importProblem NOTIFY componentsChanged FINAL)

public:
    /// `shelf` must outlive this.
    explicit SchemaEditor(SchemaShelf &shelf, QObject *parent = nullptr);

    [[nodiscard]] SchemaShelf *shelf() { return &m_shelf; }

    /// The text as a form, always in step with it.
    [[nodiscard]] SchemaForm *form() { return m_form; }

    [[nodiscard]] QString name() const { return m_name; }

    void setName(const QString &name);

    [[nodiscard]] QString text() const { return m_text; }

    void setText(const QString &text);

    [[nodiscard]] QString schemaId() const { return m_id; }

    [[nodiscard]] bool isOwn() const;

    [[nodiscard]] bool isChecking() const { return m_isChecking; }

    [[nodiscard]] QString problem() const { return m_finding.problem; }

    [[nodiscard]] int problemLine() const { return m_finding.line; }

    [[nodiscard]] int problemPlace() const { return int(m_finding.place); }

    [[nodiscard]] QString draft() const { return m_finding.draft; }

    [[nodiscard]] QStringList notes() const { return m_finding.notes; }

    [[nodiscard]] QStringList components() const;

    [[nodiscard]] QString importProblem() const { return m_importProblem; }

    /// What a schema is checked for besides its meta-schema.
    void setTarget(
        const Endpoint &endpoint, const ParameterSet &parameters, const StructuredOptions &options);
    /// Begins with this schema.
    void start(const QString &name, const QString &text);

    /// Takes one from the shelf.
    Q_INVOKABLE void take(const QString &schemaId);
    Q_INVOKABLE void read(const QUrl &file);
    /// One of `components`.
    Q_INVOKABLE void takeComponent(int index);
    /// A schema for values like this one. False: it is no JSON; see importProblem.
    Q_INVOKABLE bool infer(const QString &example);
    /// Lines and indents it anew, if it is JSON.
    Q_INVOKABLE void indent();
    /// Puts it on the shelf, in the place of the person's own schema that was taken.
    Q_INVOKABLE void keep();
    /// Takes the person's own schema off the shelf; the text stays.
    Q_INVOKABLE void discard();

Q_SIGNALS:
    void nameChanged();
    void textChanged();
    void findingChanged();
    void componentsChanged();

private:
    void look();
    void fill(const QString &id, const QString &name, const QString &text);
    void setImported(const Result<QList<ImportedSchema>> &schemas, const QString &fileName);

    SchemaShelf &m_shelf;
    SchemaForm *m_form;
    QString m_id;
    QString m_kept; ///< the id of the one that was put on the shelf last
    QString m_name;
    QString m_text;
    Endpoint m_endpoint;
    ParameterSet m_parameters;
    StructuredOptions m_options;
    SchemaFinding m_finding;
    QList<ImportedSchema> m_imported;
    QString m_importProblem;
    QTimer m_soon;
    bool m_isChecking = false;
    quint64 m_asked = 0; ///< checks, of which only the last counts
};

} // namespace Lorikeet
