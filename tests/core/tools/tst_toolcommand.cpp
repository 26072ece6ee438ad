// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolcommand.h"

#include "tools/toolaside.h"

#include <QDir>
#include <QFile>
#include <QPromise>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 60'000;
using Answer = QFuture<Result<ToolReply>>;

ToolQuestion question(const QString &arguments = u"{\"z\":1,\"a\":\"ü; $HOME\"}"_s)
{
    const QList<Tool> tools = toolsFrom(R"([{"name":"tool"}])").value();
    return checkCall({.id = u"1"_s, .name = u"tool"_s, .arguments = arguments}, tools).value();
}

/// Who is asked, and says what a test makes them say.
class Person final : public ToolApproval
{
public:
    QFuture<bool> approve(const ToolQuestion &asked, const QStringList &command) override
    {
        question = asked;
        words = command;
        said = std::make_shared<QPromise<bool>>();
        said->start();
        return said->future();
    }

    void say(bool yes) const
    {
        said->addResult(yes);
        said->finish();
    }

    ToolQuestion question;
    QStringList words;
    std::shared_ptr<QPromise<bool>> said;
};

bool isAlive(const QByteArray &pid) { return ::kill(pid_t(pid.toInt()), 0) == 0; }

} // namespace

/// Commands that answer calls, as processes of the system.
class TestToolCommand final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    static Answer started(ToolCommands &commands) { return commands.answer(question()).value(); }

    /// A command of one tool, run to its end.
    static Result<ToolReply> run(const QStringList &command, const ToolCommandLimits &limits = {})
    {
        ToolCommands commands({{u"tool"_s, command}}, nullptr, limits);
        const Answer answer = started(commands);
        return QTest::qWaitFor([&answer] { return answer.isFinished(); }, longWait)
                && answer.resultCount() == 1
            ? answer.result()
            : Result<ToolReply>(fail(ApiError::Kind::Internal, u"No end."_s));
    }

    [[nodiscard]] QByteArray contents(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }

