// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workloadpreview.h"

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
    double input = 0;
    double output = 0;
    double shared = 0;
    bool isLimited = true;
    for (const LengthPair &pair : workload.lengths) {
        const double mean = pair.input.expected();
        weights += pair.weight;
        input += pair.weight * mean;
        output += pair.weight * (pair.output ? pair.output->expected() : 0);
        isLimited = isLimited && pair.output;
        shared += pair.weight
            * (workload.prefix.part ? *workload.prefix.part * mean
                                    : std::min(double(workload.prefix.tokens), mean));
    }
    input /= weights;
    output /= weights;
    // The t-th of a conversation's T requests has what t users and t − 1 answers have said.
    const double turns = workload.turns ? workload.turns->expected() : 1;
    const double squares = workload.turns ? workload.turns->expectedSquare() : 1;
    const double rounds = squares / turns; // Σ t over all conversations' turns, twice, is T² + T
    preview.turns = turns;
    preview.inputTokens = (input * (rounds + 1) + output * (rounds - 1)) / 2;
    preview.sharedPart
        = workload.prefix.isNone() ? 0 : workload.prefix.share * shared / (weights * input);
    if (isLimited) {
        preview.outputTokens = output;
    }
}

} // namespace

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
