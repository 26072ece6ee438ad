// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadblocks.h"

#include "charts/charttext.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Of 1 or more. A quarter of it is a number one counts in.
double niceAbove(double value)
{
    double decade = std::pow(10, std::floor(std::log10(std::max(value, 1.0))));
    while (true) {
        for (const double top : {1., 1.2, 2., 3., 4., 6., 8.}) {
            const double quarter = top * decade / 4;
            const bool isWhole = quarter == std::floor(quarter) || top * decade == 2;
            if (top * decade >= value && isWhole) {
                return top * decade;
            }
        }
        decade *= 10;
    }
}

QString loadText(double load)
{
    return QLocale().toString(load, 'f', QLocale::FloatingPointShortest);
}

QString secondsText(double seconds)
{
    return seconds >= 120 ? chartText(seconds, ChartUnit::Duration)
                          : LoadBlocks::tr("%1 s").arg(loadText(std::round(seconds * 1e3) / 1e3));
}

} // namespace

double LoadBlocks::secondsOf(const LoadBlock &block) { return toSeconds(block.duration); }

LoadBlocks::LoadBlocks(QObject *parent)
    : ListModel(parent)
{ }

QString LoadBlocks::timeText(double seconds) { return chartText(seconds, ChartUnit::Time); }

double LoadBlocks::seconds() const { return toSeconds(durationOf(curve())); }

double LoadBlocks::naturalTop(const QList<Row> &rows)
{
    double most = 0;
    for (const Row &row : rows) {
        if (row.block.kind != LoadBlock::Kind::Pause) {
            most = std::max({most, row.block.from, row.block.to});
            for (const QPointF &rate : row.rates) {
                most = std::max(most, rate.y());
            }
        }
    }
    return niceAbove(std::max(most * 1.2, 1.0));
}

double LoadBlocks::top() const { return m_held > 0 ? m_held : naturalTop(m_rows); }

QStringList LoadBlocks::scale() const
{
    QStringList scale;
    for (int quarter = 0; quarter <= 4; ++quarter) {
        scale.append(loadText(top() * quarter / 4));
    }
    return scale;
}

QString LoadBlocks::problem() const { return problemOf(curve()); }

QString LoadBlocks::summary() const
{
    QStringList parts;
    for (const Row &row : m_rows) {
        parts.append(row.block.kind == LoadBlock::Kind::Pause
                ? detailOf(row.block)
                : u"%1, %2"_s.arg(titleOf(row.block), detailOf(row.block)));
    }
    return parts.join(u"; ");
}

LoadCurve LoadBlocks::curve() const
{
    LoadCurve curve;
    for (const Row &row : m_rows) {
        curve.append(row.block);
    }
    return curve;
}

void LoadBlocks::setCurve(const LoadCurve &curve)
{
    QList<Row> rows;
    for (const LoadBlock &block : curve) {
        rows.append({.key = ++m_lastKey, .block = block});
    }
    apply(rows);
}

void LoadBlocks::tellRecording(const TraceCurve &recording, bool cycles)
{
    if (m_recording != recording || m_cycles != cycles) {
        m_recording = recording;
        m_cycles = cycles;
        apply(m_rows);
    }
}

bool LoadBlocks::isLengthOpen() const
{
    return m_recording.duration == Nanoseconds(0)
        && std::ranges::any_of(
            m_rows, [](const Row &row) { return row.isAsLongAsTrace && isRecorded(row.block); });
}

void LoadBlocks::dropTrace()
{
    QList<Row> rows = m_rows;
    if (rows.removeIf([](const Row &row) { return isRecorded(row.block); }) == 0) {
        return;
    }
    if (rows.isEmpty()) {
        rows.append({.key = ++m_lastKey,
            .block = {.duration = std::chrono::seconds(30), .from = 4, .to = 4}});
    }
    apply(rows);
}

int LoadBlocks::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant LoadBlocks::data(const QModelIndex &index, int role) const
{
    static constexpr std::array fields{
        Field<Row>{TitleRole, "title", [](const Row &row) { return QVariant(titleOf(row.block)); }},
        Field<Row>{
            ShapeRole, "shape", [](const Row &row) { return QVariant(int(shapeOf(row.block))); }},
        Field<Row>{
            DetailRole, "detail", [](const Row &row) { return QVariant(detailOf(row.block)); }},
        Field<Row>{
            SecondsRole, "seconds", [](const Row &row) { return QVariant(secondsOf(row.block)); }},
        Field<Row>{FromRole, "from", [](const Row &row) { return QVariant(row.block.from); }},
        Field<Row>{ToRole, "to", [](const Row &row) { return QVariant(row.block.to); }},
        Field<Row>{OutlineRole, "outline",
            [](const Row &row) { return QVariant::fromValue(outlineOf(row)); }},
        Field<Row>{BeginRole, "begin", [](const Row &row) { return QVariant(row.begin); }},
        Field<Row>{OpenRole, "open",
            [](const Row &row) { return QVariant(row.block.kind == LoadBlock::Kind::Rate); }},
    };
    return valueAt<Row>(m_rows, fields, index, role);
}

QHash<int, QByteArray> LoadBlocks::roleNames() const
{
    return {{TitleRole, "title"}, {ShapeRole, "shape"}, {DetailRole, "detail"},
        {SecondsRole, "seconds"}, {FromRole, "from"}, {ToRole, "to"}, {OutlineRole, "outline"},
        {BeginRole, "begin"}, {OpenRole, "open"}};
}

