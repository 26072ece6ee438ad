// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/toolplan.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet::Sim;

namespace {

QJsonArray tools()
{
    return QJsonDocument::fromJson(
        R"([{"function":{"name":"get_weather","description":"For a city"}},
            {"function":{"name":"convert","description":"Degrees"}}])")
        .array();
}

/// What is called after so many results.
QString called(const QString &prompt, int results)
{
    QList<PromptMessage> messages{
        {.role = u"system"_s, .text = u"Use get_weather."_s}, {.role = u"user"_s, .text = prompt}};
    for (int i = 0; i < results; ++i) {
        messages.append({.role = u"assistant"_s, .text = {}});
        messages.append({.role = u"tool"_s, .text = u"convert"_s});
    }
    return functionToCall(tools(), messages)[u"name"_s].toString();
}

} // namespace

/// Which functions the simulated model calls, as its README says.
class TestSimulatorTools final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatFits()
    {
        QCOMPARE(called(u"What is the weather in Ulm?"_s, 0), u"get_weather"_s);
        QCOMPARE(called(u"How many degrees?"_s, 0), u"convert"_s);
        QCOMPARE(called(u"Hello"_s, 0), QString());
        QCOMPARE(called(u"What is the weather in Ulm?"_s, 1), QString());
    }

    void whatIsNamed()
    {
        const QString prompt = u"First convert, then get_weather of that city."_s;
        QCOMPARE(called(prompt, 0), u"convert"_s);
        QCOMPARE(called(prompt, 1), u"get_weather"_s);
        QCOMPARE(called(prompt, 2), QString());
    }

    void withoutEnd()
    {
        const QString prompt = u"get_weather, convert, again and again"_s;
        QCOMPARE(called(prompt, 7), u"convert"_s);
        QCOMPARE(called(prompt, 8), u"get_weather"_s);
        QCOMPARE(called(u"the weather, again and again"_s, 9), u"get_weather"_s);
    }

    void nobodyAsks()
    {
        QVERIFY(functionToCall(tools(), {}).isEmpty());
        QVERIFY(functionToCall(tools(),
            {{.role = u"user"_s, .text = u"weather"_s},
                {.role = u"assistant"_s, .text = u"The wea"_s}})
                .isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSimulatorTools)
#include "tst_simulatortools.moc"
