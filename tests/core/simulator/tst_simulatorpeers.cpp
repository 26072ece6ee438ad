// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "providers/endpointprobe.h"
#include "simulator/simulatorthread.h"
#include "transporttest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

const QString key = u"open-sesame"_s;

/// How a person types the address of the simulated server, where that is more than its root.
QString typedPath(const QString &name)
{
    return name == "azure"_L1    ? u"/openai/v1"_s
        : name == "predibase"_L1 ? u"/demo/deployments/v2/llms/simulated-8b"_s
                                 : QString();
}

/// The servers that answer with the one model they have, whatever is named.
bool takesAnyModel(const QString &name) { return name == "llama.cpp"_L1; }

} // namespace

/// Every server the simulator can be, as Lorikeet's own client meets it: recognised, asked, and
/// failing as servers fail.
class tst_SimulatorPeers : public TransportTest
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;

    [[nodiscard]] bool startAs(const QString &name, const QString &wanted = key)
    {
        SimulatorOptions options;
        options.server = name;
        options.key = Secret(wanted);
        options.timing = *simulatorProfile(u"fast");
        m_simulator = std::make_unique<SimulatorThread>(options);
        return bool(m_simulator->start());
    }

    [[nodiscard]] Result<ProbeResult> probed(const QString &name, const QString &given = key)
    {
        Target target;
        target.endpoint.url = m_simulator->url();
        target.endpoint.url.setPath(typedPath(name));
        target.key = Secret(given);
        const auto future = probe(*m_client, target);
        return QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)
            ? future.result()
            : Result<ProbeResult>(fail(ApiError::Kind::Internal, u"The probe did not end."_s));
    }

    /// What a person has after a test of the address.
    [[nodiscard]] std::optional<Target> found(const QString &name)
    {
        const Result<ProbeResult> result = probed(name);
        if (!result) {
            qWarning("%s", qPrintable(result.error().message));
            return std::nullopt;
        }
        Target target;
        target.endpoint.url = result->url;
        target.endpoint.provider = result->provider;
        target.endpoint.server = result->description.server;
        target.endpoint.model = result->description.models.value(0).id;
        target.key = Secret(key);
        return target;
    }

    [[nodiscard]] ChatOutcome chat(const Target &target, const QString &prompt, bool stream = true,
        const QString &model = {}) const
    {
        ChatRequest request;
        request.model = model;
        request.messages = {{.role = Role::System, .content = u"Be brief."_s},
            {.role = Role::User, .content = prompt}};
        request.stream = stream;
        const std::unique_ptr<ChatStream> answer(m_client->chat(target, request));
        QSignalSpy finished(answer.get(), &ChatStream::finished);
        if (!finished.wait(longWait)) {
            return {.choices = {{}}};
        }
        return finished.constFirst().constFirst().value<ChatOutcome>();
    }

    /// All but Langformers, which knows no models, counts nothing, gives no reason for its end, and
    /// shows its page to everyone (tst_langformers).
    [[nodiscard]] static QStringList serverNames()
    {
        QStringList names;
        for (const SimulatorServerHelp &server : simulatorServerHelp()) {
            names.append(server.name);
        }
        names.removeAll(u"langformers"_s);
        return names;
    }

    static void forEachServer()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : serverNames()) {
            QTest::newRow(qPrintable(name)) << name;
        }
    }

