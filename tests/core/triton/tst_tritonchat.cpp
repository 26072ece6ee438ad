// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatrecorder.h"
#include "futures.h"
#include "http/carrier.h"
#include "http/curlaccessmanager.h"
#include "kserveserver.h"
#include "providers/endpointprobe.h"
#include "triton/grpctransport.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

/// Chat over gRPC, as with any other endpoint, against a model like those of Triton's vLLM backend.
class TestTritonChat final : public QObject
{
    Q_OBJECT

    std::unique_ptr<KserveServer> m_server;
    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    [[nodiscard]] Target target(const QString &model = u"llm"_s) const
    {
        Target target = m_server->target();
        target.endpoint.provider = u"triton"_s;
        target.endpoint.model = model;
        return target;
    }

    [[nodiscard]] static ChatRequest question(
        const QString &prompt, const ParameterSet &parameters = {})
    {
        ChatRequest request;
        request.messages = {{.role = Role::User, .content = prompt}};
        request.parameters = parameters;
        return request;
    }

    [[nodiscard]] ChatOutcome ask(const ChatRequest &request, const Target &target) const
    {
        ChatRecorder recorder(m_client->chat(target, request));
        (void)QTest::qWaitFor([&recorder] { return recorder.isFinished(); }, longWait);
        return recorder.outcome;
    }

    [[nodiscard]] ChatOutcome ask(const ChatRequest &request) const
    {
        return ask(request, target());
    }

    /// What the server noted of all it was asked.
    [[nodiscard]] QStringList log() const
    {
        GrpcTransport transport(m_server->target());
        const auto reply = waitFor(transport.infer({.model = u"log"_s}, Milliseconds(0)));
        return reply ? reply->output(u"log").value_or(Tensor()).texts() : QStringList();
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_server = std::make_unique<KserveServer>();
        QVERIFY(m_server->port() > 0);
    }

    void init()
    {
        m_manager = std::make_unique<CurlAccessManager>();
        m_client = std::make_unique<ApiClient>(*m_manager);
        m_client->setCarrier(grpcCarrier());
    }

    void cleanup()
    {
        m_client.reset();
        m_manager.reset();
    }

