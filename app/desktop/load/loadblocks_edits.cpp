// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadBlocks that a person changes it by.

#include "load/loadblocks.h"

#include <algorithm>
#include <cmath>

namespace Lorikeet {

using namespace LoadBlockLimits;

namespace {

double typedLoad(LoadBlock::Kind kind, double load)
{
    load = std::clamp(load, 0.0, mostLoad);
    return kind == LoadBlock::Kind::Users ? std::round(load) : load;
}

/// Users are whole, rates have two digits that count.
double fitLoad(LoadBlock::Kind kind, double load)
{
    load = std::clamp(load, 0.0, mostLoad);
    if (kind == LoadBlock::Kind::Users) {
        return std::round(load);
    }
    if (load < 0.01) {
        return 0;
    }
    const double digit = std::pow(10, std::floor(std::log10(load)) - 1);
    return std::round(load / digit) * digit;
}

} // namespace

LoadBlock LoadBlocks::shaped(LoadBlock block, Shape shape)
{
    const double load = std::max({block.from, block.to, 1.0});
    if (shape != Trace && block.arrival.kind == ArrivalProcess::Kind::Recorded) {
        block.arrival = {}; // also of what has no arrivals now, and may have them again
    }
    switch (shape) {
    case Pause:
        block.kind = LoadBlock::Kind::Pause;
        return block;
    case Ramp:
    case Stairs:
        if (block.kind == LoadBlock::Kind::Pause) {
            block.kind = LoadBlock::Kind::Rate;
        }
        if (block.from == block.to) {
            block.from = fitLoad(block.kind, std::max(1.0, load / 4));
            block.to = load == block.from ? load * 4 : load;
        }
        block.steps = shape == Stairs ? std::max(4, block.steps) : 0;
        return block;
    case Trace:
        block.kind = LoadBlock::Kind::Rate;
        block.arrival = {.kind = ArrivalProcess::Kind::Recorded};
        block.steps = 0;
        block.from = block.to = load;
        return block;
    case Closed:
        block.kind = LoadBlock::Kind::Users;
        break;
    case Constant:
    case Poisson:
    case Burst:
    case Spike:
        block.kind = LoadBlock::Kind::Rate;
        block.arrival.kind = shape == Constant ? ArrivalProcess::Kind::Constant
            : shape == Burst                   ? ArrivalProcess::Kind::Gamma
                                               : ArrivalProcess::Kind::Poisson;
        block.arrival.burstiness
            = shape == Burst && block.arrival.burstiness == 1 ? 0.25 : block.arrival.burstiness;
        break;
    }
    block.steps = 0;
    block.from = fitLoad(block.kind, load);
    block.to = block.from;
    return block;
}

template<typename Change>
void LoadBlocks::change(int row, const Change &change)
{
    if (!isRow(row)) {
        return;
    }
    QList<Row> rows = m_rows;
    LoadBlock &block = rows[row].block;
    const LoadBlock before = block;
    change(block);
    if (isRecorded(before) && isRecorded(block)) {
        // How much comes when is the recording's.
        block.from = before.from;
        block.to = before.to;
        block.steps = before.steps;
    }
    if (block != before) {
        rows[row].isAsLongAsTrace &= block.duration == before.duration;
        apply(rows);
    }
}

int LoadBlocks::add(int shape, int after)
{
    QList<Row> rows = m_rows;
    const int at = std::clamp(after + 1, 0, int(rows.size()));
    LoadBlock like{.duration = std::chrono::seconds(30), .from = 4, .to = 4};
    if (at > 0) {
        like = rows[at - 1].block;
        if (isRecorded(like)) {
            like.duration = std::chrono::seconds(30); // not as long as a recording
        }
        like.from = like.kind == LoadBlock::Kind::Pause ? 4 : like.to;
        like.to = like.from;
        like.steps = 0;
    }
    if (shape == Spike) {
        const bool isNoLevel = like.kind == LoadBlock::Kind::Pause || isRecorded(like);
        LoadBlock calm = isNoLevel ? shaped(like, Poisson) : like;
        LoadBlock peak = calm;
        peak.duration = std::chrono::seconds(10);
        peak.from = peak.to = fitLoad(peak.kind, calm.from * 4);
        calm.duration = std::chrono::seconds(20);
        int peakAt = at;
        if (at == 0) {
            rows.insert(at, {.key = ++m_lastKey, .block = calm});
            ++peakAt;
        }
        rows.insert(peakAt, {.key = ++m_lastKey, .block = peak});
        rows.insert(peakAt + 1, {.key = ++m_lastKey, .block = calm});
        apply(rows);
        return peakAt;
    }
    LoadBlock block = shaped(like, Shape(shape));
    if (shape == Ramp || shape == Stairs) {
        block.from = fitLoad(block.kind, like.from);
        block.to = fitLoad(block.kind, like.from * 4);
        block.duration = std::max(block.duration, Nanoseconds(std::chrono::seconds(20)));
    } else if (shape == Pause) {
        block.duration = std::chrono::seconds(10);
    }
    rows.insert(at, {.key = ++m_lastKey, .block = block, .isAsLongAsTrace = shape == Trace});
    apply(rows);
    return at;
}

void LoadBlocks::remove(int row)
{
    if (isRow(row) && m_rows.size() > 1) {
        QList<Row> rows = m_rows;
        rows.removeAt(row);
        apply(rows);
    }
}

void LoadBlocks::move(int from, int to)
{
    if (isRow(from) && isRow(to) && from != to) {
        QList<Row> rows = m_rows;
        rows.move(from, to);
        apply(rows);
    }
}

void LoadBlocks::setShape(int row, int shape)
{
    change(row, [shape](LoadBlock &block) { block = shaped(block, Shape(shape)); });
}

int LoadBlocks::rowAt(double second) const
{
    int found = 0;
    for (int row = 0; row < count(); ++row) {
        found = m_rows[row].begin <= second ? row : found;
    }
    return found;
}

void LoadBlocks::setUnit(int row, int unit)
{
    change(row, [unit](LoadBlock &block) {
        block.kind = LoadBlock::Kind(unit);
        block.from = fitLoad(block.kind, block.from);
        block.to = fitLoad(block.kind, block.to);
    });
}

void LoadBlocks::setSeconds(int row, double seconds)
{
    change(row, [seconds](LoadBlock &block) {
        block.duration = fromSeconds(std::clamp(seconds, leastSeconds, mostSeconds));
    });
}

void LoadBlocks::setFrom(int row, double load)
{
    change(row, [load](LoadBlock &block) { block.from = typedLoad(block.kind, load); });
}

void LoadBlocks::setTo(int row, double load)
{
    change(row, [load](LoadBlock &block) { block.to = typedLoad(block.kind, load); });
}

void LoadBlocks::setLoad(int row, double load)
{
    change(row, [load](LoadBlock &block) {
        block.from = typedLoad(block.kind, load);
        block.to = block.from;
    });
}

void LoadBlocks::dragLoad(int row, double load, bool isBegin)
{
    change(row, [load, isBegin](LoadBlock &block) {
        const bool isFlat = block.from == block.to;
        const double fit = fitLoad(block.kind, load);
        block.from = isFlat || isBegin ? fit : block.from;
        block.to = isFlat || !isBegin ? fit : block.to;
    });
}

void LoadBlocks::setSteps(int row, int steps)
{
    change(row, [steps](LoadBlock &block) { block.steps = std::clamp(steps, 0, mostSteps); });
}

void LoadBlocks::setBurstiness(int row, double burstiness)
{
    change(row, [burstiness](LoadBlock &block) {
        block.arrival.burstiness = std::clamp(burstiness, leastBurstiness, mostBurstiness);
    });
}

void LoadBlocks::nudgeLoad(int row, int steps)
{
    change(row, [steps](LoadBlock &block) {
        const double greater = std::max(block.from, block.to);
        const double step = greater >= 100         ? 10
            : greater >= 20                        ? 5
            : greater >= 2                         ? 1
            : block.kind == LoadBlock::Kind::Users ? 1
                                                   : 0.1;
        const double least = block.kind == LoadBlock::Kind::Users ? 1 : 0.1;
        const double was = block.to;
        block.to = fitLoad(block.kind, std::max(least, block.to + steps * step));
        block.from = block.from == was ? block.to : block.from;
    });
}

void LoadBlocks::nudgeSeconds(int row, int steps)
{
    change(row, [steps](LoadBlock &block) {
        const double seconds = secondsOf(block);
        const double step = seconds >= 600 ? 60 : seconds >= 60 ? 10 : seconds >= 10 ? 5 : 1;
        block.duration = fromSeconds(
            std::clamp(std::round((seconds + steps * step) / step) * step, 1.0, mostSeconds));
    });
}

void LoadBlocks::hold() { m_held = naturalTop(m_rows); }

void LoadBlocks::release()
{
    m_held = 0;
    apply(m_rows);
}

} // namespace Lorikeet
