// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/latencyhistogram.h"

#include "base/invalidrequest.h"
#include "load/packednumbers.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Where values belong, as HdrHistogram has it: the first 2 × half values have a slot each; from
/// there on each doubling of the value has `half` slots, each twice as wide as before.
class Slots
{
public:
    /// `digits` that are significant, 1 to 5; values are multiples of 2^unitBits.
    constexpr Slots(int digits, int unitBits)
        : m_unitBits(unitBits)
    {
        qint64 alone = 2;
        for (int i = 0; i < digits; ++i) {
            alone *= 10;
        }
        m_halfBits = int(std::bit_width(quint64(alone - 1))) - 1;
    }

    [[nodiscard]] constexpr size_t of(qint64 value) const
    {
        const int bits = m_halfBits + 1 + m_unitBits;
        const int bucket = std::max(0, int(std::bit_width(quint64(value))) - bits);
        const qint64 within = value >> (bucket + m_unitBits);
        return size_t((qint64(bucket) << m_halfBits) + within);
    }

    [[nodiscard]] constexpr qint64 first(size_t slot) const
    {
        const qint64 half = qint64(1) << m_halfBits;
        const qint64 bucket = std::max(qint64(0), (qint64(slot) >> m_halfBits) - 1);
        return (qint64(slot) - bucket * half) << (bucket + m_unitBits);
    }

private:
    int m_unitBits;
    int m_halfBits = 0;
};

constexpr int digits = 2;
constexpr Slots slots(digits, 0);
constexpr qint64 most = std::chrono::nanoseconds(std::chrono::hours(1)).count();
constexpr size_t wordLength = 64;
constexpr int halfBits = 32; // of a count
static_assert(slots.of(most) < std::numeric_limits<quint16>::max());
static_assert(slots.of(255) == 255 && slots.of(256) == 256 && slots.of(257) == 256);
static_assert(slots.first(256) == 256 && slots.first(257) == 258 && slots.first(384) == 512);

// https://github.com/HdrHistogram/HdrHistogram, AbstractHistogram: the low four bits of the second
// digit from the right tell the size of a word, which V2 does not have.
constexpr quint32 cookieBits = 0xffffff0f;
constexpr quint32 plainCookie = 0x1c849303;
constexpr quint32 compressedCookie = 0x1c849304;
constexpr quint32 wordBits = 0x10;
constexpr qsizetype headSize = 40;
/// No file of a run is as long; a damaged one may say it is.
constexpr qsizetype mostBytes = qsizetype(64) << 20;

template<typename T>
void put(QByteArray &bytes, T value)
{
    const qsizetype at = bytes.size();
    bytes.resize(at + qsizetype(sizeof(T)));
    qToBigEndian(value, bytes.data() + at);
}

template<typename T>
T taken(const QByteArray &bytes, qsizetype at)
{
    return qFromBigEndian<T>(bytes.constData() + at);
}

Failure damaged() { return invalidRequest(u"This is no histogram of HdrHistogram, version 2."_s); }

} // namespace

LatencyHistogram::LatencyHistogram() = default;

size_t LatencyHistogram::placeOf(size_t slot)
{
    const size_t word = slot / wordLength;
    if (m_filled.empty()) {
        m_firstWord = word;
    } else if (word < m_firstWord) {
        m_filled.insert(m_filled.begin(), m_firstWord - word, 0);
        m_before.insert(m_before.begin(), m_firstWord - word, 0);
        m_firstWord = word;
    }
    const size_t at = word - m_firstWord;
    if (at >= m_filled.size()) {
        m_filled.resize(at + 1);
        m_before.resize(at + 1, quint16(m_counts.size()));
    }
    const quint64 bit = quint64(1) << (slot % wordLength);
    const size_t place = m_before[at] + size_t(std::popcount(m_filled[at] & (bit - 1)));
    if ((m_filled[at] & bit) == 0) {
        constexpr size_t some = 16; // rather than to double what is seldom as much
        if (m_counts.size() == m_counts.capacity()) {
            m_counts.reserve(m_counts.size() + some);
        }
        m_counts.insert(m_counts.begin() + qsizetype(place), 0);
        if (!m_carried.empty()) {
            m_carried.insert(m_carried.begin() + qsizetype(place), 0);
        }
        m_filled[at] |= bit;
        for (size_t after = at + 1; after < m_before.size(); ++after) {
            ++m_before[after];
        }
    }
    return place;
}

