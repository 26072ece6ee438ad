// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/deadline.h"

#include <QThreadStorage>
#include <QTimer>

#include <algorithm>
#include <set>
#include <utility>

using namespace std::chrono_literals;

namespace Lorikeet {

/// The deadlines of one thread.
class DeadlineTable final
{
public:
    DeadlineTable()
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { onTimeout(); });
    }

    [[nodiscard]] static std::shared_ptr<DeadlineTable> ofThisThread()
    {
        // A thread that ends leaves the table to those of its deadlines that are still there.
        static QThreadStorage<std::shared_ptr<DeadlineTable>> tables;
        if (!tables.hasLocalData()) {
            tables.setLocalData(std::make_shared<DeadlineTable>());
        }
        return tables.localData();
    }

    void add(Deadline &deadline)
    {
        m_deadlines.emplace(*deadline.m_at, &deadline);
        arm();
    }

    void remove(Deadline &deadline) { m_deadlines.erase({*deadline.m_at, &deadline}); }

private:
    void onTimeout()
    {
        m_armed.reset();
        // What is set from here on waits for the next turn.
        const TimePoint now = Clock::now();
        while (!m_deadlines.empty() && m_deadlines.begin()->first <= now) {
            Deadline &due = *m_deadlines.begin()->second;
            m_deadlines.erase(m_deadlines.begin());
            due.m_at.reset();
            // A copy, since the call may destroy its deadline.
            const std::function<void()> passed = due.m_passed;
            arm(); // it may run an event loop
            passed();
        }
        arm();
    }

    void arm()
    {
        // A timer that fires too early costs less than setting it anew with each change.
        if (m_deadlines.empty() || (m_armed && *m_armed <= m_deadlines.begin()->first)) {
            return;
        }
        m_armed = m_deadlines.begin()->first;
        const auto left = std::chrono::ceil<Milliseconds>(*m_armed - Clock::now());
        m_timer.start(std::clamp<Milliseconds>(left, 0ms, 1h));
    }

    using Entry = std::pair<TimePoint, Deadline *>;

    std::set<Entry> m_deadlines;
    QTimer m_timer;
    std::optional<TimePoint> m_armed; ///< when m_timer fires, or earlier
};

Deadline::Deadline(std::function<void()> passed)
    : m_table(DeadlineTable::ofThisThread())
    , m_passed(std::move(passed))
{ }

Deadline::~Deadline() { clear(); }

void Deadline::set(TimePoint at)
{
    clear();
    m_at = std::max(at, Clock::now() + 1ns);
    m_table->add(*this);
}

void Deadline::clear()
{
    if (m_at) {
        m_table->remove(*this);
        m_at.reset();
    }
}

} // namespace Lorikeet
