// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desktop.h"
#include "translations.h"

#include <BreezeIcons>
#include <QQuickItem>
#include <QQuickStyle>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Functions that the model calls, in the real window.
class TestTools final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Desktop> m_desktop;

    [[nodiscard]] Workbench &workbench() { return m_desktop->workbench(); }

    [[nodiscard]] ToolsEditor &tools() { return *workbench().setup()->tools(); }

    [[nodiscard]] CallDesk &calls() { return *workbench().chat()->calls(); }

    [[nodiscard]] QString lastText()
    {
        const Conversation &conversation = workbench().chat()->session()->conversation();
        return conversation.find(conversation.leaf())->message.content;
    }

    /// The blocks of code that the timeline shows.
    [[nodiscard]] QStringList code()
    {
        const TimelineModel &timeline = *workbench().chat()->timeline();
        QStringList texts;
        for (int row = 0; row < timeline.rowCount(); ++row) {
            if (timeline.row(row).kind == RowKind::Code) {
                texts.append(timeline.rowText(row));
            }
        }
        return texts;
    }

    [[nodiscard]] bool untilCalled()
    {
        return Desktop::until([this] { return calls().count() > 0; });
    }

private Q_SLOTS:

    void initTestCase()
    {
        QQuickStyle::setStyle(u"Fusion"_s);
        BreezeIcons::initIcons();
        installTranslations(*QCoreApplication::instance());
    }

    void init()
    {
        m_desktop = std::make_unique<Desktop>(u"fast"_s);
        QVERIFY(m_desktop->start(false));
    }

    void cleanup() { m_desktop.reset(); }

    void answeredByHand()
    {
        QVERIFY(!m_desktop->item(u"callPanel"_s).isVisible());
        m_desktop->click(u"toolsSwitch"_s);
        QVERIFY(Desktop::until([this] { return tools().names() == u"get_weather"_s; }));
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        QTRY_VERIFY(m_desktop->item(u"callPanel"_s).isVisible());
        QCOMPARE(calls().name(), u"get_weather"_s);
        QVERIFY(calls().arguments().contains(u"\"city\""_s));
        m_desktop->click(u"callAnswer"_s);
        m_desktop->type(u"grey"_s);
        m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY(!m_desktop->item(u"callPanel"_s).isVisible());
        QVERIFY2(lastText().contains(u"grey"_s), qPrintable(lastText()));
        // The call and its answer stay to be seen.
        QTRY_VERIFY(!workbench().chat()->timeline()->isBusy());
        QVERIFY(code().contains(u"grey"_s));
        QVERIFY(code().constFirst().contains(u"\"city\""_s));
    }

    void noAnswer()
    {
        tools().setOn(true);
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        QTRY_VERIFY(m_desktop->item(u"refuseCallButton"_s).isVisible());
        m_desktop->click(u"refuseCallButton"_s);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY2(lastText().contains(u"gave no answer"_s), qPrintable(lastText()));
    }

    void stopped()
    {
        tools().setOn(true);
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        workbench().chat()->stop();
        QCOMPARE(calls().count(), 0);
        QTRY_VERIFY(!m_desktop->item(u"callPanel"_s).isVisible());
    }

    void answeredByTheMock()
    {
        tools().setOn(true);
        tools().edit();
        tools().setMockText(u"{\"get_weather\": {\"sky\": \"blue\"}}"_s);
        tools().useEdited();
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY2(lastText().contains(u"\"sky\""_s), qPrintable(lastText()));
        // The results of tools are no prompts to take up again.
        QCOMPARE(workbench().chat()->historyStep(-1, {}), u"What is the weather in Ulm?"_s);
    }

    void writtenInTheEditor()
    {
        m_desktop->click(u"toolsSwitch"_s);
        QTRY_VERIFY(m_desktop->item(u"editToolsButton"_s).isVisible());
        QMetaObject::invokeMethod(&m_desktop->item(u"editToolsButton"_s), "click");
        QTRY_VERIFY(m_desktop->item(u"toolsText"_s).isVisible());
        QVERIFY(Desktop::until([this] { return !tools().isChecking(); }));
        const QString fine = tools().toolsText();
        tools().setToolsText(QString(fine).replace(u"\"string\""_s, u"\"strin\""_s));
        QVERIFY(Desktop::until([this] { return tools().toolsLine() == 8; }));
        QVERIFY(tools().toolsProblem().contains(u"get_weather"_s));
        tools().setToolsText(fine);
        tools().setMockText(u"{\"other\": 1}"_s);
        QVERIFY(Desktop::until([this] { return tools().mockProblem().contains(u"“other”"_s); }));
        tools().setMockText({});
        QVERIFY(Desktop::until([this] {
            return !tools().isChecking() && tools().draftNames() == u"get_weather"_s
                && tools().mockProblem().isEmpty();
        }));
    }
};

QTEST_MAIN(TestTools)

#include "tst_tools.moc"
