// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolrun.h"

#include "fakechatservice.h"
#include "tools/toolmock.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 60'000;

QList<Tool> tools()
{
    return toolsFrom(R"([{"name":"weather","parameters":{"type":"object","properties":{
        "city":{"type":"string"}},"required":["city"]}},{"name":"now"}])")
        .value();
}

/// Says nothing until a test does.
class Hand final : public ToolAnswerer
{
public:
    std::optional<QFuture<Result<ToolReply>>> answer(const ToolQuestion &) override
    {
        promise = std::make_shared<QPromise<Result<ToolReply>>>();
        promise->start();
        return promise->future();
    }

    std::shared_ptr<QPromise<Result<ToolReply>>> promise;
};

StreamEvent piece(int index, const QString &id, const QString &name, const QString &arguments)
{
    return {Clock::now(),
        ToolCallDelta{.index = index, .id = id, .name = name, .arguments = arguments}};
}

} // namespace

/// Asking a model with tools until it calls no more.
class TestToolRun final : public QObject
{
    Q_OBJECT

    QList<ChatRequest> m_sent;
    QPointer<FakeStream> m_stream;
    std::unique_ptr<ToolRun> m_run;
    std::unique_ptr<QSignalSpy> m_finished;
    std::shared_ptr<ToolAnswerer> m_mock;

    void begin(const ToolRunOptions &options = {}, const QString &server = u"vLLM"_s,
        const ToolRun::Answerers &answerers = {})
    {
        Target target;
        target.endpoint.url = QUrl(u"http://localhost:8000"_s);
        target.endpoint.provider = u"openai"_s;
        target.endpoint.server = server;
        ChatRequest request{.model = u"m"_s};
        request.messages = {{.role = Role::User, .content = u"What?"_s}};
        m_run = std::make_unique<ToolRun>(
            [this](const Target &, const ChatRequest &asked) -> std::unique_ptr<ChatStream> {
                m_sent.append(asked);
                auto stream = std::make_unique<FakeStream>();
                m_stream = stream.get();
                return stream;
            },
            target, request, tools(), options,
            answerers.empty() ? ToolRun::Answerers{m_mock} : answerers);
        m_finished = std::make_unique<QSignalSpy>(m_run.get(), &ToolRun::finished);
        m_run->start();
    }

    /// The model's answer: one call, in pieces.
    void call(const QString &name, const QString &arguments, const QString &id = u"c"_s)
    {
        const qsizetype half = arguments.size() / 2;
        m_stream->bring({piece(0, id, name, {})});
        m_stream->bring({piece(0, {}, {}, arguments.left(half))});
        m_stream->bring({piece(0, {}, {}, arguments.mid(half))});
        m_stream->finish(FinishReason::Kind::ToolCalls);
    }

    bool isAsked(qsizetype count)
    {
        return QTest::qWaitFor([&] { return m_sent.size() == count && m_stream; }, longWait);
    }

    ToolResult result()
    {
        return m_finished->isEmpty() && !m_finished->wait(longWait)
            ? ToolResult()
            : m_finished->constFirst().constFirst().value<ToolResult>();
    }

private Q_SLOTS:

    void init()
    {
        m_sent.clear();
        m_mock = ToolMock::from(
            R"([{"name":"weather","arguments":{"city":"Ulm"},"result":{"sky":"blue"}},
                {"name":"now","result":"noon"}])",
            tools())
                     .value();
    }

    void cleanup() { m_run.reset(); }

    void noCall()
    {
        begin();
        m_stream->text(u"Blue."_s);
        m_stream->finish();
        const ToolResult ended = result();
        QVERIFY(!ended.error);
        QCOMPARE(ended.turns.size(), 1);
        QVERIFY(m_sent[0].parameters.contains(u"tools"_s));
    }

    /// Two calls in one answer, then another, then words.
    void callsAndResults()
    {
        begin();
        m_stream->text(u"Let me see."_s);
        m_stream->bring({piece(0, u"a"_s, u"weather"_s, u"{\"ci"_s), piece(1, {}, u"now"_s, {}),
            piece(0, {}, {}, u"ty\":\"Ulm\"}"_s)});
        m_stream->finish(FinishReason::Kind::ToolCalls);
        QVERIFY(isAsked(2));
        QList<Message> messages = m_sent[1].messages;
        QCOMPARE(messages.size(), 4);
        QCOMPARE(messages[1].role, Role::Assistant);
        QCOMPARE(messages[1].content, u"Let me see."_s);
        QCOMPARE(messages[1].toolCalls.size(), 2);
        QCOMPARE(messages[1].toolCalls[0].arguments, u"{\"city\":\"Ulm\"}"_s);
        QCOMPARE(messages[1].toolCalls[1].id, u"call-1"_s);
        QCOMPARE(messages[2].content, u"{\"sky\":\"blue\"}"_s);
        QCOMPARE(messages[2].toolCallId, u"a"_s);
        QCOMPARE(messages[3].content, u"noon"_s);
        QCOMPARE(messages[3].toolCallId, u"call-1"_s);
        call(u"now"_s, {}, {});
        QVERIFY(isAsked(3));
        QCOMPARE(m_sent[2].messages.size(), 6);
        QCOMPARE(m_sent[2].messages[5].toolCallId, u"call-2"_s);
        QCOMPARE(m_sent[2].parameters, m_sent[0].parameters);
        m_stream->text(u"Blue at noon."_s);
        m_stream->finish();
        const ToolResult ended = result();
        QVERIFY(!ended.error);
        QCOMPARE(ended.turns.size(), 3);
        QCOMPARE(ended.turns[0].exchanges.size(), 2);
        QCOMPARE(ended.turns[0].exchanges[0].reply.record.by, ToolReply::By::Mock);
        QCOMPARE(ended.turns[2].outcome.choice().text, u"Blue at noon."_s);
    }

    void whatWasThoughtGoesBackWithTheCall()
    {
        begin();
        m_stream->reasoning(u"Hm."_s);
        m_stream->bring({{Clock::now(),
            ThoughtSigned{.text = u"Hm."_s, .signature = u"sealed"_s, .hidden = {}}}});
        call(u"now"_s, {});
        QVERIFY(isAsked(2));
        QCOMPARE(m_sent[1].messages[1].thoughts,
            (QList<SignedThought>{{.text = u"Hm."_s, .signature = u"sealed"_s, .hidden = {}}}));
    }

    /// The model is told, and may do better; what cannot be sent back goes as an empty object.
    void whatIsWrongWithACall()
    {
        begin();
        call(u"weather"_s, u"{\"town\":1}"_s);
        QVERIFY(isAsked(2));
        QVERIFY2(m_sent[1].messages[2].content.contains(u"city"_s),
            qPrintable(m_sent[1].messages[2].content));
        QCOMPARE(m_sent[1].messages[1].toolCalls[0].arguments, u"{\"town\":1}"_s);
        call(u"weather"_s, u"{\"city\":"_s);
        QVERIFY(isAsked(3));
        QCOMPARE(m_sent[2].messages[3].toolCalls[0].arguments, u"{}"_s);
        QVERIFY(m_sent[2].messages[4].content.contains(u"They were: {\"city\":"_s));
        call(u"whether"_s, u"{}"_s);
        QVERIFY(isAsked(4));
        QVERIFY(m_sent[3].messages[6].content.contains(u"There is no tool “whether”"_s));
        m_stream->finish();
        const ToolResult ended = result();
        QVERIFY(!ended.error);
        QCOMPARE(ended.turns[0].exchanges[0].reply.record.by, ToolReply::By::Check);
        QCOMPARE(ended.turns[0].exchanges[0].question.violations.size(), 1);
    }

    void noAnswerToIt()
    {
        begin();
        call(u"weather"_s, u"{\"city\":\"Rom\"}"_s);
        const ToolResult ended = result();
        QVERIFY(ended.error);
        QCOMPARE(ended.error->message,
            u"There is no answer to the call weather({\"city\":\"Rom\"}): a mock or a command "
            "would give one."_s);
        QCOMPARE(ended.turns.size(), 1);
    }

    void theLimit()
    {
        begin({.choice = {}, .limit = 2, .schema = {}});
        call(u"now"_s, {});
        QVERIFY(isAsked(2));
        call(u"now"_s, {});
        QVERIFY(isAsked(3));
        call(u"now"_s, {});
        const ToolResult ended = result();
        QVERIFY(ended.error);
        QVERIFY2(ended.error->message.contains(u"after 2 of its answers"_s),
            qPrintable(ended.error->message));
        QCOMPARE(ended.turns.size(), 3);
        QVERIFY(ended.turns[2].exchanges.isEmpty());
    }

    void aForcedCallIsForcedOnce()
    {
        begin({.choice = {.kind = ToolChoice::Kind::Named, .name = u"now"_s}, .schema = {}});
        QVERIFY(m_sent[0].parameters[u"tool_choice"_s].isObject());
        call(u"now"_s, {});
        QVERIFY(isAsked(2));
        QCOMPARE(m_sent[1].parameters[u"tool_choice"_s], QJsonValue(u"auto"_s));
    }

    void cutOffAmidACall()
    {
        begin();
        m_stream->bring({piece(0, u"a"_s, u"weather"_s, u"{\"ci"_s)});
        m_stream->finish(FinishReason::Kind::Length);
        const ToolResult ended = result();
        QVERIFY(ended.error);
        QVERIFY(ended.error->message.contains(u"limit of tokens"_s));
    }

    void aRequestFails()
    {
        begin();
        call(u"now"_s, {});
        QVERIFY(isAsked(2));
        m_stream->text(u"Half"_s);
        m_stream->end(ApiError{.kind = ApiError::Kind::Truncated, .message = u"Cut."_s});
        const ToolResult ended = result();
        QCOMPARE(ended.error->kind, ApiError::Kind::Truncated);
        QCOMPARE(ended.turns[1].outcome.choice().text, u"Half"_s);
    }

    void stoppedWhileItAnswers()
    {
        begin();
        m_stream->text(u"Half"_s);
        m_run->stop();
        QCOMPARE(result().error->kind, ApiError::Kind::Cancelled);
    }

    void stoppedWhileACallIsAnswered()
    {
        const auto hand = std::make_shared<Hand>();
        begin({}, u"vLLM"_s, {hand});
        call(u"now"_s, {});
        QTRY_VERIFY_WITH_TIMEOUT(hand->promise, longWait);
        m_run->stop();
        QCOMPARE(result().error->kind, ApiError::Kind::Cancelled);
        QVERIFY(hand->promise->isCanceled());
        QCOMPARE(m_sent.size(), 1);
    }

    /// Also from within a signal.
    void stoppedAsItCalls()
    {
        begin();
        connect(m_run.get(), &ToolRun::calling, m_run.get(), &ToolRun::stop);
        call(u"now"_s, {});
        QCOMPARE(result().error->kind, ApiError::Kind::Cancelled);
    }

    void goneWhileACallIsAnswered()
    {
        const auto hand = std::make_shared<Hand>();
        begin({}, u"vLLM"_s, {hand});
        call(u"now"_s, {});
        QTRY_VERIFY_WITH_TIMEOUT(hand->promise, longWait);
        m_run.reset();
        QVERIFY(hand->promise->isCanceled());
    }

    /// The first that has an answer gives it.
    void oneAfterTheOther()
    {
        const auto hand = std::make_shared<Hand>();
        begin({}, u"vLLM"_s, {m_mock, hand});
        call(u"now"_s, {});
        QVERIFY(isAsked(2));
        QVERIFY(!hand->promise);
        call(u"weather"_s, u"{\"city\":\"Rom\"}"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hand->promise, longWait);
        hand->promise->addResult(ToolReply{.content = u"rain"_s, .record = {}});
        hand->promise->finish();
        QVERIFY(isAsked(3));
        QCOMPARE(m_sent[2].messages.constLast().content, u"rain"_s);
    }

    /// One call has its answer at once, the next in the same answer waits for a person.
    void bothInOneAnswer()
    {
        const auto hand = std::make_shared<Hand>();
        begin({}, u"vLLM"_s, {m_mock, hand});
        m_stream->bring({piece(0, u"a"_s, u"now"_s, {}),
            piece(1, u"b"_s, u"weather"_s, u"{\"city\":\"Rom\"}"_s),
            piece(2, u"c"_s, u"now"_s, {})});
        m_stream->finish(FinishReason::Kind::ToolCalls);
        QTRY_VERIFY_WITH_TIMEOUT(hand->promise, longWait);
        hand->promise->addResult(ToolReply{.content = u"rain"_s, .record = {}});
        hand->promise->finish();
        QVERIFY(isAsked(2));
        const QList<Message> messages = m_sent[1].messages;
        QCOMPARE(messages.size(), 5);
        QCOMPARE(messages[2].content, u"noon"_s);
        QCOMPARE(messages[3].content, u"rain"_s);
        QCOMPARE(messages[4].content, u"noon"_s);
    }

    void withASchema()
    {
        const JsonSchema schema = *JsonSchema::from(R"({"type":"object","required":["sky"]})", {});
        begin({.choice = {}, .schema = schema});
        QVERIFY(m_sent[0].parameters.contains(u"tools"_s));
        QVERIFY(m_sent[0].parameters.contains(u"response_format"_s));
        call(u"now"_s, {});
        QVERIFY(isAsked(2));
        QVERIFY(m_sent[1].parameters.contains(u"response_format"_s));
        m_stream->text(u"{\"sky\":\"blue\"}"_s);
        m_stream->finish();
        ToolResult ended = result();
        QVERIFY(!ended.error);
        QVERIFY(ended.check && ended.check->isValid());

        m_sent.clear();
        begin({.choice = {}, .schema = schema});
        m_stream->text(u"{}"_s);
        m_stream->finish();
        ended = result();
        QVERIFY(ended.error);
        QVERIFY(ended.check && !ended.check->isValid());
    }

    /// Where the server would refuse one beside the other.
    void withASchemaInWords()
    {
        begin({.choice = {}, .schema = *JsonSchema::from(R"({"required":["sky"]})", {})}, u"TGI"_s);
        QVERIFY(m_sent[0].parameters.contains(u"tools"_s));
        QVERIFY(!m_sent[0].parameters.contains(u"response_format"_s));
        QCOMPARE(m_sent[0].messages[0].role, Role::System);
        QVERIFY(m_run->notes().constLast().contains(u"sent in words"_s));
    }

    void whatCannotBeSent()
    {
        begin({.choice = {.kind = ToolChoice::Kind::Named, .name = u"other"_s}, .schema = {}});
        const ToolResult ended = result();
        QCOMPARE(ended.error->kind, ApiError::Kind::InvalidRequest);
        QVERIFY(m_sent.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestToolRun)
#include "tst_toolrun.moc"
