// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolcall.h"
#include "tools/toolmock.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QList<Tool> tools()
{
    return toolsFrom(R"([{"name":"weather","parameters":{"type":"object","properties":{
        "city":{"type":"string"},"days":{"type":"integer","minimum":1}},"required":["city"]}},
        {"name":"now"}])")
        .value();
}

ToolQuestion question(const QString &name, const QString &arguments)
{
    return checkCall({.id = u"1"_s, .name = name, .arguments = arguments}, tools()).value();
}

/// What a mock says to a call; "-" where it says nothing.
QString said(ToolMock &mock, const QString &name, const QString &arguments)
{
    const auto answer = mock.answer(question(name, arguments));
    return answer ? answer->result().value().content : u"-"_s;
}

QString problemOf(const QByteArray &mock)
{
    const auto made = ToolMock::from(mock, tools());
    return made ? u"usable"_s : made.error().message;
}

} // namespace

/// Calls held against the tools, and answers that were written down.
class TestToolCall final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void checks_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("problem");
        const auto row
            = [](const char *title, const QString &name, const QString &arguments,
                  const QString &problem) { QTest::newRow(title) << name << arguments << problem; };
        row("fine", u"weather"_s, u"{\"city\":\"Ulm\",\"days\":2}"_s, {});
        row("nothing for no parameters", u"now"_s, {}, {});
        row("blanks", u"now"_s, u" \n"_s, {});
        row("no such tool", u"wheather"_s, u"{}"_s,
            u"There is no tool “wheather”: there is weather, now."_s);
        row("cut off", u"weather"_s, u"{\"city\":"_s, u"The arguments of weather are no JSON."_s);
        row("a list", u"weather"_s, u"[\"Ulm\"]"_s,
            u"The arguments of weather must be a JSON object. They were: [\"Ulm\"]"_s);
        row("lacking", u"weather"_s, {},
            u"The arguments of weather do not keep to its schema:\n- "_s);
        row("too little", u"weather"_s, u"{\"city\":\"Ulm\",\"days\":0}"_s, u"/days"_s);
    }

    void checks()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, arguments);
        QFETCH(const QString, problem);
        const ToolQuestion checked = question(name, arguments);
        QVERIFY2(problem.isEmpty() ? checked.problem.isEmpty() : checked.problem.contains(problem),
            qPrintable(checked.problem));
        QVERIFY(checked.arguments.is(JsonNode::Kind::Object));
    }

    void stopped()
    {
        const auto checked
            = checkCall({.id = {}, .name = u"weather"_s, .arguments = u"{\"city\":\"Ulm\"}"_s},
                tools(), [] { return true; });
        QVERIFY(!checked || checked->problem.isEmpty());
    }

    /// Servers give none, or the same to all.
    void ids()
    {
        const QList<ToolCall> calls{{.id = u"0"_s, .name = u"a"_s, .arguments = {}},
            {.id = u"0"_s, .name = u"b"_s, .arguments = {}},
            {.id = {}, .name = u"c"_s, .arguments = {}}};
        const QList<ToolCall> fitted = withIds(calls, 4);
        QCOMPARE(fitted[0].id, u"0"_s);
        QCOMPARE(fitted[1].id, u"call-5"_s);
        QCOMPARE(fitted[2].id, u"call-6"_s);
    }

    void mockByName()
    {
        const auto mock = ToolMock::from(R"({"weather":{"b":21,"a":[]},"now":"twelve"})", tools());
        QVERIFY(mock);
        QCOMPARE(said(**mock, u"weather"_s, u"{\"city\":\"Ulm\"}"_s), u"{\"b\":21,\"a\":[]}"_s);
        QCOMPARE(said(**mock, u"now"_s, {}), u"twelve"_s);
        QVERIFY((*mock)->answersAny(u"now"_s));
    }

    void mockByArguments()
    {
        const auto mock = ToolMock::from(
            R"([{"name":"weather","arguments":{"days":1.0},"result":"tomorrow"},
                {"name":"weather","arguments":{"city":"Ulm"},"result":"in Ulm"},
                {"name":"weather","arguments":{"city":"Oz"},"result":"none","error":true}])",
            tools());
        QVERIFY(mock);
        QCOMPARE(said(**mock, u"weather"_s, u"{\"city\":\"Ulm\",\"days\":1}"_s), u"tomorrow"_s);
        QCOMPARE(said(**mock, u"weather"_s, u"{\"city\":\"Ulm\",\"days\":2}"_s), u"in Ulm"_s);
        QCOMPARE(said(**mock, u"weather"_s, u"{\"city\":\"Rom\"}"_s), u"-"_s);
        QCOMPARE(said(**mock, u"now"_s, {}), u"-"_s);
        QVERIFY((*mock)->answersAny(u"weather"_s) && !(*mock)->answersAny(u"now"_s));
        QVERIFY((*mock)
                ->answer(question(u"weather"_s, u"{\"city\":\"Oz\"}"_s))
                ->result()
                ->record.isError);
    }

    void mocksThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("mock");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *title, const QByteArray &mock, const QString &problem) {
            QTest::newRow(title) << mock << problem;
        };
        row("no JSON", "{", u"The mock is no JSON."_s);
        row("a text", "\"x\"", u"The mock must be an object"_s);
        row("another tool", R"({"whether":1})", u"“whether”, which is none of the tools"_s);
        row("no name", R"([{"result":1}])", u"Rule 1 of the mock has no name"_s);
        row("no result", R"([{"name":"now"}])", u"Rule 1 of the mock has no result."_s);
        row("no object", R"([{"name":"now","arguments":[],"result":1}])",
            u"Rule 1 of the mock: its arguments must be an object."_s);
        row("a slip", R"([{"name":"now","argument":{},"result":1}])", u"has a member “argument”"_s);
        row("half wrong", R"([{"name":"now","error":1,"result":1}])",
            u"error must be true or false"_s);
    }

    void mocksThatAreNone()
    {
        QFETCH(const QByteArray, mock);
        QFETCH(const QString, problem);
        const QString told = problemOf(mock);
        QVERIFY2(told.contains(problem), qPrintable(told));
    }
};

QTEST_GUILESS_MAIN(TestToolCall)
#include "tst_toolcall.moc"