    void anAnswerStreams()
    {
        ChatRecorder recorder(m_client->chat(target(), question(u"Why?"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        const ChatOutcome &outcome = recorder.outcome;
        QVERIFY2(!outcome.error, qPrintable(outcome.error ? outcome.error->message : QString()));
        QCOMPARE(recorder.text(), u"The sky is blue"_s);
        QCOMPARE(recorder.said.first(2), (QStringList{u"started"_s, u"events"_s}));
        QCOMPARE(recorder.said.last(), u"finished"_s);
        QCOMPARE(recorder.batches.size(), 4);
        QCOMPARE(outcome.model, u"llm"_s);
        QCOMPARE(outcome.choice().finish.kind, FinishReason::Kind::Stop);
        // The tokens of each piece are those since the one before; the prompt's come as a scalar.
        QCOMPARE(outcome.usage.promptTokens, 1);
        QCOMPARE(outcome.usage.completionTokens, 4);
        const StreamTiming &timing = outcome.timing;
        QVERIFY(
            timing.sent && timing.firstByte && timing.firstToken && timing.lastToken && timing.end);
        QVERIFY(*timing.sent <= *timing.firstByte && *timing.firstToken <= *timing.lastToken
            && *timing.lastToken <= *timing.end);
        QCOMPARE(timing.chunks, 4);
    }

    /// 12: stops and all else are JSON in one input. 13: the prompt is not to be repeated, and
    /// outputs are asked for by name.
    void whatIsSent()
    {
        const ChatOutcome outcome = ask(question(u"What is sent?"_s,
            {{u"stop"_s, QJsonArray{u" is"_s}}, {u"max_tokens"_s, 9}, {u"temperature"_s, 0.5}}));
        QVERIFY2(!outcome.error, qPrintable(outcome.error ? outcome.error->serverMessage : u""_s));
        QCOMPARE(outcome.choice().text, u"The sky"_s);
        const QString line = log().filter(u"What is sent?"_s).value(0);
        QVERIFY2(line.contains(u"stream=True"_s), qPrintable(line));
        QVERIFY(line.contains(u"asked=text_output,finish_reason,logprobs,num_input_tokens,"
                              "num_output_tokens"_s));
        QVERIFY(
            line.endsWith(uR"(sampling={"max_tokens": 9, "stop": [" is"], "temperature": 0.5})"_s));
        QVERIFY(!line.contains(u"id= "_s)); // 18: always one, or nothing tells answers apart
    }

    void aWholeAnswer()
    {
        ChatRequest request = question(u"At once"_s);
        request.stream = false;
        const ChatOutcome outcome = ask(request);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.choice().text, u"The sky is blue"_s);
        QCOMPARE(outcome.timing.chunks, 1);
    }

    /// 11: several answers to one question are elements of one tensor.
    void severalAnswers()
    {
        const ChatOutcome outcome = ask(question(u"Twice"_s, {{u"n"_s, 2}}));
        QCOMPARE(outcome.choices.size(), 2);
        QCOMPARE(outcome.choices[1].text, u"The sky is blue"_s);
        QCOMPARE(outcome.choices[1].finish.kind, FinishReason::Kind::Stop);
        QCOMPARE(outcome.usage.completionTokens, 8);
    }

    void theLimitOfTokensIsToldAsSuch()
    {
        const ChatOutcome outcome = ask(question(u"Short"_s, {{u"max_tokens"_s, 2}}));
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.choice().text, u"The sky"_s);
        QCOMPARE(outcome.choice().finish.kind, FinishReason::Kind::Length);
    }

    void logprobs()
    {
        const ChatOutcome outcome = ask(question(u"How likely?"_s, {{u"logprobs"_s, 2}}));
        QVERIFY(!outcome.error);
        const QList<LogprobDelta::Token> &tokens = outcome.choice().logprobs;
        QCOMPARE(tokens.size(), 4);
        QCOMPARE(tokens[1].token, u" sky"_s);
        QCOMPARE(tokens[1].logprob, -0.25);
        QCOMPARE(tokens[1].alternatives.size(), 2);
        QCOMPARE(tokens[1].alternatives[1].token, u"A"_s);
    }

    void anAdapterIsNamedAmongTheSamplingParameters()
    {
        ChatRequest request = question(u"As a poet"_s);
        request.adapter.id = u"poet"_s;
        QCOMPARE(ask(request).choice().text, u"Roses are red"_s);
        request.adapter.id = u"lawyer"_s;
        const ChatOutcome unknown = ask(request);
        QVERIFY(unknown.error);
        QCOMPARE(unknown.error->kind, ApiError::Kind::NotFound);
        QVERIFY(unknown.error->message.contains(u"no such adapter"_s));
        QVERIFY(unknown.error->serverMessage.contains(u"['poet']"_s));
        request.adapter = {.id = u"poet"_s, .source = u"hub"_s};
        QCOMPARE(ask(request).error->kind, ApiError::Kind::InvalidRequest);
    }

    /// 14: a key that this vLLM does not have fails the request.
    void aParameterThatTheServerDoesNotHave()
    {
        ChatRequest request = question(u"Beams"_s);
        request.extraBody = {{u"sampling_parameters"_s, QJsonObject{{u"best_of"_s, 2}}}};
        const ChatOutcome outcome = ask(request);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::BadRequest);
        QVERIFY(outcome.error->serverMessage.contains(u"best_of"_s));
    }

