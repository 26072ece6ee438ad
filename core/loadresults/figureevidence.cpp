// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/figureevidence.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int fewDraws = 2000;
/// Where these tell a difference, so many that p may be small enough for Holm's correction of more
/// than a hundred figures.
constexpr int manyDraws = 10'000;
constexpr double interesting = 0.05;
/// Each difference is drawn from the same numbers, so that the same runs give the same answer.
constexpr quint64 firstSeed = 0x10ad'c0de'0001;
constexpr quint64 secondSeed = 0x10ad'c0de'0002;
constexpr double z95 = 1.959964;

using Draws = std::vector<double>;

/// What a normal deviate or a greater one happens by, both ways.
double chanceOf(double deviate) { return std::erfc(std::abs(deviate) / std::numbers::sqrt2); }

/// Times by blocks, as counts in slots that all blocks share.
class BlockedTimes
{
public:
    explicit BlockedTimes(const std::vector<LatencyHistogram> &blocks)
    {
        LatencyHistogram all;
        for (const LatencyHistogram &block : blocks) {
            all.add(block);
        }
        std::map<Nanoseconds, size_t> places;
        for (const LatencyHistogram::Slot &slot : all.filled()) {
            places.emplace(slot.from, m_values.size());
            m_values.push_back(toSeconds((slot.from + slot.to - Nanoseconds(1)) / 2));
        }
        for (const LatencyHistogram &block : blocks) {
            std::vector<std::pair<size_t, double>> &counts = m_blocks.emplace_back();
            for (const LatencyHistogram::Slot &slot : block.filled()) {
                counts.emplace_back(places.at(slot.from), double(slot.count));
            }
        }
        m_counts.resize(m_values.size());
    }

    [[nodiscard]] size_t blocks() const { return m_blocks.size(); }

    /// Of as many blocks as there are, drawn with replacement.
    [[nodiscard]] double drawn(Random &random, const std::optional<double> &share)
    {
        std::ranges::fill(m_counts, 0.0);
        double all = 0;
        for (size_t i = 0; i < m_blocks.size(); ++i) {
            for (const auto &[place, count] :
                m_blocks[size_t(random.below(qsizetype(m_blocks.size())))]) {
                m_counts[place] += count;
                all += count;
            }
        }
        return share ? quantile(*share, all)
                     : std::inner_product(m_counts.begin(), m_counts.end(), m_values.begin(), 0.0)
                / std::max(all, 1.0);
    }

private:
    [[nodiscard]] double quantile(double share, double all) const
    {
        const double rank = std::max(1.0, std::ceil(share * all * (1 - 1e-12)));
        double so = 0;
        for (size_t i = 0; i < m_counts.size(); ++i) {
            so += m_counts[i];
            if (so >= rank) {
                return m_values[i];
            }
        }
        return m_values.empty() ? 0 : m_values.back();
    }

    std::vector<double> m_values; ///< of each slot, s
    std::vector<std::vector<std::pair<size_t, double>>> m_blocks;
    std::vector<double> m_counts; ///< of a draw
};

/// How like its neighbour each is, −1 to 1.
double likeness(const std::vector<double> &values)
{
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    double all = 0;
    double neighbours = 0;
    for (size_t i = 0; i < values.size(); ++i) {
        all += (values[i] - mean) * (values[i] - mean);
        neighbours += i > 0 ? (values[i] - mean) * (values[i - 1] - mean) : 0;
    }
    return all > 0 ? neighbours / all : 0;
}

double valueOfBlock(const LatencyHistogram &block)
{
    return toSeconds(block.mean().value_or(Nanoseconds(0)));
}

double valueOfBlock(double rate) { return rate; }

LatencyHistogram both(LatencyHistogram first, const LatencyHistogram &second)
{
    first.add(second);
    return first;
}

double both(double first, double second) { return (first + second) / 2; }

