// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatsessionfixture.h"
#include "store/opendatabase.h"

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What is kept of a conversation, and what of one deleted.
class TestChatSaving final : public ChatSessionFixture
{
    Q_OBJECT

private Q_SLOTS:

    void deletingAStreamingAnswerStopsItAndCanBeUndone()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"so far"_s);
        const QUuid answer = chat().leaf();
        const QPointer<FakeStream> guard(fake);
        m_session->deleteMessage(answer);
        QVERIFY(!guard);
        QVERIFY(!m_session->isRunning());
        QCOMPARE(texts(), QStringList{u"1"_s});
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());

        QVERIFY(m_session->canUndoDelete());
        m_session->undoDelete();
        QVERIFY(!m_session->canUndoDelete());
        QCOMPARE(texts(), (QStringList{u"1"_s, u"so far"_s}));
        QCOMPARE(leaf().state, ChatNode::State::Stopped);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void deletionsAreUndoneLastFirst()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        m_session->send(u"2"_s);
        answer(2, u"b"_s);
        const QStringList before = texts();
        m_session->deleteMessage(chat().path().at(3));
        m_session->deleteMessage(chat().path().at(1));
        QCOMPARE(texts(), QStringList{u"1"_s});
        m_session->undoDelete();
        m_session->undoDelete();
        QCOMPARE(texts(), before);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void deletingTheConversationWhileItStreams()
    {
        m_session->send(u"1"_s);
        stream(1)->text(u"so far"_s);
        const QUuid id = chat().id();
        m_mirror.reset();
        m_session.reset();
        QVERIFY(m_store->conversations().remove(id).result());
        QVERIFY(m_store->conversations().list().result()->isEmpty());
        QVERIFY(!m_service->calls().front().stream);
        QVERIFY(m_store->conversations().restore(id).result());
        const Conversation back = *m_store->conversations().load(id).result();
        QCOMPARE(back.find(back.leaf())->message.content, u"so far"_s);
    }

    void endingTheProgramWhileItStreamsKeepsEverything()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"so "_s);
        fake->text(u"far"_s);
        m_session->send(u"next"_s);
        m_session->setDraft(u"and"_s);
        const QUuid id = chat().id();
        m_mirror.reset();
        m_session.reset();
        m_store.reset();
        openStore();
        const Conversation back = *m_store->conversations().load(id).result();
        QCOMPARE(back.find(back.leaf())->message.content, u"so far"_s);
        QCOMPARE(back.find(back.leaf())->state, ChatNode::State::Interrupted);
        QCOMPARE(back.head().draft, u"and"_s);
        start(back, true);
        QCOMPARE(m_session->waiting().constFirst().text, u"next"_s);
        QVERIFY(m_session->waiting().constFirst().held);
    }

    void streamedTextIsFlushedWhileItRuns()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"so far"_s);
        QTRY_COMPARE_WITH_TIMEOUT(
            stored().find(chat().leaf())->message.content, u"so far"_s, 30'000);
        QCOMPARE(stored().find(chat().leaf())->state, ChatNode::State::Streaming);
    }

    void whatCouldNotBeSavedIsSavedLater()
    {
        const auto setReadOnly = [this](int on) {
            return m_store->database()
                .run([on](OpenDatabase &database) {
                    return database.connection().execute(u"PRAGMA query_only=%1"_s.arg(on));
                })
                .result();
        };
        QSignalSpy failed(m_session.get(), &ChatSession::storeFailed);
        QSignalSpy recovered(m_session.get(), &ChatSession::storeRecovered);
        QVERIFY(setReadOnly(1));
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30'000);
        m_session->deleteMessage(chat().leaf());
        QVERIFY(!m_session->flush().result());
        QCOMPARE(recovered.size(), 0);
        QVERIFY(setReadOnly(0));
        QTRY_COMPARE_WITH_TIMEOUT(recovered.size(), 1, 60'000);
        QCOMPARE(failed.size(), 1);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void titlesAndPins()
    {
        QSignalSpy changed(m_session.get(), &ChatSession::titleChanged);
        m_session->send(u"What is  a\nlorikeet?"_s);
        QCOMPARE(chat().head().title, u"What is a lorikeet?"_s);
        m_session->rename(u" Birds "_s);
        QCOMPARE(chat().head().title, u"Birds"_s);
        m_session->rename({});
        QCOMPARE(chat().head().title, u"What is a lorikeet?"_s);
        QCOMPARE(changed.size(), 3);
        m_session->setPinned(true);
        QVERIFY(m_session->flush().result());
        QVERIFY(m_store->conversations().list().result()->constFirst().pinned);
    }

    void aForkIsSavedAsAConversationOfItsOwn()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        const Conversation fork = m_session->fork(chat().leaf());
        QCOMPARE(*m_store->conversations().load(fork.id()).result(), fork);
        QCOMPARE(m_store->conversations().list().result()->size(), 2);
        QCOMPARE(fork.path().size(), 2);
    }

    void noSecretIsStored()
    {
        ChatSetup setup = m_session->setup();
        setup.adapter = {.id = u"private"_s, .token = Secret(u"canary-88"_s)};
        m_session->setSetup(setup);
        m_session->send(u"visible-99"_s);
        answer(1, u"a"_s);
        QCOMPARE(m_service->calls().front().request.adapter.token, Secret(u"canary-88"_s));
        m_mirror.reset();
        m_session.reset();
        m_store.reset();
        QFile file(m_folder->filePath(u"lorikeet.db"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.contains("visible-99"));
        QVERIFY(!bytes.contains("canary-77"));
        QVERIFY(!bytes.contains("canary-88"));
    }
};

QTEST_GUILESS_MAIN(TestChatSaving)
#include "tst_chatsaving.moc"
