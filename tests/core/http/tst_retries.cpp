// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatrecorder.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

Script failing(int status, const Headers &headers = {}, const QByteArray &body = "{}"_ba)
{
    return Script::reply(status, "application/json"_ba, body, headers);
}

/// As HTTP writes dates.
QByteArray httpDate(const QDateTime &moment)
{
    return QLocale::c().toString(moment.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

} // namespace

/// What an endpoint's retry policy makes of failures, over every transport.
class TestRetries final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ClientSetup> m_setup;
    std::unique_ptr<ChatRecorder> m_recorder;
    QList<Retry> m_retries;

    ChatStream *ask(const RetryPolicy &policy, const Timeouts &timeouts = {})
    {
        Target target = m_setup->target(timeouts);
        target.endpoint.retry = policy;
        ChatStream *stream = m_setup->client->chat(target, ClientSetup::question());
        connect(stream, &ChatStream::retrying, this,
            [this](const Retry &retry) { m_retries.append(retry); });
        m_recorder = std::make_unique<ChatRecorder>(stream);
        return stream;
    }

    [[nodiscard]] bool waitForEnd() const
    {
        return QTest::qWaitFor([this] { return m_recorder->isFinished(); }, longWait);
    }

    static RetryPolicy quick(int retries)
    {
        return {.retries = retries, .firstDelay = 1ms, .longestDelay = 2ms};
    }

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_setup = std::make_unique<ClientSetup>(manager);
        m_setup->server->setDefault(eventStream().chunk(piece("fine"_ba) + doneEvents).lastChunk());
        m_retries.clear();
    }

    void cleanup()
    {
        m_recorder.reset();
        m_setup.reset();
    }

    void eachTryIsTold()
    {
        m_setup->server->enqueue(failing(503));
        m_setup->server->enqueue(failing(429, {{"Retry-After"_ba, "0.05"_ba}}));
        ask(quick(3));
        QVERIFY(waitForEnd());
        QCOMPARE(m_recorder->said, (QStringList{u"started"_s, u"events"_s, u"finished"_s}));
        QCOMPARE(m_recorder->text(), u"fine"_s);
        QVERIFY(!m_recorder->outcome.error);
        QCOMPARE(m_recorder->outcome.tries, 3);
        QCOMPARE(m_setup->server->requests().size(), 3);
        QCOMPARE(m_setup->server->requests()[0].body, m_setup->server->requests()[2].body);

        QCOMPARE(m_retries.size(), 2);
        QCOMPARE(m_retries[0].next, 2);
        QCOMPARE(m_retries[0].most, 4);
        QVERIFY(m_retries[0].wait <= 1ms);
        QCOMPARE(m_retries[0].error.httpStatus, 503);
        QCOMPARE(m_retries[1].next, 3);
        QCOMPARE(m_retries[1].wait, 50ms);
        QCOMPARE(m_retries[1].error.httpStatus, 429);
    }

    void theServerSaysWhen_data()
    {
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<Milliseconds>("wait");
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QTest::newRow("seconds") << Headers{{"Retry-After"_ba, "7"_ba}} << Milliseconds(7s);
        QTest::newRow("milliseconds")
            << Headers{{"retry-after-ms"_ba, "1500"_ba}, {"Retry-After"_ba, "9"_ba}}
            << Milliseconds(1500ms);
        QTest::newRow("date") << Headers{{"Date"_ba, httpDate(now)},
            {"Retry-After"_ba, httpDate(now.addSecs(12))}}
                              << Milliseconds(12s);
    }

    void theServerSaysWhen()
    {
        QFETCH(const Headers, headers);
        QFETCH(const Milliseconds, wait);
        m_setup->server->setDefault(failing(429, headers));
        ChatStream *stream = ask(quick(1));
        QTRY_COMPARE_WITH_TIMEOUT(m_retries.size(), 1, longWait);
        QCOMPARE(m_retries.constFirst().wait, wait);
        QVERIFY(m_retries.constFirst().due <= Clock::now() + wait);
        // Waiting can be stopped, and nothing is sent after that.
        stream->stop();
        QVERIFY(waitForEnd());
        QCOMPARE(m_recorder->errorKind(), ApiError::Kind::Cancelled);
        QCOMPARE(m_recorder->outcome.tries, 1);
        QCOMPARE(m_setup->server->requests().size(), 1);
    }

    void whatIsNotSentAgain_data()
    {
        QTest::addColumn<Script>("script");
        QTest::newRow("no quota left") << failing(429, {},
            R"({"error":{"message":"You exceeded your quota.","type":"insufficient_quota",)"
            R"("code":"insufficient_quota"}})"_ba);
        QTest::newRow("a bad request") << failing(400);
        QTest::newRow("a wrong key") << failing(401);
        QTest::newRow("the server says no") << failing(503, {{"x-should-retry"_ba, "false"_ba}});
        QTest::newRow("an answer without text") << eventStream().lastChunk();
        QTest::newRow("an answer that breaks off") << eventStream().chunk(piece("par"_ba)).close();
        QTest::newRow("an answer that fails")
            << eventStream()
                   .chunk("data: {\"error\":{\"message\":\"Overloaded\",\"code\":503}}\n\n"_ba)
                   .lastChunk();
    }

    void whatIsNotSentAgain()
    {
        QFETCH(const Script, script);
        m_setup->server->enqueue(script);
        ask(quick(5));
        QVERIFY(waitForEnd());
        QVERIFY(m_recorder->outcome.error);
        QCOMPARE(m_recorder->outcome.tries, 1);
        QCOMPARE(m_retries.size(), 0);
        QCOMPARE(m_setup->server->requests().size(), 1);
    }

    void theServersYesCounts()
    {
        m_setup->server->enqueue(failing(400, {{"x-should-retry"_ba, "true"_ba}}));
        ask(quick(1));
        QVERIFY(waitForEnd());
        QCOMPARE(m_recorder->text(), u"fine"_s);
        QCOMPARE(m_setup->server->requests().size(), 2);
    }

    void theLastFailureIsTheAnswer()
    {
        m_setup->server->setDefault(failing(503, {}, R"({"error":"still loading"})"_ba));
        ask(quick(2));
        QVERIFY(waitForEnd());
        QCOMPARE(m_recorder->errorKind(), ApiError::Kind::Unavailable);
        QVERIFY(m_recorder->outcome.error->serverMessage.contains(u"still loading"_s));
        QCOMPARE(m_recorder->outcome.tries, 3);
        QCOMPARE(m_setup->server->requests().size(), 3);
    }

    void noConnectionIsTriedAgain()
    {
        m_setup->server->stopListening();
        ask(quick(2));
        QVERIFY(waitForEnd());
        QCOMPARE(m_recorder->errorKind(), ApiError::Kind::Refused);
        QCOMPARE(m_recorder->outcome.tries, 3);
    }

    void theTotalTimeLimitsAllTries()
    {
        m_setup->server->setDefault(failing(503, {{"Retry-After"_ba, "60"_ba}}));
        ask(quick(5), {.total = 30s});
        QVERIFY(waitForEnd());
        // The next would come too late.
        QCOMPARE(m_recorder->errorKind(), ApiError::Kind::Unavailable);
        QCOMPARE(m_setup->server->requests().size(), 1);
    }

    void nothingIsSentTwiceUnasked()
    {
        m_setup->server->setDefault(failing(503, {{"Retry-After"_ba, "0"_ba}}));
        ask({});
        QVERIFY(waitForEnd());
        QCOMPARE(m_setup->server->requests().size(), 1);
        QCOMPARE(m_retries.size(), 0);
    }

    void deletingItEndsTheWaiting()
    {
        m_setup->server->enqueue(failing(503, {{"Retry-After"_ba, "0.05"_ba}}));
        ask(quick(5));
        QTRY_COMPARE_WITH_TIMEOUT(m_retries.size(), 1, longWait);
        m_recorder.reset();
        QTRY_VERIFY_WITH_TIMEOUT(Clock::now() > m_retries.constFirst().due, longWait);
        ask({});
        QVERIFY(waitForEnd());
        QCOMPARE(m_setup->server->requests().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestRetries)
#include "tst_retries.moc"
