// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadpresets.h"
#include "load/loadsetup.h"
#include "translations.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A load test is set up: its shape is drawn, what it comes to is told, what is wrong is named.
class TestLoadSetup : public QObject
{
    Q_OBJECT

    static LoadBlock users(double count, Nanoseconds duration)
    {
        return {.kind = LoadBlock::Kind::Users, .duration = duration, .from = count, .to = count};
    }

    static LoadBlock rate(double from, double to, Nanoseconds duration)
    {
        return {.kind = LoadBlock::Kind::Rate, .duration = duration, .from = from, .to = to};
    }

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void blocksAreAddedMovedAndTakenOut()
    {
        LoadBlocks blocks(nullptr);
        const QAbstractItemModelTester tester(&blocks);
        blocks.setCurve({users(8, 30s)});
        QCOMPARE(blocks.add(LoadBlocks::Ramp, 0), 1);
        QCOMPARE(blocks.curve()[1].from, 8.0);
        QCOMPARE(blocks.curve()[1].to, 32.0);
        QCOMPARE(blocks.curve()[1].kind, LoadBlock::Kind::Users);
        QCOMPARE(blocks.add(LoadBlocks::Pause, 0), 1);
        QCOMPARE(blocks.curve()[1].kind, LoadBlock::Kind::Pause);
        blocks.move(1, 2);
        QCOMPARE(blocks.curve()[2].kind, LoadBlock::Kind::Pause);
        const int peak = blocks.add(LoadBlocks::Spike, 1);
        QCOMPARE(blocks.curve()[peak].from, 4 * blocks.curve()[peak - 1].to);
        QCOMPARE(blocks.curve()[peak + 1].to, blocks.curve()[peak - 1].to);
        QCOMPARE(blocks.problem(), QString());
        while (blocks.count() > 1) {
            blocks.remove(0);
        }
        blocks.remove(0);
        QCOMPARE(blocks.count(), 1); // one is always left
    }

    void aBlockChangesItsShapeAndKeepsItsLoad()
    {
        LoadBlocks blocks(nullptr);
        blocks.setCurve({rate(20, 20, 10s)});
        blocks.setShape(0, LoadBlocks::Burst);
        QCOMPARE(blocks.curve()[0].arrival.kind, ArrivalProcess::Kind::Gamma);
        QVERIFY(blocks.curve()[0].arrival.burstiness < 1);
        blocks.setShape(0, LoadBlocks::Stairs);
        QCOMPARE(blocks.curve()[0].to, 20.0);
        QCOMPARE(blocks.curve()[0].from, 5.0);
        QCOMPARE(blocks.curve()[0].steps, 4);
        blocks.setUnit(0, LoadBlocks::Users);
        QCOMPARE(blocks.curve()[0].kind, LoadBlock::Kind::Users);
        blocks.setShape(0, LoadBlocks::Closed);
        QCOMPARE(blocks.curve()[0].from, 20.0);
        blocks.setLoad(0, 3.4);
        QCOMPARE(blocks.curve()[0].from, 3.0); // users are whole
    }

    void numbersAreTakenAsTheyAreTyped()
    {
        LoadSetup setup(nullptr);
        LoadBlocks &blocks = *setup.blocks();
        LoadBlockEditor &block = *setup.block();
        blocks.setCurve({rate(20, 20, 10s), users(4, 10s)});
        block.setRow(1);
        block.setRow(0);
        const auto text
            = [&block](const char *field) { return block.property(field).value<LoadNumber *>(); };
        for (const double load : {37.5, 125., 1250., 0.25}) {
            text("from")->setText(QString::number(load));
            QCOMPARE(blocks.curve()[0].from, load);
            QCOMPARE(blocks.curve()[0].to, load);
        }
        text("seconds")->setText(u"0.5"_s);
        QCOMPARE(blocks.curve()[0].duration, Nanoseconds(500ms));
        QCOMPARE(setup.shapeProblem(), QString());
        // What is wrong stays to be mended, is named, and changes nothing.
        text("seconds")->setText(u"abc"_s);
        QCOMPARE(text("seconds")->text(), u"abc"_s);
        QVERIFY2(setup.shapeProblem().startsWith(u"Block 1: "_s), qPrintable(setup.shapeProblem()));
        QCOMPARE(blocks.curve()[0].duration, Nanoseconds(500ms));
        block.setRow(1);
        QCOMPARE(text("from")->text(), u"4"_s);
        QCOMPARE(setup.shapeProblem(), QString());
        text("from")->setText(u"4.5"_s);
        QVERIFY(!setup.shapeProblem().isEmpty()); // no half users
        // With the pointer it is rounded, and the field follows.
        blocks.dragLoad(0, 37.4, false);
        QCOMPARE(blocks.curve()[0].from, 37.0);
        QCOMPARE(blocks.rowAt(0.2), 0);
        QCOMPARE(blocks.rowAt(3), 1);
        QCOMPARE(blocks.rowAt(-3), 0);
        QCOMPARE(blocks.rowAt(300), 1);
    }

