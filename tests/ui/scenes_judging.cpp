// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Who judges answers, people and models, and what comes of it.

#include "scenes.h"

#include <QQuickItem>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const QString question = u"Classify this ticket and answer as JSON: charged twice for March."_s;

CompareController &compare(Desktop &desktop) { return *desktop.workbench().compare(); }

/// Lanes' answers, and what a model said of them.
bool judged(Desktop &desktop, int count)
{
    const bool answered = askLanes(desktop, count);
    ModelJudge &judge = *compare(desktop).judge();
    judge.setShown(true);
    judge.run();
    return answered && Desktop::until([&judge] { return judge.isJudged(); });
}

} // namespace

QList<Scene> judgingScenes()
{
    return {
        {u"compare-blind"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 3);
                compare(desktop).judging()->setBlind(true);
                desktop.send(question);
                return made
                    && Desktop::until([&] { return compare(desktop).judging()->isReady(); });
            }},
        {u"compare-blind-waiting"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 2);
                compare(desktop).judging()->setBlind(true);
                desktop.send(u"Write a long guide to adapters, with code."_s);
                QTest::qWait(1500);
                return made && compare(desktop).isRunning();
            },
            u"local-7b"_s},
        {u"compare-revealed"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 3);
                CompareJudging &judging = *compare(desktop).judging();
                judging.setBlind(true);
                desktop.send(question);
                const bool ready = Desktop::until([&judging] { return judging.isReady(); });
                judging.prefer(1);
                return made && ready;
            }},
        {u"compare-order"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 3);
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
        {u"compare-judged"_s, false, [](Desktop &desktop) { return judged(desktop, 3); }},
        {u"compare-judged-2"_s, false, [](Desktop &desktop) { return judged(desktop, 2); }},
        {u"compare-judged-6"_s, false, [](Desktop &desktop) { return judged(desktop, 6); }},
        {u"compare-judging"_s, false,
            [](Desktop &desktop) {
                const bool answered = askLanes(desktop, 3);
                ModelJudge &judge = *compare(desktop).judge();
                judge.setShown(true);
                judge.run();
                return answered && Desktop::until([&judge] { return judge.progress() > 0.3; });
            },
            u"local-7b"_s},
        {u"compare-judged-pairs"_s, false,
            [](Desktop &desktop) {
                const bool shown = judged(desktop, 3);
                QTest::qWait(300);
                desktop.click(u"judgedPairsButton"_s);
                return shown;
            }},
        {u"compare-judge"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 2);
                compare(desktop).judge()->setShown(true);
                QTest::qWait(300);
                desktop.click(u"judgeSetupButton"_s);
                return made;
            }},
        {u"compare-judging-failed"_s, false,
            [](Desktop &desktop) {
                const bool answered = askLanes(desktop, 2);
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
                const bool shown = judged(desktop, 3);
                QTest::qWait(300);
                desktop.click(u"modelRatingsButton"_s);
                return shown;
            }},
        {u"compare-verdict"_s, false,
            [](Desktop &desktop) {
                const bool made = showLanes(desktop, 3);
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
    };
}

} // namespace Lorikeet
