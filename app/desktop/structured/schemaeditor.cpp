// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/schemaeditor.h"

#include "ids.h"
#include "schema/partialjson.h"
#include "structured/schemashelf.h"

#include <QFile>
#include <QFileInfo>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

/// Far beyond any schema, and read in a moment.
constexpr qint64 maximumSize = qint64(8) << 20;

Result<QList<ImportedSchema>> schemasOf(const QUrl &url)
{
    const QString path = url.toLocalFile();
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return fail(ApiError::Kind::InvalidRequest,
            SchemaEditor::tr("%1 cannot be read: %2.")
                .arg(path.isEmpty() ? url.toDisplayString() : path, file.errorString()));
    }
    if (file.size() > maximumSize) {
        return fail(ApiError::Kind::InvalidRequest,
            SchemaEditor::tr("%1 is too large to be a schema.").arg(QFileInfo(path).fileName()));
    }
    return importSchemas(file.readAll());
}

} // namespace

SchemaEditor::SchemaEditor(SchemaShelf &shelf, QObject *parent)
    : QObject(parent)
    , m_shelf(shelf)
    , m_form(new SchemaForm(this))
{
    connect(m_form, &SchemaForm::edited, this, &SchemaEditor::setText);
    m_soon.setSingleShot(true);
    m_soon.setInterval(150ms);
    connect(&m_soon, &QTimer::timeout, this, &SchemaEditor::look);
    connect(&m_shelf, &SchemaShelf::rowsChanged, this, &SchemaEditor::nameChanged);
}

void SchemaEditor::setName(const QString &name)
{
    if (m_name != name) {
        m_name = name;
        Q_EMIT nameChanged();
    }
}

void SchemaEditor::setText(const QString &text)
{
    if (m_text != text) {
        m_text = text;
        m_form->setText(text);
        m_isChecking = true;
        m_soon.start();
        Q_EMIT textChanged();
        Q_EMIT findingChanged();
    }
}

bool SchemaEditor::isOwn() const { return m_shelf.isOwn(m_id); }

QStringList SchemaEditor::components() const
{
    QStringList names;
    for (const ImportedSchema &schema : m_imported) {
        names.append(schema.name.isEmpty() ? tr("without a name") : schema.name);
    }
    return names.size() > 1 ? names : QStringList();
}

void SchemaEditor::setTarget(
    const Endpoint &endpoint, const ParameterSet &parameters, const StructuredOptions &options)
{
    m_endpoint = endpoint;
    m_parameters = parameters;
    m_options = options;
    look();
}

void SchemaEditor::look()
{
    const quint64 asked = ++m_asked;
    m_isChecking = true;
    QtConcurrent::run(&checkSchema, m_text, m_endpoint, m_parameters, m_options)
        .then(this, [this, asked](const SchemaFinding &finding) {
            if (asked == m_asked) {
                m_finding = finding;
                m_isChecking = m_soon.isActive();
                Q_EMIT findingChanged();
            }
        });
}

void SchemaEditor::fill(const QString &id, const QString &name, const QString &text)
{
    m_id = id;
    m_name = name;
    Q_EMIT nameChanged();
    m_form->start(text);
    setText(text);
}

void SchemaEditor::start(const QString &name, const QString &text)
{
    m_imported.clear();
    m_importProblem.clear();
    Q_EMIT componentsChanged();
    QString id;
    for (int row = 0; row < m_shelf.rowCount(); ++row) {
        const QString each = m_shelf.data(m_shelf.index(row), SchemaShelf::IdRole).toString();
        const std::optional<KeptSchema> kept = m_shelf.find(each);
        if (kept && kept->name == name && kept->text == text) {
            id = each;
        }
    }
    fill(id, name, text);
}

void SchemaEditor::take(const QString &schemaId)
{
    if (const std::optional<KeptSchema> schema = m_shelf.find(schemaId)) {
        start(schema->name, schema->text);
        m_id = schemaId;
        Q_EMIT nameChanged();
    }
}

void SchemaEditor::read(const QUrl &file)
{
    setImported(schemasOf(file), QFileInfo(file.toLocalFile()).completeBaseName());
}

void SchemaEditor::setImported(
    const Result<QList<ImportedSchema>> &schemas, const QString &fileName)
{
    m_imported = schemas.value_or(QList<ImportedSchema>());
    m_importProblem = schemas ? QString() : schemas.error().message;
    if (m_imported.size() == 1 && m_imported.constFirst().name.isEmpty()) {
        m_imported.first().name = fileName;
    }
    Q_EMIT componentsChanged();
    takeComponent(0);
}

void SchemaEditor::takeComponent(int index)
{
    if (index >= 0 && index < m_imported.size()) {
        fill({}, m_imported[index].name, indentedJson(m_imported[index].schema) + u'\n');
    }
}

bool SchemaEditor::infer(const QString &example)
{
    const Result<JsonNode> value = parseJson(example);
    m_importProblem
        = value ? QString() : tr("The example is no JSON. %1").arg(value.error().message);
    m_imported.clear();
    Q_EMIT componentsChanged();
    if (value) {
        fill({}, tr("From an example"), indentedJson(inferSchema(*value)) + u'\n');
    }
    return value.has_value();
}

void SchemaEditor::indent()
{
    if (const Result<JsonNode> schema = parseJson(m_text)) {
        setText(indentedJson(*schema) + u'\n');
    }
}

void SchemaEditor::keep()
{
    // What was kept a moment ago may not be on the shelf yet.
    const bool isMine = isOwn() || (!m_id.isEmpty() && m_id == m_kept);
    const QUuid id = isMine ? QUuid::fromString(m_id) : QUuid::createUuid();
    m_id = toText(id);
    m_kept = m_id;
    m_shelf.keep({.id = id,
        .name = m_name.trimmed().isEmpty() ? tr("Schema") : m_name.trimmed(),
        .text = m_text});
}

void SchemaEditor::discard()
{
    if (isOwn()) {
        m_shelf.remove(m_id);
    }
}

} // namespace Lorikeet
