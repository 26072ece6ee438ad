// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "batch/batchinput.h"
#include "batch/batchresult.h"
#include "model/endpoint.h"
#include "model/retrypolicy.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>

class QTimer;

namespace Lorikeet {

class ApiClient;

struct BatchOptions
{
    int concurrency = 4; ///< requests at once; at least 1
    std::optional<RetryPolicy> retries; ///< nothing: as the endpoint says
    bool stream = true; ///< without it there is no TTFT
};

/// Asks many things of one endpoint, so many at once, and goes on when some fail.
///
/// Lives in the thread of its ApiClient. What it asks it takes from `source` as it needs it, so
/// that its memory does not grow with the batch.
///
/// A failure costs one line. But where nothing can succeed (no connection, a key that is not
/// accepted) the run ends instead of failing all that is left: once as many in a row as run at
/// once, and at least three, have failed that way, or all there were. Those are no results then.
class BatchRun final : public QObject
{
    Q_OBJECT

public:
    /// The next item, or nothing once there are no more.
    using Source = std::function<std::optional<BatchItem>()>;

    BatchRun(ApiClient &client, const Target &target, const BatchOptions &options, Source source,
        QObject *parent = nullptr);

    /// Begins. Signals come from the event loop.
    void start();

    /// Ends soon with finished(); answers in the making are dropped and are no results.
    void stop();

    [[nodiscard]] int running() const { return m_running; }

Q_SIGNALS:
    /// In the order in which answers ended.
    void result(const Lorikeet::BatchResult &result);
    /// An item failed and is asked again.
    void retrying(const Lorikeet::BatchItem &item, const Lorikeet::Retry &retry);
    /// Once and last. With `error` the run ended before its items did.
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    void fill();
    void ask(const BatchItem &item);
    void onFinished(const BatchItem &item, const ChatOutcome &outcome);
    void conclude(const BatchResult &result);
    void end(const std::optional<ApiError> &error);

    ApiClient &m_client;
    Target m_target;
    BatchOptions m_options;
    Source m_source;
    QList<BatchResult> m_streak; ///< failures in a row of which each may be the endpoint's
    int m_running = 0; ///< being asked, or waiting to be asked again
    bool m_gotThrough = false; ///< at least one answer did not fail for the endpoint's sake
    bool m_isFilling = false;
    bool m_isExhausted = false;
    bool m_isOver = false;
};

} // namespace Lorikeet