void LatencyHistogram::addTo(size_t slot, qint64 count)
{
    const size_t place = placeOf(slot);
    const quint64 sum = m_counts[place] + quint64(count);
    m_counts[place] = quint32(sum);
    if (const auto carried = quint32(sum >> halfBits); carried > 0) {
        m_carried.resize(m_counts.size());
        m_carried[place] += carried;
    }
}

qint64 LatencyHistogram::countAt(size_t place) const
{
    const quint64 carried = m_carried.empty() ? 0 : m_carried[place];
    return qint64(carried << halfBits | m_counts[place]);
}

template<typename Visit>
void LatencyHistogram::visitFilled(const Visit &visit) const
{
    size_t place = 0;
    for (size_t word = 0; word < m_filled.size(); ++word) {
        for (quint64 left = m_filled[word]; left != 0; left &= left - 1) {
            const size_t slot = (m_firstWord + word) * wordLength + size_t(std::countr_zero(left));
            if (!visit(slot, countAt(place++))) {
                return;
            }
        }
    }
}

void LatencyHistogram::add(Nanoseconds time, qint64 count)
{
    if (count <= 0) {
        return;
    }
    const qint64 value = std::clamp(qint64(time.count()), qint64(1), most);
    addTo(slots.of(value), count);
    m_least = m_count > 0 ? std::min(m_least, value) : value;
    m_greatest = std::max(m_greatest, value);
    m_count += count;
    m_clipped += time.count() > most ? count : 0;
    m_sum += double(value) * double(count);
}

void LatencyHistogram::add(const LatencyHistogram &other)
{
    if (other.isEmpty()) {
        return;
    }
    other.visitFilled([this](size_t slot, qint64 count) {
        addTo(slot, count); // where `other` is this one, no slot is new
        return true;
    });
    m_least = m_count > 0 ? std::min(m_least, other.m_least) : other.m_least;
    m_greatest = std::max(m_greatest, other.m_greatest);
    m_count += other.m_count;
    m_clipped += other.m_clipped;
    m_sum += other.m_sum;
}

std::optional<Nanoseconds> LatencyHistogram::mean() const
{
    return isEmpty() ? std::nullopt
                     : std::optional(Nanoseconds(std::llround(m_sum / double(m_count))));
}

std::optional<Nanoseconds> LatencyHistogram::quantile(double share) const
{
    if (isEmpty()) {
        return std::nullopt;
    }
    // 0.95 × 20 is a little more than 19 in binary, and means the nineteenth.
    const double rank = std::ceil(share * double(m_count) * (1 - 1e-12));
    return Nanoseconds(valueAt(std::clamp(qint64(rank), qint64(1), m_count)));
}

qint64 LatencyHistogram::valueAt(qint64 rank) const
{
    if (rank == m_count) {
        return m_greatest;
    }
    qint64 so = 0;
    qint64 found = m_greatest;
    visitFilled([&](size_t slot, qint64 count) {
        so += count;
        if (so < rank) {
            return true;
        }
        found = (slots.first(slot) + slots.first(slot + 1) - 1) / 2;
        return false;
    });
    return std::clamp(found, m_least, m_greatest);
}

qint64 LatencyHistogram::countUpTo(Nanoseconds time) const
{
    if (time.count() < m_least) {
        return 0;
    }
    const size_t last = slots.of(std::clamp(qint64(time.count()), qint64(1), most));
    qint64 all = 0;
    visitFilled([&](size_t slot, qint64 count) {
        all += slot <= last ? count : 0;
        return slot < last;
    });
    return all;
}

std::vector<LatencyHistogram::Slot> LatencyHistogram::filled() const
{
    std::vector<Slot> all;
    visitFilled([&all](size_t slot, qint64 count) {
        all.push_back({Nanoseconds(slots.first(slot)), Nanoseconds(slots.first(slot + 1)), count});
        return true;
    });
    return all;
}

QByteArray LatencyHistogram::encode() const
{
    QByteArray payload;
    size_t next = 0;
    visitFilled([&](size_t slot, qint64 count) {
        if (slot > next) {
            const auto empty = qint64(slot - next);
            putNumber(payload, empty > 1 ? -empty : 0);
        }
        putNumber(payload, count);
        next = slot + 1;
        return true;
    });
    QByteArray plain;
    put(plain, plainCookie | wordBits);
    put(plain, quint32(payload.size()));
    put(plain, quint32(0)); // the first slot is that of zero
    put(plain, quint32(digits));
    put(plain, qint64(1)); // lowest value that can be told apart
    put(plain, most);
    put(plain, 1.0); // of integers to doubles
    plain += payload;
    // Qt puts the length in front of what zlib wrote.
    const QByteArray zipped = qCompress(plain).sliced(4);
    QByteArray bytes;
    put(bytes, compressedCookie | wordBits);
    put(bytes, quint32(zipped.size()));
    return bytes + zipped;
}

