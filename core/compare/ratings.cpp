// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/ratings.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace Lorikeet {

namespace {

constexpr double priorGames = 1; ///< against an average opponent, half won and half lost
constexpr double z95 = 1.959964;

double logistic(double odds) { return 1 / (1 + std::exp(-odds)); }

/// Square, row by row.
class Matrix final
{
public:
    explicit Matrix(size_t size)
        : m_size(size)
        , m_values(size * size)
    { }

    double &at(size_t row, size_t column) { return m_values[row * m_size + column]; }

    [[nodiscard]] double at(size_t row, size_t column) const
    {
        return m_values[row * m_size + column];
    }

    /// Gauss-Jordan. What comes here is positive definite, so no pivot is 0 and none is looked for.
    [[nodiscard]] Matrix inverted() const
    {
        Matrix left = *this;
        Matrix right(m_size);
        for (size_t i = 0; i < m_size; ++i) {
            right.at(i, i) = 1;
        }
        for (size_t pivot = 0; pivot < m_size; ++pivot) {
            const double scale = 1 / left.at(pivot, pivot);
            for (size_t column = 0; column < m_size; ++column) {
                left.at(pivot, column) *= scale;
                right.at(pivot, column) *= scale;
            }
            for (size_t row = 0; row < m_size; ++row) {
                const double factor = row == pivot ? 0 : left.at(row, pivot);
                for (size_t column = 0; factor != 0 && column < m_size; ++column) {
                    left.at(row, column) -= factor * left.at(pivot, column);
                    right.at(row, column) -= factor * right.at(pivot, column);
                }
            }
        }
        return right;
    }

private:
    size_t m_size;
    std::vector<double> m_values;
};

struct Games
{
    size_t first;
    size_t second;
    double score; ///< of the first
    double count;
};

/// The slope and the (negative) curvature of the log likelihood.
void measure(const std::vector<Games> &games, const std::vector<double> &strengths,
    std::vector<double> &slope, Matrix &information)
{
    for (size_t i = 0; i < strengths.size(); ++i) {
        const double expected = logistic(strengths[i]);
        slope[i] = priorGames * (0.5 - expected);
        information.at(i, i) = priorGames * expected * (1 - expected);
    }
    for (const Games &game : games) {
        const double expected = logistic(strengths[game.first] - strengths[game.second]);
        const double surprise = game.score - game.count * expected;
        const double weight = game.count * expected * (1 - expected);
        slope[game.first] += surprise;
        slope[game.second] -= surprise;
        information.at(game.first, game.first) += weight;
        information.at(game.second, game.second) += weight;
        information.at(game.first, game.second) -= weight;
        information.at(game.second, game.first) -= weight;
    }
}

/// Newton's method; the likelihood has one summit. Returns the covariances there.
Matrix climb(const std::vector<Games> &games, std::vector<double> &strengths)
{
    const size_t size = strengths.size();
    for (int step = 0;; ++step) {
        std::vector<double> slope(size);
        Matrix information(size);
        measure(games, strengths, slope, information);
        const Matrix covariances = information.inverted();
        double longest = 0;
        for (size_t i = 0; i < size; ++i) {
            double move = 0;
            for (size_t j = 0; j < size; ++j) {
                move += covariances.at(i, j) * slope[j];
            }
            // A first step from far away may overshoot.
            move = std::clamp(move, -2.0, 2.0);
            strengths[i] += move;
            longest = std::max(longest, std::abs(move));
        }
        if (longest < 1e-10 || step == 200) {
            return covariances;
        }
    }
}

void count(Rating &rating, double score)
{
    const int preference = preferenceAt(score);
    ++(preference > 0 ? rating.wins : preference < 0 ? rating.losses : rating.ties);
}

/// Their order is that of first mention.
std::vector<Games> gather(const QList<PairResult> &results, QList<Rating> &ratings)
{
    const auto placeOf = [&ratings](const QString &name) {
        const auto found = std::ranges::find(ratings, name, &Rating::name);
        if (found != ratings.end()) {
            return size_t(found - ratings.begin());
        }
        ratings.append(Rating{.name = name});
        return size_t(ratings.size() - 1);
    };
    std::vector<Games> games;
    for (const PairResult &result : results) {
        if (result.first == result.second) {
            continue;
        }
        size_t first = placeOf(result.first);
        size_t second = placeOf(result.second);
        double score = std::clamp(result.score, 0.0, 1.0);
        count(ratings[qsizetype(first)], score);
        count(ratings[qsizetype(second)], 1 - score);
        if (first > second) {
            std::swap(first, second);
            score = 1 - score;
        }
        const auto known = std::ranges::find_if(games, [first, second](const Games &game) {
            return game.first == first && game.second == second;
        });
        if (known == games.end()) {
            games.push_back({first, second, score, 1});
        } else {
            known->score += score;
            known->count += 1;
        }
    }
    return games;
}

} // namespace

int preferenceAt(double share) { return std::abs(share - 0.5) < 1e-9 ? 0 : share > 0.5 ? 1 : -1; }

double Rating::winRate() const { return logistic(strength); }

QList<Rating> rate(const QList<PairResult> &results, const QString &reference)
{
    QList<Rating> ratings;
    const std::vector<Games> games = gather(results, ratings);
    const auto size = size_t(ratings.size());
    std::vector<double> strengths(size);
    const Matrix covariances = climb(games, strengths);

    // What a strength is held against, as weights of all strengths.
    std::vector<double> against(size, 1 / double(std::max<size_t>(size, 1)));
    const auto base = std::ranges::find(ratings, reference, &Rating::name);
    if (base != ratings.end()) {
        std::ranges::fill(against, 0);
        against[size_t(base - ratings.begin())] = 1;
    }
    for (size_t i = 0; i < size; ++i) {
        std::vector<double> weights = against;
        std::ranges::transform(weights, weights.begin(), [](double weight) { return -weight; });
        weights[i] += 1;
        double variance = 0;
        Rating &rating = ratings[qsizetype(i)];
        for (size_t j = 0; j < size; ++j) {
            rating.strength += weights[j] * strengths[j];
            for (size_t k = 0; k < size; ++k) {
                variance += weights[j] * weights[k] * covariances.at(j, k);
            }
        }
        const double margin = z95 * std::sqrt(std::max(variance, 0.0));
        rating.low = rating.strength - margin;
        rating.high = rating.strength + margin;
    }
    std::ranges::stable_sort(ratings, std::ranges::greater(), &Rating::strength);
    return ratings;
}

} // namespace Lorikeet
