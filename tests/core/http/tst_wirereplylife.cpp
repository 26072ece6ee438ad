// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlaccessmanager.h"
#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"

#include <QEventLoop>
#include <QPointer>
#include <QTest>

#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Replies that are ended, or lose their manager, at any moment, also from within a slot of theirs.
class TestWireReplyLife final : public QObject
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

    void abortWorksAtAnyMoment_data()
    {
        QTest::addColumn<QString>("moment");
        QTest::addColumn<bool>("deletes");
        for (const char *moment : {"at once", "connecting", "requestSent", "metaDataChanged",
                 "readyRead", "errorOccurred", "readChannelFinished", "finished", "waiting"}) {
            QTest::addRow("abort: %s", moment) << QString::fromLatin1(moment) << false;
            QTest::addRow("delete: %s", moment) << QString::fromLatin1(moment) << true;
        }
    }

    void abortWorksAtAnyMoment()
    {
        QFETCH(const QString, moment);
        QFETCH(const bool, deletes);
        ScriptedServer server;
        server.enqueue(moment == u"waiting"_s ? Script().hold()
                                              : Script::reply(500, "text/plain"_ba, "body"_ba));
        QPointer<QNetworkReply> reply
            = sendRequest(*m_manager, postRequest(server.url(), "{}"_ba), {});
        int errors = 0;
        int ends = 0;
        const auto act = [&reply, deletes] {
            if (deletes) {
                delete reply;
            } else {
                reply->abort();
            }
        };
        connect(reply, &QNetworkReply::errorOccurred, this, [&errors] { ++errors; });
        connect(reply, &QNetworkReply::finished, this, [&ends] { ++ends; });
        const std::vector<std::pair<QString, std::function<QMetaObject::Connection()>>> moments{
            {u"connecting"_s,
                [&] { return connect(reply, &QNetworkReply::socketStartedConnecting, this, act); }},
            {u"requestSent"_s,
                [&] { return connect(reply, &QNetworkReply::requestSent, this, act); }},
            {u"metaDataChanged"_s,
                [&] { return connect(reply, &QNetworkReply::metaDataChanged, this, act); }},
            {u"readyRead"_s, [&] { return connect(reply, &QNetworkReply::readyRead, this, act); }},
            {u"errorOccurred"_s,
                [&] { return connect(reply, &QNetworkReply::errorOccurred, this, act); }},
            {u"readChannelFinished"_s,
                [&] { return connect(reply, &QNetworkReply::readChannelFinished, this, act); }},
            {u"finished"_s, [&] { return connect(reply, &QNetworkReply::finished, this, act); }},
        };
        for (const auto &[name, hook] : moments) {
            if (name == moment) {
                QVERIFY(hook());
            }
        }
        if (moment == u"at once"_s) {
            act();
        } else if (moment == u"waiting"_s) {
            QTRY_VERIFY_WITH_TIMEOUT(server.heldConnections() == 1, 30'000);
            act();
        }
        if (deletes) {
            QTRY_VERIFY_WITH_TIMEOUT(!reply, 30'000);
            QVERIFY(ends <= 1);
        } else {
            QTRY_COMPARE_WITH_TIMEOUT(ends, 1, 30'000);
            QCOMPARE(errors, 1);
            QVERIFY(reply->isFinished());
        }
        // What is left in the queue must not wake the dead; and the manager still works.
        server.setDefault(okay());
        Exchange next(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(next.wait());
        QVERIFY(!next.error);
        QVERIFY(errors <= 1 && ends <= 1);
        delete reply;
    }

    void anAbortedReplyKeepsWhatItReceived()
    {
        ScriptedServer server;
        server.enqueue(Script::chunked(200, "text/plain"_ba).chunk("kept"_ba).hold());
        const std::unique_ptr<QNetworkReply> reply(
            sendRequest(*m_manager, postRequest(server.url(), "{}"_ba), {}));
        QTRY_VERIFY_WITH_TIMEOUT(reply->bytesAvailable() == 4, 30'000);
        reply->abort();
        QCOMPARE(takeReceived(*reply).value(0).bytes, "kept"_ba);
    }

    void theManagerMayGoWithinASlot_data()
    {
        QTest::addColumn<bool>("isNested");
        QTest::newRow("in it") << false;
        QTest::newRow("in an event loop that it runs") << true;
    }

    void theManagerMayGoWithinASlot()
    {
        QFETCH_GLOBAL(const QString, manager);
        QFETCH(const bool, isNested);
        ScriptedServer server;
        server.setDefault(okay());
        std::unique_ptr<CurlAccessManager> going = makeOwnManager(manager);
        QPointer<QNetworkReply> reply = sendRequest(*going, postRequest(server.url(), "{}"_ba), {});
        const QPointer<QNetworkReply> other
            = sendRequest(*going, postRequest(server.url(), "{}"_ba), {});
        connect(reply, &QNetworkReply::readyRead, this, [&going, isNested] {
            if (!isNested) {
                going.reset();
                return;
            }
            QEventLoop loop;
            QMetaObject::invokeMethod(
                &loop,
                [&going, &loop] {
                    going.reset();
                    // Once more round, for what is to be deleted in it.
                    QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
                },
                Qt::QueuedConnection);
            loop.exec();
        });
        QTRY_VERIFY_WITH_TIMEOUT(!reply, 30'000);
        QVERIFY(!other);
    }

    void aSlotMayRunAnEventLoop()
    {
        ScriptedServer server;
        server.setDefault(okay());
        Exchange outer(*m_manager, postRequest(server.url(), "{}"_ba));
        bool innerWorked = false;
        connect(&outer.reply(), &QNetworkReply::metaDataChanged, this, [&] {
            Exchange inner(*m_manager, postRequest(server.url(), "{}"_ba));
            innerWorked = inner.wait() && !inner.error;
        });
        QVERIFY(outer.wait());
        QVERIFY(innerWorked);
        QCOMPARE(outer.body, "x"_ba);
    }

    void signalsNeverComeFromWithinTheCall()
    {
        ScriptedServer server;
        server.setDefault(okay());
        for (int i = 0; i < 2; ++i) {
            // The second goes out over the kept connection before the call returns.
            Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
            QVERIFY(exchange.signalOrder.isEmpty());
            QVERIFY(!exchange.isFinished());
            QVERIFY(exchange.wait());
        }
    }
};

QTEST_GUILESS_MAIN(TestWireReplyLife)
#include "tst_wirereplylife.moc"
