// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tools/toolcommand.h"

#include <QObject>
#include <QPromise>

#include <memory>

class QSocketNotifier;

namespace Lorikeet {

/// The person at the terminal: asked on stderr, answers with a line on stdin.
class TerminalPerson final : public QObject, public ToolAnswerer, public ToolApproval
{
    Q_OBJECT

public:
    explicit TerminalPerson(QObject *parent = nullptr);

    /// stdin and stderr are a terminal.
    [[nodiscard]] static bool isThere();

    [[nodiscard]] std::optional<QFuture<Result<ToolReply>>> answer(
        const ToolQuestion &question) override;
    [[nodiscard]] QFuture<bool> approve(
        const ToolQuestion &question, const QStringList &command) override;

private:
    using Line = Result<QString>;

    /// The next line; fails where there is none any more.
    QFuture<Line> ask(const QString &question);
    void onReadable();
    void give(const Line &line);

    QSocketNotifier *m_input;
    QByteArray m_read;
    std::shared_ptr<QPromise<Line>> m_asked;
    bool m_allowsAll = false;
};

} // namespace Lorikeet
