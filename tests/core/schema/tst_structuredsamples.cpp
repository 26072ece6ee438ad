// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/structuredsamples.h"

#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "structuredfixture.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Again = StructuredOptions::Again;
using End = StructuredResult::End;

} // namespace

/// Asking the same several times, and counting what keeps to its schema.
class TestStructuredSamples final : public QObject
{
    Q_OBJECT

    CurlAccessManager m_manager;
    ApiClient m_client{m_manager};
    std::unique_ptr<ScriptedServer> m_server;
    QMap<int, StructuredResult> m_results;
    std::optional<ApiError> m_error;

    [[nodiscard]] std::unique_ptr<StructuredSamples> made(const StructuredOptions &options,
        const SampleOptions &samples, const ParameterSet &parameters = {})
    {
        m_results.clear();
        m_error.reset();
        auto run = std::make_unique<StructuredSamples>(
            m_client, vllmAt(*m_server), question(parameters), personSchema(), options, samples);
        connect(run.get(), &StructuredSamples::sampleFinished, this,
            [this](
                int sample, const StructuredResult &result) { m_results.insert(sample, result); });
        connect(run.get(), &StructuredSamples::finished, this,
            [this](const std::optional<ApiError> &error) { m_error = error; });
        return run;
    }

    /// To its end.
    StructuredRates rates(const StructuredOptions &options, const SampleOptions &samples,
        const ParameterSet &parameters = {})
    {
        const auto run = made(options, samples, parameters);
        QSignalSpy finished(run.get(), &StructuredSamples::finished);
        run->start();
        return finished.wait(longWait) ? run->rates() : StructuredRates();
    }

    [[nodiscard]] QList<int> seeds() const
    {
        QList<int> seeds;
        for (const ScriptedServer::Request &request : m_server->requests()) {
            seeds.append(QJsonDocument::fromJson(request.body)[u"seed"_s].toInt(-1));
        }
        std::ranges::sort(seeds);
        return seeds;
    }

private Q_SLOTS:

    void init() { m_server = std::make_unique<ScriptedServer>(); }

    /// What the first answers do is told apart from what became of them.
    void firstAnswersAreCountedApart()
    {
        for (const QByteArray &text : {good, bad, good, bad, bad}) { // 1, 2 and 2 attempts
            m_server->enqueue(answer(text));
        }
        const StructuredRates counted = rates({.maxAttempts = 2}, {.count = 3, .concurrency = 1});
        QVERIFY(!m_error);
        QCOMPARE(counted.first, (PassRate{.passed = 1, .checked = 3, .failed = 0}));
        QCOMPARE(counted.last, (PassRate{.passed = 2, .checked = 3, .failed = 0}));
        QCOMPARE(m_results.size(), 3);
        QCOMPARE(m_results[0].attempts.size(), 1);
        QCOMPARE(m_results[1].end, End::Valid);
        QCOMPARE(m_results[1].attempts.size(), 2);
        QCOMPARE(m_results[2].end, End::Invalid);
        // 2 of 3, by Wilson's formula, computed elsewhere.
        QCOMPARE(int(counted.last.share()->low * 1000), 207);
        QCOMPARE(int(counted.last.share()->high * 1000), 938);
    }

