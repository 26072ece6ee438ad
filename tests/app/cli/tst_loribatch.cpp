// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "progressline.h"
#include "scriptedserver.h"
#include "testfiles.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 60'000;

const Script answer = Script::reply(200, "application/json"_ba,
    "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}"_ba);

} // namespace

/// `lori batch` as a person or a script runs it.
class TestLoriBatch final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    void write(const QString &name, const QByteArray &text) const
    {
        writeFile(*m_folder, name, text);
    }

    [[nodiscard]] QList<QJsonObject> lines(const QByteArray &text) const
    {
        QList<QJsonObject> objects;
        for (const QByteArray &line : text.split('\n')) {
            if (!line.isEmpty()) {
                objects.append(QJsonDocument::fromJson(line).object());
            }
        }
        return objects;
    }

    [[nodiscard]] QByteArray read(const QString &name) const { return readFile(*m_folder, name); }

    [[nodiscard]] std::unique_ptr<QProcess> lori(const QStringList &more) const
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, m_folder->path());
        process->setProcessEnvironment(environment);
        process->setWorkingDirectory(m_folder->path());
        process->start(QStringLiteral(LORIKEET_LORI),
            QStringList{u"batch"_s, u"-e"_s, m_server->url().toString(), u"-p"_s, u"openai"_s,
                u"--no-stream"_s}
                + more);
        return process;
    }

    [[nodiscard]] static bool wait(QProcess &process)
    {
        return QTest::qWaitFor(
            [&process] { return process.state() == QProcess::NotRunning; }, longWait);
    }

    [[nodiscard]] QStringList asked() const
    {
        QStringList prompts;
        for (const ScriptedServer::Request &request : m_server->requests()) {
            const QJsonDocument body = QJsonDocument::fromJson(request.body);
            prompts.append(body[u"messages"_s][0][u"content"_s].toString());
        }
        return prompts;
    }

