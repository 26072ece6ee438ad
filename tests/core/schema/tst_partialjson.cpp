// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/jsonschema.h"
#include "schema/partialjson.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Kind = JsonNode::Kind;

const QString &sample()
{
    static const QString text
        = u" {\"name\":\"A\\u00e9\\ud83d\\ude00 \\\"x\\\"\\n\",\"n\":-12.5e+1,\"z\":0,\n"
          " \"list\":[1,[],{},null,true,false,\"\",{\"a/b\":[{\"k\":\"v\"}]}],\"last\":10} "_s;
    return text;
}

/// Where a value is still growing: on the way from the root to the last thing read, and nowhere
/// else.
int openNodes(const JsonNode &node)
{
    int open = node.isOpen ? 1 : 0;
    for (const JsonNode &item : node.items) {
        open += openNodes(item);
    }
    return open;
}

int depthOf(const JsonNode &node)
{
    int deepest = 0;
    for (const JsonNode &item : node.items) {
        deepest = std::max(deepest, depthOf(item));
    }
    return 1 + deepest;
}

JsonNode whole(const QString &text) { return parseJson(QStringView(text)).value(); }

} // namespace

/// JSON that comes in pieces.
class TestPartialJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everySplitPointGivesTheSame()
    {
        const JsonNode expected = whole(sample());
        QCOMPARE(compactJson(expected),
            u"{\"name\":\"Aé😀 \\\"x\\\"\\n\",\"n\":-12.5e+1,\"z\":0,\"list\":[1,[],{},null,true,"
            "false,\"\",{\"a/b\":[{\"k\":\"v\"}]}],\"last\":10}"_s);
        for (qsizetype at = 0; at <= sample().size(); ++at) {
            PartialJson parser;
            parser.append(sample().first(at));
            QVERIFY2(!parser.fault(), qPrintable(QString::number(at)));
            if (parser.root()) {
                QVERIFY(openNodes(*parser.root()) <= depthOf(*parser.root()));
            }
            parser.append(sample().sliced(at));
            parser.finish();
            QVERIFY(parser.isWhole());
            QVERIFY(sameJson(*parser.root(), expected));
            QCOMPARE(compactJson(*parser.root()), compactJson(expected));
        }
    }

    void oneByOne()
    {
        PartialJson parser;
        const QString &text = sample();
        for (const QChar c : text) {
            parser.append(QStringView(&c, 1));
        }
        parser.finish();
        QVERIFY(sameJson(*parser.root(), whole(sample())));
        QVERIFY(parser.duplicates().isEmpty());
    }

    /// As QJsonDocument reads it.
    void asOthersReadIt()
    {
        const QJsonValue other = QJsonDocument::fromJson(sample().toUtf8()).object();
        QCOMPARE(toQJson(whole(sample())), other);
        QVERIFY(sameJson(fromQJson(other), whole(sample())));
    }

    void theTreeGrows()
    {
        PartialJson parser;
        QVERIFY(!parser.root());
        parser.append(u"{\"na");
        QCOMPARE(parser.root()->kind, Kind::Object);
        QVERIFY(parser.root()->isOpen);
        QVERIFY(parser.root()->keys.isEmpty());
        parser.append(u"me\":\"Ad");
        QCOMPARE(parser.root()->keys, QStringList{u"name"_s});
        QCOMPARE(parser.root()->items.front().text, u"Ad"_s);
        QVERIFY(parser.root()->items.front().isOpen);
        parser.append(u"a\", \"age\": 3");
        QVERIFY(!parser.root()->items.front().isOpen);
        QVERIFY(parser.root()->items.back().isOpen); // 3, or 36
        parser.append(u"6}");
        QCOMPARE(parser.root()->items.back().integer, 36);
        QVERIFY(parser.isWhole());
        // A number by itself has an end only where the text has.
        PartialJson number;
        number.append(u"12");
        QVERIFY(!number.isWhole());
        number.finish();
        QVERIFY(number.isWhole());
    }

    void theLastOfTwoCounts()
    {
        PartialJson parser;
        parser.append(u"{\"a\":{\"x\":1},\"b\":{\"x\":1,\"x\":[2]},\"a\":3}");
        parser.finish();
        QCOMPARE(compactJson(*parser.root()), u"{\"a\":3,\"b\":{\"x\":[2]}}"_s);
        QCOMPARE(parser.duplicates(), (QStringList{u"/b/x"_s, u"/a"_s}));
    }

    void numbers()
    {
        QCOMPARE(whole(u"9007199254740993"_s).integer, 9007199254740993);
        QVERIFY(whole(u"1.0"_s).isInteger());
        QVERIFY(whole(u"1e3"_s).isInteger());
        QVERIFY(whole(u"123456789012345678901234567890"_s).isInteger());
        QVERIFY(!whole(u"1.5"_s).isInteger());
        QVERIFY(sameJson(whole(u"1"_s), whole(u"1.0"_s)));
        QVERIFY(!sameJson(whole(u"9007199254740993"_s), whole(u"9007199254740992"_s)));
    }

    void whatIsNoJson_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("word");
        QTest::newRow("nothing") << u" "_s << 2 << u"nothing"_s;
        QTest::newRow("prose") << u"Sure!"_s << 1 << u"a value"_s;
        QTest::newRow("after it") << u"{} x"_s << 4 << u"“x”"_s;
        QTest::newRow("comma") << u"[1,]"_s << 4 << u"a value"_s;
        QTest::newRow("comma in an object") << u"{\"a\":1,}"_s << 8 << u"a key"_s;
        QTest::newRow("no comma") << u"[1 2]"_s << 4 << u"a comma"_s;
        QTest::newRow("single quotes") << u"{'a':1}"_s << 2 << u"in quotes"_s;
        QTest::newRow("no colon") << u"{\"a\" 1}"_s << 6 << u"a colon"_s;
        QTest::newRow("wrong bracket") << u"[1}"_s << 3 << u"“]”"_s;
        QTest::newRow("word") << u"[trux]"_s << 5 << u"true"_s;
        QTest::newRow("Python's") << u"[None]"_s << 2 << u"a value"_s;
        QTest::newRow("leading 0") << u"01"_s << 2 << u"begin with a 0"_s;
        QTest::newRow("no digit") << u"-x"_s << 2 << u"a digit"_s;
        QTest::newRow("half a number") << u"1e"_s << 3 << u"number"_s;
        QTest::newRow("point") << u"[1.]"_s << 4 << u"a digit"_s;
        QTest::newRow("escape") << u"\"\\x\""_s << 3 << u"escape"_s;
        QTest::newRow("hex") << u"\"\\u00g0\""_s << 6 << u"hexadecimal"_s;
        QTest::newRow("line end") << u"\"a\nb\""_s << 3 << u"a line's end"_s;
        QTest::newRow("open text") << u"[\"a"_s << 4 << u"within a string"_s;
        QTest::newRow("open list") << u"[1,[2]"_s << 7 << u"list"_s;
        QTest::newRow("open word") << u"tru"_s << 4 << u"true"_s;
        QTest::newRow("too deep") << QString(300, u'[') << 257 << u"deeper"_s;
    }

    void whatIsNoJson()
    {
        QFETCH(const QString, text);
        QFETCH(const int, column);
        QFETCH(const QString, word);
        for (qsizetype at = 0; at <= text.size(); ++at) {
            PartialJson parser;
            parser.append(text.first(at));
            parser.append(text.sliced(at));
            parser.finish();
            QVERIFY(parser.fault());
            QCOMPARE(parser.fault()->line, text.contains(u"\n\n"_s) ? 2 : 1);
            QCOMPARE(parser.fault()->column, column);
            QVERIFY2(parser.fault()->message.contains(word), qPrintable(parser.fault()->message));
        }
    }

    void theErrorOfAFileNamesItsLine()
    {
        const auto result = parseJson("{\n  \"a\": 1,\n  b: 2}"_ba);
        QVERIFY(!result);
        QVERIFY2(result.error().message.startsWith(u"Line 3, column 3: "),
            qPrintable(result.error().message));
        QVERIFY(!parseJson("\"\xff\""_ba));
        QVERIFY(parseJson("\xef\xbb\xbf[]"_ba));
    }

    /// What is certain is told as soon as it is, and nothing before.
    void theFirstCertainViolation_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("before"); ///< nothing is certain yet
        QTest::addColumn<QString>("after"); ///< what makes it so
        QTest::addColumn<QString>("keyword");
        QTest::newRow("type") << "{\"properties\":{\"a\":{\"type\":\"string\"}}}"_ba << u"{\"a\":"_s
                              << u"1"_s << u"type"_s;
        QTest::newRow("integer") << "{\"items\":{\"type\":\"integer\"}}"_ba << u"[1, 1.5"_s
                                 << u","_s << u"type"_s;
        QTest::newRow("enum") << "{\"enum\":[\"red\",\"green\"]}"_ba << u"\"gre"_s << u"y"_s
                              << u"enum"_s;
        QTest::newRow("const") << "{\"const\":[1,{\"a\":\"b\"}]}"_ba << u"[1,{\"a\":\""_s << u"c"_s
                               << u"const"_s;
        QTest::newRow("maxLength")
            << "{\"maxLength\":3}"_ba << u"\"abc"_s << u"d"_s << u"maxLength"_s;
        QTest::newRow("minLength")
            << "{\"minLength\":3}"_ba << u"\"ab"_s << u"\""_s << u"minLength"_s;
        QTest::newRow("maximum") << "{\"items\":{\"maximum\":5}}"_ba << u"[4,50"_s << u"]"_s
                                 << u"maximum"_s;
        QTest::newRow("required") << "{\"required\":[\"a\"]}"_ba << u"{\"b\":1"_s << u"}"_s
                                  << u"required"_s;
        QTest::newRow("additionalProperties")
            << "{\"properties\":{\"a\":{}},\"additionalProperties\":false}"_ba
            << u"{\"a\":1,\"b\":"_s << u"\""_s << u"additionalProperties"_s;
        QTest::newRow("maxItems") << "{\"maxItems\":1}"_ba << u"[1,"_s << u"2"_s << u"maxItems"_s;
        QTest::newRow("pattern") << "{\"pattern\":\"^[A-Z]{2}-\"}"_ba << u"\"AB"_s << u"C"_s
                                 << u"pattern"_s;
        QTest::newRow("a pattern that may stand anywhere")
            << "{\"pattern\":\"[0-9]\"}"_ba << u"\"ABC"_s << u"\""_s << u"pattern"_s;
        QTest::newRow("anyOf")
            << "{\"anyOf\":[{\"type\":\"null\"},{\"maxLength\":2,\"type\":\"string\"}]}"_ba
            << u"\"ab"_s << u"c"_s << u"anyOf"_s;
        QTest::newRow("oneOf") << "{\"oneOf\":[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]}"_ba
                               << u"{\"a\":1,\"b\":"_s << u"2"_s << u"oneOf"_s;
        QTest::newRow("not") << "{\"not\":{\"required\":[\"secret\"]}}"_ba << u"{\"secret\":"_s
                             << u"0"_s << u"not"_s;
        QTest::newRow("if") << "{\"if\":{\"required\":[\"a\"]},\"then\":{\"maxProperties\":1}}"_ba
                            << u"{\"a\":1,\"b\":"_s << u"2"_s << u"maxProperties"_s;
        QTest::newRow("contains") << "{\"contains\":{\"const\":1}}"_ba << u"[2,3"_s << u"]"_s
                                  << u"contains"_s;
        QTest::newRow("uniqueItems") << "{\"uniqueItems\":true}"_ba << u"[{\"a\":1},{\"a\":1"_s
                                     << u"}"_s << u"uniqueItems"_s;
        QTest::newRow("unevaluatedProperties")
            << "{\"anyOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}}},true],"
               "\"unevaluatedProperties\":false}"_ba
            << u"{\"a\":\"x\",\"b\":"_s << u"1"_s << u"unevaluatedProperties"_s;
        QTest::newRow("propertyNames") << "{\"propertyNames\":{\"maxLength\":2}}"_ba
                                       << u"{\"ab\":1,\"abc\":"_s << u"1"_s << u"propertyNames"_s;
    }

    void theFirstCertainViolation()
    {
        QFETCH(const QByteArray, schema);
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        QFETCH(const QString, keyword);
        const auto made = JsonSchema::from(schema, {});
        QVERIFY2(made, qPrintable(made ? QString() : made.error().message));
        PartialJson parser;
        for (const QChar c : before) {
            parser.append(QStringView(&c, 1));
            if (parser.root()) {
                QVERIFY(!made->firstCertain(*parser.root()));
            }
        }
        parser.append(after);
        QVERIFY2(!parser.fault(), qPrintable(parser.fault() ? parser.fault()->message : QString()));
        const auto violation = made->firstCertain(*parser.root());
        QVERIFY(violation);
        QCOMPARE(violation->keyword, keyword);
    }

    void whatIsCutOffEndsWithAWholeCharacter()
    {
        const JsonNode node = *parseJson(u"[\"a😀\", \"😀\"]"_s);
        for (qsizetype most = 0; most < 12; ++most) {
            const QString text = compactJson(node, most);
            QCOMPARE(QString::fromUtf8(text.toUtf8()), text);
            QVERIFY(text.size() <= most + 1 || text == compactJson(node));
        }
    }
};

QTEST_GUILESS_MAIN(TestPartialJson)
#include "tst_partialjson.moc"
