// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/jsonschema.h"
#include "schema/partialjson.h"
#include "schema/schemaoutline.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What a form shows of a schema, and what its changes make of the text.
class TestSchemaOutline final : public QObject
{
    Q_OBJECT

    static QList<OutlineRow> rowsOf(const QString &text) { return outlineOf(*parseJson(text)); }

    static OutlineRow rowAt(const QString &text, const QString &pointer)
    {
        const QList<OutlineRow> rows = rowsOf(text);
        const auto row = std::ranges::find(rows, pointer, &OutlineRow::pointer);
        return row == rows.end() ? OutlineRow() : *row;
    }

    static QStringList pointersOf(const QString &text)
    {
        QStringList all;
        for (const OutlineRow &row : rowsOf(text)) {
            all.append(row.pointer);
        }
        return all;
    }

    const QString m_person
        = u"{\n"
          "  \"title\": \"Person\",\n"
          "  \"type\": \"object\",\n"
          "  \"x-ours\": [1,   2],\n"
          "  \"properties\": {\n"
          "    \"name\": {\"type\": \"string\", \"minLength\": 1},\n"
          "    \"tags\": {\"type\": \"array\", \"items\": {\"enum\": [\"a\", 2]}},\n"
          "    \"home\": {\n"
          "      \"type\": [\"object\", \"null\"],\n"
          "      \"properties\": {\"town\": {\"type\": \"string\"}}\n"
          "    }\n"
          "  },\n"
          "  \"required\": [\"name\", \"home\"]\n"
          "}\n"_s;

private Q_SLOTS:

    void allOfASchemaIsShownOrNamed()
    {
        QCOMPARE(pointersOf(m_person),
            (QStringList{QString(), u"/properties/name"_s, u"/properties/tags"_s,
                u"/properties/tags/items"_s, u"/properties/home"_s,
                u"/properties/home/properties/town"_s}));
        const OutlineRow root = rowAt(m_person, {});
        QCOMPARE(root.type, u"object"_s);
        QCOMPARE(root.children, 3);
        QCOMPARE(root.others, (QStringList{u"title: \"Person\""_s, u"x-ours: [1,2]"_s}));
        const OutlineRow name = rowAt(m_person, u"/properties/name"_s);
        QVERIFY(name.isRequired && !name.isNullable && !name.mayHaveProperties);
        QCOMPARE(name.others, QStringList(u"minLength: 1"_s));
        QCOMPARE(name.depth, 1);
        const OutlineRow items = rowAt(m_person, u"/properties/tags/items"_s);
        QCOMPARE(items.kind, OutlineRow::Kind::Items);
        QCOMPARE(items.values, u"a, 2"_s);
        QCOMPARE(items.depth, 2);
        const OutlineRow home = rowAt(m_person, u"/properties/home"_s);
        QVERIFY(home.isNullable && home.isRequired && home.mayHaveProperties);
        QCOMPARE(home.type, u"object"_s);
        QVERIFY(!rowAt(m_person, u"/properties/home/properties/town"_s).isRequired);
    }

