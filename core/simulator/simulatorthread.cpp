// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/simulatorthread.h"

#include "base/callinthread.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

SimulatorThread::SimulatorThread(SimulatorOptions options)
    : m_options(std::move(options))
{
    m_thread.setObjectName("simulator"_L1);
}

SimulatorThread::~SimulatorThread() { stop(); }

Result<> SimulatorThread::start()
{
    if (isRunning()) {
        return {};
    }
    m_thread.start();
    // The worker carries calls into the thread until the simulator is there.
    auto worker = std::make_unique<QObject>();
    worker->moveToThread(&m_thread);
    Result<> result;
    callInThread(worker.get(), [&] {
        m_simulator = std::make_unique<Simulator>(m_options);
        result = m_simulator->start();
        m_url = m_simulator->url();
    });
    worker.release()->deleteLater();
    if (!result) {
        stop();
    }
    return result;
}

void SimulatorThread::stop()
{
    if (m_simulator) {
        // A QObject with sockets and timers has to be deleted where it lives.
        callInThread(m_simulator.get(), [this] {
            m_simulator->stop();
            m_records = m_simulator->records();
            m_faults = m_simulator->faults();
            m_simulator.release()->deleteLater();
        });
    }
    m_thread.quit();
    m_thread.wait();
    m_url.clear();
}

QList<SimulatorRecord> SimulatorThread::records() const
{
    QList<SimulatorRecord> records = m_records;
    if (m_simulator) {
        callInThread(m_simulator.get(), [&] { records = m_simulator->records(); });
    }
    return records;
}

QMap<QString, qint64> SimulatorThread::faults() const
{
    QMap<QString, qint64> faults = m_faults;
    if (m_simulator) {
        callInThread(m_simulator.get(), [&] { faults = m_simulator->faults(); });
    }
    return faults;
}

} // namespace Lorikeet
