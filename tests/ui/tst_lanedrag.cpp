// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Lanes change places, by the mouse and by keys.
class TestLaneDrag final : public CompareFixture
{
    Q_OBJECT

    void setLanes(int count) const
    {
        while (compare().laneCount() < count) {
            compare().addLane();
        }
        compare().setFocusedPlace(0);
    }

    [[nodiscard]] QList<QUuid> order() const
    {
        QList<QUuid> conversations;
        for (const CompareLane *lane : compare().lanes()->lanes()) {
            conversations.append(lane->conversation());
        }
        return conversations;
    }

    [[nodiscard]] QQuickItem &row() const { return m_desktop->item(u"lanes"_s); }

    [[nodiscard]] qreal laneWidth() const { return row().property("laneWidth").toReal(); }

    /// A place of the lane's header where there is no button, in the window.
    [[nodiscard]] QPoint headerOf(int place) const
    {
        m_desktop->window().grabWindow(); // lays out
        const QQuickItem &header = m_desktop->item(u"laneHeader%1"_s.arg(place));
        return header.mapToScene({header.width() / 3, header.height() / 2}).toPoint();
    }

    void press(QPoint at)
    {
        m_at = at;
        QTest::mousePress(&m_desktop->window(), Qt::LeftButton, Qt::NoModifier, at);
    }

    /// As a hand does it: through all that lies between.
    void moveTo(QPoint to)
    {
        constexpr int steps = 20;
        const QPoint from = m_at;
        for (int step = 1; step <= steps; ++step) {
            m_at = from + (to - from) * step / steps;
            QTest::mouseMove(&m_desktop->window(), m_at);
        }
    }

    void release()
    {
        QTest::mouseRelease(&m_desktop->window(), Qt::LeftButton, Qt::NoModifier, m_at);
    }

    [[nodiscard]] bool isMarked() const { return m_desktop->item(u"laneDropMark"_s).isVisible(); }

    QPoint m_at;

private Q_SLOTS:

    void aLaneIsDroppedWhereItIsToBe()
    {
        setLanes(3);
        m_desktop->send(u"What is a lori?"_s);
        QVERIFY(untilIdle());
        const QList<QUuid> before = order();
        const QString said = answerOf(0);
        press(headerOf(0));
        moveTo(m_at + QPoint(int(laneWidth()), 0));
        QVERIFY(isMarked());
        QCOMPARE(order(), before); // until it is dropped
        release();
        QCOMPARE(order(), QList<QUuid>({before[1], before[0], before[2]}));
        QVERIFY(!isMarked());
        QCOMPARE(answerOf(1), said);
        QCOMPARE(lane(1).letter(), u"B"_s);
        QCOMPARE(compare().focusedPlace(), 1); // the same lane
        // Over two at once, and back.
        press(headerOf(2));
        moveTo(m_at - QPoint(int(2 * laneWidth()), 0));
        release();
        QCOMPARE(order(), QList<QUuid>({before[2], before[1], before[0]}));
        QVERIFY(m_desktop->restart());
        m_desktop->toCompare();
        QTRY_COMPARE(compare().comparisons()->count(), 1);
        const ComparisonList &list = *compare().comparisons();
        compare().open(list.data(list.index(0), ComparisonList::IdRole).toString());
        QTRY_COMPARE(order(), QList<QUuid>({before[2], before[1], before[0]}));
    }

    void alongTheWayNothingMovesBeforeHalfALane()
    {
        setLanes(3);
        const QList<QUuid> before = order();
        press(headerOf(1));
        moveTo(m_at + QPoint(int(laneWidth() * 0.4), 0));
        QVERIFY(!isMarked());
        moveTo(m_at + QPoint(int(laneWidth() * 0.2), 0));
        QVERIFY(isMarked());
        moveTo(m_at - QPoint(int(laneWidth() * 0.6), 0));
        QVERIFY(!isMarked());
        release();
        QCOMPARE(order(), before);
    }

