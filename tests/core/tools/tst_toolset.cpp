// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolset.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

const QByteArray function
    = R"({"name":"look_up","description":"Looks it up.","parameters":)"
      R"({"type":"object","properties":{"b":{"type":"string"},"a":{}},"required":["b"]}})";

QString problemOf(const QByteArray &text)
{
    const auto tools = toolsFrom(text);
    return tools ? u"usable"_s : tools.error().message;
}

} // namespace

/// Files of tools, and what is wrong with them.
class TestToolSet final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyForm_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a request's list")
            << QByteArray("[{\"type\":\"function\",\"function\":" + function + "}]");
        QTest::newRow("without a type") << QByteArray("[{\"function\":" + function + "}]");
        QTest::newRow("functions") << QByteArray("[" + function + "]");
        QTest::newRow("flat") << QByteArray("[{\"type\":\"function\"," + function.sliced(1) + "]");
        QTest::newRow("Anthropic's")
            << QByteArray("[" + QByteArray(function).replace("parameters", "input_schema") + "]");
        QTest::newRow("in a request")
            << QByteArray("{\"model\":\"m\",\"tools\":[" + function + "]}");
    }

    void everyForm()
    {
        QFETCH(const QByteArray, text);
        const auto tools = toolsFrom(text);
        QVERIFY2(tools, qPrintable(problemOf(text)));
        QCOMPARE(tools->size(), 1);
        const Tool &tool = tools->constFirst();
        QCOMPARE(tool.name, u"look_up"_s);
        QCOMPARE(tool.description, u"Looks it up."_s);
        QVERIFY(!tool.isStrict);
        // As they were written: models mind the order.
        QVERIFY(compactJson(tool.parameters.source()).contains(u"{\"b\":"_s));
        QVERIFY(findTool(*tools, u"look_up"));
        QVERIFY(!findTool(*tools, u"look"));
    }

    void nothingToGive()
    {
        const auto tools = toolsFrom(R"([{"name":"now","strict":true}])");
        QVERIFY(tools);
        QCOMPARE(compactJson(tools->constFirst().parameters.source()),
            u"{\"type\":\"object\",\"properties\":{}}"_s);
        QVERIFY(tools->constFirst().isStrict);
    }

    void whatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const QByteArray &text, const QString &problem) {
            QTest::newRow(name) << text << problem;
        };
        row("no JSON", "[{]", u"The tools are no JSON."_s);
        row("no list", "{\"name\":\"a\"}", u"There is no list of tools"_s);
        row("empty", "[]", u"The list of tools is empty."_s);
        row("no object", R"([{"name":"a"},"b"])", u"Tool 2 is no object"_s);
        row("another kind", R"([{"type":"web_search"}])",
            u"Tool 1 is of the type \"web_search\""_s);
        row("beside", R"([{"type":"function","strict":true,"function":{"name":"a"}}])",
            u"Tool 1 has “strict” beside its function"_s);
        row("no function", R"([{"function":1}])", u"Tool 1: its function must be an object."_s);
        row("no name", R"([{"parameters":{"type":"object"}}])", u"Tool 1 has no name."_s);
        row("a number for a name", R"([{"name":1}])", u"Tool 1: its name must be a text."_s);
        row("a blank in the name", R"([{"name":"look up"}])",
            u"Tool 1 cannot be called “look up”"_s);
        row("other letters", R"([{"name":"größe"}])", u"Tool 1 cannot be called “größe”"_s);
        row("too long", "[{\"name\":\"" + QByteArray(65, 'a') + "\"}]", u"at most 64"_s);
        row("twice", R"([{"name":"a"},{"name":"b"},{"name":"a"}])",
            u"The tools 1 and 3 have the same name, “a”."_s);
        row("a slip of the pen", R"([{"name":"a","paramters":{}}])",
            u"Tool 1, “a” has a member “paramters”"_s);
        row("no description", R"([{"name":"a","description":[]}])",
            u"Tool 1, “a”: its description must be a text."_s);
        row("half strict", R"([{"name":"a","strict":"yes"}])", u"strict must be true or false"_s);
        row("no schema",
            R"([{"name":"b"},{"name":"a","parameters":{"type":"object","required":"x"}}])",
            u"Tool 2, “a”, parameters: the schema cannot be used, since it does not keep to"_s);
        row("a list", R"([{"name":"a","parameters":{"type":"array"}}])",
            u"Tool 1, “a”: its parameters must be the schema of an object"_s);
        row("anything", R"([{"name":"a","parameters":{}}])",
            u"Tool 1, “a”: its parameters must be the schema of an object"_s);
    }

    void whatIsWrong()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, problem);
        const QString said = problemOf(text);
        QVERIFY2(said.contains(problem), qPrintable(said));
        QVERIFY2(said.endsWith(u'.'), qPrintable(said));
    }

    /// The place within the schema, for who shows it.
    void where()
    {
        const auto tools = toolsFrom(
            R"([{"name":"a","parameters":{"type":"object","properties":{"x":{"type":"no"}}}}])");
        QVERIFY(!tools);
        QVERIFY2(tools.error().param.startsWith(u"#/0/parameters/properties/x"),
            qPrintable(tools.error().param));
    }

    /// Of several that are wrong each is told, with its place in whichever form the text has.
    void everyFault()
    {
        const auto placesOf = [](const QByteArray &text) {
            QStringList places;
            for (const ApiError &fault : toolFaults(text)) {
                places.append(fault.param);
            }
            return places;
        };
        QCOMPARE(placesOf(R"([{"name":"a b"},{"name":"c"},{"name":"d","x/y":1},{"name":"c"},7])"),
            (QStringList{u"#/0/name"_s, u"#/2/x~1y"_s, u"#/3/name"_s, u"#/4"_s}));
        QCOMPARE(placesOf(R"({"tools":[{"type":"function","function":{"strict":1,"name":"a"}},)"
                          R"({"function":{"description":"b"}}]})"),
            (QStringList{u"#/tools/0/function/strict"_s, u"#/tools/1/function/name"_s}));
        QCOMPARE(placesOf(R"([{"name":"a","input_schema":{"type":"array"}}])"),
            QStringList{u"#/0/input_schema"_s});
        QCOMPARE(placesOf("[" + function + "]"), QStringList());
        QCOMPARE(toolFaults("[{]").size(), 1);
    }

    void choices()
    {
        const auto tools = toolsFrom("[" + function + "]");
        QVERIFY(tools);
        using Kind = ToolChoice::Kind;
        QCOMPARE(toolChoiceFrom(u"auto"_s, *tools)->kind, Kind::Auto);
        QCOMPARE(toolChoiceFrom(u"none"_s, *tools)->kind, Kind::None);
        QCOMPARE(toolChoiceFrom(u"required"_s, *tools)->kind, Kind::Required);
        const auto named = toolChoiceFrom(u"look_up"_s, *tools);
        QCOMPARE(named->kind, Kind::Named);
        QCOMPARE(named->name, u"look_up"_s);
        const auto wrong = toolChoiceFrom(u"any"_s, *tools);
        QVERIFY(!wrong);
        QVERIFY2(wrong.error().message.contains(u"(look_up), not “any”"_s),
            qPrintable(wrong.error().message));
    }
};

QTEST_GUILESS_MAIN(TestToolSet)
#include "tst_toolset.moc"
