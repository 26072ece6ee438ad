// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/jsonmembers.h"
#include "load/loadplan.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array blockKinds{
    JsonMembers::Word<LoadBlock::Kind>{LoadBlock::Kind::Users, "users"_L1},
    JsonMembers::Word<LoadBlock::Kind>{LoadBlock::Kind::Rate, "rate"_L1},
    JsonMembers::Word<LoadBlock::Kind>{LoadBlock::Kind::Pause, "pause"_L1},
};

constexpr std::array arrivalKinds{
    JsonMembers::Word<ArrivalProcess::Kind>{ArrivalProcess::Kind::Constant, "constant"_L1},
    JsonMembers::Word<ArrivalProcess::Kind>{ArrivalProcess::Kind::Poisson, "poisson"_L1},
    JsonMembers::Word<ArrivalProcess::Kind>{ArrivalProcess::Kind::Gamma, "gamma"_L1},
    JsonMembers::Word<ArrivalProcess::Kind>{ArrivalProcess::Kind::Recorded, "recorded"_L1},
};

template<typename Words, typename E>
QString wordOf(const Words &words, E value)
{
    for (const auto &[known, word] : words) {
        if (known == value) {
            return word;
        }
    }
    return {};
}

Result<LoadBlock> blockFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    LoadBlock block;
    members.require(u"kind"_s);
    members.read(
        u"kind"_s, block.kind, std::span<const JsonMembers::Word<LoadBlock::Kind>>(blockKinds));
    members.require(u"seconds"_s);
    members.readSeconds(u"seconds"_s, block.duration);
    if (block.kind == LoadBlock::Kind::Rate) {
        members.read(u"arrival"_s, block.arrival.kind,
            std::span<const JsonMembers::Word<ArrivalProcess::Kind>>(arrivalKinds));
        members.read(u"burstiness"_s, block.arrival.burstiness);
    }
    if (block.kind != LoadBlock::Kind::Pause) {
        // A recording has its load; here it is what to expect.
        if (!isRecorded(block)) {
            members.require(u"from"_s);
        }
        members.read(u"from"_s, block.from);
        block.to = block.from;
        members.read(u"to"_s, block.to);
        members.read(u"steps"_s, block.steps);
    }
    return members.end(block);
}

QJsonObject toJson(const LoadBlock &block)
{
    QJsonObject object{
        {u"kind"_s, wordOf(blockKinds, block.kind)}, {u"seconds"_s, toSeconds(block.duration)}};
    if (block.kind == LoadBlock::Kind::Pause) {
        return object;
    }
    object.insert(u"from"_s, block.from);
    if (block.to != block.from) {
        object.insert(u"to"_s, block.to);
    }
    if (block.steps != 0) {
        object.insert(u"steps"_s, block.steps);
    }
    if (block.kind == LoadBlock::Kind::Rate) {
        object.insert(u"arrival"_s, wordOf(arrivalKinds, block.arrival.kind));
        if (block.arrival.kind == ArrivalProcess::Kind::Gamma) {
            object.insert(u"burstiness"_s, block.arrival.burstiness);
        }
    }
    return object;
}

template<typename T>
void put(QJsonObject &object, const QString &name, const T &value, const T &common)
{
    if (value != common) {
        object.insert(name, value);
    }
}

void putNumber(QJsonObject &object, const QString &name, const std::optional<double> &number)
{
    if (number) {
        object.insert(name, *number);
    }
}

void readNumber(JsonMembers &members, const QString &name, std::optional<double> &number)
{
    if (members.value(name)) {
        members.read(name, number.emplace());
    }
}

void putSeconds(QJsonObject &object, const QString &name, Nanoseconds time, Nanoseconds common)
{
    put(object, name, toSeconds(time), toSeconds(common));
}

/// A member of its own only where it is not empty.
void putObject(QJsonObject &object, const QString &name, const QJsonObject &inner)
{
    if (!inner.isEmpty()) {
        object.insert(name, inner);
    }
}

} // namespace

