// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/prefixcache.h"

#include "load/loadreport.h"
#include "load/tokencalibration.h"
#include "load/workloadpreview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Servers keep whole blocks, texts begin alike by chance, and calibration is not exact.
constexpr double tolerance = 0.05;
/// Of prompts that may be known with good reason.
constexpr double conspicuous = 0.25;

QString percentText(double share) { return QString::number(share * 100, 'f', 0) + u" %"_s; }

} // namespace

std::optional<double> explainedCacheShare(
    const LoadWorkload &workload, const TokenCalibration &calibration)
{
    if (workload.kind != LoadWorkload::Kind::Synthetic || !workload.task.isChat()) {
        return std::nullopt;
    }
    const FirstTurns first = firstTurnsOf(workload);
    if (first.inputTokens <= 0) {
        return std::nullopt;
    }
    return std::min(1.0, first.sharedPart + calibration.fixedTokens / first.inputTokens);
}

PrefixCacheCheck prefixCacheCheck(const LoadReport &report)
{
    using Source = PrefixCacheCheck::Source;
    const LoadSummary &summary = report.summary;
    PrefixCacheCheck check;
    if (report.workload.contains("task"_L1)) {
        return check; // what is read whole each time has no use for a cache of beginnings
    }
    check.explained = report.explainedCacheShare;
    if (summary.firstTurnPromptTokens > 0) {
        check.source = Source::Usage;
        check.known = double(summary.firstTurnCachedTokens) / double(summary.firstTurnPromptTokens);
    } else if (const auto share = report.server.cacheHitShare(summary.window)) {
        check.source = Source::Metrics;
        check.known = share;
        // Later turns are known with good reason.
        if (summary.laterTurns > 0) {
            return check;
        }
    }
    if (!check.known) {
        return check;
    }
    const QString told = u"The server knew %1 of the prompts’ tokens from before (by its %2)"_s.arg(
        percentText(*check.known), check.source == Source::Usage ? u"usage"_s : u"metrics"_s);
    if (check.explained && *check.known > *check.explained + tolerance) {
        check.warning = told
            + u", where the workload explains %1: times to the first token are better than with new prompts. Use a seed that was not used before."_s
                  .arg(percentText(*check.explained));
    } else if (!check.explained && *check.known > conspicuous
        && report.workload.value("kind"_L1).toString() != "trace"_L1) {
        check.warning = told
            + u"; prompts of a file are the same in each run, so times to the first token may be better than with new ones. “unique_words” puts other words before each."_s;
    }
    return check;
}

QJsonObject toJson(const PrefixCacheCheck &check)
{
    QJsonObject object;
    if (check.source != PrefixCacheCheck::Source::None) {
        object.insert(u"source"_s,
            check.source == PrefixCacheCheck::Source::Usage ? u"usage"_s : u"metrics"_s);
    }
    if (check.known) {
        object.insert(u"known"_s, *check.known);
    }
    if (check.explained) {
        object.insert(u"explained"_s, *check.explained);
    }
    if (!check.warning.isEmpty()) {
        object.insert(u"warning"_s, check.warning);
    }
    return object;
}

} // namespace Lorikeet
