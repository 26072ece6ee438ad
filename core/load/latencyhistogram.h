// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace Lorikeet {

/// How many of many durations were how long, in little memory: from 1 ns to an hour with an error
/// below 1 % (at most half a slot of 1/128). Histograms of parts of a run add up to that of the
/// whole, whatever the parts. Count, least, greatest and sum are exact.
///
/// Durations below 1 ns count as 1 ns, longer ones than an hour as an hour, and are told by
/// clipped(). A value; for any thread, one at a time.
///
/// Slots are those of HdrHistogram with two significant digits, so that encode() is what its
/// libraries in other languages read: https://github.com/HdrHistogram
class LatencyHistogram final
{
public:
    LatencyHistogram();

    void add(Nanoseconds time, qint64 count = 1);
    void add(const LatencyHistogram &other);

    [[nodiscard]] qint64 count() const { return m_count; }

    [[nodiscard]] bool isEmpty() const { return m_count == 0; }

    /// How many were longer than it can hold.
    [[nodiscard]] qint64 clipped() const { return m_clipped; }

    /// Zero of none.
    [[nodiscard]] Nanoseconds least() const { return Nanoseconds(m_count > 0 ? m_least : 0); }

    [[nodiscard]] Nanoseconds greatest() const { return Nanoseconds(m_greatest); }

    [[nodiscard]] std::optional<Nanoseconds> mean() const;

    /// The value of the rank ⌈share × count()⌉ (the first for 0): at least this share of all took
    /// no longer. Nothing of none. `share` is within 0 and 1.
    [[nodiscard]] std::optional<Nanoseconds> quantile(double share) const;

    /// How many took no longer than this, within the error of a slot.
    [[nodiscard]] qint64 countUpTo(Nanoseconds time) const;

    /// A slot with something in it: durations from `from` up to but not `to`.
    struct Slot
    {
        Nanoseconds from;
        Nanoseconds to;
        qint64 count;
    };

    /// In ascending order.
    [[nodiscard]] std::vector<Slot> filled() const;

    /// HdrHistogram's compressed encoding, V2, in nanoseconds. It has neither sum nor clipped(): of
    /// what is read back the mean is within the error.
    [[nodiscard]] QByteArray encode() const;
    /// Reads what encode() or another library wrote in V2, compressed or not, with any number of
    /// digits; values land in the slots they belong to here. `unit`: what one of its units is.
    [[nodiscard]] static Result<LatencyHistogram> decode(
        const QByteArray &bytes, Nanoseconds unit = Nanoseconds(1));

    /// All of it: "hdr" is encode() in base64, "count", "min_ns", "max_ns", "sum_ns" and "clipped"
    /// are exact.
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<LatencyHistogram> fromJson(const QJsonObject &object);

    friend bool operator==(const LatencyHistogram &, const LatencyHistogram &) = default;

private:
    /// The value of this rank, from 1.
    [[nodiscard]] qint64 valueAt(qint64 rank) const;
    /// Of one slot; makes room for it where nothing was in it.
    [[nodiscard]] size_t placeOf(size_t slot);
    void addTo(size_t slot, qint64 count);
    [[nodiscard]] qint64 countAt(size_t place) const;
    /// Calls `visit(slot, count)` for each slot with something in it, in ascending order, until it
    /// returns false.
    template<typename Visit>
    void visitFilled(const Visit &visit) const;

    // A run has a histogram for each of its seconds, in which few slots have something in them,
    // near to each other and little: nothing else takes room.
    size_t m_firstWord = 0; ///< of 64 slots each
    std::vector<quint64> m_filled; ///< from there: a bit for each slot with something in it
    std::vector<quint16> m_before; ///< how many bits are set before each of these words
    std::vector<quint32> m_counts; ///< of the filled slots, in ascending order; the low halves
    std::vector<quint32> m_carried; ///< their high halves; empty while there is none
    qint64 m_count = 0;
    qint64 m_clipped = 0;
    qint64 m_least = 0;
    qint64 m_greatest = 0;
    double m_sum = 0; ///< ns
};

} // namespace Lorikeet
