// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The load page: set up, live, read, and what goes wrong.

#include "base/random.h"
#include "scenes.h"

#include <QFile>
#include <QJsonObject>
#include <QQuickItem>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

LoadController &load(Desktop &desktop) { return *desktop.workbench().load(); }

bool toLoad(Desktop &desktop)
{
    desktop.press(Qt::Key_3, Qt::ControlModifier);
    return Desktop::until([&desktop] { return desktop.item(u"loadShape"_s).isVisible(); });
}

LoadProfile profileOf(const LoadCurve &curve)
{
    LoadProfile profile;
    profile.plan.curve = curve;
    profile.plan.warmUp = 1s;
    profile.plan.grace = 1s;
    profile.plan.objective = serviceObjectiveFrom(u"ttft_p95=60ms,itl_p99=40ms,errors=1%"_s)
                                 .value_or(ServiceObjective());
    profile.workload.lengths
        = {{.input = LengthDistribution::fixed(64), .output = LengthDistribution::fixed(48)}};
    return profile;
}

LoadBlock rate(double from, double to, Nanoseconds duration)
{
    return {.kind = LoadBlock::Kind::Rate, .duration = duration, .from = from, .to = to};
}

bool run(Desktop &desktop, const LoadProfile &profile)
{
    const bool ready = toLoad(desktop);
    load(desktop).setup()->setProfile(profile);
    if (!Desktop::until([&desktop] { return load(desktop).setup()->problem().isEmpty(); })) {
        return false;
    }
    load(desktop).start();
    return ready;
}

bool whole(Desktop &desktop, const LoadProfile &profile)
{
    return run(desktop, profile)
        && Desktop::until([&desktop] { return load(desktop).state() == LoadController::Done; });
}

LoadProfile mixed()
{
    LoadProfile profile = profileOf({rate(20, 20, 6s)});
    for (const auto &[name, weight] : {std::pair{u"support-v3"_s, 3.0}, {u"sql-expert"_s, 1.0}}) {
        MixChoice choice;
        choice.adapter.id = name;
        choice.weight = weight;
        profile.workload.mix.choices.append(choice);
    }
    profile.workload.mix.choices.append({.name = u"base model"_s, .weight = 1});
    return profile;
}

/// Answers that are thought over, at a server that stalls now and then.
bool thoughtOver(Desktop &desktop)
{
    const bool there = toLoad(desktop);
    ChatSetup setup = load(desktop).chat()->setup();
    setup.extraBody = {{u"chat_template_kwargs"_s, QJsonObject{{u"enable_thinking"_s, true}}}};
    load(desktop).chat()->setSetup(setup);
    LoadProfile profile = profileOf({rate(4, 4, 6s)});
    profile.plan.stallThreshold = 45ms;
    profile.plan.grace = 10s;
    profile.workload.lengths[0].output = LengthDistribution::fixed(120);
    return there && whole(desktop, profile);
}

bool showView(Desktop &desktop, int index)
{
    QMetaObject::invokeMethod(&desktop.item(u"loadViews"_s), "chosen", Q_ARG(int, index));
    return true;
}

bool openRequest(Desktop &desktop, int downs)
{
    showView(desktop, 2);
    QMetaObject::invokeMethod(&desktop.item(u"loadRequests"_s), "forceActiveFocus");
    for (int i = 0; i < downs; ++i) {
        desktop.press(Qt::Key_Down);
    }
    desktop.press(Qt::Key_Return);
    return Desktop::until([&desktop] { return desktop.item(u"requestDrawer"_s).isVisible(); });
}

/// A rise, a quiet while, and a peak, recorded.
bool drawTrace(Desktop &desktop)
{
    const bool there = toLoad(desktop);
    static const QTemporaryDir folder;
    QFile file(folder.filePath(u"evening.jsonl"_s));
    if (!file.open(QIODevice::WriteOnly)) {
        return false;
    }
    Random random(7);
    double at = 0;
    for (int i = 0; i < 2400; ++i) {
        const double minutes = at / 60;
        const double perSecond = 2 + 1.5 * std::sin(minutes) + (minutes > 7 ? 6 : 0);
        at += random.exponential() / perSecond;
        file.write("{\"timestamp\":" + QByteArray::number(qRound64(at * 1000))
            + ",\"input_length\":800,\"output_length\":120}\n");
    }
    file.close();
    load(desktop).setup()->useTrace();
    load(desktop).setup()->setFile(file.fileName());
    return there
        && Desktop::until([&desktop] { return !load(desktop).setup()->traceText().isEmpty(); });
}

} // namespace

