// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parameterrow.h"
#include "providers/parametertables.h"

#include <array>

namespace Lorikeet {

namespace {

using Type = ParameterSpec::Type;
using Fate = ParameterSpec::Fate;
using Row = ParameterRow;

constexpr double none = ParameterRange::none;
constexpr QStringView ignoredHelp = u"This server takes it without a word and without effect.";

// langformers/generators: both ranges and defaults are checked there, but for memory_k: 0 doubles
// the system prompt with each turn and negative values keep everything, for all users.
constexpr std::array rows{
    Row{u"temperature", Type::Number, u"Sampling", {0, 1}, u"0.5",
        u"Higher is more varied; this server takes no more than 1."},
    Row{u"top_p", Type::Number, u"Sampling", {0, 1}, u"1",
        u"Sample among the likeliest tokens that together have this probability."},
    Row{u"max_length", Type::Integer, u"Length", {1, none, 8192}, u"5000",
        u"The most new tokens to generate."},
    Row{u"memory_k", Type::Integer, u"Advanced", {1, none, 50}, u"10",
        u"How many messages the server keeps, the newest prompt included and the system prompt "
        "not."},
    Row{u"stop", Type::TextList, u"Length", {}, u"", ignoredHelp, u"", Fate::Ignored},
    Row{u"seed", Type::Integer, u"Sampling", {}, u"", ignoredHelp, u"", Fate::Ignored},
    Row{u"max_tokens", Type::Integer, u"Length", {}, u"",
        u"Without effect: this server's name for it is max_length.", u"", Fate::Ignored},
};

} // namespace

ParameterSpecs langformersParameters()
{
    static const ParameterSpecs specs = toSpecs(rows);
    return specs;
}

} // namespace Lorikeet
