// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowfixture.h"

#include <QInputMethodEvent>
#include <QQmlComponent>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// The real window, driven by keys and clicks, over a real store and the simulator's sockets.
class TestWindow final : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void helloByOneClick();
    void enterSendsAndShiftEnterBreaks();
    void keypadEnterSends();
    void enterEndsACompositionAndSendsNothing();
    void enterBreaksWhereCtrlEnterSends();
    void composerTakesPromptsWhileAnAnswerRuns();
    void escapeStopsAndKeepsTheText();
    void upEditsTheLastPrompt();
    void escapeLeavesTheEditAndGivesTheDraftBack();
    void draftIsKept();
    void halfWrittenExtraBodyIsKept();
    void sessionIsRenamedByKeyboard();
    void deletedSessionComesBack();
    void deletedMessageComesBack();
    void panesAreReachedByF6();
    void composerGrowsWithItsText();
    void zoomChangesAndGoesBack();
    void whatIsScrolledAwayIsNotPainted();

private:
    /// From anywhere to the first session, by keyboard.
    void toSessionList()
    {
        QQuickItem &list = m_desktop->item(u"sessionList"_s);
        // Rows are made with the next frame.
        QTRY_VERIFY(list.property("currentItem").value<QQuickItem *>());
        m_desktop->press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        m_desktop->press(Qt::Key_Down);
    }
};

void TestWindow::helloByOneClick()
{
    QVERIFY(chat().isBlank());
    m_desktop->click(u"helloButton"_s);
    QTRY_VERIFY(!chat().isBlank());
    QVERIFY(m_desktop->untilIdle());
    QVERIFY(!chat().textOf(chat().lastAnswer()).isEmpty());
    QTRY_COMPARE(workbench().sessions()->count(), 1);
}

void TestWindow::enterSendsAndShiftEnterBreaks()
{
    m_desktop->type(u"one"_s);
    m_desktop->press(Qt::Key_Return, Qt::ShiftModifier);
    m_desktop->type(u"two"_s);
    QCOMPARE(composerText(), u"one\ntwo"_s);
    QVERIFY(chat().isBlank());
    m_desktop->press(Qt::Key_Return);
    QCOMPARE(chat().textOf(chat().lastPrompt()), u"one\ntwo"_s);
    QVERIFY(composerText().isEmpty());
    m_desktop->press(Qt::Key_Return);
    QVERIFY(m_desktop->untilIdle());
    QCOMPARE(chat().waiting().size(), 0);
}

void TestWindow::keypadEnterSends()
{
    m_desktop->type(u"Hi"_s);
    m_desktop->press(Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(chat().textOf(chat().lastPrompt()), u"Hi"_s);
}

void TestWindow::enterEndsACompositionAndSendsNothing()
{
    QQuickItem &area = m_desktop->item(u"composerText"_s);
    QInputMethodEvent composing(u"にほん"_s, {});
    QCoreApplication::sendEvent(&area, &composing);
    QVERIFY(area.property("inputMethodComposing").toBool());
    m_desktop->press(Qt::Key_Return);
    QVERIFY(chat().isBlank());
    QInputMethodEvent committed;
    committed.setCommitString(u"日本"_s);
    QCoreApplication::sendEvent(&area, &committed);
    QVERIFY(composerText().contains(u"日本"_s));
    m_desktop->press(Qt::Key_Return);
    QVERIFY(!chat().isBlank());
}

void TestWindow::enterBreaksWhereCtrlEnterSends()
{
    workbench().preferences()->setEnterSends(false);
    m_desktop->type(u"a"_s);
    m_desktop->press(Qt::Key_Return);
    QVERIFY(chat().isBlank());
    m_desktop->type(u"b"_s);
    m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(chat().textOf(chat().lastPrompt()), u"a\nb"_s);
}

void TestWindow::composerTakesPromptsWhileAnAnswerRuns()
{
    workbench().setup()->picker()->setModel(u"fault/stall"_s);
    m_desktop->send(u"first"_s);
    QTRY_VERIFY(chat().isRunning());
    m_desktop->send(u"second"_s);
    QCOMPARE(chat().waiting().size(), 1);
    QCOMPARE(chat().waiting().first().text, u"second"_s);
    QVERIFY(composerText().isEmpty());
    m_desktop->press(Qt::Key_Escape);
    QVERIFY(m_desktop->untilIdle());
    // Stopped: what waits is held, and not lost.
    QCOMPARE(chat().waiting().size(), 1);
    chat().removeWaiting(chat().waiting().first().id);
    QVERIFY(chat().waiting().isEmpty());
}

void TestWindow::escapeStopsAndKeepsTheText()
{
    workbench().setup()->picker()->setModel(u"fault/stall"_s);
    m_desktop->send(u"Hello"_s);
    QTRY_VERIFY(!chat().textOf(chat().lastAnswer()).isEmpty());
    m_desktop->press(Qt::Key_Escape);
    QVERIFY(m_desktop->untilIdle());
    QVERIFY(!chat().textOf(chat().lastAnswer()).isEmpty());
}

void TestWindow::upEditsTheLastPrompt()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(m_desktop->untilIdle());
    const QString before = chat().lastPrompt();
    m_desktop->press(Qt::Key_Up);
    QCOMPARE(composerText(), u"What is a lori?"_s);
    m_desktop->type(u" Briefly."_s);
    m_desktop->press(Qt::Key_Return);
    QCOMPARE(chat().textOf(chat().lastPrompt()), u"What is a lori? Briefly."_s);
    QVERIFY(chat().lastPrompt() != before);
    // The old branch is still there.
    QCOMPARE(chat().textOf(before), u"What is a lori?"_s);
}

