// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/chatmetrics.h"

#include <QHash>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// The smallest gap that at least `share` of all gaps do not exceed (nearest rank).
Nanoseconds quantile(const std::vector<Nanoseconds> &sorted, double share)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

std::vector<Nanoseconds> sortedGaps(const std::vector<StreamTiming::Arrival> &arrivals)
{
    std::vector<Nanoseconds> gaps;
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        if (i > 0) {
            gaps.push_back(arrivals[i].at - arrivals[i - 1].at);
        }
        gaps.insert(gaps.end(), static_cast<std::size_t>(arrivals[i].events - 1), Nanoseconds(0));
    }
    std::sort(gaps.begin(), gaps.end());
    return gaps;
}

} // namespace

ChatMetrics ChatMetrics::from(const ChatOutcome &outcome)
{
    const StreamTiming &timing = outcome.timing;
    ChatMetrics metrics;
    metrics.promptTokens = outcome.usage.promptTokens;
    if (outcome.usage.completionTokens) {
        metrics.outputTokens = outcome.usage.completionTokens;
    } else if (timing.chunks > 0) {
        metrics.outputTokens = timing.chunks;
        metrics.outputTokensEstimated = true;
    }
    // Without a transport that tells when the request was written, its start is the best there is.
    const Nanoseconds sent = timing.sent.value_or(Nanoseconds(0));
    if (timing.firstToken) {
        metrics.timeToFirstToken = *timing.firstToken - sent;
    }
    if (timing.firstVisible) {
        metrics.timeToFirstVisible = *timing.firstVisible - sent;
    }
    if (timing.end) {
        metrics.total = *timing.end - sent;
    }
    if (timing.firstToken && timing.lastToken && *timing.lastToken > *timing.firstToken
        && metrics.outputTokens.value_or(0) > 1) {
        const Nanoseconds span = *timing.lastToken - *timing.firstToken;
        const qint64 gaps = *metrics.outputTokens - 1;
        metrics.tokensPerSecond = double(gaps) / toSeconds(span);
        metrics.timePerOutputToken = span / gaps;
    }
    const std::vector<Nanoseconds> gaps = sortedGaps(timing.arrivals);
    if (!gaps.empty()) {
        metrics.interTokenP50 = quantile(gaps, 0.50);
        metrics.interTokenP95 = quantile(gaps, 0.95);
    }
    return metrics;
}

QString metricDefinition(QStringView metric)
{
    static const QHash<QString, QString> definitions{
        {u"ttft"_s,
            u"Time to first token: from the request written to the first piece of text, reasoning "
            "or tool call."_s},
        {u"first_visible"_s,
            u"From the request written to the first piece of text; later than TTFT when the model "
            "reasoned first."_s},
        {u"speed"_s,
            u"Output tokens less one, divided by the time from the first to the last token."_s},
        {u"output_tokens"_s,
            u"Tokens the model wrote, as the server counts them; with \u2248 the server sent no "
            "count and the pieces received were counted."_s},
        {u"total"_s, u"From the request written to the end of the answer."_s},
        {u"itl"_s,
            u"Inter-token latency: gaps between pieces as they arrived; median and 95th "
            "percentile."_s},
        {u"tpot"_s,
            u"Time per output token: the time from the first to the last token, divided by the "
            "output tokens less one."_s},
        {u"finish"_s,
            u"Why the answer ended, as the server said: stop, length (the token limit), tool_calls "
            "or content_filter."_s},
    };
    return definitions.value(metric.toString());
}

} // namespace Lorikeet
