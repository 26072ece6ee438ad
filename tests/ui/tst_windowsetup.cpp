// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowfixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What answers are asked with, in the real window: endpoints, models, adapters, parameters.
class TestWindowSetup final : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void endpointIsAddedByKeyboard();
    void endpointFormIsWalkedByTab();
    void typedAdapterStaysWhereTheFocusGoes();
    void adapterIsChosenByKeyboard();
    void mergedAdaptersAnswer();
    void mentionIsForOneTurn();
    void untouchedParametersAreNotInTheSetup();
};

void TestWindowSetup::endpointIsAddedByKeyboard()
{
    EndpointListModel &endpoints = *workbench().endpoints();
    EndpointEditor &editor = *workbench().editor();
    const int before = endpoints.count();
    const QUrl demo(endpoints.data(endpoints.index(0), EndpointListModel::AddressRole).toString());
    m_desktop->toEndpoints();
    m_desktop->click(u"newEndpointButton"_s);
    // Without a scheme and without /v1: the test finds out both, and offers what is right.
    m_desktop->type(u"127.0.0.1:%1"_s.arg(demo.port()));
    m_desktop->press(Qt::Key_Return);
    QTRY_COMPARE(editor.trial()->state(), int(EndpointTrial::Passed));
    QVERIFY(!editor.trial()->facts().isEmpty());
    m_desktop->click(u"saveButton"_s);
    QTRY_COMPARE(endpoints.count(), before + 1);
    QVERIFY(!editor.isFresh());
    endpoints.remove(editor.endpointId());
    QCOMPARE(endpoints.count(), before);
    endpoints.undoRemove();
    QTRY_COMPARE(endpoints.count(), before + 1);
}

void TestWindowSetup::endpointFormIsWalkedByTab()
{
    EndpointEditor &editor = *workbench().editor();
    m_desktop->toEndpoints();
    m_desktop->press(Qt::Key_A, Qt::AltModifier);
    QVERIFY(m_desktop->item(u"urlField"_s).hasActiveFocus());
    m_desktop->type(u"desk:8080"_s);
    QStringList reached;
    for (int i = 0; i < 4; ++i) {
        m_desktop->press(Qt::Key_Tab);
        reached.append(m_desktop->window().activeFocusItem()->objectName());
    }
    QCOMPARE(
        reached, QStringList({u"testButton"_s, u"keyField"_s, u"nameField"_s, u"dialectBox"_s}));
    m_desktop->press(Qt::Key_N, Qt::AltModifier);
    QVERIFY(m_desktop->item(u"nameField"_s).hasActiveFocus());
    m_desktop->type(u"Desk"_s);
    // Esc leaves the form and takes nothing back.
    m_desktop->press(Qt::Key_Escape);
    QVERIFY(m_desktop->item(u"endpointList"_s).hasActiveFocus());
    QCOMPARE(editor.property("name"), u"Desk"_s);
    m_desktop->press(Qt::Key_D, Qt::AltModifier);
    QTRY_VERIFY(!editor.isFresh());
    // What comes next is at hand.
    QTRY_VERIFY(m_desktop->item(u"useButton"_s).hasActiveFocus());
    m_desktop->press(Qt::Key_Return);
    QTRY_VERIFY(m_desktop->item(u"composerText"_s).isVisible());
}

void TestWindowSetup::typedAdapterStaysWhereTheFocusGoes()
{
    const EndpointListModel &endpoints = *workbench().endpoints();
    chat().chooseEndpoint(endpoints.data(endpoints.index(1), EndpointListModel::IdRole).toString());
    const AdapterPicker &picker = *workbench().setup()->picker();
    QTRY_COMPARE(picker.style(), int(AdapterPicker::FreeText));
    m_desktop->click(u"adapterBox"_s);
    m_desktop->type(u"support-v4"_s);
    m_desktop->click(u"useAdapterButton"_s);
    QCOMPARE(picker.adapterId(), u"support-v4"_s);
    QCOMPARE(picker.adapterSource(), u"hub"_s);
}

