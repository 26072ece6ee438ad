// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "load/loadplan.h"
#include "load/loadsweep.h"
#include "load/workloadpreview.h"

#include <QString>

#include <optional>

namespace Lorikeet {

struct Endpoint;

/// What a run comes to, as far as that is known before its start.
struct LoadEstimate
{
    /// Of all shards together. Nothing: users ask as often as they are answered.
    std::optional<double> requests;
    double promptTokens = 0; ///< of a request, on average
    std::optional<double> outputTokens; ///< likewise; nothing: answers have no limit
    std::optional<double> costEach; ///< of a request; nothing: no price, or none that can be known
    QString currency;
    bool isMost = false; ///< `requests` are the most there will be, and it may end long before

    [[nodiscard]] std::optional<double> cost() const;

    friend bool operator==(const LoadEstimate &, const LoadEstimate &) = default;
};

[[nodiscard]] LoadEstimate estimateOf(const LoadPlan &plan, const WorkloadPreview &preview);

/// The most a sweep comes to: doubled up to its greatest load, with all refinements there, and with
/// its loads at the edge run as often as they may be. It ends by itself, mostly sooner. It takes
/// longer only where runs that disagree move the edge.
struct SweepExtent
{
    int stages = 0;
    Nanoseconds duration{};
    /// Nothing: users ask as often as they are answered, and it is not known how long that takes.
    std::optional<double> requests;

    friend bool operator==(const SweepExtent &, const SweepExtent &) = default;
};

/// `answer`: how long one takes, with the time a user thinks after it.
[[nodiscard]] SweepExtent mostOf(
    const SweepPlan &sweep, const std::optional<Nanoseconds> &answer = {});

/// Of a sweep: the most that it comes to.
[[nodiscard]] LoadEstimate estimateOf(const LoadPlan &plan, const SweepPlan &sweep,
    const WorkloadPreview &preview, const std::optional<Nanoseconds> &answer = {});

/// "About 1200 requests with 614400 tokens in and at most 153600 out: about 0.42 €."
[[nodiscard]] QString toText(const LoadEstimate &estimate);
/// "0.42 €"; of small amounts as many digits as tell something.
[[nodiscard]] QString costText(double cost, const QString &currency);

/// Whether it is somebody else's server, and maybe money: none of this network.
[[nodiscard]] bool isElsewhere(const Endpoint &endpoint);

/// The ceiling that holds at this endpoint. Elsewhere it is at most 256 requests at once, 10,000
/// in all and a cost of 10 in the currency of the price, unless LoadCeiling::holdsElsewhere.
[[nodiscard]] LoadCeiling ceilingAt(const Endpoint &endpoint, const LoadCeiling &ceiling);

/// What holds elsewhere unless a person raises it.
[[nodiscard]] const LoadCeiling &ceilingElsewhere();

/// Which part of a ceiling a plan is over.
struct CeilingBreach
{
    enum class Part { Concurrency, Requests, Cost };

    Part part = Part::Requests;
    QString sentence;

    friend bool operator==(const CeilingBreach &, const CeilingBreach &) = default;
};

/// Why a plan is not to be begun: it is known beforehand to want more than its ceiling. What is not
/// known beforehand ends the run when it is reached.
[[nodiscard]] std::optional<CeilingBreach> breachOf(
    const LoadPlan &plan, const LoadEstimate &estimate);

/// What ends a run, or the search it is a stage of, where this part of its ceiling is reached.
[[nodiscard]] ApiError ceilingReached(const LoadPlan &plan, CeilingBreach::Part part);
/// The same where LoadPlan::spent has it all, so that another stage is not to be begun; nothing:
/// there is something left.
[[nodiscard]] std::optional<ApiError> spentUp(const LoadPlan &plan);

} // namespace Lorikeet
