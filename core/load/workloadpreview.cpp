// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workloadpreview.h"

#include "load/workloadsource.h"

#include "load/loadrequest.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Lorikeet {

namespace {

constexpr qint64 mostBars = 24;

QList<LengthBar> barsOf(const QList<qint64> &lengths)
{
    QList<LengthBar> bars;
    if (lengths.isEmpty()) {
        return bars;
    }
    const auto [least, most] = std::ranges::minmax(lengths);
    const qint64 width = (most - least) / mostBars + 1;
    for (qint64 from = least; from <= most; from += width) {
        bars.append({.from = from, .to = std::min(from + width - 1, most)});
    }
    for (const qint64 length : lengths) {
        ++bars[(length - least) / width].count;
    }
    return bars;
}

double meanOf(const QList<qint64> &lengths)
{
    return lengths.isEmpty()
        ? 0
        : std::accumulate(lengths.begin(), lengths.end(), 0.0) / double(lengths.size());
}

/// What nobody told.
qint64 guessedInput(const LoadRequest &request, const TokenCalibration &calibration)
{
    if (request.task != LoadTask::Kind::Chat) {
        // A reranker reads the query with each document.
        double tokens = guessedTokens(request.query) * request.items();
        for (const QString &text : request.texts) {
            tokens += guessedTokens(text);
        }
        return std::llround(tokens);
    }
    double tokens = calibration.fixedTokens;
    for (const Message &message : request.request.messages) {
        // What the system prompt takes is in the calibration already.
        tokens += message.role == Role::System ? 0 : guessedTokens(message.content);
    }
    return std::llround(tokens);
}

/// Means of the distributions.
void addExpected(WorkloadPreview &preview, const LoadWorkload &workload)
{
    double weights = 0;
    double output = 0;
    bool isLimited = true;
    for (const LengthPair &pair : workload.lengths) {
        weights += pair.weight;
        output += pair.weight * (pair.output ? pair.output->expected() : 0);
        isLimited = isLimited && pair.output;
    }
    output /= weights;
    if (!workload.task.isChat()) {
        const LoadTask &task = workload.task;
        const double query = task.kind == LoadTask::Kind::Rerank ? task.query.expected() : 0;
        preview.inputTokens = (firstTurnsOf(workload).inputTokens + query) * task.items();
        return;
    }
    const auto [input, sharedPart] = firstTurnsOf(workload);
    // The t-th of a conversation's T requests has what t users and t − 1 answers have said.
    const double turns = workload.turns ? workload.turns->expected() : 1;
    const double squares = workload.turns ? workload.turns->expectedSquare() : 1;
    const double rounds = squares / turns; // Σ t over all conversations' turns, twice, is T² + T
    preview.turns = turns;
    preview.inputTokens = (input * (rounds + 1) + output * (rounds - 1)) / 2;
    preview.sharedPart = sharedPart;
    if (isLimited) {
        preview.outputTokens = output;
    }
}

} // namespace

qint64 TraceCurve::count() const
{
    return std::accumulate(counts.begin(), counts.end(), qint64(0));
}

double TraceCurve::mostPerSecond() const
{
    return counts.isEmpty() ? 0 : double(*std::ranges::max_element(counts)) / toSeconds(step);
}

double TraceCurve::countIn(Nanoseconds from, Nanoseconds to, bool cycles) const
{
    const auto until = [this, cycles](Nanoseconds time) {
        const qint64 rounds = cycles ? time / duration : 0;
        const Nanoseconds within = cycles ? time % duration : std::min(time, duration);
        double sum = double(rounds) * double(count());
        for (qsizetype i = 0; i < counts.size() && step * i < within; ++i) {
            const Nanoseconds length = std::min<Nanoseconds>(step, duration - step * i);
            const double part = length > Nanoseconds(0)
                ? std::min(double((within - step * i).count()) / double(length.count()), 1.0)
                : 1.0;
            sum += part * double(counts[i]);
        }
        return sum;
    };
    return duration > Nanoseconds(0) ? until(to) - until(from) : 0;
}

