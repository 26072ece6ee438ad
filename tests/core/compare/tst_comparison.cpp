// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/comparison.h"

#include "compare/textdiff.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "scriptedserver.h"
#include "simulator/simulatorthread.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

Script answer(const QByteArray &text)
{
    return Script::chunked(200, "text/event-stream"_ba)
        .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n")
        .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
               "data: [DONE]\n\n"_ba)
        .lastChunk();
}

} // namespace

class TestComparison final : public QObject
{
    Q_OBJECT

    CurlAccessManager m_manager;
    ApiClient m_client{m_manager};
    std::unique_ptr<ScriptedServer> m_server;
    QList<ChatOutcome> m_outcomes;

    [[nodiscard]] Lane lane(const QString &model) const
    {
        Lane lane{.name = model};
        lane.target.endpoint.url = m_server->url();
        lane.target.endpoint.provider = u"openai"_s;
        lane.target.endpoint.server = u"vLLM"_s;
        lane.request.model = model;
        lane.request.messages = {{.role = Role::User, .content = u"Hello"_s}};
        return lane;
    }

    [[nodiscard]] QList<Lane> lanes(const QStringList &models) const
    {
        QList<Lane> lanes;
        for (const QString &model : models) {
            lanes.append(lane(model));
        }
        return lanes;
    }

    [[nodiscard]] QStringList askedModels() const
    {
        QStringList models;
        for (const ScriptedServer::Request &request : m_server->requests()) {
            models.append(QJsonDocument::fromJson(request.body)[u"model"_s].toString());
        }
        return models;
    }

