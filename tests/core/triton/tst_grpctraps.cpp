// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "futures.h"
#include "kserveserver.h"
#include "triton/decoupledclient.h"
#include "triton/grpctransport.h"

#include <QDir>
#include <QTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <memory>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

namespace {

constexpr int longWait = 60'000;

InferRequest requestTo(const QString &model)
{
    return {.model = model,
        .id = u"7"_s,
        .inputs = {Tensor::ofFloats({1, 2}, TensorType::Fp32, u"x"_s)},
        .outputs = {}};
}

} // namespace

/// What Qt's gRPC leaves to who uses it, beyond tst_grpc: how long things live. Against gRPC's own
/// server. The numbers are those of core/triton/README.md.
class TestGrpcTraps final : public QObject
{
    Q_OBJECT

    std::unique_ptr<KserveServer> m_server;
    std::shared_ptr<GrpcTransport> m_transport;

    [[nodiscard]] QStringList log()
    {
        const auto reply = waitFor(m_transport->infer(requestTo(u"log"_s), Milliseconds(0)));
        return reply ? reply->output(u"log").value_or(Tensor()).texts() : QStringList();
    }

    struct Heard
    {
        int texts = 0;
        bool isOver = false;
        std::optional<ApiError> error;
    };

    static std::shared_ptr<Heard> listen(DecoupledModelClient &client)
    {
        const auto heard = std::make_shared<Heard>();
        client.infer(
            {.inputs = {Tensor::ofTexts({u"Hi"_s})}, .outputs = {}, .parameters = {}}, true,
            [heard](const InferReply &, TimePoint) { ++heard->texts; },
            [heard](const std::optional<ApiError> &error) {
                heard->isOver = true;
                heard->error = error;
            });
        return heard;
    }

    static constexpr int many = 30;

    static QList<std::shared_ptr<Heard>> listenToMany(DecoupledModelClient &client)
    {
        QList<std::shared_ptr<Heard>> all;
        for (int i = 0; i < many; ++i) {
            all.append(listen(client));
        }
        return all;
    }

private Q_SLOTS:

    void init()
    {
        m_server = std::make_unique<KserveServer>();
        QVERIFY(m_server->port() > 0);
        m_transport = std::make_shared<GrpcTransport>(m_server->target());
    }

    void cleanup()
    {
        m_transport.reset();
        m_server.reset();
    }

    /// 2: a connection that the server lets go of ends its streams in peace.
    void goingAwayEndsNoStream()
    {
        const KserveServer leaving(
            {u"grpc.max_connection_age_ms=100"_s, u"grpc.max_connection_age_grace_ms=60000"_s});
        const auto transport = std::make_shared<GrpcTransport>(leaving.target());
        DecoupledModelClient client(transport, {.model = u"endless"_s});
        const auto heard = listen(client);
        QTRY_VERIFY_WITH_TIMEOUT(heard->texts == 1, longWait);
        // Over several other connections, while the first is being left.
        for (int peers = 0; peers < 3;) {
            QVERIFY(waitFor(transport->infer(requestTo(u"echo"_s), Milliseconds(0))));
            const auto reply = waitFor(transport->infer(requestTo(u"log"_s), Milliseconds(0)));
            QVERIFY2(reply, qPrintable(sentence(reply)));
            peers = reply->output(u"log")->texts().constLast().sliced(6).toInt(); // "peers N"
        }
        QVERIFY(!heard->isOver);
    }

    /// 6: deleted, a call goes on at the server: all that run are cancelled first.
    void whoIsDeletedCancels()
    {
        QFuture<Result<InferReply>> future;
        {
            ModelClient client(
                std::make_unique<GrpcTransport>(m_server->target()), {.model = u"slow"_s});
            future = client.inferSample({.inputs = {Tensor::ofFloats({3, 4})}});
            QTRY_VERIFY_WITH_TIMEOUT(log().contains(u"slow begun"_s), longWait);
            QVERIFY(!log().contains(u"slow ended"_s));
        }
        QTRY_VERIFY_WITH_TIMEOUT(log().contains(u"slow ended"_s), longWait);
    }

    /// 6: the same of streams.
    void aDeletedStreamCancels()
    {
        {
            DecoupledModelClient client(m_transport, {.model = u"endless"_s});
            const auto heard = listen(client);
            QTRY_VERIFY_WITH_TIMEOUT(heard->texts == 1, longWait);
        }
        QTRY_VERIFY_WITH_TIMEOUT(log().contains(u"endless ended"_s), longWait);
    }

    /// 13: calls beside others do not wait for an acknowledgement.
    void nothingIsHeldBack()
    {
        QVERIFY(waitFor(m_transport->infer(requestTo(u"echo"_s), Milliseconds(0))));
        int found = 0;
        for (const QString &name : QDir(u"/dev/fd"_s).entryList(QDir::AllEntries | QDir::System)) {
            const int handle = name.toInt();
            sockaddr_in peer{};
            socklen_t size = sizeof peer;
            if (getpeername(handle, reinterpret_cast<sockaddr *>(&peer), &size) == 0
                && ntohs(peer.sin_port) == m_server->port()) {
                int isAtOnce = 0;
                socklen_t length = sizeof isAtOnce;
                QCOMPARE(getsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &isAtOnce, &length), 0);
                QVERIFY(isAtOnce != 0);
                ++found;
            }
        }
        QVERIFY(found > 0);
    }

    /// 11: channels are bound to a thread. Each transport has its own, so that any thread may have
    /// a transport.
    void transportsInManyThreads()
    {
        constexpr int threads = 4;
        constexpr int calls = 25;
        std::atomic<int> answered = 0;
        {
            std::vector<std::jthread> all;
            for (int i = 0; i < threads; ++i) {
                all.emplace_back([&answered, target = m_server->target()] {
                    GrpcTransport transport(target);
                    for (int call = 0; call < calls; ++call) {
                        QFuture<Result<InferReply>> future
                            = transport.infer(requestTo(u"echo"_s), Milliseconds(0));
                        future.waitForFinished();
                        answered += future.result() ? 1 : 0;
                    }
                });
            }
        }
        QCOMPARE(answered, threads * calls);
    }

    /// 12: a stream that is not closed keeps its place on the connection, of which there are 100.
    void streamsGiveTheirPlaceBack()
    {
        DecoupledModelClient client(m_transport, {.model = u"stream"_s});
        for (int round = 0; round < 6; ++round) {
            for (const auto &heard : listenToMany(client)) {
                QTRY_VERIFY_WITH_TIMEOUT(heard->isOver, longWait);
                QVERIFY(!heard->error);
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(log().count(u"stream closed"_s), 6 * many, longWait);
        QCOMPARE(log().constLast(), u"peers 1"_s); // all went over one
    }

    /// And so does one that failed.
    void streamsThatFailGiveTheirPlaceBack()
    {
        DecoupledModelClient client(m_transport, {.model = u"fails"_s});
        for (int round = 0; round < 6; ++round) {
            for (const auto &heard : listenToMany(client)) {
                QTRY_VERIFY_WITH_TIMEOUT(heard->isOver, longWait);
                QCOMPARE(heard->error->serverMessage, u"out of memory"_s);
            }
        }
        QCOMPARE(log().constLast(), u"peers 1"_s);
    }
};

QTEST_GUILESS_MAIN(TestGrpcTraps)
#include "tst_grpctraps.moc"
