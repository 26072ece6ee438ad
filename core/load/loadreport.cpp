// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadreport.h"

#include "base/invalidrequest.h"
#include "model/endpoint.h"

#include <QSet>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Which of two ends says more of a run as a whole.
int gravity(const QString &end)
{
    static const QStringList order{u"finished"_s, u"stopped"_s, u"failures"_s, u"failed"_s};
    return int(order.indexOf(end));
}

/// Of a part: which shard it is.
QString placeOf(const LoadReport &report)
{
    return u"%1/%2"_s.arg(report.plan.shard.index + 1).arg(report.plan.shard.count);
}

LoadPlan withoutPlace(LoadPlan plan)
{
    plan.shard.index = 0;
    plan.threads = 1;
    return plan;
}

} // namespace

LoadSubject LoadSubject::from(const Endpoint &endpoint)
{
    return {.url
        = endpoint.url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment),
        .provider = endpoint.provider,
        .server = endpoint.server,
        .serverVersion = endpoint.serverVersion,
        .model = endpoint.model};
}

std::optional<double> LoadReport::askedConcurrency() const
{
    if (workload.contains("thinking"_L1)) {
        return std::nullopt; // whoever thinks asks nothing
    }
    const LoadWindow &window = summary.window;
    double sum = 0;
    qint64 count = 0;
    for (Nanoseconds at = window.from; at < window.to; at += LoadTimeline::tickLength) {
        if (loadAt(plan.curve, at) != usersAt(plan.curve, at)) {
            return std::nullopt;
        }
        sum += std::floor(usersAt(plan.curve, at));
        ++count;
    }
    return count > 0 && sum > 0 ? std::optional(sum / double(count)) : std::nullopt;
}

LoadTrust LoadReport::trust() const { return trustOf(summary, health, askedConcurrency()); }

QList<LimitVerdict> LoadReport::verdicts() const { return verdictsOf(summary, plan.objective); }

Result<LoadReport> merged(const QList<LoadReport> &shards)
{
    if (shards.isEmpty()) {
        return invalidRequest(u"There is no report to merge."_s);
    }
    LoadReport whole = shards.constFirst();
    QSet<QString> places{placeOf(whole)};
    for (const LoadReport &part : shards.sliced(1)) {
        if (withoutPlace(part.plan) != withoutPlace(whole.plan)
            || part.workload != whole.workload) {
            return invalidRequest(
                u"Report %1 is of another plan than the first: only shards of one plan add up."_s
                    .arg(placeOf(part)));
        }
        if (places.contains(placeOf(part))) {
            return invalidRequest(u"Shard %1 is there twice."_s.arg(placeOf(part)));
        }
        places.insert(placeOf(part));
        whole.startedAt = std::min(whole.startedAt, part.startedAt);
        whole.summary.add(part.summary);
        whole.timeline.add(part.timeline);
        whole.health.add(part.health);
        if (gravity(part.end) > gravity(whole.end)) {
            whole.end = part.end;
            whole.problem = part.problem;
        }
        for (const LoadChoice &choice : part.choices) {
            const auto same = std::ranges::find(whole.choices, choice.name, &LoadChoice::name);
            if (same != whole.choices.end()) {
                same->summary.add(choice.summary);
            } else {
                whole.choices += choice;
            }
        }
    }
    QStringList sorted(places.cbegin(), places.cend());
    sorted.sort();
    whole.place = sorted.size() == whole.plan.shard.count ? QString() : sorted.join(u", "_s);
    if (whole.place.isEmpty()) {
        whole.plan.shard = {};
    }
    return whole;
}

} // namespace Lorikeet
