// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/schemainstance.h"

#include "simulator/patterntext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet::Sim;

/// What the simulated model says where it is held to a schema or a pattern.
class tst_SchemaInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsSchemas_data();
    void fitsSchemas();
    void recursionEnds();
    void fitsPatterns_data();
    void fitsPatterns();
};

void tst_SchemaInstance::fitsSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("any")
        << "{}"_ba
        << R"({"confidence":0.93,"label":"billing.duplicate","priority":"high","subject":"tea"})"_ba;
    QTest::newRow("nothing inside") << R"({"type":"object","properties":{}})"_ba << "{}"_ba;
    QTest::newRow("const") << R"({"const":7})"_ba << "7"_ba;
    QTest::newRow("enum") << R"({"enum":["x","y"]})"_ba << "\"x\""_ba;
    QTest::newRow("nullable") << R"({"type":["string","null"]})"_ba << "\"tea\""_ba;
    QTest::newRow("integer limits")
        << R"({"type":"integer","minimum":10,"multipleOf":4})"_ba << "12"_ba;
    QTest::newRow("exclusive") << R"({"type":"integer","exclusiveMaximum":2})"_ba << "1"_ba;
    QTest::newRow("old exclusive")
        << R"({"type":"integer","minimum":5,"exclusiveMinimum":true})"_ba << "5"_ba;
    QTest::newRow("lengths") << R"({"type":"string","minLength":5,"maxLength":6})"_ba
                             << "\"tea te\""_ba;
    QTest::newRow("format") << R"({"type":"string","format":"date"})"_ba << "\"2026-03-14\""_ba;
    QTest::newRow("pattern") << R"({"type":"string","pattern":"^[A-Z]{2}-\\d{3}$"})"_ba
                             << "\"AA-777\""_ba;
    QTest::newRow("array") << R"({"type":"array","items":{"type":"boolean"},"minItems":3})"_ba
                           << "[true,true,true]"_ba;
    QTest::newRow("at most") << R"({"type":"array","items":{"type":"null"},"maxItems":1})"_ba
                             << "[null]"_ba;
    QTest::newRow("unique")
        << R"({"type":"array","items":{"type":"integer"},"uniqueItems":true})"_ba << "[3,4]"_ba;
    QTest::newRow("tuple")
        << R"({"prefixItems":[{"const":1},{"const":"a"}],"items":false,"maxItems":2})"_ba
        << R"([1,"a"])"_ba;
    QTest::newRow("reference") << R"({"$ref":"#/$defs/x","$defs":{"x":{"const":"found"}}})"_ba
                               << "\"found\""_ba;
    QTest::newRow("any of") << R"({"anyOf":[{"type":"null"},{"type":"string"}]})"_ba << "null"_ba;
    QTest::newRow("all of") << R"({"allOf":[{"properties":{"a":{"const":1}},"required":["a"]},)"
                               R"({"properties":{"b":{"const":2}},"required":["b"]}]})"_ba
                            << R"({"a":1,"b":2})"_ba;
    QTest::newRow("required only")
        << R"({"type":"object","required":["z"]})"_ba << R"({"z":"any"})"_ba;
}

void tst_SchemaInstance::fitsSchemas()
{
    QFETCH(const QByteArray, schema);
    const QJsonValue value
        = schemaInstance(QJsonDocument::fromJson(schema).object(), u"tea"_s, u"support-v4"_s);
    QTEST(toJsonText(value), "expected");
}

void tst_SchemaInstance::recursionEnds()
{
    const QByteArray tree
        = R"({"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{
        "name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/node"}},
        "next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["name","children","next"]}}})";
    const QJsonValue value
        = schemaInstance(QJsonDocument::fromJson(tree).object(), u"tea"_s, QString());
    QVERIFY(value[u"name"_s].isString());
    QVERIFY(value[u"children"_s].isArray());
    QVERIFY(toJsonText(value).size() < 200'000);
    // A thousand items thousandfold come to an end, too.
    QJsonObject many{{u"type"_s, u"boolean"_s}};
    for (int level = 0; level < 5; ++level) {
        many = {{u"type"_s, u"array"_s}, {u"items"_s, many}, {u"minItems"_s, 1000}};
    }
    QVERIFY(toJsonText(schemaInstance(many, u"tea"_s, QString())).size() < 200'000);
    const QJsonObject loop{{u"$ref"_s, u"#"_s}};
    QVERIFY(!schemaInstance(loop, u"tea"_s, QString()).isUndefined());
}

void tst_SchemaInstance::fitsPatterns_data()
{
    QTest::addColumn<QRegularExpression>("pattern");
    QTest::addColumn<bool>("known");
    for (const QString &pattern :
        {u"^\\d{4}-\\d{2}$"_s, u"(red|green)+"_s, u"^[a-f0-9]{8}$"_s, u"^[^,]+$"_s, u"a?b*c"_s,
            u"^\\+?[1-9]\\d{1,14}$"_s, u"^(?:ab){2,}$"_s, u""_s, u"^[\\w.]+@[\\w.]+$"_s}) {
        QTest::newRow(qPrintable(pattern)) << QRegularExpression(pattern) << true;
    }
    QTest::newRow("look-ahead") << QRegularExpression(u"^(?=x)(?!x)a$"_s) << false;
    QTest::newRow("too long") << QRegularExpression(u"^((a{999}){999}){999}$"_s) << false;
    QTest::newRow("broken") << QRegularExpression(u"([a-z"_s) << false;
    QTest::newRow("stray") << QRegularExpression(u"a)b{"_s) << false;
}

void tst_SchemaInstance::fitsPatterns()
{
    QFETCH(const QRegularExpression, pattern);
    const auto text = patternText(pattern.pattern());
    QTEST(text.has_value(), "known");
    if (text) {
        QVERIFY(pattern.match(*text).hasMatch());
    }
}

QTEST_GUILESS_MAIN(tst_SchemaInstance)

#include "tst_schemainstance.moc"
