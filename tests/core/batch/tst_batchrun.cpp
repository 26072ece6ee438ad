// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batch/batchrun.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "scriptedserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

const Script answer = Script::reply(200, "application/json"_ba,
    "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}],"
    "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}"_ba);

Script failing(int status)
{
    return Script::reply(status, "application/json"_ba, "{\"error\":{\"message\":\"No.\"}}"_ba);
}

} // namespace

/// A batch as the server and the caller see it.
class TestBatchRun final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;
    QList<BatchResult> m_results;
    std::optional<std::optional<ApiError>> m_end;
    int m_retries = 0;

    [[nodiscard]] Target target() const
    {
        Target target;
        target.endpoint.url = m_server->url();
        target.endpoint.provider = u"openai"_s;
        return target;
    }

    /// `count` prompts, "prompt 0" and so on.
    static BatchRun::Source prompts(int count)
    {
        return [index = 0, count]() mutable -> std::optional<BatchItem> {
            if (index == count) {
                return std::nullopt;
            }
            ChatRequest request;
            request.messages = {{.role = Role::User, .content = u"prompt %1"_s.arg(index)}};
            BatchItem item{.index = index, .id = {}, .request = request, .key = "k"};
            ++index;
            return item;
        };
    }

    std::unique_ptr<BatchRun> begin(const BatchOptions &options, BatchRun::Source source)
    {
        auto run = std::make_unique<BatchRun>(*m_client, target(), options, std::move(source));
        connect(run.get(), &BatchRun::result, this,
            [this](const BatchResult &result) { m_results.append(result); });
        connect(run.get(), &BatchRun::retrying, this, [this] { ++m_retries; });
        connect(run.get(), &BatchRun::finished, this, [this](const std::optional<ApiError> &error) {
            QVERIFY(!m_end);
            m_end = error;
        });
        run->start();
        return run;
    }

    [[nodiscard]] bool waitForEnd() const
    {
        return QTest::qWaitFor([this] { return m_end.has_value(); }, longWait);
    }

    [[nodiscard]] QList<qint64> indexes() const
    {
        QList<qint64> list;
        for (const BatchResult &result : m_results) {
            list.append(result.index);
        }
        std::ranges::sort(list);
        return list;
    }

    [[nodiscard]] qsizetype failures() const
    {
        return std::ranges::count_if(
            m_results, [](const BatchResult &result) { return result.outcome.error.has_value(); });
    }

