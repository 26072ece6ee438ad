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

/// So many lanes, each another adapter as long as there are some.
bool lanes(Desktop &desktop, int count)
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

bool asked(Desktop &desktop, int count)
{
    const bool made = lanes(desktop, count);
    desktop.send(question);
    return made && untilCompared(desktop);
}

bool compared(Desktop &desktop, int count)
{
    const bool answered = asked(desktop, count);
    compare(desktop).diff()->setShown(true);
    const CompareLane &last = *compare(desktop).lanes()->lanes().constLast();
    return answered && Desktop::until([&] { return !last.likeness().isEmpty(); });
}

/// Every lane answers with an object and nothing else.
bool comparedAsJson(Desktop &desktop, int count)
{
    const bool made = lanes(desktop, count);
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
    const bool made = lanes(desktop, 2);
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

/// Three lanes' answers, and what a model said of them.
bool judged(Desktop &desktop)
{
    const bool answered = asked(desktop, 3);
    ModelJudge &judge = *compare(desktop).judge();
    judge.setShown(true);
    judge.run();
    return answered && Desktop::until([&judge] { return judge.isJudged(); });
}

} // namespace

QList<Scene> compareScenes()
{
    return {
        {u"compare-blank"_s, false, [](Desktop &desktop) { return lanes(desktop, 2); }},
        {u"compare-1"_s, false, [](Desktop &desktop) { return asked(desktop, 1); }},
        {u"compare-2"_s, false, [](Desktop &desktop) { return asked(desktop, 2); }},
        {u"compare-3"_s, false, [](Desktop &desktop) { return asked(desktop, 3); }},
        {u"compare-6"_s, false, [](Desktop &desktop) { return asked(desktop, 6); }},
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
                const bool made = lanes(desktop, 3);
                desktop.send(u"Write a long guide to adapters, with code."_s);
                QTest::qWait(1500);
                return made && compare(desktop).isRunning();
            },
            u"local-7b"_s},
        {u"compare-blind"_s, false,
            [](Desktop &desktop) {
                const bool made = lanes(desktop, 3);
                compare(desktop).judging()->setBlind(true);
                desktop.send(question);
                return made
                    && Desktop::until([&] { return compare(desktop).judging()->isReady(); });
            }},
        {u"compare-order"_s, false,
            [](Desktop &desktop) {
                const bool made = lanes(desktop, 3);
                CompareJudging &judging = *compare(desktop).judging();
                judging.setBlind(true);
                judging.setRanks(true);
                desktop.send(question);
                const bool ready = Desktop::until([&judging] { return judging.isReady(); });
                desktop.item(u"verdictBar"_s).forceActiveFocus();
                desktop.press(Qt::Key_2);
                desktop.press(Qt::Key_1);
                return made && ready;
            }},
        {u"compare-judged"_s, false, judged},
        {u"compare-judged-pairs"_s, false,
            [](Desktop &desktop) {
                const bool shown = judged(desktop);
                QTest::qWait(300);
                desktop.click(u"judgedPairsButton"_s);
                return shown;
            }},
        {u"compare-judge"_s, false,
            [](Desktop &desktop) {
                const bool made = lanes(desktop, 2);
                compare(desktop).judge()->setShown(true);
                QTest::qWait(300);
                desktop.click(u"judgeSetupButton"_s);
                return made;
            }},
        {u"compare-judging-failed"_s, false,
            [](Desktop &desktop) {
                const bool answered = asked(desktop, 2);
                ModelJudge &judge = *compare(desktop).judge();
                judge.setShown(true);
                ChatSetup setup = judge.chat()->setup();
                setup.model = u"fault/429"_s;
                judge.chat()->setSetup(setup);
                judge.run();
                return answered && Desktop::until([&judge] { return !judge.error().isEmpty(); });
            }},
        {u"compare-model-ratings"_s, false,
            [](Desktop &desktop) {
                const bool shown = judged(desktop);
                QTest::qWait(300);
                desktop.click(u"modelRatingsButton"_s);
                return shown;
            }},
        {u"compare-verdict"_s, false,
            [](Desktop &desktop) {
                const bool made = lanes(desktop, 3);
                CompareJudging &judging = *compare(desktop).judging();
                judging.setBlind(true);
                for (int round = 0; round < 3; ++round) {
                    desktop.send(question);
                    if (!Desktop::until([&] { return judging.isReady(); })) {
                        return false;
                    }
                    judging.prefer(round % 2);
                }
                QTest::qWait(300);
                desktop.click(u"ratingsButton"_s);
                return made;
            }},
        {u"compare-prices"_s, false,
            [](Desktop &desktop) {
                const bool shown = asked(desktop, 3);
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
                const bool shown = asked(desktop, 2);
                compare(desktop).saveSet(u"Candidates"_s);
                const bool saved
                    = Desktop::until([&] { return compare(desktop).sets()->count() == 1; });
                desktop.click(u"lanesButton"_s);
                return shown && saved;
            }},
    };
}

} // namespace Lorikeet
