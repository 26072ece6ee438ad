// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr auto chatPath = "/v1/chat/completions";
constexpr int longWait = 30'000;

QByteArray chat(int tokens, const QJsonObject &more = {})
{
    QJsonObject body = chatBody(
        u"Hello"_s, {{u"stream"_s, true}, {u"max_tokens"_s, tokens}, {u"ignore_eos"_s, true}});
    for (auto it = more.begin(); it != more.end(); ++it) {
        body.insert(it.key(), it.value());
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

std::vector<Nanoseconds> gaps(const SimulatorRecord &record)
{
    std::vector<Nanoseconds> list{record.planned.front() - record.admitted};
    for (size_t i = 1; i < record.planned.size(); ++i) {
        list.push_back(record.planned[i] - record.planned[i - 1]);
    }
    return list;
}

} // namespace

/// When the simulator sends what. The planned times follow from the model to the nanosecond, so
/// they are compared exactly; when things are truly sent depends on the machine, and is not.
class tst_SimulatorTiming : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    void startWith(const SimulatorTiming &timing, SimulatorOptions options = {})
    {
        options.timing = timing;
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
        m_port = m_simulator->port();
    }

    /// The value of one of vLLM's metrics that has no further labels.
    [[nodiscard]] double metric(const QByteArray &name) const
    {
        const QByteArrayList lines = ask(m_port, "GET", "/metrics").body.split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith(name + '{')) {
                return line.sliced(line.lastIndexOf(' ') + 1).toDouble();
            }
        }
        return -1;
    }

private Q_SLOTS:
    void plansByTheModel();
    void sendsNotBeforeItIsDue();
    void sameSeedSamePlan();
    void wholeAnswersTakeTheirTime();
    void slotsAreLimited();
    void crowdsSlowDown();
    void adaptersLoadOnce();
    void commentsWhileLoading();
    void abortFreesTheSlot();
    void abortLeavesTheQueue();
    void slowReadersAreWaitedFor();
    void tellsTheTruthOverHttp();
    void profilesAreKnown();
    void endpointsAreReady();
};

void tst_SimulatorTiming::plansByTheModel()
{
    startWith({.firstToken = 20ms, .promptToken = 3ms, .interToken = 2ms, .slots = 4});
    const RawReply reply = ask(m_port, "POST", chatPath, chat(5));
    QCOMPARE(reply.end, RawReply::End::Complete);
    const SimulatorRecord record = m_simulator->records().constLast();
    QCOMPARE(record.admitted, record.received);
    const std::vector<Nanoseconds> expected{20ms + record.promptTokens * 3ms, 2ms, 2ms, 2ms, 2ms};
    QCOMPARE(gaps(record), expected);
    QCOMPARE(record.outcome, u"done"_s);
}

void tst_SimulatorTiming::sendsNotBeforeItIsDue()
{
    startWith({.firstToken = 5ms, .interToken = 700us, .interTokenSigma = 0.5, .slots = 4});
    QCOMPARE(ask(m_port, "POST", chatPath, chat(50)).end, RawReply::End::Complete);
    const SimulatorRecord record = m_simulator->records().constLast();
    QCOMPARE(record.completionTokens, 50);
    QCOMPARE(record.planned.size(), size_t(50));
    QCOMPARE(record.sent.size(), size_t(50));
    for (size_t i = 0; i < 50; ++i) {
        QVERIFY(record.sent[i] >= record.planned[i]);
        QVERIFY(i == 0 || record.sent[i] >= record.sent[i - 1]);
    }
    QVERIFY(record.finished >= record.sent.back());
}

void tst_SimulatorTiming::sameSeedSamePlan()
{
    const SimulatorTiming timing{.firstToken = 3ms,
        .firstTokenSigma = 0.4,
        .interToken = 300us,
        .interTokenSigma = 0.4,
        .slots = 4};
    std::vector<std::vector<Nanoseconds>> plans;
    for (const quint64 seed : {1U, 1U, 2U}) {
        SimulatorOptions options;
        options.seed = seed;
        startWith(timing, options);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(ask(m_port, "POST", chatPath, chat(20)).status, 200);
        }
        for (const SimulatorRecord &record : m_simulator->records()) {
            plans.push_back(gaps(record));
        }
    }
    QCOMPARE(plans[0], plans[2]);
    QCOMPARE(plans[1], plans[3]);
    QVERIFY(plans[0] != plans[1]);
    QVERIFY(plans[0] != plans[4]);
}

void tst_SimulatorTiming::wholeAnswersTakeTheirTime()
{
    startWith({.firstToken = 10ms, .interToken = 5ms, .slots = 4});
    const RawReply reply = ask(m_port, "POST", chatPath, chat(10, {{u"stream"_s, false}}));
    QCOMPARE(reply.json()[u"usage"_s][u"completion_tokens"_s].toInt(), 10);
    const SimulatorRecord record = m_simulator->records().constLast();
    QVERIFY(record.finished - record.received >= 10ms + 9 * 5ms);
    QVERIFY(!record.stream);
}

