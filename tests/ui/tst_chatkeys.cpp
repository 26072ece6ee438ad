// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/timelinerow.h"
#include "windowfixture.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// A chat led by keyboard alone, in the real window.
class TestChatKeys final : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void askingAgainAndPagingByKeyboard();
    void earlierPromptsComeByAltUp();
    void altEnterAddsWithoutAsking();
    void answerAndCodeAreCopiedByKeyboard();
    void cutOffAnswerIsContinuedByKeyboard();
    void limitIsRaised();
    void deletedAndBackByKeyboard();
    void searchIsFollowedByKeyboard();
    void meterCountsWhatTheServerCounted();

private:
    /// Chooses an action by typing a part of its name.
    void command(const QString &words)
    {
        m_desktop->press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(m_desktop->window().activeFocusItem()
            && m_desktop->window().activeFocusItem()->objectName() == u"commandSearch"_s);
        m_desktop->type(words);
        m_desktop->press(Qt::Key_Return);
    }

    void sendAndWait(const QString &text)
    {
        m_desktop->send(text);
        QVERIFY(m_desktop->untilIdle());
    }
};

void TestChatKeys::askingAgainAndPagingByKeyboard()
{
    sendAndWait(u"Hello"_s);
    const QString first = chat().lastAnswer();
    m_desktop->press(Qt::Key_R, Qt::ControlModifier);
    QVERIFY(m_desktop->untilIdle());
    const QString second = chat().lastAnswer();
    QVERIFY(second != first);
    m_desktop->press(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(chat().lastAnswer(), first);
    m_desktop->press(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(chat().lastAnswer(), second);
}

void TestChatKeys::earlierPromptsComeByAltUp()
{
    sendAndWait(u"one"_s);
    sendAndWait(u"two"_s);
    m_desktop->type(u"thr"_s);
    m_desktop->press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(composerText(), u"two"_s);
    m_desktop->press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(composerText(), u"one"_s);
    m_desktop->press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(composerText(), u"one"_s);
    m_desktop->press(Qt::Key_Down, Qt::AltModifier);
    m_desktop->press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(composerText(), u"thr"_s);
}

void TestChatKeys::altEnterAddsWithoutAsking()
{
    m_desktop->type(u"Know this."_s);
    m_desktop->press(Qt::Key_Return, Qt::AltModifier);
    QVERIFY(!chat().isBlank());
    QVERIFY(!chat().isRunning());
    QVERIFY(composerText().isEmpty());
    QVERIFY(chat().lastAnswer().isEmpty());
    sendAndWait(u"Hello"_s);
    QVERIFY(!chat().lastAnswer().isEmpty());
}

void TestChatKeys::answerAndCodeAreCopiedByKeyboard()
{
    sendAndWait(u"Write a Python function, with code."_s);
    const QString answer = chat().textOf(chat().lastAnswer());
    m_desktop->press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), answer);
    QVERIFY(answer.contains(u"```"_s));
    QTRY_VERIFY(!chat().timeline()->isBusy());
    command(u"code block"_s);
    QTRY_VERIFY(QGuiApplication::clipboard()->text() != answer);
    const QString code = QGuiApplication::clipboard()->text();
    QVERIFY(!code.contains(u"```"_s));
    QVERIFY(answer.contains(code.trimmed().section(u'\n', 0, 0)));
}

void TestChatKeys::cutOffAnswerIsContinuedByKeyboard()
{
    ChatSetup setup = chat().setup();
    setup.parameters.insert(u"max_tokens"_s, 12);
    chat().setSetup(setup);
    sendAndWait(u"Write a long guide."_s);
    const QString before = chat().textOf(chat().lastAnswer());
    command(u"continue the last"_s);
    QTRY_VERIFY(chat().textOf(chat().lastAnswer()).size() > before.size());
    QVERIFY(chat().textOf(chat().lastAnswer()).startsWith(before));
    QVERIFY(m_desktop->untilIdle());
}

void TestChatKeys::limitIsRaised()
{
    ChatSetup setup = chat().setup();
    setup.parameters.insert(u"max_tokens"_s, 12);
    chat().setSetup(setup);
    sendAndWait(u"Write a long guide."_s);
    const QString before = chat().lastAnswer();
    chat().act(int(TimelineRow::Action::RaiseLimit), before);
    QVERIFY(m_desktop->untilIdle());
    QVERIFY(chat().lastAnswer() != before);
    QVERIFY(chat().textOf(chat().lastAnswer()).size() > chat().textOf(before).size());
    // Only that answer was asked with another limit.
    QCOMPARE(chat().setup(), setup);
}

void TestChatKeys::deletedAndBackByKeyboard()
{
    sendAndWait(u"Hello"_s);
    const QString answer = chat().lastAnswer();
    command(u"delete the last"_s);
    QTRY_VERIFY(chat().lastPrompt().isEmpty());
    QVERIFY(m_desktop->item(u"messageUndoBar"_s).isVisible());
    command(u"undo the"_s);
    QTRY_COMPARE(chat().lastAnswer(), answer);
    QVERIFY(!m_desktop->item(u"messageUndoBar"_s).isVisible());
}

void TestChatKeys::searchIsFollowedByKeyboard()
{
    sendAndWait(u"Which parrots sing?"_s);
    const QString session = chat().sessionId();
    m_desktop->press(Qt::Key_N, Qt::ControlModifier);
    sendAndWait(u"Something else"_s);
    QTRY_COMPARE(workbench().sessions()->count(), 2);
    m_desktop->press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    m_desktop->type(u"parrots"_s);
    QTRY_VERIFY(workbench().sessions()->isSearching());
    m_desktop->press(Qt::Key_Down);
    m_desktop->press(Qt::Key_Return);
    QTRY_COMPARE(chat().sessionId(), session);
}

void TestChatKeys::meterCountsWhatTheServerCounted()
{
    QVERIFY(chat().tokenMeter().isEmpty());
    sendAndWait(u"Hello"_s);
    const QString counted = chat().tokenMeter();
    QVERIFY2(counted.contains(u'/'), qPrintable(counted));
    QVERIFY(!counted.contains(u'≈'));
    m_desktop->type(u"and what is typed is guessed"_s);
    QVERIFY(chat().tokenMeter().contains(u'≈'));
    QCOMPARE(m_desktop->item(u"tokenMeter"_s).property("text").toString(), chat().tokenMeter());
    QVERIFY(chat().contextShare() > 0 && chat().contextShare() < 1);
}

QTEST_MAIN(TestChatKeys)

#include "tst_chatkeys.moc"
