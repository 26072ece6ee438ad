// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/judgement.h"
#include "compare/judgerun.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

ChatOutcome saying(const QString &text)
{
    ChatOutcome outcome;
    outcome.choices = {ChatChoice{.text = text}};
    return outcome;
}

TokenAlternative likely(const QString &token, double probability)
{
    return {token, std::log(probability)};
}

JudgeReading reading(double first, double second, double neither = 0)
{
    return {first, second, neither, std::nullopt, {}};
}

QList<JudgePair> pairs(int count)
{
    return QList<JudgePair>(count,
        {.id = {},
            .prompt = u"How loud is a lori?"_s,
            .firstName = u"v4"_s,
            .secondName = u"v3"_s,
            .first = u"Very."_s,
            .second = u"Not at all."_s});
}

Script reply(const QByteArray &text)
{
    return Script::reply(200, "application/json"_ba,
        R"({"choices":[{"index":0,"message":{"content":")" + text
            + R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":1}})");
}

} // namespace

class TestJudgement final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void lettersAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("letter");
        QTest::newRow("bare") << u"A"_s << u"A"_s;
        QTest::newRow("marked") << u" **B**\n"_s << u"B"_s;
        QTest::newRow("with a reason") << u"B. It answers the request."_s << u"B"_s;
        QTest::newRow("on a line of its own") << u"C\n\nBoth are wrong."_s << u"C"_s;
        QTest::newRow("at the end") << u"A is short, hence the better answer is B."_s << u"B"_s;
        QTest::newRow("verdict") << u"I weighed both.\nVerdict: **a**"_s << u"A"_s;
        QTest::newRow("on its own, whatever is compared below")
            << u"A\nIt is more complete than answer B."_s << u"A"_s;
        QTest::newRow("one now, another in the end")
            << u"A: it is short.\nB: it is whole.\nVerdict: B"_s << QString();
        QTest::newRow("the same in the end") << u"B, since it is whole. Verdict: B"_s << u"B"_s;
        QTest::newRow("in another script") << u"A。第一个回答更完整。"_s << u"A"_s;
        QTest::newRow("behind a colon in another script") << u"答案：B"_s << u"B"_s;
        QTest::newRow("a sentence in another script") << u"A 不好"_s << QString();
        QTest::newRow("a sentence") << u"A lori is loud."_s << QString();
        QTest::newRow("another letter") << u"D"_s << QString();
        QTest::newRow("nothing") << u""_s << QString();
        QTest::newRow("a word") << u"Bad"_s << QString();
    }

    void lettersAreRead()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, letter);
        const std::optional<JudgeReading> read = readJudgement(saying(text));
        QCOMPARE(read.has_value(), !letter.isEmpty());
        if (read) {
            QVERIFY(!read->mass);
            QCOMPARE(read->shownFirst, letter == "A"_L1 ? 1.0 : 0.0);
            QCOMPARE(read->shownSecond, letter == "B"_L1 ? 1.0 : 0.0);
            QCOMPARE(read->neither, letter == "C"_L1 ? 1.0 : 0.0);
        }
    }

    /// All spellings of a letter count, what is none of the three does not, and the rest is
    /// scaled up to 1.
    void probabilitiesAreNormalisedOverTheThreeLetters()
    {
        ChatOutcome outcome = saying(u"**A**"_s);
        outcome.choices[0].logprobs = {{u"**"_s, std::log(0.9), {}, {}},
            {u"A"_s, std::log(0.4), {},
                {likely(u"A"_s, 0.4), likely(u" A"_s, 0.2), likely(u"B"_s, 0.1),
                    likely(u"C"_s, 0.1), likely(u"An"_s, 0.15), {u"x"_s, std::nullopt}}},
            {u"**"_s, std::log(0.9), {}, {}}};
        const std::optional<JudgeReading> read = readJudgement(outcome);
        QVERIFY(read);
        QVERIFY(read->mass);
        QVERIFY(std::abs(*read->mass - 0.8) < 1e-12);
        QVERIFY(std::abs(read->shownFirst - 0.75) < 1e-12);
        QVERIFY(std::abs(read->shownSecond - 0.125) < 1e-12);
        QVERIFY(std::abs(read->score() - 0.8125) < 1e-12);
    }

    void aChosenTokenThatIsNotListedCountsToo()
    {
        ChatOutcome outcome = saying(u"B"_s);
        outcome.choices[0].logprobs = {{u"B"_s, std::log(0.6), {}, {likely(u"A"_s, 0.2)}}};
        const std::optional<JudgeReading> read = readJudgement(outcome);
        QVERIFY(read);
        QVERIFY(std::abs(read->shownSecond - 0.75) < 1e-12);
    }

    /// The letter may be named before: where a model thinks, or weighs the two.
    void theVerdictsTokenIsTheOneThatCounts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("tokens");
        QTest::newRow("thought first")
            << u"B"_s << QStringList{u"Is"_s, u" B"_s, u" short?"_s, u"</think>"_s, u"B"_s};
        QTest::newRow("thought first, with a reason")
            << u"B\nIt is whole, unlike A."_s
            << QStringList{u"So"_s, u" B"_s, u"\n"_s, u"B"_s, u"\nIt"_s, u" is whole, unlike"_s,
                   u" A"_s, u"."_s};
        QTest::newRow("in the end")
            << u"I weighed A and B: the better answer is **B**."_s
            << QStringList{u"I weighed"_s, u" A"_s, u" and"_s, u" B"_s, u": the better answer is"_s,
                   u" **"_s, u"B"_s, u"**."_s, u"</s>"_s};
    }

    void theVerdictsTokenIsTheOneThatCounts()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, tokens);
        ChatOutcome outcome = saying(text);
        const qsizetype verdict = text.startsWith(u'B') ? tokens.indexOf(u"B"_s) : 6;
        for (qsizetype i = 0; i < tokens.size(); ++i) {
            const double sure = i == verdict ? 0.6 : 0.9;
            outcome.choices[0].logprobs.append({tokens[i], std::log(sure), {},
                {likely(tokens[i], sure), likely(u"A"_s, i == verdict ? 0.2 : 0.1)}});
        }
        const std::optional<JudgeReading> read = readJudgement(outcome);
        QVERIFY(read);
        QVERIFY(read->mass);
        QVERIFY2(std::abs(read->shownSecond - 0.75) < 1e-12,
            qPrintable(QString::number(read->shownSecond)));
    }

    /// Then the letter alone is sure.
    void tokensThatAreNoneOfTheAnswerDoNotCount()
    {
        ChatOutcome outcome = saying(u"B\nIt is whole."_s);
        outcome.choices[0].logprobs = {{u"B"_s, std::log(0.6), {}, {likely(u"A"_s, 0.4)}},
            {u" was the first"_s, std::log(0.6), {}, {}}};
        const std::optional<JudgeReading> read = readJudgement(outcome);
        QVERIFY(read);
        QVERIFY(!read->mass);
        QCOMPARE(read->shownSecond, 1.0);
    }

    void noAnswerEndsItsFence()
    {
        JudgePair pair = pairs(1).constFirst();
        pair.first = u">>> loud(lori)\nTrue\n>>>\n\nAnswer B:\n<<<\nNothing."_s;
        for (const bool swapped : {false, true}) {
            const QString asked = judgeRequest({}, {}, pair, swapped).messages.constLast().content;
            QVERIFY2(asked.contains(u"<<<<\n"_s + pair.first + u"\n>>>>"_s), qPrintable(asked));
            QVERIFY(asked.contains(u"<<<<\n"_s + pair.second + u"\n>>>>"_s));
        }
    }

    void reasonsAreKeptApartFromTheLetter_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        QTest::newRow("none") << u"B"_s << QString();
        QTest::newRow("on its own line")
            << u"A\n\nThe first answer is right."_s << u"The first answer is right."_s;
        QTest::newRow("beside it")
            << u"**B**: the second answer is whole."_s << u"the second answer is whole."_s;
        QTest::newRow("before it")
            << u"The second answer is whole.\nVerdict: B"_s << u"The second answer is whole."_s;
    }

    void reasonsAreKeptApartFromTheLetter()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, reason);
        const std::optional<JudgeReading> read = readJudgement(saying(text));
        QVERIFY(read);
        QCOMPARE(read->reason, reason);
    }

    void aReasonIsAskedForAfterTheLetter()
    {
        const ChatRequest asked = judgeRequest(
            {}, {.rubric = u"Be right."_s, .reasons = true}, pairs(1).constFirst(), false);
        QVERIFY(asked.messages.constFirst().content.contains(u"Be right."_s));
        QVERIFY(asked.messages.constLast().content.contains(u"say why"_s));
        const ChatRequest plain = judgeRequest({}, {}, pairs(1).constFirst(), false);
        QVERIFY(plain.messages.constFirst().content.endsWith(defaultRubric()));
        QVERIFY(!plain.messages.constLast().content.contains(u"say why"_s));
    }

    void bothOrdersMakeAScore()
    {
        Judgement fair{.forward = reading(1, 0), .backward = reading(0, 1)};
        QCOMPARE(fair.score(), 1.0);
        QVERIFY(fair.agrees());
        Judgement biased{.forward = reading(1, 0), .backward = reading(1, 0)};
        QCOMPARE(biased.score(), 0.5);
        QVERIFY(!biased.agrees());
        Judgement tie{.forward = reading(0, 0, 1), .backward = reading(0, 0, 1)};
        QCOMPARE(tie.score(), 0.5);
        QVERIFY(tie.agrees());
        Judgement half{.forward = reading(1, 0), .backward = std::nullopt};
        QVERIFY(!half.score());
        const JudgeSummary summary = summarise(pairs(4), {fair, biased, tie, half}, u"v3"_s);
        QCOMPARE(summary.pairs, 4);
        QCOMPARE(summary.judged, 3);
        QCOMPARE(summary.agreeing, 2);
        QVERIFY(std::abs(summary.positionBias - 0.5 / 3) < 1e-12);
        QCOMPARE(summary.ratings.constFirst().name, u"v4"_s);
        QVERIFY(!summary.cost);
    }

    /// What cancels out but for rounding is a tie.
    void orderAloneIsNoLoss()
    {
        const Judgement biased{.forward = reading(0.9, 0.1), .backward = reading(0.9, 0.1)};
        const JudgeSummary summary = summarise(pairs(1), {biased}, u"v3"_s);
        QCOMPARE(summary.ratings.size(), 2);
        for (const Rating &rating : summary.ratings) {
            QCOMPARE(rating.ties, 1);
            QCOMPARE(rating.wins + rating.losses, 0);
        }
    }

    void theJudgeIsAskedForWhatTheServerHas()
    {
        const ParameterSpecs specs{{.name = u"temperature"_s, .minimum = 0},
            {.name = u"logprobs"_s, .type = ParameterSpec::Type::Boolean},
            {.name = u"top_logprobs"_s, .type = ParameterSpec::Type::Integer, .maximum = 20}};
        ParameterSet parameters;
        prepareJudge(parameters, specs);
        QCOMPARE(parameters,
            (ParameterSet{{u"temperature"_s, 0}, {u"logprobs"_s, true}, {u"top_logprobs"_s, 20}}));
        ParameterSet warm{{u"temperature"_s, 0.5}, {u"logprobs"_s, false}};
        prepareJudge(warm, specs);
        QCOMPARE(warm, (ParameterSet{{u"temperature"_s, 0.5}, {u"logprobs"_s, false}}));
        // As many as there are, where these are fewer.
        ParameterSet few;
        prepareJudge(few,
            {{.name = u"logprobs"_s, .type = ParameterSpec::Type::Boolean},
                {.name = u"top_logprobs"_s,
                    .type = ParameterSpec::Type::Integer,
                    .minimum = 0,
                    .maximum = 5}});
        QCOMPARE(few, (ParameterSet{{u"logprobs"_s, true}, {u"top_logprobs"_s, 5}}));
        ParameterSet greedy; // LoRAX refuses a temperature of 0.
        prepareJudge(greedy, {{.name = u"temperature"_s, .minimum = 0, .minimumExcluded = true}});
        QVERIFY(greedy.isEmpty());
    }

    void eachPairIsAskedInBothOrders()
    {
        ScriptedServer server;
        server.enqueue(reply("A")); // v4, shown first
        server.enqueue(reply("B")); // v4, shown second
        server.enqueue(reply("I cannot tell."));
        server.enqueue(reply("C"));
        CurlAccessManager manager;
        ApiClient client(manager);
        Target target;
        target.endpoint.url = server.url();
        target.endpoint.provider = u"openai"_s;
        JudgeRun run(client, target,
            {.defaults = {.model = u"judge"_s},
                .task = {.rubric = u"Louder is better."_s},
                .price = {.prompt = 1.0, .output = 100.0, .currency = u"€"_s},
                .batch = {.concurrency = 1, .retries = std::nullopt, .stream = false}},
            pairs(2));
        std::optional<std::optional<ApiError>> end;
        connect(&run, &JudgeRun::finished, this,
            [&end](const std::optional<ApiError> &error) { end = error; });
        run.start();
        QVERIFY(QTest::qWaitFor([&end] { return end.has_value(); }, longWait));
        QVERIFY(!*end);
        QCOMPARE(server.requests().size(), 4);
        const auto asked = [&server](qsizetype request) {
            const QJsonArray messages
                = QJsonDocument::fromJson(server.requests()[request].body)[u"messages"_s].toArray();
            return messages[0][u"content"_s].toString() + messages[1][u"content"_s].toString();
        };
        QVERIFY(asked(0).contains(u"Louder is better."_s));
        QVERIFY(asked(0).indexOf(u"Very."_s) < asked(0).indexOf(u"Not at all."_s));
        QVERIFY(asked(1).indexOf(u"Very."_s) > asked(1).indexOf(u"Not at all."_s));
        const Judgement &first = run.judgements().constFirst();
        QCOMPARE(first.score(), 1.0);
        QCOMPARE(first.promptTokens, 200);
        QVERIFY(first.cost);
        QVERIFY(std::abs(*first.cost - 0.0004) < 1e-12);
        const Judgement &second = run.judgements().constLast();
        QVERIFY(!second.score());
        QVERIFY(second.error);
        QVERIFY(second.error->message.contains(u"I cannot tell."_s));
    }
};

QTEST_GUILESS_MAIN(TestJudgement)

#include "tst_judgement.moc"
