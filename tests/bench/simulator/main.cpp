// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Starts a simulator in a process of its own, reads many streams from it with bare sockets and
// epoll, and prints what came of it: events a second, the simulator's processor time, and how late
// it sent its events, by its own record.

#include "simulator/simulator.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSocketNotifier>
#include <QTcpSocket>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

struct Plan
{
    int streams = 1024;
    double interTokenMs = 20;
    int seconds = 5;

    [[nodiscard]] int tokens() const
    {
        return interTokenMs > 0 ? static_cast<int>(seconds * 1000 / interTokenMs) : 2000;
    }
};

/// The child: serves until its standard input ends.
int serve(int argc, char *argv[], double interTokenMs)
{
    QCoreApplication app(argc, argv);
    SimulatorOptions options;
    options.timing.firstToken = 200ms; // all requests are in before the first token
    options.timing.interToken = Nanoseconds(static_cast<qint64>(interTokenMs * 1e6));
    options.timing.interTokenSigma = 0.1;
    options.timing.slots = 65'536;
    options.connections = 65'536;
    Simulator simulator(options);
    if (!simulator.start()) {
        return 1;
    }
    std::printf("%d\n", simulator.port());
    std::fflush(stdout);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [] { QCoreApplication::quit(); });
    return QCoreApplication::exec();
}

/// User and system time of a process (proc(5), fields 14 and 15 of stat).
double cpuSeconds(qint64 pid)
{
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QByteArray text = stat.readAll();
    const QByteArrayList fields = text.sliced(text.lastIndexOf(')') + 2).split(' ');
    return (fields[11].toDouble() + fields[12].toDouble())
        / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

QByteArray requestFor(const Plan &plan)
{
    const QByteArray body = R"({"stream":true,"ignore_eos":true,"temperature":0,"max_tokens":)"
        + QByteArray::number(plan.tokens())
        + R"(,"messages":[{"role":"user","content":"Write a long essay about parrots"}]})";
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

std::vector<int> openStreams(quint16 port, const Plan &plan)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const QByteArray request = requestFor(plan);
    std::vector<int> descriptors;
    for (int i = 0; i < plan.streams; ++i) {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
        if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
            || ::send(descriptor, request.data(), static_cast<size_t>(request.size()), 0)
                != request.size()) {
            std::perror("lorikeet_simbench: cannot open a stream");
            std::exit(1);
        }
        descriptors.push_back(descriptor);
    }
    return descriptors;
}

/// What was counted between opening and closing it.
class Window final
{
public:
    explicit Window(qint64 pid)
        : m_pid(pid)
    { }

    void open(TimePoint now)
    {
        m_state = State::Open;
        m_start = now;
        m_cpuStart = cpuSeconds(m_pid);
    }

    void count(qint64 events) { m_events += m_state == State::Open ? events : 0; }

    void close(TimePoint now)
    {
        m_state = State::Closed;
        m_wall = toSeconds(now - m_start);
        m_cpu = cpuSeconds(m_pid) - m_cpuStart;
    }

    [[nodiscard]] bool isNew() const { return m_state == State::New; }

    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }

    void print() const
    {
        const auto events = static_cast<double>(m_events);
        std::printf("  events/s      %.0f\n", events / m_wall);
        std::printf("  server's CPU  %.0f %% of a core, %.2f us an event\n", 100 * m_cpu / m_wall,
            1e6 * m_cpu / events);
    }

private:
    enum class State { New, Open, Closed };

    qint64 m_pid;
    State m_state = State::New;
    TimePoint m_start;
    double m_cpuStart = 0;
    qint64 m_events = 0;
    double m_wall = 0;
    double m_cpu = 0;
};

