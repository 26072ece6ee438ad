// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <cmath>
#include <numbers>

namespace Lorikeet {

/// Random numbers that are the same on every platform and in every version of the standard
/// library (whose distributions are not), so that a seed means one answer and one timing for good.
/// The generator is SplitMix64.
class Random final
{
public:
    explicit Random(quint64 seed)
        : m_state(seed)
    { }

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    /// In [0, 1).
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    /// In [0, count); count must be positive.
    qsizetype below(qsizetype count)
    {
        return static_cast<qsizetype>(next() % static_cast<quint64>(count));
    }

    bool chance(double probability) { return uniform() < probability; }

    /// Standard normal, by Box and Muller.
    double normal()
    {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

    double logNormal(double median, double sigma) { return median * std::exp(sigma * normal()); }

    /// With the mean 1.
    double exponential() { return -std::log(1.0 - uniform()); }

    /// Gamma of this shape, which is positive, scaled to the mean 1: the greater the shape, the
    /// more even. By Marsaglia and Tsang (2000), doi:10.1145/358407.358414.
    double gamma(double shape)
    {
        // Below 1 by way of the next higher shape.
        const double raised = shape < 1 ? shape + 1 : shape;
        const double power = shape < 1 ? std::pow(1.0 - uniform(), 1 / shape) : 1;
        const double d = raised - 1.0 / 3.0;
        while (true) {
            const double x = normal();
            const double root = 1.0 + x / std::sqrt(9.0 * d);
            const double v = root * root * root;
            if (v > 0 && std::log(1.0 - uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) {
                return d * v * power / shape;
            }
        }
    }

private:
    quint64 m_state;
};

/// A stable 64-bit hash (FNV-1a with a final mix); `seed` chains several.
[[nodiscard]] inline quint64 stableHash(QByteArrayView bytes, quint64 seed = 0)
{
    quint64 hash = 0xcbf29ce484222325ULL ^ seed;
    for (const char c : bytes) {
        hash = (hash ^ static_cast<quint8>(c)) * 0x100000001b3ULL;
    }
    return Random(hash).next();
}

} // namespace Lorikeet
