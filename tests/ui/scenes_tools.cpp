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

/// Two commands of which one failed; what the first said is opened.
bool byCommandAside(Desktop &desktop)
{
    ToolsEditor &editor = tools(desktop);
    editor.setOn(true);
    editor.edit();
    editor.setToolsText(
        u"[{\"name\": \"get_weather\", \"description\": \"The weather of a place\"},\n"
        " {\"name\": \"count_rows\", \"description\": \"How many rows a table has\"}]"_s);
    editor.setMockText({});
    editor.setCommandsText(
        u"{\"get_weather\": [\"sh\", \"-c\", \"echo overcast, 14 degrees; "
        "echo weather.py: asking the station at Ulm >&2; "
        "echo weather.py: it is 12 minutes behind, taking what it had >&2\"],\n"
        " \"count_rows\": [\"sh\", \"-c\", \"echo count_rows: no such table >&2; exit 3\"]}"_s);
    editor.useEdited();
    desktop.send(u"First get_weather, then count_rows."_s);
    ChatController &chat = *desktop.workbench().chat();
    for (const auto name : {"get_weather"_L1, "count_rows"_L1}) {
        if (!Desktop::until([&] { return chat.calls()->name() == name; })) {
            return false;
        }
        chat.calls()->run(false);
    }
    const bool isOver
        = desktop.untilIdle() && Desktop::until([&] { return !chat.timeline()->isBusy(); });
    for (int row = 0; row < chat.timeline()->rowCount(); ++row) {
        if (chat.timeline()->row(row).kind == RowKind::Aside) {
            chat.timeline()->setState(row, {.expanded = true});
            break;
        }
    }
    QTest::qWait(300);
    return isOver;
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

/// The form, of which several functions are to be seen.
bool openForm(Desktop &desktop)
{
    const bool opened = openEditor(desktop);
    desktop.item(u"toolsViews"_s).childItems().constFirst()->forceActiveFocus(Qt::TabFocusReason);
    desktop.press(Qt::Key_Right);
    FunctionForm &form = *tools(desktop).functions();
    form.setCurrent(form.count() - 1);
    form.add();
    form.setName(u"find_trains"_s);
    form.setDescription(u"The trains between two stations on one day"_s);
    form.setStrict(true);
    SchemaForm &arguments = *form.parameters();
    for (const auto &name : {u"from"_s, u"to"_s, u"class"_s}) {
        arguments.addInto(0);
        arguments.setName(arguments.rowCount() - 1, name);
        arguments.setRequired(arguments.rowCount() - 1, true);
    }
    arguments.setDescription(1, u"A station's name, as it is written on its sign"_s);
    arguments.setValues(3, u"first, second"_s);
    form.add();
    form.setName(u"book"_s);
    form.setDescription(u"Books a seat"_s);
    form.setCurrent(1);
    desktop.item(u"functionList"_s).forceActiveFocus(Qt::TabFocusReason);
    QTest::qWait(300);
    return opened && Desktop::until([&] { return !tools(desktop).isChecking(); });
}

bool faultyForm(Desktop &desktop)
{
    const bool opened = openForm(desktop);
    ToolsEditor &editor = tools(desktop);
    FunctionForm &form = *editor.functions();
    form.setName(u"find trains"_s);
    editor.setToolsText(QString(editor.toolsText())
            .replace(u"\"to\": {\"type\": \"string\""_s, u"\"to\": {\"type\": \"strin\""_s));
    form.setCurrent(2);
    form.setName(u"get_weather"_s);
    form.setCurrent(1);
    const bool faulty = Desktop::until([&] { return editor.toolsPlace() >= 0; });
    QTest::qWait(300);
    return opened && faulty;
}

bool emptyForm(Desktop &desktop)
{
    const bool opened = openForm(desktop);
    tools(desktop).setToolsText(u"[]"_s);
    desktop.item(u"addFirstFunctionButton"_s).forceActiveFocus(Qt::TabFocusReason);
    QTest::qWait(300);
    return opened && Desktop::until([&] { return !tools(desktop).isChecking(); });
}

/// No JSON yet, so there is no form of it.
bool halfWrittenForm(Desktop &desktop)
{
    const bool opened = openForm(desktop);
    tools(desktop).setToolsText(u"[\n  {\"name\": \"now\",\n"_s);
    QTest::qWait(300);
    return opened && Desktop::until([&] { return !tools(desktop).isChecking(); });
}

} // namespace

QList<Scene> toolScenes()
{
    return {
        {u"tools"_s, false, mocked},
        {u"tools-call"_s, false, byHand},
        {u"tools-command"_s, false, byCommand},
        {u"tools-command-stderr"_s, false, byCommandAside},
        {u"tools-left"_s, false, left},
        {u"tools-editor"_s, false, openEditor},
        {u"tools-editor-faulty"_s, false, faultyEditor},
        {u"tools-form"_s, false, openForm},
        {u"tools-form-faulty"_s, false, faultyForm},
        {u"tools-form-empty"_s, false, emptyForm},
        {u"tools-form-half"_s, false, halfWrittenForm},
    };
}

} // namespace Lorikeet