/// Blocks that are drawn one by one must tell nothing of each other: as long as they do, and there
/// are enough of them, each two neighbours become one. Of 40 at most, an even count, there is never
/// an odd one that could.
template<typename T>
std::vector<T> independent(std::vector<T> blocks)
{
    constexpr double alike = 0.1;
    while (blocks.size() >= 2 * fewestBlocks) {
        std::vector<double> values;
        values.reserve(blocks.size());
        for (const T &block : blocks) {
            values.push_back(valueOfBlock(block));
        }
        if (likeness(values) <= alike) {
            break;
        }
        std::vector<T> halves;
        for (size_t i = 0; i + 1 < blocks.size(); i += 2) {
            halves.push_back(both(blocks[i], blocks[i + 1]));
        }
        blocks = std::move(halves);
    }
    return blocks;
}

/// All blocks together.
LatencyHistogram joined(const TimesEvidence &times)
{
    LatencyHistogram all;
    for (const LatencyHistogram &block : times.blocks) {
        all.add(block);
    }
    return all;
}

double deviationOf(const LatencyHistogram &times)
{
    const double mean = toSeconds(times.mean().value_or(Nanoseconds(0)));
    double sum = 0;
    for (const LatencyHistogram::Slot &slot : times.filled()) {
        const double value = toSeconds((slot.from + slot.to - Nanoseconds(1)) / 2);
        sum += double(slot.count) * (value - mean) * (value - mean);
    }
    return times.count() > 1 ? std::sqrt(sum / double(times.count() - 1)) : 0;
}

bool hasBlocks(const TimesEvidence &times)
{
    return std::ranges::count_if(times.blocks, [](const LatencyHistogram &block) {
        return !block.isEmpty();
    }) >= fewestBlocks;
}

Draws drawsByBlocks(const TimesEvidence &times, quint64 seed, int draws)
{
    BlockedTimes blocked(times.blocks);
    Random random(seed);
    Draws result(static_cast<size_t>(draws));
    std::ranges::generate(result, [&] { return blocked.drawn(random, times.share); });
    return result;
}

/// Of samples that are taken for independent: a percentile of as many others has a rank by the
/// binomial distribution, a mean its standard error.
Draws drawsByRanks(const TimesEvidence &times, quint64 seed, int draws)
{
    const LatencyHistogram all = joined(times);
    const auto count = double(all.count());
    Random random(seed);
    Draws result(static_cast<size_t>(draws));
    if (times.share) {
        const double spread = std::sqrt(*times.share * (1 - *times.share) / count);
        std::ranges::generate(result, [&] {
            const double share = std::clamp(*times.share + spread * random.normal(), 0.0, 1.0);
            return toSeconds(*all.quantile(share));
        });
    } else {
        const double mean = toSeconds(*all.mean());
        const double error = deviationOf(all) / std::sqrt(count);
        std::ranges::generate(result, [&] { return mean + error * random.normal(); });
    }
    return result;
}

Draws drawsOf(const RateEvidence &rate, quint64 seed, int draws)
{
    Random random(seed);
    Draws result(static_cast<size_t>(draws));
    const auto count = qsizetype(rate.blocks.size());
    std::ranges::generate(result, [&] {
        double sum = 0;
        for (qsizetype i = 0; i < count; ++i) {
            sum += rate.blocks[size_t(random.below(count))];
        }
        return sum / double(count);
    });
    return result;
}

/// A few blocks vary less among themselves than what they are of: by how much, and Student's
/// distribution against the normal one.
double wideningOf(size_t blocks)
{
    const auto freedom = double(blocks - 1);
    return std::sqrt(double(blocks) / freedom) * (1 + 1.21 / freedom);
}

