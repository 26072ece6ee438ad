// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "grid/gridreport.h"
#include "grid/gridrun.h"
#include "http/inclient.h"

#include <QObject>
#include <QString>

#include <optional>

namespace Lorikeet {

class GridWorker;

/// A grid that is asked in another thread, that of an ApiClient, and kept in a journal as it goes.
/// What the journal holds of the same questions already is not asked again. Destroying it stops it.
class GridJob final : public QObject
{
    Q_OBJECT

public:
    /// `journal` is the path of a BatchJournal. `inClient` serves as long as this lives.
    GridJob(InClient inClient, const GridPlan &plan, const BatchOptions &options,
        const QString &journal, QObject *parent = nullptr);
    ~GridJob() override;

    /// Once.
    void start();
    /// Ends soon with finished(); what is answered is kept.
    void stop();

Q_SIGNALS:
    /// Lines of the output, several at a time and not more often than one can see.
    void results(const QList<QJsonObject> &lines);
    /// Once and last; with an error where not all was asked, Kind::Cancelled after stop().
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    InClient m_inClient;
    GridWorker *m_worker; ///< lives in the client's thread once it was started
};

/// What the journal of that path holds, finished or not.
[[nodiscard]] Result<GridResults> gridResultsIn(const QString &journal);

} // namespace Lorikeet
