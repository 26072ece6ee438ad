// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "llamaserver.h"
#include "managers.h"
#include "providers/endpointprobe.h"
#include "tasks/taskclient.h"

#include <QNetworkAccessManager>
#include <QTest>

#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int patience = 60'000;

template<typename T>
Result<T> resultOf(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, patience)) {
        return fail(ApiError::Kind::Internal, u"no answer in the test's time"_s);
    }
    return future.result();
}

template<typename T>
QByteArray problemOf(const Result<T> &result)
{
    return result ? QByteArray() : result.error().message.toUtf8();
}

QByteArray problemOf(const ChatOutcome &outcome)
{
    return outcome.error ? (outcome.error->message + u' ' + outcome.error->serverMessage).toUtf8()
                         : QByteArray();
}

double cosine(const QList<float> &a, const QList<float> &b)
{
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i) {
        product += double(a[i]) * double(b[i]);
        squareA += double(a[i]) * double(a[i]);
        squareB += double(b[i]) * double(b[i]);
    }
    return product / std::sqrt(squareA * squareB);
}

ChatRequest question()
{
    return {.messages = {{.content = u"Describe the garden."_s}},
        .parameters = {{u"max_tokens"_s, 40}, {u"temperature"_s, 0}},
        // Otherwise the second answer would start from the first one's cached prompt.
        .extraBody = {{u"cache_prompt"_s, false}}};
}

} // namespace

/// Ways to a real llama.cpp server, and things it does, besides chatting over plain HTTP. Each
/// server is started once, for both transports.
class TestLlamaRoutes final : public QObject
{
    Q_OBJECT

    TestAuthority m_authority;
    TestAuthority::Identity m_identity = m_authority.selfSigned(u"DNS:models.example"_s);
    LlamaServer m_embed;
    LlamaServer m_rerank;
    LlamaServer m_secure;
    LlamaServer m_atSocket;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    /// The chat server behind TLS, which nobody but its own endpoint trusts.
    [[nodiscard]] Target pinned() const
    {
        Target target = m_secure.target();
        target.endpoint.tls.pin = TestAuthority::fingerprint(m_identity);
        return target;
    }

