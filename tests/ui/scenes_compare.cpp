// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The compare page: lanes, what differs between them, and how they are asked.

#include "scenes.h"

#include <QQuickItem>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const QString question = u"Classify this ticket and answer as JSON: charged twice for March."_s;

CompareController &compare(Desktop &desktop) { return *desktop.workbench().compare(); }

bool untilCompared(Desktop &desktop)
{
    return Desktop::until([&] { return !compare(desktop).isRunning(); });
}

bool compared(Desktop &desktop, int count)
{
    const bool answered = askLanes(desktop, count);
    compare(desktop).diff()->setShown(true);
    const CompareLane &last = *compare(desktop).lanes()->lanes().constLast();
    return answered && Desktop::until([&] { return !last.likeness().isEmpty(); });
}

/// Every lane answers with an object and nothing else.
bool comparedAsJson(Desktop &desktop, int count)
{
    const bool made = showLanes(desktop, count);
    for (CompareLane *lane : compare(desktop).lanes()->lanes()) {
        ChatSetup setup = lane->chat()->setup();
        setup.parameters.insert(u"response_format"_s, QJsonObject{{u"type"_s, u"json_object"_s}});
        lane->chat()->setSetup(setup);
    }
    desktop.send(question);
    compare(desktop).diff()->setShown(true);
    const CompareLane &last = *compare(desktop).lanes()->lanes().constLast();
    return made && untilCompared(desktop)
        && Desktop::until([&] { return last.isComparedAsJson(); });
}

bool overrides(Desktop &desktop)
{
    const bool made = showLanes(desktop, 2);
    CompareController &controller = compare(desktop);
    controller.setFocusedPlace(1);
    ChatSetup setup = controller.focused()->chat()->setup();
    setup.parameters = {{u"temperature"_s, 0.2}, {u"top_p"_s, 0.9}};
    setup.systemPrompt = u"Answer as a pirate."_s;
    controller.focused()->chat()->setSetup(setup);
    desktop.send(question);
    desktop.press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    return made && untilCompared(desktop);
}

/// The first lane on its way to the third's place.
bool dragged(Desktop &desktop)
{
    const bool answered = askLanes(desktop, 3);
    desktop.window().grabWindow();
    const QQuickItem &header = desktop.item(u"laneHeader0"_s);
    const QPoint from = header.mapToScene({100, header.height() / 2}).toPoint();
    QTest::mousePress(&desktop.window(), Qt::LeftButton, Qt::NoModifier, from);
    for (int step = 1; step <= 20; ++step) {
        const QPoint way(int(header.width() * 1.6 * step / 20), 0);
        QTest::mouseMove(&desktop.window(), from + way);
    }
    return answered && desktop.item(u"laneDropMark"_s).isVisible();
}

/// Answers of every kind of end, beside one another.
bool failing(Desktop &desktop)
{
    const bool made = showLanes(desktop, 3);
    const QStringList models{{}, u"fault/500"_s, u"fault/429"_s};
    for (CompareLane *lane : compare(desktop).lanes()->lanes()) {
        ChatSetup setup = lane->chat()->setup();
        setup.model = models[lane->place()];
        setup.adapter = lane->place() == 0 ? setup.adapter : AdapterChoice();
        lane->chat()->setSetup(setup);
    }
    desktop.send(question);
    return made && untilCompared(desktop);
}

/// How many of each lane's answers keep to a schema that one of them is told in words alone.
bool sampled(Desktop &desktop)
{
    const bool made = showLanes(desktop, 3);
    SchemaShelf &shelf = desktop.workbench().schemas();
    const std::optional<KeptSchema> ticket
        = shelf.find(shelf.data(shelf.index(4), SchemaShelf::IdRole).toString());
    for (CompareLane *lane : compare(desktop).lanes()->lanes()) {
        ChatSetup setup = lane->chat()->setup();
        setup.structured = StructuredSetup{
            .isOn = true, .name = ticket->name, .schema = ticket->text, .options = {}};
        setup.structured->options.maxAttempts = 1;
        if (lane->place() == 1) {
            setup.structured->options.carrying.way = SchemaCarrying::Way::Words;
        }
        lane->chat()->setSetup(setup);
    }
    desktop.send(u"I was charged twice this month, and nobody answers."_s);
    const bool answered = untilCompared(desktop);
    compare(desktop).sampleAll(9, 3);
    return made && answered && untilCompared(desktop);
}

} // namespace

