// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"
#include "schema/structuredsetup.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

namespace Lorikeet {

/// What checks found, in the order of the answers.
struct AnswerChecks
{
    QList<Result<AnswerCheck>> each;
};

/// Holds one answer to a schema. What takes time (making the schema ready, looking at what comes,
/// checking the whole) is done in threads of the pool; signals come from the event loop. Deleting
/// this stops it without a word.
class SchemaHold final : public QObject
{
    Q_OBJECT

public:
    SchemaHold(const StructuredSetup &setup, QObject *parent);
    ~SchemaHold() override;

    /// Makes the schema ready and then looks up who is asked. Fails where the schema is unusable.
    [[nodiscard]] QFuture<Result<Target>> prepare(std::function<QFuture<Result<Target>>()> resolve);

    /// Null before it was made ready.
    [[nodiscard]] const JsonSchema *schema() const { return m_schema ? &*m_schema : nullptr; }

    /// How the schema went out, and what was told of it.
    void setCarried(SchemaCarrying::Way way, const QStringList &notes);

    [[nodiscard]] SchemaCarrying::Way way() const { return m_way; }

    [[nodiscard]] const QStringList &notes() const { return m_notes; }

    /// More of the answer has come.
    void watch(const QString &piece);
    /// Leads to checked(), with as many results.
    void check(const QStringList &answers);

    [[nodiscard]] bool isChecking() const { return m_isChecking; }

    /// Ends check(): what was not checked yet fails.
    void stopChecking();

Q_SIGNALS:
    /// Certain before the answer has ended: once at most.
    void violated(const Lorikeet::SchemaViolation &violation);
    void checked(const Lorikeet::AnswerChecks &checks);

private:
    void watchOn();

    StructuredSetup m_setup;
    std::optional<JsonSchema> m_schema;
    SchemaCarrying::Way m_way = SchemaCarrying::Way::Native;
    QStringList m_notes;
    std::shared_ptr<AnswerWatch> m_watch; ///< a thread of the pool's while `m_isWatching`
    QString m_unwatched;
    bool m_isWatching = false;
    bool m_isViolated = false;
    bool m_isChecking = false;
    QFuture<AnswerChecks> m_check;
};

} // namespace Lorikeet
