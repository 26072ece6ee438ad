// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the compare page costs while its lanes answer, in the real window on the display it is
// given:
//   bench_compare [LANES [TOK_PER_S [SECONDS [WIDTH HEIGHT]]]]      6 100 20 1440 900
// Ends with 1 where a bar is missed. Shares and frames are processor time of the GUI thread, so
// that other work does not count; with the software renderer that is drawing, too.

#include "desktop.h"
#include "translations.h"

#include <BreezeIcons>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQuickStyle>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

namespace {

constexpr double mostOfACore = 35; // %
constexpr double longestFrame = 50; // ms

double threadMilliseconds()
{
    timespec time = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// GUI-thread time from the end of one frame to the end of the next.
class Frames final : public QObject
{
public:
    explicit Frames(QQuickWindow &window)
    {
        connect(&window, &QQuickWindow::frameSwapped, this, [this] {
            const double now = threadMilliseconds();
            m_times.push_back(now - m_last);
            m_last = now;
        });
    }

    void begin()
    {
        m_times.clear();
        m_last = threadMilliseconds();
    }

    [[nodiscard]] std::vector<double> sorted() const
    {
        std::vector<double> times = m_times;
        std::ranges::sort(times);
        return times;
    }

private:
    std::vector<double> m_times;
    double m_last = 0;
};

/// So many lanes that answer until they are stopped, each another adapter as long as there are
/// some.
bool makeLanes(Desktop &desktop, int count)
{
    if (!Desktop::until([&] { return desktop.workbench().setup()->picker()->count() > 0; })) {
        return false;
    }
    desktop.toCompare();
    CompareController &compare = *desktop.workbench().compare();
    compare.compareAdapters();
    while (compare.laneCount() > count) {
        compare.closeLane(compare.laneCount() - 1);
    }
    while (compare.laneCount() < count) {
        compare.addLane();
    }
    for (CompareLane *lane : compare.lanes()->lanes()) {
        ChatSetup setup = lane->chat()->setup();
        setup.parameters = {{u"max_tokens"_s, 7000}, {u"ignore_eos"_s, true}};
        lane->chat()->setSetup(setup);
    }
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    BreezeIcons::initIcons();
    installTranslations(application);
    QQuickStyle::setStyle(u"Fusion"_s);
    const QStringList arguments = QGuiApplication::arguments();
    const auto number = [&arguments](qsizetype place, int fallback) {
        const int typed = arguments.value(place).toInt();
        return typed > 0 ? typed : fallback;
    };
    const int lanes = std::min(number(1, 6), 6);
    const int speed = number(2, 100);
    const int seconds = number(3, 20);

    Desktop desktop(SimulatorOptions{
        .server = {}, .timing = {.interToken = Nanoseconds(1'000'000'000 / speed)}, .model = {}});
    if (!desktop.start(false) || !makeLanes(desktop, lanes)) {
        std::fputs("The window did not come up.\n", stderr);
        return 2;
    }
    desktop.window().resize(number(4, 1440), number(5, 900));
    CompareController &compare = *desktop.workbench().compare();
    desktop.send(u"Write a long guide to adapters, with code, lists and tables."_s);
    // Until all write and what comes up with an answer stands.
    QTest::qWait(2000);

    const auto written = [&compare] {
        qsizetype characters = 0;
        for (const CompareLane *lane : compare.lanes()->lanes()) {
            const auto answers = lane->answers();
            characters += answers.isEmpty() ? 0 : answers.constLast()->message.content.size();
        }
        return characters;
    };
    Frames frames(desktop.window());
    const qsizetype before = written();
    QElapsedTimer clock;
    clock.start();
    frames.begin();
    const double cpu = threadMilliseconds();
    QTest::qWait(seconds * 1000);
    const double share = (threadMilliseconds() - cpu) / (double(clock.nsecsElapsed()) / 1e6) * 100;
    const std::vector<double> times = frames.sorted();
    const auto running = std::ranges::count_if(
        compare.lanes()->lanes(), [](const CompareLane *lane) { return lane->chat().isRunning(); });
    if (running != lanes || times.empty()) {
        std::fprintf(stderr, "Only %d of %d lanes answered all the time.\n", int(running), lanes);
        return 2;
    }
    const auto at
        = [&times](double part) { return times[std::size_t(double(times.size() - 1) * part)]; };
    std::printf("%d lanes at %d tok/s, %dx%d: %.0f characters a second in all\n", lanes, speed,
        desktop.window().width(), desktop.window().height(),
        double(written() - before) / double(seconds));
    std::printf("GUI thread %.1f %% of a core (bar %.0f %%)\n", share, mostOfACore);
    std::printf(
        "%zu frames: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms (bar %.0f ms)\n",
        times.size(), at(0.5), at(0.95), at(0.99), at(1), longestFrame);
    compare.stop();
    return share <= mostOfACore && at(1) <= longestFrame ? 0 : 1;
}
