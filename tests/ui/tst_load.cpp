// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/chartitem.h"
#include "windowfixture.h"

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A load test in the real window: set up, run, watched and read by keys.
class TestLoad final : public WindowFixture
{
    Q_OBJECT

    [[nodiscard]] LoadController &load() { return *workbench().load(); }

    void opened() override
    {
        m_desktop->press(Qt::Key_3, Qt::ControlModifier);
        QTRY_VERIFY(m_desktop->item(u"loadShape"_s).isVisible());
    }

    void focus(const QString &name)
    {
        m_desktop->item(name).forceActiveFocus(Qt::TabFocusReason);
        QVERIFY2(m_desktop->item(name).hasActiveFocus(), qPrintable(name));
    }

    [[nodiscard]] QString focused() const
    {
        const QQuickItem *item = m_desktop->window().activeFocusItem();
        return item ? item->objectName() : QString();
    }

    /// So many short requests of one user.
    void setUpShort(int requests)
    {
        LoadProfile profile;
        profile.plan.curve
            = {{.kind = LoadBlock::Kind::Users, .duration = 60s, .from = 1, .to = 1}};
        profile.plan.stops.requests = requests;
        profile.workload.lengths
            = {{.input = LengthDistribution::fixed(16), .output = LengthDistribution::fixed(8)}};
        load().setup()->setProfile(profile);
        QTRY_VERIFY(m_desktop->item(u"loadStartButton"_s).isEnabled());
    }

    [[nodiscard]] bool untilDone()
    {
        return Desktop::until([this] { return load().state() == LoadController::Done; });
    }

private Q_SLOTS:

    void aLoadIsDrawnByKeysAlone()
    {
        LoadBlocks &blocks = *load().setup()->blocks();
        blocks.setCurve({{.kind = LoadBlock::Kind::Users, .duration = 30s, .from = 8, .to = 8}});
        focus(u"loadShape"_s);
        m_desktop->press(Qt::Key_Up);
        QCOMPARE(blocks.curve()[0].to, 9.0);
        m_desktop->press(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(blocks.curve()[0].duration, Nanoseconds(35s));
        m_desktop->press(Qt::Key_Insert);
        QCOMPARE(blocks.count(), 2);
        QCOMPARE(blocks.curve()[1].kind, LoadBlock::Kind::Rate);
        m_desktop->press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(blocks.curve()[0].kind, LoadBlock::Kind::Rate);
        m_desktop->press(Qt::Key_Delete);
        QCOMPARE(blocks.count(), 1);
        QCOMPARE(blocks.curve()[0].kind, LoadBlock::Kind::Users);
    }

    void aBlockIsDraggedByItsEdge()
    {
        LoadBlocks &blocks = *load().setup()->blocks();
        blocks.setCurve({{.kind = LoadBlock::Kind::Users, .duration = 30s, .from = 8, .to = 8},
            {.kind = LoadBlock::Kind::Rate, .duration = 30s, .from = 4, .to = 4}});
        m_desktop->window().grabWindow();
        const QQuickItem &shape = m_desktop->item(u"loadShape"_s);
        // Between the two: the axis is 44 wide, and 12 are left at the end.
        const double plot = shape.width() - 56;
        const QPoint edge
            = shape.mapToScene({44 + plot / 2, shape.height() / 3}).toPoint() - QPoint(1, 0);
        QTest::mousePress(&m_desktop->window(), Qt::LeftButton, Qt::NoModifier, edge);
        for (int step = 1; step <= 10; ++step) {
            QTest::mouseMove(&m_desktop->window(), edge + QPoint(step * 4, 0));
        }
        QTest::mouseRelease(
            &m_desktop->window(), Qt::LeftButton, Qt::NoModifier, edge + QPoint(40, 0));
        QTRY_VERIFY(blocks.curve()[0].duration > Nanoseconds(31s));
        QCOMPARE(blocks.curve()[1].duration, Nanoseconds(30s));
    }

    void aBlockIsDraggedToAnotherPlace()
    {
        LoadBlocks &blocks = *load().setup()->blocks();
        blocks.setCurve({{.kind = LoadBlock::Kind::Users, .duration = 30s, .from = 8, .to = 8},
            {.kind = LoadBlock::Kind::Rate, .duration = 30s, .from = 4, .to = 4}});
        m_desktop->window().grabWindow();
        const QQuickItem &shape = m_desktop->item(u"loadShape"_s);
        const double plot = shape.width() - 56;
        const QPoint body = shape.mapToScene({44 + plot / 4, shape.height() - 50}).toPoint();
        QTest::mousePress(&m_desktop->window(), Qt::LeftButton, Qt::NoModifier, body);
        for (int step = 1; step <= 10; ++step) {
            QTest::mouseMove(&m_desktop->window(), body + QPoint(int(plot / 20) * step, 0));
        }
        QTest::mouseRelease(&m_desktop->window(), Qt::LeftButton, Qt::NoModifier,
            body + QPoint(int(plot / 20) * 10, 0));
        QTRY_COMPARE(blocks.curve()[0].kind, LoadBlock::Kind::Rate);
        QCOMPARE(blocks.curve()[1].duration, Nanoseconds(30s));
    }

    void itRunsAndIsReadByKeys()
    {
        setUpShort(5);
        focus(u"loadStartButton"_s);
        m_desktop->press(Qt::Key_Return);
        QVERIFY(untilDone());
        QCOMPARE(load().problem(), QString());
        QTRY_VERIFY(m_desktop->item(u"loadHeadline"_s).isVisible());
        // From the summary to the requests, and into the first.
        m_desktop->press(Qt::Key_Left);
        QTRY_VERIFY(m_desktop->item(u"loadRequests"_s).isVisible());
        QCOMPARE(m_desktop->item(u"loadRequests"_s).property("count").toInt(), 5);
        focus(u"loadRequests"_s);
        m_desktop->press(Qt::Key_Home);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"requestDrawer"_s).isVisible());
        QVERIFY(!m_desktop->item(u"requestPrompt"_s).property("text").toString().isEmpty());
        QVERIFY(!m_desktop->item(u"requestAnswer"_s).property("text").toString().isEmpty());
        // Its reads are told one by one; on a busy computer one may have brought all.
        const int sample = m_desktop->item(u"requestDrawer"_s).property("sample").toInt();
        const int reads = load().request(sample).tokens.count();
        QVERIFY(reads > 0);
        focus(u"tokenLane"_s);
        m_desktop->press(Qt::Key_Right);
        m_desktop->press(Qt::Key_Right);
        const auto readout
            = [this] { return m_desktop->item(u"tokenReadout"_s).property("text").toString(); };
        QTRY_VERIFY2(readout().startsWith(u"Read %1 of %2 "_s.arg(std::min(2, reads)).arg(reads)),
            qPrintable(readout()));
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(readout().startsWith(u"Point at a read"_s));
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_desktop->item(u"requestDrawer"_s).isVisible());
        QVERIFY(m_desktop->item(u"loadRequests"_s).hasActiveFocus());
    }

    void aRequestIsGoneOnWithInTheChat()
    {
        setUpShort(2);
        load().start();
        QVERIFY(untilDone());
        const QString prompt = load().request(0).prompt;
        QVERIFY(!prompt.isEmpty());
        load().openInChat(0);
        QTRY_VERIFY(m_desktop->item(u"composerText"_s).isVisible());
        QCOMPARE(chat().draft(), prompt);
        // What was being written is not lost.
        chat().setDraft(u"Mine"_s);
        load().openInChat(0);
        QCOMPARE(chat().draft(), u"Mine\n\n"_s + prompt);
    }

    /// From the first to the last, those that were due at one moment included.
    void eachDotIsReachedByKeys()
    {
        LoadProfile profile;
        profile.plan.curve
            = {{.kind = LoadBlock::Kind::Users, .duration = 60s, .from = 2, .to = 2}};
        profile.plan.stops.requests = 6;
        profile.workload.lengths
            = {{.input = LengthDistribution::fixed(16), .output = LengthDistribution::fixed(8)}};
        load().setup()->setProfile(profile);
        QTRY_VERIFY(m_desktop->item(u"loadStartButton"_s).isEnabled());
        load().start();
        QVERIFY(untilDone());
        m_desktop->item(u"loadViews"_s).forceActiveFocus(Qt::TabFocusReason);
        // The summary is shown first, two views further.
        m_desktop->press(Qt::Key_Left);
        m_desktop->press(Qt::Key_Left);
        QQuickItem &dots = m_desktop->item(u"chartDots"_s);
        QTRY_VERIFY(dots.isVisible());
        auto &plot = *dots.findChild<ChartItem *>(u"chartPlot"_s);
        double last = 0;
        for (const ChartSeries &series : plot.chart()->series()) {
            for (const QPointF &point : series.points) {
                last = std::max(last, point.x());
            }
        }
        // However long they took, they fill the picture.
        plot.span()->setRange(ChartRange{0, 1.1 * last});
        m_desktop->window().grabWindow();
        QTRY_VERIFY(plot.pointsPainted() > 1);
        plot.forceActiveFocus(Qt::TabFocusReason);
        QList<QRectF> targets;
        for (int i = 0; i < 6; ++i) {
            m_desktop->press(Qt::Key_Right);
            QVERIFY(plot.target().width() > 0);
            if (!targets.contains(plot.target())) {
                targets.append(plot.target());
            }
        }
        // As many as the picture tells apart, and back the same way.
        const qsizetype found = targets.size();
        QVERIFY(found > 1);
        for (qsizetype i = found - 2; i >= 0; --i) {
            m_desktop->press(Qt::Key_Left);
            QCOMPARE(plot.target(), targets[i]);
        }
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"requestDrawer"_s).isVisible());
    }

    void theDrawerKeepsToItsRequest()
    {
        setUpShort(4);
        load().start();
        QVERIFY(untilDone());
        m_desktop->press(Qt::Key_Left);
        QTRY_VERIFY(m_desktop->item(u"loadRequests"_s).isVisible());
        focus(u"loadRequests"_s);
        m_desktop->press(Qt::Key_End);
        m_desktop->press(Qt::Key_Return);
        const QQuickItem &drawer = m_desktop->item(u"requestDrawer"_s);
        QTRY_VERIFY(drawer.isVisible());
        QCOMPARE(drawer.property("sample").toInt(), 3);
        QCOMPARE(drawer.property("row").toInt(), 3);
        const QString prompt = m_desktop->item(u"requestPrompt"_s).property("text").toString();
        // The table shows others, or in another order.
        load().requests()->sortBy(LoadRequests::ByEnd);
        QCOMPARE(drawer.property("row").toInt(), 0);
        load().requests()->setFilter(LoadRequests::OnlyFailed);
        QCOMPARE(drawer.property("row").toInt(), -1);
        QVERIFY(drawer.isVisible());
        m_desktop->click(u"openInChatButton"_s);
        QCOMPARE(chat().draft(), prompt);
        load().requests()->setFilter(LoadRequests::All);
        // Of another run it knows nothing.
        m_desktop->press(Qt::Key_3, Qt::ControlModifier);
        load().runAgain();
        QVERIFY(untilDone());
        QVERIFY(!drawer.isVisible());
    }

    void whatHasTheFocusStaysInSight()
    {
        setUpShort(1000);
        load().start();
        QTRY_COMPARE(load().state(), int(LoadController::Running));
        // Whoever looks at something else goes on looking at it.
        m_desktop->press(Qt::Key_Right);
        QTRY_VERIFY(m_desktop->item(u"chartDots"_s).isVisible());
        focus(u"loadStopButton"_s);
        m_desktop->press(Qt::Key_Space);
        QVERIFY(untilDone());
        QCOMPARE(load().ending(), int(LoadController::Stopped));
        QTRY_VERIFY(m_desktop->item(u"loadAgainButton"_s).hasActiveFocus());
        QVERIFY(m_desktop->item(u"chartDots"_s).isVisible());
    }

    void theHistoryLeavesWithTheRun()
    {
        setUpShort(2);
        m_desktop->click(u"loadHistoryButton"_s);
        QTRY_VERIFY(m_desktop->item(u"loadHistory"_s).isVisible());
        m_desktop->press(Qt::Key_Return); // on nothing
        load().start();
        QTRY_VERIFY(!m_desktop->item(u"loadHistory"_s).isVisible());
        QVERIFY(untilDone());
        QCOMPARE(workbench().notice(), QString());
    }

    void closingDuringARunAsks()
    {
        LoadProfile profile;
        profile.plan.curve
            = {{.kind = LoadBlock::Kind::Users, .duration = 600s, .from = 1, .to = 1}};
        load().setup()->setProfile(profile);
        QTRY_VERIFY(load().setup()->problem().isEmpty());
        load().start();
        QTRY_COMPARE(load().state(), int(LoadController::Running));
        m_desktop->window().close();
        QVERIFY(m_desktop->window().isVisible());
        QObject *dialog = m_desktop->window().findChild<QObject *>(u"closeDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->property("opened").toBool());
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(!dialog->property("opened").toBool());
        QVERIFY(load().isRunning());
        load().stop();
        QVERIFY(untilDone());
        QCOMPARE(load().result().stages[0].report.end, u"stopped"_s);
    }

    void whatIsWrongIsNamedWhereItIs()
    {
        focus(u"loadObjective"_s);
        m_desktop->type(u"ttft_95=1"_s);
        QTRY_VERIFY(!load().setup()->objectiveProblem().isEmpty());
        QTRY_VERIFY(!m_desktop->item(u"loadStartButton"_s).isEnabled());
    }

    void aSearchIsSetUpByKeys()
    {
        // Its chosen segment has the focus for all.
        m_desktop->item(u"loadMode"_s).forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Right);
        QTRY_VERIFY(m_desktop->item(u"sweepRepeats"_s).isVisible());
        QVERIFY(load().setup()->isSweeping());
        // Who sets one up anew gets repeats.
        QCOMPARE(load().setup()->profile().sweep->repeats, 3);
        focus(u"sweepRepeats"_s);
        m_desktop->press(Qt::Key_A, Qt::ControlModifier);
        m_desktop->type(u"5"_s);
        QCOMPARE(load().setup()->profile().sweep->repeats, 5);
        focus(u"loadCeilingCost"_s);
        m_desktop->type(u"2.5"_s);
        QCOMPARE(load().setup()->profile().plan.ceiling.cost, std::optional(2.5));
        QTRY_VERIFY(load().setup()->expectation().requests.startsWith(u"up to "_s));
    }

    void aTraceIsChosenByKeys()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"t.jsonl"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 30; ++i) {
            file.write("{\"timestamp\":" + QByteArray::number(i * 100)
                + ",\"input_length\":20,\"output_length\":4}\n");
        }
        file.close();
        load().setup()->blocks()->setShape(0, LoadBlocks::Poisson);
        focus(u"addTrace"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"traceFile"_s).hasActiveFocus());
        m_desktop->press(Qt::Key_A, Qt::ControlModifier);
        m_desktop->type(file.fileName());
        QTRY_VERIFY2(load().setup()->traceText().startsWith(u"30 requests in "_s),
            qPrintable(load().setup()->traceText()));
        // It is a block behind the others; here it is to be played alone.
        QVERIFY(m_desktop->item(u"loadShape"_s).isVisible());
        focus(u"traceAloneButton"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(!m_desktop->item(u"loadShape"_s).isVisible());
        QVERIFY(m_desktop->item(u"traceChart"_s).isVisible());
        focus(u"traceSpeed"_s);
        m_desktop->press(Qt::Key_A, Qt::ControlModifier);
        m_desktop->type(u"3"_s);
        QTRY_VERIFY(m_desktop->item(u"loadStartButton"_s).isEnabled());
        focus(u"loadStartButton"_s);
        m_desktop->press(Qt::Key_Return);
        QVERIFY(untilDone());
        QCOMPARE(load().problem(), QString());
        QCOMPARE(load().result().stages[0].report.summary.answered, 30);
        load().startNew();
        focus(u"drawBlocksButton"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"loadShape"_s).isVisible());
        QCOMPARE(m_desktop->item(u"blockShape"_s).property("displayText").toString(), u"Poisson"_s);
    }

    void aPresetIsRemovedByKeysAndComesBack()
    {
        load().presets()->save(u"mine"_s);
        QTRY_VERIFY(m_desktop->item(u"presetsButton"_s).isVisible());
        focus(u"presetsButton"_s);
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(m_desktop->has(u"removePreset"_s));
        QTRY_VERIFY(m_desktop->item(u"removePreset"_s).isVisible());
        m_desktop->press(Qt::Key_Down);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(load().presets()->own().isEmpty());
        QTRY_VERIFY(m_desktop->item(u"presetUndoBar"_s).isVisible());
        QTRY_COMPARE(focused(), u"savePresetButton"_s);
        m_desktop->press(Qt::Key_K, Qt::ControlModifier);
        QTRY_COMPARE(focused(), u"commandSearch"_s);
        m_desktop->type(u"Undo the deletion"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_COMPARE(load().presets()->own(), QStringList{u"mine"_s});
        QTRY_VERIFY(!m_desktop->item(u"presetUndoBar"_s).isVisible());
        // One that is called so already is replaced, which is said before, and can be undone.
        m_desktop->click(u"savePresetButton"_s);
        m_desktop->type(u"mine"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_COMPARE(load().presets()->undoName(), u"mine"_s);
        QVERIFY(load().presets()->isUndoReplaced());
    }

    void thisComputerIsCalibratedByKeys()
    {
        focus(u"calibrateButton"_s);
        m_desktop->press(Qt::Key_Space);
        QTRY_COMPARE(focused(), u"startCalibration"_s);
        const LoadCalibration &calibration = *load().calibration();
        const QString before = calibration.sentence();
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(calibration.isRunning());
        QTRY_VERIFY(m_desktop->item(u"calibrationStep"_s).isVisible());
        // Nothing disturbs it.
        QVERIFY(!m_desktop->item(u"loadStartButton"_s).isEnabled());
        load().start();
        QCOMPARE(load().state(), int(LoadController::SettingUp));
        // Whoever closes the dialog ends it.
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(!calibration.isRunning());
        QCOMPARE(calibration.sentence(), before);
        QTRY_VERIFY(m_desktop->item(u"loadStartButton"_s).isEnabled());
    }

    void aChatsRequestIsLoadTested()
    {
        m_desktop->press(Qt::Key_1, Qt::ControlModifier);
        m_desktop->send(u"What is a lori?"_s);
        QVERIFY(m_desktop->untilIdle());
        load().fromChat();
        QTRY_VERIFY(m_desktop->item(u"loadShape"_s).isVisible());
        QCOMPARE(load().setup()->kind(), int(LoadSetup::File));
        LoadProfile profile = load().setup()->profile();
        profile.plan.stops.requests = 2;
        profile.plan.curve
            = {{.kind = LoadBlock::Kind::Users, .duration = 60s, .from = 1, .to = 1}};
        load().setup()->setProfile(profile);
        QTRY_VERIFY(load().setup()->problem().isEmpty());
        load().start();
        QVERIFY(untilDone());
        QCOMPARE(load().request(0).prompt, u"What is a lori?"_s);
    }
};

QTEST_MAIN(TestLoad)

#include "tst_load.moc"