    /// Runs it to its end; false if it does not come.
    bool run(Comparison &comparison)
    {
        m_outcomes = QList<ChatOutcome>(comparison.lanes().size());
        QSignalSpy lanes(&comparison, &Comparison::laneFinished);
        connect(&comparison, &Comparison::laneFinished, this,
            [this](qsizetype lane, const ChatOutcome &outcome) { m_outcomes[lane] = outcome; });
        QSignalSpy finished(&comparison, &Comparison::finished);
        comparison.start();
        return finished.wait(longWait) && finished.size() == 1
            && lanes.size() == comparison.lanes().size();
    }

private Q_SLOTS:

    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_server->setDefault(answer("Hi"_ba));
    }

    void noLanesAreDoneAtOnce()
    {
        Comparison comparison(m_client, {}, {});
        QVERIFY(run(comparison));
    }

    void lanesAreAskedAtOnce()
    {
        m_server->setDefault(Script().hold().close());
        Comparison comparison(m_client, lanes({u"a"_s, u"b"_s, u"c"_s}), {});
        QSignalSpy finished(&comparison, &Comparison::finished);
        comparison.start();
        // All are there before any is answered.
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 3, longWait);
        QVERIFY(finished.isEmpty());
        m_server->release();
        QVERIFY(finished.wait(longWait));
    }

    void oneByOneNoneWaitsForAnother()
    {
        m_server->setDefault(Script().hold().close());
        Comparison comparison(m_client, lanes({u"a"_s, u"b"_s, u"c"_s}),
            {.order = ComparisonOptions::Order::OneByOne});
        QSignalSpy finished(&comparison, &Comparison::finished);
        comparison.start();
        for (int asked = 1; asked <= 3; ++asked) {
            QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), asked, longWait);
            QCOMPARE(m_server->heldConnections(), 1);
            m_server->release();
        }
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, longWait);
        QCOMPARE(askedModels(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    }

    void shufflingIsRecordedAndRepeatable()
    {
        const QStringList names{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s};
        QList<QList<qsizetype>> orders;
        for (const quint32 seed : {1U, 2U, 3U, 1U}) {
            const Comparison comparison(m_client, lanes(names),
                {.order = ComparisonOptions::Order::Shuffled, .seed = seed});
            orders.append(comparison.order());
            QList<qsizetype> sorted = comparison.order();
            std::ranges::sort(sorted);
            QCOMPARE(sorted, (QList<qsizetype>{0, 1, 2, 3, 4, 5}));
        }
        QCOMPARE(orders.at(0), orders.at(3));
        QVERIFY(orders.at(0) != orders.at(1) || orders.at(0) != orders.at(2));
    }

    void warmingUpIsThrownAway()
    {
        m_server->enqueue(answer("cold"_ba));
        m_server->enqueue(answer("cold"_ba));
        QList<Lane> two = lanes({u"a"_s, u"b"_s});
        for (Lane &lane : two) {
            lane.request.messages = {{.role = Role::User, .content = u"What is a lori?"_s}};
        }
        Comparison comparison(m_client, two, {.warmUp = true});
        QVERIFY(run(comparison));
        QCOMPARE(m_server->requests().size(), 4);
        for (int i = 0; i < 4; ++i) {
            const QJsonDocument body = QJsonDocument::fromJson(m_server->requests().at(i).body);
            QCOMPARE(body[u"max_tokens"_s].toInt(), i < 2 ? 1 : 0);
            // What is to be counted is not in the server's caches because of it.
            const QString asked = body[u"messages"_s][0][u"content"_s].toString();
            QCOMPARE(asked == u"What is a lori?"_s, i >= 2);
        }
        QCOMPARE(m_outcomes.at(0).choice().text, u"Hi"_s);
        QCOMPARE(m_outcomes.at(1).choice().text, u"Hi"_s);
    }

    void aLaneThatFailsCostsOnlyItself()
    {
        QList<Lane> two = lanes({u"a"_s, u"b"_s});
        two[0].target.endpoint.url = QUrl(u"http://127.0.0.1:1"_s);
        Comparison comparison(m_client, two, {.warmUp = true});
        QVERIFY(run(comparison));
        QVERIFY(m_outcomes.at(0).error);
        QCOMPARE(m_outcomes.at(0).error->kind, ApiError::Kind::Refused);
        QVERIFY(!m_outcomes.at(1).error);
    }

    void oneLaneIsStopped()
    {
        m_server->enqueue(Script::chunked(200, "text/event-stream"_ba)
                .chunk(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Half\"}}]}\n\n"_ba)
                .hold());
        Comparison comparison(
            m_client, lanes({u"a"_s, u"b"_s}), {.order = ComparisonOptions::Order::OneByOne});
        connect(&comparison, &Comparison::events, this,
            [&comparison](qsizetype lane) { lane == 0 ? comparison.stop(lane) : void(); });
        QVERIFY(run(comparison));
        QCOMPARE(m_outcomes.at(0).error->kind, ApiError::Kind::Cancelled);
        QCOMPARE(m_outcomes.at(0).choice().text, u"Half"_s);
        QCOMPARE(m_outcomes.at(1).choice().text, u"Hi"_s);
    }

    void allAreStopped_data()
    {
        QTest::addColumn<ComparisonOptions::Order>("order");
        QTest::addColumn<bool>("warmUp");
        QTest::newRow("together") << ComparisonOptions::Order::Together << false;
        QTest::newRow("one by one") << ComparisonOptions::Order::OneByOne << false;
        QTest::newRow("warming up") << ComparisonOptions::Order::Together << true;
        QTest::newRow("warming up one by one") << ComparisonOptions::Order::OneByOne << true;
    }

    void allAreStopped()
    {
        QFETCH(const ComparisonOptions::Order, order);
        QFETCH(const bool, warmUp);
        m_server->enqueue(answer("first"_ba));
        m_server->setDefault(Script().hold());
        Comparison comparison(
            m_client, lanes({u"a"_s, u"b"_s, u"c"_s}), {.order = order, .warmUp = warmUp});
        m_outcomes = QList<ChatOutcome>(3);
        connect(&comparison, &Comparison::laneFinished, this,
            [this](qsizetype lane, const ChatOutcome &outcome) { m_outcomes[lane] = outcome; });
        QSignalSpy finished(&comparison, &Comparison::finished);
        comparison.start();
        QTRY_VERIFY_WITH_TIMEOUT(m_server->heldConnections() > 0, longWait);
        comparison.stop();
        comparison.stop();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, longWait);
        const auto stopped = std::ranges::count_if(m_outcomes, [](const ChatOutcome &outcome) {
            return outcome.error && outcome.error->kind == ApiError::Kind::Cancelled;
        });
        QVERIFY(stopped >= 2);
    }

    /// At whichever turn of the event loop: also where a lane has just been warmed up.
    void whatIsStoppedWarmingUpIsNotAsked()
    {
        constexpr int turns = 60;
        QTimer awake; // so that no turn waits for long
        awake.start(std::chrono::milliseconds(1));
        for (int turn = 0; turn < turns; ++turn) {
            init();
            m_server->enqueue(answer("warm"_ba));
            m_server->enqueue(answer("warm"_ba));
            m_server->setDefault(Script().hold());
            Comparison comparison(m_client, lanes({u"a"_s, u"b"_s}), {.warmUp = true});
            QSignalSpy finished(&comparison, &Comparison::finished);
            comparison.start();
            for (int i = 0; i < turn; ++i) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            }
            comparison.stop();
            QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, longWait);
        }
    }

    void itMayGoAtAnyMoment()
    {
        m_server->setDefault(Script().hold());
        auto comparison
            = std::make_unique<Comparison>(m_client, lanes({u"a"_s, u"b"_s}), ComparisonOptions());
        comparison->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 2, longWait);
        comparison.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void adaptersAreChosenAsTheirServerWants()
    {
        EndpointDescription scales{
            .adapters = {{.id = u"0"_s, .name = u"pirate"_s}, {.id = u"1"_s, .name = u"legal"_s}},
            .adapterStyle = AdapterStyle::Scales};
        const auto legal = chooseAdapter(u"legal"_s, scales);
        QVERIFY(legal);
        QCOMPARE(legal->scales.size(), 2);
        QCOMPARE(legal->scales.at(0).scale, 0.0);
        QCOMPARE(legal->scales.at(1).scale, 1.0);
        // The server may have been started with one applied: its base is all of them at 0.
        QCOMPARE(chooseAdapter(u"base"_s, scales)->scales.at(1).scale, 0.0);
        const auto unknown = chooseAdapter(u"poet"_s, scales);
        QVERIFY(!unknown);
        QVERIFY(unknown.error().message.contains(u"pirate"_s));

        const EndpointDescription any{.adapterStyle = AdapterStyle::FreeText};
        QCOMPARE(chooseAdapter(u"me/mine"_s, any)->id, u"me/mine"_s);
        QVERIFY(chooseAdapter(u"base"_s, any)->isBase());
        QVERIFY(!chooseAdapter(u"me/mine"_s, EndpointDescription()));
    }

    void seedsAreAlignedWhereTheyAreTaken()
    {
        QList<Lane> three = lanes({u"a"_s, u"b"_s, u"c"_s});
        three[1].request.parameters.insert(u"seed"_s, 5);
        three[2].target.endpoint.provider = u"anthropic"_s;
        three[2].target.endpoint.server.clear();
        QCOMPARE(alignSeeds(three, 7), QStringList{u"c"_s});
        QCOMPARE(three.at(0).request.parameters.value(u"seed"_s), QJsonValue(7));
        QCOMPARE(three.at(1).request.parameters.value(u"seed"_s), QJsonValue(5));
    }

    void sharingAServerIsSeen()
    {
        QList<Lane> two = lanes({u"a"_s, u"b"_s});
        QVERIFY(shareServer(two));
        two[1].target.endpoint.url.setPort(1);
        QVERIFY(!shareServer(two));
        two[0].target.endpoint.url = QUrl(u"https://host/v1"_s);
        two[1].target.endpoint.url = QUrl(u"https://host:443"_s);
        QVERIFY(shareServer(two));
    }

    /// The simulator's adapters answer in words of their own.
    void baseAndItsAdaptersDiffer()
    {
        SimulatorOptions options;
        options.server = u"vllm"_s;
        options.timing = *simulatorProfile(u"fast");
        SimulatorThread simulator(options);
        QVERIFY(simulator.start());
        Target target = lane(QString()).target;
        target.endpoint.url = simulator.url();
        const auto described = m_client.describe(target);
        QTRY_VERIFY_WITH_TIMEOUT(described.isFinished(), longWait);
        QVERIFY(described.result());
        const QList<Lane> all = baseAndAdapters(target, lane({}).request, *described.result());
        QCOMPARE(all.size(), 1 + simulatorAdapters().size());
        Comparison comparison(m_client, all, {});
        QVERIFY(run(comparison));
        for (qsizetype i = 1; i < all.size(); ++i) {
            QVERIFY(!m_outcomes.at(i).error);
            const TextDiff diff
                = diffWords(m_outcomes.at(0).choice().text, m_outcomes.at(i).choice().text);
            QVERIFY(!diff.changes.isEmpty());
        }
    }

    void aLaneIsAskedAgainAsItsEndpointSays()
    {
        const Script busy
            = Script::reply(503, "text/plain"_ba, "loading"_ba, {{"Retry-After"_ba, "0.05"_ba}});
        m_server->enqueue(busy);
        m_server->enqueue(busy);
        QList<Lane> two = lanes({u"patient"_s, u"hasty"_s});
        two[0].target.endpoint.retry.retries = 3;
        Comparison comparison(m_client, two, {.order = ComparisonOptions::Order::OneByOne});
        QList<qsizetype> retried;
        connect(&comparison, &Comparison::retrying, this,
            [&retried](qsizetype lane) { retried.append(lane); });
        QVERIFY(run(comparison));
        QCOMPARE(retried, (QList<qsizetype>{0, 0}));
        QCOMPARE(m_outcomes[0].tries, 3);
        QVERIFY(!m_outcomes[0].error);
        QCOMPARE(m_outcomes[1].tries, 1);

        m_server->enqueue(answer("Hi"_ba));
        m_server->enqueue(busy);
        Comparison again(m_client, two, {.order = ComparisonOptions::Order::OneByOne});
        QVERIFY(run(again));
        QVERIFY(!m_outcomes[0].error);
        QVERIFY(m_outcomes[1].error);
    }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
