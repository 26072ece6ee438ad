// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapters/adapteradmin.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "scriptedserver.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Kind = AdapterChange::Kind;

constexpr int longWait = 30'000;

Target targetAt(const QString &url, const QString &server)
{
    Target target;
    target.endpoint.url = QUrl(url);
    target.endpoint.provider = u"openai"_s;
    target.endpoint.server = server;
    return target;
}

const AdapterChange load{.kind = Kind::Load, .name = u"legal"_s, .path = u"/ad/legal"_s};
const AdapterChange unload{.kind = Kind::Unload, .name = u"legal"_s};
const AdapterChange scales{
    .kind = Kind::SetScales, .scales = {{.id = 0, .scale = 0.5}, {.id = 1, .scale = 0}}};

HttpReply replyOf(int status, const QByteArray &type, const QByteArray &body)
{
    return {.status = status,
        .headers = {{"Content-Type", type}},
        .body = body,
        .url = QUrl(u"http://h:1/v1/load_lora_adapter"_s)};
}

} // namespace

class TestAdapterAdmin final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void requests_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("vLLM loads")
            << u"vLLM"_s << int(Kind::Load) << u"http://h:1/v1/load_lora_adapter"_s
            << R"({"lora_name":"legal","lora_path":"/ad/legal"})"_ba;
        QTest::newRow("vLLM unloads")
            << u"vLLM"_s << int(Kind::Unload) << u"http://h:1/v1/unload_lora_adapter"_s
            << R"({"lora_name":"legal"})"_ba;
        // SGLang's routes have no /v1.
        QTest::newRow("SGLang loads")
            << u"SGLang"_s << int(Kind::Load) << u"http://h:1/load_lora_adapter"_s
            << R"({"lora_name":"legal","lora_path":"/ad/legal"})"_ba;
        QTest::newRow("llama.cpp's scales")
            << u"llama.cpp"_s << int(Kind::SetScales) << u"http://h:1/lora-adapters"_s
            << R"([{"id":0,"scale":0.5},{"id":1,"scale":0}])"_ba;
    }

    void requests()
    {
        QFETCH(const QString, server);
        QFETCH(const int, kind);
        QFETCH(const QString, url);
        QFETCH(const QByteArray, body);
        const AdapterChange change = Kind(kind) == Kind::Load ? load
            : Kind(kind) == Kind::Unload                      ? unload
                                                              : scales;
        const auto request = encodeAdapterChange(targetAt(u"http://h:1/v1"_s, server), change);
        QVERIFY2(request, qPrintable(request ? QString() : request.error().message));
        QCOMPARE(request->url.toString(), url);
        QCOMPARE(QJsonDocument::fromJson(request->body), QJsonDocument::fromJson(body));
    }

    void whoCannotSaysWhy_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("word");
        QTest::newRow("llama.cpp") << u"llama.cpp"_s << u"--lora"_s;
        QTest::newRow("LoRAX") << u"LoRAX"_s << u"by itself"_s;
        QTest::newRow("TGI") << u"TGI"_s << u"LORA_ADAPTERS"_s;
        QTest::newRow("Ollama") << u"Ollama"_s << u"ollama create"_s;
        QTest::newRow("OpenAI") << u"OpenAI"_s << u"OpenAI"_s;
        QTest::newRow("unknown") << QString() << u"test the endpoint"_s;
    }

    void whoCannotSaysWhy()
    {
        QFETCH(const QString, server);
        QFETCH(const QString, word);
        const auto request = encodeAdapterChange(targetAt(u"http://h:1"_s, server), load);
        QVERIFY(!request);
        QVERIFY2(request.error().message.contains(word), qPrintable(request.error().message));
    }

    void anAdapterHasANameAndAPlace()
    {
        const Target target = targetAt(u"http://h:1"_s, u"vLLM"_s);
        QVERIFY(!encodeAdapterChange(target, {.kind = Kind::Load, .name = u"a"_s}));
        QVERIFY(!encodeAdapterChange(target, {.kind = Kind::Unload}));
    }

    void answers_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("sentence"); // empty: done
        // vLLM's load_lora_adapter returns plain text on success and 404 when updating is off.
        QTest::newRow("vLLM, done")
            << u"vLLM"_s << 200 << "Success: LoRA adapter 'legal' added successfully."_ba
            << QString();
        QTest::newRow("vLLM, updating is off") << u"vLLM"_s << 404 << R"({"detail":"Not Found"})"_ba
                                               << u"VLLM_ALLOW_RUNTIME_LORA_UPDATING"_s;
        QTest::newRow("vLLM, nothing there")
            << u"vLLM"_s << 404
            << R"({"error":{"message":"No adapter found.","type":"NotFoundError","code":404}})"_ba
            << u"“/ad/legal”"_s;
        QTest::newRow("older vLLM, nothing there")
            << u"vLLM"_s << 404
            << R"({"object":"error","message":"No adapter.","type":"NotFoundError","code":404})"_ba
            << u"“/ad/legal”"_s;
        QTest::newRow("vLLM, already loaded")
            << u"vLLM"_s << 400
            << R"({"error":{"message":"already loaded","type":"InvalidUserInput","code":400}})"_ba
            << u"HTTP 400"_s;
        // SGLang's 400 bodies carry the reason.
        QTest::newRow("SGLang, done")
            << u"SGLang"_s << 200
            << R"({"success":true,"loaded_adapters":{"legal":"/ad/legal"}})"_ba << QString();
        QTest::newRow("SGLang, refused")
            << u"SGLang"_s << 400 << R"({"success":false,"error_message":"rank is too high"})"_ba
            << u"could not load “legal”"_s;
        QTest::newRow("SGLang, refused under 200")
            << u"SGLang"_s << 200 << R"({"success":false,"error_message":"rank is too high"})"_ba
            << u"could not load “legal”"_s;
        QTest::newRow("too old") << u"SGLang"_s << 404 << "Not Found"_ba << u"too old"_s;
    }

    void answers()
    {
        QFETCH(const QString, server);
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, sentence);
        const auto result
            = readAdapterChange(replyOf(status, "application/json", body), server, load);
        if (sentence.isEmpty()) {
            QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
            return;
        }
        QVERIFY(!result);
        QVERIFY2(result.error().message.contains(sentence), qPrintable(result.error().message));
        QCOMPARE(result.error().httpStatus, status);
    }

    void theServersReasonIsKept()
    {
        const auto result
            = readAdapterChange(replyOf(400, "application/json",
                                    R"({"success":false,"error_message":"rank is too high"})"),
                u"SGLang"_s, load);
        QVERIFY(!result);
        QCOMPARE(result.error().serverMessage, u"rank is too high"_s);
    }

    void itIsAskedOnce()
    {
        ScriptedServer server;
        server.enqueue(Script::reply(200, "text/plain"_ba, "Success: done"_ba));
        CurlAccessManager manager;
        ApiClient client(manager);
        Target target = targetAt(server.url().toString(), u"vLLM"_s);
        target.key = Secret(u"sk-canary-0123456789"_s);
        const auto future = changeAdapters(client, target, load);
        QVERIFY(QTest::qWaitFor([&future] { return future.isFinished(); }, longWait));
        QVERIFY(future.result());
        QCOMPARE(*future.result(), u"Success: done"_s);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests().constFirst().header("authorization"),
            "Bearer sk-canary-0123456789"_ba);
    }
};

QTEST_GUILESS_MAIN(TestAdapterAdmin)
#include "tst_adapteradmin.moc"