private Q_SLOTS:

    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_manager = std::make_unique<CurlAccessManager>();
        m_client = std::make_unique<ApiClient>(*m_manager);
        m_results.clear();
        m_end.reset();
        m_retries = 0;
    }

    void cleanup()
    {
        m_client.reset();
        m_manager.reset();
        m_server.reset();
    }

    void everyItemIsAskedOnce()
    {
        m_server->setDefault(answer);
        const auto run = begin({.concurrency = 3, .retries = {}, .stream = false}, prompts(20));
        QVERIFY(waitForEnd());
        QVERIFY(!*m_end);
        QCOMPARE(m_server->requests().size(), 20);
        QCOMPARE(indexes().size(), 20);
        QCOMPARE(indexes().constLast(), 19);
        QCOMPARE(failures(), 0);
        QSet<QString> asked;
        for (const auto &request : m_server->requests()) {
            asked.insert(
                QJsonDocument::fromJson(request.body)[u"messages"_s][0][u"content"_s].toString());
        }
        QCOMPARE(asked.size(), 20);
        const QJsonObject line = toJson(m_results.constFirst());
        QCOMPARE(line[u"text"_s].toString(), u"ok"_s);
        QCOMPARE(line[u"finish"_s].toString(), u"stop"_s);
        QCOMPARE(line[u"attempts"_s].toInt(), 1);
        QCOMPARE(line[u"usage"_s][u"completion_tokens"_s].toInt(), 2);
        QVERIFY(line[u"timing"_s].isObject());
    }

    void soManyAtOnceAndNoMore()
    {
        m_server->setDefault(Script().hold().send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
        const auto run = begin({.concurrency = 5, .retries = {}, .stream = false}, prompts(12));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 5, longWait);
        QCOMPARE(run->running(), 5);
        QCOMPARE(m_server->requests().size(), 5);
        run->stop();
        QVERIFY(waitForEnd());
    }

    void oneFailureCostsOneLine()
    {
        m_server->setDefault(answer);
        m_server->enqueue(answer);
        m_server->enqueue(failing(400));
        const auto run = begin({.concurrency = 1, .retries = {}, .stream = false}, prompts(4));
        QVERIFY(waitForEnd());
        QVERIFY(!*m_end);
        QCOMPARE(m_results.size(), 4);
        QCOMPARE(failures(), 1);
        QVERIFY(m_results[1].outcome.error);
    }

    void aLineThatCannotBeSentIsNotAsked()
    {
        m_server->setDefault(answer);
        const auto run = begin({.concurrency = 2, .retries = {}, .stream = false},
            [index = 0]() mutable -> std::optional<BatchItem> {
                if (index == 50'000) {
                    return std::nullopt;
                }
                return BatchItem{.index = index++,
                    .id = {},
                    .request = fail(ApiError::Kind::InvalidRequest, u"Not JSON."_s),
                    .key = {}};
            });
        QVERIFY(waitForEnd());
        QVERIFY(!*m_end);
        QCOMPARE(m_results.size(), 50'000);
        QCOMPARE(m_results.constFirst().attempts, 0);
        QCOMPARE(m_server->requests().size(), 0);
    }

    void aRetryIsMadeOnlyWhereThePolicySays()
    {
        m_server->enqueue(failing(503));
        m_server->enqueue(failing(503));
        m_server->setDefault(answer);
        BatchOptions options{.concurrency = 1, .retries = {}, .stream = false};
        options.retries = {.retries = 2, .firstDelay = Milliseconds(1)};
        const auto run = begin(options, prompts(1));
        QVERIFY(waitForEnd());
        QCOMPARE(m_retries, 2);
        QCOMPARE(m_server->requests().size(), 3);
        QCOMPARE(m_results.constFirst().attempts, 3);
        QVERIFY(!m_results.constFirst().outcome.error);
    }

    void withoutAPolicyNothingIsSentTwice()
    {
        m_server->setDefault(failing(503));
        const auto run = begin({.concurrency = 1, .retries = {}, .stream = false}, prompts(2));
        QVERIFY(waitForEnd());
        QCOMPARE(m_server->requests().size(), 2);
        QCOMPARE(failures(), 2);
    }

    void aDeadServerEndsTheRun()
    {
        m_server->stopListening();
        const auto run = begin({.concurrency = 2, .retries = {}, .stream = false}, prompts(1000));
        QVERIFY(waitForEnd());
        QVERIFY(*m_end);
        QCOMPARE((*m_end)->kind, ApiError::Kind::Refused);
        QCOMPARE(m_results.size(), 0);
    }

    void aDeadServerEndsAlsoAShortRun()
    {
        m_server->stopListening();
        const auto run = begin({.concurrency = 8, .retries = {}, .stream = false}, prompts(2));
        QVERIFY(waitForEnd());
        QVERIFY(*m_end);
        QCOMPARE(m_results.size(), 0);
    }

    void aWrongKeyEndsTheRun()
    {
        m_server->setDefault(failing(401));
        const auto run = begin({.concurrency = 1, .retries = {}, .stream = false}, prompts(1000));
        QVERIFY(waitForEnd());
        QVERIFY(*m_end);
        QCOMPARE((*m_end)->kind, ApiError::Kind::Unauthorized);
        QCOMPARE(m_server->requests().size(), 3);
        QCOMPARE(m_results.size(), 0);
    }

    void aFewRefusalsBetweenAnswersAreLines()
    {
        m_server->setDefault(answer);
        m_server->enqueue(answer);
        m_server->enqueue(failing(401));
        m_server->enqueue(failing(401));
        const auto run = begin({.concurrency = 1, .retries = {}, .stream = false}, prompts(5));
        QVERIFY(waitForEnd());
        QVERIFY(!*m_end);
        QCOMPARE(m_results.size(), 5);
        QCOMPARE(failures(), 2);
    }

    void stoppingEndsSoonAndReportsNothingMore()
    {
        m_server->setDefault(Script().hold());
        const auto run = begin({.concurrency = 3, .retries = {}, .stream = false}, prompts(9));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 3, longWait);
        run->stop();
        QVERIFY(waitForEnd());
        QCOMPARE((*m_end)->kind, ApiError::Kind::Cancelled);
        QCOMPARE(m_results.size(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void deletingItIsAllowedAtAnyTime()
    {
        m_server->setDefault(Script().hold());
        auto run = begin({.concurrency = 3, .retries = {}, .stream = false}, prompts(9));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 3, longWait);
        run.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
        QVERIFY(!m_end);
    }
};

QTEST_GUILESS_MAIN(TestBatchRun)
#include "tst_batchrun.moc"
