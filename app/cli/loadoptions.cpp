// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadoptions.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "load/jsonmembers.h"
#include "loadnumbers.h"
#include "priceoption.h"
#include "store/tomljson.h"

#include <QRandomGenerator>

#include <cmath>
#include <limits>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<> readSeconds(const CommandLine &line, const QString &option, Nanoseconds &time)
{
    const Result<std::optional<Milliseconds>> given = line.seconds(option);
    if (!given) {
        return Failure(given.error());
    }
    time = given->value_or(std::chrono::ceil<Milliseconds>(time));
    return {};
}

/// "a:3,b:1"; "base" is the base model.
Result<QList<MixChoice>> choicesFrom(const QString &text)
{
    QList<MixChoice> choices;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        MixChoice choice;
        const qsizetype cut = part.lastIndexOf(u':');
        bool isNumber = true;
        if (cut > 0) {
            choice.weight = QStringView(part).sliced(cut + 1).toDouble(&isNumber);
        }
        choice.adapter.id = part.left(cut > 0 ? cut : part.size()).trimmed();
        if (choice.adapter.id == "base"_L1) {
            choice.name = u"base"_s;
            choice.adapter.id.clear();
        }
        if (!isNumber || !(choice.weight > 0) || part.trimmed().isEmpty()) {
            return invalidRequest(
                u"--adapters takes names and how often each is asked, as support:3,sql:1,base:1, not “%1”."_s
                    .arg(part));
        }
        choices += choice;
    }
    return choices;
}

/// What is done with the texts.
Result<> readTask(const CommandLine &line, LoadWorkload &workload)
{
    LoadTask &task = workload.task;
    if (line.has(u"task"_s)) {
        const std::optional<LoadTask::Kind> kind = loadTaskFromWord(line.value(u"task"_s));
        if (!kind) {
            return invalidRequest(
                u"--task takes chat, embeddings or rerank, not “%1”."_s.arg(line.value(u"task"_s)));
        }
        task.kind = *kind;
    }
    for (const auto &[option, kind, count] :
        {std::tuple{u"batch"_s, LoadTask::Kind::Embeddings, &task.batch},
            std::tuple{u"documents"_s, LoadTask::Kind::Rerank, &task.documents}}) {
        const Result<std::optional<qint64>> given = countFrom(line, option);
        if (!given) {
            return Failure(given.error());
        }
        if (*given && task.kind != kind) {
            return invalidRequest(u"--%1 goes with --task %2."_s.arg(option, toWord(kind)));
        }
        *count = int(std::min<qint64>(given->value_or(*count), std::numeric_limits<int>::max()));
    }
    if (line.has(u"query-tokens"_s)) {
        if (task.kind != LoadTask::Kind::Rerank) {
            return invalidRequest(u"--query-tokens goes with --task rerank."_s);
        }
        const Result<LengthDistribution> query
            = lengthsFrom(u"query-tokens"_s, line.value(u"query-tokens"_s));
        if (!query) {
            return Failure(query.error());
        }
        task.query = *query;
    }
    // Only a chat has answers of a length unless somebody says so.
    if (!task.isChat() && line.has(u"task"_s)) {
        for (LengthPair &pair : workload.lengths) {
            pair.output.reset();
        }
    }
    return {};
}

