// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/answerjson.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

JsonSchema personSchema()
{
    return JsonSchema::from("{\"type\":\"object\",\"required\":[\"name\"],\"properties\":"
                            "{\"name\":{\"type\":\"string\",\"maxLength\":10},"
                            "\"age\":{\"type\":\"integer\"}},\"additionalProperties\":false}"_ba,
        {})
        .value();
}

/// What is told of the answer when it comes in these pieces, and after how many characters.
std::pair<QString, qsizetype> watched(const QString &answer, qsizetype pieces)
{
    AnswerWatch watch(personSchema());
    for (qsizetype at = 0; at < answer.size(); at += pieces) {
        if (const auto violation = watch.append(QStringView(answer).mid(at, pieces))) {
            return {violation->keyword, std::min(answer.size(), at + pieces)};
        }
    }
    return {};
}

} // namespace

/// JSON in the answers of models.
class TestAnswerJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void isFound_data()
    {
        using Around = AnswerJson::Around;
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("json");
        QTest::addColumn<Around>("around");
        QTest::newRow("alone") << u" {\"a\":1}\n"_s << u"{\"a\":1}"_s << Around::Nothing;
        QTest::newRow("no object") << u"\"a\""_s << u"\"a\""_s << Around::Nothing;
        QTest::newRow("fence") << u"```json\n{\"a\":1}\n```\n"_s << u"{\"a\":1}"_s
                               << Around::CodeFence;
        QTest::newRow("fence without a language")
            << u"```\n[1]\n```"_s << u"[1]"_s << Around::CodeFence;
        QTest::newRow("fence among words") << u"Sure!\n```json\n{\"a\":1}\n```\nAnything else?"_s
                                           << u"{\"a\":1}"_s << Around::Words;
        QTest::newRow("the longest fence")
            << u"Like `{}`:\n```json\n{}\n```\nso\n```json\n{\"a\":[1,2]}\n```"_s
            << u"{\"a\":[1,2]}"_s << Around::Words;
        QTest::newRow("words") << u"The answer is {\"a\":1}, as asked [1]."_s << u"{\"a\":1}"_s
                               << Around::Words;
        QTest::newRow("braces in words")
            << u"Use {name} so: {\"name\":\"}]\"}."_s << u"{\"name\":\"}]\"}"_s << Around::Words;
        QTest::newRow("a fence in a text") << u"{\"code\":\"```\\nx\\n```\"}"_s
                                           << u"{\"code\":\"```\\nx\\n```\"}"_s << Around::Nothing;
        QTest::newRow("a fence without end")
            << u"```json\n{\"a\":1}"_s << u"{\"a\":1}"_s << Around::Words;
        QTest::newRow("after reasoning")
            << u"<think>{maybe}</think>{\"a\":1}"_s << u"{\"a\":1}"_s << Around::Words;
    }

    void isFound()
    {
        QFETCH(const QString, answer);
        QFETCH(const QString, json);
        QFETCH(const AnswerJson::Around, around);
        const auto found = findJson(answer);
        QVERIFY(found);
        QCOMPARE(compactJson(found->value), json);
        QCOMPARE(found->around, around);
        QCOMPARE(compactJson(
                     parseJson(QStringView(answer).sliced(found->begin, found->end - found->begin))
                         .value()),
            json);
    }

    /// The fault is where a person would look for it.
    void isNotFound()
    {
        const auto cut = findJson(u"Here it is:\n{\"a\": [1, 2");
        QVERIFY(!cut);
        QCOMPARE(cut.error().line, 2);
        QCOMPARE(cut.error().column, 12);
        const auto words = findJson(u"I cannot do that.");
        QVERIFY(!words);
        QCOMPARE(words.error().column, 1);
        // Neither this.
        QVERIFY(!findJson(QString(100'000, u'[')));
    }

    void anAnswerIsChecked()
    {
        const JsonSchema schema = personSchema();
        QVERIFY(checkAnswer(u"{\"name\":\"Ada\"}"_s, schema, false)->isValid());
        const QString fenced = u"```json\n{\"name\":\"Ada\"}\n```"_s;
        QVERIFY(checkAnswer(fenced, schema, true)->isValid());
        const auto strict = checkAnswer(fenced, schema, false);
        QCOMPARE(strict->violations.size(), 1);
        QCOMPARE(strict->violations.constFirst().keyword, u"json"_s);
        QVERIFY(strict->json); // it is there all the same
        const auto none = checkAnswer(u"{\"name\":"_s, schema, true);
        QVERIFY(!none->isValid() && !none->json);
        QVERIFY(none->violations.constFirst().message.contains(u"line 1, column 9"_s));
        QCOMPARE(checkAnswer(u"{\"age\":1.5}"_s, schema, false)->violations.size(), 2);
    }

    void isWatched_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("keyword"); ///< empty: nothing is told
        QTest::addColumn<qsizetype>("certain"); ///< after so many characters
        const auto row = [](const char *name, const QString &answer, const QString &keyword,
                             const QString &until) {
            QTest::newRow(name) << answer << keyword
                                << (until.isEmpty() ? 0 : answer.indexOf(until) + until.size());
        };
        row("well", u"{\"name\":\"Ada\",\"age\":36}"_s, {}, {});
        row("type", u"{\"name\":\"Ada\",\"age\":\"36\"}"_s, u"type"_s, u"\"age\":\""_s);
        row("too long", u"{\"name\":\"Ada Lovelace, Countess\"}"_s, u"maxLength"_s,
            u"Ada Lovelac"_s);
        row("in a fence", u"Sure!\n```json\n{\"age\":\"3\"}\n```"_s, u"type"_s, u"\"age\":\""_s);
        row("another member", u"{\"name\":\"Ada\",\"born\":1815}"_s, u"additionalProperties"_s,
            u"\"born\":1"_s);
        row("missing", u"{\"age\":36} That was it."_s, u"required"_s, u"}"_s);
        row("a list", u"[1,2]"_s, u"type"_s, u"["_s);
        row("words alone", u"I do not know [1] her."_s, {}, {});
        row("braces in words", u"Put {name} here: {\"x\":1}"_s, {}, {});
        row("broken", u"{\"name\": Ada, \"x\": {\"y\":1}}"_s, {}, {});
    }

    void isWatched()
    {
        QFETCH(const QString, answer);
        QFETCH(const QString, keyword);
        QFETCH(const qsizetype, certain);
        QCOMPARE(watched(answer, 1), std::pair(keyword, certain));
        for (const qsizetype pieces : {2, 3, 7, 100}) { // several may come at once
            QCOMPARE(watched(answer, pieces).first.isEmpty(), keyword.isEmpty());
        }
    }

    /// However long it is, a look at it costs little: all looks together are a few readings.
    void aLongAnswerIsWatched()
    {
        const JsonSchema schema
            = JsonSchema::from("{\"items\":{\"type\":\"integer\"}}"_ba, {}).value();
        AnswerWatch watch(schema);
        QVERIFY(!watch.append(u"[0"));
        for (int i = 0; i < 200'000; ++i) {
            QVERIFY(!watch.append(u",12345"));
        }
        QVERIFY(!watch.append(u",\"x\"")); // not noticed at once
        QVERIFY(watch.append(u"]"));
    }
};

QTEST_GUILESS_MAIN(TestAnswerJson)
#include "tst_answerjson.moc"
