// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

#include <optional>

namespace Lorikeet {

/// Something that goes wrong with a request on purpose. Written "name" or "name;parameter", in the
/// header X-Lorikeet-Fault, as the model "fault/name", or on the command line.
struct SimulatorFault
{
    enum class Kind {
        RateLimited, ///< 429 with Retry-After; parameter: seconds
        ServerError, ///< 500
        Unavailable, ///< 503, then fine; parameter: how many times the same request is refused
        Cut, ///< the connection ends without the answer's end; parameter: tokens before
        Reset, ///< the same, by a TCP reset
        Stall, ///< nothing more comes, and the connection stays; parameter: tokens before
        Drip, ///< the body byte by byte; parameter: milliseconds between bytes
        Malformed, ///< an event that is not JSON; parameter: tokens before
        ErrorEvent, ///< an error event inside the stream; parameter: tokens before
        Html, ///< 200 and a web page
        NoDone, ///< the end marker is missing, the connection ends well
        NoFinish, ///< the finish reason is missing too
        Silent, ///< the request is read and never answered
        Redirect, ///< 307; parameter: where to (another origin by default)
        Empty, ///< JSON that keeps to a schema has nothing in it
        Short, ///< of vectors or scores the last one is missing
    };

    Kind kind = Kind::ServerError;
    QString parameter;

    /// The parameter as a number, or the default of this kind.
    [[nodiscard]] int number() const;
    /// As it was written.
    [[nodiscard]] QString toString() const;

    friend bool operator==(const SimulatorFault &, const SimulatorFault &) = default;
};

/// A fault that befalls every request with a probability (0..1).
struct SimulatorFaultRule
{
    SimulatorFault fault;
    double probability = 1;

    friend bool operator==(const SimulatorFaultRule &, const SimulatorFaultRule &) = default;
};

/// "cut;12" and the like.
[[nodiscard]] Result<SimulatorFault> parseSimulatorFault(const QString &text);

/// "cut;12@0.1": one in ten. Without "@" every request.
[[nodiscard]] Result<SimulatorFaultRule> parseSimulatorFaultRule(const QString &text);

/// A line of help on each fault: its name and parameter, and what it does.
struct SimulatorFaultHelp
{
    QString name;
    QString parameter; ///< its name, "TOKENS"; empty: takes none
    QString fallback; ///< what it is where it is left out, "5"; empty: text says
    QString text;
};

[[nodiscard]] QList<SimulatorFaultHelp> simulatorFaultHelp();

} // namespace Lorikeet