/// How the draws of both differ. `difference` is that of the figures themselves.
TestedDifference differenceOf(TestMethod method, const Draws &first, const Draws &second,
    double difference, double widening = 1)
{
    Draws differences(first.size());
    std::ranges::transform(second, first, differences.begin(), [&](double other, double one) {
        return difference + widening * (other - one - difference);
    });
    std::ranges::sort(differences);
    const auto at = [&differences](double share) {
        return differences[size_t(share * double(differences.size() - 1))];
    };
    // Half of those that are just zero count for each side.
    const auto [zero, beyond] = std::ranges::equal_range(differences, 0.0);
    const double below
        = double(zero - differences.begin()) + double(std::distance(zero, beyond)) / 2;
    const double tail = std::min(below, double(differences.size()) - below);
    return {.method = method,
        .interval = Interval{.value = difference, .low = at(0.025), .high = at(0.975)},
        .p = std::min(1.0, 2 * (tail + 1) / double(differences.size() + 1))};
}

/// By few draws, and by many where it matters how small p is.
template<typename Test>
TestedDifference byDraws(const Test &test)
{
    const TestedDifference found = test(fewDraws);
    return *found.p < interesting ? test(manyDraws) : found;
}

TestedDifference tested(const TimesEvidence &first, const TimesEvidence &second, double difference)
{
    if (joined(first).isEmpty() || joined(second).isEmpty()) {
        return {};
    }
    if (hasBlocks(first) && hasBlocks(second)) {
        const TimesEvidence one{.blocks = independent(first.blocks), .share = first.share};
        const TimesEvidence other{.blocks = independent(second.blocks), .share = second.share};
        return byDraws([&](int draws) {
            return differenceOf(TestMethod::Blocks, drawsByBlocks(one, firstSeed, draws),
                drawsByBlocks(other, secondSeed, draws), difference,
                wideningOf(std::min(one.blocks.size(), other.blocks.size())));
        });
    }
    if (first.areDependent || second.areDependent) {
        return {};
    }
    return byDraws([&](int draws) {
        return differenceOf(TestMethod::Ranks, drawsByRanks(first, firstSeed, draws),
            drawsByRanks(second, secondSeed, draws), difference);
    });
}

TestedDifference tested(const RateEvidence &first, const RateEvidence &second, double difference)
{
    if (qsizetype(first.blocks.size()) < fewestBlocks
        || qsizetype(second.blocks.size()) < fewestBlocks) {
        return {};
    }
    const RateEvidence one{.blocks = independent(first.blocks)};
    const RateEvidence other{.blocks = independent(second.blocks)};
    return byDraws([&](int draws) {
        return differenceOf(TestMethod::Blocks, drawsOf(one, firstSeed, draws),
            drawsOf(other, secondSeed, draws), difference,
            wideningOf(std::min(one.blocks.size(), other.blocks.size())));
    });
}

/// The logarithm of how many ways there are to choose `some` of `all`.
double waysOf(qint64 all, qint64 some)
{
    return std::lgamma(double(all) + 1) - std::lgamma(double(some) + 1)
        - std::lgamma(double(all - some) + 1);
}

/// Fisher's exact test, both ways: all tables with these sums that are no likelier than this one.
double fisher(const ShareEvidence &first, const ShareEvidence &second)
{
    const qint64 some = first.some + second.some;
    // Of so many the normal distribution is as good, and there are as many tables as requests.
    constexpr qint64 manyTables = 100'000;
    if (std::min({some, first.all, second.all}) > manyTables) {
        const auto ofFirst = double(first.all);
        const auto ofSecond = double(second.all);
        const double share = double(some) / (ofFirst + ofSecond);
        const double error = std::sqrt(share * (1 - share) * (1 / ofFirst + 1 / ofSecond));
        const double difference = double(second.some) / ofSecond - double(first.some) / ofFirst;
        return error > 0 ? chanceOf(difference / error) : 1.0;
    }
    const double whole = waysOf(first.all + second.all, some);
    const auto chance = [&](qint64 ofFirst) {
        return std::exp(waysOf(first.all, ofFirst) + waysOf(second.all, some - ofFirst) - whole);
    };
    const double seen = chance(first.some) * (1 + 1e-7);
    double p = 0;
    for (qint64 i = std::max(qint64(0), some - second.all); i <= std::min(some, first.all); ++i) {
        const double each = chance(i);
        p += each <= seen ? each : 0;
    }
    return std::min(p, 1.0);
}

