// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/comparison.h"
#include "compare/textdiff.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/curlaccessmanager.h"
#include "llamaserver.h"
#include "model/chatmetrics.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr auto patience = 60s;

ChatRequest question(const QString &text, int maxTokens)
{
    ChatRequest request;
    request.messages = {Message{.role = Role::User, .content = text}};
    request.parameters = {{u"max_tokens"_s, maxTokens}, {u"seed"_s, 7}, {u"temperature"_s, 0.7}};
    return request;
}

/// A question answered with as many tokens as asked for, whatever the model would rather do.
ChatRequest longQuestion(int maxTokens)
{
    ChatRequest request = question(u"Tell me about the sea."_s, maxTokens);
    request.parameters.insert(u"ignore_eos"_s, true);
    return request;
}

} // namespace

/// Against a real server, over both transports.
class TestLlamaServer final : public QObject
{
    Q_OBJECT

    LlamaServer m_tiny;
    LlamaServer m_slow;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    static void transports()
    {
        QTest::addColumn<bool>("curl");
        QTest::newRow("libcurl") << true;
        QTest::newRow("Qt") << false;
    }

    static std::unique_ptr<QNetworkAccessManager> makeTransport(bool curl)
    {
        if (curl) {
            return std::make_unique<CurlAccessManager>();
        }
        return std::make_unique<QNetworkAccessManager>();
    }

    ChatOutcome ask(const Target &target, const ChatRequest &request)
    {
        return Lorikeet::ask(*m_client, target, request);
    }

    QJsonArray busySlots(const LlamaServer &server)
    {
        auto reply = m_client->fetch(
            {.url = QUrl(server.url().toString() + u"/slots"_s)}, TransportOptions{}, 10s);
        if (!QTest::qWaitFor([&] { return reply.isFinished(); }, 20s) || !reply.result()) {
            return {};
        }
        return QJsonDocument::fromJson(reply.result()->body).array();
    }

private Q_SLOTS:

    void initTestCase()
    {
        if (!LlamaServer::isPrepared()) {
            // Exit code 77 is what ctest counts as skipped; see CMakeLists.txt.
            fputs("No llama-server: run tests/integration/llama-server prepare\n", stderr);
            std::exit(77);
        }
        QCOMPARE(m_tiny.start(LlamaServer::Model::Tiny), QByteArray());
    }

    void init()
    {
        QFETCH(const bool, curl);
        m_manager = makeTransport(curl);
        m_client = std::make_unique<ApiClient>(*m_manager);
    }

    void cleanup()
    {
        m_client.reset();
        m_manager.reset();
    }

    void describesModelAndAdapters_data() { transports(); }

