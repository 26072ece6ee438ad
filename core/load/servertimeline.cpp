// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/servertimeline.h"

#include "load/jsonmembers.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// An hour at a reading a second, and some.
constexpr std::size_t mostMoments = 4000;
/// What comes from two places within this belongs together.
constexpr Nanoseconds atOnce = std::chrono::milliseconds(500);

QJsonValue orNull(const std::optional<double> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

} // namespace

void ServerTimeline::add(const ServerMoment &moment)
{
    if (joins(moment)) {
        for (const ServerFigure figure : serverFigures()) {
            if (const auto &value = moment.reading.value(figure)) {
                m_moments.back().reading.value(figure) = value;
            }
        }
        return;
    }
    if (m_moments.size() >= mostMoments) {
        // The first stays, from which counters are counted.
        std::vector<ServerMoment> kept;
        for (std::size_t i = 0; i < m_moments.size(); i += 2) {
            kept.push_back(m_moments[i]);
        }
        m_moments = std::move(kept);
        m_step = (m_moments.back().at - m_moments.front().at) / (std::ssize(m_moments) - 1);
    }
    const bool isDense
        = m_moments.size() > 1 && moment.at - m_moments[m_moments.size() - 2].at < m_step;
    if (isDense) {
        // The latest is always there, to which counters are counted.
        m_moments.back() = moment;
    } else {
        m_moments.push_back(moment);
    }
}

bool ServerTimeline::joins(const ServerMoment &moment) const
{
    return !m_moments.empty() && moment.at - m_moments.back().at < atOnce
        && std::ranges::none_of(
            serverFigures(),
            [&](ServerFigure figure) {
                return moment.reading.value(figure) && m_moments.back().reading.value(figure);
            });
}

std::optional<double> ServerTimeline::mean(ServerFigure figure, const LoadWindow &window) const
{
    double sum = 0;
    int count = 0;
    for (const ServerMoment &moment : m_moments) {
        const std::optional<double> &value = moment.reading.value(figure);
        if (value && window.contains(moment.at)) {
            sum += *value;
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

std::optional<double> ServerTimeline::most(ServerFigure figure, const LoadWindow &window) const
{
    std::optional<double> most;
    for (const ServerMoment &moment : m_moments) {
        const std::optional<double> &value = moment.reading.value(figure);
        if (value && window.contains(moment.at)) {
            most = std::max(most.value_or(*value), *value);
        }
    }
    return most;
}

std::optional<double> ServerTimeline::growth(ServerFigure figure, const LoadWindow &window) const
{
    std::optional<double> before;
    double sum = 0;
    int counted = 0;
    for (const ServerMoment &moment : m_moments) {
        const std::optional<double> &value = moment.reading.value(figure);
        if (!value) {
            continue;
        }
        if (!before || moment.at <= window.from) {
            sum = 0;
            counted = 1;
        } else {
            sum += *value >= *before ? *value - *before : *value;
            ++counted;
        }
        before = value;
        if (moment.at >= window.to && counted > 1) {
            break;
        }
    }
    return counted > 1 ? std::optional(sum) : std::nullopt;
}

std::optional<double> ServerSide::cacheHitShare(const LoadWindow &window) const
{
    const std::optional<double> queries = timeline.growth(ServerFigure::CacheQueries, window);
    const std::optional<double> hits = timeline.growth(ServerFigure::CacheHits, window);
    return queries && hits && *queries > 0 ? std::optional(std::min(1.0, *hits / *queries))
                                           : std::nullopt;
}

QJsonObject toJson(const ServerSide &side)
{
    QJsonObject object;
    const std::vector<ServerMoment> &moments = side.timeline.moments();
    QJsonArray times;
    for (const ServerMoment &moment : moments) {
        times.append(qint64(moment.at.count()));
    }
    object.insert(u"at_ns"_s, times);
    for (const ServerFigure figure : serverFigures()) {
        QJsonArray column;
        bool isTold = false;
        for (const ServerMoment &moment : moments) {
            const std::optional<double> &value = moment.reading.value(figure);
            column.append(orNull(value));
            isTold = isTold || value;
        }
        if (isTold) {
            object.insert(toWord(figure), column);
        }
    }
    if (!side.server.isEmpty()) {
        object.insert(u"server"_s, side.server);
    }
    object.insert(u"places"_s, QJsonArray::fromStringList(side.places));
    object.insert(u"notes"_s, QJsonArray::fromStringList(side.notes));
    return object;
}

Result<ServerSide> serverSideFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    const auto list = [&members](const QString &name) {
        return members.value(name).value_or(QJsonArray()).toArray();
    };
    const auto texts = [&list](const QString &name) {
        QStringList all;
        for (const QJsonValue &value : list(name)) {
            all += value.toString();
        }
        return all;
    };
    ServerSide side;
    members.read(u"server"_s, side.server);
    side.places = texts(u"places"_s);
    side.notes = texts(u"notes"_s);
    const QJsonArray times = list(u"at_ns"_s);
    std::vector<ServerMoment> moments(std::size_t(times.size()));
    for (qsizetype i = 0; i < times.size(); ++i) {
        moments[std::size_t(i)].at = Nanoseconds(times.at(i).toInteger());
    }
    for (const ServerFigure figure : serverFigures()) {
        const QJsonArray column = list(toWord(figure));
        for (qsizetype i = 0; i < std::min(column.size(), times.size()); ++i) {
            if (column.at(i).isDouble()) {
                moments[std::size_t(i)].reading.value(figure) = column.at(i).toDouble();
            }
        }
    }
    for (const ServerMoment &moment : moments) {
        side.timeline.add(moment);
    }
    static_cast<void>(members.value(u"figures"_s));
    return members.end(side);
}

QJsonObject figuresOf(const ServerSide &side, const LoadWindow &window)
{
    QJsonObject figures;
    for (const ServerFigure figure : serverFigures()) {
        QJsonObject told{{u"unit"_s, unitOf(figure)}};
        if (isCounter(figure)) {
            if (const auto growth = side.timeline.growth(figure, window)) {
                told.insert(u"growth"_s, *growth);
            }
        } else if (const auto mean = side.timeline.mean(figure, window)) {
            told.insert(u"mean"_s, *mean);
            told.insert(u"most"_s, *side.timeline.most(figure, window));
        }
        if (told.size() > 1) {
            figures.insert(toWord(figure), told);
        }
    }
    if (const std::optional<double> share = side.cacheHitShare(window)) {
        figures.insert(u"cache_hit_share"_s, *share);
    }
    return figures;
}

} // namespace Lorikeet
