// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatsessionfixture.h"

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Asking: what is sent, what becomes of the answer, what waits its turn.
class TestChatSession final : public ChatSessionFixture
{
    Q_OBJECT

private Q_SLOTS:

    void aPromptIsAskedAndItsAnswerKept()
    {
        m_session->setDraft(u"Hel"_s);
        QVERIFY(m_session->send(u"Hello"_s));
        QCOMPARE(chat().head().draft, QString());
        QCOMPARE(chat().head().title, u"Hello"_s);
        QCOMPARE(leaf().state, ChatNode::State::Streaming);
        QVERIFY(m_session->isRunning());

        FakeStream *fake = stream(1);
        const FakeChatService::Call &call = m_service->calls().front();
        QCOMPARE(call.target.key, Secret(u"canary-77"_s));
        QCOMPARE(call.request.model, u"m"_s);
        QCOMPARE(call.request.parameters.value(u"temperature"_s), 0.2);
        QCOMPARE(call.request.extraBody, (QJsonObject{{u"user"_s, u"me"_s}}));
        QCOMPARE(call.request.messages.size(), 2);
        QCOMPARE(call.request.messages.at(0).role, Role::System);
        QCOMPARE(call.request.messages.at(1).content, u"Hello"_s);
        fake->bring({{Clock::now(), Started{.model = u"llama"_s}}});
        fake->reasoning(u"hm"_s);
        fake->text(u"Hi "_s);
        QVERIFY(m_mirror->isTrue());
        fake->text(u"there."_s);
        fake->finish();

        QCOMPARE(texts(), (QStringList{u"Hello"_s, u"Hi there."_s}));
        QCOMPARE(leaf().state, ChatNode::State::Complete);
        QCOMPARE(leaf().message.reasoning, u"hm"_s);
        QCOMPARE(leaf().origin.endpointName, u"Desk"_s);
        QCOMPARE(leaf().origin.provider, u"openai"_s);
        QCOMPARE(leaf().origin.servedModel, u"llama"_s);
        QCOMPARE(leaf().finish.kind, FinishReason::Kind::Stop);
        QVERIFY(leaf().metrics.timeToFirstToken);
        QVERIFY(!m_session->isRunning());
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void aPromptIsAddedWithoutAsking()
    {
        m_session->setDraft(u"Know"_s);
        QVERIFY(m_session->addPrompt(u"Know this."_s));
        QVERIFY(!m_session->isRunning());
        QCOMPARE(chat().head().draft, QString());
        QVERIFY(!m_session->addPrompt(u"  "_s));
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
        // It can be asked for later, and nothing is added below an answer that is being written.
        m_session->regenerate(chat().leaf());
        QSignalSpy refused(m_session.get(), &ChatSession::refused);
        QVERIFY(!m_session->addPrompt(u"And this."_s));
        QCOMPARE(refused.size(), 1);
        answer(1, u"Good."_s);
        QCOMPARE(texts(), (QStringList{u"Know this."_s, u"Good."_s}));
    }

    void nothingIsWrittenOfAnEmptyConversation()
    {
        m_session->setSetup({});
        QVERIFY(m_session->flush().result());
        QVERIFY(m_store->conversations().list().result()->isEmpty());
        m_session->setDraft(u"dra"_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored().head().draft, u"dra"_s);
    }

    void withoutAnEndpointNothingIsLost()
    {
        m_session->setSetup({});
        m_session->setDraft(u"Hello"_s);
        QSignalSpy refused(m_session.get(), &ChatSession::refused);
        QVERIFY(!m_session->send(u"Hello"_s));
        QCOMPARE(refused.size(), 1);
        QCOMPARE(chat().head().draft, u"Hello"_s);
        QVERIFY(chat().isEmpty());
        QVERIFY(!m_session->send(u" \n"_s));
    }

    void aKeyThatIsMissingEndsInTheAnswer()
    {
        m_target = fail(ApiError::Kind::Storage, u"No key."_s);
        QVERIFY(m_session->send(u"Hello"_s));
        QTRY_COMPARE_WITH_TIMEOUT(leaf().state, ChatNode::State::Failed, 30'000);
        QCOMPARE(leaf().error->message, u"No key."_s);
        QVERIFY(m_service->calls().empty());
    }

    void stopKeepsTheText()
    {
        m_session->send(u"Hello"_s);
        FakeStream *fake = stream(1);
        fake->text(u"Once upon"_s);
        m_session->stopAll();
        QTRY_COMPARE_WITH_TIMEOUT(leaf().state, ChatNode::State::Stopped, 30'000);
        QCOMPARE(leaf().message.content, u"Once upon"_s);
        QVERIFY(!leaf().error);
        QVERIFY(!m_session->isRunning());
    }

    void stopBeforeTheEndpointIsKnown()
    {
        m_session->send(u"Hello"_s);
        m_session->stop(chat().leaf());
        QTRY_COMPARE_WITH_TIMEOUT(leaf().state, ChatNode::State::Stopped, 30'000);
        QVERIFY(m_service->calls().empty());
    }

    void anErrorInTheMiddleKeepsTheText()
    {
        m_session->send(u"Hello"_s);
        FakeStream *fake = stream(1);
        fake->text(u"Half"_s);
        const ApiError error{.kind = ApiError::Kind::Truncated, .message = u"Cut off."_s};
        fake->end(error);
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QCOMPARE(leaf().error, error);
        QCOMPARE(leaf().message.content, u"Half"_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void promptsWaitAndGoOutInOrder()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        m_session->send(u"2"_s);
        m_session->send(u"3"_s);
        m_session->send(u"4"_s);
        QCOMPARE(m_session->waiting().size(), 3);
        m_session->editWaiting(m_session->waiting().at(0).id, u"two"_s);
        m_session->removeWaiting(m_session->waiting().at(1).id);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored().head().waiting, m_session->waiting());

        fake->text(u"a"_s);
        fake->finish();
        QCOMPARE(m_session->waiting().size(), 1);
        answer(2, u"b"_s);
        QCOMPARE(m_session->waiting().size(), 0);
        answer(3, u"c"_s);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"a"_s, u"two"_s, u"b"_s, u"4"_s, u"c"_s}));
    }

    void oneTurnMayBeAskedOtherwise()
    {
        ChatSetup once = m_session->setup();
        once.adapter.id = u"once"_s;
        m_session->send(u"1"_s, once);
        stream(1)->text(u"a"_s);
        // Also where it waits, and over a restart.
        m_session->send(u"2"_s, once);
        m_session->send(u"3"_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored().head().waiting, m_session->waiting());
        stream(1)->finish();
        answer(2, u"b"_s);
        answer(3, u"c"_s);
        m_session->editPrompt(chat().path().at(4), u"three"_s, once);
        answer(4, u"d"_s);
        QStringList asked;
        for (const FakeChatService::Call &call : m_service->calls()) {
            asked.append(call.request.adapter.id);
        }
        const QString usual = m_session->setup().adapter.id;
        QCOMPARE(asked, QStringList({u"once"_s, u"once"_s, usual, u"once"_s}));
        QVERIFY(usual != u"once"_s);
    }

    void afterAStopWaitingPromptsAreHeld()
    {
        m_session->send(u"1"_s);
        stream(1)->text(u"a"_s);
        m_session->send(u"2"_s);
        m_session->send(u"3"_s);
        m_session->stopAll();
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isRunning(), 30'000);
        QCOMPARE(m_session->waiting().size(), 2);
        QVERIFY(m_session->waiting().at(0).held);
        // Another prompt does not set them free.
        m_session->send(u"other"_s);
        answer(2, u"b"_s);
        QCOMPARE(m_session->waiting().size(), 2);
        m_session->sendWaiting();
        answer(3, u"c"_s);
        answer(4, u"d"_s);
        QCOMPARE(texts(),
            (QStringList{u"1"_s, u"a"_s, u"other"_s, u"b"_s, u"2"_s, u"c"_s, u"3"_s, u"d"_s}));
        QVERIFY(m_session->waiting().isEmpty());
    }

    void heldPromptsGoOutBelowAFailedAnswer()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        m_session->send(u"2"_s);
        fake->end(ApiError{.kind = ApiError::Kind::Server, .message = u"Down."_s});
        QVERIFY(m_session->waiting().constFirst().held);
        m_session->sendWaiting();
        answer(2, u"b"_s);
        QCOMPARE(texts(), (QStringList{u"1"_s, QString(), u"2"_s, u"b"_s}));
        // The failed answer said nothing, so the prompts reach the model as one.
        QCOMPARE(m_service->calls().at(1).request.messages.last().content, u"1\n\n2"_s);
    }

    void whoListensMayDeleteTheAnswer()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        m_session->send(u"2"_s);
        connect(m_session.get(), &ChatSession::nodeChanged, this, [this](QUuid id) {
            if (chat().find(id)->state == ChatNode::State::Complete) {
                m_session->deleteMessage(id);
            }
        });
        fake->text(u"a"_s);
        fake->finish();
        QCOMPARE(texts(), QStringList{u"1"_s});
        QVERIFY(m_session->waiting().constFirst().held);
        QCOMPARE(m_service->calls().size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestChatSession)
#include "tst_chatsession.moc"
