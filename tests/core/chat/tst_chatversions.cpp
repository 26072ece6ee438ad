// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatsessionfixture.h"

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Several answers to one prompt, and answers continued.
class TestChatVersions final : public ChatSessionFixture
{
    Q_OBJECT

private Q_SLOTS:

    void regenerateMakesAVersionWithItsOwnSetup()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        const QUuid first = chat().leaf();
        ChatSetup hotter = m_session->setup();
        hotter.parameters.insert(u"temperature"_s, 0.9);
        m_session->regenerate(first, hotter);
        answer(2, u"b"_s);
        QCOMPARE(m_service->calls().at(1).request.parameters.value(u"temperature"_s), 0.9);
        QCOMPARE(m_service->calls().at(1).request.messages.size(), 2);
        QCOMPARE(leaf().origin.setup, hotter);
        QCOMPARE(m_session->setup().parameters.value(u"temperature"_s), 0.2);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"b"_s}));
        QCOMPARE(chat().siblings(first).size(), 2);

        m_session->selectVersion(first);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"a"_s}));
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    /// For servers that remember a conversation by themselves.
    void aRequestSaysWhenTheServersPastIsAnother()
    {
        const auto diverged
            = [this](size_t count) { return m_service->calls().at(count - 1).request.diverged; };
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        m_session->send(u"2"_s);
        answer(2, u"b"_s);
        QVERIFY(!diverged(1) && !diverged(2));
        const QUuid last = chat().leaf();
        m_session->regenerate(last);
        answer(3, u"c"_s);
        QVERIFY(diverged(3)); // two answers to one prompt
        m_session->send(u"3"_s);
        answer(4, u"d"_s);
        QVERIFY(diverged(4));
        m_session->editPrompt(chat().path().constFirst(), u"1, edited"_s);
        answer(5, u"e"_s);
        QVERIFY(diverged(5));
    }

    void aRequestSaysWhenTheAnswerBeforeWasAskedOtherwise_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("another system prompt") << u"system"_s;
        QTest::newRow("another endpoint") << u"endpoint"_s;
        QTest::newRow("an answer that failed") << u"failed"_s;
    }

    void aRequestSaysWhenTheAnswerBeforeWasAskedOtherwise()
    {
        QFETCH(const QString, what);
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"a"_s);
        if (what == u"failed"_s) {
            fake->end(ApiError{.kind = ApiError::Kind::Truncated, .message = u"Cut off."_s});
        } else {
            fake->finish();
        }
        ChatSetup other = m_session->setup();
        if (what == u"system"_s) {
            other.systemPrompt = u"Be long."_s;
        } else if (what == u"endpoint"_s) {
            other.endpoint = QUuid::createUuid();
        }
        m_session->setSetup(other);
        m_session->send(u"2"_s);
        answer(2, u"b"_s);
        QVERIFY(m_service->calls().at(1).request.diverged);
    }

    void versionsRunSideBySide()
    {
        m_session->send(u"1"_s);
        FakeStream *one = stream(1);
        const QUuid first = chat().leaf();
        m_session->regenerate(first);
        FakeStream *two = stream(2);
        one->text(u"a"_s);
        two->text(u"b"_s);
        QVERIFY(m_session->isRunning(first));
        two->finish();
        one->finish();
        QCOMPARE(chat().find(first)->message.content, u"a"_s);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"b"_s}));
    }

    void anEditedPromptIsABranch()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        m_session->send(u"2"_s);
        answer(2, u"b"_s);
        const QUuid old = chat().path().at(2);
        m_session->editPrompt(old, u"two"_s);
        answer(3, u"B"_s);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"a"_s, u"two"_s, u"B"_s}));
        m_session->selectVersion(old);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"a"_s, u"2"_s, u"b"_s}));
    }

    void continuingAppends()
    {
        m_target->endpoint.server = u"vLLM"_s;
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"It is a long"_s);
        fake->finish(FinishReason::Kind::Length);
        QCOMPARE(leaf().finish.kind, FinishReason::Kind::Length);
        m_session->continueAnswer(chat().leaf());
        QCOMPARE(leaf().state, ChatNode::State::Streaming);
        answer(2, u" story."_s);
        const ChatRequest &request = m_service->calls().at(1).request;
        QCOMPARE(request.messages.last().role, Role::Assistant);
        QCOMPARE(request.messages.last().content, u"It is a long"_s);
        QCOMPARE(request.extraBody.value(u"continue_final_message"_s).toBool(), true);
        QCOMPARE(request.extraBody.value(u"add_generation_prompt"_s).toBool(true), false);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"It is a long story."_s}));
        QCOMPARE(leaf().finish.kind, FinishReason::Kind::Stop);
        QCOMPARE(chat().size(), 2);
    }

    void continuingIsRefusedWhereTheServerCannot()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"It is"_s);
        fake->finish(FinishReason::Kind::Length);
        const ChatNode before = leaf();
        QSignalSpy refused(m_session.get(), &ChatSession::refused);
        m_session->continueAnswer(chat().leaf());
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 30'000);
        QCOMPARE(leaf(), before);
        QCOMPARE(m_service->calls().size(), 1U);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void aFailedContinuationKeepsWhatItBrought()
    {
        m_target->endpoint.server = u"llama.cpp"_s;
        m_session->send(u"1"_s);
        stream(1)->text(u"It"_s);
        m_session->stopAll();
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isRunning(), 30'000);
        m_session->continueAnswer(chat().leaf());
        FakeStream *fake = stream(2);
        fake->text(u" is"_s);
        fake->end(ApiError{.kind = ApiError::Kind::Truncated, .message = u"Cut."_s});
        QCOMPARE(leaf().message.content, u"It is"_s);
        QCOMPARE(leaf().state, ChatNode::State::Failed);
    }

    void severalChoicesBecomeVersions()
    {
        m_session->send(u"1"_s);
        const QUuid first = chat().leaf();
        FakeStream *fake = stream(1);
        fake->bring({{Clock::now(), TextDelta{.choice = 0, .text = u"a"_s}},
            {Clock::now(), TextDelta{.choice = 1, .text = u"b"_s}}});
        fake->finish();
        QCOMPARE(chat().leaf(), first);
        const QList<QUuid> versions = chat().siblings(first);
        QCOMPARE(versions.size(), 2);
        QCOMPARE(chat().find(versions.at(1))->message.content, u"b"_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void furtherChoicesDoNotChangeWhatIsShown()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        const QUuid first = chat().leaf();
        m_session->regenerate(first);
        FakeStream *fake = stream(2);
        m_session->selectVersion(first);
        fake->bring({{Clock::now(), TextDelta{.choice = 0, .text = u"b"_s}},
            {Clock::now(), TextDelta{.choice = 1, .text = u"c"_s}}});
        fake->finish();
        QCOMPARE(chat().siblings(first).size(), 3);
        QCOMPARE(chat().leaf(), first);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void aStoppedContinuationHoldsWhatWaits()
    {
        m_target->endpoint.server = u"vLLM"_s;
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"It is"_s);
        fake->finish(FinishReason::Kind::Length);
        const ChatNode before = leaf();
        m_session->continueAnswer(before.id);
        (void)stream(2);
        m_session->send(u"2"_s);
        m_session->stopAll();
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isRunning(), 30'000);
        QCOMPARE(leaf(), before);
        QVERIFY(m_session->waiting().constFirst().held);
    }
};

QTEST_GUILESS_MAIN(TestChatVersions)
#include "tst_chatversions.moc"
