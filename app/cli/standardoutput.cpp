// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "standardoutput.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Lorikeet::StandardOutput {

std::optional<ExitCode> write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written
            = ::write(STDOUT_FILENO, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno == EAGAIN) {
            // Whoever shares the terminal or the pipe made it non-blocking.
            pollfd wait{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
            ::poll(&wait, 1, -1);
        } else if (errno == EPIPE) {
            return ExitCode::Done;
        } else if (errno != EINTR) {
            printNote(u"The output cannot be written: %1."_s.arg(qt_error_string(errno)));
            return ExitCode::Internal;
        }
    }
    return std::nullopt;
}

std::optional<ExitCode> writeLine(const QJsonObject &object)
{
    return write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

bool isTerminal() { return ::isatty(STDOUT_FILENO) == 1; }

void ignoreBrokenPipes() { std::signal(SIGPIPE, SIG_IGN); }

} // namespace Lorikeet::StandardOutput
