// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "metrics/scrape.h"
#include "simulator/simulatorthread.h"
#include "transporttest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

} // namespace

/// What servers have counted, fetched from where they expose it.
class TestScrape final : public TransportTest
{
    Q_OBJECT

    [[nodiscard]] Result<QList<MetricFamily>> fetched(const QUrl &url)
    {
        Target target;
        target.endpoint.url = url;
        const auto future = fetchMetrics(*m_client, target);
        return QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)
            ? future.result()
            : Failure(ApiError());
    }

private Q_SLOTS:

    void places_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("url");
        QTest::newRow("beside the version")
            << u"http://h:8000/v1"_s << u"vLLM"_s << u"http://h:8000/metrics"_s;
        QTest::newRow("behind a prefix")
            << u"https://h/team/v1/chat/completions"_s << QString() << u"https://h/team/metrics"_s;
        QTest::newRow("without a query")
            << u"http://h/v1?api-version=1"_s << QString() << u"http://h/metrics"_s;
        QTest::newRow("triton") << u"http://h:8000"_s << u"Triton"_s << u"http://h:8002/metrics"_s;
        QTest::newRow("triton by gRPC")
            << u"grpc://h:8001"_s << u"Triton"_s << u"http://h:8002/metrics"_s;
    }

    void places()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, server);
        QFETCH(const QString, url);
        QCOMPARE(metricsUrl({.url = QUrl(typed), .server = server}).toString(), url);
    }

    /// Each of the servers that count tells what it has counted.
    void simulatedServersAreRead_data()
    {
        QTest::addColumn<QString>("as");
        QTest::addColumn<QString>("name");
        QTest::newRow("vllm") << u"vllm"_s << u"vllm:num_requests_running"_s;
        QTest::newRow("lorax") << u"lorax"_s << u"lorax_request_count"_s;
        QTest::newRow("sglang") << u"sglang"_s << u"sglang:num_running_reqs"_s;
        QTest::newRow("tgi") << u"tgi"_s << u"tgi_queue_size"_s;
    }

    void simulatedServersAreRead()
    {
        QFETCH(const QString, as);
        QFETCH(const QString, name);
        SimulatorThread simulator(SimulatorOptions{.server = as});
        QVERIFY(simulator.start());
        const auto families = fetched(simulator.url());
        QVERIFY2(families, qPrintable(families ? QString() : families.error().message));
        QVERIFY(std::ranges::any_of(*families, [&name](const MetricFamily &family) {
            return family.name == name && !family.samples.isEmpty();
        }));
    }

    /// Whoever serves metrics at another port need not be who the key is for.
    void secretsStayAtTheirOrigin()
    {
        Target target;
        target.endpoint.url = m_server->url(u"/v1"_s);
        target.endpoint.headers = {{"X-Team", "canary-header"}};
        target.key = Secret(u"canary-key"_s);
        m_server->setDefault(Script::reply(200, "text/plain", "up 1\n"));
        const auto fetch = [&](const QUrl &url) {
            const auto future = fetchMetrics(*m_client, target, url);
            return QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)
                && future.result();
        };
        QVERIFY(fetch(m_server->url(u"/metrics"_s)));
        QCOMPARE(m_server->requests().constLast().header("Authorization"), "Bearer canary-key"_ba);
        QCOMPARE(m_server->requests().constLast().header("X-Team"), "canary-header"_ba);
        ScriptedServer other;
        other.setDefault(Script::reply(200, "text/plain", "up 1\n"));
        QVERIFY(fetch(other.url(u"/metrics"_s)));
        for (const Header &header : other.requests().constLast().headers) {
            QVERIFY2(!header.value.contains("canary"), header.name.constData());
        }
    }

    void failures_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ApiError::Kind>("kind");
        QTest::addColumn<QString>("part");
        QTest::newRow("none") << 404 << "{}"_ba << ApiError::Kind::NotFound
                              << u"tells no metrics"_s;
        QTest::newRow("off") << 501
                             << R"({"error":{"message":"This server does not support metrics"}})"_ba
                             << ApiError::Kind::NotFound << u"only if they are started so"_s;
        QTest::newRow("guarded") << 401 << "{}"_ba << ApiError::Kind::Unauthorized << u"key"_s;
        QTest::newRow("another form")
            << 200 << "<html></html>"_ba << ApiError::Kind::Protocol << u"Prometheus"_s;
        QTest::newRow("nothing") << 200 << ""_ba << ApiError::Kind::Protocol << u"Prometheus"_s;
    }

    void failures()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const ApiError::Kind, kind);
        QFETCH(const QString, part);
        m_server->setRoute("/metrics", Script::reply(status, "text/plain", body));
        const auto families = fetched(m_server->url(u"/v1"_s));
        QVERIFY(!families);
        QCOMPARE(families.error().kind, kind);
        QVERIFY2(families.error().message.contains(part), qPrintable(families.error().message));
    }
};

QTEST_GUILESS_MAIN(TestScrape)
#include "tst_scrape.moc"