void TestWindowSetup::adapterIsChosenByKeyboard()
{
    const AdapterPicker &picker = *workbench().setup()->picker();
    QTRY_COMPARE(picker.style(), int(AdapterPicker::Listed));
    m_desktop->press(Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(m_desktop->item(u"choiceSearch"_s).hasActiveFocus());
    m_desktop->type(u"sv4"_s);
    m_desktop->press(Qt::Key_Return);
    QCOMPARE(picker.adapterId(), u"support-v4"_s);
    // Esc takes nothing, and the composer has the focus again.
    QTRY_VERIFY(m_desktop->item(u"composerText"_s).hasActiveFocus());
    m_desktop->press(Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(m_desktop->item(u"choiceSearch"_s).hasActiveFocus());
    m_desktop->press(Qt::Key_Down);
    m_desktop->press(Qt::Key_Escape);
    QTRY_VERIFY(m_desktop->item(u"composerText"_s).hasActiveFocus());
    QCOMPARE(picker.adapterId(), u"support-v4"_s);
}

void TestWindowSetup::mergedAdaptersAnswer()
{
    const EndpointListModel &endpoints = *workbench().endpoints();
    chat().chooseEndpoint(endpoints.data(endpoints.index(1), EndpointListModel::IdRole).toString());
    const AdapterPicker &picker = *workbench().setup()->picker();
    QTRY_VERIFY(picker.canMerge());
    m_desktop->click(u"mergeButton"_s);
    QTRY_VERIFY(m_desktop->window().activeFocusItem());
    MergeEditor &merge = *workbench().setup()->merge();
    QTRY_COMPARE(merge.count(), 2);
    merge.setId(0, u"support-v3"_s);
    merge.setId(1, u"support-v4"_s);
    QVERIFY(merge.problem().isEmpty());
    merge.apply();
    QVERIFY(picker.isMerged());
    m_desktop->press(Qt::Key_Escape);
    m_desktop->send(u"Hello"_s);
    QVERIFY(m_desktop->untilIdle());
    QVERIFY(!chat().textOf(chat().lastAnswer()).isEmpty());
}

void TestWindowSetup::mentionIsForOneTurn()
{
    QTRY_COMPARE(workbench().setup()->picker()->style(), int(AdapterPicker::Listed));
    m_desktop->type(u"Hi @sv4"_s);
    QQuickItem &list = m_desktop->item(u"mentionList"_s);
    QTRY_VERIFY(list.isVisible());
    // Esc closes nothing but the list, and it stays closed for this word.
    m_desktop->press(Qt::Key_Escape);
    QTRY_VERIFY(!list.isVisible());
    QCOMPARE(composerText(), u"Hi @sv4"_s);
    m_desktop->type(u" @sv4"_s);
    QTRY_VERIFY(list.isVisible());
    m_desktop->press(Qt::Key_Tab);
    QTRY_VERIFY(!list.isVisible());
    QCOMPARE(composerText(), u"Hi @sv4 "_s);
    QCOMPARE(chat().turnLabel(), u"support-v4"_s);
    m_desktop->press(Qt::Key_Return);
    QVERIFY(m_desktop->untilIdle());
    const ChatNode *answer
        = chat().session()->conversation().find(QUuid::fromString(chat().lastAnswer()));
    QCOMPARE(answer->origin.setup.adapter.id, u"support-v4"_s);
    QVERIFY(chat().turnLabel().isEmpty());
    QVERIFY(chat().setup().adapter.isBase());
}

void TestWindowSetup::untouchedParametersAreNotInTheSetup()
{
    QVERIFY(workbench().setup()->parameters()->count() > 0);
    QVERIFY(chat().setup().parameters.isEmpty());
    workbench().setup()->parameters()->setText(0, u"0.5"_s);
    QCOMPARE(chat().setup().parameters.size(), 1);
    workbench().setup()->parameters()->reset(0);
    QVERIFY(chat().setup().parameters.isEmpty());
}

QTEST_MAIN(TestWindowSetup)

#include "tst_windowsetup.moc"
