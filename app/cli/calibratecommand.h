// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "load/calibrationrun.h"

namespace Lorikeet {

/// `lori load --calibrate`: up to what load this computer measures right.
class CalibrateCommand final : public Command
{
    Q_OBJECT

public:
    explicit CalibrateCommand(const CommandLine &line);

    void start() override;

    void interrupt() override { endInterrupted(); }

private:
    void onFinished(const ClientCalibration &calibration);

    CommandLine m_line;
    CalibrationRun m_run;
};

} // namespace Lorikeet