LoadBlockFacts LoadBlocks::facts(int row) const
{
    LoadBlockFacts facts;
    if (isRow(row)) {
        const LoadBlock &block = m_rows[row].block;
        facts.shape = int(shapeOf(block));
        facts.unit = int(block.kind);
        facts.begin = m_rows[row].begin;
        facts.seconds = secondsOf(block);
        facts.from = block.from;
        facts.to = block.to;
        facts.steps = block.steps;
        facts.burstiness = block.arrival.burstiness;
    }
    return facts;
}

LoadBlocks::Shape LoadBlocks::shapeOf(const LoadBlock &block)
{
    if (block.kind == LoadBlock::Kind::Pause) {
        return Pause;
    }
    if (block.from != block.to && block.steps != 1) {
        return block.steps > 1 ? Stairs : Ramp;
    }
    if (block.kind == LoadBlock::Kind::Users) {
        return Closed;
    }
    switch (block.arrival.kind) {
    case ArrivalProcess::Kind::Constant:
        return Constant;
    case ArrivalProcess::Kind::Poisson:
        return Poisson;
    case ArrivalProcess::Kind::Gamma:
        return Burst;
    case ArrivalProcess::Kind::Recorded:
        return Trace;
    }
    return Poisson;
}

QString LoadBlocks::titleOf(const LoadBlock &block)
{
    if (block.kind == LoadBlock::Kind::Pause) {
        return tr("Pause");
    }
    if (isRecorded(block)) {
        return tr("Trace");
    }
    const bool isUsers = block.kind == LoadBlock::Kind::Users;
    if (block.from == block.to || block.steps == 1) {
        return isUsers ? tr("%Ln user(s)", nullptr, int(block.from))
                       : tr("%1/s", "requests a second").arg(loadText(block.from));
    }
    return isUsers
        ? tr("%1 → %2 users").arg(loadText(block.from), loadText(block.to))
        : tr("%1 → %2/s", "requests a second").arg(loadText(block.from), loadText(block.to));
}

QString LoadBlocks::detailOf(const LoadBlock &block)
{
    const QString time = secondsText(secondsOf(block));
    switch (shapeOf(block)) {
    case Closed:
        return tr("closed loop · %1").arg(time);
    case Constant:
        return tr("even · %1").arg(time);
    case Poisson:
    case Spike:
        return tr("Poisson · %1").arg(time);
    case Burst:
        return tr("bursts · %1").arg(time);
    case Ramp:
        return tr("ramp · %1").arg(time);
    case Stairs:
        return tr("%Ln step(s) · %1", nullptr, block.steps).arg(time);
    case Pause:
        return tr("pause · %1").arg(time);
    case Trace:
        return tr("as recorded · %1").arg(time);
    }
    return {};
}

QList<QPointF> LoadBlocks::outlineOf(const Row &row)
{
    const LoadBlock &block = row.block;
    const double top = row.top;
    if (!row.rates.isEmpty()) {
        QList<QPointF> points;
        for (qsizetype i = 0; i < row.rates.size(); ++i) {
            const double rate = row.rates[i].y() / top;
            points.append({row.rates[i].x(), rate});
            points.append({i + 1 < row.rates.size() ? row.rates[i + 1].x() : 1, rate});
        }
        return points;
    }
    if (block.kind == LoadBlock::Kind::Pause) {
        return {{0, 0}, {1, 0}};
    }
    const double from = block.from / top;
    const double to = block.to / top;
    if (block.steps == 1) {
        return {{0, from}, {1, from}};
    }
    if (block.steps == 0) {
        return {{0, from}, {1, to}};
    }
    // More would be finer than a pixel.
    const int steps = std::min(block.steps, 200);
    QList<QPointF> points;
    for (int step = 0; step < steps; ++step) {
        const double load = std::lerp(from, to, double(step) / (steps - 1));
        points.append({double(step) / steps, load});
        points.append({double(step + 1) / steps, load});
    }
    return points;
}

/// What the trace has for its blocks.
void LoadBlocks::record(QList<Row> &rows) const
{
    constexpr qint64 mostSteps = 240;
    const bool isKnown = m_recording.duration > Nanoseconds(0);
    LoadCurve curve;
    Nanoseconds played{};
    for (Row &row : rows) {
        LoadBlock &block = row.block;
        row.rates.clear();
        if (isRecorded(block) && isKnown) {
            if (row.isAsLongAsTrace) {
                // A number for people that has the last request still; where the trace begins
                // again, a moment more would have the first ones twice.
                using Tenths = std::chrono::duration<qint64, std::deci>;
                const Nanoseconds whole = m_cycles
                    ? m_recording.duration
                    : std::chrono::ceil<Tenths>(m_recording.duration);
                block.duration = std::clamp(whole, fromSeconds(LoadBlockLimits::leastSeconds),
                    fromSeconds(LoadBlockLimits::mostSeconds));
            }
            const Nanoseconds length = block.duration;
            // Steps of the recording, or several together.
            const Nanoseconds step = m_recording.step * (length / m_recording.step / mostSteps + 1);
            for (Nanoseconds at{}; at < length; at += step) {
                const Nanoseconds end = std::min<Nanoseconds>(at + step, length);
                row.rates.append({double(at.count()) / double(length.count()),
                    m_recording.countIn(played + at, played + end, m_cycles)
                        / toSeconds(end - at)});
            }
            played += length;
        }
        curve.append(block);
    }
    setRecordedRates(curve, m_recording, m_cycles);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        rows[i].block = curve[i];
    }
}

void LoadBlocks::apply(QList<Row> rows)
{
    record(rows);
    double begin = 0;
    const double top = m_held > 0 ? m_held : naturalTop(rows);
    for (Row &row : rows) {
        row.begin = begin;
        row.top = top;
        begin += secondsOf(row.block);
    }
    update(m_rows, rows, [](const Row &row) { return row.key; });
    Q_EMIT edited();
}

} // namespace Lorikeet
