// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "scriptedserver.h"
#include "simulator/simulator.h"
#include "store/store.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// `lori probe`, as a person or a script runs it.
class TestLoriProbe final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;

private Q_SLOTS:

    /// Azure answers for any name; only the deployment itself tells that it is not there.
    void anUnknownDeploymentIsNamed()
    {
        Simulator simulator(SimulatorOptions{.server = u"azure"_s});
        QVERIFY(simulator.start());
        const LoriEnd end = runLori(m_home,
            {u"probe"_s,
                simulator.url().toString()
                    + u"/openai/deployments/no-such?api-version=2024-10-21"_s});
        QCOMPARE(end.code, 5);
        QVERIFY2(end.err.contains("has no deployment “no-such”"), end.err);
        QVERIFY(end.out.isEmpty());
    }

    void everySimulatedServerIsRecognised_data()
    {
        QTest::addColumn<QString>("as");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("path");

        struct Row
        {
            const char *as;
            const char *typed; ///< besides the address alone and a wrong path
            const char *server;
            const char *provider;
            const char *path; ///< where the API is found to lie
        };

        static constexpr Row rows[]{{"vllm", "/v1/chat/completions", "vLLM", "openai", "/v1"},
            {"llama.cpp", "/v1/models", "llama.cpp", "openai", "/v1"},
            {"sglang", "/v1/completions", "SGLang", "openai", "/v1"},
            {"tgi", "/v1", "TGI", "openai", "/v1"}, {"lorax", "/generate", "LoRAX", "lorax", ""},
            {"ollama", "/api/chat", "Ollama", "ollama", ""},
            {"lmstudio", "/v1", "LM Studio", "openai", "/v1"},
            {"mistral", "/v1/chat/completions", "Mistral", "openai", "/v1"},
            {"azure", "/openai/v1/chat/completions", "Azure OpenAI", "openai", "/openai/v1"},
            {"openai", "/v1/chat/completions", "OpenAI", "openai", "/v1"},
            {"anthropic", "/v1/messages", "Anthropic", "anthropic", "/v1"},
            {"gemini", "/v1beta/models", "Gemini", "gemini", "/v1beta"},
            {"langformers", "/api/generate", "Langformers", "langformers", ""},
            {"triton", "/v2/health/ready", "Triton", "triton", ""}};
        for (const Row &row : rows) {
            for (const char *typed : {"", "/wrong/path", row.typed}) {
                QTest::addRow("%s%s", row.as, typed)
                    << QString::fromLatin1(row.as) << QString::fromLatin1(typed)
                    << QString::fromLatin1(row.server) << QString::fromLatin1(row.provider)
                    << QString::fromLatin1(row.path);
            }
        }
        const auto row = [](const char *name, const char *as, const char *typed, const char *server,
                             const char *provider, const char *path) {
            QTest::newRow(name) << QString::fromLatin1(as) << QString::fromLatin1(typed)
                                << QString::fromLatin1(server) << QString::fromLatin1(provider)
                                << QString::fromLatin1(path);
        };
        row("tgi's own", "tgi", "/generate", "TGI", "tgi", "");
        row("azure, dated", "azure", "/openai/deployments/simulated-8b?api-version=2024-10-21",
            "Azure OpenAI", "openai", "/openai/deployments/simulated-8b?api-version=2024-10-21");
        row("predibase", "predibase", "/demo/deployments/v2/llms/mine", "Predibase", "predibase",
            "/demo/deployments/v2/llms/mine");
        row("predibase, a route", "predibase", "/demo/deployments/v2/llms/mine/generate",
            "Predibase", "predibase", "/demo/deployments/v2/llms/mine");
    }

    void everySimulatedServerIsRecognised()
    {
        QFETCH(const QString, as);
        QFETCH(const QString, typed);
        QFETCH(const QString, server);
        QFETCH(const QString, provider);
        QFETCH(const QString, path);
        Simulator simulator(SimulatorOptions{.server = as});
        QVERIFY(simulator.start());
        const QString root = simulator.url().toString();
        QStringList arguments{u"probe"_s, root + typed, u"--json"_s};
        const bool wantsKey = as == "predibase"_L1; // whichever it is
        if (wantsKey) {
            arguments += {u"--key-env"_s, u"LORI_TEST_KEY"_s};
        }
        const LoriEnd end = runLori(m_home, arguments);
        QVERIFY2(end.code == 0, end.err);
        QCOMPARE(end.out.count('\n'), 1);
        const QJsonObject found = QJsonDocument::fromJson(end.out).object();
        QCOMPARE(found[u"server"_s], server);
        QCOMPARE(found[u"provider"_s], provider);
        QCOMPARE(found[u"url"_s], root + path);
        QCOMPARE(found[u"key_sent"_s], wantsKey);
        const QString notes = found[u"notes"_s].toVariant().toStringList().join(u' ');
        QCOMPARE(notes.contains(u"The API lies at %1."_s.arg(root + path)), typed != path);
        const QJsonObject capabilities = found[u"capabilities"_s].toObject();
        QCOMPARE(capabilities.size(), 10);
        for (const QJsonValue &capability : capabilities) {
            const bool isUnknown = capability[u"state"_s] == u"unknown"_s;
            QCOMPARE(capability[u"ground"_s] == u"none"_s, isUnknown);
        }
    }

    void theTextTellsAll()
    {
        Simulator simulator(SimulatorOptions{.server = u"vllm"_s});
        QVERIFY(simulator.start());
        const LoriEnd end = runLori(m_home, {u"probe"_s, simulator.url().toString()});
        QCOMPARE(end.code, 0);
        for (const char *part :
            {"vLLM ", "dialect", "openai", "simulated-8b", "support-v4", "What it can do:\n",
                "?    tools", "--enable-auto-tool-choice", "yes  metrics           GET /metrics",
                "known of vLLM: POST /tokenize", "Without a key:\n  open", "GET /v1/models"}) {
            QVERIFY2(end.out.contains(part), part + "\n"_ba + end.out);
        }
        QVERIFY2(end.err.contains("The API lies at"), end.err);
    }

    void whatAKeyGuardsIsTold()
    {
        Simulator simulator(
            SimulatorOptions{.server = u"vllm"_s, .key = Secret(u"canary-0123456789"_s)});
        QVERIFY(simulator.start());
        const QString url = simulator.url().toString();
        const LoriEnd with
            = runLori(m_home, {u"probe"_s, url, u"--json"_s, u"--key-env"_s, u"LORI_TEST_KEY"_s});
        QCOMPARE(with.code, 0);
        const QJsonObject found = QJsonDocument::fromJson(with.out).object();
        QCOMPARE(found[u"key_sent"_s], true);
        QVERIFY(!with.out.contains("canary"));
        QHash<QString, QString> access;
        for (const QJsonValue &route : found[u"access"_s].toArray()) {
            access.insert(route[u"route"_s].toString(), route[u"access"_s].toString());
        }
        QCOMPARE(access.value(u"GET /v1/models"_s), u"guarded"_s);
        QCOMPARE(access.value(u"GET /metrics"_s), u"open"_s);

        const LoriEnd without = runLori(m_home, {u"probe"_s, url});
        QCOMPARE(without.code, 5);
        QVERIFY2(without.err.contains("wants a key"), without.err);
    }

    /// What a stored endpoint showed is what the window shows at its next start.
    void whatAStoredEndpointShowedIsKept()
    {
        Simulator simulator(SimulatorOptions{.server = u"llama.cpp"_s});
        QVERIFY(simulator.start());
        const QString folder = m_home.path() + u"/lorikeet"_s;
        QVERIFY(QDir().mkpath(folder));
        const QString file = folder + u"/lorikeet.db"_s;
        Endpoint endpoint;
        endpoint.id = QUuid::createUuid();
        endpoint.name = u"My Box"_s;
        endpoint.url = simulator.url();
        endpoint.provider = u"openai"_s;
        {
            Store store(file);
            QVERIFY(take(store.open()));
            QVERIFY(take(store.endpoints().save(endpoint)));
        }
        const LoriEnd end
            = runLori(m_home, {u"probe"_s, u"my box"_s, u"--header"_s, u"X-Once: 1"_s});
        QVERIFY2(end.code == 0, end.err);
        {
            Store store(file);
            QVERIFY(take(store.open()));
            const auto findings = take(store.endpoints().findings());
            QVERIFY(findings);
            const EndpointDescription kept = findings->value(endpoint.id).description;
            QCOMPARE(kept.server, u"llama.cpp"_s);
            QCOMPARE(kept.capabilities.size(), 10);
            QVERIFY(!kept.access.isEmpty());
            const auto endpoints = take(store.endpoints().list());
            QVERIFY(endpoints && endpoints->constFirst().headers.isEmpty());
        }
        const LoriEnd list = runLori(m_home, {u"endpoints"_s});
        QVERIFY2(list.out.contains("llama.cpp b9999-simulated, 1 model, 3 adapters"), list.out);
    }

    void whatAServerHasCounted()
    {
        Simulator simulator(SimulatorOptions{.server = u"vllm"_s});
        QVERIFY(simulator.start());
        const QStringList asked{u"metrics"_s, u"-e"_s, simulator.url().toString()};
        const LoriEnd text = runLori(m_home, asked + QStringList{u"num_requests"_s});
        QCOMPARE(text.err, ""_ba);
        QVERIFY2(text.out.startsWith("vllm:num_requests_"), text.out);
        QVERIFY2(text.out.contains("} 0\n"), text.out);
        QVERIFY(!text.out.contains("time_to_first_token"));
        const LoriEnd json = runLori(m_home, asked + QStringList{u"--json"_s});
        const QList<QByteArray> lines = json.out.trimmed().split('\n');
        QVERIFY(lines.size() > 5);
        for (const QByteArray &line : lines) {
            const QJsonObject family = QJsonDocument::fromJson(line).object();
            QVERIFY2(!family[u"type"_s].toString().isEmpty(), line);
            QVERIFY2(!family[u"samples"_s].toArray().isEmpty(), line);
        }
        Simulator without(SimulatorOptions{.server = u"ollama"_s});
        QVERIFY(without.start());
        const LoriEnd nothing = runLori(m_home, asked + QStringList{u"nope"_s});
        QVERIFY(nothing.out.isEmpty());
        QVERIFY2(nothing.err.contains("No metric of this server has “nope” in its name"),
            nothing.err.constData());
        const LoriEnd none = runLori(m_home, {u"metrics"_s, u"-e"_s, without.url().toString()});
        QCOMPARE(none.code, 5);
        QVERIFY2(none.err.contains("tells no metrics"), none.err);
    }

    void failures_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("nothing") << QStringList() << 2 << "not 0"_ba;
        QTest::newRow("two") << QStringList{u"a:1"_s, u"b:1"_s} << 2 << "not 2"_ba;
        QTest::newRow("no such name") << QStringList{u"nowhere"_s} << 2 << "nowhere"_ba;
        QTest::newRow("nobody listens")
            << QStringList{u"http://127.0.0.1:1"_s} << 4 << "127.0.0.1:1"_ba;
    }

    void failures()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        QFETCH(const QByteArray, sentence);
        const LoriEnd end = runLori(m_home, QStringList{u"probe"_s} + arguments);
        QCOMPARE(end.code, code);
        QVERIFY2(end.err.contains(sentence), end.err);
        QCOMPARE(end.out, ""_ba);
    }

    void aServerThatKeepsSilentIsGivenUp()
    {
        ScriptedServer server;
        server.setDefault(Script().hold());
        const LoriEnd end
            = runLori(m_home, {u"probe"_s, server.url().toString(), u"--timeout"_s, u"0.2"_s});
        QCOMPARE(end.code, 4);
        QVERIFY2(end.err.contains("within 0.2 s"), end.err);
    }

private:
    template<typename T>
    static T take(const QFuture<T> &future)
    {
        return QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)
            ? future.result()
            : T(Failure(ApiError()));
    }
};

QTEST_GUILESS_MAIN(TestLoriProbe)
#include "tst_loriprobe.moc"