private Q_SLOTS:

    void argumentsGoToStdin()
    {
        const auto reply = run({u"cat"_s});
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->record.by, ToolReply::By::Command);
        QCOMPARE(reply->content, u"{\"z\":1,\"a\":\"ü; $HOME\"}"_s);
        QCOMPARE(reply->record.exitCode, 0);
        QVERIFY(!reply->record.isError);
    }

    /// Words are words: nothing in them is a command, a variable or a pattern.
    void noShellReadsIt()
    {
        const auto reply = run({u"printf"_s, u"%s|"_s, u"$HOME"_s, u"`id`; *"_s, QString()});
        QCOMPARE(reply->content, u"$HOME|`id`; *||"_s);
    }

    void howItIsTyped()
    {
        QCOMPARE(*toolCommandFrom(u"jq -c  \".a | .b\" $X"_s),
            (QStringList{u"jq"_s, u"-c"_s, u".a | .b"_s, u"$X"_s}));
        QVERIFY(!toolCommandFrom(u"  "_s));
    }

    void commandsOfTools_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("problem");
        QTest::newRow("both forms")
            << QByteArray("{\"tool\":\"a \\\"b c\\\"\",\"other\":[\"a\",\"b c\"]}") << QString();
        QTest::newRow("none") << QByteArray("{}") << QString();
        QTest::newRow("no JSON") << QByteArray("{") << u"no JSON"_s;
        QTest::newRow("a list") << QByteArray("[]") << u"must be an object"_s;
        QTest::newRow("no tool") << QByteArray(R"({"too":"a"})") << u"“too”"_s;
        QTest::newRow("blank") << QByteArray(R"({"tool":" "})") << u"no command"_s;
        QTest::newRow("no words") << QByteArray(R"({"tool":[]})") << u"“tool” must be"_s;
        QTest::newRow("no text") << QByteArray(R"({"tool":["a",1]})") << u"“tool” must be"_s;
        QTest::newRow("a number") << QByteArray(R"({"tool":1})") << u"“tool” must be"_s;
    }

    void commandsOfTools()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, problem);
        const QList<Tool> tools = toolsFrom(R"([{"name":"tool"},{"name":"other"}])").value();
        const auto commands = toolCommandsFrom(text, tools);
        QCOMPARE(bool(commands), problem.isEmpty());
        if (!commands) {
            QVERIFY2(
                commands.error().message.contains(problem), qPrintable(commands.error().message));
        } else if (!commands->isEmpty()) {
            QCOMPARE(commands->value(u"tool"_s), QStringList({u"a"_s, u"b c"_s}));
            QCOMPARE(commands->value(u"other"_s), QStringList({u"a"_s, u"b c"_s}));
        }
    }

    void nothingSecretInItsEnvironment()
    {
        qputenv("TOOL_TEST_API_KEY", "canary-0123456789");
        const auto reply = run({u"env"_s});
        qunsetenv("TOOL_TEST_API_KEY");
        QVERIFY(!reply->content.contains(u"canary"_s));
        QVERIFY(reply->content.contains(u"LORIKEET_TOOL=tool"_s));
        QStringList allowed = toolCommandVariables() + QStringList{u"LORIKEET_TOOL"_s};
        for (const QString &line : reply->content.split(u'\n')) {
            QVERIFY2(allowed.contains(line.section(u'=', 0, 0)), qPrintable(line));
        }
    }

    void itFails()
    {
        const auto reply
            = run({u"sh"_s, u"-c"_s, u"cat >/dev/null; echo half; echo why >&2; exit 3"_s});
        QCOMPARE(reply->content, u"The tool failed with exit code 3.\nhalf"_s);
        QCOMPARE(reply->record.exitCode, 3);
        QVERIFY(reply->record.isError);
        QCOMPARE(reply->record.aside, u"why"_s);
        const auto killed = run({u"sh"_s, u"-c"_s, u"kill -9 $$"_s});
        QCOMPARE(killed->content, u"The tool was ended by a signal."_s);
        QVERIFY(!killed->record.exitCode && killed->record.isError);
    }

    /// What it says on stderr is there for the person, also where all went well, and no part of the
    /// answer.
    void whatItSaysAside()
    {
        const auto reply = run({u"sh"_s, u"-c"_s, u"echo 14; echo looked up >&2"_s});
        QCOMPARE(reply->content, u"14"_s);
        QVERIFY(!reply->record.isError);
        QCOMPARE(reply->record.exitCode, 0);
        QCOMPARE(reply->record.aside, u"looked up"_s);
        QVERIFY(!reply->record.isAsideCut);
        const auto late = run(
            {u"sh"_s, u"-c"_s, u"echo waiting >&2; sleep 600"_s}, {.time = Milliseconds(1500)});
        QCOMPARE(late->record.aside, u"waiting"_s);
        QVERIFY(!late->record.exitCode);
    }

    /// Of much the end, in whole lines.
    void muchAside()
    {
        const auto reply = run({u"sh"_s, u"-c"_s, u"seq 1 100000 >&2; echo done"_s});
        QCOMPARE(reply->content, u"done"_s);
        const QString &aside = reply->record.aside;
        QVERIFY(reply->record.isAsideCut);
        QVERIFY(aside.size() > 10'000 && aside.size() < 20'000);
        const QStringList lines = aside.split(u'\n');
        QCOMPARE(lines.constLast(), u"100000"_s);
        QCOMPARE(lines.constFirst().toInt(), 100'001 - int(lines.size()));
    }

    void asideForATerminal_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QString>("text");
        QTest::newRow("colours") << "\x1b[1;31merror\x1b[0m: no\n"_ba << u"error: no"_s;
        QTest::newRow("a title") << "\x1b]0;title\x07text"_ba << u"text"_s;
        QTest::newRow("another end") << "\x1b]0;title\x1b\\text"_ba << u"text"_s;
        QTest::newRow("cut within") << "text\x1b["_ba << u"text"_s;
        QTest::newRow("progress") << "10 %\r55 %\r100 %\ndone\n"_ba << u"100 %\ndone"_s;
        QTest::newRow("returned last") << "100 %\r"_ba << u"100 %"_s;
        QTest::newRow("Windows") << "a\r\nb\r\n"_ba << u"a\nb"_s;
        QTest::newRow("backspace") << "ab\bc\n\bd"_ba << u"ac\nd"_s;
        QTest::newRow("bells") << "a\x07\tb"_ba << u"a\tb"_s;
        QTest::newRow("characters") << "Grüße 🦜"_ba << u"Grüße 🦜"_s;
        QTest::newRow("nothing") << "\n\n"_ba << QString();
    }

    void asideForATerminal()
    {
        QFETCH(const QByteArray, written);
        QFETCH(const QString, text);
        ToolAside aside;
        for (const char byte : written) { // as it comes
            aside.append(QByteArray(1, byte));
        }
        QCOMPARE(aside.text(), text);
    }

    /// No half of a character is left where it was cut.
    void asideCutWithinACharacter()
    {
        ToolAside aside;
        aside.append(QByteArray("ü").repeated(20'000) + "x");
        QVERIFY(aside.isCut());
        QVERIFY(aside.text().startsWith(u"ü"_s));
        QVERIFY(aside.text().endsWith(u"üx"_s));
    }

    void thereIsNone()
    {
        const auto reply = run({u"no-such-command-anywhere"_s});
        QVERIFY2(!reply, qPrintable(reply ? reply->content : QString()));
        QVERIFY2(reply.error().message.startsWith(
                     u"The command “no-such-command-anywhere” of the tool tool could not be "
                     "started: "_s),
            qPrintable(reply.error().message));
    }

    void byItsPath()
    {
        const QString script = m_folder.filePath(u"a script"_s);
        QFile file(script);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write("#!/bin/sh\necho here\n") > 0);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        QCOMPARE(run({script})->content, u"here"_s);
        QCOMPARE(run({QDir::current().relativeFilePath(script)})->content, u"here"_s);
        QVERIFY(file.setPermissions(QFile::ReadOwner));
        QVERIFY(!run({script}));
    }

    /// It reads nothing of what is written to it.
    void itDoesNotListen() { QCOMPARE(run({u"true"_s})->content, QString()); }

    void tooLateWithAllItStarted()
    {
        const QString note = m_folder.filePath(u"child"_s);
        const auto reply = run({u"sh"_s, u"-c"_s, u"sleep 600 & echo $! >\"$0\"; wait"_s, note},
            {.time = Milliseconds(1500)});
        QCOMPARE(reply->content, u"The tool gave no answer within 1.5 s and was stopped."_s);
        QVERIFY(reply->record.isError);
        const QByteArray child = contents(u"child"_s);
        QVERIFY(!child.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(child), longWait);
    }

    void tooMuch()
    {
        const auto reply = run({u"yes"_s}, {.output = 10'000});
        QCOMPARE(reply->content, u"The tool wrote more than 10000 bytes and was stopped."_s);
    }

    void onlyWithLeave()
    {
        Person person;
        const QString note = m_folder.filePath(u"ran"_s);
        ToolCommands commands({{u"tool"_s, {u"touch"_s, note}}}, &person);
        const Answer refused = started(commands);
        QCOMPARE(person.words, (QStringList{u"touch"_s, note}));
        QCOMPARE(person.question.call.name, u"tool"_s);
        person.say(false);
        QTRY_VERIFY_WITH_TIMEOUT(refused.isFinished(), longWait);
        QCOMPARE(refused.result()->content, u"The user did not allow this call."_s);
        QVERIFY(refused.result()->record.isError);
        QVERIFY(!QFile::exists(note));
        const Answer allowed = started(commands);
        QVERIFY(!QFile::exists(note));
        person.say(true);
        QTRY_VERIFY_WITH_TIMEOUT(allowed.isFinished(), longWait);
        QVERIFY(QFile::exists(note));
    }

    void cancelled()
    {
        const QString note = m_folder.filePath(u"process"_s);
        ToolCommands commands(
            {{u"tool"_s, {u"sh"_s, u"-c"_s, u"echo $$ >\"$0\"; exec sleep 600"_s, note}}});
        Answer answer = started(commands);
        QTRY_VERIFY_WITH_TIMEOUT(!contents(u"process"_s).isEmpty(), longWait);
        const QByteArray process = contents(u"process"_s);
        QVERIFY(isAlive(process));
        answer.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(process), longWait);
        QVERIFY(answer.isCanceled());
    }

    /// Nobody is left to ask, and nothing runs on.
    void gone()
    {
        const QString note = m_folder.filePath(u"left"_s);
        QByteArray process;
        {
            ToolCommands commands(
                {{u"tool"_s, {u"sh"_s, u"-c"_s, u"echo $$ >\"$0\"; exec sleep 600"_s, note}}});
            const Answer answer = started(commands);
            QTRY_VERIFY_WITH_TIMEOUT(!contents(u"left"_s).isEmpty(), longWait);
            process = contents(u"left"_s);
        }
        QVERIFY(!isAlive(process));
    }
};

QTEST_GUILESS_MAIN(TestToolCommand)
#include "tst_toolcommand.moc"
