// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storejson.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

class TestStoreJson final : public QObject
{
    Q_OBJECT

    [[nodiscard]] static ChatSetup setup()
    {
        ChatSetup setup;
        setup.endpoint = QUuid::createUuid();
        setup.model = u"llama"_s;
        setup.adapter = {.id = u"support"_s,
            .source = u"hub"_s,
            .scales = {{.id = 1, .scale = 0.25, .name = u"pirate"_s}},
            .merged = MergedAdapters{.ids = {u"a"_s, u"b"_s},
                .weights = {0.5, 0.5},
                .strategy = u"ties"_s,
                .density = 0.3,
                .majoritySignMethod = u"total"_s}};
        setup.extraBody = {{u"user"_s, u"me"_s}, {u"seed"_s, qint64(9007199254740993)}};
        setup.extraBodyDraft = u"{\"user\": "_s;
        setup.parameters = {{u"temperature"_s, 0.0}, {u"stop"_s, QJsonArray{u"x"_s}},
            {u"seed"_s, qint64(9007199254740993)}, {u"logprobs"_s, true}};
        setup.systemPrompt = u"Be \"brief\".\n"_s;
        setup.examples = {.turns
            = {{.role = Role::User, .text = u"2 + 2"_s}, {.role = Role::Assistant, .text = u"4"_s},
                {.role = Role::System, .text = u"Go on."_s}},
            .source = u"Sums"_s,
            .version = 3};
        setup.structured = StructuredSetup{.isOn = true,
            .name = u"Ticket"_s,
            .schema = u"{ \"z\": 1, \"a\": 2 }"_s,
            .options = {.maxAttempts = 4,
                .again = StructuredOptions::Again::Hotter,
                .heat = 0.1,
                .isEmbeddingFine = true,
                .carrying = {.way = SchemaCarrying::Way::Tool, .mayNarrow = false, .name = {}}}};
        return setup;
    }

private Q_SLOTS:

    void endpointsComeBackWhole()
    {
        Endpoint endpoint;
        endpoint.id = QUuid::createUuid();
        endpoint.name = u"Küche"_s;
        endpoint.url = QUrl(u"https://host:8000/v1?x=a%2Fb"_s);
        endpoint.provider = u"openai"_s;
        endpoint.server = u"vLLM"_s;
        endpoint.key = {.kind = KeyReference::Kind::Environment, .name = u"KEY"_s};
        endpoint.adapterToken = {.kind = KeyReference::Kind::Keychain};
        endpoint.cookie = {.kind = KeyReference::Kind::Session};
        endpoint.headers = {{"X-A", "1\xff"}, {"X-B", ""}};
        endpoint.timeouts = {.connect = 0ms, .firstToken = 1ms, .idle = 2ms, .total = 3ms};
        endpoint.proxy = {.mode = ProxySetting::Mode::Explicit, .url = QUrl(u"socks5h://p:1"_s)};
        endpoint.unixSocket = u"/run/a.sock"_s;
        endpoint.tls = {.caFile = u"/ca"_s,
            .clientCertificateFile = u"/c"_s,
            .clientKeyFile = u"/k"_s,
            .clientKeyPassphrase = {.kind = KeyReference::Kind::Keychain},
            .pin = u"sha256:00"_s};
        endpoint.httpVersion = HttpVersion::Http2;
        endpoint.retry
            = {.retries = 3, .firstDelay = 4ms, .longestDelay = 5ms, .longestRetryAfter = 6ms};
        endpoint.model = u"m"_s;
        endpoint.learntNames = {{u"m"_s, u"a"_s, u"b"_s}, {u""_s, u"c"_s, u"d"_s}};
        QCOMPARE(endpointFromStoredJson(toStoredJson(endpoint)), endpoint);
        QCOMPARE(endpointFromStoredJson(toStoredJson(Endpoint())), Endpoint());
    }

    void setupsComeBackWithoutTheToken()
    {
        const ChatSetup before = setup();
        QCOMPARE(setupFromStoredJson(toStoredJson(before)), before);
        ChatSetup withToken = before;
        withToken.adapter.token = Secret(u"canary"_s);
        QVERIFY(!toStoredJson(withToken).contains(u"canary"_s));
        QCOMPARE(setupFromStoredJson(toStoredJson(withToken)), before);
    }

    void judgesComeBackWithTheirRubrics()
    {
        const JudgeSetup judge{.judge = setup(),
            .exact = false,
            .always = true,
            .shown = true,
            .rubric = QUuid::createUuid(),
            .rubrics = {{.id = QUuid::createUuid(),
                .name = u"Tone"_s,
                .criteria = {{.text = u"It is kind."_s, .weight = 3}, {}}}}};
        QCOMPARE(judgeSetupFromStoredJson(toStoredJson(judge)), judge);
        QCOMPARE(judgeSetupFromStoredJson(QString()), JudgeSetup());
    }

