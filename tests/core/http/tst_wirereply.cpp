// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlaccessmanager.h"
#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// Where our replies promise more than Qt's do, or could go wrong in ways of its own.
class TestWireReply final : public QObject
{
    Q_OBJECT

    std::unique_ptr<CurlAccessManager> m_manager;

    static Script okay() { return Script::reply(200, "text/plain"_ba, "x"_ba); }

private Q_SLOTS:

    void initTestCase_data() { addOwnManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeOwnManager(manager);
    }

    void cleanup() { m_manager.reset(); }

    void anIdleConnectionTheServerClosedIsNotUsed()
    {
        ScriptedServer server;
        server.setDefault(okay());
        Exchange first(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(first.wait());
        server.closeConnections();
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 30'000);
        Exchange second(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(second.wait());
        QVERIFY(!second.error);
        QVERIFY(!second.phases.connectionReused);
        QCOMPARE(server.requests().size(), 2);
    }

    void notEvenAGetIsRepeated()
    {
        ScriptedServer server;
        server.setDefault(okay());
        Exchange first(*m_manager, {.url = server.url()});
        QVERIFY(first.wait());
        server.enqueue(Script().close());
        Exchange second(*m_manager, {.url = server.url()});
        QVERIFY(second.wait());
        QCOMPARE(second.error->kind, ApiError::Kind::Unreachable);
        QCOMPARE(server.requests().size(), 2);
    }

    void whatIsNoHttpIsSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("ssh") << "SSH-2.0-OpenSSH_9.2\r\n\r\n"_ba;
        QTest::newRow("tls alert") << QByteArray::fromHex("15030100020246");
        QTest::newRow("bad chunk")
            << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"_ba;
    }

    void whatIsNoHttpIsSaid()
    {
        QFETCH(const QByteArray, bytes);
        ScriptedServer server;
        server.enqueue(Script().send(bytes).close());
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Protocol);
    }

    void onlyTheLastHeadCounts()
    {
        ScriptedServer server;
        server.enqueue(Script().send("HTTP/1.1 100 Continue\r\nX-A: 1\r\n\r\n"
                                     "HTTP/1.1 103 Early Hints\r\nX-B: 2\r\n\r\n"
                                     "HTTP/1.1 200 Fine by me\r\nX-C: 3\r\nX-D:\r\nX-C: 4\r\n"
                                     "Transfer-Encoding: chunked\r\n\r\n"
                                     "1\r\nx\r\n0\r\nX-Trailer: 5\r\n\r\n"_ba));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        const QSignalSpy heads(&exchange.reply(), &QNetworkReply::metaDataChanged);
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(heads.size(), 1);
        QCOMPARE(exchange.head.status, 200);
        QCOMPARE(exchange.reply().attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString(),
            u"Fine by me"_s);
        QStringList names;
        for (const Header &header : std::as_const(exchange.head.headers)) {
            names.append(QString::fromLatin1(header.name + '=' + header.value).toLower());
        }
        QCOMPARE(names,
            (QStringList{u"x-c=3"_s, u"x-d="_s, u"x-c=4"_s, u"transfer-encoding=chunked"_s}));
        QCOMPARE(exchange.body, "x"_ba);
    }

    /// A load test may want more connections than the system lets a program have.
    void whereNoFileCanBeOpenedItIsSaid()
    {
#ifdef Q_OS_UNIX
        ScriptedServer server;
        server.setDefault(okay());
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const int free = ::dup(STDERR_FILENO);
        QVERIFY(free >= 0);
        ::close(free);
        const auto reset = qScopeGuard([&before] { ::setrlimit(RLIMIT_NOFILE, &before); });
        const rlimit none{.rlim_cur = rlim_t(free), .rlim_max = before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
        Exchange exchange(*m_manager, {.url = server.url()});
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Internal);
        QVERIFY2(
            exchange.error->message.contains("ulimit"_L1), qPrintable(exchange.error->message));
#endif
    }

