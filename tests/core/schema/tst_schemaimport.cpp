// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemaimport.h"

#include "schema/jsonplaces.h"
#include "schema/jsonschema.h"
#include "schema/partialjson.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// JSON with the other quotes, which can be read in C++.
QByteArray quoted(const char *json) { return QByteArray(json).replace('\'', '"'); }

JsonNode node(const QByteArray &json) { return parseJson(json).value(); }

QString textAt(const QString &json, const QString &pointer)
{
    const auto place = placeOf(json, pointer);
    return place ? json.mid(place->begin, place->end - place->begin) : u"nowhere"_s;
}

bool isFit(const JsonNode &schema) { return JsonSchema::from(schema).has_value(); }

} // namespace

/// Schemas out of files and examples, and where values stand in a text.
class TestSchemaImport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aSchemaIsTakenAsItIs()
    {
        const auto schemas = importSchemas(quoted(
            "{'title':'Person','type':'object',"
            "'properties':{'z':{'$ref':'#/$defs/A'},'a':{}},'$defs':{'A':{'type':'string'}}}"));
        QVERIFY(schemas);
        QCOMPARE(schemas->size(), 1);
        QCOMPARE(schemas->constFirst().name, u"Person"_s);
        QCOMPARE(schemas->constFirst().schema.keys,
            (QStringList{u"title"_s, u"type"_s, u"properties"_s, u"$defs"_s}));
    }

    void definitionsAloneAreSeveral()
    {
        const auto schemas = importSchemas(
            quoted("{'$defs':{"
                   "'Order':{'type':'object','properties':{'who':{'$ref':'#/$defs/Person'}}},"
                   "'Person':{'type':'object'},'Other':{'type':'null'}}}"));
        QVERIFY(schemas);
        QCOMPARE(schemas->size(), 3);
        const ImportedSchema &order = schemas->constFirst();
        QCOMPARE(order.name, u"Order"_s);
        QCOMPARE(order.schema.find("$defs"_L1)->keys, QStringList{u"Person"_s});
        QVERIFY(isFit(order.schema));
    }

    void openApi_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::newRow("3.0") << (quoted(
            "{'openapi':'3.0.3','components':{'schemas':{"
            "'Pet':{'type':'object','properties':{'owner':{'$ref':'#/components/schemas/Owner'},"
            "'age':{'type':'integer','minimum':0,'exclusiveMinimum':true,'nullable':true}}},"
            "'Owner':{'type':'object','properties':{'of':{'$ref':'#/components/schemas/Pet'},"
            "'name':{'type':'string'}}},'Unused':{'type':'string'}}}}"));
        QTest::newRow("3.1") << (quoted(
            "{'openapi':'3.1.0','components':{'schemas':{"
            "'Pet':{'type':'object','properties':{'owner':{'$ref':'#/components/schemas/Owner'},"
            "'age':{'type':['integer','null'],'exclusiveMinimum':0}}},"
            "'Owner':{'type':'object','properties':{'of':{'$ref':'#/components/schemas/Pet'},"
            "'name':{'type':'string'}}},'Unused':{'type':'string'}}}}"));
        QTest::newRow("Swagger") << (quoted(
            "{'swagger':'2.0','definitions':{"
            "'Pet':{'type':'object','properties':{'owner':{'$ref':'#/definitions/Owner'},"
            "'age':{'type':['integer','null'],'minimum':0,'exclusiveMinimum':true}}},"
            "'Owner':{'type':'object','properties':{'of':{'$ref':'#/definitions/Pet'},"
            "'name':{'type':'string'}}},'Unused':{'type':'string'}}}"));
    }

    void openApi()
    {
        QFETCH(const QByteArray, document);
        const auto schemas = importSchemas(document);
        QVERIFY(schemas);
        QCOMPARE(schemas->size(), 3);
        const JsonNode &pet = schemas->constFirst().schema;
        QCOMPARE(schemas->constFirst().name, u"Pet"_s);
        const auto schema = JsonSchema::from(pet);
        QVERIFY2(schema, qPrintable(schema ? QString() : schema.error().message));
        QVERIFY(!compactJson(pet).contains(u"Unused"_s));
        QVERIFY(schema->check(node(quoted("{'age':null,'owner':{'name':'x','of':{'age':1}}}")))
                ->isValid());
        QVERIFY(!schema->check(node(quoted("{'age':0}")))->isValid());
        QVERIFY(!schema->check(node(quoted("{'owner':{'of':{'age':'old'}}}")))->isValid());
    }

    void whatIsNone()
    {
        const auto yaml = importSchemas("openapi: 3.0.0\n");
        QVERIFY(!yaml);
        QVERIFY(yaml.error().message.contains(u"YAML"_s));
        const auto empty = importSchemas(quoted("{'openapi':'3.1.0','paths':{}}"));
        QVERIFY(!empty);
        QVERIFY(empty.error().message.contains(u"without schemas"_s));
    }

    void requestsHoldThem_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("response_format") << QByteArray(
            quoted("{'type':'json_schema','json_schema':{'name':'ticket','strict':true,"
                   "'schema':{'type':'object','properties':{'b':{},'a':{}}}}}"));
        QTest::newRow("function") << QByteArray(
            quoted("{'type':'function','function':{'name':'ticket',"
                   "'parameters':{'type':'object','properties':{'b':{},'a':{}}}}}"));
        QTest::newRow("tool") << (quoted(
            "{'name':'ticket',"
            "'input_schema':{'type':'object','properties':{'b':{},'a':{}}}}"));
    }

    void requestsHoldThem()
    {
        QFETCH(const QByteArray, text);
        const auto schemas = importSchemas(text);
        QVERIFY(schemas);
        QCOMPARE(schemas->constFirst().name, u"ticket"_s);
        QCOMPARE(compactJson(schemas->constFirst().schema),
            u"{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}"_s);
    }

    void ofAnExample()
    {
        const JsonNode example = node(
            quoted("{'name':'Ada','age':36,'height':1.7,'alive':false,"
                   "'tags':[],'jobs':[{'at':'x','from':1},{'at':'y','to':2.5}],'note':null}"));
        const JsonNode schema = inferSchema(example);
        QCOMPARE(compactJson(schema),
            QString::fromUtf8(quoted(
                "{'type':'object','properties':{'name':{'type':'string'},'age':{'type':'integer'},'"
                "height':{'type':'number'},'alive':{'type':'boolean'},'tags':{'type':'array'},'"
                "jobs':{'type':'array','items':{'type':'object','properties':{'at':{'type':'string'"
                "},'from':{'type':'integer'},'to':{'type':'number'}},'required':['at'],'"
                "additionalProperties':false}},'note':{'type':'null'}},'required':['name','age','"
                "height','alive','tags','jobs','note'],'additionalProperties':false}")));
        QVERIFY(JsonSchema::from(schema)->check(example)->isValid());
        const JsonNode mixed = node(quoted("[1,2.5,null]"));
        QCOMPARE(compactJson(inferSchema(mixed)),
            u"{\"type\":\"array\",\"items\":{\"type\":[\"number\",\"null\"]}}"_s);
        QVERIFY(JsonSchema::from(inferSchema(mixed))->check(mixed)->isValid());
    }

    void whereAValueStands()
    {
        const QString json = u" {\"a\" : [1, {\"b/c\":\"x,}\\\"\"} ,-2.5e3], \"\\u00e9\":null,"_s
                             "\"a~b\":true, \"d\":1, \"d\": {\"e\":[ ]}} ";
        QCOMPARE(textAt(json, {}), json.trimmed());
        QCOMPARE(textAt(json, u"/a/0"_s), u"1"_s);
        QCOMPARE(textAt(json, u"/a/1/b~1c"_s), u"\"x,}\\\"\""_s);
        QCOMPARE(textAt(json, u"/a/2"_s), u"-2.5e3"_s);
        QCOMPARE(textAt(json, u"/\u00e9"_s), u"null"_s);
        QCOMPARE(textAt(json, u"/a~0b"_s), u"true"_s);
        QCOMPARE(textAt(json, u"/d"_s), u"{\"e\":[ ]}"_s);
        QCOMPARE(textAt(json, u"/d/e"_s), u"[ ]"_s);
        const auto place = placeOf(json, u"/d/e"_s);
        QCOMPARE(json.mid(place->keyBegin, place->keyEnd - place->keyBegin), u"\"e\""_s);
        for (const QString &nowhere : {u"/x"_s, u"/a/3"_s, u"/a/0/y"_s, u"/d/e/0"_s}) {
            QCOMPARE(textAt(json, nowhere), u"nowhere"_s);
        }
    }

    /// Whatever the text, also one that is cut off or no JSON at all.
    void everyBeginningIsTaken()
    {
        const QString json = u"{\"a\":[{\"b\":\"c\\\\\"},tru e],\"f\":{\"g\":1}}"_s;
        for (qsizetype size = 0; size <= json.size(); ++size) {
            for (const QString &pointer : {u""_s, u"/a/0/b"_s, u"/a/1"_s, u"/f/g"_s, u"/f"_s}) {
                const auto place = placeOf(json.first(size), pointer);
                QVERIFY(!place || (place->begin <= place->end && place->end <= size));
            }
        }
        QVERIFY(!placeOf(u"}"_s, u"/a"_s));
        QVERIFY(!placeOf(u"{,,}"_s, u"/a"_s));
    }

    void asLines()
    {
        QCOMPARE(indentedJson(node(quoted("{'z':{'type':['a','b'],'x':{}},'a':[{'q':1}],'e':[]}"))),
            u"{\n  \"z\": {\n    \"type\": [\"a\", \"b\"],\n    \"x\": {}\n  },\n"_s
            "  \"a\": [\n    {\n      \"q\": 1\n    }\n  ],\n  \"e\": []\n}");
    }
};

QTEST_GUILESS_MAIN(TestSchemaImport)

#include "tst_schemaimport.moc"
