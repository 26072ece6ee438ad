// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "callingfixture.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Local commands that answer what a chat calls, once a person lets them.
class TestChatCommands final : public CallingFixture
{
    Q_OBJECT

    [[nodiscard]] HeldCall open() const { return m_session->openCalls(chat().leaf()).value(0); }

    /// Asks, is called, and waits for the person.
    void callFor(const QString &commands)
    {
        give({.commands = commands});
        m_session->send(u"1"_s);
        callWeather(1);
        QVERIFY(untilOpen(1));
    }

private Q_SLOTS:

    void runsOnceItIsAllowed()
    {
        callFor(u"{\"weather\": \"cat\"}"_s);
        QCOMPARE(open().command, QStringList{u"cat"_s});
        QVERIFY(!open().isRunning);
        m_session->runCall(chat().leaf(), u"a"_s);
        answer(2, u"Done."_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(2).messages.constLast().role, Role::Tool);
        QCOMPARE(request(2).messages.constLast().content, ulm);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
        // The next one is asked about again.
        m_session->send(u"2"_s);
        callWeather(3);
        QVERIFY(untilOpen(1));
        QVERIFY(!open().isRunning);
    }

    /// What the command says on stderr stays with the call's result, and is for the person alone.
    void whatItSaysAsideIsKept()
    {
        callFor(u"{\"weather\": [\"sh\", \"-c\", \"echo grey; echo canary >&2\"]}"_s);
        m_session->runCall(chat().leaf(), u"a"_s);
        answer(2, u"Done."_s);
        QVERIFY(untilIdle());
        const ChatNode &result = *chat().find(chat().find(chat().leaf())->parent);
        QCOMPARE(result.message.role, Role::Tool);
        QVERIFY(result.toolRecord);
        QCOMPARE(result.toolRecord->by, ToolRecord::By::Command);
        QCOMPARE(result.toolRecord->exitCode, 0);
        QCOMPARE(result.toolRecord->aside, u"canary"_s);
        for (const Message &message : request(2).messages) {
            QVERIFY(!message.content.contains(u"canary"_s));
        }
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void aFailureToo()
    {
        callFor(u"{\"weather\": [\"sh\", \"-c\", \"echo why >&2; exit 3\"]}"_s);
        m_session->runCall(chat().leaf(), u"a"_s);
        answer(2, u"Done."_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(2).messages.constLast().content, u"The tool failed with exit code 3."_s);
        const ChatNode &result = *chat().find(chat().find(chat().leaf())->parent);
        QCOMPARE(result.toolRecord->exitCode, 3);
        QVERIFY(result.toolRecord->isError);
        QCOMPARE(result.toolRecord->aside, u"why"_s);
    }

    void runsAlways()
    {
        callFor(u"{\"weather\": \"cat\", \"now\": \"cat -\"}"_s);
        m_session->runCall(chat().leaf(), u"a"_s, true);
        callWeather(2);
        // This command is another.
        call(3, {piece(0, u"b"_s, u"now"_s, u"{}"_s)});
        QVERIFY(untilOpen(1));
        QVERIFY(!open().isRunning);
        QCOMPARE(m_service->calls().size(), 3);
        m_session->runCall(chat().leaf(), open().question.call.id);
        answer(4, u"Done."_s);
        QVERIFY(untilIdle());
    }

    /// It tells why, and the person answers.
    void cannotBeStarted()
    {
        callFor(u"{\"weather\": [\"/nowhere/weather\"]}"_s);
        m_session->runCall(chat().leaf(), u"a"_s);
        QTRY_VERIFY(!open().problem.isEmpty());
        QVERIFY2(open().problem.contains(u"/nowhere/weather"_s), qPrintable(open().problem));
        QVERIFY(!open().isRunning);
        m_session->runCall(chat().leaf(), u"a"_s);
        QTRY_VERIFY(!open().problem.isEmpty());
        m_session->answerCall(chat().leaf(), u"a"_s, u"grey"_s);
        answer(2, u"Done."_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(2).messages.constLast().content, u"grey"_s);
    }

    void stoppedItWaitsAgain()
    {
        callFor(u"{\"weather\": \"sleep 1000\"}"_s);
        m_session->runCall(chat().leaf(), u"a"_s);
        QVERIFY(open().isRunning);
        m_session->stopCall(chat().leaf(), u"a"_s);
        QVERIFY(untilOpen(1));
        QVERIFY(!open().isRunning);
        QVERIFY(m_session->isRunning());
        m_session->runCall(chat().leaf(), u"a"_s);
        QVERIFY(open().isRunning);
        m_session->answerCall(chat().leaf(), u"a"_s, u"grey"_s);
        answer(2, u"Done."_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(2).messages.constLast().content, u"grey"_s);
    }

    void endsWithTheChat()
    {
        callFor(u"{\"weather\": \"sleep 1000\"}"_s);
        m_session->runCall(chat().leaf(), u"a"_s);
        m_session->stopAll();
        QVERIFY(!m_session->isRunning());
        m_session->takeUpCalls(chat().leaf());
        QVERIFY(untilOpen(1));
        m_session->runCall(chat().leaf(), u"a"_s);
        m_session.reset();
    }

    /// What was answered before it was stopped is so when it is taken up: a command that ran does
    /// not run again, and nobody is asked twice.
    void whatWasAnsweredIsNotRunAgain()
    {
        const QString ran = m_folder->filePath(u"ran"_s);
        give({.commands
            = u"{\"weather\": [\"sh\", \"-c\", \"echo x >> '%1'; echo grey\"]}"_s.arg(ran)});
        m_session->send(u"1"_s);
        call(1,
            {piece(0, u"a"_s, u"weather"_s, ulm), piece(1, u"b"_s, u"now"_s, u"{}"_s),
                piece(2, u"c"_s, u"now"_s, u"{}"_s)});
        QVERIFY(untilOpen(3));
        m_session->runCall(chat().leaf(), u"a"_s, true);
        QVERIFY(untilOpen(2));
        m_session->answerCall(chat().leaf(), u"b"_s, u"noon"_s);
        m_session->stopAll();
        QVERIFY(!m_session->isRunning());
        m_session->takeUpCalls(chat().leaf());
        QVERIFY(untilOpen(1));
        QCOMPARE(open().question.call.id, u"c"_s);
        m_session->answerCall(chat().leaf(), u"c"_s, u"one"_s);
        answer(2, u"Done."_s);
        QVERIFY(untilIdle());
        const QList<Message> messages = request(2).messages;
        QCOMPARE(messages[messages.size() - 3].content, u"grey"_s);
        QCOMPARE(messages[messages.size() - 2].content, u"noon"_s);
        QCOMPARE(messages.constLast().content, u"one"_s);
        QFile file(ran);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "x\n"_ba);
    }

    /// What the mock has an answer for reaches no command.
    void theMockComesFirst()
    {
        give({.mock = u"{\"weather\": \"blue\"}"_s, .commands = u"{\"weather\": \"cat\"}"_s});
        m_session->send(u"1"_s);
        callWeather(1);
        answer(2, u"Done."_s);
        QVERIFY(untilIdle());
        QCOMPARE(request(2).messages.constLast().content, u"blue"_s);
    }

    /// Arguments that do not keep to the schema reach no command either.
    void whatIsWrongIsNotRun()
    {
        give({.commands = u"{\"weather\": \"cat\"}"_s});
        m_session->send(u"1"_s);
        call(1, {piece(0, u"a"_s, u"weather"_s, u"{\"town\":1}"_s)});
        answer(2, u"Sorry."_s);
        QVERIFY(untilIdle());
        QVERIFY(request(2).messages.constLast().content.contains(u"schema"_s));
    }
};

QTEST_GUILESS_MAIN(TestChatCommands)
#include "tst_chatcommands.moc"
