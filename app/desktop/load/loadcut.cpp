// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcut.h"

#include "charts/charttext.h"

#include <algorithm>
#include <cmath>

namespace Lorikeet {

namespace {

/// Shorter ones say nothing.
constexpr double leastLength = 0.1;

/// To the millisecond, which is finer than anybody cuts.
double rounded(double time) { return std::round(time * 1000) / 1000; }

} // namespace

LoadCut::LoadCut(QObject *parent)
    : QObject(parent)
    , m_from(new LoadNumber({}, this))
    , m_to(new LoadNumber({}, this))
{
    connect(m_from, &LoadNumber::changed, this, &LoadCut::changed);
    connect(m_to, &LoadNumber::changed, this, &LoadCut::changed);
}

QString LoadCut::steady() const
{
    return m_steady.isFound
        ? tr("%1 to %2")
              .arg(chartText(toSeconds(m_steady.window.from), ChartUnit::Duration),
                  chartText(toSeconds(m_steady.window.to), ChartUnit::Duration))
        : QString();
}

QString LoadCut::problem() const
{
    for (const LoadNumber *number : {m_from, m_to}) {
        if (!number->problem().isEmpty()) {
            return number->problem();
        }
    }
    return *m_to->value() - *m_from->value() < leastLength
        ? tr("The end has to be later than the beginning.")
        : QString();
}

void LoadCut::show(const LoadStage &stage)
{
    const LoadReport &report = stage.report;
    m_first = report.summary.window;
    m_isPossible = !stage.samples.empty();
    m_steady = steadyStateOf(report.timeline);
    m_length = std::max(toSeconds(m_first.to),
        toSeconds(LoadTimeline::tickLength) * double(report.timeline.ticks().size()));
    for (LoadNumber *number : {m_from, m_to}) {
        number->setLimits({.most = rounded(m_length)});
    }
    fill(m_first);
}

void LoadCut::moved(const LoadWindow &window) { fill(window); }

void LoadCut::fill(const LoadWindow &window)
{
    m_shown = window;
    m_from->set(rounded(toSeconds(window.from)));
    m_to->set(rounded(toSeconds(window.to)));
    Q_EMIT changed();
}

void LoadCut::want(double from, double to)
{
    if (to - from >= leastLength) {
        Q_EMIT wanted({.from = fromSeconds(from), .to = fromSeconds(to)});
    }
}

void LoadCut::apply()
{
    if (problem().isEmpty()) {
        want(*m_from->value(), *m_to->value());
    }
}

void LoadCut::toSpan(const ChartSpan *span)
{
    if (span && span->range()) {
        want(rounded(std::max(0.0, span->range()->from)),
            rounded(std::min(m_length, span->range()->to)));
    }
}

void LoadCut::toSteady()
{
    if (m_steady.isFound) {
        Q_EMIT wanted(m_steady.window);
    }
}

void LoadCut::toFirst() { Q_EMIT wanted(m_first); }

} // namespace Lorikeet