/// Reads all streams to their ends. Paced ones are counted from the first second to the last but
/// one, others from the first event to the last.
Window readAll(const std::vector<int> &descriptors, const Plan &plan, qint64 pid)
{
    const int poll = ::epoll_create1(0);
    for (const int descriptor : descriptors) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = descriptor;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
    }
    Window window(pid);
    const bool paced = plan.interTokenMs > 0;
    std::optional<TimePoint> first;
    std::vector<char> buffer(1 << 20);
    std::vector<epoll_event> ready(1024);
    for (size_t open = descriptors.size(); open > 0;) {
        const int count = ::epoll_wait(poll, ready.data(), static_cast<int>(ready.size()), 30'000);
        if (count <= 0) {
            std::fputs("lorikeet_simbench: nothing came for 30 s\n", stderr);
            std::exit(1);
        }
        const TimePoint now = Clock::now();
        for (int i = 0; i < count; ++i) {
            const int descriptor = ready[static_cast<size_t>(i)].data.fd;
            const ssize_t size = ::recv(descriptor, buffer.data(), buffer.size(), 0);
            const QByteArrayView bytes(buffer.data(), std::max<ssize_t>(size, 0));
            const qint64 events
                = QByteArray::fromRawData(bytes.data(), bytes.size()).count("data: {");
            if (!first && events > 0) {
                first = now;
            }
            if (first && window.isNew() && now - *first >= (paced ? 1s : 0s)) {
                window.open(now);
            }
            window.count(events);
            if (size <= 0 || bytes.endsWith("0\r\n\r\n")) {
                ::close(descriptor);
                --open;
            }
        }
        const bool ending
            = paced ? first && now - *first > std::chrono::seconds(plan.seconds - 1) : open == 0;
        if (window.isOpen() && ending) {
            window.close(now);
        }
    }
    ::close(poll);
    return window;
}

QByteArray get(quint16 port, const QByteArray &path)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    socket.write("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    while (socket.waitForReadyRead(30'000)) { }
    const QByteArray answer = socket.readAll();
    return answer.sliced(answer.indexOf("\r\n\r\n") + 4);
}

/// How late each token was handed to the system, in milliseconds, sorted.
std::vector<double> lateness(quint16 port)
{
    std::vector<double> late;
    const QJsonArray requests
        = QJsonDocument::fromJson(get(port, "/sim/log?tokens=1")).object()[u"requests"_s].toArray();
    for (const QJsonValue &request : requests) {
        const QJsonArray planned = request[u"planned_ns"_s].toArray();
        const QJsonArray sent = request[u"sent_ns"_s].toArray();
        for (qsizetype i = 0; i < sent.size(); ++i) {
            late.push_back(static_cast<double>(sent[i].toInteger() - planned[i].toInteger()) / 1e6);
        }
    }
    std::sort(late.begin(), late.end());
    return late;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc > 2 && QByteArrayView(argv[1]) == "serve") {
        return serve(argc, argv, QByteArray(argv[2]).toDouble());
    }
    QCoreApplication app(argc, argv);
    Plan plan;
    const QStringList arguments = QCoreApplication::arguments();
    plan.streams = arguments.value(1, QString::number(plan.streams)).toInt();
    plan.interTokenMs = arguments.value(2, QString::number(plan.interTokenMs)).toDouble();
    plan.seconds = std::max(arguments.value(3, QString::number(plan.seconds)).toInt(), 3);

    QProcess server;
    server.start(
        QCoreApplication::applicationFilePath(), {u"serve"_s, QString::number(plan.interTokenMs)});
    server.waitForReadyRead();
    const auto port = static_cast<quint16>(server.readLine().trimmed().toUInt());
    const Window window = readAll(openStreams(port, plan), plan, server.processId());
    const std::vector<double> late = lateness(port);
    const auto at = [&](double share) {
        return late.empty() ? 0.0 : late[static_cast<size_t>(share * double(late.size() - 1))];
    };
    std::printf("%d streams, %g ms between tokens, %zu tokens\n", plan.streams, plan.interTokenMs,
        late.size());
    window.print();
    std::printf(
        "  sent late by  p50 %.2f ms, p99 %.2f ms, at most %.2f ms\n", at(0.5), at(0.99), at(1));
    server.closeWriteChannel();
    server.waitForFinished();
    return 0;
}
