// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "http/httpexchange.h"
#include "http/sseparser.h"
#include "http/transport.h"

#include <QPointer>
#include <QTimer>

#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace Lorikeet {

/// `lori sse`: an event stream as lines of JSON, whatever speaks it.
class SseCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    /// Reads the body from a file or stdin where told so.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, QNetworkAccessManager &manager);
    ~SseCommand() override;

    void start() override;
    void interrupt() override;

private:
    SseCommand(const HttpRequest &request, const Target &target, const QString &path,
        QNetworkAccessManager &manager);

    void onReceived();
    void onReplyFinished();
    /// False when it is not what was asked for: its body is then collected.
    [[nodiscard]] bool isEventStream();
    void take(const TimedBytes &piece);
    void finish(const std::optional<ApiError> &error);
    void release();

    HttpRequest m_request;
    Target m_target;
    QStringList m_path; ///< to what is printed of each event; empty: all of it
    QNetworkAccessManager &m_manager;
    QPointer<QNetworkReply> m_reply; ///< null before start() and once finished
    HttpReply m_answer; ///< status 0 until its head is there; a body only where it is no stream
    SseParser m_parser;
    TimePoint m_start;
    QTimer m_idle;
    QTimer m_total;
};

} // namespace Lorikeet
