// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/random.h"
#include "load/latencyhistogram.h"

#include <QTest>

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How durations are counted, and how they are exchanged.
class TestLatencyHistogram final : public QObject
{
    Q_OBJECT

    /// Of all sizes, as a seed has them.
    static std::vector<Nanoseconds> anyTimes(int count, quint64 seed)
    {
        Random random(seed);
        std::vector<Nanoseconds> times;
        for (int i = 0; i < count; ++i) {
            times.emplace_back(std::min(qint64(3.6e12), qint64(random.logNormal(2e8, 3))));
        }
        return times;
    }

    static LatencyHistogram of(const std::vector<Nanoseconds> &times)
    {
        LatencyHistogram histogram;
        for (const Nanoseconds time : times) {
            histogram.add(time);
        }
        return histogram;
    }

private Q_SLOTS:

    void nothingOfNone()
    {
        const LatencyHistogram none;
        QVERIFY(none.isEmpty());
        QVERIFY(!none.quantile(0.5));
        QVERIFY(!none.mean());
        QCOMPARE(none.least(), 0ns);
        QCOMPARE(none.countUpTo(1h), 0);
        QVERIFY(none.filled().empty());
        QCOMPARE(*LatencyHistogram::decode(none.encode()), none);
    }

    void quantilesAreWithinOnePercent()
    {
        std::vector<Nanoseconds> times = anyTimes(20'000, 1);
        const LatencyHistogram histogram = of(times);
        std::ranges::sort(times);
        for (const double share : {0.0, 0.001, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
            const auto rank = size_t(std::max(1.0, std::ceil(share * double(times.size()))));
            const auto exact = double(times[rank - 1].count());
            const auto told = double(histogram.quantile(share)->count());
            QVERIFY2(std::abs(told - exact) <= 0.01 * exact,
                qPrintable(u"%1: %2, not %3"_s.arg(share).arg(told).arg(exact)));
        }
        double sum = 0;
        for (const Nanoseconds time : times) {
            sum += double(time.count());
        }
        QVERIFY(std::abs(double(histogram.mean()->count()) - sum / 20'000) < 1);
        QCOMPARE(histogram.count(), 20'000);
        QCOMPARE(histogram.least(), times.front());
        QCOMPARE(histogram.greatest(), times.back());
        QCOMPARE(*histogram.quantile(1), times.back());
    }

    /// The nineteenth of twenty, and not the twentieth, is the 95th percentile.
    void theRankIsTheOneMeant()
    {
        LatencyHistogram histogram;
        for (int i = 1; i <= 20; ++i) {
            histogram.add(Nanoseconds(i));
        }
        QCOMPARE(*histogram.quantile(0.95), 19ns);
        QCOMPARE(*histogram.quantile(0.951), 20ns);
        QCOMPARE(*histogram.quantile(0), 1ns);
        QCOMPARE(*histogram.quantile(0.5), 10ns);
        QCOMPARE(histogram.countUpTo(19ns), 19);
        QCOMPARE(histogram.countUpTo(0ns), 0);
        QCOMPARE(histogram.countUpTo(2h), 20);
    }

    /// Whatever the parts, and in whichever order they come.
    void partsAddUp()
    {
        const std::vector<Nanoseconds> times = anyTimes(9'000, 2);
        const LatencyHistogram whole = of(times);
        LatencyHistogram sum;
        for (const int part : {2, 0, 1}) {
            std::vector<Nanoseconds> some;
            for (size_t i = size_t(part); i < times.size(); i += 3) {
                some.push_back(times[i]);
            }
            sum.add(of(some));
        }
        sum.add(LatencyHistogram());
        QCOMPARE(sum.filled().size(), whole.filled().size());
        for (const double share : {0.1, 0.5, 0.99}) {
            QCOMPARE(sum.quantile(share), whole.quantile(share));
        }
        QCOMPARE(sum.count(), whole.count());
        QCOMPARE(sum.least(), whole.least());
        QCOMPARE(sum.greatest(), whole.greatest());
        QVERIFY(std::abs((*sum.mean() - *whole.mean()).count()) <= 1);
    }

    void whatIsOutOfRangeIsTold()
    {
        LatencyHistogram histogram;
        histogram.add(-5ns);
        histogram.add(0ns);
        histogram.add(1h);
        QCOMPARE(histogram.clipped(), 0);
        histogram.add(2h, 3);
        histogram.add(1s, 0);
        QCOMPARE(histogram.clipped(), 3);
        QCOMPARE(histogram.count(), 6);
        QCOMPARE(histogram.least(), 1ns);
        QCOMPARE(histogram.greatest(), 1h);
    }

    /// More than 32 bits hold, in one slot among others, and whatever comes before or behind it.
    void manyAreCounted()
    {
        constexpr qint64 many = (qint64(1) << 32) - 1;
        LatencyHistogram histogram;
        histogram.add(10ms, many);
        histogram.add(10ms);
        histogram.add(1us, 2);
        histogram.add(10ms, 3 * many);
        histogram.add(1s, many);
        const auto counts = [](const LatencyHistogram &of) {
            QList<qint64> all;
            for (const LatencyHistogram::Slot &slot : of.filled()) {
                all.append(slot.count);
            }
            return all;
        };
        QCOMPARE(counts(histogram), QList<qint64>({2, 4 * many + 1, many}));
        QCOMPARE(histogram.countUpTo(11ms), 4 * many + 3);
        QCOMPARE(counts(*LatencyHistogram::decode(histogram.encode())), counts(histogram));
        LatencyHistogram twice = histogram;
        twice.add(histogram);
        histogram.add(histogram);
        QCOMPARE(counts(twice), QList<qint64>({4, 8 * many + 2, 2 * many}));
        QCOMPARE(histogram, twice);
    }

    /// The order in which they come makes no difference.
    void equalOnesAreEqual()
    {
        std::vector<Nanoseconds> times = anyTimes(2'000, 6);
        const LatencyHistogram histogram = of(times);
        std::ranges::sort(times, std::greater<>());
        const LatencyHistogram descending = of(times);
        QCOMPARE(descending.filled().size(), histogram.filled().size());
        QCOMPARE(descending.encode(), histogram.encode());
        QCOMPARE(descending.quantile(0.99), histogram.quantile(0.99));
        LatencyHistogram few;
        few.add(1s);
        few.add(1ms);
        LatencyHistogram same;
        same.add(1ms);
        same.add(1s);
        QCOMPARE(few, same);
    }

    void slotsCoverWhatIsInThem()
    {
        const std::vector<Nanoseconds> times = anyTimes(500, 3);
        const auto filled = of(times).filled();
        qint64 all = 0;
        Nanoseconds last{};
        for (const LatencyHistogram::Slot &slot : filled) {
            QVERIFY(slot.from >= last && slot.to > slot.from);
            QVERIFY(double((slot.to - slot.from).count())
                <= std::max(1.0, 0.0079 * double(slot.from.count())));
            const auto within = std::ranges::count_if(
                times, [&slot](Nanoseconds time) { return time >= slot.from && time < slot.to; });
            QCOMPARE(slot.count, within);
            last = slot.to;
            all += slot.count;
        }
        QCOMPARE(all, 500);
    }

    void comesBackAsItWasWritten()
    {
        const LatencyHistogram histogram = of(anyTimes(3'000, 4));
        const auto read = LatencyHistogram::decode(histogram.encode());
        QVERIFY(read);
        QCOMPARE(read->count(), histogram.count());
        for (const double share : {0.0, 0.01, 0.5, 0.99}) {
            const auto before = double(histogram.quantile(share)->count());
            QVERIFY(std::abs(double(read->quantile(share)->count()) - before) <= 0.01 * before);
        }
        // Nothing drifts by going there and back.
        QCOMPARE(LatencyHistogram::decode(read->encode())->filled().size(), read->filled().size());
        QCOMPARE(LatencyHistogram::decode(read->encode())->encode(), read->encode());
    }

    /// Written by HdrHistogram's library for JavaScript.
    void othersAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Nanoseconds>("unit");
        QTest::addColumn<qint64>("count");
        QTest::addColumn<double>("median");
        QTest::newRow("nanoseconds, 2 digits")
            << QByteArray("HISTFAAAADR4nJNpmSzMwMDAz8DAwMjAwMDEAAGMDAzMbgY7FjDA+Ww/mZlYnopzvefjOy"
                          "rDBACWQAco")
            << Nanoseconds(1) << qint64(19) << 1e6;
        QTest::newRow("microseconds, 3 digits") << QByteArray(
            "HISTFAAAAC14nJNpmSzMwMDAxcDAwMjAwMDMAAEgNsO1yUsYYHxOpt42RpG3bYwsAHnWBg8=")
                                                << Nanoseconds(1000) << qint64(13) << 182e6;
        QTest::newRow("in steps of 512 ns") << QByteArray(
            "HISTFAAAAC14nJNpmSzMwMDAxsDAwMjAwMDMAAbMLxgYmN0MdixggAJGQabDUxlFAHPHBY4=")
                                            << Nanoseconds(1) << qint64(11) << 182e6;
    }

    void othersAreRead()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const Nanoseconds, unit);
        QFETCH(const qint64, count);
        QFETCH(const double, median);
        const auto read = LatencyHistogram::decode(QByteArray::fromBase64(text), unit);
        QVERIFY(read);
        QCOMPARE(read->count(), count);
        const auto told = double(read->quantile(0.5)->count());
        QVERIFY2(std::abs(told - median) <= 0.01 * median, qPrintable(QString::number(told)));
    }

    /// After the header to the byte what that library writes of the same values.
    void othersReadIt()
    {
        LatencyHistogram histogram;
        histogram.add(1ns, 3);
        histogram.add(255ns);
        histogram.add(256ns, 2);
        histogram.add(1ms, 5);
        histogram.add(182ms, 7);
        histogram.add(1h - 1ns);
        const auto payload = [](const QByteArray &bytes) {
            return qUncompress(QByteArray("\0\0\1\0", 4) + bytes.sliced(8));
        };
        const QByteArray theirs = QByteArray::fromBase64(
            "HISTFAAAADR4nJNpmSzMwMDAz8DAwMjAwMDEAAGMDAzMbgY7FjDA+Ww/mZlYnopzvefjOyrDBACWQAco");
        QCOMPARE(histogram.encode().first(4), theirs.first(4));
        const QByteArray ours = payload(histogram.encode());
        QCOMPARE(ours.first(8).toHex(' '), payload(theirs).first(8).toHex(' '));
        QCOMPARE(ours.sliced(12, 20).toHex(' '), payload(theirs).sliced(12, 20).toHex(' '));
        QCOMPARE(ours.sliced(40).toHex(' '), payload(theirs).sliced(40).toHex(' '));
    }

    /// What others can hold and this cannot is an hour, and told.
    void whatIsBeyondIsCutOff_data()
    {
        QTest::addColumn<int>("digits");
        QTest::addColumn<qint64>("lowest");
        QTest::newRow("in nanoseconds") << 2 << qint64(1);
        QTest::newRow("five digits") << 5 << qint64(1);
        QTest::newRow("in steps of 2^40") << 2 << (qint64(1) << 40);
        QTest::newRow("in steps of all there is") << 3 << (qint64(1) << 62);
    }

    void whatIsBeyondIsCutOff()
    {
        QFETCH(const int, digits);
        QFETCH(const qint64, lowest);
        QByteArray payload;
        const auto put = [](QByteArray &bytes, auto value) {
            const qsizetype at = bytes.size();
            bytes.resize(at + qsizetype(sizeof value));
            qToBigEndian(value, bytes.data() + at);
        };
        // As many slots as the greatest number of 63 bits needs, and twice something in the last.
        const int half = digits == 2 ? 7 : digits == 3 ? 10 : 17;
        const int unit = 63 - std::countl_zero(quint64(lowest));
        const int bucket = std::max(0, 63 - (half + 1 + unit));
        const qint64 last
            = (qint64(bucket) << half) + (std::numeric_limits<qint64>::max() >> (bucket + unit));
        quint64 empty = (quint64(-last) << 1) ^ quint64(-last >> 63);
        for (; empty > 0x7f; empty >>= 7) {
            payload.append(char(empty | 0x80));
        }
        payload.append(char(empty));
        payload.append(char(4)); // 2
        QByteArray plain;
        put(plain, quint32(0x1c849313));
        put(plain, quint32(payload.size()));
        put(plain, quint32(0));
        put(plain, quint32(digits));
        put(plain, lowest);
        put(plain, std::numeric_limits<qint64>::max());
        put(plain, 1.0);
        const auto read = LatencyHistogram::decode(plain + payload);
        QVERIFY(read);
        QCOMPARE(read->count(), 2);
        QCOMPARE(read->clipped(), 2);
        QCOMPARE(read->greatest(), 1h);
    }

    void damagedOnesAreRefused()
    {
        const QByteArray good = of(anyTimes(100, 5)).encode();
        for (qsizetype cut = 0; cut < good.size(); ++cut) {
            QVERIFY(!LatencyHistogram::decode(good.first(cut)));
        }
        for (qsizetype at = 0; at < good.size(); ++at) {
            QByteArray bad = good;
            bad[at] = char(bad[at] ^ 0x55);
            (void)LatencyHistogram::decode(bad); // whatever it is, it ends
        }
        const auto refused = LatencyHistogram::decode("What a long line of text this is.");
        QVERIFY(refused.error().message.contains(u"HdrHistogram"_s));
    }
};

QTEST_GUILESS_MAIN(TestLatencyHistogram)
#include "tst_latencyhistogram.moc"
