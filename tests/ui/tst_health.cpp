// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// A server that is gone, in the real window: no badge says that it is well beside its errors.
class TestHealth final : public CompareFixture
{
    Q_OBJECT

    void opened() override { QTRY_VERIFY(workbench().setup()->picker()->count() > 0); }

    [[nodiscard]] QString badge() const
    {
        return m_desktop->item(u"healthChip"_s).property("text").toString();
    }

    [[nodiscard]] int health(const ChatController &chat) const
    {
        return workbench().endpoints()->finding(chat.setup().endpoint).health;
    }

private Q_SLOTS:

    void theBadgeFollowsAFailedAnswer()
    {
        QVERIFY2(badge().startsWith(u"healthy"_s), qPrintable(badge()));
        m_desktop->stopServer();
        m_desktop->send(u"What is a lori?"_s);
        QVERIFY(m_desktop->untilIdle());
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QTRY_COMPARE(badge(), u"not reachable"_s);
        QVERIFY(!chat().problem().isEmpty());
        // Which is no news the next time.
        m_desktop->send(u"And now?"_s);
        QVERIFY(m_desktop->untilIdle());
        QCOMPARE(badge(), u"not reachable"_s);
    }

    void lanesTellToo()
    {
        m_desktop->toCompare();
        QTRY_COMPARE(compare().laneCount(), 2);
        m_desktop->stopServer();
        m_desktop->send(u"What is a lori?"_s);
        QVERIFY(untilIdle());
        QTRY_COMPARE(health(lane(1).chat()), int(EndpointListModel::Failing));
        m_desktop->press(Qt::Key_1, Qt::ControlModifier);
        QTRY_COMPARE(badge(), u"not reachable"_s);
    }

    void aJudgeTellsToo()
    {
        m_desktop->toCompare();
        QTRY_COMPARE(compare().laneCount(), 2);
        m_desktop->send(u"What is a lori?"_s);
        QVERIFY(untilIdle());
        ModelJudge &judge = *compare().judge();
        judge.setShown(true);
        QTRY_VERIFY2(judge.problem().isEmpty(), qPrintable(judge.problem()));
        m_desktop->stopServer();
        judge.run();
        QVERIFY(Desktop::until([&judge] { return !judge.isRunning(); }));
        QVERIFY(!judge.error().isEmpty());
        QTRY_COMPARE(health(*judge.chat()), int(EndpointListModel::Failing));
    }
};

QTEST_MAIN(TestHealth)

#include "tst_health.moc"