    void droppedOutsideItStaysWhereItWas()
    {
        setLanes(3);
        const QList<QUuid> before = order();
        const QPoint centre = m_desktop->window().contentItem()->boundingRect().center().toPoint();
        const QPointF corner = row().mapToScene({0, 0});
        for (const QPoint outside : {QPoint(centre.x(), m_desktop->window().height() - 20),
                 QPoint(centre.x(), int(corner.y()) - 20), QPoint(int(corner.x()) - 20, centre.y()),
                 QPoint(centre.x(), m_desktop->window().height() + 50)}) {
            press(headerOf(0));
            moveTo(m_at + QPoint(int(laneWidth()), 0));
            QVERIFY(isMarked());
            moveTo(outside);
            QVERIFY(!isMarked());
            release();
            QCOMPARE(order(), before);
            QCOMPARE(row().property("dragged").toReal(), 0.0);
        }
        // What was dragged out is dragged in again, and counts then.
        press(headerOf(0));
        moveTo(QPoint(centre.x(), m_desktop->window().height() - 20));
        moveTo(headerOf(1) + QPoint(int(laneWidth() / 4), 0));
        release();
        QCOMPARE(order(), QList<QUuid>({before[1], before[0], before[2]}));
    }

    void atTheEdgeItScrolls()
    {
        setLanes(6);
        m_desktop->window().resize(960, 600);
        QTRY_VERIFY(row().property("contentWidth").toReal() > 2 * row().width());
        const QList<QUuid> before = order();
        const auto contentX = [this] { return row().property("contentX").toReal(); };
        const qreal start = contentX();
        press(headerOf(0));
        moveTo(row().mapToScene({row().width() - 10, 20}).toPoint());
        const qreal end = start + row().property("contentWidth").toReal() - row().width();
        QTRY_COMPARE(contentX(), end);
        release();
        QCOMPARE(order().constLast(), before.constFirst());
        QCOMPARE(order().sliced(0, 5), before.sliced(1));
        // And the other way, by whole lanes.
        press(headerOf(5));
        moveTo(row().mapToScene({10, 20}).toPoint());
        QTRY_COMPARE(contentX(), row().property("originX").toReal());
        release();
        QCOMPARE(order(), before);
    }

    void keysMoveItStepByStep()
    {
        setLanes(6);
        m_desktop->window().resize(960, 600);
        const QUuid moved = order().constFirst();
        constexpr auto keys = Qt::ControlModifier | Qt::AltModifier;
        for (int place = 1; place < 6; ++place) {
            m_desktop->press(Qt::Key_Right, keys);
            QCOMPARE(order().indexOf(moved), place);
            QCOMPARE(compare().focusedPlace(), place);
        }
        // It is in sight where it went.
        const auto isInSight = [this] {
            const QQuickItem &header
                = m_desktop->item(u"laneHeader%1"_s.arg(compare().focusedPlace()));
            const qreal x = header.mapToItem(&row(), {0, 0}).x();
            return x >= -1 && x + header.width() <= row().width() + 1;
        };
        QTRY_VERIFY(isInSight());
        const QList<QUuid> last = order();
        m_desktop->press(Qt::Key_Right, keys);
        QCOMPARE(order(), last);
        for (int place = 4; place >= 0; --place) {
            m_desktop->press(Qt::Key_Left, keys);
            QCOMPARE(order().indexOf(moved), place);
        }
        QTRY_VERIFY(isInSight());
        m_desktop->press(Qt::Key_Left, keys);
        QCOMPARE(order().indexOf(moved), 0);
    }

    void aLaneShownAloneIsNotDragged()
    {
        setLanes(3);
        compare().setSolo(0);
        const QList<QUuid> before = order();
        press(headerOf(0));
        moveTo(m_at + QPoint(300, 0));
        QVERIFY(!isMarked());
        release();
        QCOMPARE(order(), before);
    }
};

QTEST_MAIN(TestLaneDrag)

#include "tst_lanedrag.moc"