    void soManyAtOnce()
    {
        m_server->setDefault(Script::chunked(200, "text/event-stream"_ba)
                .hold()
                .chunk(deltaOf(good))
                .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"
                       "\n\ndata: [DONE]\n\n"_ba)
                .lastChunk());
        const auto run = made({}, {.count = 5, .concurrency = 2});
        QSignalSpy finished(run.get(), &StructuredSamples::finished);
        run->start();
        for (const int done : {0, 2, 4}) {
            const int held = std::min(2, 5 - done);
            QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), held, longWait);
            QTRY_COMPARE_WITH_TIMEOUT(m_results.size(), done, longWait);
            QCOMPARE(m_server->requests().size(), done + held); // and no more
            m_server->release();
        }
        QVERIFY(finished.count() > 0 || finished.wait(longWait));
        QCOMPARE(run->rates().first.passed, 5);
    }

    void eachHasASeedOfItsOwn()
    {
        m_server->setDefault(answer(bad));
        rates({.maxAttempts = 3, .again = Again::Plainly}, {.count = 3, .concurrency = 2},
            {{u"seed"_s, 10}});
        QCOMPARE(seeds(), (QList<int>{10, 11, 12, 13, 14, 15, 16, 17, 18}));
    }

    /// A failure is no answer; it costs one sample.
    void aFailureCountsNeitherWay()
    {
        m_server->enqueue(answer(good));
        m_server->enqueue(answer(bad));
        m_server->enqueue(Script::reply(503, "application/json"_ba, "{}"));
        m_server->enqueue(Script::reply(503, "application/json"_ba, "{}"));
        m_server->enqueue(answer(good));
        const StructuredRates counted = rates({.maxAttempts = 2}, {.count = 4, .concurrency = 1});
        QVERIFY(!m_error);
        // The first answer of the second sample was there before its request failed.
        QCOMPARE(counted.first, (PassRate{.passed = 2, .checked = 3, .failed = 1}));
        QCOMPARE(counted.last, (PassRate{.passed = 2, .checked = 2, .failed = 2}));
        QCOMPARE(m_results.size(), 4);
    }

    void threeFailuresInARowEndIt()
    {
        m_server->setDefault(Script::reply(500, "application/json"_ba, "{}"));
        const StructuredRates counted = rates({}, {.count = 100, .concurrency = 1});
        QVERIFY(m_error);
        QCOMPARE(m_error->kind, ApiError::Kind::Server);
        QVERIFY2(m_error->message.contains(u"97 more"_s), qPrintable(m_error->message));
        QCOMPARE(m_server->requests().size(), 3);
        QCOMPARE(counted.first, (PassRate{.passed = 0, .checked = 0, .failed = 3}));
    }

    void whatCannotBeSentIsNoSample()
    {
        const StructuredRates counted
            = rates({}, {.count = 9, .concurrency = 4}, {{u"response_format"_s, QJsonObject()}});
        QCOMPARE(m_error->kind, ApiError::Kind::InvalidRequest);
        QVERIFY(m_results.isEmpty());
        QCOMPARE(counted, StructuredRates());
        QVERIFY(m_server->requests().isEmpty());
    }

    /// What was there is kept, and what was stopped is no failure.
    void itCanBeStopped()
    {
        m_server->enqueue(answer(good));
        m_server->enqueue(
            Script::chunked(200, "text/event-stream"_ba).chunk(deltaOf("{\"na")).hold().close());
        const auto run = made({}, {.count = 50, .concurrency = 1});
        QSignalSpy finished(run.get(), &StructuredSamples::finished);
        run->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        run->stop();
        QVERIFY(finished.wait(longWait));
        QCOMPARE(m_error->kind, ApiError::Kind::Cancelled);
        QCOMPARE(m_results.size(), 2);
        QCOMPARE(m_results[1].error->kind, ApiError::Kind::Cancelled);
        QCOMPARE(run->rates().first, (PassRate{.passed = 1, .checked = 1, .failed = 0}));
        QCOMPARE(run->rates().last, (PassRate{.passed = 1, .checked = 1, .failed = 0}));
        QCOMPARE(m_server->requests().size(), 2);
        run->stop(); // is nothing by now
    }

    void deletedItSaysNothing()
    {
        m_server->setDefault(Script().hold().close());
        auto run = made({}, {.count = 4, .concurrency = 2});
        QSignalSpy finished(run.get(), &StructuredSamples::finished);
        run->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 2, longWait);
        run.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
        QVERIFY(finished.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStructuredSamples)
#include "tst_structuredsamples.moc"