Result<> readWorkload(const CommandLine &line, LoadWorkload &workload)
{
    if (const Result<> read = readTask(line, workload); !read) {
        return read;
    }
    if (line.has(u"prompts"_s)) {
        workload.kind = LoadWorkload::Kind::File;
        workload.file = line.value(u"prompts"_s);
        workload.cycles = true;
        if (!line.has(u"output-tokens"_s)) {
            workload.lengths.clear();
        }
    }
    if (line.has(u"trace"_s)) {
        workload.kind = LoadWorkload::Kind::Trace;
        workload.file = line.value(u"trace"_s);
    }
    if (line.has(u"trace-speed"_s)) {
        if (workload.kind != LoadWorkload::Kind::Trace) {
            return invalidRequest(
                u"--trace-speed is of a recorded trace: say which, by --trace FILE."_s);
        }
        const Result<std::optional<double>> speed = numberFrom(line, u"trace-speed"_s, 1e-6);
        if (!speed) {
            return Failure(speed.error());
        }
        workload.speed = speed->value_or(workload.speed);
    }
    for (const bool isInput : {true, false}) {
        const QString option = isInput ? u"input-tokens"_s : u"output-tokens"_s;
        if (!line.has(option)) {
            continue;
        }
        const Result<LengthDistribution> lengths = lengthsFrom(option, line.value(option));
        if (!lengths) {
            return Failure(lengths.error());
        }
        if (workload.lengths.isEmpty()) {
            workload.lengths += LengthPair();
        }
        for (LengthPair &pair : workload.lengths) {
            (isInput ? pair.input : pair.output.emplace()) = *lengths;
        }
    }
    if (line.has(u"adapters"_s)) {
        const Result<QList<MixChoice>> choices = choicesFrom(line.value(u"adapters"_s));
        if (!choices) {
            return Failure(choices.error());
        }
        workload.mix.choices = *choices;
    }
    if (line.has(u"zipf"_s)) {
        const Result<std::optional<double>> exponent = numberFrom(line, u"zipf"_s, 0);
        if (!exponent) {
            return Failure(exponent.error());
        }
        workload.mix.mode = AdapterMix::Mode::Zipf;
        workload.mix.exponent = **exponent;
    }
    const Result<ChatRequest> request = requestFrom(line);
    if (!request) {
        return Failure(request.error());
    }
    if (!request->model.isEmpty()) {
        workload.model = request->model;
    }
    if (!request->adapter.isBase()) {
        workload.adapter = request->adapter;
    }
    if (line.has(u"system"_s)) {
        workload.systemPrompt = line.value(u"system"_s);
    }
    workload.ignoresEnd = workload.ignoresEnd || line.has(u"ignore-eos"_s);
    workload.stream = workload.stream && !line.has(u"no-stream"_s);
    return {};
}

Result<ArrivalProcess> arrivalFrom(const CommandLine &line)
{
    ArrivalProcess arrival;
    const QString word = line.has(u"arrival"_s) ? line.value(u"arrival"_s) : u"poisson"_s;
    if (word == "constant"_L1) {
        arrival.kind = ArrivalProcess::Kind::Constant;
    } else if (word == "gamma"_L1) {
        arrival.kind = ArrivalProcess::Kind::Gamma;
    } else if (word != "poisson"_L1) {
        return invalidRequest(u"--arrival takes constant, poisson or gamma, not “%1”."_s.arg(word));
    }
    const Result<std::optional<double>> burstiness = numberFrom(line, u"burstiness"_s, 1e-3);
    if (!burstiness) {
        return Failure(burstiness.error());
    }
    arrival.burstiness = burstiness->value_or(arrival.burstiness);
    return arrival;
}

/// What would be ignored without a word.
Result<> checkTogether(const CommandLine &line)
{
    const bool isSweep = line.has(u"sweep"_s);
    const bool isRate = line.has(u"rate"_s) || line.value(u"sweep"_s) == "rate"_L1;
    for (const QString &option : {u"arrival"_s, u"burstiness"_s}) {
        if (line.has(option) && !isRate) {
            return invalidRequest(
                u"--%1 is of an open loop: it goes with --rate or --sweep rate."_s.arg(option));
        }
    }
    for (const QString &option : {u"sweep-from"_s, u"sweep-to"_s, u"sweep-repeats"_s}) {
        if (line.has(option) && !isSweep) {
            return invalidRequest(u"--%1 goes with --sweep."_s.arg(option));
        }
    }
    // What they go with may be in a profile.
    for (const auto &[option, with] :
        {std::pair{u"until-least"_s, u"until"_s}, std::pair{u"zipf"_s, u"adapters"_s}}) {
        if (line.has(option) && !line.has(with) && !line.has(u"profile"_s)) {
            return invalidRequest(u"--%1 goes with --%2."_s.arg(option, with));
        }
    }
    for (const QString &option : {u"concurrency"_s, u"rate"_s}) {
        if (isSweep && line.has(option)) {
            return invalidRequest(
                u"--sweep finds the load by itself: --%1 does not go with it, --sweep-from and --sweep-to do."_s
                    .arg(option));
        }
    }
    return {};
}

/// Whether it needs no duration.
bool endsByItself(const LoadStops &stops) { return stops.requests || !stops.precision.isEmpty(); }

