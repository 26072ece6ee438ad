// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/simulator.h"

#include <QThread>

#include <memory>

namespace Lorikeet {

/// A Simulator in a thread of its own, so that its timing does not depend on what its user's
/// thread does. To be used from one thread; each call waits for the simulator's.
class SimulatorThread final
{
public:
    explicit SimulatorThread(SimulatorOptions options);
    Q_DISABLE_COPY_MOVE(SimulatorThread)
    ~SimulatorThread();

    /// Starts the thread and listens. After an error it can be called again.
    [[nodiscard]] Result<> start();

    /// Ends connections and thread; harmless if it does not run. What it was amid is aborted.
    void stop();

    [[nodiscard]] bool isRunning() const { return m_simulator != nullptr; }

    /// 0 and empty while it does not run.
    [[nodiscard]] quint16 port() const { return static_cast<quint16>(m_url.port(0)); }

    [[nodiscard]] QUrl url() const { return m_url; }

    /// As Simulator has them; after stop() as they were at the end.
    [[nodiscard]] QList<SimulatorRecord> records() const;
    [[nodiscard]] QMap<QString, qint64> faults() const;

private:
    SimulatorOptions m_options;
    QThread m_thread;
    std::unique_ptr<Simulator> m_simulator; ///< lives in m_thread
    QUrl m_url;
    QList<SimulatorRecord> m_records; ///< of the one that was stopped last
    QMap<QString, qint64> m_faults;
};

} // namespace Lorikeet
