// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadoptions.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "load/jsonmembers.h"
#include "store/tomljson.h"

#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// A number of an option, within bounds; nothing if not given.
Result<std::optional<double>> numberFrom(
    const CommandLine &line, const QString &option, double least, double most = 1e12)
{
    if (!line.has(option)) {
        return std::optional<double>();
    }
    bool isNumber = false;
    const double value = line.value(option).toDouble(&isNumber);
    if (!isNumber || !(value >= least) || value > most) {
        return invalidRequest(u"--%1 takes a number from %2 on, not “%3”."_s.arg(
            option, QString::number(least), line.value(option)));
    }
    return std::optional(value);
}

/// The same of a whole number.
Result<std::optional<qint64>> countFrom(const CommandLine &line, const QString &option)
{
    const Result<std::optional<double>> value = numberFrom(line, option, 1);
    if (!value) {
        return Failure(value.error());
    }
    if (*value && std::floor(**value) != **value) {
        return invalidRequest(
            u"--%1 takes a whole number, not “%2”."_s.arg(option, line.value(option)));
    }
    return *value ? std::optional(qint64(**value)) : std::nullopt;
}

Result<> readSeconds(const CommandLine &line, const QString &option, Nanoseconds &time)
{
    const Result<std::optional<Milliseconds>> given = line.seconds(option);
    if (!given) {
        return Failure(given.error());
    }
    time = given->value_or(std::chrono::ceil<Milliseconds>(time));
    return {};
}

