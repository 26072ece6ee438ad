// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/errorbody.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "providers/servers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Provider::describe() on replies that did not turn out well, and what errors keep of a body.
/// What good replies tell is tested with the endpoint probe, which reads them by the same code.
class TestDescribe final : public QObject
{
    Q_OBJECT

    static QList<QString> paths(const QString &provider, Server server)
    {
        Target target;
        target.endpoint.url = QUrl(u"http://h:1/v1"_s);
        target.endpoint.server = serverName(server);
        target.key = Secret(u"key"_s);
        QList<QString> list;
        for (const HttpRequest &request : findProvider(provider)->describeRequests(target)) {
            if (request.verb != "GET"
                || headerValue(request.headers, "Authorization") != "Bearer key") {
                return {};
            }
            list.append(request.url.path());
        }
        return list;
    }

private Q_SLOTS:

    void onlyRoutesTheServerHasAreAsked()
    {
        QCOMPARE(paths(u"openai"_s, Server::Unknown),
            (QList{u"/v1/models"_s, u"/props"_s, u"/lora-adapters"_s}));
        QCOMPARE(paths(u"openai"_s, Server::Vllm), (QList{u"/v1/models"_s, u"/version"_s}));
        QCOMPARE(paths(u"openai"_s, Server::OpenAi), (QList{u"/v1/models"_s}));
        QCOMPARE(paths(u"openai"_s, Server::LiteLlm), (QList{u"/v1/models"_s}));
        QCOMPARE(paths(u"langformers"_s, Server::Langformers), (QList{u"/"_s, u"/openapi.json"_s}));
        QCOMPARE(paths(u"lorax"_s, Server::Lorax), (QList{u"/info"_s, u"/health"_s}));
    }

