// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/heldcall.h"
#include "tools/toolcommand.h"
#include "tools/toolsetup.h"

#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <memory>

namespace Lorikeet {

/// The calls of one answer until all of them are answered. They are checked, and answered by the
/// mock where that has an answer, in a thread of the pool; signals come from the event loop.
/// Deleting this stops it without a word, and kills what runs.
class CallHold final : public QObject
{
    Q_OBJECT

public:
    /// Commands that are in `allowed` run without a question. What `before` has a reply to, of the
    /// same calls when they were held before, is neither asked nor run again.
    CallHold(const ToolSetup &setup, const QList<ToolCall> &calls, const QSet<QStringList> &allowed,
        const QList<HeldCall> &before, QObject *parent);
    ~CallHold() override;

    /// Leads to waiting() or answered(), or to failed().
    void start();

    /// In their order; empty until they are checked.
    [[nodiscard]] const QList<HeldCall> &calls() const { return m_calls; }

    /// The person's answer to one that waits, be it for its command; else nothing happens.
    void answer(const QString &callId, const QString &content, bool isError);
    /// Lets the command of one that waits run.
    void run(const QString &callId);
    /// Lets this command run, for each call that waits and has it, and for those to come.
    void allow(const QStringList &command);
    /// Kills a command; its call waits again.
    void stop(const QString &callId);

Q_SIGNALS:
    /// Some wait, for the person or a command; again after each change but the last answer.
    void waiting();
    void answered();
    /// The tools, the mock or the commands are unusable, or a check met its limits.
    void failed(const Lorikeet::ApiError &error);

private:
    using Checked = Result<QList<HeldCall>>;

    static Checked check(const ToolSetup &setup, const QList<ToolCall> &calls,
        const std::function<bool()> &isStopped);
    /// One that waits for an answer; null: there is none of this id.
    [[nodiscard]] HeldCall *find(const QString &callId);
    void begin(HeldCall &call);
    void onRun(const QString &callId, quint64 job, const Result<ToolReply> &reply);
    void tell();

    ToolSetup m_setup;
    QList<ToolCall> m_asked;
    QSet<QStringList> m_allowed;
    QList<HeldCall> m_before;
    QList<HeldCall> m_calls;
    QFuture<Checked> m_checking;

    /// What runs, by the call's id, with what runs it.
    struct Job
    {
        quint64 number = 0; ///< of all there were: one that was stopped may still have an answer
        std::shared_ptr<ToolCommands> commands;
        QFuture<Result<ToolReply>> reply;
    };

    QHash<QString, Job> m_jobs;
    quint64 m_lastJob = 0;
    bool m_isDone = false;
};

} // namespace Lorikeet
