// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadrun.h"
#include "load/loadsweep.h"
#include "runrecord.h"

#include <QObject>

#include <memory>

namespace Lorikeet {

/// A sweep over real sockets, stage after stage. Needs an event loop.
class SweepRun final : public QObject
{
public:
    SweepRun(
        LoadPlan base, SweepPlan sweep, Target target, std::shared_ptr<const LoadSource> source)
        : m_base(std::move(base))
        , m_sweep(sweep)
        , m_target(std::move(target))
        , m_source(std::move(source))
    {
        next();
    }

    [[nodiscard]] bool isOver() const { return !m_load; }

    [[nodiscard]] SweepFinding finding() const { return findingOf(m_sweep, m_tried); }

    /// What each stage gave, for a message.
    [[nodiscard]] QString toText() const
    {
        QString text;
        for (const SweepPoint &point : m_tried) {
            text += QStringLiteral("%1: %2 tokens/s; ")
                        .arg(point.load)
                        .arg(point.summary.tokenRate().value_or(0));
        }
        return text + finding().sentence;
    }

private:
    void next()
    {
        m_load = nextLoad(m_sweep, m_tried);
        if (!m_load) {
            return;
        }
        m_record = {};
        m_run = std::make_unique<LoadRun>(
            stagePlan(m_base, m_sweep, *m_load, m_tried), m_target, m_source);
        follow(*m_run, m_record);
        // After follow()'s own; and not from within the run's signal, as the next takes its place.
        connect(m_run.get(), &LoadRun::finished, this, &SweepRun::take, Qt::QueuedConnection);
    }

    void take()
    {
        m_tried += {.load = *m_load,
            .summary = summarise(m_record.samples, m_record.timeline, m_record.window),
            .health = m_record.health};
        next();
    }

    LoadPlan m_base;
    SweepPlan m_sweep;
    Target m_target;
    std::shared_ptr<const LoadSource> m_source;
    std::optional<double> m_load; ///< of the stage under way
    RunRecord m_record;
    std::unique_ptr<LoadRun> m_run;
    QList<SweepPoint> m_tried;
};

} // namespace Lorikeet
