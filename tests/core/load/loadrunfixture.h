// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadrun.h"
#include "loadsource.h"
#include "runrecord.h"
#include "simulator/simulatorthread.h"

#include <QTest>

#include <memory>

namespace Lorikeet {

/// Load tests of the simulated server, over real sockets.
class LoadRunFixture : public QObject
{
    Q_OBJECT

protected:
    static constexpr int longWait = 60'000;

    void serve(SimulatorOptions options = {})
    {
        m_simulator = std::make_unique<SimulatorThread>(std::move(options));
        QVERIFY(m_simulator->start());
    }

    [[nodiscard]] Target target() const { return targetAt(m_simulator->url()); }

    [[nodiscard]] std::unique_ptr<LoadRun> made(const LoadPlan &plan) const
    {
        return std::make_unique<LoadRun>(plan, target(), m_source);
    }

    [[nodiscard]] RunRecord record(const LoadPlan &plan) const { return recordOf(*made(plan)); }

    std::unique_ptr<SimulatorThread> m_simulator;
    std::shared_ptr<PlainSource> m_source;

private Q_SLOTS:

    void init() { m_source = std::make_shared<PlainSource>(); }

    void cleanup() { m_simulator.reset(); }
};

} // namespace Lorikeet
