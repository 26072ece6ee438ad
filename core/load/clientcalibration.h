// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadhealth.h"
#include "load/loadplan.h"
#include "load/loadsummary.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

/// Up to what load a client of this computer measured a server of known times right. Server and
/// client share the computer while it is found out, so it is a load at which it can be trusted, and
/// not the most it can do.
struct ClientCalibration
{
    double tokenRate = 0; ///< a second; 0: it cannot be trusted at all
    int streams = 0; ///< at once
    QString machine; ///< its name
    QString version; ///< of Lorikeet
    QDateTime at; ///< UTC

    /// "Calibrated for 2000 tokens/s at 256 streams (mybox, 2026-01-02)."
    [[nodiscard]] QString sentence() const;

    friend bool operator==(const ClientCalibration &, const ClientCalibration &) = default;
};

[[nodiscard]] QJsonObject toJson(const ClientCalibration &calibration);
[[nodiscard]] Result<ClientCalibration> clientCalibrationFrom(
    const QJsonObject &object, const QString &place);

/// That of this computer and this version of Lorikeet, as it was kept; nothing: there is none.
[[nodiscard]] std::optional<ClientCalibration> storedCalibration();
/// Keeps it instead of the one before.
[[nodiscard]] Result<> store(const ClientCalibration &calibration);

/// The times of the server that a client is calibrated with.
struct KnownTimes
{
    Nanoseconds firstToken = Milliseconds(50);
    Nanoseconds interToken = Milliseconds(20);
    int tokens = 100; ///< of each answer
};

/// What a client measured of it at one load.
struct CalibrationStage
{
    int streams = 0;
    LoadSummary summary;
    LoadHealth health;
};

/// How many streams are tried one after the other, until one is not measured right.
[[nodiscard]] const QList<int> &calibrationSteps();
[[nodiscard]] LoadPlan calibrationPlan(int streams);

/// What is wrong with a stage, in a sentence; empty: the client measured it right. That is: its
/// trust is good, nothing failed, the medians of TTFT and TPOT are off by no more than 2 ms or 5 %
/// (what is more), and their 95th percentiles by no more than 10 ms.
[[nodiscard]] QString problemOf(const CalibrationStage &stage, const KnownTimes &known);

/// Of the most that was measured right, before the first that was not.
[[nodiscard]] ClientCalibration calibrationOf(
    const QList<CalibrationStage> &stages, const KnownTimes &known);

/// Why a run is beyond what this computer was calibrated for; empty: it is not. A quarter more is
/// taken for the same.
[[nodiscard]] QString beyond(const ClientCalibration &calibration, const LoadSummary &summary);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ClientCalibration)
