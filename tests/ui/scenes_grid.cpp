// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The grid page: set up, running, done, and one row of it.

#include "scenes.h"

#include <QQuickItem>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

GridController &grid(Desktop &desktop) { return *desktop.workbench().grid(); }

void demand(Desktop &desktop, int kind, const QString &value)
{
    GridAssertions &assertions = *grid(desktop).assertions();
    assertions.add();
    assertions.setKind(assertions.count() - 1, kind);
    assertions.setValue(assertions.count() - 1, value);
}

bool setUp(Desktop &desktop, int lanes)
{
    const AdapterPicker &picker = *desktop.workbench().setup()->picker();
    const bool listed = Desktop::until([&picker] { return picker.count() > 0; });
    CompareController &compare = *desktop.workbench().compare();
    compare.compareAdapters();
    while (compare.laneCount() < lanes) {
        compare.addLane();
    }
    while (compare.laneCount() > lanes) {
        compare.closeLane(compare.laneCount() - 1);
    }
    desktop.item(u"laneUndoBar"_s).setVisible(false);
    desktop.press(Qt::Key_4, Qt::ControlModifier);
    grid(desktop).setSource(u"id,prompt,expected\nlate,My parcel is late. Which department?,a\n"
                            "twice,I was charged twice for March. Which department?,e\n"
                            "login,I cannot log in since the update. Which department?,the\n"
                            "offer,What would 500 seats cost? Which department?,zz\n"
                            "broken,The screen arrived broken. Which department?,o\n"
                            "invoice,Please send the invoice again. Which department?,i\n"_s);
    grid(desktop).setSamples(3);
    demand(desktop, GridAssertions::Contains, u"{{ expected }}"_s);
    demand(desktop, GridAssertions::MaxTokens, u"120"_s);
    return listed && Desktop::until([&desktop] {
        return grid(desktop).cells()->prompts() == 6
            && grid(desktop).cells()->plan().assertions.size() == 2;
    });
}

bool done(Desktop &desktop, int lanes)
{
    const bool ready = setUp(desktop, lanes);
    grid(desktop).start();
    return ready && Desktop::until([&desktop] {
        return !grid(desktop).isRunning() && !grid(desktop).figures().empty();
    });
}

} // namespace

QList<Scene> gridScenes()
{
    return {
        {u"grid-blank"_s, false,
            [](Desktop &desktop) {
                desktop.press(Qt::Key_4, Qt::ControlModifier);
                return true;
            }},
        {u"grid-setup"_s, false, [](Desktop &desktop) { return setUp(desktop, 3); }},
        {u"grid-problem"_s, false,
            [](Desktop &desktop) {
                const bool ready = setUp(desktop, 2);
                demand(desktop, GridAssertions::Regex, u"[a-z"_s);
                return ready
                    && Desktop::until([&desktop] { return !grid(desktop).problem().isEmpty(); });
            }},
        {u"grid-done"_s, false, [](Desktop &desktop) { return done(desktop, 3); }},
        {u"grid-done-6"_s, false, [](Desktop &desktop) { return done(desktop, 6); }},
        {u"grid-running"_s, false,
            [](Desktop &desktop) {
                const bool ready = setUp(desktop, 3);
                grid(desktop).start();
                return ready && Desktop::until([&desktop] {
                    return grid(desktop).cells()->results().size() > 6;
                });
            },
            u"local-7b"_s},
        {u"grid-stopped"_s, false,
            [](Desktop &desktop) {
                const bool ready = setUp(desktop, 3);
                grid(desktop).start();
                const bool some = Desktop::until(
                    [&desktop] { return grid(desktop).cells()->results().size() > 6; });
                grid(desktop).stop();
                return ready && some
                    && Desktop::until([&desktop] { return !grid(desktop).isRunning(); });
            },
            u"local-7b"_s},
        {u"grid-history"_s, false,
            [](Desktop &desktop) {
                const bool shown = done(desktop, 2);
                desktop.click(u"gridHistoryButton"_s);
                return shown
                    && Desktop::until([&desktop] { return grid(desktop).history()->count() > 0; });
            }},
        {u"grid-check"_s, false,
            [](Desktop &desktop) {
                const bool shown = done(desktop, 2);
                desktop.click(u"gridCheckButton"_s);
                return shown;
            }},
        {u"grid-row"_s, false,
            [](Desktop &desktop) {
                const bool shown = done(desktop, 2);
                desktop.item(u"gridTable"_s).forceActiveFocus();
                desktop.press(Qt::Key_Down);
                desktop.press(Qt::Key_Return);
                return shown;
            }},
    };
}

} // namespace Lorikeet
