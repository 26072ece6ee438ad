// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadmanners.h"

#include "http/proxyrules.h"
#include "model/endpoint.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString wholeText(double number) { return QString::number(std::llround(number)); }

bool hasUsers(const LoadCurve &curve)
{
    return std::ranges::any_of(
        curve, [](const LoadBlock &block) { return block.kind == LoadBlock::Kind::Users; });
}

std::optional<double> costEach(const TokenPrice &price, const WorkloadPreview &preview)
{
    ChatMetrics each;
    each.promptTokens = std::llround(preview.inputTokens);
    if (preview.outputTokens) {
        each.outputTokens = std::llround(*preview.outputTokens);
    }
    return costOf(price, each);
}

double mostUsers(const LoadCurve &curve)
{
    double most = 0;
    for (const LoadBlock &block : curve) {
        if (block.kind == LoadBlock::Kind::Users) {
            most = std::max({most, block.from, block.to});
        }
    }
    return most;
}

} // namespace

std::optional<double> LoadEstimate::cost() const
{
    return requests && costEach ? std::optional(*requests * *costEach) : std::nullopt;
}

LoadEstimate estimateOf(const LoadPlan &plan, const WorkloadPreview &preview)
{
    LoadEstimate estimate{.requests = {},
        .promptTokens = preview.inputTokens,
        .outputTokens = preview.outputTokens,
        .costEach = {},
        .currency = plan.price.currency};
    std::optional<double> conversations;
    const auto bound = [&conversations](const std::optional<double> &most) {
        if (most) {
            conversations = std::min(conversations.value_or(*most), *most);
        }
    };
    if (!plan.curve.isEmpty() && !hasUsers(plan.curve)) {
        bound(expectedArrivals(plan.curve));
    }
    // A trace among other blocks is over before they are.
    if (!hasRecorded(plan.curve)) {
        bound(preview.conversations);
    }
    bound(plan.stops.requests);
    if (conversations) {
        estimate.requests = *conversations * preview.turns;
    }
    estimate.costEach = costEach(plan.price, preview);
    return estimate;
}

SweepExtent mostOf(const SweepPlan &sweep, const std::optional<Nanoseconds> &answer)
{
    SweepExtent extent;
    double loads = 0; // of all stages together
    double load = sweep.from;
    while (load < sweep.most) {
        loads += load;
        load *= 2;
        ++extent.stages;
    }
    // Whatever comes after the first load that is too much is below the greatest.
    const int others = 1 + sweep.refinements + 2 * (sweep.repeats - 1);
    loads += others * sweep.most;
    extent.stages += others;
    // A stage that is too short for an answer is made longer.
    const Nanoseconds stage = stageLength(sweep, answer);
    extent.duration = extent.stages * stage;
    const double seconds = toSeconds(stage);
    if (sweep.kind == LoadBlock::Kind::Rate) {
        extent.requests = loads * seconds;
    } else if (answer && *answer > Nanoseconds(0)) {
        extent.requests = loads * seconds / toSeconds(*answer);
    }
    return extent;
}

LoadEstimate estimateOf(const LoadPlan &plan, const SweepPlan &sweep,
    const WorkloadPreview &preview, const std::optional<Nanoseconds> &answer)
{
    const SweepExtent most = mostOf(sweep, answer);
    LoadEstimate estimate{.requests = most.requests,
        .promptTokens = preview.inputTokens,
        .outputTokens = preview.outputTokens,
        .costEach = costEach(plan.price, preview),
        .currency = plan.price.currency,
        .isMost = true};
    if (estimate.requests && sweep.kind == LoadBlock::Kind::Rate) {
        *estimate.requests *= preview.turns; // it is conversations that begin at a rate
    }
    if (preview.conversations) {
        // Each stage begins at the first again.
        const double all = double(*preview.conversations) * preview.turns * most.stages;
        estimate.requests = std::min(estimate.requests.value_or(all), all);
    }
    return estimate;
}

