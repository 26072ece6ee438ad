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
    Loop, ///< many streams, each of which begins anew once it has ended
};

struct Scenario
{
    Mode mode = Mode::Paced;
    int streams = 1;
    int events = 1; ///< of each stream; Mode::Single: requests, of one event each
    std::chrono::microseconds interval{20'000};
    int bodyBytes = 200; ///< of the prompt
    quint16 port = 0;
    int requests = 0; ///< Mode::Loop: in all
    std::chrono::microseconds firstDelay{0}; ///< until the first event, where they are paced
    int eventsAWrite = 16; ///< of the server, where they are not
    int eventsATurn = 128; ///< of the server on one connection, before it looks after the others
    int threads = 1; ///< of the client, where it has a choice
    bool pinned = false; ///< the server to the first processor, the client to the second

    [[nodiscard]] QStringList toArguments() const;
    [[nodiscard]] static Scenario fromArguments(const QStringList &arguments);
    /// The header that tells the stub server what to do, "x-bench", without its name.
    [[nodiscard]] QByteArray order() const;
};

/// To one of the processors, from 0, with all its threads; nothing where there is only one.
void pinTo(int processor);

/// Of this process, user and system time.
[[nodiscard]] Nanoseconds cpuTime();
/// Of this process.
[[nodiscard]] qint64 residentBytes();
/// As many files, and connections, as the system lets it have.
void raiseFileLimit();

/// Of a moment what fits into a count of tokens: microseconds of the monotonic clock, the lowest 30
/// bits. The stub server's counts are such: "prompt_tokens" is when it had the request,
/// "cached_tokens" and "reasoning_tokens" when it sent the first and the last event.
constexpr qint64 shortStampRange = qint64(1) << 30;

[[nodiscard]] inline qint64 shortStamp(TimePoint time)
{
    return std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch()).count()
        % shortStampRange;
}

/// From one to the other, which are less than nine minutes apart, in microseconds.
[[nodiscard]] inline double betweenShortStamps(qint64 from, qint64 to)
{
    const qint64 apart = (to - from + shortStampRange) % shortStampRange;
    return double(apart < shortStampRange / 2 ? apart : apart - shortStampRange);
}

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

/// 0 for none.
[[nodiscard]] double percentile(std::vector<double> values, double share);
/// The middle one; 0 for none.
[[nodiscard]] double median(std::vector<double> values);

} // namespace Lorikeet::Bench
