// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/lengthdistribution.h"

#include "base/invalidrequest.h"
#include "load/jsonmembers.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = LengthDistribution::Kind;

constexpr std::array kindWords{JsonMembers::Word<Kind>{Kind::Fixed, "fixed"_L1},
    JsonMembers::Word<Kind>{Kind::Uniform, "uniform"_L1},
    JsonMembers::Word<Kind>{Kind::Normal, "normal"_L1},
    JsonMembers::Word<Kind>{Kind::LogNormal, "log_normal"_L1},
    JsonMembers::Word<Kind>{Kind::Histogram, "histogram"_L1}};

/// Of the logarithm of a log-normal distribution with this mean and deviation.
struct Logarithm
{
    double mean;
    double deviation;
};

Logarithm logarithmOf(const LengthDistribution &lengths)
{
    const double ratio = lengths.deviation / lengths.mean;
    const double variance = std::log1p(ratio * ratio);
    return {.mean = std::log(lengths.mean) - variance / 2, .deviation = std::sqrt(variance)};
}

qint64 within(const LengthDistribution &lengths, double value)
{
    return qint64(std::llround(std::clamp(value, double(lengths.least), double(lengths.most))));
}

/// That a standard normal number is below.
double below(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

double density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); }

/// Of what is drawn: the mean of its power, which is 1 or 2.
double moment(const LengthDistribution &lengths, int power)
{
    const auto raised = [power](double value) { return power == 1 ? value : value * value; };
    const auto least = double(lengths.least);
    const auto most = double(lengths.most);
    // The ends have all that lies beyond them.
    const auto ends = [&](double low, double high) {
        return raised(least) * below(low) + raised(most) * below(-high);
    };
    switch (lengths.kind) {
    case Kind::Fixed:
        break;
    case Kind::Uniform: {
        const double count = most - least + 1;
        const double mean = (least + most) / 2;
        return power == 1 ? mean : mean * mean + (count * count - 1) / 12;
    }
    case Kind::Normal: {
        const double mean = lengths.mean;
        const double deviation = lengths.deviation;
        if (deviation <= 0) {
            break;
        }
        const double low = (least - mean) / deviation;
        const double high = (most - mean) / deviation;
        const double middle = below(high) - below(low);
        return ends(low, high)
            + (power == 1 ? mean * middle - deviation * (density(high) - density(low))
                          : (mean * mean + deviation * deviation) * middle
                        - deviation
                            * ((most + mean) * density(high) - (least + mean) * density(low)));
    }
    case Kind::LogNormal: {
        const Logarithm logarithm = logarithmOf(lengths);
        if (logarithm.deviation <= 0) {
            break;
        }
        const double low = (std::log(least) - logarithm.mean) / logarithm.deviation;
        const double high = (std::log(most) - logarithm.mean) / logarithm.deviation;
        const double shift = power * logarithm.deviation;
        return ends(low, high)
            + std::exp(power * logarithm.mean + shift * shift / 2)
            * (below(high - shift) - below(low - shift));
    }
    case Kind::Histogram: {
        double sum = 0;
        double weights = 0;
        for (const LengthDistribution::Bin &bin : lengths.histogram) {
            sum += bin.weight * raised(double(bin.tokens));
            weights += bin.weight;
        }
        return weights > 0 ? sum / weights : 0;
    }
    }
    return raised(lengths.kind == Kind::Fixed ? double(std::llround(lengths.mean))
                                              : double(within(lengths, lengths.mean)));
}

Result<QList<LengthDistribution::Bin>> binsFrom(const QJsonValue &json, const QString &place)
{
    QList<LengthDistribution::Bin> bins;
    const QJsonArray list = json.toArray();
    for (const QJsonValue &item : list) {
        const QJsonArray pair = item.toArray();
        if (pair.size() != 2 || !pair.at(0).isDouble() || !pair.at(1).isDouble()) {
            return invalidRequest(
                u"%1: entry %2 of “bins” must be a pair of numbers, tokens and weight."_s.arg(
                    place, QString::number(bins.size() + 1)));
        }
        bins.append({.tokens = pair.at(0).toInteger(-1), .weight = pair.at(1).toDouble()});
    }
    return bins;
}

/// Those that its kind has.
void readMembers(JsonMembers &members, const QJsonObject &object, const QString &place,
    LengthDistribution &lengths)
{
    switch (lengths.kind) {
    case Kind::Fixed:
        members.require(u"mean"_s);
        members.read(u"mean"_s, lengths.mean);
        return;
    case Kind::Normal:
    case Kind::LogNormal:
        members.require(u"mean"_s);
        members.read(u"mean"_s, lengths.mean);
        members.read(u"deviation"_s, lengths.deviation);
        members.read(u"least"_s, lengths.least);
        members.read(u"most"_s, lengths.most);
        return;
    case Kind::Uniform:
        members.require(u"most"_s);
        members.read(u"least"_s, lengths.least);
        members.read(u"most"_s, lengths.most);
        return;
    case Kind::Histogram:
        members.require(u"bins"_s);
        members.take(binsFrom(object.value(u"bins"_s), place), lengths.histogram);
        return;
    }
}

} // namespace

