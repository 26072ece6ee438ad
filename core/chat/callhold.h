// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tools/toolcall.h"
#include "tools/toolsetup.h"

#include <QFuture>
#include <QList>
#include <QObject>

#include <optional>

namespace Lorikeet {

/// A call of an answer, and what it was answered with; nothing yet: it waits for the person.
struct HeldCall
{
    ToolQuestion question;
    std::optional<ToolReply> reply;
};

/// The calls of one answer until all of them are answered. They are checked, and answered by the
/// mock where that has an answer, in a thread of the pool; signals come from the event loop.
/// Deleting this stops it without a word.
class CallHold final : public QObject
{
    Q_OBJECT

public:
    CallHold(const ToolSetup &setup, const QList<ToolCall> &calls, QObject *parent);
    ~CallHold() override;

    /// Leads to waiting() or answered(), or to failed().
    void start();

    /// In their order; empty until they are checked.
    [[nodiscard]] const QList<HeldCall> &calls() const { return m_calls; }

    /// The person's answer to one that waits; else nothing happens.
    void answer(const QString &callId, const QString &content, bool isError);

Q_SIGNALS:
    /// Some wait for the person; again after each of their answers but the last.
    void waiting();
    void answered();
    /// The tools or the mock are unusable, or a check met its limits.
    void failed(const Lorikeet::ApiError &error);

private:
    using Checked = Result<QList<HeldCall>>;

    static Checked check(const ToolSetup &setup, const QList<ToolCall> &calls,
        const std::function<bool()> &isStopped);
    void tell();

    ToolSetup m_setup;
    QList<ToolCall> m_asked;
    QList<HeldCall> m_calls;
    QFuture<Checked> m_checking;
};

} // namespace Lorikeet
