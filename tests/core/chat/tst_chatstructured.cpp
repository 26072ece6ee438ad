// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatsessionfixture.h"

#include "chat/answerrequest.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using State = SchemaVerdict::State;
using Again = StructuredOptions::Again;

const QString person
    = u"{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"},"
      "\"age\": {\"type\": \"integer\", \"minimum\": 0}}, \"required\": [\"name\", \"age\"],"
      "\"additionalProperties\": false}"_s;
const QString good = u"{\"name\":\"Ada\",\"age\":36}"_s;
const QString bad = u"{\"name\":\"Ada\",\"age\":-3}"_s;

} // namespace

/// Answers that are held to a schema.
class TestChatStructured final : public ChatSessionFixture
{
    Q_OBJECT

    void hold(int attempts = 1, Again again = Again::WithErrors, const QString &schema = person)
    {
        ChatSetup setup = m_session->setup();
        setup.structured = StructuredSetup{.isOn = true,
            .name = u"Person"_s,
            .schema = schema,
            .options = {.maxAttempts = attempts, .again = again, .carrying = {}}};
        m_session->setSetup(setup);
    }

private Q_SLOTS:

    void aSchemaThatIsOffIsNotSent()
    {
        hold();
        ChatSetup setup = m_session->setup();
        setup.structured->isOn = false;
        m_session->setSetup(setup);
        m_session->send(u"1"_s);
        answer(1, u"free"_s);
        QVERIFY(untilIdle());
        QVERIFY(!request(1).parameters.contains(u"response_format"_s));
        QVERIFY(!leaf().verdict);
    }

    void aValidAnswerIsSaidToBeSo()
    {
        hold();
        m_session->send(u"1"_s);
        answer(1, good);
        QVERIFY(untilIdle());
        QVERIFY(request(1).parameters.contains(u"response_format"_s));
        QVERIFY(request(1).written.constFirst().startsWith("{\"type\":\"object\",\"prop"));
        QCOMPARE(leaf().verdict->state, State::Valid);
        QCOMPARE(leaf().state, ChatNode::State::Complete);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void anInvalidAnswerSaysWhatIsWrong()
    {
        hold();
        m_session->send(u"1"_s);
        answer(1, bad);
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().size(), 1);
        QCOMPARE(leaf().state, ChatNode::State::Complete);
        QCOMPARE(leaf().verdict->state, State::Invalid);
        QCOMPARE(leaf().verdict->violations.constFirst().keyword, u"minimum"_s);
        QCOMPARE(leaf().verdict->violations.constFirst().instancePath, u"/age"_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void wordsAroundAreAFaultUnlessAccepted()
    {
        hold();
        const QString fenced = u"```json\n%1\n```"_s.arg(good);
        m_session->send(u"1"_s);
        answer(1, fenced);
        QVERIFY(untilIdle());
        QCOMPARE(leaf().verdict->state, State::Invalid);
        QCOMPARE(leaf().verdict->around, AnswerJson::Around::CodeFence);
        m_session->acceptAround(chat().leaf());
        QCOMPARE(leaf().verdict->state, State::Valid);
        QVERIFY(leaf().verdict->violations.isEmpty());
        m_session->regenerate(chat().leaf());
        answer(2, fenced);
        QVERIFY(untilIdle());
        QCOMPARE(leaf().verdict->state, State::Valid);
        QCOMPARE(leaf().verdict->around, AnswerJson::Around::CodeFence);
    }

    void attemptsAreVersions()
    {
        hold(3);
        m_session->send(u"1"_s);
        stream(1);
        m_session->send(u"2"_s); // waits for the answer that counts
        answer(1, bad);
        stream(2);
        QCOMPARE(m_service->calls().size(), 2);
        const QList<Message> messages = request(2).messages;
        QCOMPARE(messages.at(messages.size() - 2).content, bad);
        QVERIFY(messages.constLast().content.contains(u"/age must be at least 0"_s));
        QCOMPARE(leaf().verdict->attempt, 2);
        answer(2, good);
        QTRY_COMPARE(m_service->calls().size(), 3);
        QCOMPARE(texts(), (QStringList{u"1"_s, good, u"2"_s, QString()}));
        const QUuid second = chat().path().at(1);
        const QList<QUuid> versions = chat().siblings(second);
        QCOMPARE(versions.size(), 2);
        QCOMPARE(chat().find(versions.at(0))->message.content, bad);
        QCOMPARE(chat().find(versions.at(0))->verdict->state, State::Invalid);
        QCOMPARE(chat().find(second)->verdict->state, State::Valid);
        // What was asked can be told later too.
        const auto told = answerRequest(chat(), *chat().find(second), m_endpoint);
        QVERIFY(told);
        QCOMPARE(told->request.messages, messages);
        answer(3, good);
        QVERIFY(untilIdle());
    }

    void theLastAttemptIsOneError()
    {
        hold(2, Again::Hotter);
        m_session->send(u"1"_s);
        stream(1);
        m_session->send(u"2"_s);
        answer(1, bad);
        answer(2, u"no"_s);
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().size(), 2);
        QVERIFY(request(2).parameters.value(u"temperature"_s).toDouble() > 0.4);
        QCOMPARE(request(2).messages, request(1).messages);
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QVERIFY2(leaf().error->message.startsWith(u"None of 2 answers keeps to the schema"_s),
            qPrintable(leaf().error->message));
        QCOMPARE(leaf().message.content, u"no"_s);
        // Nothing is built on it unasked.
        QCOMPARE(m_session->waiting().size(), 1);
        QVERIFY(m_session->waiting().constFirst().held);
    }

    void theFirstCertainFaultIsToldWhileItComes()
    {
        hold();
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"{\"name\": 5, "_s);
        QTRY_VERIFY(!leaf().verdict->violations.isEmpty());
        QCOMPARE(leaf().state, ChatNode::State::Streaming);
        QCOMPARE(leaf().verdict->state, State::Unchecked);
        QCOMPARE(leaf().verdict->violations.constFirst().instancePath, u"/name"_s);
        fake->text(u"\"age\": 1}"_s);
        fake->finish();
        QVERIFY(untilIdle());
        QCOMPARE(leaf().verdict->state, State::Invalid);
        QCOMPARE(leaf().verdict->violations.size(), 1);
    }

