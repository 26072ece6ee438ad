// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/promptlibrary.h"

#include "chatcontroller.h"
#include "templates/templatefile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<PromptTemplate> templateIn(const QUrl &url)
{
    QFile file(url.toLocalFile());
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ApiError::Kind::Storage,
            PromptLibrary::tr("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
    }
    return templateFromFile(file.readAll(), QFileInfo(file).fileName());
}

} // namespace

PromptLibrary::PromptLibrary(const TemplateStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_found(nullptr)
    , m_listed(nullptr)
    , m_form(*this)
    , m_editor(*this)
{
    connect(&m_form, &TemplateForm::failed, this, &PromptLibrary::failed);
    connect(&m_editor, &TemplateEditor::failed, this, &PromptLibrary::failed);
}

QStringList PromptLibrary::names() const
{
    QStringList names;
    for (const StoredTemplate &stored : m_templates) {
        names.append(stored.prompt.name);
    }
    return names;
}

std::optional<StoredTemplate> PromptLibrary::find(const QString &name) const
{
    const auto found = std::ranges::find_if(
        m_templates, [&name](const StoredTemplate &stored) { return stored.prompt.name == name; });
    return found == m_templates.end() ? std::nullopt : std::optional(*found);
}

QFuture<Result<QList<StoredTemplate>>> PromptLibrary::versions(const QString &name) const
{
    return m_store.versions(name);
}

void PromptLibrary::load()
{
    const int reading = ++m_reading;
    m_store.list().then(this, [this, reading](const Result<QList<StoredTemplate>> &all) {
        if (reading != m_reading) {
            return;
        }
        if (!all) {
            Q_EMIT failed(all.error().message);
            return;
        }
        m_templates = *all;
        m_found.setTemplates(m_templates);
        m_listed.setTemplates(m_templates);
        Q_EMIT changed();
    });
}

QFuture<Result<int>> PromptLibrary::save(const PromptTemplate &prompt)
{
    const QFuture<Result<int>> saved = m_store.save(prompt);
    load(); // carried out after it
    return saved;
}

void PromptLibrary::open(PromptTarget *target)
{
    m_target = target;
    m_listed.setQuery({});
    if (m_editor.isBlank() && !m_templates.isEmpty()) {
        m_editor.load(m_templates.constFirst().prompt.name);
    }
    Q_EMIT wanted();
}

void PromptLibrary::keep(const QString &text, PromptTarget *target)
{
    m_target = target;
    m_listed.setQuery({});
    ChatSetup setup;
    if (target && !target->recipients().isEmpty()) {
        setup = target->recipients().constFirst()->setup();
    }
    PromptTemplate prompt{.parameters = setup.parameters};
    for (const ExampleTurn &turn : setup.examples.turns) {
        prompt.messages.append({.role = turn.role, .text = turn.text});
    }
    prompt.messages.append({.text = text});
    if (!setup.systemPrompt.isEmpty()) {
        prompt.messages.prepend({.role = Role::System, .text = setup.systemPrompt});
    }
    m_editor.startWith(prompt);
    Q_EMIT wanted();
}

void PromptLibrary::use()
{
    const QString name = m_editor.name().trimmed();
    if (!m_editor.isDirty()) {
        m_form.begin(name, m_target);
        return;
    }
    const PromptTemplate prompt = m_editor.prompt();
    save(prompt).then(this, [this, prompt](const Result<int> &version) {
        if (!version) {
            Q_EMIT failed(version.error().message);
            return;
        }
        m_editor.noteSaved(prompt);
        m_store.list().then(this, [this, prompt](const Result<QList<StoredTemplate>> &all) {
            const QList<StoredTemplate> listed = all.value_or(QList<StoredTemplate>());
            const auto kept = std::ranges::find(
                listed, prompt.name, [](const StoredTemplate &each) { return each.prompt.name; });
            if (kept != listed.end() && m_target) {
                m_form.begin(*kept, *m_target);
            }
        });
    });
}

void PromptLibrary::remove(const QString &name)
{
    m_store.remove(name).then(this, [this, name](const Result<> &done) {
        if (!done) {
            Q_EMIT failed(done.error().message);
            return;
        }
        m_removed = name;
        Q_EMIT removedChanged();
    });
    m_editor.clear();
    load();
}

void PromptLibrary::undoRemove()
{
    if (m_removed.isEmpty()) {
        return;
    }
    const QString name = m_removed;
    m_store.restore(name).then(this, [this](const Result<> &done) {
        if (!done) {
            Q_EMIT failed(done.error().message);
        }
    });
    load();
    forgetRemoved();
}

void PromptLibrary::forgetRemoved()
{
    m_removed.clear();
    Q_EMIT removedChanged();
}

void PromptLibrary::importFiles(const QList<QUrl> &files)
{
    QList<PromptTemplate> brought;
    for (const QUrl &file : files) {
        const Result<PromptTemplate> prompt = templateIn(file);
        if (!prompt) {
            tell(prompt.error().message, true);
            return;
        }
        brought.append(*prompt);
    }
    QList<QFuture<Result<int>>> all;
    for (const PromptTemplate &prompt : std::as_const(brought)) {
        all.append(m_store.save(prompt));
    }
    load();
    QtFuture::whenAll(all.begin(), all.end())
        .then(this, [this, brought](const QList<QFuture<Result<int>>> &saved) {
            QStringList parts;
            for (qsizetype i = 0; i < saved.size(); ++i) {
                const Result<int> version = saved[i].result();
                if (!version) {
                    tell(version.error().message, true);
                    return;
                }
                parts.append(*version == 1 ? tr("“%1” was imported.").arg(brought[i].name)
                                           : tr("“%1” was imported as version %2.")
                                                 .arg(brought[i].name)
                                                 .arg(*version));
            }
            if (!brought.isEmpty()) {
                m_editor.load(brought.constLast().name);
            }
            tell(parts.join(u' '), false);
        });
}

void PromptLibrary::exportTo(const QUrl &file)
{
    const QString path = file.toLocalFile();
    const QByteArray content = templateToFile(m_editor.prompt(), templateFileForm(path));
    QSaveFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size() || !out.commit()) {
        tell(tr("The template could not be written to %1: %2. Choose another place.")
                 .arg(path, out.errorString()),
            true);
        return;
    }
    tell(tr("“%1” was written to %2.").arg(m_editor.prompt().name, path), false);
}

void PromptLibrary::tell(const QString &sentence, bool failed)
{
    m_message = sentence;
    m_failed = failed;
    Q_EMIT messageChanged();
}

void PromptLibrary::dismissMessage() { tell({}, false); }

} // namespace Lorikeet