/// "256", or "200:50" (mean and deviation), or "100-400" (each as likely).
Result<LengthDistribution> lengthsFrom(const QString &option, const QString &text)
{
    const auto wrong = [&] {
        return invalidRequest(
            u"--%1 takes tokens as 256, as 100-400 (each as likely) or as 200:50 (mean and standard deviation), not “%2”."_s
                .arg(option, text));
    };
    const auto numbers = [&text](QChar separator) -> std::optional<std::pair<qint64, qint64>> {
        const QStringList parts = text.split(separator);
        bool isFirst = false;
        bool isSecond = false;
        const qint64 first = parts.value(0).toLongLong(&isFirst);
        const qint64 second = parts.value(1).toLongLong(&isSecond);
        return parts.size() == 2 && isFirst && isSecond && first > 0 && second >= 0
            ? std::optional(std::pair(first, second))
            : std::nullopt;
    };
    LengthDistribution lengths;
    if (const auto range = numbers(u'-')) {
        lengths.kind = LengthDistribution::Kind::Uniform;
        lengths.least = range->first;
        lengths.most = range->second;
    } else if (const auto normal = numbers(u':')) {
        lengths.kind = LengthDistribution::Kind::Normal;
        lengths.mean = double(normal->first);
        lengths.deviation = double(normal->second);
    } else {
        bool isNumber = false;
        const qint64 tokens = text.toLongLong(&isNumber);
        if (!isNumber || tokens < 1) {
            return wrong();
        }
        lengths = LengthDistribution::fixed(tokens);
    }
    return problemOf(lengths).isEmpty() ? Result<LengthDistribution>(lengths) : wrong();
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

Result<QJsonObject> objectIn(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    const QByteArray text = file.readAll();
    if (name.endsWith(".toml"_L1, Qt::CaseInsensitive)) {
        return jsonFromToml(text, name);
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (!document.isObject()) {
        return invalidRequest(u"%1 is no profile: %2."_s.arg(name,
            error.error == QJsonParseError::NoError ? u"it is no JSON object"_s
                                                    : error.errorString()));
    }
    return document.object();
}

Result<SweepPlan> sweepPlanFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    SweepPlan sweep;
    QString kind = u"users"_s;
    members.read(u"kind"_s, kind);
    if (kind != "users"_L1 && kind != "rate"_L1) {
        members.refuse(u"kind"_s, u"must be “users” or “rate”"_s);
    }
    sweep.kind = kind == "rate"_L1 ? LoadBlock::Kind::Rate : LoadBlock::Kind::Users;
    members.read(u"from"_s, sweep.from);
    members.read(u"most"_s, sweep.most);
    double stage = std::chrono::duration<double>(sweep.stage).count();
    double warmUp = std::chrono::duration<double>(sweep.warmUp).count();
    members.read(u"stage_s"_s, stage);
    members.read(u"warm_up_s"_s, warmUp);
    sweep.stage = Nanoseconds(qRound64(stage * 1e9));
    sweep.warmUp = Nanoseconds(qRound64(warmUp * 1e9));
    members.read(u"refinements"_s, sweep.refinements);
    return members.end(sweep);
}

Result<LoadProfile> profileIn(const QString &name)
{
    const Result<QJsonObject> object = objectIn(name);
    if (!object) {
        return Failure(object.error());
    }
    JsonMembers members(*object, name);
    LoadProfile profile;
    members.readObject(u"workload"_s, profile.workload,
        [](const QJsonObject &inner, const QString &) { return loadWorkloadFrom(inner); });
    members.readObject(u"plan"_s, profile.plan,
        [](const QJsonObject &inner, const QString &) { return loadPlanFrom(inner); });
    if (members.value(u"sweep"_s)) {
        members.readObject(u"sweep"_s, profile.sweep.emplace(), &sweepPlanFrom);
    }
    return members.end(profile);
}

Result<> readWorkload(const CommandLine &line, LoadWorkload &workload)
{
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

Result<> readCurve(const CommandLine &line, LoadPlan &plan)
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
    if (*users || *rate) {
        LoadBlock block;
        block.kind = *users ? LoadBlock::Kind::Users : LoadBlock::Kind::Rate;
        block.from = *users ? double(**users) : **rate;
        block.to = block.from;
        block.arrival = *arrival;
        block.duration = duration > Nanoseconds(0) ? duration
            : plan.stops.requests                  ? day
                                                   : std::chrono::seconds(30);
        plan.curve = {block};
    } else if (duration > Nanoseconds(0) && plan.curve.size() == 1) {
        plan.curve.first().duration = duration;
    }
    return {};
}

Result<> readPlan(const CommandLine &line, LoadPlan &plan)
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
    const Result<std::optional<double>> failures = numberFrom(line, u"max-failures"_s, 0, 100);
    if (!failures) {
        return Failure(failures.error());
    }
    if (*failures) {
        plan.stops.failures = **failures / 100;
    }
    for (const auto &[option, time] : {std::pair{u"warmup"_s, &plan.warmUp},
             std::pair{u"cooldown"_s, &plan.coolDown}, std::pair{u"grace"_s, &plan.grace}}) {
        if (const Result<> read = readSeconds(line, option, *time); !read) {
            return read;
        }
    }
    if (line.has(u"seed"_s)) {
        bool isNumber = false;
        plan.seed = line.value(u"seed"_s).toULongLong(&isNumber);
        if (!isNumber) {
            return invalidRequest(
                u"--seed takes a whole number, not “%1”."_s.arg(line.value(u"seed"_s)));
        }
    } else if (plan.seed == 0) {
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
        plan.shard.index = parts.value(0).toInt() - 1;
        plan.shard.count = parts.value(1).toInt();
        if (parts.size() != 2 || plan.shard.index < 0 || plan.shard.index >= plan.shard.count) {
            return invalidRequest(u"--shard takes which of how many, as 2/4, not “%1”."_s.arg(
                line.value(u"shard"_s)));
        }
        if (!line.has(u"seed"_s)) {
            return invalidRequest(u"--shard needs --seed, the same for all shards."_s);
        }
    }
    return readCurve(line, plan);
}

