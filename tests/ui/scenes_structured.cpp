// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Answers that are held to a schema, and the editor of schemas.

#include "scenes.h"

#include <QQuickItem>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

StructuredEditor &structured(Desktop &desktop)
{
    return *desktop.workbench().setup()->structured();
}

bool choose(Desktop &desktop, const QString &name)
{
    StructuredEditor &editor = structured(desktop);
    editor.setOn(true);
    for (int row = 0; row < editor.shelf()->rowCount(); ++row) {
        const QModelIndex at = editor.shelf()->index(row);
        if (editor.shelf()->data(at, SchemaShelf::NameRole) == name) {
            editor.choose(editor.shelf()->data(at, SchemaShelf::IdRole).toString());
            return true;
        }
    }
    return false;
}

bool ask(Desktop &desktop)
{
    desktop.send(u"I was charged twice this month, and nobody answers."_s);
    return desktop.untilIdle();
}

bool valid(Desktop &desktop) { return choose(desktop, u"Support ticket"_s) && ask(desktop); }

/// What no server with a grammar writes, as one without would.
bool invalid(Desktop &desktop)
{
    const EndpointListModel &endpoints = *desktop.workbench().endpoints();
    ChatSetup setup;
    setup.endpoint = endpoints.preferred();
    const std::optional<KeptSchema> ticket = desktop.workbench().schemas().find(desktop.workbench()
            .schemas()
            .data(desktop.workbench().schemas().index(4), SchemaShelf::IdRole)
            .toString());
    if (!ticket) {
        return false;
    }
    setup.structured = StructuredSetup{
        .isOn = true, .name = ticket->name, .schema = ticket->text, .options = {}};
    setup.structured->options.maxAttempts = 1;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Conversation conversation = Conversation::create(setup, now);
    conversation.head().title = u"A ticket with faults"_s;
    const QUuid prompt
        = conversation.addUser({}, u"I was charged twice this month, and nobody answers."_s, now);
    const QUuid answer = conversation.addAnswer(
        prompt, {.setup = setup, .endpointName = u"Demo"_s, .servedModel = u"llama-3.1-8b"_s}, now);
    ChatNode node = *conversation.find(answer);
    node.state = ChatNode::State::Complete;
    node.finish = {.kind = FinishReason::Kind::Stop, .word = u"stop"_s};
    node.message.content = u"{\n  \"summary\": \"Charged twice, support does not answer\",\n"
                           "  \"area\": \"invoices\",\n  \"urgency\": 9,\n"
                           "  \"needs_human\": \"yes\",\n  \"tags\": [\"double charge\"]\n}"_s;
    const auto check
        = checkAnswer(node.message.content, *JsonSchema::from(ticket->text.toUtf8(), {}), false);
    node.verdict
        = SchemaVerdict{.state = SchemaVerdict::State::Invalid, .violations = check->violations};
    conversation.update(node);
    desktop.workbench().addSessions({conversation});
    return Desktop::until([&] { return desktop.workbench().sessions()->rowCount() > 0; })
        && desktop.openSession(conversation.head().title);
}

bool retries(Desktop &desktop)
{
    const bool chosen = choose(desktop, u"Support ticket"_s);
    structured(desktop).setWay(2);
    structured(desktop).setAttempts(3);
    return chosen && ask(desktop);
}

bool openEditor(Desktop &desktop)
{
    const bool chosen = choose(desktop, u"Invoice"_s);
    structured(desktop).edit();
    if (desktop.window().width() < 1180) {
        desktop.press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier); // the sheet
        QTest::qWait(400);
    }
    // By itself: in a low window the button must be scrolled to.
    QMetaObject::invokeMethod(&desktop.item(u"editSchemaButton"_s), "click");
    QTest::qWait(300);
    return chosen && Desktop::until([&] { return !structured(desktop).editor()->isChecking(); });
}

bool faultyEditor(Desktop &desktop)
{
    const bool opened = openEditor(desktop);
    SchemaEditor &editor = *structured(desktop).editor();
    editor.setText(
        QString(editor.text()).replace(u"\"minItems\": 1"_s, u"\"minItems\": \"one\""_s));
    return opened && Desktop::until([&] { return editor.problemLine() > 0; });
}