QJsonObject toJson(const LoadPlan &plan)
{
    const LoadPlan common;
    QJsonArray curve;
    for (const LoadBlock &block : plan.curve) {
        curve.append(toJson(block));
    }
    QJsonObject object{{u"curve"_s, curve}, {u"seed"_s, QString::number(plan.seed)}};
    putSeconds(object, u"warm_up_s"_s, plan.warmUp, common.warmUp);
    putSeconds(object, u"cool_down_s"_s, plan.coolDown, common.coolDown);
    putSeconds(object, u"grace_s"_s, plan.grace, common.grace);
    putSeconds(object, u"stall_s"_s, plan.stallThreshold, common.stallThreshold);
    QJsonObject stops;
    if (plan.stops.requests) {
        stops.insert(u"requests"_s, *plan.stops.requests);
    }
    if (plan.stops.failures) {
        stops.insert(u"failures"_s, *plan.stops.failures);
    }
    put(stops, u"precision"_s, toText(plan.stops.precision), QString());
    put(stops, u"precision_least"_s, plan.stops.precisionLeast, common.stops.precisionLeast);
    putObject(object, u"stop"_s, stops);
    QJsonObject ceiling;
    put(ceiling, u"concurrency"_s, plan.ceiling.concurrency, common.ceiling.concurrency);
    put(ceiling, u"requests"_s, plan.ceiling.requests, common.ceiling.requests);
    put(ceiling, u"elsewhere"_s, plan.ceiling.holdsElsewhere, common.ceiling.holdsElsewhere);
    putNumber(ceiling, u"cost"_s, plan.ceiling.cost);
    putObject(object, u"ceiling"_s, ceiling);
    put(object, u"objective"_s, toText(plan.objective), QString());
    QJsonObject price;
    putNumber(price, u"prompt"_s, plan.price.prompt);
    putNumber(price, u"output"_s, plan.price.output);
    put(price, u"currency"_s, plan.price.currency, QString());
    putObject(object, u"price"_s, price);
    return object;
}

Result<LoadPlan> loadPlanFrom(const QJsonObject &object)
{
    JsonMembers members(object, u"The plan"_s);
    LoadPlan plan;
    members.readList(u"curve"_s, plan.curve, &blockFrom);
    // As text, since a number in JSON has 53 bits.
    members.readValue(
        u"seed"_s, plan.seed, [](const QJsonValue &value, const QString &place) -> Result<quint64> {
            bool isNumber = value.isDouble() && value.toInteger(-1) >= 0;
            const quint64 seed = value.isString() ? value.toString().toULongLong(&isNumber)
                                                  : quint64(value.toInteger());
            return isNumber ? Result<quint64>(seed)
                            : fail(ApiError::Kind::InvalidRequest,
                                  u"%1 must be a whole number from 0 on."_s.arg(place));
        });
    members.readSeconds(u"warm_up_s"_s, plan.warmUp);
    members.readSeconds(u"cool_down_s"_s, plan.coolDown);
    members.readSeconds(u"grace_s"_s, plan.grace);
    members.readSeconds(u"stall_s"_s, plan.stallThreshold);
    members.readObject(u"stop"_s, plan.stops,
        [](const QJsonObject &inner, const QString &place) -> Result<LoadStops> {
            JsonMembers stop(inner, place);
            LoadStops stops;
            if (stop.value(u"requests"_s)) {
                stop.read(u"requests"_s, stops.requests.emplace());
            }
            if (stop.value(u"failures"_s)) {
                stop.read(u"failures"_s, stops.failures.emplace());
            }
            QString precision;
            stop.read(u"precision"_s, precision);
            if (!precision.isEmpty()) {
                stop.take(precisionGoalsFrom(precision), stops.precision);
            }
            stop.read(u"precision_least"_s, stops.precisionLeast);
            return stop.end(stops);
        });
    members.readObject(u"ceiling"_s, plan.ceiling,
        [](const QJsonObject &inner, const QString &place) -> Result<LoadCeiling> {
            JsonMembers limits(inner, place);
            LoadCeiling ceiling;
            limits.read(u"concurrency"_s, ceiling.concurrency);
            limits.read(u"requests"_s, ceiling.requests);
            limits.read(u"elsewhere"_s, ceiling.holdsElsewhere);
            readNumber(limits, u"cost"_s, ceiling.cost);
            return limits.end(ceiling);
        });
    members.readObject(u"price"_s, plan.price,
        [](const QJsonObject &inner, const QString &place) -> Result<TokenPrice> {
            JsonMembers amounts(inner, place);
            TokenPrice price;
            readNumber(amounts, u"prompt"_s, price.prompt);
            readNumber(amounts, u"output"_s, price.output);
            amounts.read(u"currency"_s, price.currency);
            return amounts.end(price);
        });
    QString objective;
    members.read(u"objective"_s, objective);
    if (!objective.isEmpty()) {
        members.take(serviceObjectiveFrom(objective), plan.objective);
    }
    return members.end(plan);
}

} // namespace Lorikeet