QList<Scene> loadScenes()
{
    const LoadCurve curve{{.kind = LoadBlock::Kind::Users, .duration = 20s, .from = 4, .to = 4},
        rate(4, 16, 30s), rate(16, 16, 20s), {.kind = LoadBlock::Kind::Pause, .duration = 8s},
        rate(40, 40, 6s),
        {.kind = LoadBlock::Kind::Rate, .duration = 30s, .from = 5, .to = 25, .steps = 5}};
    return {
        {u"load-setup"_s, false,
            [curve](Desktop &desktop) {
                const bool there = toLoad(desktop);
                load(desktop).setup()->setProfile(profileOf(curve));
                return there;
            }},
        {u"load-blank"_s, false, [](Desktop &desktop) { return toLoad(desktop); }},
        {u"load-problem"_s, false,
            [curve](Desktop &desktop) {
                LoadProfile profile = profileOf(curve);
                profile.workload.kind = LoadWorkload::Kind::File;
                profile.workload.file = u"/nowhere/prompts.jsonl"_s;
                const bool there = toLoad(desktop);
                load(desktop).setup()->setProfile(profile);
                load(desktop).setup()->setObjective(u"ttft_95=1"_s);
                return there && Desktop::until([&desktop] {
                    return !load(desktop).setup()->workloadProblem().isEmpty();
                });
            }},
        {u"load-mix"_s, false,
            [](Desktop &desktop) {
                const bool there = toLoad(desktop);
                load(desktop).setup()->setProfile(mixed());
                return there;
            }},
        {u"load-limit-setup"_s, false,
            [](Desktop &desktop) {
                const bool there = toLoad(desktop);
                LoadProfile profile = profileOf({rate(4, 4, 10s)});
                profile.sweep = SweepPlan{.repeats = usualRepeats};
                load(desktop).setup()->setProfile(profile);
                return there;
            }},
        {u"load-trace"_s, false, [](Desktop &desktop) { return drawTrace(desktop); }},
        {u"load-trace-alone"_s, false,
            [](Desktop &desktop) {
                const bool drawn = drawTrace(desktop);
                load(desktop).setup()->playTraceAlone();
                return drawn;
            }},
        // Where the window is low, the keys bring the fields of the blocks in sight.
        {u"load-trace-fields"_s, false,
            [](Desktop &desktop) {
                const bool drawn = drawTrace(desktop);
                desktop.item(u"addTrace"_s).forceActiveFocus(Qt::TabFocusReason);
                return drawn;
            }},
        {u"load-trace-problem"_s, false,
            [](Desktop &desktop) {
                const bool drawn = drawTrace(desktop);
                load(desktop).setup()->useTrace(); // nothing is left for this one
                desktop.item(u"addTrace"_s).forceActiveFocus(Qt::TabFocusReason);
                return drawn && Desktop::until([&desktop] {
                    return desktop.item(u"loadShapeProblem"_s).isVisible();
                });
            }},
        {u"load-presets"_s, false,
            [](Desktop &desktop) {
                const bool there = toLoad(desktop);
                for (const QString &name : {u"Night shift"_s, u"Before the release"_s}) {
                    load(desktop).presets()->save(name);
                }
                load(desktop).presets()->save(u"Night shift"_s);
                desktop.click(u"presetsButton"_s);
                return there
                    && Desktop::until([&desktop] { return desktop.has(u"removePreset"_s); });
            }},
        {u"load-calibration"_s, false,
            [](Desktop &desktop) {
                const bool there = toLoad(desktop);
                desktop.click(u"calibrateButton"_s);
                desktop.click(u"startCalibration"_s);
                return there && Desktop::until([&desktop] {
                    return load(desktop).calibration()->steps().size() == 1;
                });
            }},
        {u"load-live"_s, false,
            [](Desktop &desktop) {
                return run(desktop, profileOf({rate(5, 40, 20s)}))
                    && Desktop::until([&desktop] { return load(desktop).progress() > 0.55; });
            },
            u"local-7b"_s},
        {u"load-results"_s, false, [](Desktop &desktop) { return whole(desktop, mixed()); }},
        {u"load-charts"_s, false,
            [](Desktop &desktop) {
                return whole(desktop, profileOf({rate(10, 40, 6s), rate(20, 20, 4s)}))
                    && showView(desktop, 0);
            },
            u"local-7b"_s},
        {u"load-adapters"_s, false,
            [](Desktop &desktop) {
                LoadProfile profile = mixed();
                profile.plan.curve = {rate(4, 4, 20s)};
                const bool done = whole(desktop, profile) && showView(desktop, 0);
                desktop.item(u"chartChoiceTokens"_s).forceActiveFocus(Qt::TabFocusReason);
                return done;
            },
            u"local-7b"_s},
        {u"load-latency"_s, false,
            [](Desktop &desktop) {
                return whole(desktop, profileOf({rate(10, 40, 6s), rate(20, 20, 4s)}))
                    && showView(desktop, 1);
            },
            u"local-7b"_s},
        {u"load-request"_s, false,
            [](Desktop &desktop) { return whole(desktop, mixed()) && openRequest(desktop, 2); }},
        {u"load-tokens"_s, false,
            [](Desktop &desktop) {
                const bool done = thoughtOver(desktop) && openRequest(desktop, 3);
                desktop.item(u"tokenLane"_s).forceActiveFocus(Qt::TabFocusReason);
                desktop.press(Qt::Key_End);
                desktop.press(Qt::Key_Left, Qt::ControlModifier);
                return done;
            },
            u"local-7b"_s},
        {u"load-answer"_s, false,
            [](Desktop &desktop) {
                const bool done = thoughtOver(desktop) && openRequest(desktop, 3);
                desktop.item(u"requestAnswer"_s).forceActiveFocus(Qt::TabFocusReason);
                return done;
            },
            u"local-7b"_s},
        {u"load-limit"_s, false,
            [](Desktop &desktop) {
                LoadProfile profile = profileOf({rate(4, 4, 10s)});
                profile.plan.objective
                    = serviceObjectiveFrom(u"ttft_p95=2s"_s).value_or(ServiceObjective());
                profile.sweep = SweepPlan{.from = 1,
                    .most = 16,
                    .stage = 2s,
                    .warmUp = 500ms,
                    .refinements = 1,
                    .repeats = 2};
                profile.workload.lengths[0].output = LengthDistribution::fixed(12);
                return whole(desktop, profile);
            },
            u"local-7b"_s},
        {u"load-error"_s, false,
            [](Desktop &desktop) {
                desktop.stopServer();
                return whole(desktop, profileOf({rate(20, 20, 5s)}));
            }},
        {u"load-history"_s, false,
            [](Desktop &desktop) {
                bool done = whole(desktop, profileOf({rate(10, 10, 3s)}));
                load(desktop).runAgain();
                done = done && Desktop::until([&desktop] {
                    return load(desktop).state() == LoadController::Done;
                });
                desktop.click(u"loadHistoryButton"_s);
                return done
                    && Desktop::until([&desktop] { return load(desktop).history()->count() == 2; });
            }},
        {u"load-comparing"_s, false,
            [](Desktop &desktop) {
                LoadProfile profile = profileOf({rate(8, 8, 8s)});
                profile.workload.lengths[0].output = LengthDistribution::fixed(12);
                bool done = whole(desktop, profile);
                profile.plan.curve = {rate(14, 14, 8s)};
                load(desktop).setup()->setProfile(profile);
                load(desktop).start();
                done = done && Desktop::until([&desktop] {
                    return load(desktop).state() == LoadController::Done;
                });
                desktop.click(u"loadHistoryButton"_s);
                LoadHistoryList &history = *load(desktop).history();
                done = done && Desktop::until([&history] { return history.count() == 2; });
                history.tick(1, true);
                history.tick(0, true);
                desktop.click(u"compareRunsButton"_s);
                return done
                    && Desktop::until([&desktop] { return load(desktop).comparing()->isShown(); });
            },
            u"local-7b"_s},
    };
}

} // namespace Lorikeet
