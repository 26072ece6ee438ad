// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of `lori structured` that asks the same several times.

#include "standardoutput.h"
#include "structuredcommand.h"
#include "structuredreport.h"

#include <QJsonArray>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void StructuredCommand::sample(const Target &target)
{
    m_samples
        = new StructuredSamples(m_client, target, m_request, m_schema, m_options, *m_wanted, this);
    for (const QString &note : m_samples->notes()) {
        printNote(note);
    }
    connect(m_samples, &StructuredSamples::attemptFinished, this,
        [this](int sample, int attempt, const StructuredAttempt &result) {
            m_progress.clear();
            if (sample == 0 && attempt == 0) {
                for (const QString &note : result.outcome.notes) {
                    printNote(note);
                }
            }
            for (const SchemaViolation &violation : result.check.violations) {
                printNote(u"Sample %1, %2: %3"_s.arg(QString::number(sample + 1),
                    attemptName(attempt).toLower(), toText(violation).simplified()));
            }
        });
    connect(m_samples, &StructuredSamples::sampleFinished, this, &StructuredCommand::onSample);
    connect(m_samples, &StructuredSamples::finished, this, &StructuredCommand::onSampled);
    m_progress.start(m_wanted->count);
    m_samples->start();
}

void StructuredCommand::onSample(int sample, const StructuredResult &result)
{
    if (isOver()) {
        return;
    }
    const bool isStopped = result.error && result.error->kind == ApiError::Kind::Cancelled;
    m_ended += isStopped ? 0 : 1;
    m_progress.clear();
    if (result.end == StructuredResult::End::Failed && !isStopped) {
        ApiError error = *result.error;
        error.message = u"Sample %1: %2"_s.arg(QString::number(sample + 1), error.message);
        printError(error);
        m_failure = m_failure.value_or(*result.error);
    }
    m_isAnyInvalid = m_isAnyInvalid || result.end == StructuredResult::End::Invalid;
    m_early.insert(sample, result);
    while (m_early.contains(m_nextSample)) {
        const int next = m_nextSample++;
        if (const std::optional<ExitCode> over = printSample(next, m_early.take(next))) {
            end(*over);
            return;
        }
    }
    m_progress.update(m_ended, m_samples->rates().last.failed);
}

std::optional<ExitCode> StructuredCommand::printSample(
    int sample, const StructuredResult &result) const
{
    if (m_line.has(u"json"_s)) {
        QJsonObject object = toJson(result);
        object.insert(u"sample"_s, sample + 1);
        return StandardOutput::writeLine(object);
    }
    return result.end == StructuredResult::End::Valid
        ? StandardOutput::write(
              compactJson(result.attempts.constLast().check.json->value).toUtf8() + '\n')
        : std::nullopt;
}

void StructuredCommand::onSampled(const std::optional<ApiError> &error)
{
    m_progress.clear();
    if (isOver()) {
        return;
    }
    // Those behind one that was never begun, or that could not be sent.
    for (const auto &[sample, result] : std::exchange(m_early, {}).asKeyValueRange()) {
        if (const std::optional<ExitCode> over = printSample(sample, result)) {
            end(*over);
            return;
        }
    }
    const StructuredRates &rates = m_samples->rates();
    std::optional<ExitCode> over;
    if (m_line.has(u"json"_s)) {
        QJsonObject summary = toJson(rates);
        summary.insert(u"samples"_s, m_wanted->count);
        summary.insert(u"ended"_s, m_ended);
        summary.insert(u"max_attempts"_s, m_options.maxAttempts);
        summary.insert(u"intervals"_s, u"Wilson, 95 %"_s);
        summary.insert(u"notes"_s, QJsonArray::fromStringList(m_samples->notes()));
        over = StandardOutput::writeLine({{u"summary"_s, summary}});
    } else if (rates != StructuredRates()) {
        for (const QString &line : toLines(rates, m_options.maxAttempts)) {
            printNote(line);
        }
    }
    if (over) {
        end(*over);
    } else if (error && error->kind == ApiError::Kind::Cancelled) {
        endInterrupted(u"Interrupted; %1 of %2 samples ended."_s.arg(m_ended).arg(m_wanted->count));
    } else if (error) {
        endWith(*error);
    } else if (m_failure) {
        end(exitCodeOf(*m_failure));
    } else {
        end(m_isAnyInvalid ? ExitCode::Invalid : ExitCode::Done);
    }
}

} // namespace Lorikeet