QString toText(const LoadEstimate &estimate)
{
    const double count = estimate.requests.value_or(1);
    const QString requests = estimate.requests
        ? u"%1 %2 requests with %3 tokens in"_s.arg(
              estimate.isMost ? u"At most about"_s : u"About"_s, wholeText(count),
              wholeText(count * estimate.promptTokens))
        : u"As many requests as are answered, each with about %1 tokens in"_s.arg(
              wholeText(estimate.promptTokens));
    const QString answers = estimate.outputTokens == 0.0 ? QString()
        : estimate.outputTokens
        ? u" and at most %1 out"_s.arg(wholeText(count * *estimate.outputTokens))
        : u", and answers without a limit"_s;
    QString cost;
    if (estimate.costEach) {
        cost = u": about "_s + costText(count * *estimate.costEach, estimate.currency)
            + (estimate.requests ? QString() : u" a request"_s);
    }
    return requests + answers + cost + u'.';
}

QString costText(double cost, const QString &currency)
{
    const QString number
        = cost >= 0.1 ? QString::number(cost, 'f', 2) : QString::number(cost, 'g', 2);
    return currency.isEmpty() ? number : number + u' ' + currency;
}

bool isElsewhere(const Endpoint &endpoint)
{
    return endpoint.unixSocket.isEmpty() && !isLocalHost(endpoint.url.host());
}

const LoadCeiling &ceilingElsewhere()
{
    static constexpr LoadCeiling ceiling{.concurrency = 256, .requests = 10'000, .cost = 10.0};
    return ceiling;
}

LoadCeiling ceilingAt(const Endpoint &endpoint, const LoadCeiling &ceiling)
{
    if (ceiling.holdsElsewhere || !isElsewhere(endpoint)) {
        return ceiling;
    }
    const LoadCeiling &elsewhere = ceilingElsewhere();
    LoadCeiling lower = ceiling;
    lower.concurrency = std::min(ceiling.concurrency, elsewhere.concurrency);
    lower.requests = std::min(ceiling.requests, elsewhere.requests);
    lower.cost = std::min(ceiling.cost.value_or(*elsewhere.cost), *elsewhere.cost);
    return lower;
}

std::optional<CeilingBreach> breachOf(const LoadPlan &plan, const LoadEstimate &estimate)
{
    const LoadCeiling &ceiling = plan.ceiling;
    // Those of a process, which has a shard.
    const double concurrency = double(ceiling.concurrency) * plan.shard.count;
    const double requests = double(ceiling.requests) * plan.shard.count;
    using Part = CeilingBreach::Part;
    if (const double users = mostUsers(plan.curve); users > concurrency) {
        return CeilingBreach{Part::Concurrency,
            u"The load asks for %1 users at once, which is over the ceiling of %2 requests at once."_s
                .arg(wholeText(users), wholeText(concurrency))};
    }
    if (estimate.requests > requests) {
        return CeilingBreach{Part::Requests,
            u"The run would send about %1 requests, which is over the ceiling of %2."_s.arg(
                wholeText(*estimate.requests), wholeText(requests))};
    }
    if (ceiling.cost && estimate.cost() > *ceiling.cost) {
        return CeilingBreach{Part::Cost,
            u"The run would cost about %1, which is over the ceiling of %2."_s.arg(
                costText(*estimate.cost(), estimate.currency),
                costText(*ceiling.cost, estimate.currency))};
    }
    return std::nullopt;
}

ApiError ceilingReached(const LoadPlan &plan, CeilingBreach::Part part)
{
    return {.kind = ApiError::Kind::InvalidRequest,
        .message = part == CeilingBreach::Part::Cost
            ? u"The ceiling of the cost (%1) is reached; raise it to send more."_s.arg(
                  costText(plan.ceiling.cost.value_or(0), plan.price.currency))
            : u"The ceiling of %1 requests is reached; raise it to send more."_s.arg(
                  plan.ceiling.requests)};
}

std::optional<ApiError> spentUp(const LoadPlan &plan)
{
    if (plan.spent.requests >= plan.ceiling.requests) {
        return ceilingReached(plan, CeilingBreach::Part::Requests);
    }
    if (plan.ceiling.cost && plan.spent.cost > 0 && plan.spent.cost >= *plan.ceiling.cost) {
        return ceilingReached(plan, CeilingBreach::Part::Cost);
    }
    return std::nullopt;
}

} // namespace Lorikeet
