// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/fault.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = SimulatorFault::Kind;

struct FaultInfo
{
    Kind kind;
    QLatin1StringView name;
    QLatin1StringView parameter; ///< the name of the parameter; empty: takes none
    int number; ///< its default
    QLatin1StringView text;
};

constexpr std::array faults = {
    FaultInfo{
        Kind::RateLimited, "429"_L1, "SECONDS"_L1, 1, "too many requests, with Retry-After"_L1},
    FaultInfo{Kind::ServerError, "500"_L1, ""_L1, 0, "an error of the server"_L1},
    FaultInfo{Kind::Unavailable, "503"_L1, "TIMES"_L1, 1,
        "refuses the same request this many times, then answers"_L1},
    FaultInfo{Kind::Cut, "cut"_L1, "TOKENS"_L1, 5, "closes the connection amid the answer"_L1},
    FaultInfo{Kind::Reset, "reset"_L1, "TOKENS"_L1, 5, "resets the connection amid the answer"_L1},
    FaultInfo{Kind::Stall, "stall"_L1, "TOKENS"_L1, 5, "stops sending and keeps the connection"_L1},
    FaultInfo{Kind::Drip, "drip"_L1, "MS"_L1, 1, "sends the body byte by byte, one each MS"_L1},
    FaultInfo{
        Kind::Malformed, "malformed"_L1, "TOKENS"_L1, 5, "sends something that is not JSON"_L1},
    FaultInfo{Kind::ErrorEvent, "error"_L1, "TOKENS"_L1, 5, "sends an error inside the stream"_L1},
    FaultInfo{Kind::Html, "html"_L1, ""_L1, 0, "answers 200 with a web page"_L1},
    FaultInfo{Kind::NoDone, "no-done"_L1, ""_L1, 0, "leaves out the end marker"_L1},
    FaultInfo{
        Kind::NoFinish, "no-finish"_L1, ""_L1, 0, "leaves out finish reason and end marker"_L1},
    FaultInfo{Kind::Silent, "silent"_L1, ""_L1, 0, "reads the request and never answers"_L1},
    FaultInfo{Kind::Redirect, "redirect"_L1, "URL"_L1, 0, "redirects to another origin"_L1},
    FaultInfo{Kind::Empty, "empty"_L1, ""_L1, 0,
        "answers {} where JSON or a function's arguments are asked for"_L1},
    FaultInfo{Kind::Short, "short"_L1, ""_L1, 0,
        "leaves out the last vector or score, where these are asked for"_L1},
};

const FaultInfo &infoOf(Kind kind)
{
    return *std::find_if(
        faults.begin(), faults.end(), [kind](const FaultInfo &info) { return info.kind == kind; });
}

} // namespace

int SimulatorFault::number() const
{
    bool ok = false;
    const int value = parameter.toInt(&ok);
    return ok ? value : infoOf(kind).number;
}

QString SimulatorFault::toString() const
{
    const QString name = infoOf(kind).name;
    return parameter.isEmpty() ? name : name + u';' + parameter;
}

Result<SimulatorFault> parseSimulatorFault(const QString &text)
{
    const qsizetype semicolon = text.indexOf(u';');
    const QString name = text.first(semicolon < 0 ? text.size() : semicolon).trimmed().toLower();
    const QString parameter = semicolon < 0 ? QString() : text.sliced(semicolon + 1).trimmed();
    for (const FaultInfo &info : faults) {
        if (name != info.name) {
            continue;
        }
        bool good = parameter.isEmpty() || info.kind == Kind::Redirect;
        if (!good && !info.parameter.isEmpty()) {
            good = parameter.toInt(&good) >= 0 && good;
        }
        if (!good) {
            return fail(ApiError::Kind::InvalidRequest,
                info.parameter.isEmpty()
                    ? u"The fault '%1' takes no parameter."_s.arg(name)
                    : u"The fault '%1' takes a whole number (%2), not '%3'."_s.arg(
                          name, info.parameter, parameter));
        }
        return SimulatorFault{.kind = info.kind, .parameter = parameter};
    }
    QStringList names;
    for (const FaultInfo &info : faults) {
        names.append(info.name);
    }
    return fail(ApiError::Kind::InvalidRequest,
        u"There is no fault '%1'. There are: %2."_s.arg(name, names.join(", "_L1)));
}

Result<SimulatorFaultRule> parseSimulatorFaultRule(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    SimulatorFaultRule rule;
    // A redirect's URL may hold an @ of its own.
    bool isNumber = false;
    const double probability = at < 0 ? 1 : text.sliced(at + 1).toDouble(&isNumber);
    if (isNumber && !(probability >= 0 && probability <= 1)) {
        return fail(ApiError::Kind::InvalidRequest,
            u"The probability of a fault is from 0 to 1, not %1."_s.arg(text.sliced(at + 1)));
    }
    Result<SimulatorFault> fault = parseSimulatorFault(isNumber ? text.first(at) : text);
    if (!fault) {
        return Failure(fault.error());
    }
    rule.fault = *fault;
    rule.probability = isNumber ? probability : 1;
    return rule;
}

QList<SimulatorFaultHelp> simulatorFaultHelp()
{
    QList<SimulatorFaultHelp> help;
    for (const FaultInfo &info : faults) {
        help.append({.name = info.name,
            .parameter = info.parameter,
            .fallback = info.number > 0 ? QString::number(info.number) : QString(),
            .text = info.text});
    }
    return help;
}

} // namespace Lorikeet
