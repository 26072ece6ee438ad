// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "grid/gridrun.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace Lorikeet {

class BatchJournal;

/// The half of a GridJob that lives in the client's thread.
class GridWorker final : public QObject
{
    Q_OBJECT

public:
    GridWorker(GridPlan plan, BatchOptions options, QString path);
    ~GridWorker() override;

    void start(ApiClient &client);
    void stop();

Q_SIGNALS:
    void results(const QList<QJsonObject> &lines);
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    void onResult(const BatchResult &result);
    void tell();
    void end(const std::optional<ApiError> &error);

    GridPlan m_plan;
    BatchOptions m_options;
    QString m_path;
    std::unique_ptr<BatchJournal> m_journal;
    GridRun *m_run = nullptr;
    QTimer m_telling;
    QList<QJsonObject> m_told;
    std::optional<ApiError> m_problem;
    bool m_isStopped = false;
};

} // namespace Lorikeet