/// Newcombe's hybrid score interval (1998, method 10), from Wilson's of each.
TestedDifference tested(const ShareEvidence &first, const ShareEvidence &second, double difference)
{
    // Counts may come from a file, where they may be anything.
    const auto isSound = [](const ShareEvidence &share) {
        constexpr qint64 most = 1'000'000'000'000;
        return share.some >= 0 && share.some <= share.all && share.all <= most;
    };
    if (!isSound(first) || !isSound(second)) {
        return {};
    }
    const std::optional<Interval> one = wilson(first.some, first.all);
    const std::optional<Interval> other = wilson(second.some, second.all);
    if (!one || !other) {
        return {};
    }
    const double below = std::hypot(other->value - other->low, one->high - one->value);
    const double above = std::hypot(other->high - other->value, one->value - one->low);
    return {.method = TestMethod::Shares,
        .interval
        = Interval{.value = difference, .low = difference - below, .high = difference + above},
        .p = fisher(first, second)};
}

/// Welch's, with the normal distribution: files that tell no more than this are of hundreds.
TestedDifference tested(const MeanEvidence &first, const MeanEvidence &second, double difference)
{
    constexpr qint64 fewest = 30;
    if (first.count < fewest || second.count < fewest) {
        return {};
    }
    const double error = std::sqrt(first.deviation * first.deviation / double(first.count)
        + second.deviation * second.deviation / double(second.count));
    return {.method = TestMethod::Means,
        .interval = Interval{.value = difference,
            .low = difference - z95 * error,
            .high = difference + z95 * error},
        .p = error > 0        ? chanceOf(difference / error)
            : difference == 0 ? 1.0
                              : 0.0};
}

} // namespace

QString toWord(TestMethod method)
{
    switch (method) {
    case TestMethod::None:
        return {};
    case TestMethod::Blocks:
        return u"blocks"_s;
    case TestMethod::Ranks:
        return u"ranks"_s;
    case TestMethod::Means:
        return u"means"_s;
    case TestMethod::Shares:
        return u"shares"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<double> valueOf(const FigureEvidence &evidence)
{
    if (const auto *times = std::get_if<TimesEvidence>(&evidence)) {
        const LatencyHistogram all = joined(*times);
        const std::optional<Nanoseconds> value
            = times->share ? all.quantile(*times->share) : all.mean();
        return value ? std::optional(toSeconds(*value)) : std::nullopt;
    }
    if (const auto *share = std::get_if<ShareEvidence>(&evidence); share && share->all > 0) {
        return double(share->some) / double(share->all);
    }
    return std::nullopt;
}

TestedDifference testedDifference(
    const FigureEvidence &first, const FigureEvidence &second, std::pair<double, double> values)
{
    const double difference = values.second - values.first;
    return std::visit(
        [difference]<typename A, typename B>(const A &one, const B &other) -> TestedDifference {
            if constexpr (std::is_same_v<A, B> && !std::is_same_v<A, std::monostate>) {
                return tested(one, other, difference);
            } else {
                return {};
            }
        },
        first, second);
}

std::vector<double> adjusted(const std::vector<double> &p)
{
    std::vector<size_t> order(p.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::sort(order, {}, [&p](size_t i) { return p[i]; });
    std::vector<double> result(p.size());
    double least = 0;
    for (size_t i = 0; i < order.size(); ++i) {
        least = std::max(least, std::min(1.0, p[order[i]] * double(p.size() - i)));
        result[order[i]] = least;
    }
    return result;
}

} // namespace Lorikeet