Result<> readCurve(const CommandLine &line, LoadPlan &plan, bool isTrace)
{
    const Result<std::optional<qint64>> users = countFrom(line, u"concurrency"_s);
    const Result<std::optional<double>> rate = numberFrom(line, u"rate"_s, 1e-3);
    const Result<ArrivalProcess> arrival = arrivalFrom(line);
    Nanoseconds duration{};
    const Result<> seconds = readSeconds(line, u"duration"_s, duration);
    for (const ApiError *error : {users ? nullptr : &users.error(), rate ? nullptr : &rate.error(),
             arrival ? nullptr : &arrival.error(), seconds ? nullptr : &seconds.error()}) {
        if (error) {
            return Failure(*error);
        }
    }
    if (*users && *rate) {
        return invalidRequest(
            u"--concurrency (a closed loop) and --rate (an open one) exclude each other."_s);
    }
    // Until its requests are sent, where nothing says how long.
    constexpr Nanoseconds day = std::chrono::hours(24);
    const bool isUsual = plan.curve.isEmpty() && !isTrace;
    if (*users || *rate || isUsual) {
        LoadBlock block;
        block.kind = *rate ? LoadBlock::Kind::Rate : LoadBlock::Kind::Users;
        block.from = *rate ? **rate : double(users->value_or(1));
        block.to = block.from;
        block.arrival = *arrival;
        block.duration = duration > Nanoseconds(0) ? duration
            : endsByItself(plan.stops)             ? day
                                                   : std::chrono::seconds(30);
        plan.curve = {block};
    } else if (duration > Nanoseconds(0) && plan.curve.size() == 1) {
        plan.curve.first().duration = duration;
    } else if (duration > Nanoseconds(0) && plan.curve.size() > 1) {
        return invalidRequest(
            u"--duration says nothing of a profile whose load has %1 blocks: change them there."_s
                .arg(plan.curve.size()));
    } else if (duration > Nanoseconds(0) && !line.has(u"sweep"_s)) {
        return invalidRequest(
            u"A recorded trace lasts as long as it lasts: --requests ends it sooner, --duration does not go with it."_s);
    }
    return {};
}

Result<> readPlan(const CommandLine &line, LoadPlan &plan, bool isTrace)
{
    const Result<std::optional<qint64>> requests = countFrom(line, u"requests"_s);
    const Result<std::optional<qint64>> threads = countFrom(line, u"threads"_s);
    const Result<std::optional<qint64>> mostAtOnce = countFrom(line, u"max-concurrency"_s);
    const Result<std::optional<qint64>> mostRequests = countFrom(line, u"max-requests"_s);
    for (const auto *count : {&requests, &threads, &mostAtOnce, &mostRequests}) {
        if (!*count) {
            return Failure(count->error());
        }
    }
    if (*requests) {
        plan.stops.requests = *requests;
    }
    plan.threads = int(threads->value_or(plan.threads));
    plan.ceiling.concurrency = int(std::min<qint64>(
        mostAtOnce->value_or(plan.ceiling.concurrency), std::numeric_limits<int>::max()));
    plan.ceiling.requests = mostRequests->value_or(plan.ceiling.requests);
    const Result<std::optional<double>> mostCost = numberFrom(line, u"max-cost"_s, 0);
    if (!mostCost) {
        return Failure(mostCost.error());
    }
    if (*mostCost) {
        plan.ceiling.cost = *mostCost;
    }
    const Result<TokenPrice> price = priceFrom(line);
    if (!price) {
        return Failure(price.error());
    }
    if (!price->isEmpty()) {
        plan.price = *price;
    }
    const Result<std::optional<double>> failures = numberFrom(line, u"max-failures"_s, 0, 100);
    if (!failures) {
        return Failure(failures.error());
    }
    if (*failures) {
        plan.stops.failures = **failures / 100;
    }
    if (line.has(u"until"_s)) {
        const Result<QList<PrecisionGoal>> goals = precisionGoalsFrom(line.value(u"until"_s));
        if (!goals) {
            return Failure(goals.error());
        }
        plan.stops.precision = *goals;
    }
    const Result<std::optional<qint64>> least = countFrom(line, u"until-least"_s);
    if (!least) {
        return Failure(least.error());
    }
    plan.stops.precisionLeast = least->value_or(plan.stops.precisionLeast);
    for (const auto &[option, time] : {std::pair{u"warmup"_s, &plan.warmUp},
             std::pair{u"cooldown"_s, &plan.coolDown}, std::pair{u"grace"_s, &plan.grace}}) {
        if (const Result<> read = readSeconds(line, option, *time); !read) {
            return read;
        }
    }
    const bool isFreshSeed = !line.has(u"seed"_s) && plan.seed == 0;
    if (line.has(u"seed"_s)) {
        bool isNumber = false;
        plan.seed = line.value(u"seed"_s).toULongLong(&isNumber);
        if (!isNumber) {
            return invalidRequest(
                u"--seed takes a whole number, not “%1”."_s.arg(line.value(u"seed"_s)));
        }
    } else if (isFreshSeed) {
        // A fresh one, or a server that keeps prompts would know these from the last run.
        plan.seed = QRandomGenerator::system()->generate64() >> 1;
    }
    if (line.has(u"slo"_s)) {
        const Result<ServiceObjective> objective = serviceObjectiveFrom(line.value(u"slo"_s));
        if (!objective) {
            return Failure(objective.error());
        }
        plan.objective = *objective;
    }
    if (line.has(u"shard"_s)) {
        const QStringList parts = line.value(u"shard"_s).split(u'/');
        plan.shard.index = parts.value(0) == "auto"_L1
            ? qEnvironmentVariable("JOB_COMPLETION_INDEX", u"-1"_s).toInt()
            : parts.value(0).toInt() - 1;
        plan.shard.count = parts.value(1).toInt();
        if (parts.size() != 2 || plan.shard.index < 0 || plan.shard.index >= plan.shard.count) {
            return invalidRequest(u"--shard takes which of how many, as 2/4, not “%1”."_s.arg(
                line.value(u"shard"_s)));
        }
        if (isFreshSeed) {
            return invalidRequest(
                u"--shard needs --seed, or a profile with a seed, the same for all shards."_s);
        }
    }
    return readCurve(line, plan, isTrace);
}

