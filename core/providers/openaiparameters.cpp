// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parametertables.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

ParameterSpecs openAiParameters(Server)
{
    return {
        {.name = u"temperature"_s, .group = u"Sampling"_s, .minimum = 0.0, .maximum = 2.0},
        {.name = u"max_tokens"_s,
            .type = ParameterSpec::Type::Integer,
            .group = u"Length"_s,
            .minimum = 1.0},
        {.name = u"include_usage"_s,
            .type = ParameterSpec::Type::Boolean,
            .fate = ParameterSpec::Fate::Client},
    };
}

} // namespace Lorikeet
