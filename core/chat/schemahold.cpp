// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/schemahold.h"

#include <QPromise>
#include <QtConcurrentRun>

#include <utility>

namespace Lorikeet {

SchemaHold::SchemaHold(const StructuredSetup &setup, QObject *parent)
    : QObject(parent)
    , m_setup(setup)
{ }

SchemaHold::~SchemaHold() { m_check.cancel(); }

QFuture<Result<Target>> SchemaHold::prepare(std::function<QFuture<Result<Target>>()> resolve)
{
    return QtConcurrent::run(
        [text = m_setup.schema.toUtf8()] { return JsonSchema::from(text, JsonSchema::Options()); })
        .then(this,
            [this, resolve = std::move(resolve)](
                const Result<JsonSchema> &schema) -> QFuture<Result<Target>> {
                if (!schema) {
                    return QtFuture::makeReadyValueFuture(Result<Target>(Failure(schema.error())));
                }
                m_schema = *schema;
                m_watch = std::make_shared<AnswerWatch>(*schema);
                return resolve();
            })
        .unwrap();
}

void SchemaHold::setCarried(SchemaCarrying::Way way, const QStringList &notes)
{
    m_way = way;
    m_notes = notes;
}

void SchemaHold::watch(const QString &piece)
{
    if (m_watch && !m_isViolated) {
        m_unwatched += piece;
        watchOn();
    }
}

void SchemaHold::watchOn()
{
    if (m_isWatching || m_isViolated || m_unwatched.isEmpty()) {
        return;
    }
    m_isWatching = true;
    QtConcurrent::run([watch = m_watch, piece = std::exchange(m_unwatched, QString())] {
        return watch->append(piece);
    }).then(this, [this](const std::optional<SchemaViolation> &violation) {
        m_isWatching = false;
        if (m_isViolated) {
            return; // the whole is checked by now
        }
        if (violation) {
            m_isViolated = true;
            Q_EMIT violated(*violation);
        } else {
            watchOn();
        }
    });
}

void SchemaHold::check(const QStringList &answers)
{
    m_isChecking = true;
    m_isViolated = true; // the whole tells more than what is certain of a part
    m_check = QtConcurrent::run(
        [answers, schema = *m_schema, isEmbeddingFine = m_setup.options.isEmbeddingFine](
            QPromise<AnswerChecks> &promise) {
            AnswerChecks checks;
            for (const QString &answer : answers) {
                checks.each.append(checkAnswer(
                    answer, schema, isEmbeddingFine, [&promise] { return promise.isCanceled(); }));
            }
            promise.addResult(checks);
        });
    m_check
        .then(this,
            [this](const AnswerChecks &checks) {
                m_isChecking = false;
                Q_EMIT checked(checks);
            })
        .onCanceled(this, [this, count = answers.size()] {
            m_isChecking = false;
            const Result<AnswerCheck> stopped = fail(
                ApiError::Kind::Cancelled, QStringLiteral("The check of the answer was stopped."));
            Q_EMIT checked({.each = QList<Result<AnswerCheck>>(count, stopped)});
        });
}

void SchemaHold::stopChecking() { m_check.cancel(); }

} // namespace Lorikeet

#include "moc_schemahold.cpp"
