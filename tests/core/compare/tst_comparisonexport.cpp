// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/comparisonexport.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

class TestComparisonExport final : public QObject
{
    Q_OBJECT

    PromptExamples m_examples; ///< of all lanes
    const QDateTime t0{{2026, 1, 2}, {3, 4, 5}, QTimeZone::UTC};

    [[nodiscard]] ExportedLane lane(const QString &adapter, const QString &answer) const
    {
        ChatSetup setup{.endpoint = QUuid::createUuid(),
            .model = u"llama"_s,
            .adapter = {.id = adapter, .token = Secret(u"hf_secretsecretsecret"_s)},
            .parameters = {{u"temperature"_s, 0.2}},
            .systemPrompt = u"Be brief."_s,
            .examples = m_examples};
        Conversation conversation = Conversation::create(setup, t0);
        const QUuid prompt = conversation.addUser({}, u"Charged twice <b>?"_s, t0);
        ChatNode node = *conversation.find(conversation.addAnswer(prompt, {.setup = setup}, t0));
        node.state = ChatNode::State::Complete;
        node.message.content = answer;
        node.metrics = {.timeToFirstToken = 182ms,
            .timeToFirstVisible = {},
            .tokensPerSecond = 61.44,
            .outputTokens = 21,
            .outputTokensEstimated = true};
        conversation.update(node);
        return {.name = adapter, .endpointName = u"prod-eu"_s, .conversation = conversation};
    }

    [[nodiscard]] static ComparisonRecord record()
    {
        return {.id = QUuid::createUuid(), .title = u"v3 & v4"_s};
    }

    [[nodiscard]] QList<ExportedLane> lanes() const
    {
        return {lane(u"v3"_s, u"The priority is normal."_s),
            lane(u"v4"_s, u"The priority is high <script>."_s)};
    }

private Q_SLOTS:

    void markdownHasPromptAnswersTimesAndLikeness()
    {
        const QString text = comparisonAsMarkdown(record(), lanes());
        QVERIFY(text.startsWith(u"# v3 & v4\n"_s));
        QVERIFY(text.contains(u"> Charged twice <b>?"_s));
        QVERIFY(text.contains(u"### A v3\n\nThe priority is normal.\n"_s));
        QVERIFY(text.contains(u"### B v4\n"_s));
        QVERIFY(text.contains(u"TTFT 182 ms · speed 61.4 tok/s · out ≈ 21 tok"_s));
        QVERIFY(text.contains(u"endpoint: prod-eu, model: llama, adapter: v4, temperature: 0.2, "
                              "system prompt: Be brief."_s));
        QVERIFY(text.contains(u"% like A, "_s));
        QCOMPARE(text.count(u"Charged twice"_s), 1);
    }

    /// What each lane was shown first is a part of how it was asked.
    void examplesAreToldOfEachLane()
    {
        m_examples.turns = {
            {.role = Role::User, .text = u"2 +\n2"_s}, {.role = Role::Assistant, .text = u"4"_s}};
        const QString text = comparisonAsMarkdown(record(), lanes());
        m_examples = {};
        QCOMPARE(text.count(u"examples: user: 2 + 2 / assistant: 4"_s), 2);
    }

    void htmlMarksWhatDiffersAndRunsNothing()
    {
        const QString html = comparisonAsHtml(record(), lanes());
        QVERIFY(html.contains(u"<title>v3 &amp; v4</title>"_s));
        QVERIFY(html.contains(u"<del>normal</del>"_s));
        QVERIFY(html.contains(u"<ins>high"_s));
        QVERIFY(!html.contains(u"<script"_s));
        QVERIFY(!html.contains(u"twice <b>"_s));
        QVERIFY(!html.contains(u"http"_s)); // one page that needs nothing else
    }

    void nothingSecretIsIn()
    {
        QList<ExportedLane> lanes = this->lanes();
        ExportedLane &first = lanes.first();
        const QString address = u"https://me:canary@host/v1?api_key=canary"_s;
        first.name = u"v3 sk-canary0123456789abcdef"_s;
        first.endpointName = address;
        ChatSetup setup = first.conversation.head().setup;
        setup.model = address;
        setup.adapter.id = u"s3://id:canary@bucket/v3"_s;
        setup.parameters.insert(u"gateway_token"_s, u"canary"_s);
        setup.extraBody = {{u"apiKey"_s, u"canary in words"_s},
            {u"gateway"_s, QJsonObject{{u"client-secret"_s, QJsonArray{u"canary"_s}}}}};
        setup.systemPrompt = u"Use Authorization: Bearer sk-canary0123456789abcdef."_s;
        first.conversation.head().setup = setup;
        const QUuid prompt = first.conversation.addUser(
            first.conversation.leaf(), u"Why does "_s + address + u" fail?"_s, t0);
        ChatNode node
            = *first.conversation.find(first.conversation.addAnswer(prompt, {.setup = setup}, t0));
        node.state = ChatNode::State::Failed;
        node.message.content = u"It wants `X-Api-Key: canary`."_s;
        node.error
            = ApiError{.kind = ApiError::Kind::Refused, .message = u"Nobody at "_s + address};
        first.conversation.update(node);
        ComparisonRecord record = TestComparisonExport::record();
        record.title = u"Key AIzaCanaryCanaryCanary"_s;
        for (const QString &text :
            {comparisonAsMarkdown(record, lanes), comparisonAsHtml(record, lanes)}) {
            QVERIFY2(!text.contains(u"canary"_s, Qt::CaseInsensitive), qPrintable(text));
            QVERIFY(!text.contains(u"hf_secret"_s));
            QVERIFY(text.contains(u"Why does https://***@host/v1?api_key=*** fail?"_s));
            QVERIFY(text.contains(u"Nobody at"_s));
        }
    }

