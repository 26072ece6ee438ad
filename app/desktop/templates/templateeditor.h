// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "store/templatestore.h"
#include "templates/templateturns.h"

#include <QMap>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

class PromptLibrary;

/// A template being written. Its rows are the variables that its texts use, with what there is to
/// say of each. What is not saved yet is not lost by a look at another one: that has to wait until
/// it is saved or discarded.
class TemplateEditor final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY textChanged FINAL)
    Q_PROPERTY(QString description READ description WRITE setDescription NOTIFY textChanged FINAL)
    Q_PROPERTY(QString system READ system WRITE setSystem NOTIFY textChanged FINAL)
    /// Examples of what is wanted, between system prompt and prompt.
    Q_PROPERTY(Lorikeet::TemplateTurns *turns READ turns CONSTANT FINAL)
    Q_PROPERTY(QString question READ question WRITE setQuestion NOTIFY textChanged FINAL)
    /// As TOML, one a line.
    Q_PROPERTY(QString parameters READ parameters WRITE setParameters NOTIFY textChanged FINAL)
    /// Why it cannot be saved; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY textChanged FINAL)
    /// What saving would do to another one; empty: nothing.
    Q_PROPERTY(QString note READ note NOTIFY textChanged FINAL)
    Q_PROPERTY(bool dirty READ isDirty NOTIFY textChanged FINAL)
    /// The name under which it is in the library; empty: it is new.
    Q_PROPERTY(QString keptName READ keptName NOTIFY versionsChanged FINAL)
    /// "Version 3, 21.11.2026 14:02", the newest first.
    Q_PROPERTY(QStringList versions READ versions NOTIFY versionsChanged FINAL)
    Q_PROPERTY(int versionIndex READ versionIndex NOTIFY versionsChanged FINAL)
    /// Another one was wanted while this one has changes: these are to be saved or discarded.
    Q_PROPERTY(bool waits READ waits NOTIFY waitingChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY rowsChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        DescriptionRole,
        DefaultRole, ///< as valueToText() has it; empty: none
    };

    /// `library` must outlive this.
    explicit TemplateEditor(PromptLibrary &library, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QString name() const { return m_name; }

    void setName(const QString &name);

    [[nodiscard]] QString description() const { return m_description; }

    void setDescription(const QString &description);

    [[nodiscard]] QString system() const { return m_system; }

    void setSystem(const QString &system);

    [[nodiscard]] TemplateTurns *turns() { return &m_turns; }

    [[nodiscard]] QString question() const { return m_question; }

    void setQuestion(const QString &question);

    [[nodiscard]] QString parameters() const { return m_parameters; }

    void setParameters(const QString &parameters);

    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] QString note() const;
    [[nodiscard]] bool isDirty() const;
    /// There is nothing in it.
    [[nodiscard]] bool isBlank() const;

    [[nodiscard]] QString keptName() const { return m_kept.name; }

    [[nodiscard]] QStringList versions() const;

    [[nodiscard]] int versionIndex() const { return m_version; }

    [[nodiscard]] bool waits() const { return m_waiting.has_value(); }

    /// What is written, as far as it is one.
    [[nodiscard]] PromptTemplate prompt() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void startNew() { startWith({}); }

    /// One that is not in the library; where there are changes, it waits.
    void startWith(const PromptTemplate &prompt);
    /// The newest version of one of the library; where there are changes, it waits.
    Q_INVOKABLE void load(const QString &name);
    /// Nothing is shown, whatever there was.
    void clear();
    Q_INVOKABLE void showVersion(int index);
    Q_INVOKABLE void setVariableDescription(int row, const QString &description);
    Q_INVOKABLE void setVariableDefault(int row, const QString &text);
    Q_INVOKABLE void save();
    /// As it was when it was loaded; what waited is shown now.
    Q_INVOKABLE void discard();
    /// What is written is in the library now.
    void noteSaved(const PromptTemplate &prompt);

Q_SIGNALS:
    void textChanged();
    void rowsChanged();
    void versionsChanged();
    void waitingChanged();
    void failed(const QString &sentence);

private:
    /// What is shown next: one of the library, or a new one.
    struct Waiting
    {
        QString name;
        PromptTemplate fresh;
    };

    /// Since it was shown.
    [[nodiscard]] bool isEdited() const;
    /// True if it has to wait.
    [[nodiscard]] bool holdBack(const Waiting &wanted);
    void begin(const PromptTemplate &prompt);
    void show(const PromptTemplate &prompt);
    void readVersions();
    void check();
    void edited();
    void showWaiting();
    [[nodiscard]] Result<ParameterSet> readParameters() const;

    PromptLibrary &m_library;
    QString m_name;
    QString m_description;
    QString m_system;
    QString m_question;
    QString m_parameters;
    TemplateTurns m_turns;
    QMap<QString, TemplateVariable> m_told; ///< also of variables that are not used now
    QList<TemplateVariable> m_rows;
    PromptTemplate m_kept; ///< as it is in the library; without a name: it is not
    PromptTemplate m_shown; ///< what was loaded, or begun with
    QList<StoredTemplate> m_versions;
    int m_version = -1;
    QString m_problem;
    std::optional<Waiting> m_waiting;
    int m_reading = 0; ///< counts the readings, so that an overtaken one is not shown
};

} // namespace Lorikeet
