// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "schema/schemaoutline.h"
#include "structured/texthistory.h"

#include <QSet>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Lorikeet {

/// A schema as a form: a row for each schema in it, those of folded ones left out. Every change
/// becomes the least change of the text, which is the schema or has it somewhere; while it is not
/// shown it costs nothing.
class SchemaForm final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// It is looked at, and follows the text.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY stateChanged FINAL)
    /// Why the text cannot be shown as a form; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY stateChanged FINAL)
    /// What a type may be, as a person reads it; the first is "any".
    Q_PROPERTY(QStringList types READ types CONSTANT FINAL)

public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< a Kind
        NameRole,
        DepthRole,
        TypeRole, ///< index in types(); -1: none of them
        TypeTextRole,
        NullableRole,
        RequiredRole,
        ValuesRole,
        DescriptionRole,
        OthersRole, ///< what is left to the text, one line; empty: nothing
        FixedRole, ///< its type and values stay as they are
        ContainerRole, ///< it has rows below it
        FoldedRole,
        GrowsRole, ///< properties can be added to it
        ProblemRole, ///< why the last change of it was refused, or what is wrong with it
    };

    enum Kind { Root, Property, Items, Definition };
    Q_ENUM(Kind)

    /// The longest text that is shown as a form, in characters.
    static constexpr qsizetype mostCharacters = 400'000;

    /// With a history, the text has other parts that are changed elsewhere and undone there.
    explicit SchemaForm(QObject *parent, std::shared_ptr<TextHistory> history = nullptr);

    [[nodiscard]] bool isShown() const { return m_isShown; }

    void setShown(bool shown);

    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] bool canUndo() const { return !m_history->isEmpty(); }

    [[nodiscard]] static QStringList types();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// The text became another, but not by this.
    void setText(const QString &text);
    /// Another schema: what was folded is forgotten.
    void start(const QString &text);
    /// The text became another by who shares the history, or the schema is elsewhere in it: where
    /// `base`, a JSON Pointer, leads to.
    /// Another schema is at the same place: what was folded of the one before says nothing of it.
    void unfold();
    void follow(const QString &text, const QString &base);
    /// What is wrong with the schema, shown on the row that is there or around it; a JSON Pointer
    /// into the text. An empty sentence: nothing is.
    void setFault(const QString &pointer, const QString &sentence);

    Q_INVOKABLE void setName(int row, const QString &name);
    /// An index in types().
    Q_INVOKABLE void setType(int row, int type);
    Q_INVOKABLE void setNullable(int row, bool nullable);
    Q_INVOKABLE void setRequired(int row, bool required);
    Q_INVOKABLE void setDescription(int row, const QString &description);
    Q_INVOKABLE void setValues(int row, const QString &values);
    Q_INVOKABLE void setFolded(int row, bool folded);
    /// A property behind those that a row has.
    Q_INVOKABLE void addInto(int row);
    /// A property behind this one, or behind the first of the rows around it that is one.
    Q_INVOKABLE void addAfter(int row);
    Q_INVOKABLE void remove(int row);
    /// Among the properties beside it.
    Q_INVOKABLE void move(int row, int by);
    Q_INVOKABLE void undo();
    /// What was refused of a row is given up.
    Q_INVOKABLE void settle(int row);

Q_SIGNALS:
    void stateChanged();
    /// By a person, with this.
    void edited(const QString &text);
    /// A row that was just made, or comes next to one that went, is what a person looks for;
    /// `isNew`: to give it a name.
    void rowWanted(int row, bool isNew);

private:
    /// JSON Schema's, in the order of types(); the first is none, for any.
    [[nodiscard]] static const QStringList &typeWords();

    struct Row
    {
        OutlineRow of;
        bool isFolded = false;
        QString problem;
        friend bool operator==(const Row &, const Row &) = default;
    };

    void look();
    void show(const QList<OutlineRow> &outline);
    /// `what` tells changes apart that are undone at once, as letters typed into one field.
    bool apply(const QString &pointer, const Result<QString> &text, const QString &what);
    void refuse(const QString &pointer, const QString &sentence);
    [[nodiscard]] const OutlineRow *at(int row) const;
    [[nodiscard]] int rowOf(const QString &pointer) const;
    void addTo(int container, qsizetype index);
    /// The row that a row is below of; -1: none.
    [[nodiscard]] int above(int row) const;
    void rename(const QString &from, const QString &to);

    QString m_text;
    QString m_base; ///< JSON Pointer to the schema
    QString m_problem;
    QList<Row> m_rows;
    QSet<QString> m_folded; ///< pointers
    QString m_refused; ///< pointer of the row of which a change was refused
    QString m_refusal;
    QString m_fault; ///< what is wrong with the schema
    QString m_faultPlace; ///< JSON Pointer
    std::shared_ptr<TextHistory> m_history;
    bool m_isShown = false;
    bool m_isStale = true; ///< the text was not looked at
    bool m_isFresh = true; ///< nothing was folded or unfolded yet
};

} // namespace Lorikeet
