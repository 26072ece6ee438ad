// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatoutcome.h"
#include "model/streamevent.h"
#include "schema/structuredsetup.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace Lorikeet {

class ApiClient;
class ChatStream;

/// One answer and what it does wrong.
struct StructuredAttempt
{
    ChatRequest request; ///< as it was sent
    ChatOutcome outcome;
    QString answer; ///< the text in which the JSON is
    AnswerCheck check; ///< empty where the request failed
    bool wasStoppedEarly = false;
};

struct StructuredResult
{
    enum class End {
        Valid, ///< the last attempt keeps to the schema
        Invalid, ///< none of the attempts does
        Failed, ///< a request failed, or was stopped; violations alone are asked again
    };
    End end = End::Failed;
    QList<StructuredAttempt> attempts; ///< all of them, in order
    std::optional<ApiError> error; ///< absent where it is Valid
};

/// Asks for JSON that keeps to a schema, checks the answer, and asks again where it does not.
///
/// Lives in the thread of its client; answers are checked in another. Signals come from the event
/// loop.
class StructuredRun final : public QObject
{
    Q_OBJECT

public:
    StructuredRun(ApiClient &client, const Target &target, const ChatRequest &request,
        const JsonSchema &schema, const StructuredOptions &options, QObject *parent = nullptr);
    ~StructuredRun() override;

    /// What a person should know before it is sent; see CarriedSchema.
    [[nodiscard]] const QStringList &notes() const { return m_notes; }

    void start();
    /// Ends with Kind::Cancelled; attempts so far are kept.
    void stop();

Q_SIGNALS:
    /// An attempt, counted from 0, is about to be asked.
    void asking(int attempt);
    void events(int attempt, const Lorikeet::StreamEvents &events);
    /// Certain before the answer has ended: once for an attempt, at most.
    void violated(int attempt, const Lorikeet::SchemaViolation &violation);
    void attemptFinished(int attempt, const Lorikeet::StructuredAttempt &result);
    /// Once and last.
    void finished(const Lorikeet::StructuredResult &result);

private:
    void ask();
    void onEvents(const StreamEvents &batch);
    void onAnswered(const ChatOutcome &outcome);
    void onChecked(StructuredAttempt attempt, const Result<AnswerCheck> &check);
    void addAttempt(const StructuredAttempt &attempt);
    void end(StructuredResult::End end, const std::optional<ApiError> &error);

    ApiClient &m_client;
    Target m_target;
    JsonSchema m_schema;
    StructuredOptions m_options;
    Result<CarriedSchema> m_carried;
    QStringList m_notes;
    ChatRequest m_next;
    StructuredResult m_result;
    ChatStream *m_stream = nullptr;
    std::unique_ptr<AnswerWatch> m_watch;
    bool m_isStoppedEarly = false;
    bool m_isOver = false;
    QFuture<Result<AnswerCheck>> m_check;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::StructuredAttempt)
Q_DECLARE_METATYPE(Lorikeet::StructuredResult)
