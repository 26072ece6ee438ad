// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/samplesfile.h"

#include "base/invalidrequest.h"
#include "load/samplescsv.h"

#include <QHash>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <charconv>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// One field into a sample; false: it is none.
using ReadField = bool (*)(LoadSample &, QByteArrayView);

bool readNumber(QByteArrayView field, qint64 &number)
{
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
    return error == std::errc() && end == field.data() + field.size();
}

template<Moment LoadSample::*member>
bool readMoment(LoadSample &sample, QByteArrayView field)
{
    qint64 number = 0;
    if (!readNumber(field, number)) {
        return false;
    }
    sample.*member = Moment(Nanoseconds(number));
    return true;
}

template<Nanoseconds LoadSample::*member>
bool readTimespan(LoadSample &sample, QByteArrayView field)
{
    qint64 number = 0;
    const bool isNumber = readNumber(field, number);
    sample.*member = Nanoseconds(number);
    return isNumber;
}

template<auto member>
bool readCount(LoadSample &sample, QByteArrayView field)
{
    qint64 number = 0;
    using Number = std::remove_reference_t<decltype(sample.*member)>;
    const bool isNumber = readNumber(field, number) && number >= std::numeric_limits<Number>::min()
        && number <= std::numeric_limits<Number>::max();
    sample.*member = static_cast<Number>(number);
    return isNumber;
}

bool readReused(LoadSample &sample, QByteArrayView field)
{
    sample.connectionReused = field == "1";
    return field == "0" || field == "1";
}

/// Kinds by their words, of those that follow each other from the first to the last.
template<typename E>
QHash<QByteArray, E> wordsUpTo(E last)
{
    QHash<QByteArray, E> words;
    for (int i = 0; i <= int(last); ++i) {
        words.insert(toWord(E(i)).toUtf8(), E(i));
    }
    return words;
}

bool readFinish(LoadSample &sample, QByteArrayView field)
{
    static const auto words = wordsUpTo(FinishReason::Kind::Error);
    const auto found = words.constFind(field.toByteArray());
    sample.finish = found == words.constEnd() ? FinishReason::Kind::Unknown : *found;
    return true;
}

bool readError(LoadSample &sample, QByteArrayView field)
{
    static const auto words = wordsUpTo(ApiError::Kind::Internal);
    const auto found = words.constFind(field.toByteArray());
    sample.error = found == words.constEnd() ? ApiError::Kind::Internal : *found;
    return true;
}

ReadField readerOf(QByteArrayView column)
{
    static const QHash<QByteArray, ReadField> readers{
        {"conversation", &readCount<&LoadSample::conversation>},
        {"turn", &readCount<&LoadSample::turn>},
        {"choice", &readCount<&LoadSample::choice>},
        {"user", &readCount<&LoadSample::user>},
        {"planned_ns", &readMoment<&LoadSample::planned>},
        {"began_ns", &readMoment<&LoadSample::began>},
        {"lookup_ns", &readMoment<&LoadSample::lookup>},
        {"connected_ns", &readMoment<&LoadSample::connected>},
        {"secured_ns", &readMoment<&LoadSample::secured>},
        {"sent_ns", &readMoment<&LoadSample::sent>},
        {"first_byte_ns", &readMoment<&LoadSample::firstByte>},
        {"first_token_ns", &readMoment<&LoadSample::firstToken>},
        {"first_visible_ns", &readMoment<&LoadSample::firstVisible>},
        {"last_token_ns", &readMoment<&LoadSample::lastToken>},
        {"ended_ns", &readMoment<&LoadSample::ended>},
        {"longest_gap_ns", &readTimespan<&LoadSample::longestGap>},
        {"stalled_ns", &readTimespan<&LoadSample::stalled>},
        {"bytes", &readCount<&LoadSample::bytes>},
        {"chunks", &readCount<&LoadSample::chunks>},
        {"output_tokens", &readCount<&LoadSample::outputTokens>},
        {"prompt_tokens", &readCount<&LoadSample::promptTokens>},
        {"cached_tokens", &readCount<&LoadSample::cachedTokens>},
        {"reasoning_tokens", &readCount<&LoadSample::reasoningTokens>},
        {"http_status", &readCount<&LoadSample::httpStatus>},
        {"connection_reused", &readReused},
        {"finish", &readFinish},
        {"error", &readError},
        {"items", &readCount<&LoadSample::items>},
    };
    return readers.value(column.toByteArray(), nullptr);
}

struct Column
{
    QByteArray name;
    ReadField read = nullptr; ///< of a column that is not known: none
};

std::vector<Column> columnsOf(const QByteArray &head)
{
    std::vector<Column> columns;
    for (const QByteArray &name : head.trimmed().split(',')) {
        columns.push_back({name, readerOf(name)});
    }
    return columns;
}

