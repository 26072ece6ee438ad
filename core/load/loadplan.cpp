// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadplan.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int mostThreads = 256;

} // namespace

QString problemOf(const LoadPlan &plan, bool isTrace)
{
    double users = 0;
    double rate = 0;
    for (const LoadBlock &block : plan.curve) {
        double &most = block.kind == LoadBlock::Kind::Users ? users : rate;
        most = std::max({most, block.from, block.to});
    }
    if (!(isTrace && plan.curve.isEmpty())) {
        if (const QString problem = problemOf(plan.curve); !problem.isEmpty()) {
            return problem;
        }
        if (const auto found = std::ranges::find_if(plan.curve, &isRecorded);
            !isTrace && found != plan.curve.end()) {
            return u"Block %1 of the load curve plays a recorded trace, and none is what is asked: choose its file, or remove the block."_s
                .arg(found - plan.curve.begin() + 1);
        }
        if (plan.warmUp + plan.coolDown >= durationOf(plan.curve)) {
            return u"Warm-up and cool-down leave nothing of the run to be measured."_s;
        }
        // The ceiling is that of a process, which has its shard's users alone.
        if (std::ceil(users / std::max(plan.shard.count, 1)) > plan.ceiling.concurrency) {
            return u"The load curve asks for %1 users at once, which is over the ceiling of %2 requests at once."_s
                .arg(users)
                .arg(plan.ceiling.concurrency);
        }
    }
    if (plan.warmUp < Nanoseconds(0) || plan.coolDown < Nanoseconds(0)
        || plan.grace < Nanoseconds(0) || plan.stallThreshold <= Nanoseconds(0)) {
        return u"Warm-up, cool-down, grace and the threshold of stalls cannot be negative."_s;
    }
    if (plan.threads < 1 || plan.threads > mostThreads) {
        return u"A run has 1 to %1 threads."_s.arg(mostThreads);
    }
    if (plan.shard.count < 1 || plan.shard.index < 0 || plan.shard.index >= plan.shard.count) {
        return u"Shard %1 of %2 does not exist."_s.arg(plan.shard.index + 1).arg(plan.shard.count);
    }
    if (plan.stops.requests && *plan.stops.requests < 1) {
        return u"A run has at least one request."_s;
    }
    if (plan.stops.failures && (*plan.stops.failures < 0 || *plan.stops.failures > 1)) {
        return u"The share of failures that ends a run lies between 0 and 1."_s;
    }
    if (!plan.stops.precision.isEmpty() && plan.shard.count > 1) {
        return u"A shard cannot wait until a percentile is known well enough: it sees its own answers alone."_s;
    }
    if (plan.stops.precisionLeast < 0) {
        return u"The least number of answers before a run ends is not negative."_s;
    }
    if (plan.ceiling.concurrency < 1 || plan.ceiling.requests < 1) {
        return u"A ceiling below one request leaves nothing to send."_s;
    }
    if (plan.ceiling.cost && !(*plan.ceiling.cost > 0)) {
        return u"A ceiling of the cost is more than nothing."_s;
    }
    if (plan.price.prompt.value_or(0) < 0 || plan.price.output.value_or(0) < 0) {
        return u"A price is not negative."_s;
    }
    if (plan.shard.count > 1 && users > 0 && rate == 0 && users < plan.shard.count) {
        return u"There are %1 shards for %2, and one without would have nothing to do: take fewer shards."_s
            .arg(plan.shard.count)
            .arg(users == 1 ? u"one user"_s : u"%1 users"_s.arg(users));
    }
    return {};
}

} // namespace Lorikeet