Result<> readSweep(const CommandLine &line, std::optional<SweepPlan> &sweep)
{
    if (!line.has(u"sweep"_s)) {
        return {};
    }
    SweepPlan plan = sweep.value_or(SweepPlan());
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

QList<OptionHelp> loadOptions()
{
    return {
        {{u"profile"_s}, u"FILE"_s, u"A load test as JSON or TOML; options go over it."_s},
        {{u"concurrency"_s, u"c"_s}, u"N"_s,
            u"A closed loop: N users, each of whom asks again once it is answered. Default: 1."_s},
        {{u"rate"_s, u"r"_s}, u"R"_s,
            u"An open loop: R requests a second, whatever becomes of those before."_s},
        {{u"arrival"_s}, u"KIND"_s,
            u"How an open loop's requests follow each other: constant, poisson or gamma. Default: "
            "poisson."_s},
        {{u"burstiness"_s}, u"SHAPE"_s,
            u"Of gamma: below 1 in bursts, above more even than by chance."_s},
        {{u"duration"_s}, u"SECONDS"_s,
            u"How long; of a sweep each stage. Default: 30, or as long as --requests takes."_s},
        {{u"requests"_s}, u"N"_s, u"Ends once N conversations have begun."_s},
        {{u"warmup"_s}, u"SECONDS"_s, u"At the beginning, not part of the figures."_s},
        {{u"cooldown"_s}, u"SECONDS"_s, u"At the end, not part of the figures."_s},
        {{u"grace"_s}, u"SECONDS"_s,
            u"How long the last answers have to end before they are cancelled. Default: 30."_s},
        {{u"sweep"_s}, u"KIND"_s,
            u"Finds the limit: more and more users, or a higher and higher rate, until the server "
            "gives no more or breaks --slo."_s},
        {{u"sweep-from"_s}, u"LOAD"_s, u"Where a sweep begins. Default: 1."_s},
        {{u"sweep-to"_s}, u"LOAD"_s, u"What it does not go beyond. Default: 1024."_s},
        {{u"input-tokens"_s}, u"LENGTH"_s,
            u"Of synthetic prompts: 512, 100-900 (each as likely), 500:100 (mean and standard "
            "deviation). Default: 512."_s},
        {{u"output-tokens"_s}, u"LENGTH"_s, u"The limit of answers, likewise. Default: 128."_s},
        {{u"prompts"_s}, u"FILE"_s,
            u"Prompts or conversations instead: JSON lines, CSV, ShareGPT, OpenAI messages."_s},
        {{u"trace"_s}, u"FILE"_s,
            u"Times and lengths of a recording (Mooncake's JSON lines) instead."_s},
        {{u"trace-speed"_s}, u"FACTOR"_s, u"How much faster than it was recorded."_s},
        {{u"adapters"_s}, u"NAME:WEIGHT,…"_s,
            u"A mix of adapters, and how often each is asked; “base” is the base model."_s},
        {{u"zipf"_s}, u"EXPONENT"_s,
            u"The mix goes by their order instead: the n-th as often as 1/n^EXPONENT."_s},
        {{u"ignore-eos"_s}, {},
            u"Answers go on to their limit, where the server can be asked to."_s},
        {{u"no-stream"_s}, {}, u"Asks for whole answers; there is no time to the first token."_s},
        {{u"seed"_s}, u"N"_s,
            u"The same seed, the same requests at the same times. Default: a new one each run, so "
            "that no prompt is in the server's cache."_s},
        {{u"threads"_s}, u"N"_s, u"Sending threads. Default: 1."_s},
        {{u"slo"_s}, u"LIMITS"_s,
            u"A service-level objective: ttft_p95=500ms,itl_p99=50ms,errors=1%. A run that misses "
            "it ends with 7."_s},
        {{u"max-failures"_s}, u"PERCENT"_s,
            u"Ends the run once more of the last hundred requests failed."_s},
        {{u"max-concurrency"_s}, u"N"_s,
            u"A ceiling: never more at once; what an open loop would send waits. Default: 10000, "
            u"and "
            "256 at servers that are not of this network."_s},
        {{u"max-requests"_s}, u"N"_s,
            u"A ceiling: never more in all. Default: 1000000, and 10000 at servers that are not of "
            "this network."_s},
        {{u"shard"_s}, u"I/N"_s,
            u"Runs a part of the plan, for several machines together; “lori load merge” joins "
            u"their "
            "reports."_s},
    };
}

Result<LoadProfile> loadProfileFrom(const CommandLine &line)
{
    LoadProfile profile;
    if (line.has(u"profile"_s)) {
        Result<LoadProfile> read = profileIn(line.value(u"profile"_s));
        if (!read) {
            return read;
        }
        profile = *std::move(read);
    }
    if (const Result<> read = readWorkload(line, profile.workload); !read) {
        return Failure(read.error());
    }
    if (const Result<> read = readPlan(line, profile.plan); !read) {
        return Failure(read.error());
    }
    if (const Result<> read = readSweep(line, profile.sweep); !read) {
        return Failure(read.error());
    }
    const bool isTrace = profile.workload.kind == LoadWorkload::Kind::Trace;
    if (profile.plan.curve.isEmpty() && !isTrace) {
        const Nanoseconds duration = profile.plan.stops.requests
            ? Nanoseconds(std::chrono::hours(24))
            : Nanoseconds(std::chrono::seconds(30));
        profile.plan.curve = {{.duration = duration, .arrival = {}}};
    }
    if (const QString problem = problemOf(profile.workload); !problem.isEmpty()) {
        return invalidRequest(problem);
    }
    const QString problem
        = profile.sweep ? problemOf(*profile.sweep) : problemOf(profile.plan, isTrace);
    if (!problem.isEmpty()) {
        return invalidRequest(problem);
    }
    return profile;
}

} // namespace Lorikeet
