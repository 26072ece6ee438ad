// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "livestatus.h"
#include "load/livefigures.h"
#include "load/loadreport.h"
#include "load/loadrun.h"
#include "load/serverwatch.h"
#include "load/tokencalibration.h"
#include "loadoptions.h"
#include "loadresults/loadresult.h"
#include "runkeeper.h"

#include <QFile>
#include <QTimer>
#include <QUrl>

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

    [[nodiscard]] Result<> readWindow();
    [[nodiscard]] Result<> openFiles();
    void onTarget(const Result<Target> &target);
    /// Lowers what is allowed at servers that are not of this network, and tells what the run comes
    /// to. Fails where that is too much; nothing was sent then.
    [[nodiscard]] Result<> keepManners();
    void prepare();
    /// For the time at which it is to begin.
    void wait();
    void startStage();
    void onTold(const LoadDelta &delta);
    void onFinished(LoadEnd end);
    [[nodiscard]] LoadWindow windowOfFigures() const;
    void finish(LoadEnd end);
    [[nodiscard]] LoadReport reportOf(LoadEnd end) const;
    void endStage(const LoadReport &report);
    void conclude(const LoadReport &report);
    [[nodiscard]] Result<> write(const QJsonObject &object);
    void say(const QByteArray &text);

    CommandLine m_line;
    LoadProfile m_profile;
    std::optional<LoadWindow> m_window; ///< that was asked for
    bool m_wantsSteady = false;
    ApiClient &m_client;
    RunKeeper m_keeper;
    QFile m_report;
    QFile m_samplesFile;
    Target m_target;
    QUrl m_gpus; ///< where their exporter tells; may be empty
    ParameterSpecs m_specs;
    TokenCalibration m_calibration;
    std::shared_ptr<const LoadSource> m_source;
    std::unique_ptr<LoadRun> m_run;
    std::unique_ptr<ServerWatch> m_watch;
    bool m_isWatching = true; ///< the server's metrics; until they turn out to be none
    QDateTime m_startedAt;
    LoadSamples m_samples;
    qint64 m_answersLeft = LoadAnswers::mostBytes; ///< to be kept of the stages to come
    LiveFigures m_live;
    LiveStatus m_status;
    QTimer m_looking; ///< at what is live
    QList<SweepPoint> m_tried;
    LoadResult m_whole; ///< a sweep
    double m_load = 0; ///< of the stage
    bool m_isInterrupted = false;
};

} // namespace Lorikeet