    void phasesAreToldInOrder()
    {
        ScriptedServer server;
        server.enqueue(Script::chunked(200, "text/plain"_ba).hold().chunk("x"_ba).lastChunk());
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QStringList told;
        QNetworkReply &reply = exchange.reply();
        connect(&reply, &QNetworkReply::socketStartedConnecting, this,
            [&] { told.append(u"connecting"_s); });
        connect(&reply, &QNetworkReply::requestSent, this, [&] { told.append(u"sent"_s); });
        connect(&reply, &QNetworkReply::metaDataChanged, this, [&] { told.append(u"head"_s); });
        QTRY_COMPARE_WITH_TIMEOUT(
            told, (QStringList{u"connecting"_s, u"sent"_s, u"head"_s}), 30'000);
        const PhaseTimes early = phaseTimes(reply);
        QVERIFY(early.sent);
        server.release();
        QVERIFY(exchange.wait());
        const PhaseTimes &phases = exchange.phases;
        QVERIFY(phases.lookup && phases.connect && phases.sent && phases.firstByte);
        QVERIFY(!phases.tls);
        QCOMPARE(*phases.sent, *early.sent);
        QVERIFY(phases.start <= *phases.lookup);
        QVERIFY(*phases.lookup <= *phases.connect);
        QVERIFY(*phases.connect <= *phases.sent);
        QVERIFY(*phases.sent <= *phases.firstByte);
        QVERIFY(*phases.firstByte <= exchange.pieces.first().at);
    }

    void aTimeIsWhenBytesCameAndNotWhenTheyWereRead()
    {
        ScriptedServer server;
        server.enqueue(Script::reply(200, "text/plain"_ba, "body"_ba));
        const std::unique_ptr<QNetworkReply> reply(
            sendRequest(*m_manager, postRequest(server.url(), "{}"_ba), {}));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        QVERIFY(finished.wait(30'000));
        const TimePoint end = Clock::now();
        QTRY_VERIFY(Clock::now() > end + 5ms);
        const QList<TimedBytes> pieces = takeReceived(*reply);
        QCOMPARE(pieces.size(), 1);
        QVERIFY(pieces.first().at < end);
        QCOMPARE(pieces.first().bytes, "body"_ba);
    }

    void chunksOfOneReadAreOnePiece()
    {
        ScriptedServer server;
        Script script = Script::chunked(200, "text/plain"_ba);
        server.enqueue(script.hold().send("1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n"_ba));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QTRY_VERIFY_WITH_TIMEOUT(server.heldConnections() == 1, 30'000);
        server.release();
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.body, "abc"_ba);
        QCOMPARE(exchange.pieces.size(), 1);
    }

    void readBufferSizeHoldsTheServerUp()
    {
        ScriptedServer server;
        const QByteArray body(20'000'000, 'b');
        server.enqueue(Script::reply(200, "text/plain"_ba, body));
        const std::unique_ptr<QNetworkReply> reply(
            sendRequest(*m_manager, {.url = server.url()}, {}));
        reply->setReadBufferSize(100'000);
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        qint64 largest = 0;
        qint64 got = 0;
        int steps = 0;
        while (finished.isEmpty() || reply->bytesAvailable() > 0) {
            QVERIFY(QTest::qWaitFor(
                [&] { return reply->bytesAvailable() > 0 || !finished.isEmpty(); }, 30'000));
            largest = std::max(largest, reply->bytesAvailable());
            // In both ways of reading.
            if (++steps % 2 == 0) {
                got += reply->read(60'000).size();
            } else {
                for (const TimedBytes &piece : takeReceived(*reply)) {
                    got += piece.bytes.size();
                }
            }
        }
        QCOMPARE(got, body.size());
        QVERIFY2(largest < 300'000, qPrintable(QString::number(largest)));
        QCOMPARE(finished.size(), 1);
        QVERIFY(!transportError(*reply));
    }

    void whatNobodyReadsComesWhole()
    {
        ScriptedServer server;
        const QByteArray body(3'000'000, 'b');
        server.enqueue(Script::reply(200, "text/plain"_ba, body));
        const std::unique_ptr<QNetworkReply> reply(
            sendRequest(*m_manager, {.url = server.url()}, {}));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        QVERIFY(finished.wait(30'000));
        QVERIFY(!transportError(*reply));
        QCOMPARE(reply->readAll().size(), body.size());
    }

    /// Replies that end at once, each followed by the next, leave room for everything else in their
    /// thread.
    void timersHaveTheirTurn()
    {
        const TransportOptions nowhere{.unixSocket = u"/nonexistent/lorikeet.sock"_s};
        std::vector<std::unique_ptr<QNetworkReply>> replies;
        bool hasTimedOut = false;
        const std::function<void()> ask = [&] {
            replies.emplace_back(
                sendRequest(*m_manager, postRequest(QUrl(u"http://models/"_s), "{}"_ba), nowhere));
            connect(replies.back().get(), &QNetworkReply::finished, this, [&] {
                // So many are no thread that has been held up any more, but one that hangs.
                if (!hasTimedOut && replies.size() < 50'000) {
                    ask();
                }
            });
        };
        ask();
        connect(replies.front().get(), &QNetworkReply::finished, this,
            [&] { QTimer::singleShot(0ms, this, [&hasTimedOut] { hasTimedOut = true; }); });
        QTRY_VERIFY_WITH_TIMEOUT(hasTimedOut, 30'000);
        QCOMPARE_LT(replies.size(), 50'000u);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::all_of(replies, [](const auto &reply) { return reply->isFinished(); }),
            30'000);
    }

    void itReadsLikeAnyDevice()
    {
        ScriptedServer server;
        server.enqueue(Script::reply(200, "text/plain"_ba, "one\ntwo\nthree"_ba));
        const std::unique_ptr<QNetworkReply> reply(m_manager->get(QNetworkRequest(server.url())));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        QVERIFY(finished.wait(30'000));
        QCOMPARE(reply->bytesAvailable(), 13);
        QVERIFY(reply->isSequential());
        QVERIFY(reply->canReadLine());
        QCOMPARE(reply->peek(3), "one"_ba);
        QCOMPARE(reply->readLine(), "one\n"_ba);
        QCOMPARE(reply->read(2), "tw"_ba);
        QCOMPARE(reply->readAll(), "o\nthree"_ba);
        QVERIFY(reply->atEnd());
        QCOMPARE(reply->read(1), QByteArray());
    }

    void aBodyMayComeInPieces()
    {
        // A pipe: sequential, of unknown length, not all there yet.
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost));
        QTcpSocket writer;
        writer.connectToHost(QHostAddress::LocalHost, listener.serverPort());
        QVERIFY(listener.waitForNewConnection(30'000));
        const std::unique_ptr<QTcpSocket> body(listener.nextPendingConnection());
        ScriptedServer server;
        server.setDefault(okay());
        QNetworkRequest request(server.url());
        request.setRawHeader("content-length", "10");
        const std::unique_ptr<QNetworkReply> reply(m_manager->post(request, body.get()));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        QTRY_VERIFY_WITH_TIMEOUT(server.openConnections() == 1, 30'000);
        writer.write("01234");
        writer.flush();
        QTRY_VERIFY_WITH_TIMEOUT(body->bytesAvailable() == 0 && writer.bytesToWrite() == 0, 30'000);
        writer.write("56789");
        writer.flush();
        QVERIFY(finished.wait(30'000));
        QVERIFY(!transportError(*reply));
        QCOMPARE(server.requests().at(0).body, "0123456789"_ba);
    }

    void anAnswerMayComeBeforeTheBodyIsSent()
    {
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost));
        connect(&listener, &QTcpServer::newConnection, this, [&listener] {
            // Reads nothing, so that the body cannot all be sent.
            QTcpSocket *socket = listener.nextPendingConnection();
            socket->setReadBufferSize(1000);
            socket->write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
        });
        const QUrl url(u"http://127.0.0.1:%1/"_s.arg(listener.serverPort()));
        Exchange exchange(*m_manager, postRequest(url, QByteArray(30'000'000, 'x')));
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(exchange.head.status, 413);
        QCOMPARE(exchange.body, "big"_ba);
    }

    void aThousandStreamsRunAtOnce()
    {
        constexpr int count = 1024;
        m_manager->reserve(count);
        ScriptedServer server;
        server.setDefault(Script::chunked(200, "text/event-stream"_ba)
                .hold()
                .chunk("data: x\n\n"_ba)
                .lastChunk());
        std::vector<std::unique_ptr<Exchange>> exchanges;
        exchanges.reserve(count);
        for (int i = 0; i < count; ++i) {
            exchanges.push_back(
                std::make_unique<Exchange>(*m_manager, postRequest(server.url(), "{}"_ba)));
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.heldConnections(), count, 60'000);
        server.release();
        for (const auto &exchange : exchanges) {
            QVERIFY(exchange->wait());
            QVERIFY(!exchange->error);
            QCOMPARE(exchange->body, "data: x\n\n"_ba);
        }
        QCOMPARE(server.connectionCount(), count);
        // The next wave finds them kept, or, where this machine was slow, grown too old.
        server.setDefault(okay());
        exchanges.clear();
        for (int i = 0; i < count; ++i) {
            exchanges.push_back(
                std::make_unique<Exchange>(*m_manager, postRequest(server.url(), "{}"_ba)));
        }
        for (const auto &exchange : exchanges) {
            QVERIFY(exchange->wait());
            QVERIFY(!exchange->error);
        }
    }
};

QTEST_GUILESS_MAIN(TestWireReply)
#include "tst_wirereply.moc"