private Q_SLOTS:

    void isRecognised_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("server");
        QTest::addColumn<int>("adapters");
        const auto row
            = [](const char *name, const char *provider, const char *server, int adapters) {
                  QTest::newRow(name)
                      << QString::fromLatin1(provider) << QString::fromLatin1(server) << adapters;
              };
        row("vllm", "openai", "vLLM", 3);
        row("llama.cpp", "openai", "llama.cpp", 3);
        row("ollama", "ollama", "Ollama", 3);
        row("tgi", "openai", "TGI", 0);
        row("lorax", "lorax", "LoRAX", 0);
        row("predibase", "predibase", "Predibase", 0);
        row("triton", "triton", "Triton", 0);
        row("sglang", "openai", "SGLang", 3);
        row("lmstudio", "openai", "LM Studio", 0);
        row("mistral", "openai", "Mistral", 0);
        row("azure", "openai", "Azure OpenAI", 0);
        row("anthropic", "anthropic", "Anthropic", 0);
        row("gemini", "gemini", "Gemini", 0);
        row("openai", "openai", "OpenAI", 0);
    }

    void isRecognised()
    {
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(startAs(name));
        const Result<ProbeResult> result = probed(name);
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QTEST(result->provider, "provider");
        QTEST(result->description.server, "server");
        QTEST(int(result->description.adapters.size()), "adapters");
        QVERIFY(!result->description.models.isEmpty());
    }

    void answers_data() { forEachServer(); }

    void answers()
    {
        QFETCH(const QString, name);
        QVERIFY(startAs(name));
        const std::optional<Target> target = found(name);
        QVERIFY(target);
        const ChatOutcome streamed = chat(*target, u"Say: one two three"_s);
        QVERIFY2(!streamed.error,
            qPrintable(streamed.error ? streamed.error->message + streamed.error->serverMessage
                                      : QString()));
        QCOMPARE(streamed.choice().text, u"one two three"_s);
        QCOMPARE(streamed.choice().finish.kind, FinishReason::Kind::Stop);
        QVERIFY(streamed.usage.completionTokens.value_or(0) > 0);
        QVERIFY(streamed.usage.promptTokens.value_or(0) > 0);
        const ChatOutcome whole = chat(*target, u"Say: one two three"_s, false);
        QVERIFY(!whole.error);
        QCOMPARE(whole.choice().text, streamed.choice().text);
        QCOMPARE(whole.usage.completionTokens, streamed.usage.completionTokens);
    }

    void refusesAWrongKey_data() { forEachServer(); }

    void refusesAWrongKey()
    {
        QFETCH(const QString, name);
        QVERIFY(startAs(name));
        std::optional<Target> target = found(name);
        QVERIFY(target);
        target->key = Secret(u"wrong-one"_s);
        const ChatOutcome outcome = chat(*target, u"Hello"_s);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Unauthorized);
        QVERIFY(!outcome.error->message.contains(u"wrong-one"_s));
        // The addresses of these tell of them before a key is wanted.
        if (name != "lorax"_L1 && name != "triton"_L1 && name != "tgi"_L1) {
            const Result<ProbeResult> result = probed(name, u"wrong-one"_s);
            QVERIFY(!result);
            QCOMPARE(result.error().kind, ApiError::Kind::Unauthorized);
        }
    }

    void refusesAnUnknownModel_data() { forEachServer(); }

    void refusesAnUnknownModel()
    {
        QFETCH(const QString, name);
        QVERIFY(startAs(name));
        const std::optional<Target> target = found(name);
        QVERIFY(target);
        if (name == "lorax"_L1 || name == "predibase"_L1 || name == "tgi"_L1
            || takesAnyModel(name)) {
            return; // One model, whatever is named; an unknown adapter is tested with each.
        }
        const ChatOutcome outcome = chat(*target, u"Hello"_s, true, u"no-such-model"_s);
        QVERIFY(outcome.error);
        // Also where the server calls it a bad request, as Mistral does.
        QCOMPARE(outcome.error->kind, ApiError::Kind::NotFound);
        QVERIFY(outcome.choice().text.isEmpty());
    }

    void breaksOff_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("fault");
        for (const QString &name : serverNames()) {
            for (const QByteArray &fault : {"cut;3"_ba, "no-finish"_ba, "error;3"_ba}) {
                QTest::addRow("%s %s", qPrintable(name), fault.constData()) << name << fault;
            }
        }
    }

    /// What has come stays, and the answer is not taken for whole.
    void breaksOff()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, fault);
        QVERIFY(startAs(name));
        std::optional<Target> target = found(name);
        QVERIFY(target);
        target->endpoint.headers.append(Header{"X-Lorikeet-Fault", fault});
        const ChatOutcome outcome = chat(*target, u"Explain rate limits"_s);
        QVERIFY(outcome.error);
        QVERIFY(!outcome.choice().text.isEmpty());
        if (!fault.startsWith("error")) {
            QCOMPARE(outcome.error->kind, ApiError::Kind::Truncated);
        } else {
            QVERIFY(outcome.error->kind != ApiError::Kind::Truncated);
            QVERIFY(!outcome.error->serverMessage.isEmpty());
        }
    }

    void isTooBusy_data() { forEachServer(); }

    void isTooBusy()
    {
        QFETCH(const QString, name);
        QVERIFY(startAs(name));
        std::optional<Target> target = found(name);
        QVERIFY(target);
        target->endpoint.headers.append(Header{"X-Lorikeet-Fault", "429;7"});
        const ChatOutcome outcome = chat(*target, u"Hello"_s);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::RateLimited);
        QCOMPARE(outcome.error->retryAfter, Milliseconds(7000));
    }

    void thinksAndCalls_data()
    {
        QTest::addColumn<ParameterSet>("thinking");
        QTest::addColumn<QString>("tools");
        QTest::newRow("ollama") << ParameterSet{{u"think"_s,
            u"true"_s}} << uR"([{"type":"function","function":{"name":"get_weather","parameters":
                {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}])"_s;
        QTest::newRow("anthropic") << ParameterSet{{u"thinking"_s,
            QJsonObject{{u"type"_s, u"enabled"_s}, {u"budget_tokens"_s, 1024}}}}
                                   << uR"([{"name":"get_weather","input_schema":
                {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}])"_s;
        QTest::newRow("gemini") << ParameterSet{{u"thinkingConfig"_s,
            QJsonObject{{u"includeThoughts"_s, true}}}}
                                << uR"([{"functionDeclarations":[{"name":"get_weather","parameters":
                {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]}])"_s;
    }

    void thinksAndCalls()
    {
        QFETCH(const ParameterSet, thinking);
        QFETCH(const QString, tools);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(startAs(name));
        const std::optional<Target> target = found(name);
        QVERIFY(target);
        ChatRequest request{.messages = {{.content = u"What is the weather in Ulm?"_s}}};
        const auto why = [](const ChatOutcome &outcome) {
            const ApiError error = outcome.error.value_or(ApiError());
            return (error.message + u' ' + error.serverMessage).toUtf8();
        };
        const auto ask = [&] {
            const std::unique_ptr<ChatStream> answer(m_client->chat(*target, request));
            QSignalSpy finished(answer.get(), &ChatStream::finished);
            return finished.wait(longWait) ? finished.constFirst().constFirst().value<ChatOutcome>()
                                           : ChatOutcome{.choices = {{}}};
        };
        request.parameters = thinking;
        const ChatOutcome thought = ask();
        QVERIFY2(!thought.error, why(thought).constData());
        QVERIFY(!thought.choice().reasoning.isEmpty());
        QVERIFY(!thought.choice().text.isEmpty());

        request.parameters = {{u"tools"_s, QJsonDocument::fromJson(tools.toUtf8()).array()}};
        const ChatOutcome called = ask();
        QVERIFY2(!called.error, why(called).constData());
        QCOMPARE(called.choice().toolCalls.size(), 1);
        const ToolCall call = called.choice().toolCalls.constFirst();
        QCOMPARE(call.name, u"get_weather"_s);
        QVERIFY(QJsonDocument::fromJson(call.arguments.toUtf8())[u"city"_s].isString());

        // The call and its result go back as that server wants them.
        request.parameters.clear();
        request.messages.append({.role = Role::Assistant, .toolCalls = {call}});
        request.messages.append({.role = Role::Tool, .content = u"sunny"_s, .toolCallId = call.id});
        const ChatOutcome answered = ask();
        QVERIFY2(!answered.error, why(answered).constData());
        QVERIFY(!answered.choice().text.isEmpty());
    }

    /// Anthropic's thoughts beside tools: the client gives them back as they came, and the server
    /// would notice if it did not.
    void thinksBeforeItCalls_data()
    {
        QTest::addColumn<bool>("stream");
        QTest::addColumn<QString>("hidden");
        QTest::newRow("streamed") << true << QString();
        QTest::newRow("whole") << false << QString();
        QTest::newRow("hidden") << true
                                << u" ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_46C9"_s;
    }

    void thinksBeforeItCalls()
    {
        QFETCH(const bool, stream);
        QFETCH(const QString, hidden);
        QVERIFY(startAs(u"anthropic"_s));
        const std::optional<Target> target = found(u"anthropic"_s);
        QVERIFY(target);
        ChatRequest request{
            .messages = {{.content = u"First get_weather, then get_time."_s + hidden}}};
        request.stream = stream;
        request.parameters = {
            {u"thinking"_s, QJsonObject{{u"type"_s, u"enabled"_s}, {u"budget_tokens"_s, 1024}}},
            {u"tools"_s,
                QJsonDocument::fromJson(R"([{"name":"get_weather","input_schema":{"type":"object"}},
                    {"name":"get_time","input_schema":{"type":"object"}}])")
                    .array()}};
        const auto ask = [&](const ChatRequest &asked) {
            const std::unique_ptr<ChatStream> answer(m_client->chat(*target, asked));
            QSignalSpy finished(answer.get(), &ChatStream::finished);
            return finished.wait(longWait) ? finished.constFirst().constFirst().value<ChatOutcome>()
                                           : ChatOutcome{.choices = {{}}};
        };
        for (const QString &name : {u"get_weather"_s, u"get_time"_s}) {
            const ChatOutcome called = ask(request);
            QVERIFY2(!called.error, qPrintable(called.error.value_or(ApiError()).serverMessage));
            const ChatChoice &choice = called.choice();
            QCOMPARE(choice.toolCalls.size(), 1);
            QCOMPARE(choice.toolCalls[0].name, name);
            QCOMPARE(choice.thoughts.size(), 1);
            QCOMPARE(choice.reasoning.isEmpty(), !hidden.isEmpty());
            QCOMPARE(choice.thoughts[0].text, choice.reasoning);
            QCOMPARE(choice.thoughts[0].hidden.isEmpty(), hidden.isEmpty());
            Message message{
                .role = Role::Assistant, .content = choice.text, .toolCalls = choice.toolCalls};
            request.messages.append(message);
            request.messages.append(
                {.role = Role::Tool, .content = u"7"_s, .toolCallId = choice.toolCalls[0].id});
            // Without what it thought it is refused: here where nothing was thought in the whole
            // turn, by the server where it knows better.
            const ChatOutcome without = ask(request);
            QVERIFY(without.error);
            const QString said = without.error->message + without.error->serverMessage;
            QVERIFY2(said.contains(name == "get_weather"_L1 ? u"wants back what was thought"_s
                                                            : u"Expected `thinking`"_s),
                qPrintable(said));
            Message &sent = request.messages[request.messages.size() - 2];
            sent.thoughts = choice.thoughts;
            (hidden.isEmpty() ? sent.thoughts[0].text : sent.thoughts[0].hidden) += u"x"_s;
            const ChatOutcome changed = ask(request);
            QVERIFY(changed.error);
            QVERIFY2(changed.error->serverMessage.contains(u"cannot be modified"_s),
                qPrintable(changed.error->serverMessage));
            sent.thoughts = choice.thoughts;
        }
        const ChatOutcome answered = ask(request);
        QVERIFY2(!answered.error, qPrintable(answered.error.value_or(ApiError()).serverMessage));
        QVERIFY(answered.choice().text.contains(u"7"_s));
    }
};

QTEST_GUILESS_MAIN(tst_SimulatorPeers)
#include "tst_simulatorpeers.moc"
