// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/tooloutline.h"

#include "schema/partialjson.h"
#include "tools/toolset.h"

#include <QTest>

#include <functional>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What a form shows of a list of functions, and what its changes make of the text.
class TestToolOutline final : public QObject
{
    Q_OBJECT

    const QString m_bare
        = u"[\n"
          "    {\n"
          "        \"name\": \"now\"\n"
          "    },\n"
          "    {\"name\": \"weather\", \"description\": \"Of a city\", \"strict\": true,\n"
          "     \"x-ours\": [1,   2], \"parameters\": {\"type\": \"object\"}}\n"
          "]\n"_s;
    const QString m_wrapped
        = u"{\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"now\"}}]}"_s;

    static QList<FunctionOutline> functions(const QString &text)
    {
        return functionsOf(*parseJson(text)).value_or(QList<FunctionOutline>());
    }

    static QStringList names(const QString &text)
    {
        QStringList names;
        for (const FunctionOutline &function : functions(text)) {
            names.append(function.name);
        }
        return names;
    }

private Q_SLOTS:

    void allOfAFunctionIsShownOrNamed()
    {
        const QList<FunctionOutline> bare = functions(m_bare);
        QCOMPARE(bare.size(), 2);
        QCOMPARE(bare[0].name, u"now"_s);
        QCOMPARE(bare[0].parameters, u"/0/parameters"_s);
        QVERIFY(!bare[0].hasParameters && !bare[0].isStrict);
        QCOMPARE(bare[1].description, u"Of a city"_s);
        QVERIFY(bare[1].hasParameters && bare[1].isStrict);
        QCOMPARE(bare[1].others, QStringList{u"x-ours: [1,2]"_s});
        const QList<FunctionOutline> wrapped = functions(m_wrapped);
        QCOMPARE(wrapped[0].item, u"/tools/0"_s);
        QCOMPARE(wrapped[0].function, u"/tools/0/function"_s);
        QCOMPARE(wrapped[0].parameters, u"/tools/0/function/parameters"_s);
        QVERIFY(wrapped[0].others.isEmpty());
        const QList<FunctionOutline> anthropics
            = functions(u"[{\"name\": \"a\", \"input_schema\": {\"type\": \"object\"}}]"_s);
        QCOMPARE(anthropics[0].parameters, u"/0/input_schema"_s);
        QVERIFY(anthropics[0].hasParameters);
    }

    void whatIsNoFunctionIsFixed()
    {
        const QString text = u"[7, {\"type\": \"web_search\"}, {\"name\": \"now\"}]"_s;
        const QList<FunctionOutline> all = functions(text);
        QVERIFY(all[0].isFixed && all[1].isFixed && !all[2].isFixed);
        QCOMPARE(all[1].others, QStringList{u"{\"type\":\"web_search\"}"_s});
        QVERIFY(!setFunctionName(text, 1, u"x"_s));
        QVERIFY(!setFunctionName(text, 3, u"x"_s));
        QCOMPARE(*removeFunction(text, 0), u"[{\"type\": \"web_search\"}, {\"name\": \"now\"}]"_s);
        QVERIFY(!functionsOf(*parseJson(u"{\"tool\": []}"_s)));
        QVERIFY(!functionsOf(*parseJson(u"7"_s)));
    }