private Q_SLOTS:

    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_server->setDefault(answer);
    }

    void resultsComeInTheOrderOfTheInput()
    {
        // The first answer waits until all others are there.
        const auto *whole = std::get_if<Script::Send>(&answer.steps().constFirst());
        QVERIFY(whole);
        m_server->enqueue(Script().hold().send(whole->bytes));
        write(u"in.txt"_s, "a\nb\nc\nd\n");
        const auto process = lori({u"--text"_s, u"-c"_s, u"2"_s, u"in.txt"_s});
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 4, longWait);
        m_server->release();
        QVERIFY(wait(*process));
        QCOMPARE(process->exitCode(), 0);
        const QList<QJsonObject> results = lines(process->readAllStandardOutput());
        QCOMPARE(results.size(), 4);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(results[i][u"index"_s].toInt(), i);
            QCOMPARE(results[i][u"text"_s].toString(), u"ok"_s);
        }
    }

    void linesAreAskedAgainWhereThatIsAllowed()
    {
        m_server->enqueue(
            Script::reply(429, "text/plain"_ba, "busy"_ba, {{"retry-after-ms"_ba, "100"_ba}}));
        write(u"in.txt"_s, "a\nb\n");
        const auto process
            = lori({u"--text"_s, u"-c"_s, u"1"_s, u"--retries"_s, u"1"_s, u"in.txt"_s});
        QVERIFY(wait(*process));
        QCOMPARE(process->exitCode(), 0);
        QCOMPARE(asked(), (QStringList{u"a"_s, u"a"_s, u"b"_s}));
        const QByteArray said = process->readAllStandardError();
        QVERIFY2(said.contains("Line 1: "), said);
        QVERIFY2(said.contains("Trying again in 0.1 s: try 2 of 2."), said);
        const QList<QJsonObject> results = lines(process->readAllStandardOutput());
        QCOMPARE(results.value(0)[u"attempts"_s].toInt(), 2);
        QCOMPARE(results.value(1)[u"attempts"_s].toInt(), 1);
    }

    void aKilledBatchGoesOnWhereItWas()
    {
        write(u"in.txt"_s, "a\nb\nc\nd\ne\n");
        for (int i = 0; i < 3; ++i) {
            m_server->enqueue(answer);
        }
        m_server->setDefault(Script().hold());
        const QStringList arguments{
            u"--text"_s, u"-c"_s, u"1"_s, u"-o"_s, u"out.jsonl"_s, u"in.txt"_s};
        const auto killed = lori(arguments);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        killed->kill();
        QVERIFY(wait(*killed));
        QCOMPARE(lines(read(u"out.jsonl.part"_s)).size(), 3);
        QVERIFY(!QFile::exists(path(u"out.jsonl"_s)));

        m_server->setDefault(answer);
        const auto again = lori(arguments);
        QVERIFY(wait(*again));
        QCOMPARE(again->exitCode(), 2);
        QVERIFY(again->readAllStandardError().contains("out.jsonl.part is there already"));

        const auto resumed = lori(arguments + QStringList{u"--resume"_s});
        QVERIFY(wait(*resumed));
        QCOMPARE(resumed->exitCode(), 0);
        // Only the one in flight when the kill came was asked twice.
        QCOMPARE(asked(), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"d"_s, u"e"_s}));
        QCOMPARE(lines(read(u"out.jsonl"_s)).size(), 5);
        QVERIFY(!QFile::exists(path(u"out.jsonl.part"_s)));
        QVERIFY(resumed->readAllStandardError().contains("3 were there before"));
    }

    void anInterruptionKeepsWhatIsDone()
    {
        write(u"in.txt"_s, "a\nb\nc\n");
        m_server->enqueue(answer);
        m_server->setDefault(Script().hold());
        const auto process
            = lori({u"--text"_s, u"-c"_s, u"1"_s, u"-o"_s, u"out.jsonl"_s, u"in.txt"_s});
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        ::kill(pid_t(process->processId()), SIGINT);
        QVERIFY(wait(*process));
        QCOMPARE(process->exitCode(), 130);
        QVERIFY(process->readAllStandardError().contains("--resume goes on"));
        QCOMPARE(lines(read(u"out.jsonl.part"_s)).size(), 1);
    }

    void oneFailureCostsOneLine()
    {
        write(u"in.jsonl"_s, "\"a\"\n{broken\n{\"id\":\"x\",\"prompt\":\"c\"}\n\"d\"\n");
        m_server->enqueue(answer);
        m_server->enqueue(Script::reply(
            400, "application/json"_ba, "{\"error\":{\"message\":\"Too long.\"}}"_ba));
        const auto process = lori({u"-c"_s, u"1"_s, u"in.jsonl"_s});
        QVERIFY(wait(*process));
        QCOMPARE(process->exitCode(), 5);
        const QList<QJsonObject> results = lines(process->readAllStandardOutput());
        QCOMPARE(results.size(), 4);
        QCOMPARE(results[1][u"error"_s][u"kind"_s].toString(), u"invalid_request"_s);
        QCOMPARE(results[2][u"error"_s][u"server_message"_s].toString(), u"Too long."_s);
        QCOMPARE(results[2][u"id"_s].toString(), u"x"_s);
        QCOMPARE(results[3][u"text"_s].toString(), u"ok"_s);
    }

    void aDeadServerIsOneSentence()
    {
        write(u"in.txt"_s, "a\nb\nc\nd\ne\n");
        m_server->stopListening();
        const auto process = lori({u"--text"_s, u"-o"_s, u"out.jsonl"_s, u"in.txt"_s});
        QVERIFY(wait(*process));
        QCOMPARE(process->exitCode(), 4);
        QVERIFY(!QFile::exists(path(u"out.jsonl.part"_s)));
    }

    void usage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no input") << QStringList() << "no input"_ba;
        QTest::newRow("two inputs") << QStringList{u"a"_s, u"b"_s} << "more than one"_ba;
        QTest::newRow("not there") << QStringList{u"nowhere.jsonl"_s} << "cannot be read"_ba;
        QTest::newRow("concurrency") << QStringList{u"-c"_s, u"0"_s, u"a"_s} << "--concurrency"_ba;
        QTest::newRow("resume what") << QStringList{u"--resume"_s, u"a"_s} << "--out"_ba;
    }

    void usage()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, word);
        const auto process = lori(arguments);
        QVERIFY(wait(*process));
        QCOMPARE(process->exitCode(), 2);
        const QByteArray said = process->readAllStandardError();
        QVERIFY2(said.contains(word), said.constData());
    }

    void progress_data()
    {
        QTest::addColumn<int>("done");
        QTest::addColumn<int>("width");
        QTest::addColumn<QString>("line");
        QTest::newRow("begin") << 0 << 60 << QString(30, u'░') + u" 0/100"_s;
        QTest::newRow("half") << 50 << 100
                              << QString(15, u'█') + QString(15, u'░')
                + u" 50/100 · 2 failed · 5.0/s · 10 s left"_s;
        QTest::newRow("narrow") << 50 << 20 << u"50/100 · 2 failed · "_s;
        QTest::newRow("end") << 100 << 100 << QString(30, u'█') + u" 100/100 · 2 failed · 10.0/s"_s;
    }

    void progress()
    {
        QFETCH(const int, done);
        QFETCH(const int, width);
        QFETCH(const QString, line);
        const QString text
            = ProgressLine::text(done, done > 0 ? 2 : 0, 100, Milliseconds(10'000), width);
        QCOMPARE_LE(text.size(), width);
        QCOMPARE(text.left(line.size()), line);
    }
};

QTEST_GUILESS_MAIN(TestLoriBatch)
#include "tst_loribatch.moc"
