// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "model/parameters.h"
#include "prompttarget.h"
#include "store/templatestore.h"
#include "templates/shownturn.h"

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

class ChatController;
class PromptLibrary;

/// A template being filled in for a chat or a comparison: its rows are the variables. What is made
/// of it is put where prompts are written and into the setup, and can be taken back until it is
/// sent.
class TemplateForm final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(QString name READ name NOTIFY begun FINAL)
    Q_PROPERTY(QString description READ description NOTIFY begun FINAL)
    /// What it will set besides the prompt, in a sentence; empty: nothing.
    Q_PROPERTY(QString brings READ brings NOTIFY valuesChanged FINAL)
    /// Why it cannot be used as it is: which variables are missing; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY valuesChanged FINAL)
    /// The prompt, as far as it can be made.
    Q_PROPERTY(QString preview READ preview NOTIFY valuesChanged FINAL)
    /// The turns that go before it, likewise.
    Q_PROPERTY(QList<Lorikeet::ShownTurn> examples READ examples NOTIFY valuesChanged FINAL)
    /// Whose prompt it is for; null: nobody's.
    Q_PROPERTY(Lorikeet::PromptTarget *target READ target NOTIFY begun FINAL)
    /// What was applied, in a sentence; empty: nothing that could be taken back.
    Q_PROPERTY(QString applied READ applied NOTIFY appliedChanged FINAL)
    Q_PROPERTY(Lorikeet::PromptTarget *appliedTo READ appliedTo NOTIFY appliedChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        DescriptionRole,
        ValueRole, ///< as text
        RequiredRole,
    };

    /// `library` must outlive this.
    explicit TemplateForm(const PromptLibrary &library, QObject *parent = nullptr);

    [[nodiscard]] QString name() const { return m_prompt.name; }

    [[nodiscard]] QString description() const { return m_prompt.description; }

    [[nodiscard]] QString brings() const;

    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] QString preview() const { return m_preview; }

    [[nodiscard]] QList<ShownTurn> examples() const { return m_examples; }

    [[nodiscard]] PromptTarget *target() const { return m_target; }

    [[nodiscard]] QString applied() const { return m_applied; }

    [[nodiscard]] PromptTarget *appliedTo() const { return m_appliedTo; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Takes a template of the library up. One without variables is applied at once; else wanted()
    /// is emitted. One that is no template is told by failed().
    Q_INVOKABLE void begin(const QString &name, Lorikeet::PromptTarget *target);
    /// The same of one that the library may not have listed yet.
    void begin(const StoredTemplate &stored, PromptTarget &target);
    Q_INVOKABLE void setValue(int row, const QString &text);
    /// Does nothing while there is a problem.
    Q_INVOKABLE void apply();
    /// Takes back what was applied: the prompt that was there, system prompts, examples,
    /// parameters.
    Q_INVOKABLE void undo();
    /// It stays as it is.
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void begun();
    void valuesChanged();
    void appliedChanged();
    /// There are variables to fill in.
    void wanted();
    /// This is to be what is written in the target's composer.
    void filled(Lorikeet::PromptTarget *target, const QString &text);
    void failed(const QString &sentence);

private:
    struct Row
    {
        VariableField field;
        QString initial; ///< what the template has by itself
        QString text;
        friend bool operator==(const Row &, const Row &) = default;
    };

    /// What a chat was asked with before.
    struct Before
    {
        QPointer<ChatController> chat;
        QString systemPrompt;
        PromptExamples examples;
        ParameterSet parameters;
    };

    [[nodiscard]] Result<QJsonObject> values() const;
    [[nodiscard]] Result<RenderedPrompt> rendered() const;
    void check();
    void setUp(const RenderedPrompt &rendered);
    void forget();

    const PromptLibrary &m_library;
    PromptTemplate m_prompt;
    int m_version = 0;
    QList<Row> m_rows;
    QPointer<PromptTarget> m_target;
    QString m_problem;
    QString m_preview;
    QList<ShownTurn> m_examples;
    QString m_applied;
    QPointer<PromptTarget> m_appliedTo;
    QList<Before> m_before;
    QString m_draftBefore;
};

} // namespace Lorikeet
