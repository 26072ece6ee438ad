// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a quick call costs that is made while the server still works on a slow one, over the same
// connection: as Lorikeet leaves its socket, and with Nagle's algorithm, as Qt's channel leaves it.

#include "kserveserver.h"
#include "triton/grpctransport.h"

#include <QCoreApplication>
#include <QDir>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdio>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

namespace {

constexpr int quickCalls = 30;
constexpr int rounds = 40;
constexpr Milliseconds betweenCalls{10};

InferRequest requestTo(const QString &model)
{
    return {.model = model,
        .id = u"7"_s,
        .inputs = {Tensor::ofFloats({1, 2}, TensorType::Fp32, u"x"_s)},
        .outputs = {}};
}

/// Sets the socket option of all connections to this port.
void setNoDelay(int port, int isOn)
{
    for (const QString &name : QDir(u"/dev/fd"_s).entryList(QDir::AllEntries | QDir::System)) {
        const int handle = name.toInt();
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        if (getpeername(handle, reinterpret_cast<sockaddr *>(&peer), &size) == 0
            && ntohs(peer.sin_port) == port) {
            setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &isOn, sizeof isOn);
        }
    }
}

/// Of one quick call, in ms.
double quickCall(GrpcTransport &transport)
{
    const TimePoint begin = Clock::now();
    QFuture<Result<InferReply>> reply = transport.infer(requestTo(u"echo"_s), Milliseconds(0));
    reply.waitForFinished();
    if (!reply.result()) {
        qFatal("the server does not answer: %s", qPrintable(reply.result().error().message));
    }
    return toMilliseconds(Clock::now() - begin);
}

void report(const char *what, std::vector<double> times)
{
    std::ranges::sort(times);
    const auto held = std::ranges::count_if(times, [](double time) { return time > 20; });
    std::printf("%-44s p50 %6.2f ms   p90 %6.2f ms   max %6.2f ms   over 20 ms: %td of %zu\n", what,
        times[times.size() / 2], times[times.size() * 9 / 10], times.back(), held, times.size());
}

void measure(const KserveServer &server, bool isHeld)
{
    GrpcTransport transport(server.target());
    std::vector<double> alone;
    for (int i = 0; i < quickCalls; ++i) {
        alone.push_back(quickCall(transport));
        if (i == 0 && isHeld) {
            setNoDelay(server.port(), 0);
        }
    }
    std::vector<double> beside;
    for (int i = 0; i < rounds; ++i) {
        QFuture<Result<InferReply>> slow = transport.infer(requestTo(u"slow"_s), Milliseconds(0));
        std::this_thread::sleep_for(betweenCalls);
        beside.push_back(quickCall(transport));
        slow.cancel();
        std::this_thread::sleep_for(betweenCalls);
        quickCall(transport);
    }
    const char *const mode = isHeld ? "Nagle" : "at once";
    report(qPrintable(u"%1, alone"_s.arg(QLatin1StringView(mode))), alone);
    report(qPrintable(u"%1, %2 ms behind a slow call"_s.arg(
               QLatin1StringView(mode), QString::number(betweenCalls.count()))),
        beside);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const KserveServer server;
    for (int turn = 0; turn < 3; ++turn) {
        measure(server, false);
        measure(server, true);
    }
    return 0;
}
