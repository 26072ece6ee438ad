// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gridfixture.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QJsonDocument>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// A grid is set up, asked of the simulator over real sockets, stopped, gone on with and written to
/// files.
class TestGridController final : public GridFixture
{
    Q_OBJECT

    [[nodiscard]] QByteArray written(const QString &name)
    {
        const QString path = m_folder->filePath(name);
        QSignalSpy exported(&grid(), &GridController::exported);
        grid().exportTo(QUrl::fromLocalFile(path));
        QFile file(path);
        return (exported.count() > 0 || exported.wait()) && file.open(QIODevice::ReadOnly)
            ? file.readAll()
            : QByteArray();
    }

private Q_SLOTS:

    void rowsAreShownBeforeAnythingIsAsked()
    {
        const QAbstractItemModelTester tester(&cells());
        grid().setSource(u"id,prompt,colour\nfirst,What is a lori?,red\n2,And a parrot?,green\n"_s);
        QTRY_COMPARE(cells().prompts(), 2);
        QCOMPARE(cells().columnCount(), 3);
        QCOMPARE(cells().data(cells().index(0, 0), GridCells::TextRole), u"What is a lori?"_s);
        QCOMPARE(state(1, 2), int(GridCells::Waiting));
        QCOMPARE(grid().note(), u"Nothing uses “colour”."_s);
        QCOMPARE(grid().size(), u"2 rows × 2 lanes × 1 sample: 4 requests"_s);
        QVERIFY(!grid().isAsked());
        grid().setSource(u"{\"prompt\": \"Hi\"}\n{\"prompt\": \n"_s);
        QTRY_VERIFY(!grid().problem().isEmpty());
        QCOMPARE(cells().prompts(), 0);
        grid().start();
        QVERIFY(!grid().isAsked());
    }

    void aMissingColumnIsNamedWithItsRow()
    {
        (void)m_workbench->prompts()->save(
            {.name = u"Sort"_s, .messages = {{.text = u"Sort {{ text }} for {{ company }}"_s}}});
        QTRY_COMPARE(m_workbench->prompts()->names(), QStringList(u"Sort"_s));
        grid().setTemplateName(u"Sort"_s);
        grid().setSource(u"{\"text\": \"a\", \"company\": \"b\"}\n{\"text\": \"c\"}\n"_s);
        QTRY_COMPARE(grid().problem(), u"Row 2: “Sort” needs a value for “company”."_s);
        grid().setSource(u"text,company\na,b\n"_s);
        QTRY_COMPARE(cells().prompts(), 1);
        QCOMPARE(grid().promptText(0), u"Sort a for b"_s);
    }

