// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandline.h"

#include "simulator/simulator.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

#ifdef Q_OS_UNIX
// A signal handler may do next to nothing; it writes a byte here, and the event loop does the rest.
int signalPipe[2] = {-1, -1};

void onSignal(int signal)
{
    const char byte = static_cast<char>(signal);
    [[maybe_unused]] const auto written = ::write(signalPipe[0], &byte, 1);
}

void quitOnSignals(QCoreApplication &app)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalPipe) != 0) {
        return;
    }
    auto *const notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, [] { QCoreApplication::quit(); });
    for (const int signal : {SIGINT, SIGTERM}) {
        std::signal(signal, onSignal);
    }
}
#else
void quitOnSignals(QCoreApplication & /*app*/) { }
#endif

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"lori-sim"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LORIKEET_VERSION));
    const Result<CommandLine> line = readCommandLine(QCoreApplication::arguments());
    if (!line) {
        std::fprintf(stderr, "lori-sim: %s\n", qUtf8Printable(line.error().message));
        return 2;
    }
    if (!line->text.isEmpty()) {
        std::fputs(qUtf8Printable(line->text), stdout);
        return 0;
    }
    Simulator simulator(line->options);
    if (const Result<> started = simulator.start(); !started) {
        std::fprintf(stderr, "lori-sim: %s\n", qUtf8Printable(started.error().message));
        return 4;
    }
    quitOnSignals(app);
    std::fputs(qUtf8Printable(greeting(simulator.url(), line->options)), stdout);
    std::fflush(stdout);
    const int status = QCoreApplication::exec();
    simulator.stop();
    return status;
}
