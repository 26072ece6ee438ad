// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/jsonedit.h"
#include "schema/partialjson.h"

#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Changes of a text leave the rest of it as it was written.
class TestJsonEdit final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void valuesAreReplacedWhereTheyStand()
    {
        QCOMPARE(withValue(u"{ \"a\" : 1.0e2 ,\n\t\"b\":[1,  2] }"_s, u"/b/1", u"null"_s),
            u"{ \"a\" : 1.0e2 ,\n\t\"b\":[1,  null] }"_s);
        QCOMPARE(withValue(u" 5 "_s, u"", u"{}"_s), u" {} "_s);
        QCOMPARE(withValue(u"{\"a/b~\": 1}"_s, u"/a~1b~0", u"2"_s), u"{\"a/b~\": 2}"_s);
        QVERIFY(!withValue(u"{\"a\": 1}"_s, u"/b", u"2"_s));
    }

    void membersAreAddedInTheMannerOfTheOthers_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("object");
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("result");
        QTest::newRow("an empty one") << u"{}"_s << u""_s << -1 << u"{\"k\": 1}"_s;
        QTest::newRow("an empty one with space") << u"{  }"_s << u""_s << 0 << u"{\"k\": 1}"_s;
        QTest::newRow("behind, on one line")
            << u"{\"a\": 0}"_s << u""_s << -1 << u"{\"a\": 0, \"k\": 1}"_s;
        QTest::newRow("before, on one line")
            << u"{ \"a\": 0 }"_s << u""_s << 0 << u"{ \"k\": 1, \"a\": 0 }"_s;
        QTest::newRow("between, on one line")
            << u"{\"a\": 0, \"b\": 0}"_s << u""_s << 1 << u"{\"a\": 0, \"k\": 1, \"b\": 0}"_s;
        QTest::newRow("dense") << u"{\"a\":0,\"b\":0}"_s << u""_s << -1
                               << u"{\"a\":0,\"b\":0,\"k\":1}"_s;
        QTest::newRow("behind, on lines")
            << u"{\n\t\"a\": 0\n}\n"_s << u""_s << -1 << u"{\n\t\"a\": 0,\n\t\"k\": 1\n}\n"_s;
        QTest::newRow("before, on lines")
            << u"{\n    \"a\": 0\n}"_s << u""_s << 0 << u"{\n    \"k\": 1,\n    \"a\": 0\n}"_s;
        QTest::newRow("an empty one among lines") << u"{\n   \"a\": {}\n}"_s << u"/a"_s << -1
                                                  << u"{\n   \"a\": {\n      \"k\": 1\n   }\n}"_s;
        QTest::newRow("braces and commas in texts")
            << u"{\"a\": \"}, {\", \"b\": [\"]\"]}"_s << u""_s << -1
            << u"{\"a\": \"}, {\", \"b\": [\"]\"], \"k\": 1}"_s;
        QTest::newRow("far behind") << u"{\"a\": 0}"_s << u""_s << 9 << u"{\"a\": 0, \"k\": 1}"_s;
    }

    void membersAreAddedInTheMannerOfTheOthers()
    {
        QFETCH(const QString, json);
        QFETCH(const QString, object);
        QFETCH(const int, index);
        QFETCH(const QString, result);
        QCOMPARE(withMember(json, object, index, u"k", u"1"_s), result);
    }

    void membersAreAddedToObjectsOnly()
    {
        QVERIFY(!withMember(u"[1]"_s, u"", 0, u"k", u"1"_s));
        QVERIFY(!withMember(u"{\"a\": 5}"_s, u"/a", 0, u"k", u"1"_s));
        QVERIFY(!withMember(u"{\"a\": 5}"_s, u"/b", 0, u"k", u"1"_s));
    }

    void itemsAreAdded()
    {
        QCOMPARE(withItem(u"[]"_s, u"", -1, u"1"_s), u"[1]"_s);
        QCOMPARE(withItem(u"{\"r\": [\"a\", \"b\"]}"_s, u"/r", -1, u"\"c\""_s),
            u"{\"r\": [\"a\", \"b\", \"c\"]}"_s);
        QCOMPARE(withItem(u"[\n  1\n]"_s, u"", -1, u"2"_s), u"[\n  1,\n  2\n]"_s);
        QCOMPARE(withItem(u"[1, 3]"_s, u"", 1, u"2"_s), u"[1, 2, 3]"_s);
        QCOMPARE(withItem(u"[\n  1\n]"_s, u"", 0, u"0"_s), u"[\n  0,\n  1\n]"_s);
        QVERIFY(!withItem(u"{}"_s, u"", -1, u"1"_s));
    }

    /// As what is there is written.
    void valuesAreLaidOut_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("container");
        QTest::addColumn<QString>("laid");
        QTest::newRow("on one line") << u"[{\"b\": 0}]"_s << u""_s << u"{\"a\": [1, {}]}"_s;
        QTest::newRow("an empty text's") << u"[]"_s << u""_s << u"{\"a\": [1, {}]}"_s;
        QTest::newRow("on lines, by two")
            << u"[\n  1\n]"_s << u""_s << u"{\n    \"a\": [1, {}]\n  }"_s;
        QTest::newRow("on lines, by tabs")
            << u"{\n\t\"l\": [\n\t\t1\n\t]\n}"_s << u"/l"_s << u"{\n\t\t\t\"a\": [1, {}]\n\t\t}"_s;
        QTest::newRow("an empty one among lines")
            << u"{\n    \"l\": []\n}"_s << u"/l"_s << u"{\n            \"a\": [1, {}]\n        }"_s;
        QTest::newRow("one line among lines")
            << u"{\n  \"l\": [1]\n}"_s << u"/l"_s << u"{\"a\": [1, {}]}"_s;
    }

    void valuesAreLaidOut()
    {
        QFETCH(const QString, json);
        QFETCH(const QString, container);
        QFETCH(const QString, laid);
        const JsonNode value = *parseJson(u"{\"a\":[1,{}]}"_s);
        QCOMPARE(laidOut(json, container, value), laid);
        const auto put = withItem(json, container, -1, laid);
        QVERIFY(!put || parseJson(*put));
    }

    void keysAreChanged()
    {
        QCOMPARE(withKey(u"{\"a\" : {\"a\": 1}}"_s, u"/a/a", u"\"ü\n"),
            u"{\"a\" : {\"\\\"ü\\n\": 1}}"_s);
        QVERIFY(!withKey(u"[1]"_s, u"/0", u"a"));
        QVERIFY(!withKey(u"{}"_s, u"", u"a"));
    }

    void partsAreTakenOut_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("result");
        QTest::newRow("the only one") << u"{ \"a\": 1 }"_s << u"/a"_s << u"{}"_s;
        QTest::newRow("the first") << u"{\"a\": 1, \"b\": 2}"_s << u"/a"_s << u"{\"b\": 2}"_s;
        QTest::newRow("the last") << u"{\"a\": 1, \"b\": 2}"_s << u"/b"_s << u"{\"a\": 1}"_s;
        QTest::newRow("on lines") << u"{\n  \"a\": 1,\n  \"b\": {},\n  \"c\": 3\n}\n"_s << u"/b"_s
                                  << u"{\n  \"a\": 1,\n  \"c\": 3\n}\n"_s;
        QTest::newRow("the last on lines")
            << u"{\n  \"a\": 1,\n  \"b\": 2\n}"_s << u"/b"_s << u"{\n  \"a\": 1\n}"_s;
        QTest::newRow("an item") << u"{\"r\": [1, 2, 3]}"_s << u"/r/1"_s << u"{\"r\": [1, 3]}"_s;
    }

    void partsAreTakenOut()
    {
        QFETCH(const QString, json);
        QFETCH(const QString, pointer);
        QFETCH(const QString, result);
        QCOMPARE(without(json, pointer), result);
    }

    void theWholeIsNotTakenOut()
    {
        QVERIFY(!without(u"{\"a\": 1}"_s, u""));
        QVERIFY(!without(u"{\"a\": 1}"_s, u"/b"));
    }

    void partsAreMoved()
    {
        const QString json = u"{\n  \"a\": 1,\n  \"b\": {\n    \"x\": 2\n  },\n  \"c\": 3\n}"_s;
        QCOMPARE(withMoved(json, u"", 2, 0),
            u"{\n  \"c\": 3,\n  \"a\": 1,\n  \"b\": {\n    \"x\": 2\n  }\n}"_s);
        QCOMPARE(withMoved(json, u"", 0, 1),
            u"{\n  \"b\": {\n    \"x\": 2\n  },\n  \"a\": 1,\n  \"c\": 3\n}"_s);
        QCOMPARE(withMoved(json, u"", 1, 1), json);
        QVERIFY(!withMoved(json, u"", 0, 3));
        QVERIFY(!withMoved(json, u"/a", 0, 0));
    }
};

QTEST_GUILESS_MAIN(TestJsonEdit)

#include "tst_jsonedit.moc"