    /// Streamed and whole, they must say the same.
    void answersAlike(const Target &target, ChatRequest request = question())
    {
        const ChatOutcome streamed = ask(*m_client, target, request);
        QVERIFY2(!streamed.error, problemOf(streamed));
        request.stream = false;
        const ChatOutcome whole = ask(*m_client, target, request);
        QVERIFY2(!whole.error, problemOf(whole));
        QVERIFY(!streamed.choice().text.isEmpty());
        QCOMPARE(streamed.choice().text, whole.choice().text);
        QCOMPARE(streamed.choice().finish.kind, whole.choice().finish.kind);
        QVERIFY(streamed.usage.completionTokens.value_or(0) > 1);
        QCOMPARE(streamed.usage.completionTokens, whole.usage.completionTokens);
        QCOMPARE(streamed.usage.promptTokens, whole.usage.promptTokens);
    }

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void initTestCase()
    {
        if (!LlamaServer::isPrepared()) {
            // Exit code 77 is what ctest counts as skipped; see CMakeLists.txt.
            fputs("No llama-server: run tests/integration/llama-server prepare\n", stderr);
            std::exit(77);
        }
        using Model = LlamaServer::Model;
        QCOMPARE(m_embed.start(Model::Embed), QByteArray());
        QCOMPARE(m_rerank.start(Model::Rerank), QByteArray());
        QCOMPARE(m_secure.startSecure(Model::Tiny, m_identity), QByteArray());
        QCOMPARE(m_atSocket.startAtSocket(Model::Tiny), QByteArray());
    }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeManager(manager);
        m_client = std::make_unique<ApiClient>(*m_manager);
    }

    void cleanup()
    {
        m_client.reset();
        m_manager.reset();
    }

    void textsHaveVectors_data()
    {
        QTest::addColumn<TaskDialect>("dialect");
        QTest::newRow("its own route") << TaskDialect::LlamaCpp;
        QTest::newRow("OpenAI's") << TaskDialect::OpenAi;
    }

    void textsHaveVectors()
    {
        QFETCH(const TaskDialect, dialect);
        const auto reply = resultOf(runTask(*m_client, dialect, m_embed.target(),
            EmbedRequest{.inputs
                = {u"the cat and the dog"_s, u"a token stream"_s, u"the cat and the dog"_s}}));
        QVERIFY2(reply, problemOf(reply));
        QCOMPARE(reply->vectors.size(), 3);
        for (const QList<float> &vector : reply->vectors) {
            QCOMPARE(vector.size(), 64);
        }
        QVERIFY(cosine(reply->vectors[0], reply->vectors[2]) > 0.9999);
        QVERIFY(cosine(reply->vectors[0], reply->vectors[1]) < 0.9999);
        QVERIFY(reply->report.requests > 0);
    }

    void bothRoutesGiveTheSameDirection()
    {
        const EmbedRequest request{.inputs = {u"paris is the capital of france"_s}};
        const auto own
            = resultOf(runTask(*m_client, TaskDialect::LlamaCpp, m_embed.target(), request));
        const auto openAi
            = resultOf(runTask(*m_client, TaskDialect::OpenAi, m_embed.target(), request));
        QVERIFY2(own, problemOf(own));
        QVERIFY2(openAi, problemOf(openAi));
        QVERIFY(cosine(own->vectors[0], openAi->vectors[0]) > 0.9999);
        QVERIFY(openAi->report.usage.promptTokens.value_or(0) > 0);
    }

    void documentsAreRanked()
    {
        const RerankRequest request{.query = u"the capital of france"_s,
            .documents = {u"paris"_s, u"the river"_s, u"cat"_s, u"the river"_s}};
        const auto reply
            = resultOf(runTask(*m_client, TaskDialect::LlamaCpp, m_rerank.target(), request));
        QVERIFY2(reply, problemOf(reply));
        QCOMPARE(reply->ranks.size(), 4);
        QVERIFY(std::ranges::is_sorted(
            reply->ranks, std::ranges::greater(), &RerankReply::Rank::score));
        QSet<int> indexes;
        QHash<int, double> scores;
        for (const RerankReply::Rank &rank : reply->ranks) {
            indexes.insert(rank.index);
            scores.insert(rank.index, rank.score);
        }
        QCOMPARE(indexes, (QSet<int>{0, 1, 2, 3}));
        QVERIFY(std::abs(scores[1] - scores[3]) < 1e-4);

        RerankRequest best = request;
        best.top = 2;
        const auto few
            = resultOf(runTask(*m_client, TaskDialect::LlamaCpp, m_rerank.target(), best));
        QVERIFY2(few, problemOf(few));
        QCOMPARE(few->ranks.size(), 2);
        QCOMPARE(few->ranks[0].index, reply->ranks[0].index);
    }

    void aServerWithoutThatTaskSaysSo()
    {
        const auto reply = resultOf(runTask(*m_client, TaskDialect::LlamaCpp, m_embed.target(),
            RerankRequest{.query = u"cat"_s, .documents = {u"dog"_s}}));
        QVERIFY(!reply);
        QVERIFY2(reply.error().serverMessage.contains(u"rerank"_s),
            qPrintable(reply.error().serverMessage));
    }

    void tlsIsSpokenWhereItIsTrusted()
    {
        answersAlike(pinned());

        const ChatOutcome stranger = ask(*m_client, m_secure.target(), question());
        QVERIFY(stranger.error);
        QCOMPARE(stranger.error->kind, ApiError::Kind::Tls);
        QVERIFY(stranger.error->certificate);
        QCOMPARE(stranger.error->certificate->fingerprint, TestAuthority::fingerprint(m_identity));
        QCOMPARE(stranger.error->certificate->names, QStringList{u"models.example"_s});
    }

    void aSocketLeadsToIt()
    {
        answersAlike(m_atSocket.target());
        Target unknown = m_atSocket.target();
        unknown.endpoint.provider.clear();
        unknown.endpoint.server.clear();
        const auto found = resultOf(probe(*m_client, unknown));
        QVERIFY2(found, problemOf(found));
        QCOMPARE(found->description.server, u"llama.cpp"_s);
        QCOMPARE(found->description.adapters.size(), 2);
    }

    void everyDialectOfItAnswers_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("limit"); // the parameter
        QTest::addColumn<FinishReason::Kind>("cut"); // how it says that the limit ended an answer
        using Kind = FinishReason::Kind;
        QTest::newRow("chat completions") << u"openai"_s << u"max_tokens"_s << Kind::Length;
        QTest::newRow("its own") << u"llamacpp"_s << u"n_predict"_s << Kind::Length;
        // As any other that is complete, where OpenAI's would be incomplete.
        QTest::newRow("Responses") << u"responses"_s << u"max_output_tokens"_s << Kind::Stop;
        QTest::newRow("Anthropic") << u"anthropic"_s << u"max_tokens"_s << Kind::Length;
    }

    void everyDialectOfItAnswers()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, limit);
        QFETCH(const FinishReason::Kind, cut);
        Target target = pinned();
        target.endpoint.provider = provider;
        ChatRequest request = question();
        request.model = u"tiny-chat"_s; // Anthropic wants one named
        request.parameters = {{limit, 40}, {u"temperature"_s, 0}};
        answersAlike(target, request);

        request.messages.prepend({.role = Role::System, .content = u"Be brief."_s});
        request.messages.append({.role = Role::Assistant, .content = u"It is green."_s});
        request.messages.append({.role = Role::User, .content = u"And the river?"_s});
        request.parameters[limit] = 5;
        request.extraBody.insert(u"ignore_eos"_s, true);
        const ChatOutcome limited = ask(*m_client, target, request);
        QVERIFY2(!limited.error, problemOf(limited));
        QCOMPARE(limited.choice().finish.kind, cut);
        QCOMPARE(limited.usage.completionTokens, 5);
        QCOMPARE(limited.model, u"tiny-chat"_s);

        // Anthropic's form has no place for adapters, and the server overlooks its own there.
        if (provider != u"anthropic"_s) {
            ChatRequest adapted = question();
            adapted.parameters = {{limit, 200}, {u"temperature"_s, 0}};
            adapted.extraBody.insert(u"ignore_eos"_s, true);
            adapted.adapter.scales = {{.id = 0, .scale = 1.0}};
            const QString pirate = ask(*m_client, target, adapted).choice().text;
            QVERIFY2(countWords(pirate, pirateWords()) > 5, qPrintable(pirate));
        }

        request.messages.first().content = u"many words "_s.repeated(20'000);
        const ChatOutcome refused = ask(*m_client, target, request);
        QVERIFY(refused.error);
        QCOMPARE(refused.error->kind, ApiError::Kind::TooLarge);
    }
};

QTEST_GUILESS_MAIN(TestLlamaRoutes)
#include "tst_llamaroutes.moc"
