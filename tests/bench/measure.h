// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace Lorikeet::Bench {

enum class Mode {
    Paced, ///< many streams, an event each every `interval`
    Bulk, ///< many streams, events as fast as they go
    Single, ///< one request after the other over a warm connection
    Open, ///< all streams started in one instant, over new connections
};

struct Scenario
{
    Mode mode = Mode::Paced;
    int streams = 1;
    int events = 1; ///< of each stream; Mode::Single: requests, of one event each
    std::chrono::microseconds interval{20'000};
    int bodyBytes = 200; ///< of the prompt
    quint16 port = 0;

    [[nodiscard]] QStringList toArguments() const;
    [[nodiscard]] static Scenario fromArguments(const QStringList &arguments);
    /// The header that tells the stub server what to do, "x-bench", without its name.
    [[nodiscard]] QByteArray order() const;
};

/// The text of each event: when the server had the whole request, and when it sent the event, in
/// nanoseconds of the monotonic clock, which all processes of a machine share.
struct Stamps
{
    TimePoint received;
    TimePoint sent;
};

constexpr int stampDigits = 19;

[[nodiscard]] inline qint64 digit(char character) { return character - '0'; }

[[nodiscard]] inline qint64 digit(QChar character) { return character.unicode() - u'0'; }

template<typename Text>
[[nodiscard]] std::optional<Stamps> readStamps(const Text &text)
{
    if (text.size() < 2 * stampDigits + 1) {
        return {};
    }
    const auto number = [&text](qsizetype from) {
        qint64 value = 0;
        for (qsizetype i = from; i < from + stampDigits; ++i) {
            value = value * 10 + digit(text[i]);
        }
        return TimePoint(Nanoseconds(value));
    };
    return Stamps{number(0), number(stampDigits + 1)};
}

/// What one run of one client measured, joined from what it tells while it runs.
class Measurement final
{
public:
    explicit Measurement(const Scenario &scenario);

    /// Call before the first request is made.
    void begin();
    /// One event: when its bytes came, and when the program got to see them.
    void event(const Stamps &stamps, TimePoint at, TimePoint seen);
    /// Mode::Single: the first event of a request that was handed over at `start`.
    void firstToken(TimePoint start, const Stamps &stamps, TimePoint at);
    /// Mode::Open: a request was written.
    void requestSent(TimePoint at);
    /// Mode::Open: all streams are open now.
    void allOpen();

    [[nodiscard]] QJsonObject result();

private:
    /// Paced runs are measured after they have settled, and before they fade out.
    void updateWindow(TimePoint now);

    Scenario m_scenario;
    TimePoint m_start;
    std::vector<double> m_latencies; ///< microseconds
    std::vector<double> m_seen;
    std::vector<double> m_overheads;
    qint64 m_events = 0;
    bool m_inWindow = false;
    bool m_windowOver = false;
    Nanoseconds m_cpuAtStart{};
    Nanoseconds m_cpu{};
    TimePoint m_windowStart;
    Nanoseconds m_windowLength{};
    TimePoint m_lastSent;
    qint64 m_memoryAtStart = 0;
    qint64 m_memory = 0;
};

/// The middle one; 0 for none.
[[nodiscard]] double median(std::vector<double> values);

} // namespace Lorikeet::Bench