Result<> readSweep(const CommandLine &line, std::optional<SweepPlan> &sweep)
{
    if (!line.has(u"sweep"_s)) {
        return {};
    }
    SweepPlan plan = sweep.value_or(SweepPlan{.repeats = usualRepeats});
    const QString word = line.value(u"sweep"_s);
    if (word != "users"_L1 && word != "rate"_L1) {
        return invalidRequest(u"--sweep takes users or rate, not “%1”."_s.arg(word));
    }
    plan.kind = word == "rate"_L1 ? LoadBlock::Kind::Rate : LoadBlock::Kind::Users;
    const Result<ArrivalProcess> arrival = arrivalFrom(line);
    const Result<std::optional<double>> from = numberFrom(line, u"sweep-from"_s, 1e-3);
    const Result<std::optional<double>> most = numberFrom(line, u"sweep-to"_s, 1e-3);
    for (const ApiError *error : {arrival ? nullptr : &arrival.error(),
             from ? nullptr : &from.error(), most ? nullptr : &most.error()}) {
        if (error) {
            return Failure(*error);
        }
    }
    plan.arrival = *arrival;
    plan.from = from->value_or(plan.from);
    plan.most = most->value_or(plan.most);
    const Result<std::optional<qint64>> repeats = countFrom(line, u"sweep-repeats"_s);
    if (!repeats) {
        return Failure(repeats.error());
    }
    plan.repeats = int(std::min<qint64>(repeats->value_or(plan.repeats), mostRepeats + 1));
    if (const Result<> read = readSeconds(line, u"duration"_s, plan.stage); !read) {
        return read;
    }
    if (const Result<> read = readSeconds(line, u"warmup"_s, plan.warmUp); !read) {
        return read;
    }
    sweep = plan;
    return {};
}

} // namespace

Result<LoadProfile> loadProfileFrom(const CommandLine &line)
{
    if (const Result<> checked = checkTogether(line); !checked) {
        return Failure(checked.error());
    }
    LoadProfile profile;
    if (line.has(u"profile"_s)) {
        Result<LoadProfile> read = loadProfileIn(line.value(u"profile"_s));
        if (!read) {
            return read;
        }
        profile = *std::move(read);
    }
    if (const Result<> read = readWorkload(line, profile.workload); !read) {
        return Failure(read.error());
    }
    const bool isTrace = profile.workload.kind == LoadWorkload::Kind::Trace;
    if (const Result<> read = readPlan(line, profile.plan, isTrace); !read) {
        return Failure(read.error());
    }
    if (const Result<> read = readSweep(line, profile.sweep); !read) {
        return Failure(read.error());
    }
    if (profile.sweep && profile.plan.shard.count > 1) {
        return invalidRequest(
            u"A sweep decides by what it sees, and each shard would see its own part: run it from one machine."_s);
    }
    for (LoadBlock &block : profile.plan.curve) {
        if (isRecorded(block)) {
            // What it was with another trace or speed; looked up when this one is read.
            block.from = block.to = 1;
        }
    }
    if (const QString problem = problemOf(profile.workload); !problem.isEmpty()) {
        return invalidRequest(problem);
    }
    QString problem = profile.sweep ? problemOf(*profile.sweep) : problemOf(profile.plan, isTrace);
    if (problem.isEmpty()) {
        problem = problemOf(profile.plan, profile.workload.task.kind);
    }
    if (!problem.isEmpty()) {
        return invalidRequest(problem);
    }
    return profile;
}

} // namespace Lorikeet
