// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/csvfield.h"
#include "grid/gridplan.h"
#include "grid/gridtable.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestGridPlan final : public QObject
{
    Q_OBJECT

    const PromptTemplate m_prompt{.name = u"sort"_s,
        .messages = {{.role = Role::System, .text = u"For {{ company }}."_s},
            {.text = u"Where to: {{ text }} {{ words }}"_s}},
        .variables
        = {{.name = u"company"_s, .fallback = u"Acme"_s}, {.name = u"words"_s, .fallback = 5}},
        .parameters = {{u"temperature"_s, 0.2}}};

    static Lane lane(const QString &url, const QString &adapter)
    {
        Lane made{.name = adapter};
        made.target.endpoint.url = QUrl(url);
        made.target.endpoint.provider = u"openai"_s;
        made.request.adapter.id = adapter;
        return made;
    }

private Q_SLOTS:

    void tablesOfCsv()
    {
        const Result<QList<QJsonObject>> rows = tableFromFile(
            "\xEF\xBB\xBFid,text\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2,\r\n\"\",x"_ba, u"t.CSV"_s);
        QVERIFY2(rows, rows ? "" : qPrintable(rows.error().message));
        QCOMPARE(*rows,
            QList<QJsonObject>({{{u"id"_s, u"1"_s}, {u"text"_s, u"a, \"b\"\nc"_s}},
                {{u"id"_s, u"2"_s}, {u"text"_s, u""_s}}, {{u"id"_s, u""_s}, {u"text"_s, u"x"_s}}}));
        QCOMPARE(tableFromFile("a,b\n1,2\n3\n", u"t.csv"_s).error().message,
            u"t.csv, line 3: there are 1 fields, and the first line names 2."_s);
        QCOMPARE(tableFromFile("a\n\"x", u"t.csv"_s).error().message,
            u"t.csv, line 2: a field in quotes is not ended."_s);
        QCOMPARE(tableFromFile("a\n", u"t.csv"_s).error().message, u"t.csv has no rows."_s);
    }

    void tablesOfJsonLines()
    {
        const Result<QList<QJsonObject>> rows
            = tableFromFile("{\"a\": 1}\n\n{\"a\": [2]}\n", u"t.jsonl"_s);
        QCOMPARE(rows->size(), 2);
        QVERIFY(tableFromFile("{}\n[1]\n", u"t.jsonl"_s)
                .error()
                .message.startsWith(u"t.jsonl, line 2: this is no JSON object"_s));
    }

    void fieldsThatSpreadsheetsWouldCarryOut()
    {
        QCOMPARE(csvField(u"a"_s), u"a"_s);
        QCOMPARE(csvField(u"a \"b\", c\n"_s), u"\"a \"\"b\"\", c\n\""_s);
        QCOMPARE(csvField(u"=1+1"_s), u"'=1+1"_s);
        QCOMPARE(csvField(u"@SUM(A1)"_s), u"'@SUM(A1)"_s);
        QCOMPARE(csvField(u"-1.5"_s), u"-1.5"_s);
    }

    void rowsAreFilledIn()
    {
        const auto rows = gridRows({{{u"text"_s, u"a"_s}, {u"words"_s, u"9"_s}},
                                       {{u"text"_s, u"b"_s}, {u"company"_s, u"B"_s}, {u"id"_s, 7}}},
            m_prompt, {{u"company"_s, u"C"_s}}, {});
        QVERIFY2(rows, rows ? "" : qPrintable(rows.error().message));
        QCOMPARE(rows->at(0).id, u"1"_s);
        QCOMPARE(rows->at(0).messages[0].content, u"For C."_s);
        QCOMPARE(rows->at(0).messages[1].content, u"Where to: a 9"_s);
        QCOMPARE(rows->at(1).id, u"7"_s);
        QCOMPARE(rows->at(1).messages[0].content, u"For B."_s);
    }

    void withoutATemplateThereIsAPrompt()
    {
        const auto rows = gridRows({{{u"prompt"_s, u"{{ not }} a template"_s}},
                                       {{u"prompt"_s, u"b"_s}, {u"system"_s, u"Brief."_s}}},
            {}, {}, {});
        QVERIFY2(rows, rows ? "" : qPrintable(rows.error().message));
        QCOMPARE(rows->at(0).messages,
            QList<Message>({{.role = Role::User, .content = u"{{ not }} a template"_s}}));
        QCOMPARE(rows->at(1).messages.size(), 2);
    }

    void whatDoesNotFitIsNamedWithItsRow()
    {
        const auto problem = [this](const QJsonObject &row,
                                 const QList<GridAssertion> &assertions = {}) {
            const auto rows = gridRows({{{u"text"_s, u"x"_s}}, row}, m_prompt, {}, assertions);
            return rows ? QString() : rows.error().message;
        };
        QCOMPARE(problem({}), u"Row 2: “sort” needs a value for “text”."_s);
        QCOMPARE(problem({{u"text"_s, u"a"_s}, {u"words"_s, u"few"_s}}),
            u"Row 2: “words” is a number, not “few”."_s);
    }

    void columnsThatNothingUsesAreNamed()
    {
        const QJsonObject row{{u"id"_s, 1}, {u"text"_s, u"a"_s}, {u"answer"_s, u"b"_s}};
        const QJsonObject more{{u"txt"_s, u"a"_s}};
        QCOMPARE(unusedColumns({row, more}, m_prompt, {}), QStringList({u"answer"_s, u"txt"_s}));
        const GridAssertion equals{.kind = GridAssertion::Kind::Equals,
            .spec = u"equals={{ answer }}"_s,
            .text = u"{{ answer }}"_s};
        QCOMPARE(unusedColumns({row, more}, m_prompt, {equals}), QStringList({u"txt"_s}));
        QCOMPARE(unusedColumns({row}, {}, {equals}), QStringList({u"text"_s}));
    }

    void everyCellIsAskedAsItsLaneAsks()
    {
        GridPlan plan{.samples = 2, .seed = 10};
        plan.rows = *gridRows({{{u"text"_s, u"a"_s}}, {{u"text"_s, u"b"_s}}}, m_prompt, {}, {});
        plan.lanes = {lane(u"http://a"_s, u"v3"_s), lane(u"http://a"_s, u"v4"_s),
            lane(u"http://b"_s, u"v4"_s)};
        plan.lanes[1].request.messages = {{.role = Role::System, .content = u"Own."_s}};
        plan.lanes[2].request.parameters = {{u"temperature"_s, 1.0}};
        QCOMPARE(plan.count(), 12);
        QSet<QByteArray> keys;
        for (qint64 index = 0; index < plan.count(); ++index) {
            const GridCell cell = plan.cell(index);
            QCOMPARE(plan.index(cell), index);
            const BatchItem item = plan.item(cell);
            QCOMPARE(item.index, index);
            QVERIFY(item.request);
            QCOMPARE(
                item.request->messages[0].content, cell.lane == 1 ? u"Own."_s : u"For Acme."_s);
            QCOMPARE(item.request->messages[1].content,
                cell.row == 0 ? u"Where to: a 5"_s : u"Where to: b 5"_s);
            QCOMPARE(
                item.request->parameters[u"temperature"_s].toDouble(), cell.lane == 2 ? 1.0 : 0.2);
            QCOMPARE(item.request->parameters[u"seed"_s].toInt(), 10 + cell.sample);
            QCOMPARE(plan.item(cell).key, item.key);
            keys.insert(item.key);
        }
        QCOMPARE(keys.size(), 12); // the same adapter at another place is another lane
        // A row that is added changes nothing of those before.
        const QByteArray key = plan.item(plan.cell(7)).key;
        plan.rows.append(plan.rows.constFirst());
        QCOMPARE(plan.item(plan.cell(7)).key, key);
    }

    /// Each cell has the template's examples with its row's values, or those of its lane.
    void examplesOfTheTemplateOrOfTheLane()
    {
        PromptTemplate prompt = m_prompt;
        prompt.messages.insert(1, {.text = u"Where to: {{ example }}"_s});
        prompt.messages.insert(2, {.role = Role::Assistant, .text = u"sales"_s});
        GridPlan plan;
        plan.rows = *gridRows({{{u"text"_s, u"a"_s}, {u"example"_s, u"e"_s}},
                                  {{u"text"_s, u"b"_s}, {u"example"_s, u"f"_s}}},
            prompt, {}, {});
        plan.lanes = {lane(u"http://a"_s, u"v3"_s), lane(u"http://a"_s, u"v4"_s)};
        plan.lanes[1].request.messages = {{.role = Role::User, .content = u"own"_s},
            {.role = Role::Assistant, .content = u"answer"_s}};
        const auto asked = [&plan](qint64 row, qint64 lane) {
            QStringList texts;
            const BatchItem item = plan.item({.row = row, .lane = lane});
            for (const Message &message : item.request->messages) {
                texts.append(message.content);
            }
            return texts;
        };
        QCOMPARE(asked(1, 0),
            (QStringList{u"For Acme."_s, u"Where to: f"_s, u"sales"_s, u"Where to: b 5"_s}));
        QCOMPARE(
            asked(1, 1), (QStringList{u"For Acme."_s, u"own"_s, u"answer"_s, u"Where to: b 5"_s}));
        QVERIFY(plan.item({.row = 1}).request->diverged); // no server was told them before
        // A lane's own system prompt goes in the place of the table's, and of nothing else.
        plan.lanes[1].request.messages = {{.role = Role::System, .content = u"Own."_s}};
        prompt.messages.insert(3, {.role = Role::System, .text = u"Now in earnest."_s});
        plan.rows = *gridRows({{{u"text"_s, u"a"_s}, {u"example"_s, u"e"_s}}}, prompt, {}, {});
        QCOMPARE(asked(0, 1),
            (QStringList{u"Own."_s, u"Where to: e"_s, u"sales"_s, u"Now in earnest."_s,
                u"Where to: a 5"_s}));
        // Other examples are another question.
        QVERIFY(plan.item({.row = 0, .lane = 0}).key != plan.item({.row = 0, .lane = 1}).key);
    }
};

QTEST_GUILESS_MAIN(TestGridPlan)
#include "tst_gridplan.moc"
