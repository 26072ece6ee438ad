// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The prompt library: the list behind a slash, a form, and the library itself.

#include "scenes.h"

#include <QJsonArray>
#include <QQuickItem>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool keepPrompts(Desktop &desktop)
{
    PromptLibrary &library = *desktop.workbench().prompts();
    PromptTemplate sort{.name = u"Sort a ticket"_s,
        .description = u"Which department a message is for, in one word"_s,
        .messages = {{.role = Role::System,
                         .text = u"You sort messages for {{ company }}. Answer with one of: "
                                 "{{ departments | join(', ') }}."_s},
            {.text = u"Which department is this for?\n\n{{ message }}"_s}},
        .variables = {{.name = u"company"_s,
                          .description = u"Whose messages they are"_s,
                          .fallback = u"Acme"_s},
            {.name = u"departments"_s,
                .description = u"Those to choose from"_s,
                .fallback = QJsonArray{u"billing"_s, u"technical"_s, u"sales"_s}},
            {.name = u"message"_s, .description = u"What the customer wrote"_s}},
        .parameters = {{u"temperature"_s, 0}}};
    (void)library.save(sort);
    sort.parameters.insert(u"max_tokens"_s, 8);
    (void)library.save(sort);
    (void)library.save({.name = u"Explain like I am five"_s,
        .messages = {{.text = u"Explain {{ thing }} to a child of five."_s}}});
    (void)library.save({.name = u"Review a change"_s,
        .description = u"Finds bugs in a diff"_s,
        .messages = {{.text = u"Review this change:\n\n{{ diff }}"_s}}});
    (void)library.save({.name = u"Translate"_s,
        .description = u"Into another language, and nothing else"_s,
        .messages
        = {{.text = u"Translate into {{ language | default('French') }}: {{ text }}"_s}}});
    return Desktop::until([&library] { return library.templates().size() == 4; });
}

bool form(Desktop &desktop)
{
    const bool kept = keepPrompts(desktop);
    desktop.item(u"composerText"_s).forceActiveFocus();
    desktop.type(u"/sort"_s);
    desktop.press(Qt::Key_Return);
    return kept;
}

bool applied(Desktop &desktop)
{
    const bool kept = form(desktop);
    desktop.workbench().prompts()->form()->setValue(2, u"I was charged twice for March."_s);
    desktop.press(Qt::Key_Return, Qt::ControlModifier);
    return kept && !desktop.workbench().prompts()->form()->applied().isEmpty();
}

bool library(Desktop &desktop)
{
    const bool kept = keepPrompts(desktop);
    desktop.press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    TemplateEditor &editor = *desktop.workbench().prompts()->editor();
    const bool opened = Desktop::until([&editor] { return !editor.keptName().isEmpty(); });
    editor.load(u"Sort a ticket"_s);
    return kept && opened && Desktop::until([&editor] { return editor.versions().size() == 2; });
}

/// Of a template with turns before its prompt.
bool keepExamples(Desktop &desktop)
{
    PromptLibrary &library = *desktop.workbench().prompts();
    (void)library.save({.name = u"Sort by example"_s,
        .description = u"Departments, shown by two messages"_s,
        .messages = {{.role = Role::System, .text = u"Answer with one word."_s},
            {.text = u"My invoice lists March twice."_s},
            {.role = Role::Assistant, .text = u"billing"_s},
            {.text = u"The app closes as soon as I open {{ screen }}."_s},
            {.role = Role::Assistant, .text = u"technical"_s}, {.text = u"{{ message }}"_s}},
        .variables = {{.name = u"screen"_s,
                          .description = u"Of the second example"_s,
                          .fallback = u"the settings"_s},
            {.name = u"message"_s, .description = u"What the customer wrote"_s}}});
    return Desktop::until([&library] { return library.templates().size() == 1; });
}

bool examplesForm(Desktop &desktop)
{
    const bool kept = keepExamples(desktop);
    desktop.item(u"composerText"_s).forceActiveFocus();
    desktop.type(u"/sort"_s);
    desktop.press(Qt::Key_Return);
    return kept;
}

/// Applied, and shown in the parameters.
bool examplesApplied(Desktop &desktop)
{
    const bool kept = examplesForm(desktop);
    PromptLibrary &library = *desktop.workbench().prompts();
    library.form()->setValue(1, u"Can I get a quote for forty seats?"_s);
    desktop.press(Qt::Key_Return, Qt::ControlModifier);
    if (desktop.window().width() < 1180) {
        desktop.press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier); // the sheet
        QTest::qWait(400);
    }
    QMetaObject::invokeMethod(&desktop.item(u"showExamplesButton"_s), "clicked");
    QTest::qWait(300);
    return kept && !library.form()->applied().isEmpty();
}

bool examplesEditor(Desktop &desktop)
{
    const bool kept = keepExamples(desktop);
    desktop.press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    TemplateEditor &editor = *desktop.workbench().prompts()->editor();
    const bool opened = Desktop::until([&editor] { return !editor.keptName().isEmpty(); });
    desktop.item(u"addExampleButton"_s).forceActiveFocus(Qt::TabFocusReason);
    QTest::qWait(300);
    return kept && opened;
}

} // namespace

QList<Scene> templateScenes()
{
    return {
        {u"templates-slash"_s, false,
            [](Desktop &desktop) {
                const bool kept = keepPrompts(desktop);
                desktop.item(u"composerText"_s).forceActiveFocus();
                desktop.type(u"/"_s);
                return kept;
            }},
        {u"templates-slash-empty"_s, false,
            [](Desktop &desktop) {
                desktop.item(u"composerText"_s).forceActiveFocus();
                desktop.type(u"/"_s);
                return true;
            }},
        {u"templates-form"_s, true, form},
        {u"templates-applied"_s, false, applied},
        {u"templates-compare"_s, false,
            [](Desktop &desktop) {
                desktop.toCompare();
                return applied(desktop);
            }},
        {u"templates-library"_s, true, library},
        {u"templates-examples"_s, false, examplesEditor},
        {u"templates-examples-form"_s, false, examplesForm},
        {u"templates-examples-applied"_s, false, examplesApplied},
        {u"templates-examples-compare"_s, false,
            [](Desktop &desktop) {
                desktop.toCompare();
                return examplesApplied(desktop);
            }},
        {u"templates-library-empty"_s, false,
            [](Desktop &desktop) {
                desktop.press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
                return true;
            }},
        {u"templates-unsaved"_s, true,
            [](Desktop &desktop) {
                const bool shown = library(desktop);
                TemplateEditor &editor = *desktop.workbench().prompts()->editor();
                editor.setQuestion(u"Which department is this for?\n\n{% call x %}{{ message }}"_s);
                editor.load(u"Translate"_s);
                return shown && editor.waits();
            }},
    };
}

} // namespace Lorikeet