    /// What the watch finds late does not hide what the check found.
    void theWholeCountsHoweverSoonItEnds()
    {
        hold();
        for (size_t count = 1; count <= 20; ++count) {
            m_session->send(u"1"_s);
            answer(count, u"{\"name\": 5, \"age\": -1, \"x\": 0}"_s);
            QVERIFY(untilIdle());
            QThreadPool::globalInstance()->waitForDone(); // the watch has said what it found
            QCoreApplication::sendPostedEvents();
            QCOMPARE(leaf().verdict->violations.size(), 3);
        }
    }

    void anUnusableSchemaIsNotSent_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::newRow("no JSON") << u"{\"type\": "_s;
        QTest::newRow("not what a schema may say") << u"{\"type\": \"strig\"}"_s;
        QTest::newRow("leads elsewhere") << u"{\"$ref\": \"http://example.org/x\"}"_s;
    }

    void anUnusableSchemaIsNotSent()
    {
        QFETCH(const QString, schema);
        hold(3, Again::WithErrors, schema);
        m_session->send(u"1"_s);
        QVERIFY(untilIdle());
        QVERIFY(m_service->calls().empty());
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QVERIFY(!leaf().error->message.isEmpty());
        QCOMPARE(chat().siblings(leaf().id).size(), 1);
    }

    void whatIsStoppedIsNotAskedAgain()
    {
        hold(3);
        m_session->send(u"1"_s);
        stream(1)->text(u"{\"name\":"_s);
        m_session->stopAll();
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().size(), 1);
        QCOMPARE(leaf().state, ChatNode::State::Stopped);
        QCOMPARE(leaf().verdict->state, State::Unchecked);
    }

    void aToolsArgumentsAreTheAnswer()
    {
        hold();
        ChatSetup setup = m_session->setup();
        setup.structured->options.carrying.way = SchemaCarrying::Way::Tool;
        m_session->setSetup(setup);
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        const auto piece = [fake](const QString &arguments) {
            fake->bring({{Clock::now(),
                ToolCallDelta{.id = u"c"_s, .name = u"answer"_s, .arguments = arguments}}});
        };
        piece(good.first(5));
        QCOMPARE(leaf().message.content, good.first(5));
        piece(good.sliced(5));
        fake->finish(FinishReason::Kind::ToolCalls);
        QVERIFY(untilIdle());
        QCOMPARE(leaf().message.content, good);
        QVERIFY(leaf().message.toolCalls.isEmpty());
        QCOMPARE(leaf().verdict->state, State::Valid);
    }

    void whatTheDialectCannotCarryIsNoted()
    {
        m_endpoint.server = u"llama.cpp"_s;
        m_target = Target{.endpoint = m_endpoint};
        hold(1, Again::Plainly, u"{\"type\": \"array\", \"uniqueItems\": true}"_s);
        m_session->send(u"1"_s);
        answer(1, u"[1,1]"_s);
        QVERIFY(untilIdle());
        QVERIFY2(leaf().notes.join(u' ').contains(u"uniqueItems"_s),
            qPrintable(leaf().notes.join(u' ')));
        QCOMPARE(leaf().verdict->violations.constFirst().keyword, u"uniqueItems"_s);
    }

    void aDeletedAnswerIsNotAskedAgain()
    {
        hold(3);
        m_session->send(u"1"_s);
        stream(1)->text(bad);
        m_session->deleteMessage(chat().path().constFirst());
        QVERIFY(untilIdle());
        // Whatever was asked again would have been asked before this.
        m_session->send(u"2"_s);
        answer(2, good);
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().size(), 2);
        QCOMPARE(m_service->calls().back().request.messages.constLast().content, u"2"_s);
    }
};

QTEST_GUILESS_MAIN(TestChatStructured)

#include "tst_chatstructured.moc"
