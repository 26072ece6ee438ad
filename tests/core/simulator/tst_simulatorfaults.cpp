// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QJsonArray>
#include <QTest>

#include <array>
#include <cerrno>

#ifdef Q_OS_UNIX
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr auto chatPath = "/v1/chat/completions";
constexpr int shortWait = 300; ///< long enough to see that nothing comes

} // namespace

/// Everything that can go wrong on purpose.
class tst_SimulatorFaults : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    [[nodiscard]] RawReply stream(const QByteArray &fault, int wait = 30'000) const
    {
        RawClient client(m_port);
        client.sendRequest("POST", chatPath,
            QJsonDocument(chatBody(u"Explain rate limits"_s, {{u"stream"_s, true}})).toJson(),
            {{"X-Lorikeet-Fault"_ba, fault}});
        return client.receive(wait);
    }

    [[nodiscard]] RawReply whole(const QByteArray &fault, int wait = 30'000) const
    {
        RawClient client(m_port);
        client.sendRequest("POST", chatPath,
            QJsonDocument(chatBody(u"Explain rate limits"_s)).toJson(),
            {{"X-Lorikeet-Fault"_ba, fault}});
        return client.receive(wait);
    }

    [[nodiscard]] RawReply loraxStream(const QByteArray &fault, int wait = 30'000) const
    {
        RawClient client(m_port);
        client.sendRequest("POST", "/generate_stream", R"({"inputs":"Explain rate limits"})",
            {{"X-Lorikeet-Fault"_ba, fault}});
        return client.receive(wait);
    }

private Q_SLOTS:
    void init();
    void reads_data();
    void reads();
    void rateLimited();
    void serverError();
    void unavailableThenFine();
    void html();
    void redirect();
    void silent();
    void cut();
    void reset();
    void stall();
    void drip();
    void malformed();
    void errorEvent();
    void noDone();
    void noFinish();
    void empty();
    void byModelName();
    void byAdapterId();
    void byRate();
    void unknownFault();
    void onAnyPath();
    void listsFaults();
};

void tst_SimulatorFaults::init()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"fast");
    m_simulator = std::make_unique<SimulatorThread>(options);
    QVERIFY(m_simulator->start());
    m_port = m_simulator->port();
}

void tst_SimulatorFaults::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<double>("probability");
    QTest::newRow("name") << u"cut"_s << true << 1.0;
    QTest::newRow("parameter") << u"cut;12"_s << true << 1.0;
    QTest::newRow("rate") << u"429;3@0.25"_s << true << 0.25;
    QTest::newRow("case") << u" Stall ; 2 "_s << true << 1.0;
    QTest::newRow("redirect") << u"redirect;http://user@host/x"_s << true << 1.0;
    QTest::newRow("unknown") << u"explode"_s << false << 1.0;
    QTest::newRow("bad parameter") << u"cut;soon"_s << false << 1.0;
    QTest::newRow("negative") << u"cut;-1"_s << false << 1.0;
    QTest::newRow("needless parameter") << u"500;1"_s << false << 1.0;
    QTest::newRow("rate too high") << u"500@1.5"_s << false << 1.0;
}

void tst_SimulatorFaults::reads()
{
    QFETCH(const QString, text);
    const auto rule = parseSimulatorFaultRule(text);
    QTEST(rule.has_value(), "good");
    if (rule) {
        QTEST(rule->probability, "probability");
        QCOMPARE(parseSimulatorFault(rule->fault.toString()).value(), rule->fault);
    } else {
        QVERIFY(rule.error().message.endsWith(u'.'));
    }
}

void tst_SimulatorFaults::rateLimited()
{
    const RawReply reply = stream("429;7");
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.header("retry-after"), "7");
    QCOMPARE(reply.json()[u"error"_s][u"code"_s].toInt(), 429);
    const RawReply lorax = loraxStream("429");
    QCOMPARE(lorax.status, 429);
    QVERIFY(lorax.json()[u"error"_s].isString());
}

void tst_SimulatorFaults::serverError()
{
    const RawReply reply = stream("500");
    QCOMPARE(reply.status, 500);
    QVERIFY(!reply.json()[u"error"_s][u"message"_s].toString().isEmpty());
}

void tst_SimulatorFaults::unavailableThenFine()
{
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(stream("503;2").status, 503);
        QCOMPARE(stream("503;2").status, 503);
        const RawReply fine = stream("503;2");
        QCOMPARE(fine.status, 200);
        QCOMPARE(fine.events().constLast(), "[DONE]");
    }
    QVERIFY(m_simulator->records().constLast().fault.isEmpty());
}

void tst_SimulatorFaults::html()
{
    const RawReply reply = stream("html");
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.header("content-type").startsWith("text/html"));
    QVERIFY(reply.body.contains("<html>"));
}

void tst_SimulatorFaults::redirect()
{
    const RawReply reply = stream("redirect;https://other.example/v1?a=b");
    QCOMPARE(reply.status, 307);
    QCOMPARE(reply.header("location"), "https://other.example/v1?a=b");
    QVERIFY(stream("redirect").header("location").startsWith("http://"));
}

