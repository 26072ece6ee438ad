// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/simulatoroptions.h"

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

struct Profile
{
    QLatin1StringView name;
    SimulatorTiming timing;
};

constexpr std::array profiles = {
    Profile{"fast"_L1,
        {.firstToken = 2ms,
            .firstTokenSigma = 0.1,
            .interToken = 500us,
            .interTokenSigma = 0.1,
            .slots = 256,
            .adapterLoad = 5ms}},
    Profile{"local-7b"_L1,
        {.firstToken = 140ms,
            .firstTokenSigma = 0.2,
            .promptToken = 450us,
            .interToken = 16ms,
            .interTokenSigma = 0.12,
            .slots = 8,
            .slowdown = 0.09,
            .adapterLoad = 1200ms}},
    Profile{"cloud"_L1,
        {.firstToken = 320ms,
            .firstTokenSigma = 0.4,
            .promptToken = 25us,
            .interToken = 11ms,
            .interTokenSigma = 0.5,
            .slots = 96,
            .slowdown = 0.012,
            .adapterLoad = 800ms}},
    Profile{"slow"_L1,
        {.firstToken = 2500ms,
            .firstTokenSigma = 0.3,
            .promptToken = 4ms,
            .interToken = 160ms,
            .interTokenSigma = 0.3,
            .slots = 2,
            .slowdown = 0.5,
            .adapterLoad = 6s}},
    Profile{"unpaced"_L1, {.slots = 65'536}},
};

} // namespace

std::optional<SimulatorTiming> simulatorProfile(QStringView name)
{
    for (const Profile &profile : profiles) {
        if (name == profile.name) {
            return profile.timing;
        }
    }
    return std::nullopt;
}

QStringList simulatorProfileNames()
{
    QStringList names;
    for (const Profile &profile : profiles) {
        names.append(profile.name);
    }
    return names;
}

QString simulatorBaseModel() { return u"simulated-8b"_s; }

QStringList simulatorAdapters() { return {u"support-v3"_s, u"support-v4"_s, u"sql-expert"_s}; }

} // namespace Lorikeet
