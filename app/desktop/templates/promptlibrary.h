// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/templatestore.h"
#include "templates/templateeditor.h"
#include "templates/templateform.h"
#include "templates/templatelist.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

/// The library of prompt templates: what is in it, and what a person does with it.
class PromptLibrary final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// What is searched for in a composer.
    Q_PROPERTY(Lorikeet::TemplateList *found READ found CONSTANT FINAL)
    /// What is searched for where the library is looked through.
    Q_PROPERTY(Lorikeet::TemplateList *listed READ listed CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::TemplateForm *form READ form CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::TemplateEditor *editor READ editor CONSTANT FINAL)
    Q_PROPERTY(QStringList names READ names NOTIFY changed FINAL)
    /// Of the template that undoRemove() brings back; empty: there is none.
    Q_PROPERTY(QString removedName READ removedName NOTIFY removedChanged FINAL)
    /// What became of an import or export; empty: nothing to tell.
    Q_PROPERTY(QString message READ message NOTIFY messageChanged FINAL)
    Q_PROPERTY(bool failedLast READ hasFailed NOTIFY messageChanged FINAL)

public:
    /// `store` must outlive this.
    explicit PromptLibrary(const TemplateStore &store, QObject *parent = nullptr);

    [[nodiscard]] TemplateList *found() { return &m_found; }

    [[nodiscard]] TemplateList *listed() { return &m_listed; }

    [[nodiscard]] TemplateForm *form() { return &m_form; }

    [[nodiscard]] TemplateEditor *editor() { return &m_editor; }

    [[nodiscard]] const QList<StoredTemplate> &templates() const { return m_templates; }

    [[nodiscard]] QStringList names() const;

    [[nodiscard]] QString removedName() const { return m_removed; }

    [[nodiscard]] QString message() const { return m_message; }

    [[nodiscard]] bool hasFailed() const { return m_failed; }

    [[nodiscard]] std::optional<StoredTemplate> find(const QString &name) const;
    [[nodiscard]] QFuture<Result<QList<StoredTemplate>>> versions(const QString &name) const;

    void load();
    /// Gives the version it has now.
    [[nodiscard]] QFuture<Result<int>> save(const PromptTemplate &prompt);

    /// Shows the library, to choose a prompt for this chat or comparison.
    Q_INVOKABLE void open(Lorikeet::PromptTarget *target);
    /// Shows it with a new template of this prompt, and what the target is asked with besides.
    Q_INVOKABLE void keep(const QString &text, Lorikeet::PromptTarget *target);
    /// Fills in what the editor shows, once it is saved, for the one the library was opened for.
    Q_INVOKABLE void use();
    Q_INVOKABLE void remove(const QString &name);
    Q_INVOKABLE void undoRemove();
    /// The offer to undo is over.
    Q_INVOKABLE void forgetRemoved();
    /// Local files, all of them or, where one is wrong, none. One of a name that is there already
    /// becomes its newest version.
    Q_INVOKABLE void importFiles(const QList<QUrl> &files);
    /// Writes what the editor shows.
    Q_INVOKABLE void exportTo(const QUrl &file);
    Q_INVOKABLE void dismissMessage();

Q_SIGNALS:
    void changed();
    void removedChanged();
    void messageChanged();
    void wanted();
    void failed(const QString &sentence);

private:
    void tell(const QString &sentence, bool failed);

    const TemplateStore &m_store;
    QList<StoredTemplate> m_templates;
    TemplateList m_found;
    TemplateList m_listed;
    TemplateForm m_form;
    TemplateEditor m_editor;
    QPointer<PromptTarget> m_target;
    QString m_removed;
    QString m_message;
    bool m_failed = false;
    int m_reading = 0; ///< counts the readings, so that an overtaken one is not shown
};

} // namespace Lorikeet
