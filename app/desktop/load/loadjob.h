// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/inclient.h"
#include "load/loadprofile.h"
#include "load/loadrun.h"
#include "load/serverwatch.h"
#include "load/tokencalibration.h"
#include "loadresults/loadresult.h"

#include <QDateTime>
#include <QObject>

#include <memory>
#include <optional>

namespace Lorikeet {

/// A load test from its beginning to its end: learns how long words are at the server, makes the
/// requests, and runs them, of a search for the limit stage by stage.
class LoadJob final : public QObject
{
    Q_OBJECT

public:
    /// `specs` are the parameters of the server that is asked.
    LoadJob(InClient inClient, const Target &target, const LoadProfile &profile,
        const ParameterSpecs &specs, QObject *parent = nullptr);
    /// Ends it where it stands, without a word.
    ~LoadJob() override;

    /// Once.
    void start();
    /// finished() follows within a second. Harmless when it is over.
    void stop();

    /// By stop(), whatever it was at.
    [[nodiscard]] bool isStopped() const { return m_isStopped; }

    [[nodiscard]] const LoadProfile &profile() const { return m_profile; }

    [[nodiscard]] const Target &target() const { return m_target; }

    /// Null while there is none under way.
    [[nodiscard]] const LoadRun *run() const { return m_run.get(); }

    /// Of the stage under way, or that ended last.
    [[nodiscard]] const std::shared_ptr<const LoadSource> &source() const { return m_source; }

    /// How long its texts are, as far as that was found out.
    [[nodiscard]] const TokenCalibration &calibration() const { return m_calibration; }

    /// What the server tells of itself during the stage under way; null: it is not asked.
    [[nodiscard]] const ServerSide *server() const { return m_watch ? &m_watch->side() : nullptr; }

    [[nodiscard]] double load() const { return m_load; }

    [[nodiscard]] const QDateTime &startedAt() const { return m_startedAt; }

Q_SIGNALS:
    /// Something a person should know of how it is measured.
    void noted(const QString &sentence);
    /// The server is asked how long texts are, before the first stage.
    void calibrating();
    void stageBegan();
    void told(const Lorikeet::LoadDelta &delta);
    /// server() has grown.
    void serverTold();
    /// All of the stage is over but its figures, which stageEnded() has.
    void summingUp();
    /// With its samples, to be taken out.
    void stageEnded(const std::shared_ptr<Lorikeet::LoadStage> &stage);
    /// Once and last. With an error where it could not go on.
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    void calibrate();
    void makeSource();
    void onSource(const LoadPlan &plan, const Result<std::shared_ptr<const LoadSource>> &source);
    void watch();
    void onFinished(LoadEnd end);
    void sumUp(LoadEnd end);
    void onReport(const std::shared_ptr<LoadStage> &stage, LoadEnd end);
    void end(const std::optional<ApiError> &error);

    InClient m_inClient;
    Target m_target;
    LoadProfile m_profile;
    ParameterSpecs m_specs;
    TokenCalibration m_calibration;
    std::shared_ptr<const LoadSource> m_source;
    std::unique_ptr<LoadRun> m_run;
    std::unique_ptr<ServerWatch> m_watch; ///< null: nobody asks the server
    bool m_isWatching = true; ///< false: it tells nothing
    LoadSamples m_samples; ///< of the stage
    qint64 m_answersLeft = LoadAnswers::mostBytes; ///< to be kept of the stages to come
    QDateTime m_startedAt;
    QList<SweepPoint> m_tried;
    int m_stages = 0; ///< that ended
    LoadSpent m_spent; ///< by these
    double m_load = 0;
    bool m_isStopped = false;
    bool m_isOver = false;
};

} // namespace Lorikeet
