// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadreport.h"

#include "base/durationtext.h"
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
    static const QStringList order{
        u"finished"_s, u"stopped"_s, u"failures"_s, u"failed"_s, u"killed"_s};
    return int(order.indexOf(end));
}

QString placeOf(int shard, int count) { return u"%1/%2"_s.arg(shard + 1).arg(count); }

/// Which shards a report is of, from 0.
QList<int> partsOf(const LoadReport &report)
{
    QList<int> parts;
    for (const QString &part : report.place.split(u", "_s, Qt::SkipEmptyParts)) {
        parts += part.section(u'/', 0, 0).toInt() - 1;
    }
    return parts.isEmpty() ? QList{report.plan.shard.index} : parts;
}

QString placeOf(const LoadReport &report)
{
    return report.place.isEmpty() ? placeOf(report.plan.shard.index, report.plan.shard.count)
                                  : report.place;
}

/// How many of so many users the shard with this index has: those whose number leaves it.
qint64 usersOfShard(qint64 users, int index, int count)
{
    return std::max<qint64>(0, (users - index + count - 1) / count);
}

Nanoseconds apart(const LoadWindow &first, const LoadWindow &second)
{
    return std::max(
        std::chrono::abs(first.from - second.from), std::chrono::abs(first.to - second.to));
}

QString windowText(const LoadWindow &window)
{
    return u"%1 to %2"_s.arg(durationText(window.from), durationText(window.to));
}

/// Windows that differ by more of their length than this are not added up.
constexpr double mostApart = 0.1;

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

LoadTask::Kind LoadReport::task() const
{
    return loadTaskFromWord(workload.value("task"_L1).toString()).value_or(LoadTask::Kind::Chat);
}

std::optional<double> LoadReport::askedConcurrency() const
{
    if (workload.contains("thinking"_L1)) {
        return std::nullopt; // whoever thinks asks nothing
    }
    const LoadWindow &window = summary.window;
    const QList<int> parts = partsOf(*this);
    const int shards = std::max(1, plan.shard.count);
    double sum = 0;
    // Behind the curve there is none.
    const Nanoseconds last = std::min(window.to, durationOf(plan.curve));
    for (Nanoseconds at = window.from; at < last; at += LoadTimeline::tickLength) {
        if (loadAt(plan.curve, at) != usersAt(plan.curve, at)) {
            return std::nullopt;
        }
        const auto users = qint64(std::floor(usersAt(plan.curve, at)));
        for (const int part : parts) {
            sum += double(usersOfShard(users, part, shards));
        }
    }
    const auto ticks = std::ceil(
        double(window.length().count()) / double(Nanoseconds(LoadTimeline::tickLength).count()));
    return sum > 0 ? std::optional(sum / ticks) : std::nullopt;
}

SteadyState LoadReport::steady() const { return steadyStateOf(timeline); }

LoadTrust LoadReport::trust() const
{
    const bool isKilled = end == "killed"_L1;
    // Of what was under way when it was killed, nothing is known; and of a moment, its first slice
    // and its last are most of it.
    constexpr Nanoseconds shortest = std::chrono::seconds(1);
    const bool isCounted = !isKilled && summary.window.length() >= shortest;
    LoadTrust trust = trustOf(summary, health, isCounted ? askedConcurrency() : std::nullopt);
    if (isKilled) {
        trust.level = std::max(trust.level, LoadTrust::Level::Doubtful);
        trust.reasons += u"How this computer did is not known: the program died during the run."_s;
    }
    if (const QString reason = calibration ? beyond(*calibration, summary) : QString();
        !reason.isEmpty()) {
        trust.level = std::max(trust.level, LoadTrust::Level::Doubtful);
        trust.reasons += reason;
    }
    if (windowsApart > LoadTimeline::tickLength) {
        trust.level = std::max(trust.level, LoadTrust::Level::Doubtful);
        trust.reasons
            += u"The shards' figures are not of the same time: their windows differ by %1."_s.arg(
                durationText(windowsApart));
    }
    return trust;
}

QList<LimitVerdict> LoadReport::verdicts() const
{
    return verdictsOf(summary, plan.objective, end == "finished"_L1);
}

Result<LoadReport> merged(const QList<LoadReport> &shards)
{
    if (shards.isEmpty()) {
        return invalidRequest(u"There is no report to merge."_s);
    }
    LoadReport whole = shards.constFirst();
    const int count = whole.plan.shard.count;
    const LoadWindow first = whole.summary.window;
    LoadWindow window = first;
    const QList<int> parts = partsOf(whole);
    QSet<int> places(parts.cbegin(), parts.cend());
    for (const LoadReport &part : shards.sliced(1)) {
        if (withoutPlace(part.plan) != withoutPlace(whole.plan)
            || part.workload != whole.workload) {
            return invalidRequest(
                u"Report %1 is of another plan than the first: only shards of one plan add up."_s
                    .arg(placeOf(part)));
        }
        for (const int place : partsOf(part)) {
            if (places.contains(place)) {
                return invalidRequest(u"Shard %1 is there twice."_s.arg(placeOf(place, count)));
            }
            places.insert(place);
        }
        const LoadWindow &other = part.summary.window;
        const Nanoseconds differ = apart(first, other);
        if (differ > LoadTimeline::tickLength
            && double(differ.count())
                > mostApart * double(std::min(first.length(), other.length()).count())) {
            return invalidRequest(
                u"The figures of report %1 are of %2, those of the first of %3: run the shards with one --duration or one --window."_s
                    .arg(placeOf(part), windowText(other), windowText(first)));
        }
        whole.windowsApart = std::max({whole.windowsApart, part.windowsApart, differ});
        window = {.from = std::min(window.from, other.from), .to = std::max(window.to, other.to)};
        whole.startedAt = std::min(whole.startedAt, part.startedAt);
        whole.summary.add(part.summary);
        whole.start.add(part.start);
        // One shard's users may all have been there a moment sooner than another's.
        whole.start.window.to = std::max(whole.start.window.to, part.start.window.to);
        whole.timeline.add(part.timeline);
        whole.health.add(part.health);
        if (part.calibration != whole.calibration) {
            whole.calibration.reset();
        }
        if (part.cost) {
            whole.cost = whole.cost.value_or(0) + *part.cost;
        }
        // Each shard saw the same server, with the load of all of them.
        if (part.server.timeline.moments().size() > whole.server.timeline.moments().size()) {
            whole.server = part.server;
        }
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
    whole.summary.window = window;
    for (LoadChoice &choice : whole.choices) {
        choice.summary.window = window;
    }
    QList<int> sorted(places.cbegin(), places.cend());
    std::ranges::sort(sorted);
    whole.plan.shard.index = sorted.constFirst();
    QStringList names;
    for (const int place : std::as_const(sorted)) {
        names += placeOf(place, count);
    }
    whole.place = names.size() == count ? QString() : names.join(u", "_s);
    if (whole.place.isEmpty()) {
        whole.plan.shard = {};
    }
    return whole;
}

} // namespace Lorikeet