    /// A character may be cut between two answers, which are bytes.
    void aCharacterInTwoPieces()
    {
        const ChatOutcome outcome = ask(question(u"cut a character"_s));
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.choice().text, u"模型"_s);
    }

    /// 17: an error amid an answer ends it; what came is kept.
    void anErrorMidStream()
    {
        const ChatOutcome outcome = ask(question(u"fail"_s));
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Server);
        QCOMPARE(outcome.error->serverMessage, u"CUDA error: out of memory"_s);
        QCOMPARE(outcome.choice().text, u"The"_s);
    }

    void anAnswerWithoutItsEndIsTruncated()
    {
        const ChatOutcome outcome = ask(question(u"end without a word"_s));
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Truncated);
        QCOMPARE(outcome.choice().text, u"The"_s);
    }

    void stoppingReachesTheServerAndKeepsTheText()
    {
        const qsizetype before = log().count(u"llm let go"_s);
        ChatStream *stream = m_client->chat(target(), question(u"wait"_s));
        ChatRecorder recorder(stream);
        QTRY_COMPARE_WITH_TIMEOUT(recorder.text(), u"The"_s, longWait);
        stream->stop();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Cancelled);
        QCOMPARE(recorder.outcome.choice().text, u"The"_s);
        QTRY_COMPARE_WITH_TIMEOUT(log().count(u"llm let go"_s), before + 1, longWait);
    }

    void deletingReachesTheServer()
    {
        const qsizetype before = log().count(u"llm let go"_s);
        {
            ChatRecorder recorder(m_client->chat(target(), question(u"wait"_s)));
            QTRY_COMPARE_WITH_TIMEOUT(recorder.text(), u"The"_s, longWait);
        }
        QTRY_COMPARE_WITH_TIMEOUT(log().count(u"llm let go"_s), before + 1, longWait);
    }

    void stoppingBeforeAnythingIsSent()
    {
        ChatStream *stream = m_client->chat(target(), question(u"never sent"_s));
        ChatRecorder recorder(stream);
        stream->stop();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.said, QStringList{u"finished"_s});
        QVERIFY(log().filter(u"never sent"_s).isEmpty());
    }

    void limits_data()
    {
        QTest::addColumn<Timeouts>("timeouts");
        QTest::addColumn<ApiError::Kind>("kind");
        const Milliseconds none(0);
        QTest::newRow("silence") << Timeouts{none, none, Milliseconds(300), none}
                                 << ApiError::Kind::IdleTimeout;
        QTest::newRow("in all") << Timeouts{none, none, none, Milliseconds(600)}
                                << ApiError::Kind::TotalTimeout;
    }

    void limits()
    {
        QFETCH(const Timeouts, timeouts);
        QFETCH(const ApiError::Kind, kind);
        Target impatient = target();
        impatient.endpoint.timeouts = timeouts;
        const ChatOutcome outcome = ask(question(u"wait"_s), impatient);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, kind);
    }

    void noSuchModelNamesThoseThereAre()
    {
        const ChatOutcome outcome = ask(question(u"Hi"_s), target(u"nobody"_s));
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::NotFound);
        QVERIFY2(outcome.error->message.contains(u"llm"_s), qPrintable(outcome.error->message));
    }

    void aModelThatDoesNotWrite()
    {
        const ChatOutcome outcome = ask(question(u"Hi"_s), target(u"echo"_s));
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::InvalidRequest);
        QVERIFY(outcome.error->message.contains(u"no model that writes"_s));
    }

    /// 2, 22: TensorRT-LLM's inputs have the dimension of a batch and the types of its
    /// configuration; only what is read is asked for.
    void tensorRtIsKnownByItsInputs()
    {
        const ChatOutcome outcome
            = ask(question(u"Hi"_s,
                      {{u"max_tokens"_s, 5}, {u"stop_words"_s, QJsonArray{u"a"_s, u"b"_s}},
                          {u"temperature"_s, 0.5}}),
                target(u"ensemble"_s));
        QVERIFY2(!outcome.error, qPrintable(outcome.error ? outcome.error->message : QString()));
        QCOMPARE(outcome.choice().text, u"engine"_s);
        const QString line = log().filter(u"ensemble "_s).value(0);
        QCOMPARE(line,
            u"ensemble [('max_tokens', [1, 1]), ('stop_words', [1, 2]), ('stream', [1, 1]), "
            "('temperature', [1, 1]), ('text_input', [1, 1])] asked=text_output"_s);
    }

    /// 24: as many at once as one likes, of which each has its own stream; the failure of one is
    /// no other's.
    void manyAtOnce()
    {
        constexpr int chats = 120;
        std::vector<std::unique_ptr<ChatRecorder>> recorders;
        for (int i = 0; i < chats; ++i) {
            recorders.push_back(std::make_unique<ChatRecorder>(
                m_client->chat(target(), question(i == 60 ? u"fail"_s : u"Many"_s))));
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::all_of(recorders, [](const auto &each) { return each->isFinished(); }),
            longWait);
        for (int i = 0; i < chats; ++i) {
            const ChatOutcome &outcome = recorders[std::size_t(i)]->outcome;
            QCOMPARE(outcome.error.has_value(), i == 60);
            QCOMPARE(outcome.choice().text, i == 60 ? u"The"_s : u"The sky is blue"_s);
        }
    }

    void whatStandsThere()
    {
        const auto found = waitFor(probe(*m_client, m_server->target()));
        QVERIFY2(found, qPrintable(sentence(found)));
        QCOMPARE(found->provider, u"triton"_s);
        QCOMPARE(found->url, m_server->target().endpoint.url);
        QCOMPARE(found->description.server, u"Triton"_s);
        QCOMPARE(found->description.version, u"2.60.0"_s);
        QVERIFY(std::ranges::find(found->description.models, u"llm"_s, &ModelInfo::id)
            != found->description.models.end());
        QVERIFY(found->description.latency);
        KserveServer gone;
        const Target lost = gone.target();
        gone.stop();
        const auto nothing = waitFor(probe(*m_client, lost));
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().kind, ApiError::Kind::Refused);
    }

    void withoutGrpcItIsNoAddress()
    {
        ApiClient plain(*m_manager);
        const auto found = waitFor(probe(plain, m_server->target()));
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ApiError::Kind::InvalidRequest);
        ChatRecorder recorder(plain.chat(target(), question(u"Hi"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::InvalidRequest);
    }
};

QTEST_GUILESS_MAIN(TestTritonChat)
#include "tst_tritonchat.moc"