    void answersAreHeldToWhatIsDemanded()
    {
        grid().setSource(u"prompt,never\nWhat is a lori?,qqqqqq\nAnd a parrot?,a\n"_s);
        grid().setSamples(2);
        demand(GridAssertions::Contains, u"{{ never }}"_s);
        demand(GridAssertions::MaxLatency, u"60"_s);
        QTRY_COMPARE(cells().plan().assertions.size(), 2);
        grid().start();
        QTRY_VERIFY_WITH_TIMEOUT(!grid().isRunning() && grid().isAsked(), 30'000);
        QCOMPARE(grid().endedBy(), QString());
        QVERIFY(!grid().isResumable());
        QCOMPARE(state(0, 1), int(GridCells::Failed));
        QCOMPARE(verdict(0, 1), u"0 of 2 passed"_s);
        QCOMPARE(state(1, 2), int(GridCells::Passed));
        QCOMPARE(verdict(1, 2), u"2 of 2 passed"_s);
        const QList<GridAnswer> answers = grid().answers(0);
        QCOMPARE(answers.size(), 4);
        QVERIFY(!answers[3].text.isEmpty());
        QCOMPARE(answers[3].passed, QStringList(u"max-latency=60"_s));
        QCOMPARE(answers[3].failed.size(), 1);
        QTRY_COMPARE(grid().figures().size(), 2);
        QTRY_COMPARE(grid().figures()[0].passed, u"50.0 %"_s);
        QCOMPARE(grid().figures()[0].interval, u"15.0–85.0 %"_s); // Wilson's, of 2 in 4
        QCOMPARE(grid().figures()[0].checks.size(), 2);
    }

    void wrongDemandsAreNamed()
    {
        setRows(1);
        demand(GridAssertions::MaxTokens, u"many"_s);
        QTRY_VERIFY2(grid().problem().contains(u"“many”"_s), qPrintable(grid().problem()));
        grid().assertions()->setValue(0, u"10"_s);
        QTRY_COMPARE(grid().problem(), QString());
        demand(GridAssertions::Schema, m_workbench->schemaNames().constFirst());
        QTRY_COMPARE(cells().plan().assertions.size(), 2);
        grid().assertions()->remove(1);
        demand(GridAssertions::Number, u"42"_s);
        grid().assertions()->setTolerance(1, u"0.5"_s);
        QCOMPARE(
            grid().assertions()->specs(), (QStringList{u"max-tokens=10"_s, u"number=42~0.5"_s}));
        grid().assertions()->setSpecs(grid().assertions()->specs());
        QCOMPARE(
            grid().assertions()->data(grid().assertions()->index(1), GridAssertions::ToleranceRole),
            u"0.5"_s);
        // A template may have one of its own.
        const QStringList joined{u"number={{ a ~ b }}"_s, u"number={{ a }}~2"_s};
        grid().assertions()->setSpecs(joined);
        QCOMPARE(grid().assertions()->specs(), joined);
        QCOMPARE(
            grid().assertions()->data(grid().assertions()->index(0), GridAssertions::ValueRole),
            u"{{ a ~ b }}"_s);
        grid().assertions()->setSpecs({u"max-tokens=10"_s});
        demand(GridAssertions::Regex, u"[unclosed"_s);
        QTRY_VERIFY2(grid().problem().contains(u"no pattern"_s), qPrintable(grid().problem()));
    }

    void whatWasStoppedIsGoneOnWithAfterARestart()
    {
        simulate(u"local-7b"_s);
        open();
        setRows(12);
        demand(GridAssertions::MaxLatency, u"60"_s);
        QTRY_COMPARE(cells().plan().assertions.size(), 1);
        grid().setConcurrency(2);
        grid().start();
        QTRY_VERIFY_WITH_TIMEOUT(!cells().results().isEmpty(), 60'000);
        grid().stop();
        QTRY_VERIFY(!grid().isRunning());
        QVERIFY(grid().isResumable());
        const GridResults before = cells().results();
        QVERIFY(before.size() < 24);
        simulate(u"fast"_s);
        open();
        QCOMPARE(cells().results().keys(), before.keys());
        QCOMPARE(grid().source().left(6), u"prompt"_s);
        QCOMPARE(grid().concurrency(), 2);
        QCOMPARE(grid().assertions()->specs(), QStringList(u"max-latency=60"_s));
        QVERIFY(grid().isResumable());
        grid().goOn();
        QTRY_VERIFY_WITH_TIMEOUT(!grid().isRunning(), 60'000);
        // The endpoint stands at another address now, so that these are other questions: all are
        // asked, as they would be with another model.
        QCOMPARE(cells().results().size(), 24);
        QVERIFY(!grid().isResumable());
    }

    void answersThatAreThereAreNotAskedAgain()
    {
        simulate(u"local-7b"_s);
        open();
        setRows(6);
        grid().start();
        QTRY_VERIFY_WITH_TIMEOUT(!cells().results().isEmpty(), 60'000);
        grid().stop();
        QTRY_VERIFY(!grid().isRunning());
        const GridResults before = cells().results();
        // As after a crash, the last line is half of one.
        const QStringList parts
            = QDir(m_folder->filePath(u"grids"_s)).entryList({u"*.part"_s}, QDir::Files);
        QCOMPARE(parts.size(), 1);
        QFile part(m_folder->filePath(u"grids/"_s + parts.constFirst()));
        QVERIFY(part.open(QIODevice::Append) && part.write("{\"index\": 11, \"text") > 0);
        part.close();
        open();
        QCOMPARE(cells().results().keys(), before.keys());
        grid().goOn();
        QTRY_VERIFY_WITH_TIMEOUT(!grid().isRunning(), 60'000);
        QCOMPARE(cells().results().size(), 12);
        for (const auto &[at, line] : before.asKeyValueRange()) {
            QCOMPARE(cells().results().value(at), line);
        }
    }

    void anEndpointThatIsGoneEndsItInWords()
    {
        setRows(4);
        m_simulator.reset();
        grid().start();
        QTRY_VERIFY_WITH_TIMEOUT(!grid().isRunning(), 60'000);
        QVERIFY(!grid().endedBy().isEmpty());
        QVERIFY(grid().isResumable());
        grid().startNew();
        QVERIFY(!grid().isAsked());
        QCOMPARE(cells().prompts(), 4);
    }

    void aServerThatIsGoneIsSeenToBe()
    {
        setRows(4);
        const QUuid endpoint
            = m_workbench->compare()->lanes()->lanes().constFirst()->chat()->setup().endpoint;
        const EndpointListModel &endpoints = *m_workbench->endpoints();
        QTRY_COMPARE(endpoints.finding(endpoint).health, EndpointListModel::Healthy);
        m_simulator->stop();
        QVERIFY(asked());
        QVERIFY(!grid().endedBy().isEmpty());
        QTRY_COMPARE(endpoints.finding(endpoint).health, EndpointListModel::Failing);
    }

    void allIsWrittenToFiles()
    {
        setRows(2);
        grid().start();
        QTRY_VERIFY_WITH_TIMEOUT(!grid().isRunning() && grid().isAsked(), 30'000);
        QCOMPARE(written(u"out.csv"_s).count('\n') > 4, true);
        const QByteArray lines = written(u"out.jsonl"_s);
        QCOMPARE(lines.count('\n'), 4);
        QVERIFY(QJsonDocument::fromJson(lines.left(lines.indexOf('\n'))).isObject());
        QVERIFY(written(u"out.html"_s).startsWith("<!doctype html>"));
        QSignalSpy failed(&grid(), &GridController::failed);
        grid().exportTo(QUrl::fromLocalFile(m_folder->filePath(u"nowhere/out.csv"_s)));
        QVERIFY(failed.count() > 0 || failed.wait());
    }

    void aRecordComesBackWhole()
    {
        GridRecord record{.id = QUuid::createUuid(),
            .created = QDateTime::currentDateTimeUtc(),
            .sourceName = u"a.csv"_s,
            .source = u"prompt\nHi\n"_s,
            .prompt = PromptTemplate{.name = u"P"_s, .messages = {{.text = u"{{ prompt }}"_s}}},
            .lanes = {{.name = u"base"_s,
                .setup = {.endpoint = QUuid::createUuid(),
                    .model = u"m"_s,
                    .adapter = {.id = u"v4"_s},
                    .parameters = {{u"temperature"_s, 0.5}},
                    .systemPrompt = u"Be brief."_s}}},
            .samples = 3,
            .concurrency = 7,
            .seed = 42,
            .assertions = {u"schema=Person"_s},
            .schemas = {{u"Person"_s, u"{}"_s}}};
        const Result<GridRecord> again
            = gridRecordFromJson(gridRecordToJson(record), u"grid.json"_s);
        QVERIFY(again);
        QCOMPARE(*again, record);
        QVERIFY(!gridRecordFromJson("{}", u"grid.json"_s));
    }
};

QTEST_MAIN(TestGridController)

#include "tst_gridcontroller.moc"
