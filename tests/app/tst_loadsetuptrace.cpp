// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadblockeditor.h"
#include "load/loadsetup.h"
#include "testfiles.h"
#include "translations.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A load test is set up with a recorded trace: alone, or as a block among others.
class TestLoadSetupTrace : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    static constexpr LoadBlock users{
        .kind = LoadBlock::Kind::Users, .duration = 10s, .from = 2, .to = 2};

    /// Two a second.
    [[nodiscard]] static QList<int> evenly(int count)
    {
        QList<int> times;
        for (int i = 0; i < count; ++i) {
            times.append(i * 500);
        }
        return times;
    }

    /// A trace whose requests come then, in milliseconds.
    [[nodiscard]] QString written(const QString &name, const QList<int> &times) const
    {
        QByteArray lines;
        for (const int time : times) {
            lines += "{\"timestamp\":" + QByteArray::number(time)
                + ",\"input_length\":100,\"output_length\":10}\n";
        }
        return writeFile(m_dir, name, lines);
    }

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void aTraceIsDrawnByItsTimes()
    {
        QList<int> times;
        for (int second = 0; second < 20; ++second) {
            for (int i = 0; i < (second < 10 ? 1 : 3); ++i) {
                times.append(second * 1000 + i * 10);
            }
        }
        const QString file = written(u"t.jsonl"_s, times);
        LoadSetup setup(nullptr);
        LoadProfile profile;
        profile.plan.curve = {users};
        setup.setProfile(profile);
        setup.setKind(LoadSetup::Trace);
        QVERIFY(setup.isTraceAlone());
        QVERIFY(!setup.cycles()); // it is played once
        setup.setFile(file);
        const ChartData *chart = setup.property("trace").value<ChartData *>();
        QTRY_COMPARE(chart->series().value(0).points.size(), 21);
        QCOMPARE(chart->series()[0].points[0], QPointF(0, 1));
        QCOMPARE(chart->series()[0].points[15], QPointF(15, 3));
        QVERIFY2(setup.traceText().startsWith(u"40 requests in "_s), qPrintable(setup.traceText()));
        QVERIFY2(setup.traceText().endsWith(u"at most 3."_s), qPrintable(setup.traceText()));
        QCOMPARE(setup.expectation().requests, u"40"_s);
        const QString slow = setup.expectation().duration;
        QVERIFY(!slow.isEmpty());
        setup.property("speed").value<LoadNumber *>()->setText(u"2"_s);
        QTRY_VERIFY(setup.expectation().duration != slow);
        QCOMPARE(setup.problem(), QString());
        QVERIFY(setup.profile().plan.curve.isEmpty());
        QCOMPARE(setup.profile().workload.file, file);
        // A file that is none is named, and nothing is drawn.
        setup.setFile(u"/nowhere/t.jsonl"_s);
        QTRY_VERIFY(!setup.workloadProblem().isEmpty());
        QVERIFY(setup.traceText().isEmpty());
        // The blocks are as they were.
        setup.drawBlocks();
        QCOMPARE(setup.kind(), int(LoadSetup::Synthetic));
        QCOMPARE(setup.profile().plan.curve, profile.plan.curve);
    }

    /// However odd its end is, its last request is in it.
    void itsLengthIsReadable()
    {
        LoadSetup setup(nullptr);
        LoadProfile profile;
        profile.plan.curve = {users};
        setup.setProfile(profile);
        setup.useTrace();
        setup.setFile(written(u"odd.jsonl"_s, {0, 333, 1777, 4321}));
        const LoadBlocks &blocks = *setup.blocks();
        // 4.321 s, and a gap as long as the others are on average.
        QTRY_COMPARE(blocks.facts(1).seconds, 5.8);
        QVERIFY2(blocks.summary().endsWith(u"Trace, as recorded · 5.8 s"_s),
            qPrintable(blocks.summary()));
        QVERIFY(std::abs(blocks.facts(1).from * 5.8 - 4) < 1e-6);
        // Where it begins again, it is not to begin in the same block.
        setup.setCycles(true);
        QTRY_VERIFY(blocks.facts(1).seconds < 5.8);
        QVERIFY(std::abs(blocks.facts(1).from * blocks.facts(1).seconds - 4) < 1e-6);
        QVERIFY2(blocks.summary().endsWith(u"Trace, as recorded · 5.761 s"_s),
            qPrintable(blocks.summary()));
    }

    void aTraceIsABlockAmongOthers()
    {
        const QString file = written(u"t.jsonl"_s, evenly(40));
        LoadSetup setup(nullptr);
        LoadProfile profile;
        profile.plan.curve = {users};
        setup.setProfile(profile);
        setup.useTrace();
        QCOMPARE(setup.kind(), int(LoadSetup::Trace));
        QVERIFY(!setup.isTraceAlone());
        // Nobody knows yet.
        QVERIFY(setup.expectation().requests.isEmpty());
        QVERIFY(setup.expectation().duration.isEmpty());
        setup.setFile(file);
        LoadBlocks &blocks = *setup.blocks();
        QCOMPARE(blocks.count(), 2);
        QCOMPARE(blocks.facts(1).shape, int(LoadBlocks::Trace));
        // As long as the recording, and at its rate.
        QTRY_COMPARE(blocks.facts(1).seconds, 20.0);
        QVERIFY(std::abs(blocks.facts(1).from - 2) < 0.01);
        QCOMPARE(blocks.summary(), u"2 users, closed loop · 10 s; Trace, as recorded · 20 s"_s);
        QCOMPARE(setup.problem(), QString());
        LoadCurve curve = setup.profile().plan.curve;
        QVERIFY(isRecorded(curve[1]));
        // A length that somebody gave it stays; the rate is none to be given.
        blocks.setSeconds(1, 8);
        blocks.setFrom(1, 100);
        blocks.dragLoad(1, 100, true);
        blocks.nudgeLoad(1, 3);
        setup.property("speed").value<LoadNumber *>()->setText(u"2"_s);
        QTRY_VERIFY(std::abs(blocks.facts(1).from - 4) < 0.01);
        QCOMPARE(blocks.facts(1).seconds, 8.0);
        // A second block plays what is left of it, and a third nothing.
        blocks.setSeconds(blocks.add(LoadBlocks::Trace, 1), 4);
        QVERIFY(std::abs(blocks.facts(2).from - 2) < 0.01); // of two of its four seconds
        auto *editor = setup.property("block").value<LoadBlockEditor *>();
        editor->setRow(blocks.add(LoadBlocks::Trace, 2));
        QVERIFY2(setup.problem().contains(u"nothing is asked"_s), qPrintable(setup.problem()));
        setup.setCycles(true);
        QTRY_COMPARE(setup.problem(), QString());
        setup.setCycles(false);
        editor->setRow(0);
        blocks.remove(3);
        // What was one of a trace is none any more, whatever becomes of it.
        blocks.setShape(2, LoadBlocks::Closed);
        blocks.setShape(2, LoadBlocks::Ramp);
        blocks.setUnit(2, LoadBlocks::Rate);
        QCOMPARE(blocks.facts(2).shape, int(LoadBlocks::Ramp));
        QCOMPARE(setup.problem(), QString());
        blocks.remove(2);
        // As it is kept.
        const LoadProfile kept = setup.profile();
        LoadSetup other(nullptr);
        other.setProfile(kept);
        QVERIFY(!other.isTraceAlone());
        QCOMPARE(other.profile().plan.curve, kept.plan.curve);
        setup.playTraceAlone();
        QVERIFY(setup.isTraceAlone());
        QVERIFY(setup.profile().plan.curve.isEmpty());
        setup.useTrace();
        QCOMPARE(setup.profile().plan.curve, kept.plan.curve); // as they were
        setup.drawBlocks();
        QCOMPARE(setup.profile().plan.curve, profile.plan.curve);
        // There are none of embeddings.
        setup.useTrace();
        setup.setTask(LoadSetup::Embeddings);
        QCOMPARE(setup.kind(), int(LoadSetup::Synthetic));
        QCOMPARE(setup.profile().plan.curve, profile.plan.curve);
    }

    /// What is loaded has nothing of the trace that was there before.
    void aTraceOfAProfileIsItsOwn()
    {
        LoadSetup setup(nullptr);
        setup.useTrace();
        setup.setFile(written(u"short.jsonl"_s, evenly(20)));
        LoadBlocks &blocks = *setup.blocks();
        QTRY_COMPARE(blocks.facts(blocks.count() - 1).seconds, 10.0);
        // A longer one, whose second block is behind the end of the one before.
        LoadBlock played{.kind = LoadBlock::Kind::Rate,
            .duration = 30s,
            .from = 2,
            .to = 2,
            .arrival = {.kind = ArrivalProcess::Kind::Recorded}};
        LoadProfile profile;
        profile.workload.kind = LoadWorkload::Kind::Trace;
        profile.workload.file = written(u"long.jsonl"_s, evenly(120));
        profile.plan.curve = {played, played};
        setup.setProfile(profile);
        QCOMPARE(setup.problem(), QString());
        QCOMPARE(setup.profile().plan.curve, profile.plan.curve);
        QTRY_VERIFY(setup.traceText().startsWith(u"120 requests"_s));
        QCOMPARE(setup.profile().plan.curve, profile.plan.curve);
        QCOMPARE(setup.problem(), QString());
        // Its file is gone: that is what is wrong.
        profile.workload.file = m_dir.filePath(u"gone.jsonl"_s);
        setup.setProfile(profile);
        QTRY_VERIFY2(setup.problem().contains(u"gone.jsonl"_s), qPrintable(setup.problem()));
        QCOMPARE(setup.profile().plan.curve, profile.plan.curve);
        // One that is played alone has no blocks of it.
        profile.plan.curve.clear();
        setup.setProfile(profile);
        QVERIFY(setup.isTraceAlone());
        QVERIFY(!hasRecorded(blocks.curve()));
    }
};

QTEST_MAIN(TestLoadSetupTrace)

#include "tst_loadsetuptrace.moc"
