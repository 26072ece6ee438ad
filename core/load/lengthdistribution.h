// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/random.h"
#include "base/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QMetaType>
#include <QString>

namespace Lorikeet {

/// How long prompts, answers or conversations are: whole numbers of tokens or turns. A value.
struct LengthDistribution
{
    enum class Kind {
        Fixed, ///< always `mean`
        Uniform, ///< each from `least` to `most` as likely
        Normal, ///< of this mean and deviation; what is beyond least and most counts as these
        LogNormal, ///< likewise; mean and deviation are its own, not those of the logarithm
        Histogram, ///< one of the bins
    };

    struct Bin
    {
        qint64 tokens = 0;
        double weight = 1; ///< against the others'

        friend bool operator==(const Bin &, const Bin &) = default;
    };

    Kind kind = Kind::Fixed;
    double mean = 1;
    double deviation = 0;
    qint64 least = 1;
    qint64 most = 1'000'000;
    QList<Bin> histogram;

    [[nodiscard]] static LengthDistribution fixed(qint64 tokens)
    {
        return {.mean = double(tokens), .histogram = {}};
    }

    /// Takes the same number of random numbers whatever comes out.
    [[nodiscard]] qint64 draw(Random &random) const;

    /// The mean of what is drawn, and of its square.
    [[nodiscard]] double expected() const;
    [[nodiscard]] double expectedSquare() const;
    /// The standard deviation of what is drawn.
    [[nodiscard]] double expectedDeviation() const;

    friend bool operator==(const LengthDistribution &, const LengthDistribution &) = default;
};

/// What makes it unusable: the end of a sentence ("must not be …"); empty: nothing.
[[nodiscard]] QString problemOf(const LengthDistribution &lengths);

/// A number where it is fixed; else an object with "kind" ("uniform", "normal", "log_normal" or
/// "histogram") and the members of that kind. Bins are pairs: [[128, 1], [512, 3]].
[[nodiscard]] QJsonValue toJson(const LengthDistribution &lengths);
/// `place` begins the sentence of an error.
[[nodiscard]] Result<LengthDistribution> lengthDistributionFrom(
    const QJsonValue &json, const QString &place);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::LengthDistribution)
