// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/blockdocument.h"
#include "timelinescene.h"

#include <BreezeIcons>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QQuickStyle>
#include <QSignalSpy>
#include <QtMath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int patience = 60'000;

/// A session whose last answer streams.
struct Streaming
{
    Streaming()
        : entry(SampleAnswers::answer({}))
    {
        entry.node.state = ChatNode::State::Streaming;
        path = SampleAnswers::session(20);
        path.append(SampleAnswers::prompt(u"And now?"_s));
        path.append(entry);
    }

    TimelineEntry entry;
    QList<TimelineEntry> path;
};

bool grow(TimelineScene &scene, const Streaming &streaming)
{
    const qreal before = scene.view->contentHeight();
    scene.model.appendText(streaming.entry.node.id, SampleAnswers::mixed(1500) + u"\n\n"_s, {});
    return QTest::qWaitFor([&] { return !scene.model.isBusy(); }, patience) && scene.frame()
        && QTest::qWaitFor([&] { return scene.view->contentHeight() > before; }, patience)
        && scene.frame();
}

} // namespace

class TestTimelineView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        BreezeIcons::initIcons();
        QQuickStyle::setStyle(u"Fusion"_s);
    }

    void opensAtTheEnd()
    {
        TimelineScene scene(SampleAnswers::session(60));
        QVERIFY(scene.settle());
        QVERIFY(scene.view->isFollowing());
        QVERIFY(scene.view->isAtEnd());
        QVERIFY(scene.view->contentHeight() > 10 * scene.view->height());
    }

    void onlyRowsNearTheScreenExist()
    {
        TimelineScene scene(SampleAnswers::session(200));
        QVERIFY(scene.settle());
        int items = 0;
        for (int row = 0; row < scene.model.rowCount(); ++row) {
            items += scene.view->itemAt(row) ? 1 : 0;
        }
        QCOMPARE_LT(items, 120);
        QVERIFY(!scene.view->itemAt(0));
        QVERIFY(scene.view->itemAt(scene.model.rowCount() - 1));
    }

    /// The scroll bar is exact: a row measured in the background has the height it then gets.
    void measuredHeightsAreTheRealOnes_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("wide") << 1300;
        QTest::newRow("usual") << 800;
        QTest::newRow("narrow") << 360;
    }

    void measuredHeightsAreTheRealOnes()
    {
        QFETCH(int, width);
        QList<TimelineEntry> path = SampleAnswers::showcase();
        path += SampleAnswers::session(40);
        TimelineScene scene(path, {width, 600});
        for (int row = 0; row < scene.model.rowCount(); ++row) {
            if (scene.model.row(row).kind == RowKind::Aside) {
                scene.model.setState(row, {.expanded = true});
            }
        }
        QVERIFY(scene.settle());
        QList<qreal> measured;
        for (int row = 0; row < scene.model.rowCount(); ++row) {
            measured.append(scene.view->itemAt(row) ? -1 : scene.view->rowHeight(row));
        }
        for (int y = qCeil(scene.view->contentHeight()); y > 0; y -= 500) {
            scene.view->userScrollTo(y);
            QVERIFY(scene.frame());
        }
        for (int row = 0; row < scene.model.rowCount(); ++row) {
            // Error cards alone are laid out by QML and guessed before.
            if (measured[row] >= 0 && scene.model.row(row).kind != RowKind::Error) {
                QVERIFY2(measured[row] == scene.view->rowHeight(row),
                    qPrintable(u"row %1 of kind %2: measured %3, is %4: %5"_s.arg(row)
                            .arg(int(scene.model.row(row).kind))
                            .arg(measured[row])
                            .arg(scene.view->rowHeight(row))
                            .arg(scene.model.rowText(row))));
            }
        }
    }

    // Rules 1 and 2
    void followsUntilAPersonScrollsUp()
    {
        const Streaming streaming;
        TimelineScene scene(streaming.path);
        QVERIFY(scene.settle());
        QVERIFY(grow(scene, streaming));
        QVERIFY(scene.view->isAtEnd());

        scene.wheel(1);
        QVERIFY(!scene.view->isFollowing());
        QVERIFY(scene.frame());
        const auto top = scene.atTop();
        const qreal y = scene.view->contentY();
        QVERIFY(grow(scene, streaming));
        QVERIFY(grow(scene, streaming));
        QCOMPARE(scene.view->contentY(), y);
        QCOMPARE(scene.atTop(), top);
        QVERIFY(scene.view->hasNewText());
    }

    void everyWayUpStopsFollowing_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("page up") << int(Qt::Key_PageUp);
        QTest::newRow("home") << int(Qt::Key_Home);
        QTest::newRow("arrow") << int(Qt::Key_Up);
        QTest::newRow("previous message") << int(Qt::Key_K);
    }

    void everyWayUpStopsFollowing()
    {
        QFETCH(int, key);
        TimelineScene scene(SampleAnswers::session(30));
        QVERIFY(scene.settle());
        scene.view->forceActiveFocus();
        QTest::keyClick(scene.window, Qt::Key(key));
        QVERIFY(!scene.view->isFollowing());
        QTest::keyClick(scene.window, Qt::Key_End);
        QVERIFY(scene.view->isFollowing());
        QVERIFY(scene.frame());
        QVERIFY(scene.view->isAtEnd());
    }

    // Rule 3
    void followsAgainNearTheEndBecauseOfThePerson()
    {
        TimelineScene scene(SampleAnswers::session(30));
        QVERIFY(scene.settle());
        const qreal end = scene.view->contentHeight() - scene.view->height();
        scene.view->userScrollTo(end - 400);
        QVERIFY(!scene.view->isFollowing());
        scene.view->userScrollTo(end - 25);
        QVERIFY(!scene.view->isFollowing());
        scene.view->userScrollTo(end - 23);
        QVERIFY(scene.view->isFollowing());
        // A small step up counts as up, however near the end is.
        QVERIFY(scene.frame());
        scene.view->userScrollBy(-5);
        QVERIFY(!scene.view->isFollowing());
        scene.view->beginAnswer();
        QVERIFY(scene.view->isFollowing());
    }

    void theProgramNeverStartsFollowing()
    {
        TimelineScene scene(SampleAnswers::session(30));
        QVERIFY(scene.settle());
        scene.view->userScrollBy(-300);
        QVERIFY(scene.frame());
        // Everything below goes: the view is at the end now, but not by the person.
        QList<TimelineEntry> path;
        for (int i = 0; i < 20; ++i) {
            path.append(scene.model.message(i).entry);
        }
        scene.model.setPath(path);
        QVERIFY(scene.frame());
        QVERIFY(!scene.view->isFollowing());
    }

    // Rule 4
    void nothingAboveMovesTheLineThatIsRead()
    {
        // The history is parsed and measured while the person already reads.
        TimelineScene scene(SampleAnswers::session(400));
        QVERIFY(QTest::qWaitForWindowExposed(scene.window, patience));
        QVERIFY(scene.frame());
        scene.view->userScrollBy(-700);
        QVERIFY(scene.frame());
        const auto top = scene.atTop();
        QVERIFY(scene.settle());
        QCOMPARE(scene.atTop(), top);
    }

    void resizingKeepsTheLineAtTheTop()
    {
        const QString words = u"Words that fill many lines of one long paragraph, number %1. "_s;
        QString text;
        for (int i = 0; i < 200; ++i) {
            text += words.arg(i);
        }
        QList<TimelineEntry> path = SampleAnswers::session(10);
        path.append(SampleAnswers::answer(text));
        path += SampleAnswers::session(10);
        TimelineScene scene(path, {760, 600});
        QVERIFY(scene.settle());
        int row = 0;
        while (!scene.model.rowText(row).startsWith(u"Words that")) {
            ++row;
        }
        scene.view->userScrollTo(scene.view->rowTop(row) + 600);
        QVERIFY(scene.frame());
        const auto character = [&] {
            const auto *document = scene.view->itemAt(row)->findChild<BlockDocument *>();
            return document->positionAt(document->edit()->mapFromItem(scene.view, {1, 12}));
        };
        const qsizetype before = character();
        QVERIFY(before > 500);
        scene.window->resize(500, 600);
        QTRY_COMPARE_WITH_TIMEOUT(scene.view->width(), 500, patience);
        QVERIFY(scene.frame());
        // Within a line of it: lines break elsewhere now.
        QVERIFY2(std::abs(character() - before) < 110,
            qPrintable(u"%1 before, %2 after"_s.arg(before).arg(character())));
    }

    // Rule 5
    void theQuestionStaysAtTheTopIfWanted()
    {
        const Streaming streaming;
        TimelineScene scene(streaming.path);
        QVERIFY(scene.settle());
        scene.view->setProperty("followMode", int(TimelineView::FollowMode::KeepQuestion));
        scene.view->beginAnswer();
        QVERIFY(scene.frame());
        QCOMPARE(scene.atTop().first, u"And now?"_s);
        const auto top = scene.atTop();
        for (int i = 0; i < 3; ++i) {
            QVERIFY(grow(scene, streaming) || i == 0);
        }
        QCOMPARE(scene.atTop(), top);
    }

    void neverMovesIfWanted()
    {
        const Streaming streaming;
        TimelineScene scene(streaming.path);
        QVERIFY(scene.settle());
        scene.view->setProperty("followMode", int(TimelineView::FollowMode::NeverMove));
        scene.view->beginAnswer();
        const qreal y = scene.view->contentY();
        QVERIFY(grow(scene, streaming));
        QCOMPARE(scene.view->contentY(), y);
    }

    // Rule 6
    void turnsCanBeAskedAndShown()
    {
        TimelineScene scene(SampleAnswers::session(30));
        QVERIFY(scene.settle());
        scene.view->showMessage(7);
        QVERIFY(scene.frame());
        QCOMPARE(scene.view->messageAtTop(), 7);
        scene.view->stepMessage(1);
        QVERIFY(scene.frame());
        QCOMPARE(scene.view->messageAtTop(), 8);
    }

    // Rule 7
    void foldingAboveDoesNotMoveWhatIsRead()
    {
        QString code;
        for (int i = 0; i < 80; ++i) {
            code += u"line %1\n"_s.arg(i);
        }
        QList<TimelineEntry> path;
        path.append(SampleAnswers::answer(u"```\n%1```\n"_s.arg(code)));
        path += SampleAnswers::session(20);
        TimelineScene scene(path);
        QVERIFY(scene.settle());
        QCOMPARE(scene.model.row(1).kind, RowKind::Code);
        const qreal folded = scene.view->rowHeight(1);
        scene.view->userScrollTo(scene.view->rowTop(1) + folded + 100);
        QVERIFY(scene.frame());
        const auto top = scene.atTop();
        scene.model.setState(1, {.expanded = true});
        QTRY_VERIFY_WITH_TIMEOUT(scene.view->rowHeight(1) > folded + 1000, patience);
        QVERIFY(scene.frame());
        QCOMPARE(scene.atTop(), top);
        scene.model.setState(1, {.expanded = false});
        QTRY_COMPARE_WITH_TIMEOUT(scene.view->rowHeight(1), folded, patience);
        QVERIFY(scene.frame());
        QCOMPARE(scene.atTop(), top);
    }

    void unfoldingKeepsWhatWasClickedInPlace()
    {
        TimelineScene scene(SampleAnswers::showcase());
        QVERIFY(scene.settle());
        int row = scene.model.rowCount() - 1;
        while (scene.model.row(row).kind != RowKind::Code) {
            --row;
        }
        const qreal y = scene.view->itemAt(row)->y();
        const qreal height = scene.view->rowHeight(row);
        scene.view->setRowState(row, {.expanded = true});
        QTRY_VERIFY_WITH_TIMEOUT(scene.view->rowHeight(row) > height, patience);
        QVERIFY(scene.frame());
        QCOMPARE(scene.view->itemAt(row)->y(), y);
    }

    void aDragSelectsAcrossRowsAndCopies()
    {
        TimelineScene scene(
            {SampleAnswers::answer(u"# Head\n\nSome **bold** text.\n\n- one\n- two"_s)});
        QVERIFY(scene.settle());
        const auto at = [&](int row, qreal dx) {
            QQuickItem *item = scene.view->itemAt(row);
            return QPoint(int(item->x() + dx), int(item->y() + item->height() - 6));
        };
        QTest::mousePress(scene.window, Qt::LeftButton, {}, at(1, 0));
        QTest::mouseMove(scene.window, at(2, 40));
        QTest::mouseMove(scene.window, at(3, 300));
        QTest::mouseRelease(scene.window, Qt::LeftButton, {}, at(3, 300));
        QTRY_VERIFY_WITH_TIMEOUT(scene.view->hasSelection(), patience);
        QTest::keyClick(scene.window, Qt::Key_C, Qt::ControlModifier);
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(data->text(), u"# Head\n\nSome **bold** text.\n\n- one\n- two"_s);
        QVERIFY(data->hasFormat(u"text/markdown"_s));
        QVERIFY(data->html().contains(u"<strong>bold</strong>"));
        QTest::keyClick(scene.window, Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"Head\n\nSome bold text.\n\none\ntwo"_s);
    }

    void clicksSelectWordsAndBlocks()
    {
        TimelineScene scene({SampleAnswers::answer(u"Hello world, friend."_s)});
        QVERIFY(scene.settle());
        const QQuickItem *item = scene.view->itemAt(1);
        const QPoint at(int(item->x() + 10), int(item->y() + 10));
        QTest::mouseDClick(scene.window, Qt::LeftButton, {}, at);
        QCOMPARE(scene.view->selection().plain(scene.model), u"Hello"_s);
        QTest::mouseClick(scene.window, Qt::LeftButton, {}, at);
        QCOMPARE(scene.view->selection().plain(scene.model), u"Hello world, friend."_s);
    }

    void selectAllTakesTheAnswerThenTheSession()
    {
        TimelineScene scene(SampleAnswers::session(40));
        QVERIFY(scene.settle());
        scene.view->forceActiveFocus();
        const QQuickItem *item = scene.view->itemAt(scene.model.rowCount() - 2);
        QTest::mouseClick(
            scene.window, Qt::LeftButton, {}, QPoint(int(item->x()) + 5, int(item->y()) + 5));
        QTest::keyClick(scene.window, Qt::Key_A, Qt::ControlModifier);
        const QString answer = scene.view->selection().markdown(scene.model);
        QVERIFY(answer.startsWith(u"Answer 19."));
        QTest::keyClick(scene.window, Qt::Key_A, Qt::ControlModifier);
        // Rows that were never on the screen are in it, too.
        const QString all = scene.view->selection().markdown(scene.model);
        QVERIFY(all.startsWith(u"Question 0:"));
        QVERIFY(all.endsWith(answer));
    }

    void rowsAskForActions()
    {
        TimelineScene scene(SampleAnswers::session(4));
        QVERIFY(scene.settle());
        QSignalSpy spy(scene.view, &TimelineView::actionRequested);
        auto *row = scene.view->itemAt(scene.model.rowCount() - 1)
                        ->property("row")
                        .value<TimelineRow *>();
        QVERIFY(row);
        row->request(TimelineRow::Action::Regenerate);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().at(1).toUuid(), scene.model.message(3).entry.node.id);
    }
};

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