    void whatModelsSaidIsInIt()
    {
        const QList<ExportedLane> lanes = this->lanes();
        ComparisonRecord record = TestComparisonExport::record();
        const auto answerOf = [&lanes](int lane) { return lanes[lane].conversation.leaf(); };
        const auto reading = [](double first, const QString &reason) {
            return JudgeReading{.shownFirst = first,
                .shownSecond = 1 - first,
                .neither = 0,
                .mass = 0.9,
                .reason = reason};
        };
        record.judged = {{.answers = {answerOf(1), answerOf(0), QUuid::createUuid()},
            .judge = u"judge-7b · prod"_s,
            .rubric = {.id = {}, .name = u"Tone"_s, .criteria = {{u"It is <b>kind</b>."_s, 3}}},
            .currency = u"€"_s,
            .pairs
            = {{.first = 0,
                   .second = 1,
                   .judgement = {.forward = reading(0.9, u"The first answer is <i>whole</i>."_s),
                       .backward = reading(0.3, u"Bearer sk-0123456789abcdef0123456789"_s),
                       .error = std::nullopt,
                       .promptTokens = 210,
                       .outputTokens = 12,
                       .cost = 0.0004}},
                {.first = 0, .second = 2, .judgement = {}}},
            .wanted = 3,
            .problem = {},
            .created = t0}};
        const QString text = comparisonAsMarkdown(record, lanes);
        QVERIFY(text.contains(u"### Judged by judge-7b · prod"_s));
        QVERIFY(text.contains(u"**B 80 % · A 20 %**"_s));
        QVERIFY(text.contains(u"- B and A: B 80 %, both orders agree (B shown first: B 90 %; A "
                              "shown first: B 70 %)"_s));
        QVERIFY(text.contains(u"  - B, then A: The first answer is <i>whole</i>."_s));
        QVERIFY(text.contains(u"“Tone”: It is <b>kind</b>. (3)"_s));
        QVERIFY(text.contains(u"1 of 3 pairs judged in both orders · the answer shown first gained "
                              "10.0 points · 210 tokens read, 12 written"_s));
        const QString html = comparisonAsHtml(record, lanes);
        QVERIFY(html.contains(u"<strong>B 80 % · A 20 %</strong>"_s));
        QVERIFY(!html.contains(u"<i>whole"_s));
        for (const QString &each : {text, html}) {
            QVERIFY(!each.contains(u"sk-0123456789"_s));
            QCOMPARE(each.count(u"both orders agree"_s), 1);
        }
        // A person writes what she likes, and half of it may be empty.
        record.judged.first().rubric.criteria
            = {{u"At most 20 %1 of it is praise."_s, 3}, {u" "_s, 5}, {u"It ends."_s, 1}};
        record.judged.first().problem = u"Stopped before all pairs were judged."_s;
        for (const QString &each :
            {comparisonAsMarkdown(record, lanes), comparisonAsHtml(record, lanes)}) {
            QVERIFY2(each.contains(u"“Tone”: At most 20 %1 of it is praise. (3) It ends. (1)"_s),
                qPrintable(each));
            QVERIFY2(each.contains(u"12 written. Stopped before all pairs were "
                                   "judged."_s),
                qPrintable(each));
            QVERIFY(!each.contains(u".."_s));
        }
        // Answers that are not in sight any more were judged for nobody.
        record.judged.first().answers = {answerOf(1), QUuid::createUuid(), QUuid::createUuid()};
        QVERIFY(!comparisonAsMarkdown(record, lanes).contains(u"Judged by"_s));
    }

    void aLaneThatWasLeftOutIsShorter()
    {
        QList<ExportedLane> lanes = this->lanes();
        Conversation &first = lanes.first().conversation;
        const QUuid prompt = first.addUser(first.leaf(), u"And now?"_s, t0);
        ChatNode node = *first.find(first.addAnswer(prompt, {}, t0));
        node.state = ChatNode::State::Stopped;
        node.message.content = u"Now"_s;
        first.update(node);
        const QString text = comparisonAsMarkdown(record(), lanes);
        const QString second = text.section(u"## Prompt 2"_s, 1);
        QVERIFY(second.contains(u"### A v3"_s));
        QVERIFY(second.contains(u"stopped"_s));
        QVERIFY(!second.contains(u"### B"_s));
    }

    void howItWasMeasuredIsTold()
    {
        QList<ExportedLane> lanes = this->lanes();
        Conversation &first = lanes.first().conversation;
        ChatNode node = *first.find(first.leaf());
        node.metrics.total = 900ms;
        node.serverTiming = {.prompt = 100ms, .generation = 700ms};
        node.origin.warmUp = 512ms;
        first.update(node);
        ComparisonRecord warmed = record();
        warmed.warmsUp = true;
        const QString text = comparisonAsMarkdown(warmed, lanes);
        QVERIFY(text.contains(u"A short request went before, which is not counted."_s));
        QVERIFY(text.contains(u"server 800 ms · network + queue 100 ms"_s));
        QVERIFY(text.contains(u"warm-up 512 ms, not counted"_s));
        QVERIFY(!comparisonAsMarkdown(record(), this->lanes()).contains(u"not counted"_s));
    }

    void withoutLanesThereIsNoCrash()
    {
        QVERIFY(!comparisonAsMarkdown(record(), {}).isEmpty());
        QVERIFY(!comparisonAsHtml(record(), {}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestComparisonExport)
#include "tst_comparisonexport.moc"