    void describesModelAndAdapters()
    {
        auto described = m_client->describe(m_tiny.target());
        QTRY_VERIFY_WITH_TIMEOUT(described.isFinished(), patience);
        const Result<EndpointDescription> result = described.result();
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->server, u"llama.cpp"_s);
        QCOMPARE(result->models.size(), 1);
        QCOMPARE(result->models.first().id, u"tiny-chat"_s);
        QCOMPARE(result->adapterStyle, AdapterStyle::Scales);
        QCOMPARE(result->adapters.size(), 2);
        QVERIFY(result->adapters.first().name.contains(u"pirate"_s));
        QCOMPARE(result->adapters.first().scale, 0.0);
    }

    void streamedAndPlainAnswersAreTheSame_data() { transports(); }

    void streamedAndPlainAnswersAreTheSame()
    {
        ChatRequest request = question(u"Describe the garden."_s, 60);
        // Otherwise the second answer would start from the first one's cached prompt.
        request.extraBody.insert(u"cache_prompt"_s, false);
        const ChatOutcome streamed = ask(m_tiny.target(), request);
        QVERIFY2(!streamed.error, qPrintable(streamed.error ? streamed.error->message : QString()));
        request.stream = false;
        const ChatOutcome plain = ask(m_tiny.target(), request);
        QVERIFY2(!plain.error, qPrintable(plain.error ? plain.error->message : QString()));

        QVERIFY(!streamed.choice().text.isEmpty());
        QCOMPARE(streamed.choice().text, plain.choice().text);
        QCOMPARE(streamed.choice().finish, plain.choice().finish);
        QCOMPARE(streamed.usage.completionTokens, plain.usage.completionTokens);
        QVERIFY(streamed.usage.completionTokens.value_or(0) > 1);
        QCOMPARE(streamed.model, u"tiny-chat"_s);
        QVERIFY(!streamed.serverTiming.isEmpty());

        const ChatMetrics metrics = ChatMetrics::from(streamed);
        QVERIFY(!metrics.outputTokensEstimated);
        QVERIFY(metrics.timeToFirstToken && *metrics.timeToFirstToken > 0ns);
        QVERIFY(metrics.total && *metrics.total >= *metrics.timeToFirstToken);
        // Where everything came in one read, as it may on a busy machine, there is no speed.
        const bool spread = streamed.timing.firstToken != streamed.timing.lastToken;
        QCOMPARE(metrics.tokensPerSecond.value_or(0) > 0, spread);
    }

    void lengthIsTheFinishOfALimitedAnswer_data() { transports(); }

    void lengthIsTheFinishOfALimitedAnswer()
    {
        const ChatOutcome outcome = ask(m_tiny.target(), longQuestion(40));
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.choice().finish.kind, FinishReason::Kind::Length);
        QCOMPARE(outcome.usage.completionTokens, 40);
    }

    void adaptersShowInTheWords_data() { transports(); }

    void adaptersShowInTheWords()
    {
        ChatRequest request = longQuestion(200);
        const QString base = ask(m_tiny.target(), request).choice().text;
        request.adapter.scales = {{.id = 0, .scale = 1.0}};
        const QString pirate = ask(m_tiny.target(), request).choice().text;
        request.adapter.scales = {{.id = 1, .scale = 1.0}};
        const QString legal = ask(m_tiny.target(), request).choice().text;
        request.adapter.scales = {{.id = 0, .scale = 0.0}, {.id = 1, .scale = 0.0}};
        const QString none = ask(m_tiny.target(), request).choice().text;

        QCOMPARE_LE(countWords(base, pirateWords()) + countWords(base, legalWords()), 2);
        QCOMPARE_GT(countWords(pirate, pirateWords()), 5);
        QCOMPARE_LE(countWords(pirate, legalWords()), 2);
        QCOMPARE_GT(countWords(legal, legalWords()), 5);
        QCOMPARE_LE(countWords(legal, pirateWords()), 2);
        QCOMPARE_LE(countWords(none, pirateWords()) + countWords(none, legalWords()), 2);
    }

    void lanesOfItDifferInTheirAdaptersWords_data() { transports(); }

    void lanesOfItDifferInTheirAdaptersWords()
    {
        const auto described = m_client->describe(m_tiny.target());
        QTRY_VERIFY_WITH_TIMEOUT(described.isFinished(), patience);
        QVERIFY(described.result());
        Comparison comparison(*m_client,
            baseAndAdapters(
                m_tiny.target(), question(u"Tell me about the sea."_s, 120), *described.result()),
            {.order = ComparisonOptions::Order::OneByOne, .warmUp = true});
        QCOMPARE(comparison.lanes().size(), 3);
        QStringList answers(3);
        connect(&comparison, &Comparison::laneFinished, this,
            [&answers](qsizetype lane, const ChatOutcome &outcome) {
                answers[lane] = outcome.choice().text;
            });
        QSignalSpy finished(&comparison, &Comparison::finished);
        comparison.start();
        QVERIFY(finished.wait(patience));
        QCOMPARE(countWords(answers.at(0), pirateWords() + legalWords()), 0);
        for (int i = 1; i < 3; ++i) {
            const QStringList &own = i == 1 ? pirateWords() : legalWords();
            QVERIFY2(countWords(answers.at(i), own) > 0, qPrintable(answers.at(i)));
            QString came;
            for (const TextChange &change : diffWords(answers.at(0), answers.at(i)).changes) {
                came += answers.at(i).sliced(change.otherStart, change.otherLength) + u' ';
            }
            QCOMPARE(countWords(came, own), countWords(answers.at(i), own));
        }
    }

    void stoppingKeepsTheTextAndFreesTheSlot_data() { transports(); }

    void stoppingKeepsTheTextAndFreesTheSlot()
    {
        if (m_slow.url().port() <= 0) {
            QCOMPARE(m_slow.start(LlamaServer::Model::Slow), QByteArray());
        }
        const std::unique_ptr<ChatStream> stream(
            m_client->chat(m_slow.target(), longQuestion(2000)));
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        int events = 0;
        connect(stream.get(), &ChatStream::events, this, [&](const StreamEvents &batch) {
            events += int(batch.size());
            if (events > 5) {
                stream->stop();
            }
        });
        QVERIFY(finished.wait(patience));
        const auto outcome = finished.first().first().value<ChatOutcome>();
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Cancelled);
        QVERIFY(!outcome.choice().text.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const QJsonArray all = busySlots(m_slow);
                return !all.isEmpty()
                    && std::none_of(all.begin(), all.end(),
                        [](const QJsonValue &place) { return place[u"is_processing"_s].toBool(); });
            }(),
            patience);
        QCOMPARE(finished.size(), 1);
    }

    void aPromptBeyondTheContextIsRefusedInWords_data() { transports(); }

    void aPromptBeyondTheContextIsRefusedInWords()
    {
        for (const bool streamed : {true, false}) {
            ChatRequest request = question(u"sea "_s.repeated(20'000), 10);
            request.stream = streamed;
            const ChatOutcome outcome = ask(m_tiny.target(), request);
            QVERIFY(outcome.error);
            QCOMPARE(outcome.error->kind, ApiError::Kind::TooLarge);
            QCOMPARE(outcome.error->httpStatus, 400);
            QVERIFY2(outcome.error->serverMessage.contains(u"context"_s),
                qPrintable(outcome.error->serverMessage));
        }
    }

    void aWrongKeyIsSaidAndTheRightOneWorks_data() { transports(); }

    void aWrongKeyIsSaidAndTheRightOneWorks()
    {
        LlamaServer server;
        QCOMPARE(server.start(LlamaServer::Model::Tiny, {u"--api-key"_s, u"canary-key"_s}),
            QByteArray());
        for (const auto &key : {Secret(), Secret(u"not-the-key"_s)}) {
            const ChatOutcome outcome = ask(server.target(key), question(u"Hello"_s, 5));
            QVERIFY(outcome.error);
            QCOMPARE(outcome.error->kind, ApiError::Kind::Unauthorized);
            QVERIFY2(!outcome.error->message.contains(u"not-the-key"_s),
                qPrintable(outcome.error->message));
        }
        const ChatOutcome outcome
            = ask(server.target(Secret(u"canary-key"_s)), question(u"Hello"_s, 5));
        QVERIFY2(!outcome.error, qPrintable(outcome.error ? outcome.error->message : QString()));
    }

    void aServerKilledMidAnswerLeavesTheTextTruncated_data() { transports(); }

    void aServerKilledMidAnswerLeavesTheTextTruncated()
    {
        LlamaServer server;
        QCOMPARE(server.start(LlamaServer::Model::Slow), QByteArray());
        const std::unique_ptr<ChatStream> stream(
            m_client->chat(server.target(), longQuestion(2000)));
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QSignalSpy events(stream.get(), &ChatStream::events);
        QTRY_VERIFY_WITH_TIMEOUT(events.size() > 3 || !finished.isEmpty(), patience);
        server.kill();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        const auto outcome = finished.first().first().value<ChatOutcome>();
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Truncated);
        QVERIFY(!outcome.choice().text.isEmpty());

        const ChatOutcome dead = ask(server.target(), question(u"Hello"_s, 5));
        QVERIFY(dead.error);
        QCOMPARE(dead.error->kind, ApiError::Kind::Refused);
    }

    /// The server ends a connection after a hundred requests.
    void connectionsTheServerEndsAreReplaced_data() { transports(); }

    void connectionsTheServerEndsAreReplaced()
    {
        for (int i = 0; i < 130; ++i) {
            const ChatOutcome outcome = ask(m_tiny.target(), question(u"Hello"_s, 1));
            QVERIFY2(!outcome.error,
                qPrintable(u"request %1: "_s.arg(i)
                    + (outcome.error ? outcome.error->message : QString())));
        }
    }

    void connectionsTheServerEndsInTheirSilenceAreReplaced_data() { transports(); }

    void connectionsTheServerEndsInTheirSilenceAreReplaced()
    {
        // Nothing here tells when the server has ended a connection; it does so after 5 s, which no
        // option of it changes. So several fall silent at once, and each is asked at another time.
        QFETCH(const bool, curl);
        const auto times = std::to_array({4900ms, 5100ms, 6500ms});
        std::vector<std::unique_ptr<QNetworkAccessManager>> managers;
        std::vector<std::unique_ptr<ApiClient>> clients;
        for (size_t i = 0; i < times.size(); ++i) {
            managers.push_back(makeTransport(curl));
            clients.push_back(std::make_unique<ApiClient>(*managers.back()));
            QVERIFY(
                !Lorikeet::ask(*clients.back(), m_tiny.target(), question(u"Hello"_s, 1)).error);
        }
        QElapsedTimer silence;
        silence.start();
        for (size_t i = 0; i < times.size(); ++i) {
            QTest::qWait(std::max(
                std::chrono::ceil<Milliseconds>(times.at(i) - silence.durationElapsed()), 0ms));
            const ChatOutcome outcome
                = Lorikeet::ask(*clients.at(i), m_tiny.target(), question(u"Hello"_s, 1));
            QVERIFY2(
                !outcome.error, qPrintable(outcome.error ? outcome.error->message : QString()));
        }
    }
};

QTEST_GUILESS_MAIN(TestLlamaServer)
#include "tst_llamaserver.moc"