    void whatAFormCannotShowIsNamed_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QStringList>("others");
        QTest::addColumn<bool>("fixed");
        QTest::newRow("a reference")
            << u"{\"$ref\": \"#/$defs/x\"}"_s << QStringList(u"$ref: \"#/$defs/x\""_s) << true;
        QTest::newRow("a boolean") << u"true"_s << QStringList(u"true"_s) << true;
        QTest::newRow("no schema") << u"5"_s << QStringList(u"5"_s) << true;
        QTest::newRow("alternatives")
            << u"{\"anyOf\": [{}, {}]}"_s << QStringList(u"anyOf: [{},{}]"_s) << false;
        QTest::newRow("a list of items") << u"{\"type\": \"array\", \"items\": [{}]}"_s
                                         << QStringList(u"items: [{}]"_s) << false;
        QTest::newRow("names of no property")
            << u"{\"properties\": {\"a\": {}}, \"required\": [\"a\", \"b\"]}"_s
            << QStringList(u"required: [\"a\",\"b\"]"_s) << false;
        QTest::newRow("values that cannot be typed")
            << u"{\"enum\": [[1]]}"_s << QStringList(u"enum: [[1]]"_s) << false;
        QTest::newRow("a number among texts") << u"{\"type\": \"string\", \"enum\": [\"a\", 1]}"_s
                                              << QStringList(u"enum: [\"a\",1]"_s) << false;
        QTest::newRow("wrongly written")
            << u"{\"type\": 5, \"description\": []}"_s
            << QStringList{u"type: 5"_s, u"description: []"_s} << false;
        QTest::newRow("long") << u"{\"pattern\": \"%1\"}"_s.arg(QString(99, u'x'))
                              << QStringList(u"pattern: \"%1…"_s.arg(QString(47, u'x'))) << false;
        QTest::newRow("nothing more")
            << u"{\"type\": [\"string\", \"null\"]}"_s << QStringList() << false;
    }

    void whatAFormCannotShowIsNamed()
    {
        QFETCH(const QString, schema);
        QFETCH(const QStringList, others);
        QFETCH(const bool, fixed);
        const OutlineRow row
            = rowAt(u"{\"properties\": {\"p\": %1}}"_s.arg(schema), u"/properties/p"_s);
        QCOMPARE(row.others, others);
        QCOMPARE(row.isFixed, fixed);
    }

    void definitionsAreShownAndReferencesNotFollowed()
    {
        const QString text = u"{\"$ref\": \"#/$defs/node\", \"$defs\": {\"node\": {\"type\": "
                             "\"object\", \"properties\": {\"next\": {\"$ref\": "
                             "\"#/$defs/node\"}}}}}"_s;
        QCOMPARE(pointersOf(text),
            (QStringList{QString(), u"/$defs/node"_s, u"/$defs/node/properties/next"_s}));
        QCOMPARE(rowAt(text, u"/$defs/node"_s).kind, OutlineRow::Kind::Definition);
        QCOMPARE(rowAt(text, u"/$defs/node"_s).name, u"node"_s);
        QVERIFY(rowAt(text, u"/$defs/node"_s).mayHaveProperties);
        QVERIFY(!setOutlineName(text, u"/$defs/node"_s, u"other"_s)); // who refers to it?
        QVERIFY(!removeOutlineProperty(text, u"/$defs/node"_s));
    }

    void booleansAreSchemasAndOthersAreNone()
    {
        QCOMPARE(rowsOf(u"true"_s).size(), 1);
        QVERIFY(rowsOf(u"true"_s).constFirst().isFixed);
        QVERIFY(rowsOf(u"[]"_s).isEmpty());
        QVERIFY(rowsOf(u"5"_s).isEmpty());
    }

    /// Each edit of the same text: what became other, and nothing else.
    void changesAreAsSmallAsCanBe_data()
    {
        using Edit = std::function<Result<QString>(const QString &)>;
        QTest::addColumn<Edit>("edit");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const QString name = u"/properties/name"_s;
        const QString tags = u"/properties/tags"_s;
        const QString home = u"/properties/home"_s;
        const auto row
            = [](const char *tag, const Edit &edit, const QString &before, const QString &after) {
                  QTest::newRow(tag) << edit << before << after;
              };
        row(
            "a type",
            [=](const QString &t) { return setOutlineType(t, name, u"integer"_s, false); },
            u"\"name\": {\"type\": \"string\","_s, u"\"name\": {\"type\": \"integer\","_s);
        row(
            "null, too",
            [=](const QString &t) { return setOutlineType(t, name, u"string"_s, true); },
            u"\"name\": {\"type\": \"string\","_s,
            u"\"name\": {\"type\": [\"string\", \"null\"],"_s);
        row(
            "null no more",
            [=](const QString &t) { return setOutlineType(t, home, u"object"_s, false); },
            u"[\"object\", \"null\"]"_s, u"\"object\""_s);
        row(
            "any type", [=](const QString &t) { return setOutlineType(t, name, {}, false); },
            u"\"name\": {\"type\": \"string\", "_s, u"\"name\": {"_s);
        row(
            "the type of items",
            [=](const QString &t) {
                return setOutlineType(t, tags + u"/items"_s, u"string"_s, false);
            },
            u"{\"enum\""_s, u"{\"type\": \"string\", \"enum\""_s);
        row(
            "a name", [=](const QString &t) { return setOutlineName(t, tags, u"labels"_s); },
            u"\"tags\""_s, u"\"labels\""_s);
        row(
            "required", [=](const QString &t) { return setOutlineRequired(t, tags, true); },
            u"[\"name\", \"home\"]"_s, u"[\"name\", \"home\", \"tags\"]"_s);
        row(
            "required no more",
            [=](const QString &t) { return setOutlineRequired(t, name, false); },
            u"[\"name\", \"home\"]"_s, u"[\"home\"]"_s);
        row(
            "the first that is required",
            [=](const QString &t) {
                return setOutlineRequired(t, home + u"/properties/town"_s, true);
            },
            u"{\"town\": {\"type\": \"string\"}}"_s,
            u"{\"town\": {\"type\": \"string\"}},\n      \"required\": [\"town\"]"_s);
        row(
            "a description",
            [=](const QString &t) { return setOutlineDescription(t, name, u"In \"full\""_s); },
            u"{\"type\": \"string\", \"minLength\""_s,
            u"{\"type\": \"string\", \"description\": \"In \\\"full\\\"\", \"minLength\""_s);
        row(
            "values", [=](const QString &t) { return setOutlineValues(t, name, u"a, b"_s); },
            u"{\"type\": \"string\", \"minLength\""_s,
            u"{\"type\": \"string\", \"enum\": [\"a\", \"b\"], \"minLength\""_s);
        row(
            "other values",
            [=](const QString &t) { return setOutlineValues(t, tags + u"/items"_s, u"a, 3"_s); },
            u"[\"a\", 2]"_s, u"[\"a\", 3]"_s);
        row(
            "no values",
            [=](const QString &t) { return setOutlineValues(t, tags + u"/items"_s, u" "_s); },
            u"{\"enum\": [\"a\", 2]}"_s, u"{}"_s);
        row(
            "a property", [](const QString &t) { return addOutlineProperty(t, {}, 1); },
            u"    \"tags\""_s, u"    \"property\": {\"type\": \"string\"},\n    \"tags\""_s);
        row(
            "a property of a property",
            [=](const QString &t) { return addOutlineProperty(t, home, -1); },
            u"{\"town\": {\"type\": \"string\"}}"_s,
            u"{\"town\": {\"type\": \"string\"}, \"property\": {\"type\": \"string\"}}"_s);
        row(
            "a property less", [=](const QString &t) { return removeOutlineProperty(t, tags); },
            u"    \"tags\": {\"type\": \"array\", \"items\": {\"enum\": [\"a\", 2]}},\n"_s, u""_s);
        row(
            "moved", [=](const QString &t) { return moveOutlineProperty(t, name, 1); },
            u"\"name\": {\"type\": \"string\", \"minLength\": 1},\n"
            "    \"tags\": {\"type\": \"array\", \"items\": {\"enum\": [\"a\", 2]}}"_s,
            u"\"tags\": {\"type\": \"array\", \"items\": {\"enum\": [\"a\", 2]}},\n"
            "    \"name\": {\"type\": \"string\", \"minLength\": 1}"_s);
        row(
            "not beyond the first",
            [=](const QString &t) { return moveOutlineProperty(t, name, -3); }, u"x"_s, u"x"_s);
        row(
            "what it is already",
            [=](const QString &t) { return setOutlineType(t, home, u"object"_s, true); }, u"x"_s,
            u"x"_s);
        row(
            "the same values",
            [=](const QString &t) { return setOutlineValues(t, tags + u"/items"_s, u"a,2"_s); },
            u"x"_s, u"x"_s);
    }

    void changesAreAsSmallAsCanBe()
    {
        using Edit = std::function<Result<QString>(const QString &)>;
        QFETCH(const Edit, edit);
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        const Result<QString> result = edit(m_person);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QString expected = m_person;
        if (before != after) {
            QCOMPARE(expected.count(before), 1);
            expected.replace(before, after);
        }
        QCOMPARE(*result, expected);
        QVERIFY(JsonSchema::from(*parseJson(*result)));
    }

    void aRequiredPropertyStaysSoByItsNewName()
    {
        const Result<QString> text = setOutlineName(m_person, u"/properties/home"_s, u"a/b"_s);
        QVERIFY(text->contains(u"[\"name\", \"a/b\"]"_s));
        QVERIFY(rowAt(*text, u"/properties/a~1b"_s).isRequired);
        const Result<QString> less = removeOutlineProperty(*text, u"/properties/a~1b"_s);
        QVERIFY(less->contains(u"\"required\": [\"name\"]"_s));
        // The last one goes with its list: draft 4 knows no empty one.
        QVERIFY(!removeOutlineProperty(*less, u"/properties/name"_s)->contains(u"required"_s));
    }

    void namesAreRefusedThatWouldHideOthers()
    {
        const Result<QString> taken = setOutlineName(m_person, u"/properties/home"_s, u"tags"_s);
        QVERIFY(!taken && taken.error().message.contains(u"“tags”"_s));
        QVERIFY(!setOutlineName(m_person, u"/properties/home"_s, {}));
        QVERIFY(!setOutlineName(m_person, u"/properties/none"_s, u"x"_s));
        QVERIFY(!setOutlineRequired(m_person, {}, true));
        QVERIFY(!setOutlineType(u"{"_s, {}, u"string"_s, false));
    }

    void whatIsFixedStays()
    {
        const QString text = u"{\"properties\": {\"r\": {\"$ref\": \"#\"}, \"t\": true}}"_s;
        QVERIFY(!setOutlineType(text, u"/properties/r"_s, u"string"_s, false));
        QVERIFY(!setOutlineValues(text, u"/properties/t"_s, u"a"_s));
        QVERIFY(!setOutlineDescription(text, u"/properties/t"_s, u"a"_s));
        QVERIFY(!addOutlineProperty(text, u"/properties/r"_s, 0));
        // But not its place, its name, and what is said of it.
        QCOMPARE(setOutlineName(text, u"/properties/t"_s, u"u"_s),
            u"{\"properties\": {\"r\": {\"$ref\": \"#\"}, \"u\": true}}"_s);
        QCOMPARE(moveOutlineProperty(text, u"/properties/t"_s, -1),
            u"{\"properties\": {\"t\": true, \"r\": {\"$ref\": \"#\"}}}"_s);
        QVERIFY(setOutlineDescription(text, u"/properties/r"_s, u"a"_s));
    }

    /// The schema is a part of a text, and so are all the places in it.
    void aSchemaWithinALargerText()
    {
        const QString base = u"/tools/0/parameters"_s;
        const QString head = u"{\"tools\":  [ {\"name\": \"f\",\n\"parameters\":"_s;
        const QString tail = u"}],\"required\": [\"name\"]}"_s;
        const QString text = head + m_person + tail;
        const QList<OutlineRow> rows = outlineOf(*parseJson(m_person), base);
        QCOMPARE(rows.constFirst().pointer, base);
        QCOMPARE(rows.at(1).pointer, base + u"/properties/name"_s);
        QVERIFY(rows.at(1).isRequired);
        const QString home = base + u"/properties/home"_s;
        const auto same = [&](const Result<QString> &here, const Result<QString> &alone) {
            QVERIFY2(here, qPrintable(here ? QString() : here.error().message));
            QCOMPARE(*here, head + *alone + tail);
        };
        same(setOutlineName(text, home, u"house"_s, base),
            setOutlineName(m_person, u"/properties/home"_s, u"house"_s));
        same(setOutlineRequired(text, home, false, base),
            setOutlineRequired(m_person, u"/properties/home"_s, false));
        same(setOutlineType(text, home, u"string"_s, false, base),
            setOutlineType(m_person, u"/properties/home"_s, u"string"_s, false));
        same(setOutlineValues(text, base + u"/properties/name"_s, u"a"_s, base),
            setOutlineValues(m_person, u"/properties/name"_s, u"a"_s));
        same(setOutlineDescription(text, base, u"Whom"_s, base),
            setOutlineDescription(m_person, {}, u"Whom"_s));
        same(moveOutlineProperty(text, home, -1, base),
            moveOutlineProperty(m_person, u"/properties/home"_s, -1));
        same(removeOutlineProperty(text, home, base),
            removeOutlineProperty(m_person, u"/properties/home"_s));
        QString added;
        same(
            addOutlineProperty(text, base, -1, &added, base), addOutlineProperty(m_person, {}, -1));
        QCOMPARE(added, base + u"/properties/property"_s);
        // The whole of the schema is no property of what is around it.
        QVERIFY(!removeOutlineProperty(text, base, base));
        QVERIFY(!setOutlineName(text, base, u"x"_s, base));
    }

    void anEmptySchemaGrows()
    {
        QString text = u"{}"_s;
        QVERIFY(!addOutlineProperty(text, {}, 0)); // it is no object yet
        text = *setOutlineType(text, {}, u"object"_s, false);
        QString first;
        text = *addOutlineProperty(text, {}, -1, &first);
        QCOMPARE(first, u"/properties/property"_s);
        text = *setOutlineRequired(text, first, true);
        QString second;
        text = *addOutlineProperty(text, {}, -1, &second);
        QVERIFY(rowAt(text, second).isRequired); // as all others are
        text = *setOutlineType(text, second, u"array"_s, false);
        const QString items = second + u"/items"_s;
        QCOMPARE(rowAt(text, items).type, QString());
        text = *setOutlineType(text, items, u"integer"_s, true);
        text = *setOutlineName(text, second, u"years"_s);
        QCOMPARE(text,
            u"{\"type\": \"object\", \"properties\": {\"property\": {\"type\": \"string\"}, "
            "\"years\": {\"type\": \"array\", \"items\": {\"type\": [\"integer\", \"null\"]}}}, "
            "\"required\": [\"property\", \"years\"]}"_s);
    }

    void valuesAreWhatWasTyped_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("values");
        QTest::addColumn<QString>("shown");
        QTest::newRow("texts") << u"\"string\""_s << u"low,  high ,"_s << u"[\"low\", \"high\"]"_s
                               << u"low, high"_s;
        QTest::newRow("once each")
            << u"\"string\""_s << u"a, a, b"_s << u"[\"a\", \"b\"]"_s << u"a, b"_s;
        QTest::newRow("texts that look like numbers")
            << u"\"string\""_s << u"1, null"_s << u"[\"1\", \"null\"]"_s << u"1, null"_s;
        QTest::newRow("null beside texts")
            << u"[\"string\", \"null\"]"_s << u"a, null, \"null\""_s << u"[\"a\", null, \"null\"]"_s
            << u"a, null, \"null\""_s;
        QTest::newRow("numbers, as they are written")
            << u"\"number\""_s << u"1.50, -2e3"_s << u"[1.50, -2e3]"_s << u"1.50, -2e3"_s;
        QTest::newRow("anything") << QString() << u"1, \"1\", true, yes"_s
                                  << u"[1, \"1\", true, \"yes\"]"_s << u"1, \"1\", true, yes"_s;
        QTest::newRow("commas and quotes")
            << u"\"string\""_s << u"\"a, b\", \"c\\\"\\\\\", d\"e"_s
            << u"[\"a, b\", \"c\\\"\\\\\", \"d\\\"e\"]"_s << u"\"a, b\", c\"\\, d\"e"_s;
        QTest::newRow("an empty text, and spaces")
            << u"\"string\""_s << u"\"\", \" a\""_s << u"[\"\", \" a\"]"_s << u"\"\", \" a\""_s;
        QTest::newRow("no values of a number")
            << u"\"integer\""_s << u"[1], {}"_s << u"[\"[1]\", \"{}\"]"_s << u"[1], {}"_s;
    }

    void valuesAreWhatWasTyped()
    {
        QFETCH(const QString, type);
        QFETCH(const QString, typed);
        QFETCH(const QString, values);
        QFETCH(const QString, shown);
        const QString before = type.isEmpty() ? u"{}"_s : u"{\"type\": %1}"_s.arg(type);
        const Result<QString> text = setOutlineValues(before, {}, typed);
        QVERIFY(text);
        QVERIFY2(text->contains(u"\"enum\": "_s + values), qPrintable(*text));
        QCOMPARE(rowAt(*text, {}).values, shown);
        // What is shown means the same.
        QCOMPARE(setOutlineValues(*text, {}, shown), *text);
    }

    /// What the form does not show it does not take away.
    void valuesThatCannotBeTypedStay_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("lists") << u"{\"enum\": [[1]]}"_s;
        QTest::newRow("a number among texts") << u"{\"type\": \"string\", \"enum\": [\"a\", 1]}"_s;
        QTest::newRow("none") << u"{\"enum\": []}"_s;
        QTest::newRow("no list") << u"{\"enum\": \"a\"}"_s;
    }

    void valuesThatCannotBeTypedStay()
    {
        QFETCH(const QString, text);
        for (const QString &typed : {u"b"_s, QString()}) {
            const auto result = setOutlineValues(text, {}, typed);
            QVERIFY(!result);
            QVERIFY2(result.error().message.contains(u"in the text"_s),
                qPrintable(result.error().message));
        }
    }

    void halfTypedValuesAreTold()
    {
        const auto text = setOutlineValues(u"{}"_s, {}, u"a, \"b"_s);
        QVERIFY(!text && text.error().message.contains(u"\"b"_s));
    }

    void nullComesIntoTheValuesWithTheType()
    {
        const QString plain = u"{\"type\": \"string\", \"enum\": [\"a\"]}"_s;
        const QString both = u"{\"type\": [\"string\", \"null\"], \"enum\": [\"a\", null]}"_s;
        QCOMPARE(setOutlineType(plain, {}, u"string"_s, true), both);
        QCOMPARE(setOutlineType(both, {}, u"string"_s, false), plain);
        QCOMPARE(setOutlineType(both, {}, u"null"_s, true),
            u"{\"type\": \"null\", \"enum\": [\"a\", null]}"_s);
        QCOMPARE(setOutlineType(both, {}, {}, false), u"{\"enum\": [\"a\", null]}"_s);
    }
};

QTEST_GUILESS_MAIN(TestSchemaOutline)

#include "tst_schemaoutline.moc"
