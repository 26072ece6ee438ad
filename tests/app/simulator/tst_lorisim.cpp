// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/fault.h"
#include "simulator/simulatoroptions.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 60'000;

/// lori-sim, started with these arguments.
class Program final
{
public:
    explicit Program(const QStringList &arguments,
        const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
    {
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(LORIKEET_LORI_SIM), arguments);
        m_process.waitForStarted(longWait);
    }

    ~Program()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    Q_DISABLE_COPY_MOVE(Program)

    /// The URL it prints once it listens.
    [[nodiscard]] QUrl url()
    {
        while (!m_process.canReadLine() && m_process.waitForReadyRead(longWait)) { }
        return QUrl(QString::fromUtf8(m_process.readLine().trimmed()));
    }

    /// Its exit code, once it has ended.
    [[nodiscard]] int wait()
    {
        return m_process.waitForFinished(longWait) && m_process.exitStatus() == QProcess::NormalExit
            ? m_process.exitCode()
            : -1;
    }

    [[nodiscard]] QProcess &process() { return m_process; }

private:
    QProcess m_process;
};

int statusOf(const QUrl &url, const QByteArray &path, const QByteArray &header = {})
{
    QTcpSocket socket;
    socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
    socket.write("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + "\r\n");
    while (socket.waitForReadyRead(longWait)) { }
    return socket.readAll().split(' ').value(1).toInt();
}

} // namespace

/// The simulator as a program.
class tst_LoriSim : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsWhereItListens();
    void endsOnSignals_data();
    void endsOnSignals();
    void needsNoWindow();
    void takesItsKeyFromTheEnvironment();
    void helpTeaches();
    void refusesBadOptions_data();
    void refusesBadOptions();
    void refusesAPortInUse();
};

void tst_LoriSim::printsWhereItListens()
{
    Program program({u"--profile"_s, u"fast"_s, u"--model"_s, u"my-model"_s});
    const QUrl url = program.url();
    QCOMPARE(url.scheme(), u"http"_s);
    QCOMPARE(url.host(), u"127.0.0.1"_s);
    QCOMPARE(statusOf(url, "/health"), 200);
    QCOMPARE(statusOf(url, "/info"), 200);
    QCOMPARE(statusOf(url, "/v1/models"), 200);
}

void tst_LoriSim::endsOnSignals_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void tst_LoriSim::endsOnSignals()
{
#ifdef Q_OS_UNIX
    QFETCH(const int, number);
    Program program({});
    QVERIFY(program.url().isValid());
    QCOMPARE(::kill(static_cast<pid_t>(program.process().processId()), number), 0);
    QCOMPARE(program.wait(), 0);
    QVERIFY(program.process().readAllStandardError().isEmpty());
#endif
}

void tst_LoriSim::needsNoWindow()
{
#ifdef Q_OS_LINUX
    Program program({});
    QVERIFY(program.url().isValid());
    QFile maps(u"/proc/%1/maps"_s.arg(program.process().processId()));
    QVERIFY(maps.open(QIODevice::ReadOnly));
    const QByteArray libraries = maps.readAll();
    QVERIFY(libraries.contains("Qt6Core"));
    QVERIFY(!libraries.contains("Qt6Gui"));
    QVERIFY(!libraries.contains("Qt6Qml"));
#endif
}

void tst_LoriSim::takesItsKeyFromTheEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SIM_KEY"_s, u"parrot"_s);
    Program program({u"--key-env"_s, u"SIM_KEY"_s}, environment);
    const QUrl url = program.url();
    QCOMPARE(statusOf(url, "/v1/models"), 401);
    QCOMPARE(statusOf(url, "/v1/models", "Authorization: Bearer parrot\r\n"), 200);
}

void tst_LoriSim::helpTeaches()
{
    Program program({u"--help"_s});
    QCOMPARE(program.wait(), 0);
    const QString help = QString::fromUtf8(program.process().readAllStandardOutput());
    QVERIFY(help.contains(u"curl"_s));
    QVERIFY(help.contains(u"/sim/log"_s));
    for (const QString &profile : simulatorProfileNames()) {
        QVERIFY2(help.contains(profile), qPrintable(profile));
    }
    for (const SimulatorFaultHelp &fault : simulatorFaultHelp()) {
        QVERIFY2(help.contains(fault.text), qPrintable(fault.name));
    }
}

void tst_LoriSim::refusesBadOptions_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown") << QStringList{u"--fast"_s} << u"fast"_s;
    QTest::newRow("stray") << QStringList{u"8080"_s} << u"8080"_s;
    QTest::newRow("port") << QStringList{u"--port"_s, u"80000"_s} << u"--port"_s;
    QTest::newRow("host") << QStringList{u"--host"_s, u"nowhere"_s} << u"--host"_s;
    QTest::newRow("profile") << QStringList{u"--profile"_s, u"warp"_s} << u"warp"_s;
    QTest::newRow("server") << QStringList{u"--as"_s, u"klingon"_s} << u"--as"_s;
    QTest::newRow("server and dialect")
        << QStringList{u"--as"_s, u"vllm"_s, u"--dialect"_s, u"lorax"_s} << u"exclude"_s;
    QTest::newRow("dialect") << QStringList{u"--dialect"_s, u"klingon"_s} << u"--dialect"_s;
    QTest::newRow("fault") << QStringList{u"--fault"_s, u"explode"_s} << u"explode"_s;
    QTest::newRow("ttft") << QStringList{u"--ttft"_s, u"soon"_s} << u"--ttft"_s;
    QTest::newRow("slots") << QStringList{u"--slots"_s, u"0"_s} << u"--slots"_s;
    QTest::newRow("seed") << QStringList{u"--seed"_s, u"-1"_s} << u"--seed"_s;
    QTest::newRow("key") << QStringList{u"--key-env"_s, u"LORIKEET_NO_SUCH_KEY"_s}
                         << u"LORIKEET_NO_SUCH_KEY"_s;
}

void tst_LoriSim::refusesBadOptions()
{
    QFETCH(const QStringList, arguments);
    Program program(arguments);
    QCOMPARE(program.wait(), 2);
    const QString error = QString::fromUtf8(program.process().readAllStandardError());
    QVERIFY(error.startsWith(u"lori-sim: "_s));
    QCOMPARE(error.count(u'\n'), 1);
    QFETCH(const QString, named);
    QVERIFY2(error.contains(named), qPrintable(error));
}

void tst_LoriSim::refusesAPortInUse()
{
    Program first({});
    const QString port = QString::number(first.url().port());
    Program second({u"--port"_s, port});
    QCOMPARE(second.wait(), 4);
    QVERIFY(second.process().readAllStandardError().contains(port.toUtf8()));
}

QTEST_GUILESS_MAIN(tst_LoriSim)

#include "tst_lorisim.moc"