    void changes_data()
    {
        using Change = std::function<Result<QString>(const QString &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const auto row = [this](const char *title, const QString &before, const QString &after,
                             const Change &change) {
            const QString text = m_bare;
            QVERIFY2(text.contains(before), title);
            QTest::newRow(title) << change << text << QString(text).replace(before, after);
        };
        row("name", u"\"now\""_s, u"\"then \\\"ü\\\"\""_s,
            [](const QString &text) { return setFunctionName(text, 0, u"then \"ü\""_s); });
        row("description", u"Of a city"_s, u"Of a town"_s,
            [](const QString &text) { return setFunctionDescription(text, 1, u"Of a town"_s); });
        row("a description that was not there", u"\"now\"\n"_s,
            u"\"now\",\n        \"description\": \"Which hour\"\n"_s,
            [](const QString &text) { return setFunctionDescription(text, 0, u"Which hour"_s); });
        row("no description", u"\"description\": \"Of a city\", "_s, QString(),
            [](const QString &text) { return setFunctionDescription(text, 1, {}); });
        row("strict", u"\"now\"\n"_s, u"\"now\",\n        \"strict\": true\n"_s,
            [](const QString &text) { return setFunctionStrict(text, 0, true); });
        row("not strict", u"\"strict\": true,\n     "_s, QString(),
            [](const QString &text) { return setFunctionStrict(text, 1, false); });
        row("parameters", u"\"now\"\n"_s,
            u"\"now\",\n        \"parameters\": {\n            \"type\": \"object\",\n"
            "            \"properties\": {}\n        }\n"_s,
            [](const QString &text) { return addFunctionParameters(text, 0); });
        row("parameters that are there", u"now"_s, u"now"_s,
            [](const QString &text) { return addFunctionParameters(text, 1); });
        row("a function between", u"    },\n    {\"name\": \"weather\""_s,
            u"    },\n    {\n        \"name\": \"new_function\",\n        \"parameters\": {\n"
            "            \"type\": \"object\",\n            \"properties\": {}\n        }\n"
            "    },\n    {\"name\": \"weather\""_s,
            [](const QString &text) { return addFunction(text, 1); });
        row("taken out", u"    {\n        \"name\": \"now\"\n    },\n"_s, QString(),
            [](const QString &text) { return removeFunction(text, 0); });
        row("doubled", u"    {\n        \"name\": \"now\"\n    },\n"_s,
            u"    {\n        \"name\": \"now\"\n    },\n    {\n        \"name\": \"now_2\"\n    },\n"_s,
            [](const QString &text) { return duplicateFunction(text, 0); });
        row("not moved", u"now"_s, u"now"_s,
            [](const QString &text) { return moveFunction(text, 0, -1); });
    }

    void changes()
    {
        using Change = std::function<Result<QString>(const QString &)>;
        QFETCH(const Change, change);
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        const Result<QString> made = change(before);
        QVERIFY2(made, qPrintable(made ? QString() : made.error().message));
        QCOMPARE(*made, after);
        QVERIFY(parseJson(*made));
    }

    void moved()
    {
        const Result<QString> made = moveFunction(m_bare, 0, 5);
        QCOMPARE(names(*made), (QStringList{u"weather"_s, u"now"_s}));
        QVERIFY(made->contains(u"\"x-ours\": [1,   2]"_s));
    }

    /// In the form of those that are there, each with a name of its own.
    void newOnes()
    {
        const QString wrapped = *addFunction(m_wrapped, 1);
        QCOMPARE(names(wrapped), (QStringList{u"now"_s, u"new_function"_s}));
        QVERIFY(wrapped.contains(u"{\"type\": \"function\", \"function\": {\"name\": "
                                 "\"new_function\""_s));
        QCOMPARE(names(*addFunction(wrapped, 2)),
            (QStringList{u"now"_s, u"new_function"_s, u"new_function_2"_s}));
        const QString anthropics
            = u"[{\"name\": \"a\", \"input_schema\": {\"type\": \"object\"}}]"_s;
        QVERIFY(addFunction(anthropics, 1)
                ->contains(u"{\"name\": \"new_function\", \"input_schema\":"_s));
        for (const QString &text :
            {QString(), u" \n"_s, u"[]"_s, u"{\"tools\": []}"_s, wrapped, anthropics, m_bare}) {
            const Result<QString> made = addFunction(text, 0);
            QVERIFY2(made, qPrintable(text));
            QVERIFY2(!toolFaults(made->toUtf8()).size() || text == m_bare, qPrintable(*made));
        }
    }

    void aLongNameIsDoubledWithinTheLimit()
    {
        const QString name(64, u'a');
        const QString text = u"[{\"name\": \"%1\"}]"_s.arg(name);
        QCOMPARE(
            names(*duplicateFunction(text, 0)), (QStringList{name, QString(62, u'a') + u"_2"_s}));
    }
};

QTEST_GUILESS_MAIN(TestToolOutline)
#include "tst_tooloutline.moc"
