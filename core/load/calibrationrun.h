// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/clientcalibration.h"
#include "load/loadrun.h"

#include <QObject>

#include <memory>

namespace Lorikeet {

class SimulatorThread;

/// Finds out up to what load this computer measures right, by load tests of the built-in simulator.
/// Takes some seconds for each of calibrationSteps(). Used from one thread.
class CalibrationRun final : public QObject
{
    Q_OBJECT

public:
    /// `steps`: of streams, ascending.
    explicit CalibrationRun(const QList<int> &steps = calibrationSteps(),
        const KnownTimes &known = {}, QObject *parent = nullptr);
    /// Ends it where it stands, without a word.
    ~CalibrationRun() override;

    /// Once. Fails where the simulator cannot listen.
    [[nodiscard]] Result<> start();

Q_SIGNALS:
    /// A load is over; `problem` is empty where it was measured right.
    void stepped(int streams, const QString &problem);
    /// Once and last.
    void finished(const Lorikeet::ClientCalibration &calibration);

private:
    void next();
    void onFinished(LoadEnd end);

    QList<int> m_steps;
    KnownTimes m_known;
    std::unique_ptr<SimulatorThread> m_simulator;
    std::unique_ptr<LoadRun> m_run;
    LoadSamples m_samples;
    QList<CalibrationStage> m_stages;
};

} // namespace Lorikeet