void tst_SimulatorTiming::slotsAreLimited()
{
    startWith({.firstToken = 30ms, .interToken = 5ms, .slots = 1});
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_port));
        clients.back()->sendRequest(
            "POST", chatPath, chat(10), {{"X-Request-Id"_ba, QByteArray::number(i)}});
        // The head of a stream comes at once, also to those who wait.
        QCOMPARE(clients.back()->receive(longWait, true).status, 200);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_simulator->records().size(), 4, longWait);
    const QList<SimulatorRecord> records = m_simulator->records();
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(records[i].id, QByteArray::number(i)); // first come, first served
        if (i > 0) {
            QVERIFY(records[i].admitted >= records[i - 1].planned.back());
            QCOMPARE(
                records[i].admitted, std::max(records[i].received, records[i - 1].planned.back()));
        }
    }
}

void tst_SimulatorTiming::crowdsSlowDown()
{
    startWith({.firstToken = 1ms, .interToken = 4ms, .slots = 8, .slowdown = 0.5});
    RawClient first(m_port);
    RawClient second(m_port);
    for (RawClient *const client : {&first, &second}) {
        client->sendRequest("POST", chatPath, chat(400));
        QCOMPARE(client->receive(longWait, true).status, 200);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_simulator->records().size(), 2, longWait);
    const std::vector<Nanoseconds> between = gaps(m_simulator->records()[0]);
    QVERIFY(std::count(between.begin(), between.end(), Nanoseconds(6ms)) > 0);
    QVERIFY(std::all_of(between.begin() + 1, between.end(),
        [](Nanoseconds gap) { return gap == 4ms || gap == 6ms; }));
}

void tst_SimulatorTiming::adaptersLoadOnce()
{
    startWith({.firstToken = 1ms, .interToken = 1ms, .slots = 4, .adapterLoad = 60ms});
    const auto wait = [this](const QString &model) {
        const RawReply reply = ask(m_port, "POST", chatPath, chat(2, {{u"model"_s, model}}));
        const SimulatorRecord record = m_simulator->records().constLast();
        return reply.status == 200 ? record.admitted - record.received : Nanoseconds(-1);
    };
    QCOMPARE(wait(u"support-v3"_s), Nanoseconds(60ms));
    QCOMPARE(wait(u"support-v3"_s), Nanoseconds(0));
    QCOMPARE(wait(u"sql-expert"_s), Nanoseconds(60ms));
    QCOMPARE(wait(QString()), Nanoseconds(0));
}

void tst_SimulatorTiming::commentsWhileLoading()
{
    SimulatorOptions options;
    options.keepAlive = 10ms;
    startWith({.firstToken = 1ms, .interToken = 1ms, .slots = 4, .adapterLoad = 200ms}, options);
    const RawReply reply = post(m_port, "/generate_stream",
        {{u"inputs"_s, u"Say: blue"_s},
            {u"parameters"_s, QJsonObject{{u"adapter_id"_s, u"support-v3"_s}}}});
    const QByteArrayList events = reply.events();
    QCOMPARE(events.constFirst(), ":");
    QVERIFY(events.constLast().contains("\"generated_text\":\"blue\""));
    // vLLM is silent meanwhile.
    const RawReply openAi = ask(m_port, "POST", chatPath, chat(2, {{u"model"_s, u"sql-expert"_s}}));
    QVERIFY(!openAi.events().contains(":"));
}

void tst_SimulatorTiming::abortFreesTheSlot()
{
    startWith({.firstToken = 1ms, .interToken = 1h, .slots = 1});
    auto first = std::make_unique<RawClient>(m_port);
    first->sendRequest("POST", chatPath, chat(5));
    QVERIFY(first->waitFor("\"role\""));
    RawClient second(m_port);
    second.sendRequest("POST", chatPath, chat(1));
    QCOMPARE(second.receive(longWait, true).status, 200);
    QCOMPARE(metric("vllm:num_requests_waiting"), 1);
    first.reset();
    QVERIFY(second.waitFor("[DONE]"));
    QTRY_COMPARE_WITH_TIMEOUT(m_simulator->records().size(), 2, longWait);
    const SimulatorRecord aborted = m_simulator->records().constFirst();
    QCOMPARE(aborted.outcome, u"aborted"_s);
    QCOMPARE(aborted.completionTokens, 1);
    QCOMPARE(metric("vllm:num_requests_running"), 0);
}