Result<LatencyHistogram> LatencyHistogram::decode(const QByteArray &bytes, Nanoseconds unit)
{
    if (bytes.size() < 8) {
        return damaged();
    }
    QByteArray plain = bytes;
    if ((taken<quint32>(bytes, 0) & cookieBits) == (compressedCookie & cookieBits)) {
        const qsizetype length = taken<quint32>(bytes, 4);
        if (length > bytes.size() - 8) {
            return damaged();
        }
        // What is expected of it is a hint of how much room it needs, no limit.
        QByteArray zipped;
        put(zipped, quint32(headSize + 2 * length));
        plain = qUncompress(zipped + bytes.sliced(8, length));
    }
    if (plain.size() < headSize || plain.size() > mostBytes
        || (taken<quint32>(plain, 0) & cookieBits) != (plainCookie & cookieBits)) {
        return damaged();
    }
    const qsizetype length = taken<quint32>(plain, 4);
    // The library for JavaScript writes 1 where nothing is moved, too, and no double for the ratio.
    const auto offset = taken<quint32>(plain, 8);
    const auto precision = taken<quint32>(plain, 12);
    const auto lowest = taken<qint64>(plain, 16);
    if (length > plain.size() - headSize || offset > 1 || precision < 1 || precision > 5
        || lowest < 1 || unit.count() < 1) {
        return damaged();
    }
    const Slots theirs(int(precision), int(std::bit_width(quint64(lowest))) - 1);
    LatencyHistogram histogram;
    const QByteArray payload = plain.sliced(headSize, length);
    size_t slot = 0;
    const size_t mostSlots = theirs.of(std::numeric_limits<qint64>::max());
    for (qsizetype at = 0; at < payload.size();) {
        const std::optional<qint64> number = takeNumber(payload, at);
        if (!number || *number < -qint64(mostSlots) || slot > mostSlots) {
            return damaged();
        }
        if (*number < 0) {
            slot += size_t(-*number);
            continue;
        }
        if (*number > std::numeric_limits<qint64>::max() - histogram.count()) {
            return damaged();
        }
        if (*number > 0) {
            const qint64 first = theirs.first(slot);
            // Behind the last slot nothing begins.
            const qint64 last = slot < mostSlots ? theirs.first(slot + 1) - 1
                                                 : std::numeric_limits<qint64>::max();
            const qint64 middle = first + (last - first) / 2;
            const double value = double(middle) * double(unit.count());
            histogram.add(
                Nanoseconds(value < 2.0 * double(most) ? qint64(value) : 2 * most), *number);
        }
        ++slot;
    }
    return histogram;
}

QJsonObject LatencyHistogram::toJson() const
{
    QJsonObject object{{u"count"_s, m_count}};
    if (m_count > 0) {
        object.insert(u"min_ns"_s, m_least);
        object.insert(u"max_ns"_s, m_greatest);
        object.insert(u"sum_ns"_s, m_sum);
        object.insert(u"hdr"_s, QString::fromLatin1(encode().toBase64()));
    }
    if (m_clipped > 0) {
        object.insert(u"clipped"_s, m_clipped);
    }
    return object;
}

Result<LatencyHistogram> LatencyHistogram::fromJson(const QJsonObject &object)
{
    const QString text = object.value("hdr"_L1).toString();
    if (text.isEmpty()) {
        return LatencyHistogram();
    }
    Result<LatencyHistogram> read = decode(QByteArray::fromBase64(text.toLatin1()));
    if (!read) {
        return read;
    }
    const qint64 least = object.value("min_ns"_L1).toInteger(-1);
    const qint64 greatest = object.value("max_ns"_L1).toInteger(-1);
    // Others may write the histogram alone.
    if (read->m_count > 0 && least >= 0 && greatest >= least
        && slots.of(least) == slots.of(read->m_least)
        && slots.of(greatest) == slots.of(read->m_greatest)) {
        read->m_least = least;
        read->m_greatest = greatest;
        read->m_sum = object.value("sum_ns"_L1).toDouble(read->m_sum);
        read->m_clipped
            = std::clamp(object.value("clipped"_L1).toInteger(), qint64(0), read->m_count);
    }
    return read;
}

} // namespace Lorikeet