/// The editor's form, with what a form cannot show in it.
bool form(Desktop &desktop)
{
    const bool opened = openEditor(desktop);
    SchemaEditor &editor = *structured(desktop).editor();
    editor.setText(QString(editor.text())
            .replace(u"{\"type\": \"number\", \"minimum\": 0}"_s,
                u"{\"anyOf\": [{\"type\": \"integer\"}, {\"const\": \"all\"}]}"_s)
            .replace(u"\"currency\": {\"type\": \"string\","_s,
                u"\"currency\": {\"type\": [\"string\", \"null\"], \"enum\": [\"EUR\", \"USD\", "
                "null], \"description\": \"As it is printed\","_s));
    QMetaObject::invokeMethod(&desktop.item(u"schemaViews"_s), "choose", Q_ARG(int, 1));
    return opened && Desktop::until([&] { return editor.form()->rowCount() > 8; })
        && Desktop::until([&] { return !editor.isChecking(); });
}

/// Scrolled to its list of objects, one name of which is taken.
bool refusedName(Desktop &desktop)
{
    const bool shown = form(desktop);
    SchemaForm &rows = *structured(desktop).editor()->form();
    for (int row = 0; row < rows.rowCount(); ++row) {
        if (rows.data(rows.index(row), SchemaForm::NameRole) == u"price"_s) {
            rows.move(row, -1);
            rows.setName(row - 1, u"text"_s);
            return shown;
        }
    }
    return false;
}

bool tree(Desktop &desktop, bool isValid)
{
    const bool isThere = isValid ? valid(desktop) : invalid(desktop);
    TimelineModel &timeline = *desktop.workbench().chat()->timeline();
    const auto json = [&timeline] {
        for (int row = 0; row < timeline.rowCount(); ++row) {
            if (timeline.row(row).kind == RowKind::Code) {
                return row;
            }
        }
        return -1;
    };
    if (!isThere || !Desktop::until([&] { return !timeline.isBusy() && json() >= 0; })) {
        return false;
    }
    timeline.setAsTree(json(), true);
    return true;
}

/// An answer on its way, shown as a tree.
bool growingTree(Desktop &desktop)
{
    TimelineModel &timeline = *desktop.workbench().chat()->timeline();
    if (!tree(desktop, true)) {
        return false;
    }
    desktop.send(u"And another one, as long as you like."_s);
    return Desktop::until([&] {
        const TimelineMessage &last = timeline.message(timeline.messageCount() - 1);
        return last.isStreaming() && last.blocks.size() == 1 && last.blocks[0].text.size() > 25;
    });
}

bool samples(Desktop &desktop)
{
    const bool isThere = valid(desktop);
    ChatController &chat = *desktop.workbench().chat();
    chat.sample(chat.lastAnswer(), 11, 4);
    return isThere && desktop.untilIdle();
}

bool sampleDialog(Desktop &desktop)
{
    const bool isThere = samples(desktop);
    desktop.click(u"variantsButton"_s);
    QTest::qWait(300);
    desktop.click(u"sampleItem"_s);
    return isThere;
}

} // namespace

QList<Scene> structuredScenes()
{
    return {
        {u"structured"_s, false, valid},
        {u"structured-invalid"_s, false, invalid},
        {u"structured-retries"_s, false, retries},
        {u"schema-editor"_s, false, openEditor},
        {u"schema-editor-faulty"_s, false, faultyEditor},
        {u"schema-form"_s, false, form},
        {u"schema-form-refused"_s, false, refusedName},
        {u"structured-tree"_s, false, [](Desktop &desktop) { return tree(desktop, true); }},
        {u"structured-tree-invalid"_s, false,
            [](Desktop &desktop) { return tree(desktop, false); }},
        {u"structured-tree-growing"_s, false, growingTree, u"local-7b"_s},
        {u"structured-samples"_s, false, samples},
        {u"structured-sample-dialog"_s, false, sampleDialog},
    };
}

} // namespace Lorikeet
