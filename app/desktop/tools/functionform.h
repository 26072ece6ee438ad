// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "structured/schemaform.h"
#include "structured/texthistory.h"
#include "tools/toolcheck.h"
#include "tools/tooloutline.h"

#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Lorikeet {

/// A text of tools as a form: a row for each function, of which one is looked at, with a form of
/// its arguments' schema. Every change becomes the least change of the text; while it is not shown
/// it costs nothing.
class FunctionForm final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// It is looked at, and follows the text.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY stateChanged FINAL)
    /// Why the text cannot be shown as a form; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY stateChanged FINAL)
    /// The row that is looked at; -1: there is none.
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY stateChanged FINAL)

    // Of that function.
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString description READ description WRITE setDescription NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool strict READ isStrict WRITE setStrict NOTIFY stateChanged FINAL)
    /// What is left to the text; empty: nothing.
    Q_PROPERTY(QString others READ others NOTIFY stateChanged FINAL)
    /// It is none, and stays as it is.
    Q_PROPERTY(bool fixed READ isFixed NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool hasParameters READ hasParameters NOTIFY stateChanged FINAL)
    /// Its arguments.
    Q_PROPERTY(Lorikeet::SchemaForm *parameters READ parameters CONSTANT FINAL)
    /// What is wrong with its name; empty: nothing.
    Q_PROPERTY(QString nameProblem READ nameProblem NOTIFY stateChanged FINAL)
    /// What is wrong with it besides, but for its arguments.
    Q_PROPERTY(QString otherProblem READ otherProblem NOTIFY stateChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        DescriptionRole,
        FaultyRole, ///< something is wrong with it
    };

    explicit FunctionForm(QObject *parent);

    [[nodiscard]] bool isShown() const { return m_isShown; }

    void setShown(bool shown);

    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] bool canUndo() const { return !m_history->isEmpty(); }

    [[nodiscard]] int current() const { return m_current; }

    void setCurrent(int row);

    [[nodiscard]] QString name() const { return now().name; }

    void setName(const QString &name);

    [[nodiscard]] QString description() const { return now().description; }

    void setDescription(const QString &description);

    [[nodiscard]] bool isStrict() const { return now().isStrict; }

    void setStrict(bool strict);

    [[nodiscard]] QString others() const;

    [[nodiscard]] bool isFixed() const { return now().isFixed; }

    [[nodiscard]] bool hasParameters() const { return now().hasParameters; }

    [[nodiscard]] SchemaForm *parameters() { return m_parameters; }

    [[nodiscard]] QString nameProblem() const;
    [[nodiscard]] QString otherProblem() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// To be written anew: nothing can be undone, and the first function is looked at.
    void start(const QString &text);
    /// The text became another, but not by this.
    void setText(const QString &text);
    /// What is wrong with the text, as it was a moment ago.
    void setFaults(const QList<TextProblem> &faults);

    /// Behind the one that is looked at, which the new one then is.
    Q_INVOKABLE void add();
    Q_INVOKABLE void duplicate();
    Q_INVOKABLE void remove();
    Q_INVOKABLE void move(int by);
    /// A schema, for one that has none.
    Q_INVOKABLE void addParameters();
    Q_INVOKABLE void undo();

Q_SIGNALS:
    void stateChanged();
    /// By a person, with this.
    void edited(const QString &text);
    /// Another function is looked at, or it came back by undo: what is typed into shows it anew.
    /// `isNew`: to give it a name.
    void functionWanted(bool isNew);

private:
    [[nodiscard]] const FunctionOutline &now() const;
    void look();
    void show(const QList<FunctionOutline> &functions);
    bool apply(const Result<QString> &text, const QString &what);
    void takeArguments(const QString &text);
    void tell();
    [[nodiscard]] QString faultIn(const QString &pointer, bool isBelow) const;

    QString m_text;
    QString m_problem;
    QList<FunctionOutline> m_rows;
    QList<TextProblem> m_faults;
    QString m_refusal; ///< why the last change was refused
    std::shared_ptr<TextHistory> m_history;
    SchemaForm *m_parameters;
    int m_current = -1;
    bool m_isShown = false;
    bool m_isStale = true; ///< the text was not looked at
};

} // namespace Lorikeet