    void waitingPromptsComeBack()
    {
        const QList<WaitingPrompt> waiting{
            {.id = QUuid::createUuid(), .text = u"1"_s, .after = QUuid::createUuid()},
            {.id = QUuid::createUuid(), .text = u"2"_s, .held = true},
            {.id = QUuid::createUuid(), .text = u"3"_s, .setup = setup()}};
        QCOMPARE(waitingFromStoredJson(toStoredJson(waiting)), waiting);
        QVERIFY(waitingFromStoredJson(toStoredJson(QList<WaitingPrompt>())).isEmpty());
    }

    void detailsComeBackWhole()
    {
        ChatNode node;
        node.message.toolCalls = {{.id = u"c"_s, .name = u"f"_s, .arguments = u"{\"a\":"_s}};
        node.message.toolCallId = u"t"_s;
        node.message.thoughts = {{.text = u"Hm."_s, .signature = u"EqQB=="_s, .textBefore = 3},
            {.hidden = u"data"_s, .callsBefore = 1}};
        node.toolRecord = ToolRecord{.by = ToolRecord::By::Command,
            .isError = true,
            .exitCode = 0,
            .aside = u"why"_s,
            .isAsideCut = true};
        node.error = ApiError{.kind = ApiError::Kind::RateLimited,
            .message = u"Too many requests."_s,
            .serverMessage = u"slow down"_s,
            .httpStatus = 429,
            .code = u"rate"_s,
            .param = u"n"_s,
            .retryAfter = 12s,
            .requestId = u"r"_s,
            .body = QByteArray("\0\xfe<html>", 8),
            .location = QUrl(u"http://a/"_s),
            .mayRetry = false,
            .certificate = ShownCertificate{.fault = TlsFault::Expired,
                .fingerprint = u"sha256:00"_s,
                .subject = u"CN=a"_s,
                .issuer = u"CN=b"_s,
                .names = {u"a.example"_s, u"127.0.0.1"_s},
                .notBefore = QDateTime::fromMSecsSinceEpoch(1000, QTimeZone::UTC),
                .notAfter = QDateTime::fromMSecsSinceEpoch(2000, QTimeZone::UTC)}};
        node.origin = {.setup = setup(),
            .endpointName = u"E"_s,
            .provider = u"lorax"_s,
            .servedModel = u"m"_s,
            .servedAdapter = u"a"_s,
            .warmUp = 10ns};
        node.seed = 18446744073709551615U;
        node.metrics = {.timeToFirstToken = 1ns,
            .timeToFirstVisible = 2ns,
            .tokensPerSecond = 3.5,
            .outputTokens = 4,
            .outputTokensEstimated = true,
            .promptTokens = 5,
            .total = 6ns,
            .interTokenP50 = 7ns,
            .interTokenP95 = 8ns,
            .timePerOutputToken = 9ns};
        node.finish = {.kind = FinishReason::Kind::Length, .word = u"max_tokens"_s};
        node.usage = {.promptTokens = 1,
            .completionTokens = 2,
            .totalTokens = 3,
            .cachedTokens = 0,
            .reasoningTokens = 4};
        node.serverTiming = {
            .queue = 1ns, .prompt = 2ns, .generation = 3ns, .total = 4ns, .timeToFirstToken = 5ns};
        ChatNode back;
        detailsFromStoredJson(detailsToStoredJson(node), back);
        QCOMPARE(back, node);
        QCOMPARE(detailsToStoredJson(ChatNode()).contains(u"error"_s), false);
    }

    void everyKindOfErrorComesBack()
    {
        for (int i = 0; i <= static_cast<int>(ApiError::Kind::Internal); ++i) {
            ChatNode node;
            node.error = ApiError{.kind = static_cast<ApiError::Kind>(i)};
            ChatNode back;
            detailsFromStoredJson(detailsToStoredJson(node), back);
            QCOMPARE(back.error, node.error);
        }
    }

    void whatIsNotUnderstoodIsIgnored()
    {
        const Endpoint endpoint = endpointFromStoredJson(
            u"{\"name\":\"n\",\"future\":{\"x\":1},\"timeouts\":7,\"headers\":{},"
            "\"key\":{\"kind\":\"telepathy\"}}"_s);
        Endpoint expected;
        expected.name = u"n"_s;
        QCOMPARE(endpoint, expected);
        QCOMPARE(endpointFromStoredJson(u"no json"_s), Endpoint());
    }
};

QTEST_GUILESS_MAIN(TestStoreJson)
#include "tst_storejson.moc"
