// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/endpointfile.h"
#include "store/environmentendpoints.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Environment = QMap<QString, QString>;

QList<EnvironmentEndpoint> found(const Environment &variables)
{
    QProcessEnvironment environment;
    for (const auto &[name, value] : variables.asKeyValueRange()) {
        environment.insert(name, value);
    }
    return endpointsFromEnvironment(environment);
}

} // namespace

/// Endpoints that come from a file or from the environment.
class TestEndpointFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aFileThatAPersonWrote()
    {
        qputenv("LORIKEET_TEST_HOST", "llm.example");
        const auto endpoints = endpointsFromFile(
            R"({"endpoints": [{"name": "Production", "url": "https://${LORIKEET_TEST_HOST}/v1",)"
            R"("provider": "openai", "model": "m", "key": "env:PROD_KEY",)"
            R"("headers": {"X-Team": "green"}, "timeouts": {"idle_ms": 5}},)"
            R"({"url": "localhost:8080"}]})",
            u"team.json"_s);
        QVERIFY2(endpoints, qPrintable(endpoints ? QString() : endpoints.error().message));
        QCOMPARE(endpoints->size(), 2);
        const Endpoint &first = endpoints->constFirst();
        QCOMPARE(first.name, u"Production"_s);
        QCOMPARE(first.url, QUrl(u"https://llm.example/v1"_s));
        QCOMPARE(first.key.kind, KeyReference::Kind::Environment);
        QCOMPARE(first.key.name, u"PROD_KEY"_s);
        QCOMPARE(first.headers, (Headers{{"X-Team", "green"}}));
        QCOMPARE(first.timeouts.idle, Milliseconds(5));
        QCOMPARE(endpoints->constLast().name, u"localhost"_s);
        QVERIFY(!first.id.isNull());
    }

    void aSocketCanStandForTheAddress()
    {
        const auto endpoints = endpointsFromFile(
            R"({"endpoints":[{"url":"unix:/run/llama.sock:/v1"},)"
            R"({"url":"https://llm.example/v1","unix_socket":"/run/tls.sock"}]})",
            u"f"_s);
        QVERIFY2(endpoints, qPrintable(endpoints ? QString() : endpoints.error().message));
        QCOMPARE(endpoints->first().url, QUrl(u"http://localhost/v1"_s));
        QCOMPARE(endpoints->first().unixSocket, u"/run/llama.sock"_s);
        QCOMPARE(endpoints->last().url, QUrl(u"https://llm.example/v1"_s));
        QCOMPARE(endpoints->last().unixSocket, u"/run/tls.sock"_s);
    }

    void theSameFileGivesTheSameIds()
    {
        const QByteArray file = R"({"endpoints":[{"name":"A","url":"http://a"}]})";
        QCOMPARE(endpointsFromFile(file, u"f"_s)->constFirst().id,
            endpointsFromFile(file, u"f"_s)->constFirst().id);
    }

    void aTomlFileThatAPersonWrote()
    {
        const auto endpoints = endpointsFromFile(R"(
# Ours.
[[endpoints]]
name = "Production"
url = "https://llm.example/v1"
key = "env:PROD_KEY"
http_version = "auto"
headers = { X-Team = "green", Cookie = "${COOKIE}" }
timeouts = { connect_ms = 5000, first_token_ms = 600_000 }
retry = { retries = 3 }

[[endpoints]]
url = "unix:/run/llama.sock"

[endpoints.tls]
pin = "AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA"
client_key_passphrase = "keychain"
)"_ba,
            u"team.toml"_s);
        QVERIFY2(endpoints, qPrintable(endpoints ? QString() : endpoints.error().message));
        QCOMPARE(endpoints->size(), 2);
        const Endpoint &first = endpoints->first();
        QCOMPARE(first.key.name, u"PROD_KEY"_s);
        QCOMPARE(first.httpVersion, HttpVersion::Automatic);
        QCOMPARE(first.headers.size(), 2);
        QCOMPARE(first.timeouts.connect, Milliseconds(5000));
        QCOMPARE(first.timeouts.firstToken, Milliseconds(600'000));
        QCOMPARE(first.timeouts.idle, Timeouts().idle);
        QCOMPARE(first.retry, RetryPolicy{.retries = 3});
        QCOMPARE(endpoints->last().unixSocket, u"/run/llama.sock"_s);
        QCOMPARE(endpoints->last().tls.pin, u"sha256:"_s + u"aa"_s.repeated(32));
        QCOMPARE(endpoints->last().tls.clientKeyPassphrase.kind, KeyReference::Kind::Keychain);
    }

    void onlyWhatIsUnusualIsWritten()
    {
        const Endpoint endpoint{.name = u"A"_s, .url = QUrl(u"http://a"_s)};
        const QByteArray toml = endpointsToFile({endpoint}, EndpointFileForm::Toml);
        QCOMPARE(toml.trimmed(), "[[endpoints]]\nname = 'A'\nurl = 'http://a'"_ba);
    }

    void noCookieIsWritten()
    {
        // Such an endpoint is not stored, but one may come from elsewhere.
        const Endpoint endpoint{.name = u"A"_s,
            .url = QUrl(u"http://a"_s),
            .headers = {{"Cookie", "sid=canary"}, {"X-Cookie", "${SID}"}, {"X-A", "b"}}};
        for (const auto form : {EndpointFileForm::Json, EndpointFileForm::Toml}) {
            const QByteArray file = endpointsToFile({endpoint}, form);
            QVERIFY(!file.contains("canary"));
            QVERIFY(file.contains("${SID}"));
            QVERIFY(file.contains("X-A"));
        }
    }

    void whatIsWrittenIsReadAgain_data()
    {
        QTest::addColumn<EndpointFileForm>("form");
        QTest::newRow("JSON") << EndpointFileForm::Json;
        QTest::newRow("TOML") << EndpointFileForm::Toml;
    }

    void whatIsWrittenIsReadAgain()
    {
        QFETCH(const EndpointFileForm, form);
        Endpoint endpoint{.id = QUuid::createUuid(),
            .name = u"Ünïcode"_s,
            .url = QUrl(u"http://[::1]:8080/v1?api-version=1"_s),
            .provider = u"lorax"_s,
            .server = u"LoRAX"_s,
            .key = {.kind = KeyReference::Kind::Environment, .name = u"K"_s},
            .headers = {{"X-A", "b"}, {"Authorization", "Bearer ${T}"}}};
        endpoint.adapterToken = {.kind = KeyReference::Kind::Environment, .name = u"HF"_s};
        endpoint.cookie = {.kind = KeyReference::Kind::Keychain, .name = {}};
        endpoint.timeouts.total = Milliseconds(7);
        endpoint.proxy = {.mode = ProxySetting::Mode::Explicit, .url = QUrl(u"socks5://p:1"_s)};
        endpoint.unixSocket = u"/run/a.sock"_s;
        endpoint.tls = {.caFile = u"/ca.pem"_s,
            .clientCertificateFile = u"/c.pem"_s,
            .clientKeyFile = u"/k.pem"_s,
            .clientKeyPassphrase = {.kind = KeyReference::Kind::Environment, .name = u"P"_s},
            .pin = u"sha256:"_s + u"0a"_s.repeated(32)};
        endpoint.httpVersion = HttpVersion::Automatic;
        endpoint.retry.retries = 2;
        endpoint.model = u"m"_s;
        const auto again = endpointsFromFile(endpointsToFile({endpoint}, form), u"f"_s);
        QVERIFY2(again, qPrintable(again ? QString() : again.error().message));
        Endpoint read = again->constFirst();
        // A file's headers are members of an object, which has no order.
        QCOMPARE(QSet<QByteArray>({read.headers[0].name, read.headers[1].name}),
            QSet<QByteArray>({"X-A", "Authorization"}));
        read.headers = endpoint.headers;
        QCOMPARE(read, endpoint);
    }

    void aKeyOfThisSessionIsOneToBeEnteredElsewhere()
    {
        Endpoint endpoint{.name = u"A"_s, .url = QUrl(u"http://a"_s)};
        endpoint.key.kind = KeyReference::Kind::Session;
        const QByteArray file = endpointsToFile({endpoint});
        QCOMPARE(
            endpointsFromFile(file, u"f"_s)->constFirst().key.kind, KeyReference::Kind::Keychain);
    }

    void wrongFiles_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("word");
        QTest::newRow("no JSON") << "{\n\"endpoints\": [\n}"_ba << u"line 3"_s;
        QTest::newRow("no TOML") << "# x\n[[endpoints]\n"_ba << u"line 2"_s;
        QTest::newRow("no list in TOML") << "endpoints = 1\n"_ba << u"“endpoints”"_s;
        QTest::newRow("no list") << "{}"_ba << u"“endpoints”"_s;
        QTest::newRow("no URL") << R"({"endpoints":[{"name":"A"}]})"_ba << u"“A” has no “url”"_s;
        QTest::newRow("second") << R"({"endpoints":[{"url":"http://a"},{}]})"_ba << u"endpoint 2"_s;
        QTest::newRow("dialect") << R"({"endpoints":[{"url":"http://a","provider":"klingon"}]})"_ba
                                 << u"klingon"_s;
        QTest::newRow("variable") << R"({"endpoints":[{"url":"http://${LORIKEET_NOT_SET}"}]})"_ba
                                  << u"LORIKEET_NOT_SET"_s;
        QTest::newRow("address") << R"({"endpoints":[{"url":"http://"}]})"_ba << u"no address"_s;
        QTest::newRow("key")
            << R"({"endpoints":[{"url":"http://a","key":"sk-canary-1234567890"}]})"_ba
            << u"does not belong into a file"_s;
        QTest::newRow("cookie") << R"({"endpoints":[{"url":"http://a","cookie":"a=canary"}]})"_ba
                                << u"cookie"_s;
        QTest::newRow("adapter token")
            << R"({"endpoints":[{"url":"http://a","adapter_token":"canary"}]})"_ba
            << u"adapter_token"_s;
        QTest::newRow("passphrase")
            << R"({"endpoints":[{"url":"http://a","tls":{"client_key_passphrase":"canary"}}]})"_ba
            << u"client_key_passphrase"_s;
        QTest::newRow("pin") << R"({"endpoints":[{"url":"https://a","tls":{"pin":"abc"}}]})"_ba
                             << u"fingerprint"_s;
        QTest::newRow("cookie")
            << R"({"endpoints":[{"url":"http://a","headers":{"Cookie":"sid=canary"}}]})"_ba
            << u"Cookie"_s;
        QTest::newRow("header")
            << R"({"endpoints":[{"url":"http://a","headers":{"Authorization":"Bearer canary"}}]})"_ba
            << u"Authorization"_s;
    }

    void wrongFiles()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, word);
        const auto endpoints = endpointsFromFile(content, u"team.json"_s);
        QVERIFY(!endpoints);
        const QString &message = endpoints.error().message;
        QVERIFY2(message.contains(word), qPrintable(message));
        QVERIFY(message.contains(u"team.json"_s));
        QVERIFY(!message.contains(u"canary"_s));
    }

    void environment_data()
    {
        QTest::addColumn<Environment>("variables");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("model");
        QTest::newRow("OpenAI") << Environment{{u"OPENAI_API_KEY"_s, u"canary"_s}}
                                << u"https://api.openai.com/v1"_s << u"OPENAI_API_KEY"_s
                                << QString();
        QTest::newRow("OpenAI elsewhere")
            << Environment{{u"OPENAI_BASE_URL"_s, u"http://gpu:8000/v1"_s}}
            << u"http://gpu:8000/v1"_s << QString() << QString();
        QTest::newRow("Azure, dated")
            << Environment{{u"AZURE_OPENAI_ENDPOINT"_s, u"https://r.openai.azure.com/"_s},
                   {u"AZURE_OPENAI_API_KEY"_s, u"canary"_s},
                   {u"OPENAI_API_VERSION"_s, u"2024-10-21"_s},
                   {u"AZURE_OPENAI_DEPLOYMENT"_s, u"gpt"_s}}
            << u"https://r.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21"_s
            << u"AZURE_OPENAI_API_KEY"_s << u"gpt"_s;
        QTest::newRow("Azure, v1")
            << Environment{{u"AZURE_OPENAI_ENDPOINT"_s, u"https://r.openai.azure.com"_s},
                   {u"AZURE_OPENAI_API_KEY"_s, u"canary"_s}}
            << u"https://r.openai.azure.com/openai/v1"_s << u"AZURE_OPENAI_API_KEY"_s << QString();
        QTest::newRow("Throughster's vLLM")
            << Environment{{u"VLLM_API_BASE"_s, u"http://gpu:8000/v1"_s},
                   {u"VLLM_MODEL_NAME"_s, u"llama"_s}}
            << u"http://gpu:8000/v1"_s << QString() << u"llama"_s;
        QTest::newRow("Throughster's Mistral")
            << Environment{{u"MISTRAL_API_BASE"_s, u"https://mine.example/v1"_s},
                   {u"MISTRAL_API_KEY"_s, u"canary"_s}}
            << u"https://mine.example/v1"_s << u"MISTRAL_API_KEY"_s << QString();
        QTest::newRow("Hugging Face")
            << Environment{{u"HF_TOKEN"_s, u"canary"_s}} << u"https://router.huggingface.co/v1"_s
            << u"HF_TOKEN"_s << QString();
        QTest::newRow("Ollama") << Environment{{u"OLLAMA_HOST"_s, u"0.0.0.0"_s}}
                                << u"http://127.0.0.1:11434"_s << QString() << QString();
    }

    void environment()
    {
        QFETCH(const Environment, variables);
        QFETCH(const QString, url);
        QFETCH(const QString, key);
        QFETCH(const QString, model);
        const QList<EnvironmentEndpoint> all = found(variables);
        QCOMPARE(all.size(), 1);
        QCOMPARE(all.constFirst().endpoint.url.toString(), url);
        QCOMPARE(all.constFirst().endpoint.key.name, key);
        QCOMPARE(all.constFirst().endpoint.model, model);
        QCOMPARE(
            QSet<QString>(all.constFirst().variables.begin(), all.constFirst().variables.end()),
            QSet<QString>(variables.keyBegin(), variables.keyEnd()));
        QVERIFY(!endpointsToFile({all.constFirst().endpoint}).contains("canary"));
    }

    void azuresTokenWinsOverItsKey()
    {
        const auto all = found({{u"AZURE_OPENAI_ENDPOINT"_s, u"https://r.openai.azure.com"_s},
            {u"AZURE_OPENAI_API_KEY"_s, u"canary"_s}, {u"AZURE_OPENAI_AD_TOKEN"_s, u"canary"_s},
            {u"AZURE_OPENAI_DEPLOYMENT"_s, u"gpt"_s}});
        QCOMPARE(all.size(), 1);
        QCOMPARE(all.constFirst().endpoint.key.kind, KeyReference::Kind::None);
        QCOMPARE(all.constFirst().endpoint.headers,
            (Headers{{"Authorization", "Bearer ${AZURE_OPENAI_AD_TOKEN}"}}));
        QVERIFY(all.constFirst().missing.isEmpty());
    }

    void azureUnderOpenAisNamesIsNotOpenAi()
    {
        QVERIFY(found({{u"OPENAI_API_TYPE"_s, u"azure"_s}, {u"OPENAI_API_KEY"_s, u"canary"_s}})
                .isEmpty());
    }

    void nothingIsMadeOfNothing()
    {
        QVERIFY(found({}).isEmpty());
        QVERIFY(found({{u"OPENAI_API_KEY"_s, u"  "_s}, {u"AZURE_OPENAI_API_KEY"_s, u"canary"_s},
                          {u"VLLM_API_KEY"_s, u"canary"_s}})
                .isEmpty());
    }

    void ollamasAddresses_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("url");
        QTest::newRow("address") << u"192.168.0.5"_s << u"http://192.168.0.5:11434"_s;
        QTest::newRow("port") << u":8000"_s << u"http://127.0.0.1:8000"_s;
        QTest::newRow("http") << u"http://gpu"_s << u"http://gpu"_s;
        QTest::newRow("https") << u"https://gpu.example/ollama"_s
                               << u"https://gpu.example/ollama"_s;
        QTest::newRow("listening") << u"0.0.0.0:9000"_s << u"http://127.0.0.1:9000"_s;
        QTest::newRow("name") << u"gpu.example"_s << u"http://gpu.example:11434"_s;
    }

    void ollamasAddresses()
    {
        QFETCH(const QString, host);
        QFETCH(const QString, url);
        QCOMPARE(ollamaUrl(host).toString(), url);
    }
};

QTEST_GUILESS_MAIN(TestEndpointFile)
#include "tst_endpointfile.moc"
