// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowfixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Structured output, in the real window.
class TestStructured final : public WindowFixture
{
    Q_OBJECT

    [[nodiscard]] StructuredEditor &structured() { return *workbench().setup()->structured(); }

private Q_SLOTS:

    void answersAreHeldToAChosenSchema()
    {
        QVERIFY(!m_desktop->item(u"schemaBox"_s).isVisible());
        m_desktop->click(u"structuredSwitch"_s);
        QTRY_VERIFY(m_desktop->item(u"schemaBox"_s).isVisible());
        m_desktop->send(u"I love it."_s);
        QVERIFY(m_desktop->untilIdle());
        QCOMPARE(leaf().verdict->state, SchemaVerdict::State::Valid);
        QVERIFY(rowsOf(RowKind::Schema).isEmpty());
        // As code, and not as Markdown that happens to have braces.
        const TimelineModel &timeline = *chat().timeline();
        QTRY_VERIFY(!timeline.isBusy());
        QCOMPARE(timeline.message(1).blocks.size(), 1);
        QCOMPARE(timeline.message(1).blocks.constFirst().language, u"json"_s);
        m_desktop->click(u"structuredSwitch"_s);
        m_desktop->send(u"And now in your words."_s);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY(!leaf().verdict);
    }

    void whatIsWrongIsListedAndMarked()
    {
        structured().setOn(true);
        structured().setWay(2); // in words, which this server does not follow
        m_desktop->send(u"Classify this as JSON: I was charged twice."_s);
        QVERIFY(m_desktop->untilIdle());
        QCOMPARE(leaf().verdict->state, SchemaVerdict::State::Invalid);
        QVERIFY(!rowsOf(RowKind::Schema).isEmpty());
        QVERIFY(leaf().verdict->violations.size() > 1); // all of them, and not the first alone
        QTRY_VERIFY(!chat().timeline()->isBusy());
        const TimelineModel &timeline = *chat().timeline();
        QTRY_VERIFY([&] {
            for (int row = 0; row < timeline.rowCount(); ++row) {
                if (!timeline.marks(row).isEmpty()) {
                    return timeline.marks(row).constFirst().wrong;
                }
            }
            return false;
        }());
        QCOMPARE(leaf().state, ChatNode::State::Complete);
    }

    void attemptsAreVersionsAndTheEndIsOneError()
    {
        structured().setOn(true);
        structured().setWay(2);
        structured().setAttempts(3);
        m_desktop->send(u"Hello"_s);
        QVERIFY(Desktop::until(
            [this] { return leaf().verdict && leaf().verdict->attempt == 3 && leaf().error; }));
        QVERIFY2(leaf().error->message.startsWith(u"None of 3 answers"_s),
            qPrintable(leaf().error->message));
        QCOMPARE(chat().session()->conversation().siblings(leaf().id).size(), 3);
    }

    void theEditorIsWalkedByTab()
    {
        m_desktop->item(u"structuredSwitch"_s).forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Space);
        QVERIFY(structured().isOn());
        m_desktop->press(Qt::Key_Tab);
        m_desktop->press(Qt::Key_Tab);
        m_desktop->press(Qt::Key_Space); // "Edit …"
        QTRY_VERIFY(m_desktop->item(u"schemaText"_s).isVisible());
        QTRY_COMPARE(structured().editor()->problem(), QString());
        QTRY_VERIFY(!structured().editor()->isChecking());
        QStringList passed;
        for (int i = 0; i < 30; ++i) {
            m_desktop->press(Qt::Key_Tab);
            const QQuickItem *item = m_desktop->window().activeFocusItem();
            QVERIFY(item);
            passed.append(item->property("text").toString().left(24));
        }
        // Round and round, through all of it: the text is no trap.
        QVERIFY2(passed.count(u"Use this schema"_s) >= 2, qPrintable(passed.join(u", ")));
        QVERIFY(passed.contains(u"Keep in the library"_s));
        QVERIFY(passed.contains(structured().editor()->text().left(24)));
    }

    void aFaultySchemaIsNotUsed()
    {
        m_desktop->click(u"structuredSwitch"_s);
        m_desktop->click(u"editSchemaButton"_s);
        QTRY_VERIFY(m_desktop->item(u"schemaText"_s).isVisible());
        QQuickItem &text = m_desktop->item(u"schemaText"_s);
        QTRY_VERIFY(!text.property("text").toString().isEmpty());
        const QString before = structured().structured()->schema;
        structured().editor()->setText(u"{\n\"type\": \"strig\"\n}"_s);
        QTRY_COMPARE(text.property("faultyLine").toInt(), 2);
        QCOMPARE(text.property("text").toString(), u"{\n\"type\": \"strig\"\n}"_s);
        QVERIFY(m_desktop->item(u"schemaVerdict"_s)
                .property("text")
                .toString()
                .startsWith(u"Line 2"_s));
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(!text.isVisible());
        QCOMPARE(structured().structured()->schema, before);
    }
};

QTEST_MAIN(TestStructured)

#include "tst_structured.moc"
