// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/metricsline.h"
#include "windowfixture.h"

#include <algorithm>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Answers asked for several times to be counted, and looked at as trees, in the real window.
class TestSamples final : public WindowFixture
{
    Q_OBJECT

    [[nodiscard]] StructuredEditor &structured() { return *workbench().setup()->structured(); }

    [[nodiscard]] TimelineModel &timeline() { return *chat().timeline(); }

    void opened() override
    {
        structured().setOn(true);
        m_desktop->send(u"I was charged twice."_s);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY(leaf().verdict);
        QTRY_VERIFY(!timeline().isBusy());
    }

    /// Through the menu below the answer.
    void openDialog()
    {
        m_desktop->click(u"variantsButton"_s);
        QTRY_VERIFY(m_desktop->item(u"sampleItem"_s).isVisible());
        m_desktop->click(u"sampleItem"_s);
        QTRY_VERIFY(m_desktop->item(u"sampleCount"_s).hasActiveFocus());
    }

private Q_SLOTS:

    void anAnswerIsAskedForSeveralTimes()
    {
        const QUuid shown = leaf().id;
        openDialog();
        m_desktop->type(u"4"_s); // in the place of what stands there
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->untilIdle());
        const Conversation &said = chat().session()->conversation();
        QTRY_COMPARE(said.siblings(shown).size(), 5);
        QVERIFY(m_desktop->untilIdle());
        QCOMPARE(said.leaf(), shown);
        const TimelineEntry &entry = timeline().message(1).entry;
        QCOMPARE(entry.versions, 5);
        QCOMPARE(entry.passRate, (PassRate{.passed = 5, .checked = 5, .failed = 0}));
        QCOMPARE(entry.samplesLeft, 0);
        // 5 of 5, by Wilson's formula, computed elsewhere.
        const auto line = MetricsLine::of(entry);
        QVERIFY(std::ranges::any_of(line, [](const DocumentBuilder::Metric &metric) {
            return metric.value == u"5 of 5, 100.0 % (56.6–100.0)"_s;
        }));
    }

    /// As it is read elsewhere in the window.
    void thousandsMayBeSetOff()
    {
        openDialog();
        m_desktop->type(u"1,000"_s);
        const QList<QObject *> dialogs
            = m_desktop->window().findChildren<QObject *>(u"sampleDialog"_s);
        const auto shown = std::ranges::find_if(
            dialogs, [](QObject *dialog) { return dialog->property("visible").toBool(); });
        QVERIFY(shown != dialogs.end());
        QCOMPARE((*shown)->property("wantedCount").toInt(), 1000);
        m_desktop->press(Qt::Key_Escape);
    }

    void itIsStoppedLikeAnyAnswer()
    {
        ChatSetup setup = chat().setup();
        setup.model = u"fault/stall"_s;
        chat().setSetup(setup);
        m_desktop->send(u"And this?"_s);
        QTRY_VERIFY(chat().isRunning());
        chat().stop();
        QVERIFY(m_desktop->untilIdle());
        chat().sample(chat().lastAnswer(), 50, 2);
        QTRY_COMPARE(chat().session()->conversation().siblings(leaf().id).size(), 3);
        m_desktop->press(Qt::Key_Escape);
        QVERIFY(m_desktop->untilIdle());
        QCOMPARE(chat().session()->conversation().siblings(leaf().id).size(), 3);
    }

    void freeAnswersAreNotOfferedIt()
    {
        structured().setOn(false);
        m_desktop->send(u"And freely?"_s);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY(!chat().canSample(chat().lastAnswer()));
        m_desktop->click(u"variantsButton"_s);
        QTRY_VERIFY(m_desktop->item(u"askAgain"_s).isVisible());
        QVERIFY(!m_desktop->item(u"sampleItem"_s).isVisible());
    }

    void anAnswerIsShownAsATree()
    {
        QVERIFY(rowsOf(RowKind::Tree).isEmpty());
        m_desktop->click(u"showAsTreeButton"_s);
        QCOMPARE(rowsOf(RowKind::Tree).size(), 1);
        QVERIFY(rowsOf(RowKind::Code).isEmpty());
        QTRY_VERIFY(m_desktop->has(u"jsonTree"_s));
        QQuickItem &list = m_desktop->item(u"jsonTree"_s);
        QTRY_VERIFY(list.property("count").toInt() > 2);
        const int all = list.property("count").toInt();
        list.forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Left); // folds the whole
        QTRY_COMPARE(list.property("count").toInt(), 1);
        m_desktop->press(Qt::Key_Right);
        QTRY_COMPARE(list.property("count").toInt(), all);
        // The next one is a tree from its beginning.
        m_desktop->send(u"And once more."_s);
        QVERIFY(m_desktop->untilIdle());
        QTRY_COMPARE(rowsOf(RowKind::Tree).size(), 2);
        m_desktop->click(u"showAsTextButton"_s);
        QTRY_COMPARE(rowsOf(RowKind::Code).size(), 1);
    }

    void aTreeIsAsHighAsItsLines()
    {
        m_desktop->click(u"showAsTreeButton"_s);
        QTRY_COMPARE(rowsOf(RowKind::Tree).size(), 1);
        QTRY_VERIFY(m_desktop->has(u"jsonTree"_s));
        QQuickItem &list = m_desktop->item(u"jsonTree"_s);
        QTRY_COMPARE(list.property("contentHeight").toReal(), list.height());
    }

    void whoSwitchesByAKeyStaysOnTheSwitch()
    {
        const auto hasFocus = [this](const QString &name) {
            return m_desktop->has(name) && m_desktop->item(name).hasActiveFocus();
        };
        m_desktop->item(u"showAsTreeButton"_s).forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(hasFocus(u"showAsTextButton"_s));
        QVERIFY(m_desktop->item(u"showAsTextButton"_s).property("visualFocus").toBool());
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(hasFocus(u"showAsTreeButton"_s));
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(
            hasFocus(u"showAsTextButton"_s)); // which is the one of before, at rest till now
        QCOMPARE(rowsOf(RowKind::Tree).size(), 1);
        // A click leaves the focus where it is.
        m_desktop->item(u"composerText"_s).forceActiveFocus();
        m_desktop->click(u"showAsTextButton"_s);
        QTRY_COMPARE(rowsOf(RowKind::Code).size(), 1);
        QTRY_VERIFY(m_desktop->item(u"showAsTreeButton"_s).isVisible());
        QVERIFY(m_desktop->item(u"composerText"_s).hasActiveFocus());
    }
};

QTEST_MAIN(TestSamples)

#include "tst_samples.moc"