void tst_SimulatorFaults::silent()
{
    const RawReply reply = stream("silent", shortWait);
    QCOMPARE(reply.end, RawReply::End::Waiting);
    QCOMPARE(reply.status, 0);
}

void tst_SimulatorFaults::cut()
{
    const RawReply reply = stream("cut;3");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.end, RawReply::End::Closed);
    QCOMPARE(reply.chunks().size(), 4); // the role, and three tokens
    QVERIFY(!reply.body.contains("[DONE]"));
    QCOMPARE(stream("cut;0").chunks().size(), 1);
    QCOMPARE(loraxStream("cut;3").chunks().size(), 3);
    const RawReply half = whole("cut");
    QCOMPARE(half.end, RawReply::End::Closed);
    QVERIFY(!half.body.isEmpty());
    QVERIFY(half.body.size() < half.header("content-length").toInt());
    // Where the answer is shorter, its end is what is cut off.
    QVERIFY(!stream("cut;100000").body.contains("[DONE]"));
}

void tst_SimulatorFaults::reset()
{
    QVERIFY(stream("reset;3").end != RawReply::End::Complete);
    QVERIFY(whole("reset").end != RawReply::End::Complete);
#ifdef Q_OS_UNIX
    // QTcpSocket calls a reset and an orderly end the same, the system does not.
    RawClient client(m_port);
    client.sendRequest("POST", chatPath, R"({"messages":[{"role":"user","content":"Hello"}]})",
        {{"X-Lorikeet-Fault"_ba, "reset"_ba}});
    const int descriptor = ::dup(static_cast<int>(client.socket().socketDescriptor()));
    pollfd poll{.fd = descriptor, .events = POLLIN, .revents = 0};
    std::array<char, 4096> buffer;
    ssize_t count = 1;
    while (count > 0 && ::poll(&poll, 1, 30'000) > 0) {
        count = ::recv(descriptor, buffer.data(), buffer.size(), 0);
    }
    QCOMPARE(count, -1);
    QCOMPARE(errno, ECONNRESET);
    ::close(descriptor);
#endif
}

void tst_SimulatorFaults::stall()
{
    const RawReply reply = stream("stall;2", shortWait);
    QCOMPARE(reply.end, RawReply::End::Waiting);
    QCOMPARE(whole("stall", shortWait).end, RawReply::End::Waiting);
    QTRY_COMPARE_WITH_TIMEOUT(m_simulator->records().size(), 2, 30'000);
    QCOMPARE(m_simulator->records()[0].outcome, u"aborted"_s);
    QCOMPARE(m_simulator->records()[0].completionTokens, 2);
}

void tst_SimulatorFaults::drip()
{
    RawClient client(m_port);
    client.sendRequest("POST", chatPath,
        QJsonDocument(chatBody(u"Say: Grüße 🦜"_s, {{u"stream"_s, true}})).toJson(),
        {{"X-Lorikeet-Fault"_ba, "drip;1"_ba}});
    const RawReply reply = client.receive();
    QCOMPARE(reply.end, RawReply::End::Complete);
    QCOMPARE(joinedContent(reply), u"Grüße 🦜"_s);
    // The connection is as before once the answer is through.
    client.sendRequest("GET", "/v1/models");
    QCOMPARE(client.receive().status, 200);
    QCOMPARE(ask(m_port, "GET", "/version", {}, {{"X-Lorikeet-Fault"_ba, "drip"_ba}}).status, 200);
}

void tst_SimulatorFaults::malformed()
{
    const RawReply reply = stream("malformed;2");
    QCOMPARE(reply.end, RawReply::End::Complete);
    QVERIFY(!QJsonDocument::fromJson(reply.events().constLast()).isObject());
    QCOMPARE(reply.events().size(), 4);
    const RawReply json = whole("malformed");
    QCOMPARE(json.end, RawReply::End::Complete);
    QVERIFY(json.json().isEmpty() && !json.body.isEmpty());
}

void tst_SimulatorFaults::errorEvent()
{
    const RawReply reply = stream("error;2");
    QCOMPARE(reply.events().constLast(), "[DONE]"); // vLLM sends it after an error as well
    QCOMPARE(reply.chunks().constLast()[u"error"_s][u"code"_s].toInt(), 500);
    QCOMPARE(reply.chunks().size(), 4);
    const RawReply lorax = loraxStream("error;2");
    QCOMPARE(lorax.chunks().constLast()[u"error_type"_s].toString(), u"generation"_s);
    QVERIFY(!lorax.body.contains("[DONE]"));
    QCOMPARE(whole("error").status, 500);
}

void tst_SimulatorFaults::noDone()
{
    const RawReply reply = stream("no-done");
    QCOMPARE(reply.end, RawReply::End::Complete);
    QVERIFY(!reply.body.contains("[DONE]"));
    QCOMPARE(reply.chunks().constLast()[u"choices"_s][0][u"finish_reason"_s].toString(), u"stop"_s);
}

void tst_SimulatorFaults::noFinish()
{
    const RawReply reply = stream("no-finish");
    QCOMPARE(reply.end, RawReply::End::Complete);
    QVERIFY(!reply.body.contains("[DONE]"));
    QVERIFY(!reply.body.contains("\"finish_reason\":\"stop\""));
    const RawReply lorax = loraxStream("no-finish");
    QVERIFY(lorax.chunks().constLast()[u"generated_text"_s].isNull());
}

void tst_SimulatorFaults::empty()
{
    const QJsonObject schema{{u"type"_s, u"object"_s}, {u"required"_s, QJsonArray{u"city"_s}},
        {u"properties"_s, QJsonObject{{u"city"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};
    const auto message = [this](const QString &member, const QJsonValue &value) {
        return post(m_port, chatPath,
            chatBody(u"Weather in Ulm?"_s, {{u"model"_s, u"fault/empty"_s}, {member, value}}))
            .json()[u"choices"_s][0][u"message"_s];
    };
    const QJsonObject format{
        {u"type"_s, u"json_schema"_s}, {u"json_schema"_s, QJsonObject{{u"schema"_s, schema}}}};
    QCOMPARE(message(u"response_format"_s, format)[u"content"_s].toString(), u"{}"_s);
    const QJsonObject tool{{u"type"_s, u"function"_s},
        {u"function"_s, QJsonObject{{u"name"_s, u"get_weather"_s}, {u"parameters"_s, schema}}}};
    const QJsonValue call = message(u"tools"_s, QJsonArray{tool})[u"tool_calls"_s][0];
    QCOMPARE(call[u"function"_s][u"arguments"_s].toString(), u"{}"_s);
    QVERIFY(message(u"temperature"_s, 0)[u"content"_s].toString().size() > 20);
}

void tst_SimulatorFaults::byModelName()
{
    const RawReply reply = post(m_port, chatPath,
        chatBody(u"Explain rate limits"_s, {{u"model"_s, u"fault/cut;2"_s}, {u"stream"_s, true}}));
    QCOMPARE(reply.end, RawReply::End::Closed);
    QCOMPARE(reply.chunks().size(), 3);
    QCOMPARE(post(m_port, chatPath, chatBody(u"Hi"_s, {{u"model"_s, u"fault/429"_s}})).status, 429);
    QCOMPARE(
        post(m_port, chatPath, chatBody(u"Hi"_s, {{u"model"_s, u"fault/none"_s}})).status, 404);
}

void tst_SimulatorFaults::byAdapterId()
{
    const RawReply reply = post(m_port, "/generate_stream",
        {{u"inputs"_s, u"Explain rate limits"_s},
            {u"parameters"_s, QJsonObject{{u"adapter_id"_s, u"fault/cut;2"_s}}}});
    QCOMPARE(reply.end, RawReply::End::Closed);
    QCOMPARE(reply.chunks().size(), 2);
}

void tst_SimulatorFaults::byRate()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"unpaced");
    options.faults = {*parseSimulatorFaultRule(u"500@0.3"_s)};
    options.seed = 5;
    QList<int> first;
    for (int run = 0; run < 2; ++run) {
        SimulatorThread unlucky(options);
        QVERIFY(unlucky.start());
        QList<int> statuses;
        for (int i = 0; i < 100; ++i) {
            statuses.append(post(unlucky.port(), chatPath, chatBody(u"Hi"_s)).status);
        }
        if (run == 0) {
            first = statuses;
        }
        QCOMPARE(statuses, first); // reproducible
        QVERIFY(statuses.count(500) > 15 && statuses.count(500) < 50);
        QCOMPARE(statuses.count(500) + statuses.count(200), 100);
        QCOMPARE(ask(unlucky.port(), "GET", "/v1/models").status, 200); // answers only
    }
}

void tst_SimulatorFaults::unknownFault()
{
    const RawReply reply = stream("explode");
    QCOMPARE(reply.status, 400);
    QVERIFY(reply.json()[u"error"_s][u"message"_s].toString().contains(u"explode"_s));
}

void tst_SimulatorFaults::onAnyPath()
{
    QCOMPARE(ask(m_port, "GET", "/v1/models", {}, {{"X-Lorikeet-Fault"_ba, "500"_ba}}).status, 500);
    QCOMPARE(ask(m_port, "GET", "/info", {}, {{"X-Lorikeet-Fault"_ba, "html"_ba}})
                 .header("content-type"),
        "text/html; charset=utf-8");
}

void tst_SimulatorFaults::listsFaults()
{
    SimulatorOptions options;
    options.listFaults = true;
    SimulatorThread open(options);
    QVERIFY(open.start());
    const QByteArray models = ask(open.port(), "GET", "/v1/models").body;
    for (const SimulatorFaultHelp &fault : simulatorFaultHelp()) {
        QVERIFY(models.contains("\"fault/" + fault.name.toUtf8() + '"'));
    }
}

QTEST_GUILESS_MAIN(tst_SimulatorFaults)

#include "tst_simulatorfaults.moc"