void TestWindow::escapeLeavesTheEditAndGivesTheDraftBack()
{
    m_desktop->send(u"Hello"_s);
    QVERIFY(m_desktop->untilIdle());
    m_desktop->press(Qt::Key_Up);
    QCOMPARE(composerText(), u"Hello"_s);
    m_desktop->press(Qt::Key_Escape);
    QVERIFY(composerText().isEmpty());
}

void TestWindow::draftIsKept()
{
    m_desktop->send(u"Hello"_s);
    QVERIFY(m_desktop->untilIdle());
    m_desktop->type(u"not yet sent"_s);
    const QString session = chat().sessionId();
    m_desktop->press(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(chat().sessionId() != session);
    QVERIFY(composerText().isEmpty());
    chat().open(session);
    QTRY_COMPARE(composerText(), u"not yet sent"_s);
    QVERIFY(m_desktop->restart());
    chat().open(session);
    QTRY_COMPARE(composerText(), u"not yet sent"_s);
}

void TestWindow::halfWrittenExtraBodyIsKept()
{
    m_desktop->send(u"Hello"_s);
    QVERIFY(m_desktop->untilIdle());
    const QString session = chat().sessionId();
    const auto box
        = [this] { return m_desktop->item(u"extraBodyBox"_s).property("text").toString(); };
    m_desktop->item(u"extraBodyBox"_s).forceActiveFocus(Qt::TabFocusReason);
    m_desktop->type(u"{\"user\":"_s);
    QTRY_VERIFY(!workbench().setup()->extraBody()->problem().isEmpty());
    m_desktop->press(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(chat().sessionId() != session);
    QVERIFY(box().isEmpty());
    chat().open(session);
    QTRY_COMPARE(box(), u"{\"user\":"_s);
    QVERIFY(m_desktop->restart());
    chat().open(session);
    QTRY_COMPARE(box(), u"{\"user\":"_s);
    // It is of no request.
    m_desktop->send(u"Again"_s);
    QVERIFY(m_desktop->untilIdle());
    QVERIFY(chat().setup().extraBody.isEmpty());
}

void TestWindow::sessionIsRenamedByKeyboard()
{
    m_desktop->send(u"Hello"_s);
    QVERIFY(m_desktop->untilIdle());
    QTRY_COMPARE(workbench().sessions()->count(), 1);
    toSessionList();
    m_desktop->press(Qt::Key_F2);
    m_desktop->type(u"Parrots"_s);
    m_desktop->press(Qt::Key_Return);
    QTRY_COMPARE(chat().title(), u"Parrots"_s);
}

void TestWindow::deletedSessionComesBack()
{
    m_desktop->send(u"Hello"_s);
    QVERIFY(m_desktop->untilIdle());
    SessionListModel &sessions = *workbench().sessions();
    QTRY_COMPARE(sessions.count(), 1);
    const QString session = chat().sessionId();
    toSessionList();
    m_desktop->press(Qt::Key_Delete);
    QTRY_COMPARE(sessions.count(), 0);
    QVERIFY(chat().sessionId() != session);
    QVERIFY(m_desktop->item(u"sessionUndoBar"_s).isVisible());
    sessions.undoRemove();
    QTRY_COMPARE(sessions.count(), 1);
    QVERIFY(!m_desktop->item(u"sessionUndoBar"_s).isVisible());
    chat().open(session);
    QTRY_COMPARE(chat().sessionId(), session);
    QCOMPARE(chat().textOf(chat().lastPrompt()), u"Hello"_s);
}

void TestWindow::deletedMessageComesBack()
{
    m_desktop->send(u"Hello"_s);
    QVERIFY(m_desktop->untilIdle());
    const QString answer = chat().lastAnswer();
    chat().deleteMessage(answer);
    QVERIFY(chat().lastAnswer().isEmpty());
    QVERIFY(m_desktop->item(u"messageUndoBar"_s).isVisible());
    chat().undoDelete();
    QCOMPARE(chat().lastAnswer(), answer);
}

void TestWindow::panesAreReachedByF6()
{
    QSet<QQuickItem *> reached;
    for (int i = 0; i < 4; ++i) {
        m_desktop->press(Qt::Key_F6);
        reached.insert(m_desktop->window().activeFocusItem());
    }
    QVERIFY(reached.size() >= 3);
    QVERIFY(reached.contains(&m_desktop->item(u"composerText"_s)));
}

void TestWindow::composerGrowsWithItsText()
{
    const QQuickItem &area = m_desktop->item(u"composerText"_s);
    const double before = area.height();
    for (int line = 0; line < 6; ++line) {
        m_desktop->press(Qt::Key_Return, Qt::ShiftModifier);
    }
    QTRY_VERIFY(area.height() > before + 60);
    QTRY_VERIFY(m_desktop->item(u"composerFrame"_s).height() > 150);
}

void TestWindow::zoomChangesAndGoesBack()
{
    const Preferences &preferences = *workbench().preferences();
    m_desktop->press(Qt::Key_Equal, Qt::ControlModifier);
    QCOMPARE(preferences.zoom(), 1.15);
    m_desktop->press(Qt::Key_Minus, Qt::ControlModifier);
    m_desktop->press(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(preferences.zoom(), 0.85);
    m_desktop->press(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(preferences.zoom(), 1.0);
}

// Shapes as well, which Qt paints there without a graphics card.
void TestWindow::whatIsScrolledAwayIsNotPainted()
{
    QQuickWindow &window = m_desktop->window();
    QQmlEngine *engine = qmlEngine(&m_desktop->item(u"composerText"_s));
    const auto picture = [&window, engine](double y) {
        QQmlComponent component(engine);
        component.setData("import QtQuick\nimport Lorikeet\n"
                          "Rectangle { width: 100; height: 100; z: 1000; color: 'white'\n"
                          "property alias at: stroke.y\n"
                          "Item { y: 50; width: 100; height: 50; clip: true\n"
                          "ChartStroke { id: stroke; width: 100; height: 20; look: 1 } } }",
            {});
        const std::unique_ptr<QObject> made(component.create());
        auto *ground = qobject_cast<QQuickItem *>(made.get());
        if (!ground) {
            qFatal("%s", qPrintable(component.errorString()));
        }
        ground->setProperty("at", y);
        ground->setParentItem(window.contentItem());
        const int size = qCeil(100 * window.effectiveDevicePixelRatio());
        return window.grabWindow().copy(0, 0, size, size);
    };
    const QImage seen = picture(10);
    QImage blank = seen;
    blank.fill(Qt::white);
    QVERIFY(seen != blank);
    QCOMPARE(picture(-40), blank);
}

QTEST_MAIN(TestWindow)

#include "tst_window.moc"