std::optional<TraceCurve> traceCurveOf(const LoadSource &source)
{
    const qint64 count = source.count().value_or(0);
    const std::optional<Nanoseconds> last = count > 0 ? source.beginning(count - 1) : std::nullopt;
    if (!last) {
        return std::nullopt;
    }
    // Each of them has its time, the last as much of it as the others on average.
    TraceCurve curve;
    curve.duration = std::chrono::seconds(1);
    if (*last > Nanoseconds(0) && count > 1) {
        curve.duration = *last + *last / (count - 1);
    }
    constexpr int mostSteps = 120;
    constexpr int stepsOfAShortOne = 10;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(curve.duration / mostSteps);
    curve.step = curve.duration < std::chrono::seconds(stepsOfAShortOne)
        ? std::max(curve.duration / stepsOfAShortOne, Nanoseconds(1))
        : Nanoseconds(std::max(seconds, std::chrono::seconds(1)));
    curve.counts.resize(*last / curve.step + 1);
    for (qint64 conversation = 0; conversation < count; ++conversation) {
        if (const std::optional<Nanoseconds> begin = source.beginning(conversation)) {
            ++curve.counts[*begin / curve.step];
        }
    }
    return curve;
}

Result<std::optional<TraceCurve>> traceCurveOf(
    const LoadWorkload &workload, const ParameterSpecs &specs)
{
    if (workload.kind != LoadWorkload::Kind::Trace) {
        return std::nullopt;
    }
    LoadWorkload once = workload;
    once.cycles = false;
    return makeLoadSource(once, 0, {}, specs).map([](const auto &source) {
        return traceCurveOf(*source);
    });
}

void setRecordedRates(LoadCurve &curve, const TraceCurve &recording, bool cycles)
{
    Nanoseconds played{};
    for (LoadBlock &block : curve) {
        if (isRecorded(block) && recording.duration > Nanoseconds(0)
            && block.duration > Nanoseconds(0)) {
            const Nanoseconds to = played + block.duration;
            block.from = recording.countIn(played, to, cycles) / toSeconds(block.duration);
            block.to = block.from;
            played = to;
        }
    }
}

FirstTurns firstTurnsOf(const LoadWorkload &workload)
{
    double weights = 0;
    double input = 0;
    double shared = 0;
    for (const LengthPair &pair : workload.lengths) {
        const double mean = pair.input.expected();
        weights += pair.weight;
        input += pair.weight * mean;
        shared += pair.weight
            * (workload.prefix.part ? *workload.prefix.part * mean
                                    : std::min(double(workload.prefix.tokens), mean));
    }
    return {.inputTokens = input / weights,
        .sharedPart = workload.prefix.isNone() ? 0 : workload.prefix.share * shared / input};
}

WorkloadPreview previewOf(const LoadWorkload &workload, const LoadSource &source,
    const TokenCalibration &calibration, qint64 looked)
{
    WorkloadPreview preview{.conversations = source.count()};
    preview.looked = std::min(looked, preview.conversations.value_or(looked));
    QList<qint64> inputs;
    QList<qint64> outputs;
    double turns = 0;
    for (qint64 conversation = 0; conversation < preview.looked; ++conversation) {
        const Result<LoadRequest> request = source.request(conversation, 0, {});
        if (!request) {
            preview.problem = preview.bad == 0 ? request.error().message : preview.problem;
            ++preview.bad;
            continue;
        }
        turns += request->turns;
        inputs.append(request->inputTokens.value_or(guessedInput(*request, calibration)));
        if (request->outputTokens) {
            outputs.append(*request->outputTokens);
        }
    }
    preview.inputs = barsOf(inputs);
    preview.outputs = barsOf(outputs);
    if (!workload.task.isChat()) {
        preview.outputTokens = 0; // they are answered without any
    }
    if (workload.kind == LoadWorkload::Kind::Synthetic) {
        addExpected(preview, workload);
        return preview;
    }
    preview.isEstimated = true;
    preview.turns = inputs.isEmpty() ? 1 : turns / double(inputs.size());
    preview.inputTokens = meanOf(inputs);
    if (!outputs.isEmpty() && outputs.size() == inputs.size()) {
        preview.outputTokens = meanOf(outputs);
    }
    return preview;
}

} // namespace Lorikeet
