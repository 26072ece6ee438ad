// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "callingfixture.h"

#include "chat/answerrequest.h"

#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Answers that call tools, and how the chat goes on.
class TestChatTools final : public CallingFixture
{
    Q_OBJECT

private Q_SLOTS:

    void toolsThatAreOffAreNotSent()
    {
        give();
        ChatSetup setup = m_session->setup();
        setup.tools->isOn = false;
        m_session->setSetup(setup);
        m_session->send(u"1"_s);
        answer(1, u"free"_s);
        QVERIFY(untilIdle());
        QVERIFY(!request(1).parameters.contains(u"tools"_s));
    }

    void aMockAnswers()
    {
        give({.mock = u"{\"weather\": {\"sky\": \"blue\"}}"_s});
        m_session->send(u"1"_s);
        callWeather(1);
        answer(2, u"It is blue."_s);
        QVERIFY(untilIdle());
        QVERIFY(request(1).parameters.contains(u"tools"_s));
        QVERIFY(request(2).parameters.contains(u"tools"_s));
        const QList<Message> messages = request(2).messages.sliced(1); // the system's
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages[1].toolCalls.size(), 1);
        QCOMPARE(messages[2].role, Role::Tool);
        QCOMPARE(messages[2].toolCallId, u"a"_s);
        QCOMPARE(messages[2].content, u"{\"sky\":\"blue\"}"_s);
        QCOMPARE(leaf().message.content, u"It is blue."_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    /// What was thought goes back as it was to the model that thought it, and to no other.
    void signedThoughtsGoBack()
    {
        give({.mock = u"{\"weather\": 1}"_s});
        m_session->send(u"1"_s);
        FakeStream *thinking = stream(1);
        QVERIFY(thinking);
        thinking->reasoning(u"Hm."_s);
        thinking->bring({{Clock::now(),
            ThoughtSigned{.text = u"Hm."_s, .signature = u"sealed"_s, .hidden = {}}}});
        thinking->text(u"Let me see."_s);
        callWeather(1);
        answer(2, u"It is blue."_s);
        QVERIFY(untilIdle());
        const QList<SignedThought> thoughts{
            {.text = u"Hm."_s, .signature = u"sealed"_s, .hidden = {}}};
        QCOMPARE(request(2).messages.at(2).thoughts, thoughts);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
        m_session->send(u"2"_s);
        answer(3, u"So it is."_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(3).messages.at(2).thoughts, thoughts);
        ChatSetup setup = m_session->setup();
        setup.model = u"another"_s;
        m_session->setSetup(setup);
        m_session->send(u"3"_s);
        answer(4, u"Still."_s);
        QVERIFY(untilIdle());
        QVERIFY(request(4).messages.at(2).thoughts.isEmpty());
        QCOMPARE(request(4).messages.at(2).toolCalls.size(), 1);
    }

    /// What was thought to its end is whole, whatever became of the answer.
    void aStoppedOnesThoughtsGoBack()
    {
        m_session->send(u"1"_s);
        FakeStream *thinking = stream(1);
        QVERIFY(thinking);
        thinking->bring({{Clock::now(),
            ThoughtSigned{.text = u"Hm."_s, .signature = u"sealed"_s, .hidden = {}}}});
        thinking->text(u"It"_s);
        m_session->stopAll();
        QVERIFY(untilIdle());
        m_session->send(u"2"_s);
        answer(2, u"Yes."_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(2).messages.at(2).content, u"It"_s);
        QCOMPARE(request(2).messages.at(2).thoughts.size(), 1);
    }

    void aPersonAnswers()
    {
        give({.mock = u"{\"now\": \"noon\"}"_s});
        QSignalSpy changes(m_session.get(), &ChatSession::callsChanged);
        m_session->send(u"1"_s);
        call(1,
            {piece(0, {}, u"weather"_s, u"{\"ci"_s), piece(1, {}, u"now"_s, {}),
                piece(2, {}, u"weather"_s, u"{\"town\":1}"_s),
                piece(0, {}, {}, u"ty\":\"Ulm\"}"_s)});
        QVERIFY(untilOpen(1));
        QVERIFY(m_session->isRunning());
        const QUuid asking = chat().leaf();
        const ToolQuestion open = m_session->openCalls(asking).constFirst().question;
        QCOMPARE(open.call.arguments, ulm);
        QCOMPARE(open.call.id, u"call-0"_s);
        m_session->answerCall(asking, u"call-7"_s, u"nothing"_s);
        QCOMPARE(m_service->calls().size(), 1);
        m_session->answerCall(asking, u"call-0"_s, u"grey"_s);
        answer(2, u"Grey at noon."_s);
        QVERIFY(untilIdle());
        QVERIFY(changes.size() >= 2);
        QVERIFY(m_session->openCalls(asking).isEmpty());
        const QList<Message> messages = request(2).messages.sliced(1); // the system's
        QCOMPARE(messages.size(), 5);
        QCOMPARE(messages[2].content, u"grey"_s);
        QCOMPARE(messages[3].content, u"noon"_s);
        QCOMPARE(messages[3].toolCallId, u"call-1"_s);
        // What it did wrong was told, and reached nobody.
        QVERIFY(messages[4].content.contains(u"do not keep to its schema"_s));
    }

    /// Some dialects take back nothing but objects.
    void argumentsThatAreNoJson()
    {
        give();
        m_session->send(u"1"_s);
        call(1, {piece(0, u"a"_s, u"weather"_s, u"{\"city\":"_s)});
        answer(2, u"Sorry."_s);
        QVERIFY(untilIdle());
        const QList<Message> messages = request(2).messages;
        QCOMPARE(messages[messages.size() - 2].toolCalls.constFirst().arguments, u"{}"_s);
        QVERIFY(messages.constLast().content.contains(u"They were: {\"city\":"_s));
        QCOMPARE(chat().find(chat().path().at(1))->message.toolCalls.constFirst().arguments,
            u"{\"city\":"_s);
    }

    void aPromptWaitsForTheLastAnswer()
    {
        give({.mock = u"{\"weather\": 1}"_s});
        m_session->send(u"1"_s);
        stream(1);
        m_session->send(u"2"_s);
        callWeather(1);
        answer(2, u"one"_s);
        answer(3, u"two"_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(3).messages.constLast().content, u"2"_s);
        QCOMPARE(texts().constLast(), u"two"_s);
    }

    void theLimit()
    {
        give({.mock = u"{\"weather\": 1}"_s, .limit = 2});
        m_session->send(u"1"_s);
        callWeather(1);
        callWeather(2);
        callWeather(3);
        QVERIFY(untilIdle());
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QVERIFY(leaf().error->message.contains(u"after 2 of its answers"_s));
        QCOMPARE(m_service->calls().size(), 3);
        // Another prompt begins anew, and says that nobody answered.
        m_session->send(u"2"_s);
        answer(4, u"Well."_s);
        QVERIFY(untilIdle());
        const QList<Message> messages = request(4).messages;
        QCOMPARE(messages.constLast().content, u"2"_s);
        QCOMPARE(messages[messages.size() - 2].role, Role::Tool);
        QVERIFY(messages[messages.size() - 2].content.contains(u"no answer"_s));
    }

    void stoppedWhileItWaits()
    {
        give();
        m_session->send(u"1"_s);
        callWeather(1);
        QVERIFY(untilOpen(1));
        m_session->stopAll();
        QVERIFY(!m_session->isRunning());
        QVERIFY(m_session->openCalls(chat().leaf()).isEmpty());
        QCOMPARE(leaf().state, ChatNode::State::Complete);
        m_session->answerCall(chat().leaf(), u"a"_s, u"too late"_s);
        QCOMPARE(m_service->calls().size(), 1);
        m_session->takeUpCalls(chat().leaf());
        QVERIFY(untilOpen(1));
        m_session->answerCall(chat().leaf(), u"a"_s, u"in time"_s);
        answer(2, u"blue"_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(2).messages.constLast().content, u"in time"_s);
    }

    void deletedWhileItWaits()
    {
        give();
        m_session->send(u"1"_s);
        callWeather(1);
        QVERIFY(untilOpen(1));
        m_session->deleteMessage(chat().leaf());
        QVERIFY(!m_session->isRunning());
    }

    void askedAgainWhileItWaits()
    {
        give();
        m_session->send(u"1"_s);
        callWeather(1);
        QVERIFY(untilOpen(1));
        m_session->regenerate(chat().leaf());
        answer(2, u"Never mind."_s);
        QVERIFY(untilIdle());
        QCOMPARE(leaf().message.content, u"Never mind."_s);
    }

    /// A chat that is opened sends nothing by itself; its calls are taken up where a person says
    /// so.
    void openedAgain()
    {
        give();
        m_session->send(u"1"_s);
        callWeather(1);
        QVERIFY(untilOpen(1));
        const Conversation before = chat();
        start(before, true);
        QVERIFY(!m_session->isRunning());
        const QUuid asking = chat().leaf();
        QVERIFY(m_session->openCalls(asking).isEmpty());
        QVERIFY(m_session->canTakeUpCalls(asking));
        m_session->takeUpCalls(asking);
        QVERIFY(!m_session->canTakeUpCalls(asking));
        QVERIFY(untilOpen(1));
        QCOMPARE(m_service->calls().size(), 1);
        m_session->answerCall(asking, u"a"_s, u"grey"_s);
        answer(2, u"Grey."_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(2).messages.constLast().content, u"grey"_s);
        QVERIFY(!m_session->canTakeUpCalls(asking));
        QVERIFY(!m_session->canTakeUpCalls(chat().leaf()));
    }

    void toolsThatAreUnusable()
    {
        give({.tools = u"[{\"name\": \"a b\"}]"_s});
        m_session->send(u"1"_s);
        QVERIFY(untilIdle());
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QVERIFY(leaf().error->message.contains(u"Tool 1 cannot be called"_s));
        QVERIFY(m_service->calls().empty());
        give({.mock = u"{\"other\": 1}"_s});
        m_session->regenerate(chat().leaf());
        callWeather(1);
        QVERIFY(untilIdle());
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QVERIFY(leaf().error->message.contains(u"“other”"_s));
    }

    void withASchema()
    {
        give({.mock = u"{\"weather\": 1}"_s});
        ChatSetup setup = m_session->setup();
        setup.structured = StructuredSetup{.isOn = true,
            .name = u"Sky"_s,
            .schema = u"{\"type\":\"object\",\"required\":[\"sky\"]}"_s,
            .options = {.maxAttempts = 1, .carrying = {}}};
        m_session->setSetup(setup);
        m_session->send(u"1"_s);
        callWeather(1);
        stream(2);
        QVERIFY(!chat().find(chat().path().at(1))->verdict);
        answer(2, u"{\"sky\":\"blue\"}"_s);
        QVERIFY(untilIdle());
        QCOMPARE(leaf().verdict->state, SchemaVerdict::State::Valid);
        QVERIFY(request(2).parameters.contains(u"response_format"_s));
        QVERIFY(request(2).parameters.contains(u"tools"_s));
    }

    /// Neither a key is looked up nor anything sent for an answer that went before its tools were
    /// read.
    void goneBeforeTheToolsAreRead_data()
    {
        QTest::addColumn<bool>("isStopped");
        QTest::addColumn<bool>("hasSchema");
        QTest::newRow("deleted") << false << false;
        QTest::newRow("deleted, with a schema") << false << true;
        QTest::newRow("stopped") << true << false;
        QTest::newRow("stopped, with a schema") << true << true;
    }

    void goneBeforeTheToolsAreRead()
    {
        QFETCH(const bool, isStopped);
        QFETCH(const bool, hasSchema);
        QThreadPool &pool = *QThreadPool::globalInstance();
        QSemaphore gate;
        for (int i = 0; i < pool.maxThreadCount(); ++i) {
            pool.start([&gate] { gate.acquire(); });
        }
        const auto opened = qScopeGuard([&] {
            gate.release(pool.maxThreadCount());
            pool.waitForDone();
        });
        give();
        ChatSetup setup = m_session->setup();
        setup.structured = StructuredSetup{.isOn = hasSchema,
            .name = u"Sky"_s,
            .schema = u"{\"type\":\"object\"}"_s,
            .options = {.maxAttempts = 1, .carrying = {}}};
        m_session->setSetup(setup);
        m_session->send(u"1"_s);
        if (isStopped) {
            m_session->stopAll();
            QVERIFY(untilIdle());
        } else {
            m_session->deleteMessage(chat().leaf());
        }
        // Whatever waits to be deleted is gone as well.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        gate.release(pool.maxThreadCount());
        QVERIFY(pool.waitForDone(30'000));
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        QCOMPARE(m_lookups, 0);
        QVERIFY(m_service->calls().empty());
    }

    /// What is shown as the request is what was sent.
    void theRequestIsTold()
    {
        give({.mock = u"{\"weather\": 1}"_s});
        m_session->send(u"1"_s);
        callWeather(1);
        answer(2, u"one"_s);
        QVERIFY(untilIdle());
        const auto told = answerRequest(chat(), leaf(), m_endpoint);
        QVERIFY(told);
        QCOMPARE(told->request.messages, request(2).messages);
        QCOMPARE(told->request.parameters, request(2).parameters);
    }
};

QTEST_GUILESS_MAIN(TestChatTools)
#include "tst_chattools.moc"
