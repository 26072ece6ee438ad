// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpchatstream.h"

#include "chatrecorder.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// How a stream ends before its answer does: by a limit, by its owner, with its owner.
class TestChatStreamLife final : public QObject
{
    Q_OBJECT

    std::optional<ClientSetup> m_setup;

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_setup.emplace(manager);
    }

    void cleanup() { m_setup.reset(); }

    void limits_data()
    {
        QTest::addColumn<QString>("case_");
        QTest::addColumn<ApiError::Kind>("kind");
        QTest::newRow("no head") << u"silent"_s << ApiError::Kind::FirstTokenTimeout;
        QTest::newRow("comments are no token")
            << u"comments"_s << ApiError::Kind::FirstTokenTimeout;
        QTest::newRow("a role is no token") << u"role"_s << ApiError::Kind::FirstTokenTimeout;
        QTest::newRow("idle") << u"idle"_s << ApiError::Kind::IdleTimeout;
        QTest::newRow("total") << u"total"_s << ApiError::Kind::TotalTimeout;
        QTest::newRow("total before the head") << u"total silent"_s << ApiError::Kind::TotalTimeout;
    }

    void limits()
    {
        QFETCH(const QString, case_);
        QFETCH(const ApiError::Kind, kind);
        // Short where silence is to be noticed, and long for all that must not be.
        Timeouts timeouts{.firstToken = 60ms, .idle = 30s};
        Script script = eventStream();
        if (case_ == u"silent"_s) {
            script = Script().hold();
        } else if (case_ == u"comments"_s) {
            for (int i = 0; i < 100; ++i) {
                script.chunk(": ping\n\n"_ba).pause(10ms);
            }
        } else if (case_ == u"role"_s) {
            script
                .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                       "\"content\":\"\"}}]}\n\n"_ba)
                .hold();
        } else if (case_ == u"idle"_s) {
            timeouts = {.firstToken = 30s, .idle = 60ms};
            script.chunk(piece("kept")).hold();
        } else if (case_ == u"total"_s) {
            timeouts = {.firstToken = 30s, .idle = 30s, .total = 500ms};
            script.chunk(piece("kept"));
            for (int i = 0; i < 100; ++i) {
                script.pause(50ms).chunk(": ping\n\n"_ba);
            }
        } else {
            timeouts = {.firstToken = 0ms, .idle = 0ms, .total = 60ms};
            script = Script().hold();
        }
        m_setup->server->enqueue(script);
        ChatRecorder recorder(m_setup->ask(timeouts));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), kind);
        QVERIFY(recorder.outcome.error->message.contains(
            u"127.0.0.1:%1"_s.arg(m_setup->server->port())));
        QVERIFY(recorder.outcome.error->message.endsWith(u'.'));
        QCOMPARE(recorder.outcome.choice().text, recorder.text());
        QCOMPARE(recorder.outcome.choice().text.isEmpty(),
            kind == ApiError::Kind::FirstTokenTimeout || case_ == u"total silent"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->openConnections(), 0, longWait);
    }

    /// The comments come until the answer has taken longer than the limit allows silence for.
    void commentsKeepAStreamAlive()
    {
        constexpr auto idle = 600ms;
        Script script = eventStream().chunk(piece("a"));
        for (auto time = 0ms; time < idle + 100ms; time += 20ms) {
            script.pause(20ms).chunk(": ping\n\n"_ba);
        }
        m_setup->server->enqueue(script.chunk(doneEvents).lastChunk());
        ChatRecorder recorder(m_setup->ask({.idle = idle}));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
    }

    void theIdleLimitBeginsWithTheFirstByteOfTheBody()
    {
        // A server that sends its head at once and then queues the request.
        m_setup->server->enqueue(
            eventStream().pause(300ms).chunk(piece("a") + doneEvents).lastChunk());
        ChatRecorder recorder(m_setup->ask({.idle = 100ms}));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
    }

    void stopping_data()
    {
        QTest::addColumn<QString>("when");
        for (const char *when : {"at once", "before the head", "started", "events", "twice"}) {
            QTest::newRow(when) << QString::fromLatin1(when);
        }
    }

    void stopping()
    {
        QFETCH(const QString, when);
        const bool silent = when == u"before the head"_s;
        m_setup->server->enqueue(
            silent ? Script().hold() : eventStream().chunk(piece("kept")).hold());
        ChatStream *stream = m_setup->ask();
        ChatRecorder recorder(stream);
        int within = 0;
        const auto stop = [&] {
            const qsizetype before = recorder.said.count(u"finished"_s);
            stream->stop();
            within += int(recorder.said.count(u"finished"_s) - before);
        };
        if (when == u"at once"_s) {
            stop();
        } else if (silent) {
            QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->heldConnections(), 1, longWait);
            stop();
        } else if (when == u"started"_s) {
            connect(stream, &ChatStream::started, this, stop);
        } else {
            connect(stream, &ChatStream::events, this, stop);
        }
        if (when == u"twice"_s) {
            connect(stream, &ChatStream::events, this, stop);
        }
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(within, 0);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Cancelled);
        QCOMPARE(recorder.outcome.choice().text, recorder.text());
        if (when == u"events"_s) {
            QCOMPARE(recorder.outcome.choice().text, u"kept"_s);
        }
        stop(); // harmless now
        QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->openConnections(), 0, longWait);
        QCOMPARE(recorder.said.count(u"finished"_s), 1);
    }

    void deleting_data()
    {
        QTest::addColumn<QString>("when");
        for (const char *when : {"at once", "before the head", "started", "events", "finished",
                 "after stop", "refused"}) {
            QTest::newRow(when) << QString::fromLatin1(when);
        }
    }

    void deleting()
    {
        QFETCH(const QString, when);
        const bool silent = when == u"before the head"_s;
        m_setup->server->enqueue(silent
                ? Script().hold()
                : eventStream().chunk(piece("a")).hold().chunk(doneEvents).lastChunk());
        ChatStream *stream = when == u"refused"_s
            ? m_setup->client->chat(m_setup->target(), ChatRequest())
            : m_setup->ask();
        ChatRecorder recorder(stream);
        QSignalSpy gone(stream, &QObject::destroyed);
        // The argument must outlive the one who sent it.
        QString afterwards;
        const QObject scope;
        const auto remove = [stream] { delete stream; };
        if (when == u"at once"_s || when == u"refused"_s) {
            remove();
        } else if (silent) {
            QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->heldConnections(), 1, longWait);
            remove();
        } else if (when == u"started"_s) {
            connect(stream, &ChatStream::started, &scope, remove);
        } else if (when == u"events"_s) {
            connect(stream, &ChatStream::events, &scope, [&](const StreamEvents &events) {
                remove();
                afterwards = std::get<TextDelta>(events.constFirst().payload).text;
            });
        } else if (when == u"finished"_s) {
            connect(stream, &ChatStream::finished, &scope, [&](const ChatOutcome &outcome) {
                remove();
                afterwards = outcome.choice().text;
            });
            QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->heldConnections(), 1, longWait);
            m_setup->server->release();
        } else {
            QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->heldConnections(), 1, longWait);
            stream->stop();
            remove();
        }
        QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, longWait);
        if (when == u"finished"_s) {
            QCOMPARE(recorder.said.last(), u"finished"_s);
        } else {
            QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->openConnections(), 0, longWait);
            QVERIFY(!recorder.isFinished());
        }
        if (when == u"events"_s || when == u"finished"_s) {
            QCOMPARE(afterwards, u"a"_s);
        }
    }

    void deletingTheClientEndsItsStreams()
    {
        m_setup->server->enqueue(eventStream().chunk(piece("a")).hold());
        QPointer<ChatStream> stream(m_setup->ask());
        QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->heldConnections(), 1, longWait);
        m_setup->client.reset();
        QVERIFY(!stream);
        QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->openConnections(), 0, longWait);
    }
};

QTEST_GUILESS_MAIN(TestChatStreamLife)
#include "tst_chatstreamlife.moc"
