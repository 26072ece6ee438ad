// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "livestatus.h"

#include "base/durationtext.h"

#include <QStringList>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// "182 ms / 240 ms"; a dash where there is none.
QString pair(const std::optional<Nanoseconds> &median, const std::optional<Nanoseconds> &high)
{
    return median && high ? durationText(*median) + u" / "_s + durationText(*high) : u"–"_s;
}

} // namespace

LiveStatus::LiveStatus()
    : m_isTerminal(::isatty(STDERR_FILENO) == 1)
{ }

LiveStatus::~LiveStatus() { clear(); }

Milliseconds LiveStatus::interval() const { return Milliseconds(m_isTerminal ? 250 : 1000); }

void LiveStatus::show(const QString &title, Nanoseconds elapsed, const LiveState &state)
{
    const QByteArray line = text(title, elapsed, state).toUtf8();
    std::fprintf(stderr, m_isTerminal ? "\r%s\x1b[K" : "%s\n", line.constData());
    std::fflush(stderr);
    m_isShown = m_isTerminal;
}

void LiveStatus::clear()
{
    if (m_isShown) {
        std::fputs("\r\x1b[K", stderr);
        std::fflush(stderr);
        m_isShown = false;
    }
}

QString LiveStatus::text(const QString &title, Nanoseconds elapsed, const LiveState &state)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(elapsed).count();
    QStringList parts{
        u"%1 s"_s.arg(std::max<qint64>(seconds, 0)), u"%1 running"_s.arg(state.running)};
    const QString requests = u"%1 req/s"_s.arg(state.requestRate, 0, 'f', 1);
    if (state.itemRate) {
        parts += {u"%1 items/s"_s.arg(*state.itemRate, 0, 'f', 0), requests,
            u"e2e p50/p95 %1"_s.arg(pair(state.totalP50, state.totalP95))};
    } else {
        parts += {u"%1 tok/s"_s.arg(state.tokenRate, 0, 'f', 0), requests,
            u"TTFT p50/p95 %1"_s.arg(pair(state.firstTokenP50, state.firstTokenP95)),
            u"ITL %1"_s.arg(pair(state.gapP50, state.gapP95))};
    }
    parts += u"%1 answered"_s.arg(state.answered);
    if (state.failed > 0) {
        parts += u"%1 failed"_s.arg(state.failed);
    }
    if (!title.isEmpty()) {
        parts.prepend(title);
    }
    return parts.join(u"  "_s);
}

} // namespace Lorikeet
