// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the timeline costs, with the real view on the display it is given:
//   bench_timeline open [MESSAGES]        a session until its first frame, and until all is
//   measured bench_timeline stream [TOK_PER_S]     a 64,000-character answer at a speed
//   bench_timeline scroll [MESSAGES]      through a session, half a screen a frame
// Times of frames are processor time of the GUI thread, so that other work does not count.

#include "sampleanswers.h"
#include "timeline/timelinemodel.h"
#include "timeline/timelineview.h"

#include <BreezeIcons>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

namespace {

double threadMilliseconds()
{
    timespec time = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double residentMegabytes()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) {
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
        }
    }
    return 0;
}

/// GUI-thread time from the end of one frame to the end of the next.
class Frames final : public QObject
{
public:
    explicit Frames(QQuickWindow *window)
    {
        connect(window, &QQuickWindow::frameSwapped, this, [this] {
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

    void report(const char *what)
    {
        std::sort(m_times.begin(), m_times.end());
        double sum = 0;
        for (const double time : m_times) {
            sum += time;
        }
        const auto at = [&](double share) {
            return m_times.empty() ? 0 : m_times[std::size_t(double(m_times.size() - 1) * share)];
        };
        std::printf("%s: %zu frames, GUI thread %.2f ms a frame (p50 %.2f, p95 %.2f, worst %.2f)\n",
            what, m_times.size(), m_times.empty() ? 0 : sum / double(m_times.size()), at(0.5),
            at(0.95), at(1));
    }

    [[nodiscard]] std::size_t count() const { return m_times.size(); }

private:
    std::vector<double> m_times;
    double m_last = 0;
};

/// Turns the event loop until `done`.
template<typename Done>
void spin(Done done)
{
    while (!done()) {
        QCoreApplication::processEvents();
        QThread::msleep(1);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    BreezeIcons::initIcons();
    QQuickStyle::setStyle(u"Fusion"_s);
    const QString mode = application.arguments().value(1, u"open"_s);
    const int number = application.arguments().value(2).toInt();

    TimelineModel model;
    QQmlApplicationEngine engine;
    engine.setInitialProperties({{u"model"_s, QVariant::fromValue(&model)}, {u"dark"_s, false},
        {u"zoom"_s, 1.0}, {u"width"_s, 900}, {u"height"_s, 900}});
    engine.loadFromModule("LorikeetSamples", "TimelineSample");
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
    auto *view = window->findChild<TimelineView *>();
    Frames frames(window);
    window->update();
    spin([&] { return frames.count() > 0; });
    const double before = residentMegabytes();

    if (mode == u"stream") {
        const int speed = number > 0 ? number : 300;
        TimelineEntry entry = SampleAnswers::answer({});
        entry.node.state = ChatNode::State::Streaming;
        model.setPath({SampleAnswers::prompt(u"Write."_s), entry});
        const QString text = SampleAnswers::mixed(64'000);
        QElapsedTimer clock;
        clock.start();
        QTimer tokens;
        qsizetype sent = 0;
        QObject::connect(&tokens, &QTimer::timeout, &model, [&] {
            // Four characters a token, as many as are due.
            const auto due
                = std::min(text.size(), qsizetype(double(clock.elapsed()) / 1000 * speed * 4));
            model.appendText(entry.node.id, text.sliced(sent, due - sent), {});
            sent = due;
        });
        tokens.start(10);
        frames.begin();
        const double cpu = threadMilliseconds();
        spin([&] { return sent == text.size(); });
        tokens.stop();
        spin([&] { return !model.isBusy(); });
        const double seconds = double(clock.elapsed()) / 1000;
        frames.report("stream");
        std::printf("stream: %.1f s, GUI thread %.1f %% of a core, %d rows, %.0f MB more\n",
            seconds, (threadMilliseconds() - cpu) / seconds / 10, model.rowCount(),
            residentMegabytes() - before);
        return 0;
    }

    const QList<TimelineEntry> path = SampleAnswers::session(number > 0 ? number : 2000);
    qsizetype characters = 0;
    for (const TimelineEntry &entry : path) {
        characters += entry.node.message.content.size();
    }
    frames.begin();
    QElapsedTimer clock;
    clock.start();
    const double cpu = threadMilliseconds();
    model.setPath(path);
    const double set = double(clock.nsecsElapsed()) / 1e6;
    spin([&] { return frames.count() > 0; });
    std::printf(
        "open: %lld messages, %.1f MB of text: setPath %.1f ms, first frame after %.1f ms, of "
        "which the GUI thread worked %.1f ms\n",
        static_cast<long long>(path.size()), double(characters) * 2 / 1e6, set,
        double(clock.nsecsElapsed()) / 1e6, threadMilliseconds() - cpu);
    spin([&] { return !model.isBusy(); });
    std::printf("open: all parsed after %lld ms, content %.0f px\n",
        static_cast<long long>(clock.elapsed()), view->contentHeight());
    spin([&] { return view->isMeasured() || clock.elapsed() > 50'000; });
    std::printf("open: all measured after %lld ms, content %.0f px, %d rows, %.0f MB more\n",
        static_cast<long long>(clock.elapsed()), view->contentHeight(), model.rowCount(),
        residentMegabytes() - before);
    frames.report("open");
    if (mode == u"scroll") {
        frames.begin();
        clock.restart();
        while (view->contentY() > 0 && clock.elapsed() < 20'000) {
            const std::size_t shown = frames.count();
            view->userScrollBy(-300);
            spin([&] { return frames.count() > shown; });
        }
        frames.report("scroll by 300 px");
    }
    return 0;
}
