// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jsondifference.h"

#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// When two answers are held against each other as JSON, and what is said of them then.
class TestJsonDifference final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whichAnswersAreJson_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("isJson");
        QTest::addColumn<bool>("hasWords");
        const QString object = u"{\"a\": 1}"_s;
        const QString fence = u"```json\n{\"a\": 2}\n```"_s;
        QTest::newRow("objects") << object << object << true << false;
        QTest::newRow("in a fence") << object << fence << true << false;
        QTest::newRow("a fence among words")
            << object << u"Here it is:\n\n"_s + fence << true << true;
        QTest::newRow("lists") << u"[1]"_s << u" [2]\n"_s << true << false;
        QTest::newRow("words") << u"No."_s << object << false << false;
        QTest::newRow("an object amid a sentence")
            << u"I say {\"a\": 1} to that."_s << object << false << false;
        QTest::newRow("numbers") << u"1"_s << u"2"_s << false << false;
        QTest::newRow("cut off") << u"{\"a\": 1"_s << object << false << false;
        QTest::newRow("nothing") << QString() << QString() << false << false;
    }

    void whichAnswersAreJson()
    {
        QFETCH(const QString, base);
        QFETCH(const QString, other);
        QFETCH(const bool, isJson);
        QFETCH(const bool, hasWords);
        const auto difference = JsonDifference::of(base, other);
        QCOMPARE(difference.has_value(), isJson);
        QCOMPARE(difference && difference->hasWords, hasWords);
        const auto turned = JsonDifference::of(other, base);
        QCOMPARE(turned.has_value(), isJson);
    }

    void pathsHaveBothValues()
    {
        const auto difference = JsonDifference::of(
            u"{\"label\": \"billing\", \"priority\": \"normal\", \"tags\": [1, 2]}"_s,
            u"```\n{\"tags\": [1], \"priority\": \"high\", \"label\": \"billing\"}\n```"_s);
        QVERIFY(difference);
        QCOMPARE(difference->rows,
            (QList<JsonDifferenceRow>{
                {.path = u"/priority"_s, .base = u"\"normal\""_s, .other = u"\"high\""_s},
                {.path = u"/tags/1"_s, .base = u"2"_s, .other = {}}}));
        // 2 of the base's 4 values and 2 of the other's 3 are in common.
        QCOMPARE(difference->similarity, 4.0 / 7.0);
    }

    void whatIsWrittenOtherwiseIsTheSame()
    {
        const auto difference
            = JsonDifference::of(u"{\"a\":1,\"b\":[]}"_s, u"{ \"b\": [],\n  \"a\": 1.0 }"_s);
        QVERIFY(difference);
        QVERIFY(difference->rows.isEmpty());
        QCOMPARE(difference->similarity, 1.0);
    }

    void anotherKindOfValueDiffersAsAWhole()
    {
        const auto difference = JsonDifference::of(u"[]"_s, u"{}"_s);
        QVERIFY(difference);
        QCOMPARE(difference->rows.size(), 1);
        QVERIFY(!difference->rows.constFirst().path.isEmpty());
        QCOMPARE(difference->similarity, 0.0);
    }

    void aLongValueIsCut()
    {
        const auto difference = JsonDifference::of(
            u"{\"a\": 1}"_s, u"{\"a\": \""_s + QString(100'000, u'x') + u"\"}"_s);
        QVERIFY(difference);
        QVERIFY(difference->rows.constFirst().other.size() < 3000);
        QVERIFY(difference->rows.constFirst().other.endsWith(u'…'));
    }
};

QTEST_GUILESS_MAIN(TestJsonDifference)
#include "tst_jsondifference.moc"