/// The name of the column that is wrong; empty: none is.
QByteArray readLine(LoadSample &sample, QByteArrayView line, const std::vector<Column> &columns)
{
    qsizetype from = 0;
    for (const Column &column : columns) {
        if (from > line.size()) {
            return column.name;
        }
        const qsizetype comma = line.indexOf(',', from);
        const qsizetype end = comma < 0 ? line.size() : comma;
        const QByteArrayView field = line.sliced(from, end - from);
        if (!field.isEmpty() && column.read && !column.read(sample, field)) {
            return column.name;
        }
        from = end + 1;
    }
    return {};
}

/// A run of a hundred days. What a damaged file says may be anything.
constexpr qint64 mostTicks = 100LL * 24 * 3600 * 10;
/// In which something happens after nothing did: what is further away is damaged, and would take
/// the room of all moments between.
constexpr qint64 mostIdleTicks = 24LL * 3600 * 10;

constexpr std::array tickMembers{&LoadTick::planned, &LoadTick::began, &LoadTick::answered,
    &LoadTick::failed, &LoadTick::cancelled, &LoadTick::chunks};

Failure wrongLine(const QString &place, qint64 line, const QString &what)
{
    return invalidRequest(u"%1, line %2: %3."_s.arg(place, QString::number(line), what));
}

} // namespace

Result<LoadSamples> samplesFrom(QIODevice &csv, const QString &place)
{
    const QByteArray head = csv.readLine();
    const std::vector<Column> columns = columnsOf(head);
    if (!head.endsWith('\n') || columns.front().name != "conversation") {
        return head.isEmpty() ? Result<LoadSamples>(LoadSamples())
                              : wrongLine(place, 1, u"it does not name the columns of samples"_s);
    }
    LoadSamples samples;
    for (qint64 number = 2; !csv.atEnd(); ++number) {
        const QByteArray line = csv.readLine();
        if (!line.endsWith('\n')) {
            break;
        }
        LoadSample &sample = samples.emplace_back();
        const QByteArray wrong = readLine(sample, QByteArrayView(line).chopped(1), columns);
        if (!wrong.isEmpty()) {
            return wrongLine(place, number,
                u"“%1” is missing or no usable value"_s.arg(QString::fromUtf8(wrong)));
        }
    }
    return samples;
}

QByteArray toJsonLine(const LoadTimelinePart &part)
{
    QJsonArray ticks;
    for (const auto &[number, tick] : part.ticks()) {
        QJsonArray row{number};
        for (const auto member : tickMembers) {
            row.append(tick.*member);
        }
        ticks.append(row);
    }
    QJsonArray gaps;
    for (const auto &[second, histogram] : part.gaps()) {
        gaps.append(QJsonArray{second, histogram.toJson()});
    }
    return QJsonDocument(QJsonObject{{u"ticks"_s, ticks}, {u"gaps"_s, gaps}})
        .toJson(QJsonDocument::Compact);
}

Result<LoadTimeline> timelineFrom(QIODevice &lines, const QString &place)
{
    LoadTimeline timeline;
    for (qint64 number = 1; !lines.atEnd(); ++number) {
        const QByteArray line = lines.readLine();
        if (!line.endsWith('\n')) {
            break;
        }
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject()) {
            return wrongLine(place, number, u"it is no JSON object"_s);
        }
        LoadTimelinePart part;
        const QJsonArray ticks = document[u"ticks"_s].toArray();
        const qint64 most = std::min(mostTicks, qint64(timeline.ticks().size()) + mostIdleTicks);
        for (const QJsonValue &row : ticks) {
            const qint64 at = row[0].toInteger(-1);
            if (at < 0 || at > most) {
                return wrongLine(place, number, u"a tick has no usable number"_s);
            }
            LoadTick &tick = part.at(at * LoadTimeline::tickLength);
            for (size_t i = 0; i < tickMembers.size(); ++i) {
                tick.*tickMembers[i] += row[qsizetype(i) + 1].toInteger();
            }
        }
        timeline.add(part);
        const QJsonArray gaps = document[u"gaps"_s].toArray();
        for (const QJsonValue &row : gaps) {
            const Result<LatencyHistogram> histogram
                = LatencyHistogram::fromJson(row[1].toObject());
            const qint64 second = row[0].toInteger(-1);
            if (!histogram || second < 0 || second > most / 10) {
                return wrongLine(place, number,
                    histogram ? u"a gap has no usable second"_s : histogram.error().message);
            }
            timeline.addGaps(std::chrono::seconds(second), std::chrono::seconds(1), *histogram);
        }
    }
    return timeline;
}

} // namespace Lorikeet
