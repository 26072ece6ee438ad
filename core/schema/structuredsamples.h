// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/passrate.h"
#include "schema/structuredrun.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace Lorikeet {

struct SampleOptions
{
    int count = 1; ///< of samples; at least 1
    int concurrency = 4; ///< samples at once; at least 1
};

/// How often JSON comes out right, by the ends of samples.
struct StructuredRates
{
    PassRate first; ///< of the first answer of each
    /// Of what each came to, asked again as often as it may be: the last answer of those that keep
    /// to the schema, or of which no attempt did.
    PassRate last;

    /// One more sample. What was stopped is counted as far as it came, and never as a failure.
    void add(const StructuredResult &result);

    friend bool operator==(const StructuredRates &, const StructuredRates &) = default;
};

/// Asks for the same JSON several times, so many at once, each with attempts of its own.
///
/// Where a seed is set no two requests that are otherwise alike have the same.
///
/// A sample whose request fails costs one of them. But all ask the same: once three in a row have
/// failed, or one that could not even be sent, those that were not begun are left.
///
/// Lives in the thread of its client. Signals come from the event loop.
class StructuredSamples final : public QObject
{
    Q_OBJECT

public:
    StructuredSamples(ApiClient &client, const Target &target, const ChatRequest &request,
        const JsonSchema &schema, const StructuredOptions &options, const SampleOptions &samples,
        QObject *parent = nullptr);

    /// What a person should know before it is sent; see CarriedSchema.
    [[nodiscard]] const QStringList &notes() const { return m_notes; }

    void start();
    /// Those that run end with Kind::Cancelled, and no others begin. finished() comes soon.
    void stop();

    /// Of the samples that have ended.
    [[nodiscard]] const StructuredRates &rates() const { return m_rates; }

Q_SIGNALS:
    /// Samples and attempts are counted from 0; attempts of several samples come mixed.
    void attemptFinished(int sample, int attempt, const Lorikeet::StructuredAttempt &result);
    /// In the order in which they end.
    void sampleFinished(int sample, const Lorikeet::StructuredResult &result);
    /// Once and last. With `error` not all samples were asked.
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    void fill();
    void begin(int sample);
    void onFinished(int sample, const StructuredResult &result);

    ApiClient &m_client;
    Target m_target;
    ChatRequest m_request;
    JsonSchema m_schema;
    StructuredOptions m_options;
    SampleOptions m_samples;
    QStringList m_notes;
    StructuredRates m_rates;
    QHash<int, StructuredRun *> m_running; ///< by sample; children of this
    int m_begun = 0;
    int m_failuresInARow = 0;
    std::optional<ApiError> m_error; ///< no more are begun
    bool m_isOver = false;
};

} // namespace Lorikeet