qint64 LengthDistribution::draw(Random &random) const
{
    switch (kind) {
    case Kind::Fixed:
        return std::llround(mean);
    case Kind::Uniform:
        return least + qint64(random.below(qsizetype(most - least) + 1));
    case Kind::Normal:
        return within(*this, mean + deviation * random.normal());
    case Kind::LogNormal: {
        const Logarithm logarithm = logarithmOf(*this);
        return within(*this, random.logNormal(std::exp(logarithm.mean), logarithm.deviation));
    }
    case Kind::Histogram: {
        double weights = 0;
        for (const Bin &bin : histogram) {
            weights += bin.weight;
        }
        double left = random.uniform() * weights;
        qint64 tokens = 0;
        for (const Bin &bin : histogram) {
            if (bin.weight > 0) {
                tokens = bin.tokens; // the last one also where rounding leaves something
                left -= bin.weight;
                if (left < 0) {
                    break;
                }
            }
        }
        return tokens;
    }
    }
    Q_UNREACHABLE_RETURN(0);
}

double LengthDistribution::expected() const { return moment(*this, 1); }

double LengthDistribution::expectedSquare() const { return moment(*this, 2); }

double LengthDistribution::expectedDeviation() const
{
    return std::sqrt(std::max(0.0, expectedSquare() - expected() * expected()));
}

QString problemOf(const LengthDistribution &lengths)
{
    constexpr qint64 limit = 10'000'000;
    const auto isLength = [](double value) { return value >= 1 && value <= double(limit); };
    const bool isRanged = lengths.kind != Kind::Fixed && lengths.kind != Kind::Histogram;
    if (isRanged && (!isLength(double(lengths.least)) || lengths.most > limit)) {
        return u"must be from 1 to %1 (“least”, “most”)"_s.arg(limit);
    }
    if (isRanged && lengths.least > lengths.most) {
        return u"must not have a greater “least” than “most”"_s;
    }
    if (lengths.kind == Kind::Histogram) {
        double weights = 0;
        for (const LengthDistribution::Bin &bin : lengths.histogram) {
            if (!isLength(double(bin.tokens)) || !(bin.weight >= 0) || !std::isfinite(bin.weight)) {
                return u"must have bins of 1 to %1 tokens with weights that are not negative"_s.arg(
                    limit);
            }
            weights += bin.weight;
        }
        return weights > 0 ? QString() : u"must have a bin with a weight"_s;
    }
    if (lengths.kind != Kind::Uniform && !isLength(lengths.mean)) {
        return u"must be from 1 to %1 on average"_s.arg(limit);
    }
    const bool isSpread = lengths.kind == Kind::Normal || lengths.kind == Kind::LogNormal;
    if (isSpread && !(lengths.deviation >= 0 && lengths.deviation <= double(limit))) {
        return u"must have a “deviation” that is not negative"_s;
    }
    return {};
}

QJsonValue toJson(const LengthDistribution &lengths)
{
    if (lengths.kind == Kind::Fixed) {
        return lengths.mean;
    }
    QJsonObject object{{u"kind"_s,
        std::ranges::find(kindWords, lengths.kind, &JsonMembers::Word<Kind>::first)->second}};
    if (lengths.kind == Kind::Histogram) {
        QJsonArray bins;
        for (const LengthDistribution::Bin &bin : lengths.histogram) {
            bins.append(QJsonArray{bin.tokens, bin.weight});
        }
        object.insert(u"bins"_s, bins);
        return object;
    }
    if (lengths.kind != Kind::Uniform) {
        object.insert(u"mean"_s, lengths.mean);
        object.insert(u"deviation"_s, lengths.deviation);
    }
    object.insert(u"least"_s, lengths.least);
    object.insert(u"most"_s, lengths.most);
    return object;
}

Result<LengthDistribution> lengthDistributionFrom(const QJsonValue &json, const QString &place)
{
    LengthDistribution lengths;
    if (json.isDouble()) {
        lengths.mean = json.toDouble();
    } else if (json.isObject()) {
        const QJsonObject object = json.toObject();
        JsonMembers members(object, place);
        members.require(u"kind"_s);
        members.read<Kind>(u"kind"_s, lengths.kind, kindWords);
        readMembers(members, object, place, lengths);
        if (const Result<> end = members.end(); !end) {
            return Failure(end.error());
        }
    } else {
        return invalidRequest(
            u"%1 must be a number, or an object with “kind” and what belongs to it."_s.arg(place));
    }
    if (const QString problem = problemOf(lengths); !problem.isEmpty()) {
        return invalidRequest(u"%1 %2."_s.arg(place, problem));
    }
    return lengths;
}

} // namespace Lorikeet