void tst_SimulatorTiming::abortLeavesTheQueue()
{
    startWith({.firstToken = 1h, .interToken = 1h, .slots = 1});
    RawClient first(m_port);
    first.sendRequest("POST", chatPath, chat(5));
    QCOMPARE(first.receive(longWait, true).status, 200);
    auto second = std::make_unique<RawClient>(m_port);
    second->sendRequest("POST", chatPath, chat(5));
    QCOMPARE(second->receive(longWait, true).status, 200);
    QCOMPARE(metric("vllm:num_requests_waiting"), 1);
    second.reset();
    QTRY_COMPARE_WITH_TIMEOUT(m_simulator->records().size(), 1, longWait);
    QCOMPARE(metric("vllm:num_requests_waiting"), 0);
    QCOMPARE(metric("vllm:num_requests_running"), 1);
}

void tst_SimulatorTiming::slowReadersAreWaitedFor()
{
    startWith(*simulatorProfile(u"unpaced"));
    RawClient client(m_port);
    client.socket().setReadBufferSize(1024);
    client.sendRequest("POST", chatPath,
        chat(8000, {{u"logprobs"_s, true}, {u"top_logprobs"_s, 20}, {u"stream"_s, true}}));
    QCOMPARE(client.receive(longWait, true).status, 200);
    // About 16 MB are to come, more than the system keeps for a connection; who does not read does
    // not make the server hold the rest.
    double before = -1;
    QTRY_VERIFY_WITH_TIMEOUT(
        before == std::exchange(before, metric("vllm:generation_tokens_total")), longWait);
    QVERIFY(m_simulator->records().isEmpty());
    client.socket().setReadBufferSize(0);
    QVERIFY(client.waitFor("[DONE]"));
    QTRY_COMPARE_WITH_TIMEOUT(m_simulator->records().size(), 1, longWait);
    QCOMPARE(m_simulator->records()[0].completionTokens, 8000);
}

void tst_SimulatorTiming::tellsTheTruthOverHttp()
{
    startWith({.firstToken = 1ms, .interToken = 1ms, .slots = 4});
    for (const QByteArray id : {"a", "b"}) {
        const RawReply reply = ask(m_port, "POST", chatPath, chat(3), {{"X-Request-Id"_ba, id}});
        QCOMPARE(reply.header("x-request-id"), id);
    }
    const QJsonArray all = ask(m_port, "GET", "/sim/log").json()[u"requests"_s].toArray();
    QCOMPARE(all.size(), 2);
    QVERIFY(!all[0].toObject().contains(u"sent_ns"_s));
    const QJsonArray one
        = ask(m_port, "GET", "/sim/log?id=b&tokens=1").json()[u"requests"_s].toArray();
    QCOMPARE(one.size(), 1);
    QCOMPARE(one[0][u"planned_ns"_s].toArray().size(), 3);
    QCOMPARE(one[0][u"sent_ns"_s].toArray().size(), 3);
    const SimulatorRecord record = m_simulator->records().constLast();
    QCOMPARE(one[0][u"first_sent_ns"_s].toInteger(),
        qint64(record.sent.front().time_since_epoch().count()));
    const Headers refuse{{"X-Lorikeet-Fault"_ba, "429"_ba}};
    QCOMPARE(ask(m_port, "POST", chatPath, chat(3), refuse).status, 429);
    QCOMPARE(ask(m_port, "GET", "/sim/log").json()[u"faults"_s].toObject(),
        (QJsonObject{{u"429"_s, 1}}));
    QCOMPARE(ask(m_port, "DELETE", "/sim/log").status, 200);
    QVERIFY(ask(m_port, "GET", "/sim/log").json()[u"faults"_s].toObject().isEmpty());
    QVERIFY(ask(m_port, "GET", "/sim/log").json()[u"requests"_s].toArray().isEmpty());
}

void tst_SimulatorTiming::profilesAreKnown()
{
    for (const QString &name : simulatorProfileNames()) {
        const auto timing = simulatorProfile(name);
        QVERIFY(timing);
        QVERIFY(timing->slots > 0);
    }
    QVERIFY(!simulatorProfile(u"warp"));
}

void tst_SimulatorTiming::endpointsAreReady()
{
    startWith(*simulatorProfile(u"fast"));
    const Endpoint openAi = simulatorEndpoint(m_simulator->url(), u"openai"_s);
    const Endpoint lorax = simulatorEndpoint(m_simulator->url(), u"lorax"_s);
    QCOMPARE(openAi.url.toString(), u"http://127.0.0.1:%1/v1"_s.arg(m_port));
    QCOMPARE(lorax.url.toString(), u"http://127.0.0.1:%1"_s.arg(m_port));
    QVERIFY(openAi.id != lorax.id);
    QCOMPARE(openAi.id, simulatorEndpoint(QUrl(), u"openai"_s).id);
    QCOMPARE(openAi.name, u"Demo endpoint (simulated)"_s);
}

QTEST_GUILESS_MAIN(tst_SimulatorTiming)

#include "tst_simulatortiming.moc"
