// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "simulator/fault.h"

#include <QHostAddress>
#include <QList>
#include <QString>

#include <optional>

namespace Lorikeet {

/// How long things take at the simulated server. Times are medians of log-normal distributions
/// whose spread is sigma (0: always exactly the median).
struct SimulatorTiming
{
    Nanoseconds firstToken{}; ///< from the slot to the first token, for an empty prompt
    double firstTokenSigma = 0;
    Nanoseconds promptToken{}; ///< prefill, added for each token of the prompt
    Nanoseconds interToken{}; ///< between tokens of a stream that runs alone
    double interTokenSigma = 0;
    int slots = 64; ///< streams that run at once; more of them wait in line
    double slowdown = 0; ///< each further running stream makes a token this much slower (0.05: 5 %)
    Nanoseconds adapterLoad{}; ///< once for each adapter, at its first use

    friend bool operator==(const SimulatorTiming &, const SimulatorTiming &) = default;
};

/// Ready-made timings: "fast" for tests, "local-7b", "cloud", "slow", and "unpaced", which sends
/// as fast as the client reads.
[[nodiscard]] std::optional<SimulatorTiming> simulatorProfile(QStringView name);
[[nodiscard]] QStringList simulatorProfileNames();

enum class SimulatorDialect {
    OpenAi, ///< as vLLM speaks it
    Lorax,
    Both,
};

/// Everything that decides how a Simulator behaves. The same options and the same requests in the
/// same order give the same answers and the same planned times.
struct SimulatorOptions
{
    QHostAddress host = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; ///< 0: a free one
    /// Which server it is on the wire, identifying routes included: a name of
    /// simulatorServerHelp(). Empty: vLLM and LoRAX at once, or what `dialect` leaves of them.
    QString server;
    SimulatorDialect dialect = SimulatorDialect::Both;
    SimulatorTiming timing;
    QString model; ///< the base model's id; empty: simulatorBaseModel()
    int contextLength = 8192; ///< tokens of prompt and answer together
    Secret key; ///< empty: everyone may ask
    QList<SimulatorFaultRule> faults;
    bool listFaults = false; ///< show the models "fault/…" in the list of models
    quint64 seed = 0;
    Milliseconds keepAlive{15'000}; ///< LoRAX: a comment after so long a silence of a stream
    Milliseconds headTimeout{30'000}; ///< for a request's head to arrive
    Milliseconds idleTimeout{300'000}; ///< of a kept connection without a request
    int concurrency = 1024; ///< LoRAX: requests at once; further ones are refused as overloaded
    int connections = 4096; ///< at once; further ones are closed
};

/// A server the simulator can be.
struct SimulatorServerHelp
{
    QString name; ///< "ollama"
    QString text; ///< a few words
    QString base; ///< what clients add to the address, "/v1"; may be empty
};

[[nodiscard]] QList<SimulatorServerHelp> simulatorServerHelp();

[[nodiscard]] QString simulatorBaseModel();

/// The ids of the adapters that are there from the start.
[[nodiscard]] QStringList simulatorAdapters();

} // namespace Lorikeet
