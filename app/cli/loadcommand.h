// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "livestatus.h"
#include "load/livefigures.h"
#include "load/loadreport.h"
#include "load/loadrun.h"
#include "load/tokencalibration.h"
#include "loadoptions.h"

#include <QFile>
#include <QJsonArray>
#include <QTimer>

#include <memory>
#include <optional>

namespace Lorikeet {

class ApiClient;

/// `lori load`: a load test, or several of growing load.
class LoadCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    LoadCommand(const CommandLine &line, LoadProfile profile, ApiClient &client);

    [[nodiscard]] Result<> openFiles();
    void onTarget(const Result<Target> &target);
    /// Lowers what is allowed at servers that are not of this network. What makes the plan then
    /// unusable, in a sentence; empty: nothing.
    [[nodiscard]] QString keepManners();
    void prepare();
    /// For the time at which it is to begin.
    void wait();
    void startStage();
    void onTold(const LoadDelta &delta);
    void onFinished(LoadEnd end);
    [[nodiscard]] LoadReport reportOf(LoadEnd end) const;
    void endStage(const LoadReport &report);
    void conclude(const LoadReport &report);
    [[nodiscard]] Result<> write(const QJsonObject &object);
    void say(const QByteArray &text);

    CommandLine m_line;
    LoadProfile m_profile;
    ApiClient &m_client;
    QFile m_report;
    QFile m_samplesFile;
    Target m_target;
    ParameterSpecs m_specs;
    TokenCalibration m_calibration;
    std::shared_ptr<const LoadSource> m_source;
    std::unique_ptr<LoadRun> m_run;
    QDateTime m_startedAt;
    LoadSamples m_samples;
    LiveFigures m_live;
    LiveStatus m_status;
    QTimer m_looking; ///< at what is live
    QList<SweepPoint> m_tried;
    QJsonArray m_stages; ///< their reports
    double m_load = 0; ///< of the stage
    bool m_isInterrupted = false;
};

} // namespace Lorikeet