    void itIsSaidInWords()
    {
        LoadBlocks blocks(nullptr);
        blocks.setCurve({users(1, 30s), rate(5, 20, 60s)});
        QCOMPARE(blocks.summary(), u"1 user, closed loop · 30 s; 5 → 20/s, ramp · 60 s"_s);
        QCOMPARE(blocks.seconds(), 90.0);
    }

    void theDrawingsTopStaysWhileItIsDragged()
    {
        LoadBlocks blocks(nullptr);
        blocks.setCurve({rate(20, 20, 10s)});
        const double top = blocks.top();
        blocks.hold();
        blocks.setLoad(0, 200);
        QCOMPARE(blocks.top(), top);
        blocks.release();
        QVERIFY(blocks.top() > 200);
    }

    void itsScaleIsCountedInNumbersOneCountsIn_data()
    {
        QTest::addColumn<double>("most");
        QTest::addColumn<QString>("scale");
        QTest::newRow("of one") << 1.0 << u"0 0.5 1 1.5 2"_s;
        QTest::newRow("of few") << 8.0 << u"0 3 6 9 12"_s;
        QTest::newRow("of some") << 40.0 << u"0 15 30 45 60"_s;
        QTest::newRow("of many") << 1024.0 << u"0 500 1,000 1,500 2,000"_s;
    }

    void itsScaleIsCountedInNumbersOneCountsIn()
    {
        QFETCH(const double, most);
        QFETCH(const QString, scale);
        LoadBlocks blocks(nullptr);
        blocks.setCurve({rate(most, most, 10s)});
        QCOMPARE(blocks.scale().join(u' '), scale);
    }