bool showLanes(Desktop &desktop, int count)
{
    const AdapterPicker &picker = *desktop.workbench().setup()->picker();
    const bool listed = Desktop::until([&] { return picker.count() > 0; });
    desktop.toCompare();
    CompareController &controller = compare(desktop);
    controller.compareAdapters();
    while (controller.laneCount() > count) {
        controller.closeLane(controller.laneCount() - 1);
    }
    while (controller.laneCount() < count) {
        controller.addLane();
    }
    controller.setFocusedPlace(0);
    desktop.item(u"laneUndoBar"_s).setVisible(false);
    return listed && controller.laneCount() == count;
}

bool askLanes(Desktop &desktop, int count)
{
    const bool made = showLanes(desktop, count);
    desktop.send(question);
    return made && untilCompared(desktop);
}

QList<Scene> compareScenes()
{
    return {
        {u"compare-blank"_s, false, [](Desktop &desktop) { return showLanes(desktop, 2); }},
        {u"compare-1"_s, false, [](Desktop &desktop) { return askLanes(desktop, 1); }},
        {u"compare-2"_s, false, [](Desktop &desktop) { return askLanes(desktop, 2); }},
        {u"compare-3"_s, false, [](Desktop &desktop) { return askLanes(desktop, 3); }},
        {u"compare-6"_s, false, [](Desktop &desktop) { return askLanes(desktop, 6); }},
        {u"compare-diff"_s, false, [](Desktop &desktop) { return compared(desktop, 2); }},
        {u"compare-diff-3"_s, false, [](Desktop &desktop) { return compared(desktop, 3); }},
        {u"compare-json-diff"_s, false,
            [](Desktop &desktop) { return comparedAsJson(desktop, 2); }},
        {u"compare-json-diff-3"_s, false,
            [](Desktop &desktop) { return comparedAsJson(desktop, 3); }},
        {u"compare-json-only"_s, false,
            [](Desktop &desktop) {
                const bool shown = comparedAsJson(desktop, 2);
                compare(desktop).diff()->setOnly(true);
                return shown;
            }},
        {u"compare-only-differences"_s, false,
            [](Desktop &desktop) {
                const bool shown = compared(desktop, 3);
                compare(desktop).diff()->setOnly(true);
                return shown;
            }},
        {u"compare-server-times"_s, false,
            [](Desktop &desktop) {
                desktop.toCompare();
                CompareController &controller = compare(desktop);
                while (controller.laneCount() < 3) {
                    controller.addLane();
                }
                controller.setWarmsUp(true);
                desktop.send(question);
                return untilCompared(desktop);
            },
            u"fast"_s, "llama.cpp"_L1},
        {u"compare-solo"_s, false,
            [](Desktop &desktop) {
                const bool shown = compared(desktop, 3);
                compare(desktop).setSolo(1);
                return shown;
            }},
        {u"compare-overrides"_s, false, overrides},
        {u"compare-streaming"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 3);
                desktop.send(u"Write a long guide to adapters, with code."_s);
                QTest::qWait(1500);
                return made && compare(desktop).isRunning();
            },
            u"local-7b"_s},
        {u"compare-dragged"_s, false, dragged},
        {u"compare-failing"_s, false, failing},
        {u"compare-samples"_s, false, sampled},
        {u"compare-choices"_s, false,
            [](Desktop &desktop) {
                const bool shown = askLanes(desktop, 2);
                desktop.press(Qt::Key_L, Qt::ControlModifier);
                return shown;
            }},
        {u"compare-choices-typed"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 2);
                compare(desktop).focused()->chat()->chooseEndpoint(
                    desktop.workbench().endpoints()->all().constLast().id.toString(
                        QUuid::WithoutBraces));
                desktop.press(Qt::Key_L, Qt::ControlModifier);
                QTest::qWait(300);
                desktop.type(u"support"_s);
                return made;
            }},
        {u"compare-no-endpoint"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 2);
                compare(desktop).focused()->chat()->setSetup({});
                return made;
            }},
        {u"compare-prices"_s, false,
            [](Desktop &desktop) {
                const bool shown = askLanes(desktop, 3);
                PriceTable &prices = *compare(desktop).prices();
                prices.setPrompt(prices.rowCount() - 1, u"0.5"_s);
                prices.setOutput(prices.rowCount() - 1, u"1.5"_s);
                prices.setCurrency(prices.rowCount() - 1, u"€"_s);
                QTest::qWait(300);
                desktop.click(u"costChip"_s);
                return shown;
            }},
        {u"compare-menu"_s, false,
            [](Desktop &desktop) {
                const bool shown = askLanes(desktop, 2);
                compare(desktop).saveSet(u"Candidates"_s);
                const bool saved
                    = Desktop::until([&] { return compare(desktop).sets()->count() == 1; });
                desktop.click(u"lanesButton"_s);
                return shown && saved;
            }},
    };
}

} // namespace Lorikeet
