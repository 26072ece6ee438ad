// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/structuredsamples.h"

#include "http/transporterror.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int mostFailures = 3; ///< in a row

bool isChecked(const StructuredAttempt &attempt)
{
    return attempt.check.json || !attempt.check.violations.isEmpty();
}

bool isStopped(const StructuredResult &result)
{
    return result.error && result.error->kind == ApiError::Kind::Cancelled;
}

/// What is wrong with the request itself, so that no other sample would fare better.
bool wasNeverSent(const StructuredResult &result)
{
    return result.error && result.error->kind == ApiError::Kind::InvalidRequest
        && result.attempts.size() <= 1;
}

} // namespace

void StructuredRates::add(const StructuredResult &result)
{
    if (!result.attempts.isEmpty() && isChecked(result.attempts.constFirst())) {
        const StructuredAttempt &attempt = result.attempts.constFirst();
        ++first.checked;
        first.passed += attempt.check.isValid() && !attempt.wasStoppedEarly ? 1 : 0;
    } else if (!isStopped(result)) {
        ++first.failed;
    }
    if (result.end != StructuredResult::End::Failed) {
        ++last.checked;
        last.passed += result.end == StructuredResult::End::Valid ? 1 : 0;
    } else if (!isStopped(result)) {
        ++last.failed;
    }
}

StructuredSamples::StructuredSamples(ApiClient &client, const Target &target,
    const ChatRequest &request, const JsonSchema &schema, const StructuredOptions &options,
    const SampleOptions &samples, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_target(target)
    , m_request(request)
    , m_schema(schema)
    , m_options(options)
    , m_samples{
          .count = std::max(1, samples.count), .concurrency = std::max(1, samples.concurrency)}
{
    if (const Result<CarriedSchema> carried
        = carrySchema(target, request, schema, options.carrying)) {
        m_notes = carried->notes;
    }
}

void StructuredSamples::start() { QTimer::singleShot(0, this, &StructuredSamples::fill); }

void StructuredSamples::stop()
{
    if (m_isOver) {
        return;
    }
    m_error = transportFailure(ApiError::Kind::Cancelled, m_target.endpoint.url);
    const QList<StructuredRun *> running = m_running.values();
    for (StructuredRun *run : running) {
        run->stop();
    }
}

void StructuredSamples::fill()
{
    while (!m_error && m_begun < m_samples.count && m_running.size() < m_samples.concurrency) {
        begin(m_begun++);
    }
    if (m_running.isEmpty() && !std::exchange(m_isOver, true)) {
        // A local, since a receiver may delete this while it reads it.
        const std::optional<ApiError> error = m_error;
        Q_EMIT finished(error);
    }
}

void StructuredSamples::begin(int sample)
{
    // What is asked again with its errors is another request anyway, else it has the next seed.
    const int stride
        = m_options.again == StructuredOptions::Again::WithErrors ? 1 : m_options.maxAttempts;
    ChatRequest request = m_request;
    request.parameters = withSeedAfter(m_request.parameters, qint64(sample) * stride);
    auto *run = new StructuredRun(m_client, m_target, request, m_schema, m_options, this);
    m_running.insert(sample, run);
    connect(run, &StructuredRun::attemptFinished, this,
        [this, sample](int attempt, const StructuredAttempt &result) {
            Q_EMIT attemptFinished(sample, attempt, result);
        });
    connect(run, &StructuredRun::finished, this,
        [this, sample](const StructuredResult &result) { onFinished(sample, result); });
    run->start();
}

void StructuredSamples::onFinished(int sample, const StructuredResult &result)
{
    m_running.take(sample)->deleteLater();
    if (wasNeverSent(result)) {
        m_error = m_error.value_or(*result.error);
        fill();
        return;
    }
    m_rates.add(result);
    const bool hasFailed = result.end == StructuredResult::End::Failed && !isStopped(result);
    m_failuresInARow = hasFailed ? m_failuresInARow + 1 : 0;
    if (m_failuresInARow >= mostFailures && m_begun < m_samples.count && !m_error) {
        m_error = result.error;
        m_error->message = u"%1 samples in a row failed, so %2 more are not asked. %3"_s.arg(
            QString::number(mostFailures), QString::number(m_samples.count - m_begun),
            m_error->message);
    }
    const QPointer<StructuredSamples> guard(this);
    Q_EMIT sampleFinished(sample, result);
    if (guard) {
        fill();
    }
}

} // namespace Lorikeet

#include "moc_structuredsamples.cpp"