    void failures_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ApiError::Kind>("kind");
        for (const QString &id : {u"openai"_s, u"lorax"_s, u"langformers"_s, u"llamacpp"_s,
                 u"responses"_s, u"tgi"_s, u"ollama"_s, u"anthropic"_s, u"gemini"_s, u"triton"_s}) {
            const auto row
                = [&id](const char *name, int status, const QByteArray &body, ApiError::Kind kind) {
                      QTest::addRow("%s %s", qPrintable(id), name) << id << status << body << kind;
                  };
            row("nothing came", 0, {}, ApiError::Kind::Unreachable);
            row("wrong key", 401, R"({"error":"Unauthorized"})", ApiError::Kind::Unauthorized);
            row("no such path", 404, R"({"detail":"Not Found"})", ApiError::Kind::NotFound);
            row("a web page", 200, "<html></html>", ApiError::Kind::Protocol);
            row("other JSON", 200, R"({"hello":"world"})", ApiError::Kind::Protocol);
        }
    }

    void failures()
    {
        QFETCH(const QString, provider);
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const ApiError::Kind, kind);
        const HttpReply reply{.status = status, .body = body, .url = QUrl(u"http://h/v1/x"_s)};
        const auto description = findProvider(provider)->describe({reply, HttpReply()});
        QVERIFY(!description);
        QCOMPARE(description.error().kind, kind);
        QVERIFY(!findProvider(provider)->describe({}));
    }

    void aWrongKeyIsFoundThoughModelsAreOpen()
    {
        const HttpReply models{.status = 200,
            .body = R"({"object":"list","data":[{"id":"tiny","owned_by":"llamacpp"}]})",
            .url = QUrl(u"http://h/v1/models"_s)};
        const HttpReply props{.status = 401,
            .headers = {{"Server", "llama.cpp"}},
            .body = R"({"error":{"message":"Invalid API Key","code":401}})",
            .url = QUrl(u"http://h/props"_s)};
        const auto description = findProvider(u"openai"_s)->describe({models, props});
        QVERIFY(!description);
        QCOMPARE(description.error().kind, ApiError::Kind::Unauthorized);
    }

    void loraxSaysWhenItIsNotHealthyOrNotItself()
    {
        const HttpReply info{.status = 200,
            .body = R"({"model_id":"m","model_device_type":"cuda","max_total_tokens":4096})",
            .url = QUrl(u"http://h/info"_s)};
        const HttpReply health{.status = 503,
            .body = R"({"error":"unhealthy","error_type":"healthcheck"})",
            .url = QUrl(u"http://h/health"_s)};
        auto description = findProvider(u"lorax"_s)->describe({info, health});
        QVERIFY(description);
        QCOMPARE(description->models.constFirst().id, u"m"_s);
        QCOMPARE(description->contextLength, 4096);
        QVERIFY(description->notes.join(u' ').contains(u"not healthy"_s));

        HttpReply tgi = info;
        tgi.body = R"({"model_id":"m","router":"text-generation-router"})";
        description = findProvider(u"lorax"_s)->describe({tgi, HttpReply()});
        QVERIFY(description);
        QVERIFY(description->notes.constFirst().contains(u"This is TGI"_s));
    }

    /// Its OpenAI-compatible routes have no list of models.
    void loraxIsDescribedByItsOtherRoutesToo()
    {
        const HttpReply models{.status = 404, .url = QUrl(u"http://h/v1/models"_s)};
        const HttpReply info{.status = 200,
            .body = R"({"model_id":"m","model_device_type":"cuda","max_total_tokens":4096})",
            .url = QUrl(u"http://h/info"_s)};
        const auto description = findProvider(u"openai"_s)->describe({models, info});
        QVERIFY(description);
        QCOMPARE(description->server, u"LoRAX"_s);
        QCOMPARE(description->adapterStyle, AdapterStyle::FreeText);
        QCOMPARE(description->models.constFirst().id, u"m"_s);
        QVERIFY(!findProvider(u"openai"_s)->describe({models, HttpReply()}));
    }

    void tgiSaysWhenItIsAnother()
    {
        const HttpReply lorax{.status = 200,
            .body = R"({"model_id":"m","model_device_type":"cuda","max_total_tokens":4096})",
            .url = QUrl(u"http://h/info"_s)};
        const auto description = findProvider(u"tgi"_s)->describe({lorax, HttpReply()});
        QVERIFY(description);
        QVERIFY(description->notes.constFirst().contains(u"This is LoRAX"_s));
    }

    /// Its gateway need not let /info through.
    void predibaseIsDescribedWithoutInfo()
    {
        const QUrl url(u"https://serving.app.predibase.com/t/deployments/v2/llms/m/info"_s);
        const auto silent = findProvider(u"predibase"_s)
                                ->describe({HttpReply{.status = 404, .url = url}, HttpReply()});
        QVERIFY(silent);
        QCOMPARE(silent->server, u"Predibase"_s);
        QCOMPARE(silent->adapterStyle, AdapterStyle::FreeText);
        const auto refused = findProvider(u"predibase"_s)
                                 ->describe({HttpReply{.status = 401, .url = url}, HttpReply()});
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ApiError::Kind::Unauthorized);
        const HttpReply info{.status = 200,
            .body = R"({"model_id":"base","model_device_type":"cuda","max_total_tokens":4096})",
            .url = url};
        const auto told = findProvider(u"predibase"_s)->describe({info, HttpReply()});
        QVERIFY(told);
        QCOMPARE(told->server, u"Predibase"_s);
        QCOMPARE(told->models.constFirst().id, u"base"_s);
        QCOMPARE(told->contextLength, 4096);
    }

    void errorsKeepTheBeginningOfTheBodyWithoutKeys()
    {
        const QByteArray key = "sk-abcdefghijklmnopqrstuvwxyz0123456789";
        const HttpReply reply{.status = 500, .body = "Failed for " + key + QByteArray(10'000, 'x')};
        const ApiError error = errorFromReply(reply);
        QVERIFY(error.body.startsWith("Failed for "));
        QVERIFY(!error.body.contains(key));
        QVERIFY(!error.serverMessage.contains(QString::fromLatin1(key)));
        QVERIFY(error.body.size() <= 2048);
    }

    void waitingTimesAreReadInEveryForm_data()
    {
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<qint64>("milliseconds"); // -1: none
        const auto row = [](const char *name, const Headers &headers, qint64 milliseconds) {
            QTest::newRow(name) << headers << milliseconds;
        };
        row("none", {}, -1);
        row("seconds", {{"Retry-After", "20"}}, 20'000);
        row("fraction", {{"retry-after", " 0.25 "}}, 250);
        row("milliseconds win", {{"retry-after", "20"}, {"retry-after-ms", "75.6"}}, 76);
        row("negative", {{"retry-after", "-1"}}, -1);
        row("nonsense", {{"retry-after", "soon"}}, -1);
        row("nan", {{"retry-after", "nan"}}, -1);
        row("huge", {{"retry-after", "1e300"}}, -1);
        row("date",
            {{"Retry-After", "Fri, 20 Nov 2026 18:30:24 GMT"},
                {"Date", "Fri, 20 Nov 2026 18:29:54 GMT"}},
            30'000);
        row("date that has passed",
            {{"Retry-After", "Fri, 20 Nov 2026 18:29:24 GMT"},
                {"Date", "Fri, 20 Nov 2026 18:29:54 GMT"}},
            0);
    }

    void waitingTimesAreReadInEveryForm()
    {
        QFETCH(const Headers, headers);
        QFETCH(const qint64, milliseconds);
        const auto wait = retryAfter(headers);
        QCOMPARE(wait ? qint64(wait->count()) : -1, milliseconds);
    }
};

QTEST_GUILESS_MAIN(TestDescribe)
#include "tst_describe.moc"
