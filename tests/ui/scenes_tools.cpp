// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Functions that the model calls, and the editor of them.

#include "scenes.h"

#include <QQuickItem>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

ToolsEditor &tools(Desktop &desktop) { return *desktop.workbench().setup()->tools(); }

void give(Desktop &desktop, const QString &mock, const QString &commands = {})
{
    ToolsEditor &editor = tools(desktop);
    editor.setOn(true);
    editor.edit();
    editor.setMockText(mock);
    editor.setCommandsText(commands);
    editor.useEdited();
}

bool mocked(Desktop &desktop)
{
    give(desktop, u"{\"get_weather\": {\"sky\": \"overcast\", \"celsius\": 14}}"_s);
    desktop.send(u"What is the weather in Ulm?"_s);
    return desktop.untilIdle();
}

bool byHand(Desktop &desktop)
{
    give(desktop, {});
    desktop.send(u"What is the weather in Ulm?"_s);
    return Desktop::until([&] { return desktop.workbench().chat()->calls()->count() > 0; });
}

bool byCommand(Desktop &desktop)
{
    give(desktop, {}, u"{\"get_weather\": \"python3 weather.py --units metric\"}"_s);
    desktop.send(u"What is the weather in Ulm?"_s);
    return Desktop::until([&] { return desktop.workbench().chat()->calls()->count() > 0; });
}

bool left(Desktop &desktop)
{
    const bool called = byHand(desktop);
    desktop.workbench().chat()->stop();
    return called;
}

bool openEditor(Desktop &desktop)
{
    give(desktop, u"{\"get_weather\": {\"sky\": \"overcast\", \"celsius\": 14}}"_s);
    if (desktop.window().width() < 1180) {
        desktop.press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier); // the sheet
        QTest::qWait(400);
    }
    // By itself: in a low window the button must be scrolled to.
    QMetaObject::invokeMethod(&desktop.item(u"editToolsButton"_s), "click");
    QTest::qWait(300);
    return Desktop::until([&] { return !tools(desktop).isChecking(); });
}

bool faultyEditor(Desktop &desktop)
{
    const bool opened = openEditor(desktop);
    ToolsEditor &editor = tools(desktop);
    editor.setToolsText(QString(editor.toolsText()).replace(u"\"string\""_s, u"\"strin\""_s));
    return opened && Desktop::until([&] { return editor.toolsLine() > 0; });
}

} // namespace

QList<Scene> toolScenes()
{
    return {
        {u"tools"_s, false, mocked},
        {u"tools-call"_s, false, byHand},
        {u"tools-command"_s, false, byCommand},
        {u"tools-left"_s, false, left},
        {u"tools-editor"_s, false, openEditor},
        {u"tools-editor-faulty"_s, false, faultyEditor},
    };
}

} // namespace Lorikeet