    void whatItComesToIsTold()
    {
        LoadSetup setup(nullptr);
        LoadProfile profile;
        profile.plan.curve = {rate(10, 10, 30s), rate(10, 30, 30s)};
        profile.workload.lengths
            = {{.input = LengthDistribution::fixed(100), .output = LengthDistribution::fixed(50)}};
        LoadSetup::Subject subject;
        subject.price = {.prompt = 2, .output = 10, .currency = u"USD"_s};
        setup.setSubject(subject);
        setup.setProfile(profile);
        QTRY_COMPARE(setup.expectation().requests, u"900"_s); // 300 and 600
        QCOMPARE(setup.expectation().duration, u"60.0 s"_s);
        QCOMPARE(setup.expectation().promptTokens, QLocale().toString(90'000));
        QCOMPARE(setup.expectation().outputTokens, u"≤ "_s + QLocale().toString(45'000));
        // 0.09 million at 2, and 0.045 million at 10.
        QCOMPARE(setup.expectation().cost, u"≤ 0.630 USD"_s);
        QVERIFY(!setup.assumesAnswers());
    }

    void aClosedLoopIsEstimatedFromHowLongAnswersTake()
    {
        LoadSetup setup(nullptr);
        LoadProfile profile;
        profile.plan.curve = {users(10, 60s)};
        setup.setProfile(profile);
        setup.answerSeconds()->setText(u"2"_s);
        QVERIFY(setup.assumesAnswers());
        QTRY_COMPARE(setup.expectation().requests, u"≈ 300"_s);
        setup.answerSeconds()->setText(u"x"_s);
        QVERIFY(!setup.answerSeconds()->problem().isEmpty());
    }

    /// It ends by itself: what is told is the most it can come to.
    void whatASearchComesToAtMostIsTold()
    {
        LoadSetup setup(nullptr);
        LoadProfile profile;
        profile.plan.ceiling.requests = 500;
        profile.workload.lengths
            = {{.input = LengthDistribution::fixed(100), .output = LengthDistribution::fixed(50)}};
        profile.sweep = SweepPlan{.kind = LoadBlock::Kind::Rate,
            .from = 1,
            .most = 8,
            .stage = 10s,
            .refinements = 2,
            .repeats = 3};
        LoadSetup::Subject subject;
        subject.price = {.prompt = 2, .output = 10, .currency = u"USD"_s};
        setup.setSubject(subject);
        setup.setProfile(profile);
        // 1, 2, 4 and seven times at most 8 requests a second, each for ten seconds.
        QTRY_COMPARE(setup.expectation().requests, u"up to 630"_s);
        QVERIFY(setup.expectation().duration.startsWith(u"up to "_s));
        QCOMPARE(setup.expectation().promptTokens, u"up to "_s + QLocale().toString(63'000));
        QCOMPARE(setup.expectation().outputTokens, u"up to "_s + QLocale().toString(31'500));
        QCOMPARE(setup.expectation().cost, u"up to 0.441 USD"_s);
        const QString notes = setup.expectation().notes.join(u' ');
        QVERIFY2(notes.contains(u"in up to 10 runs. It ends by itself"_s), qPrintable(notes));
        QVERIFY2(notes.contains(u"The ceiling ends it at 500 requests."_s), qPrintable(notes));
        QVERIFY(!setup.assumesAnswers());
        // Users ask as often as they are answered.
        profile.sweep->kind = LoadBlock::Kind::Users;
        profile.workload.lengths.first().output.reset();
        setup.setProfile(profile);
        setup.answerSeconds()->setText(u"2"_s);
        QVERIFY(setup.assumesAnswers());
        QTRY_COMPARE(setup.expectation().requests, u"up to ≈ 315"_s);
        QCOMPARE(setup.expectation().cost, QString());
        QVERIFY(setup.expectation().notes.join(u' ').contains(u"Answers have no limit"_s));
    }

    void mistakesAreNamedWhereTheyAre()
    {
        LoadSetup setup(nullptr);
        QTRY_COMPARE(setup.problem(), QString());
        setup.setObjective(u"ttft_95=1"_s);
        QVERIFY2(
            setup.objectiveProblem().contains(u"ttft_95"_s), qPrintable(setup.objectiveProblem()));
        setup.setObjective({});
        setup.setKind(LoadSetup::File);
        setup.setFile(u"/nowhere/p.jsonl"_s);
        QTRY_VERIFY2(setup.workloadProblem().contains(u"/nowhere/p.jsonl"_s),
            qPrintable(setup.workloadProblem()));
        setup.setKind(LoadSetup::Synthetic);
        QTRY_COMPARE(setup.workloadProblem(), QString());
        LoadProfile profile = setup.profile();
        profile.plan.warmUp = std::chrono::hours(1);
        setup.setProfile(profile);
        QVERIFY(!setup.planProblem().isEmpty());
    }

    void aProfileComesBackAsItWas()
    {
        LoadProfile profile;
        profile.plan.curve = {users(4, 10s), rate(5, 10, 20s)};
        profile.plan.seed = 77;
        profile.plan.warmUp = 2s;
        profile.plan.stops = {.requests = 500, .failures = 0.25};
        profile.plan.objective
            = serviceObjectiveFrom(u"ttft_p95=500ms,errors=1%"_s).value_or(ServiceObjective());
        profile.workload.lengths
            = {{.input = LengthDistribution{.kind = LengthDistribution::Kind::Uniform,
                    .least = 10,
                    .most = 90},
                .output = std::nullopt}};
        profile.workload.prefix = {.share = 0.5, .tokens = 32};
        profile.workload.ignoresEnd = true;
        profile.workload.turns = LengthDistribution::fixed(3);
        LoadSetup setup(nullptr);
        setup.setProfile(profile);
        QCOMPARE(setup.profile().plan, profile.plan);
        QCOMPARE(setup.profile().workload.lengths, profile.workload.lengths);
        QCOMPARE(setup.profile().workload.prefix, profile.workload.prefix);
        QCOMPARE(setup.profile().workload.turns, profile.workload.turns);
        profile.workload.turns
            = LengthDistribution{.kind = LengthDistribution::Kind::Uniform, .least = 1, .most = 6};
        profile.workload.lengths.first().input = {.kind = LengthDistribution::Kind::Normal,
            .mean = 256.5,
            .deviation = 12.5,
            .least = 100,
            .most = 400,
            .histogram = {}};
        profile.plan.seed = 2'026'112'212'345'678;
        setup.setProfile(profile);
        QCOMPARE(setup.problem(), QString());
        QCOMPARE(setup.profile().workload.turns, profile.workload.turns);
        QCOMPARE(setup.profile().workload.lengths, profile.workload.lengths);
        QCOMPARE(setup.profile().plan.seed, profile.plan.seed);
        profile.sweep = SweepPlan{.kind = LoadBlock::Kind::Rate, .from = 2, .most = 1000};
        LoadSetup::Subject elsewhere;
        elsewhere.isNear = false;
        setup.setSubject(elsewhere);
        setup.setProfile(profile);
        QCOMPARE(setup.profile().sweep, profile.sweep);
        QVERIFY(setup.isSweeping());
        // Hidden then, so it ends no stage.
        QVERIFY(!setup.profile().plan.stops.requests);
    }

    /// What only chats have is not asked of another task, and is there again afterwards.
    void theTaskIsChosen()
    {
        LoadSetup setup(nullptr);
        setup.setSubject({.systemPrompt = u"Be short."_s, .parameters = {{u"top_p"_s, 0.5}}});
        setup.setObjective(u"e2e_p95=1s"_s);
        setup.setKind(LoadSetup::Trace);
        setup.setTask(LoadSetup::Embeddings);
        QCOMPARE(setup.kind(), int(LoadSetup::Synthetic)); // there are no traces of texts
        setup.property("batch").value<LoadNumber *>()->set(8);
        LoadWorkload workload = setup.profile().workload;
        QCOMPARE(workload.task.kind, LoadTask::Kind::Embeddings);
        QCOMPARE(workload.task.batch, 8);
        QCOMPARE(problemOf(workload), QString());
        QCOMPARE(setup.objectiveProblem(), QString());
        QTRY_COMPARE(setup.expectation().outputTokens, u"none"_s);
        QCOMPARE(setup.problem(), QString());
        setup.setObjective(u"ttft_p95=1s"_s);
        QVERIFY2(setup.objectiveProblem().contains(u"they have no ttft"_s),
            qPrintable(setup.objectiveProblem()));
        setup.setObjective({});
        setup.setTask(LoadSetup::Rerank);
        setup.property("documents").value<LoadNumber *>()->set(25);
        const LoadProfile rerank = setup.profile();
        QCOMPARE(problemOf(rerank.workload), QString());
        LoadSetup again(nullptr);
        again.setProfile(rerank);
        QCOMPARE(again.task(), int(LoadSetup::Rerank));
        QCOMPARE(again.profile().workload.task, rerank.workload.task);
        setup.setTask(LoadSetup::Chat);
        workload = setup.profile().workload;
        QVERIFY(workload.task.isChat());
        QCOMPARE(workload.systemPrompt, u"Be short."_s);
        QVERIFY(workload.lengths.constFirst().output.has_value());
        QCOMPARE(setup.objectiveProblem(), QString());
    }

    void withoutASeedEachRunHasAnother()
    {
        const LoadSetup setup(nullptr);
        QVERIFY(setup.profile().plan.seed != setup.profile().plan.seed);
    }

    void serversElsewhereHaveALowCeiling()
    {
        LoadSetup setup(nullptr);
        LoadSetup::Subject subject;
        subject.isNear = false;
        setup.setSubject(subject);
        QCOMPARE(setup.profile().plan.ceiling.concurrency, 256);
        QCOMPARE(setup.profile().plan.ceiling.requests, 10'000);
        QCOMPARE(setup.profile().plan.ceiling.cost, std::optional(10.0));
        // A profile from elsewhere does not raise it, but may lower it.
        setup.setProfile({});
        QCOMPARE(setup.profile().plan.ceiling.requests, 10'000);
        QCOMPARE(setup.profile().plan.ceiling.cost, std::optional(10.0));
        LoadProfile careful;
        careful.plan.ceiling = {.requests = 50, .cost = 0.5};
        setup.setProfile(careful);
        QCOMPARE(setup.profile().plan.ceiling.requests, 50);
        QCOMPARE(setup.profile().plan.ceiling.cost, std::optional(0.5));
        // A person does.
        const auto typed = [&setup](const char *field, const QString &text) {
            setup.property(field).value<LoadNumber *>()->setText(text);
        };
        typed("ceilingRequests", u"20000"_s);
        typed("ceilingCost", u"99.5"_s);
        QCOMPARE(setup.profile().plan.ceiling.requests, 20'000);
        QCOMPARE(setup.profile().plan.ceiling.cost, std::optional(99.5));
        typed("ceilingCost", u"much"_s);
        QVERIFY(!setup.planProblem().isEmpty());
        // Without a price it is worth nothing, which is said.
        typed("ceilingCost", u"3"_s);
        QTRY_VERIFY2(setup.expectation().notes.join(u' ').contains(u"No price of this model"_s),
            qPrintable(setup.expectation().notes.join(u'\n')));
        subject.price = {.prompt = 1e6, .output = 1e6, .currency = u"€"_s};
        setup.setSubject(subject);
        QCOMPARE(setup.currency(), u"€"_s);
        QTRY_VERIFY(!setup.expectation().notes.join(u' ').contains(u"No price of this model"_s));
        QVERIFY(setup.expectation().notes.join(u' ').contains(
            u"The ceiling ends it at a cost of 3.00 €."_s));
    }

    void presetsAreSavedAndRunAgain()
    {
        const QTemporaryDir folder;
        LoadSetup setup(nullptr);
        LoadPresets presets(folder.path(), setup);
        const QAbstractItemModelTester tester(&presets);
        presets.refresh();
        const int builtIn = presets.count();
        QVERIFY(builtIn >= 5);
        for (int row = 0; row < builtIn; ++row) {
            presets.use(row);
            const QString problem = setup.shapeProblem() + setup.objectiveProblem();
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
        LoadProfile mine = setup.profile();
        mine.plan.curve = {users(3, 7s)};
        mine.sweep.reset();
        presets.save(u"my/test"_s, mine);
        QCOMPARE(presets.count(), builtIn + 1);
        QCOMPARE(presets.data(presets.index(builtIn), LoadPresets::NameRole), u"my/test"_s);
        presets.use(0);
        presets.use(builtIn);
        QCOMPARE(setup.profile().plan.curve, mine.plan.curve);
    }

    void aPresetIsRemovedAndReplacedWithAWayBack()
    {
        const QTemporaryDir folder;
        LoadSetup setup(nullptr);
        LoadPresets presets(folder.path(), setup);
        const QAbstractItemModelTester tester(&presets);
        presets.refresh();
        const auto curveOf = [&](const QString &name) {
            for (int row = 0; row < presets.count(); ++row) {
                if (presets.data(presets.index(row), LoadPresets::NameRole) == name) {
                    presets.use(row);
                }
            }
            return setup.profile().plan.curve;
        };
        LoadProfile first;
        first.plan.curve = {users(3, 7s)};
        LoadProfile second;
        second.plan.curve = {users(5, 9s)};
        presets.save(u"mine"_s, first);
        QCOMPARE(presets.own(), QStringList{u"mine"_s});
        QCOMPARE(presets.undoName(), QString());
        QVERIFY(presets.isTaken(u" mine "_s) && !presets.isTaken(u"Smoke"_s));
        // In place of the one that is called so.
        presets.save(u"mine"_s, second);
        QCOMPARE(presets.own(), QStringList{u"mine"_s});
        QCOMPARE(curveOf(u"mine"_s), second.plan.curve);
        QCOMPARE(presets.undoName(), u"mine"_s);
        QVERIFY(presets.isUndoReplaced());
        presets.undo();
        QCOMPARE(curveOf(u"mine"_s), first.plan.curve);
        QCOMPARE(presets.undoName(), QString());
        presets.remove(u"mine"_s);
        QVERIFY(presets.own().isEmpty());
        QVERIFY(QDir(folder.path()).isEmpty());
        QVERIFY(!presets.isUndoReplaced());
        presets.undo();
        QCOMPARE(curveOf(u"mine"_s), first.plan.curve);
        // What comes with the program stays.
        presets.remove(u"Smoke"_s);
        QCOMPARE(presets.undoName(), QString());
        // Once nobody wants it back it is gone.
        presets.remove(u"mine"_s);
        presets.forgetUndo();
        presets.undo();
        QVERIFY(presets.own().isEmpty());
    }

    /// One that a person wrote himself, in the form that lori reads too.
    void aPresetInTomlIsReplacedAsToml()
    {
        const QTemporaryDir folder;
        LoadSetup setup(nullptr);
        LoadPresets presets(folder.path(), setup);
        LoadProfile profile;
        profile.plan.curve = {users(3, 7s)};
        const QString file = folder.filePath(u"soon.toml"_s);
        QVERIFY(writeProfile(profile, file));
        presets.refresh();
        profile.plan.curve = {users(4, 8s)};
        presets.save(u"soon"_s, profile);
        QCOMPARE(presets.own(), QStringList{u"soon"_s});
        const Result<LoadProfile> read = loadProfileIn(file);
        QVERIFY(read);
        QCOMPARE(read->plan.curve, profile.plan.curve);
    }
};

QTEST_MAIN(TestLoadSetup)

#include "tst_loadsetup.moc"
