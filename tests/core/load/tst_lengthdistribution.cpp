// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/lengthdistribution.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <map>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

using Kind = LengthDistribution::Kind;

namespace {

LengthDistribution ranged(
    Kind kind, double mean, double deviation, qint64 least = 1, qint64 most = 1'000'000)
{
    return {.kind = kind,
        .mean = mean,
        .deviation = deviation,
        .least = least,
        .most = most,
        .histogram = {}};
}

LengthDistribution bins(const QList<LengthDistribution::Bin> &bins)
{
    return {.kind = Kind::Histogram, .histogram = bins};
}

struct Spread
{
    double mean = 0;
    double deviation = 0;
    qint64 least = 0;
    qint64 most = 0;
};

Spread spreadOf(const LengthDistribution &lengths, int count, quint64 seed = 1)
{
    Random random(seed);
    double sum = 0;
    double squares = 0;
    Spread spread{.least = std::numeric_limits<qint64>::max()};
    for (int i = 0; i < count; ++i) {
        const qint64 length = lengths.draw(random);
        sum += double(length);
        squares += double(length) * double(length);
        spread.least = std::min(spread.least, length);
        spread.most = std::max(spread.most, length);
    }
    spread.mean = sum / count;
    spread.deviation = std::sqrt(squares / count - spread.mean * spread.mean);
    return spread;
}

} // namespace

/// How long prompts and answers are.
class TestLengthDistribution final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void drawsFollowTheory_data()
    {
        QTest::addColumn<LengthDistribution>("lengths");
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("deviation");
        QTest::newRow("fixed") << LengthDistribution::fixed(512) << 512.0 << 0.0;
        // A die of 401 faces.
        QTest::newRow("uniform") << ranged(Kind::Uniform, 0, 0, 100, 500) << 300.0
                                 << std::sqrt((401.0 * 401 - 1) / 12);
        QTest::newRow("one face") << ranged(Kind::Uniform, 0, 0, 7, 7) << 7.0 << 0.0;
        QTest::newRow("normal") << ranged(Kind::Normal, 1000, 100) << 1000.0 << 100.0;
        QTest::newRow("normal without spread") << ranged(Kind::Normal, 1000, 0) << 1000.0 << 0.0;
        // Half of it lies below the least: E max(0, z) and its deviation, for σ = 200.
        QTest::newRow("half a normal")
            << ranged(Kind::Normal, 1000, 200, 1000) << 1000 + 200 * 0.3989423 << 200 * 0.5838254;
        QTest::newRow("log-normal") << ranged(Kind::LogNormal, 800, 600) << 800.0 << 600.0;
        QTest::newRow("log-normal without spread")
            << ranged(Kind::LogNormal, 800, 0) << 800.0 << 0.0;
        QTest::newRow("histogram")
            << bins({{100, 1}, {200, 2}, {400, 1}, {9000, 0}}) << 225.0 << std::sqrt(12.5e3 - 625);
    }

    void drawsFollowTheory()
    {
        QFETCH(const LengthDistribution, lengths);
        QFETCH(const double, mean);
        QFETCH(const double, deviation);
        QCOMPARE(problemOf(lengths), QString());
        constexpr int count = 200'000;
        const Spread drawn = spreadOf(lengths, count);
        const double noise = 5 * std::max(deviation, 1e-9) / std::sqrt(double(count));
        QVERIFY2(
            std::abs(drawn.mean - mean) <= noise + 0.01, qPrintable(QString::number(drawn.mean)));
        QVERIFY2(std::abs(drawn.deviation - deviation) <= 0.02 * deviation + 0.01,
            qPrintable(QString::number(drawn.deviation)));
        // What is told beforehand is what is drawn.
        QVERIFY2(std::abs(lengths.expected() - mean) <= 1e-4 * mean,
            qPrintable(QString::number(lengths.expected())));
        QVERIFY2(std::abs(lengths.expectedDeviation() - deviation) <= 1e-4 * deviation + 1e-3,
            qPrintable(QString::number(lengths.expectedDeviation())));
    }

    void whatIsBeyondCountsAsTheEnds_data()
    {
        QTest::addColumn<LengthDistribution>("lengths");
        QTest::newRow("normal") << ranged(Kind::Normal, 500, 300, 100, 900);
        QTest::newRow("log-normal") << ranged(Kind::LogNormal, 500, 900, 100, 900);
    }

    void whatIsBeyondCountsAsTheEnds()
    {
        QFETCH(const LengthDistribution, lengths);
        const Spread drawn = spreadOf(lengths, 200'000);
        QCOMPARE(drawn.least, 100);
        QCOMPARE(drawn.most, 900);
        QVERIFY(std::abs(drawn.mean - lengths.expected()) < 3);
        QVERIFY(std::abs(drawn.deviation - lengths.expectedDeviation()) < 3);
    }

    void binsByTheirWeights()
    {
        const LengthDistribution lengths = bins({{100, 1}, {200, 0}, {400, 3}});
        Random random(7);
        std::map<qint64, int> often;
        for (int i = 0; i < 40'000; ++i) {
            ++often[lengths.draw(random)];
        }
        QCOMPARE(often.size(), 2);
        QVERIFY(std::abs(often[100] - 10'000) < 500);
        QVERIFY(std::abs(often[400] - 30'000) < 500);
    }

    void sameSeedSameLengths()
    {
        const LengthDistribution lengths = ranged(Kind::LogNormal, 800, 600);
        Random first(3);
        Random second(3);
        Random other(4);
        QList<qint64> drawn;
        QList<qint64> again;
        QList<qint64> others;
        for (int i = 0; i < 50; ++i) {
            drawn.append(lengths.draw(first));
            again.append(lengths.draw(second));
            others.append(lengths.draw(other));
        }
        QCOMPARE(drawn, again);
        QVERIFY(drawn != others);
    }

    void jsonAndBack_data()
    {
        QTest::addColumn<LengthDistribution>("lengths");
        QTest::addColumn<QJsonValue>("json");
        QTest::newRow("fixed") << LengthDistribution::fixed(512) << QJsonValue(512);
        QTest::newRow("uniform") << ranged(Kind::Uniform, 1, 0, 10, 20)
                                 << QJsonValue(QJsonObject{{u"kind"_s, u"uniform"_s},
                                        {u"least"_s, 10}, {u"most"_s, 20}});
        QTest::newRow("normal") << ranged(Kind::Normal, 300, 20.5, 2, 500)
                                << QJsonValue(QJsonObject{{u"kind"_s, u"normal"_s},
                                       {u"mean"_s, 300}, {u"deviation"_s, 20.5}, {u"least"_s, 2},
                                       {u"most"_s, 500}});
        QTest::newRow("log-normal")
            << ranged(Kind::LogNormal, 300, 20)
            << QJsonValue(QJsonObject{{u"kind"_s, u"log_normal"_s}, {u"mean"_s, 300},
                   {u"deviation"_s, 20}, {u"least"_s, 1}, {u"most"_s, 1'000'000}});
        QTest::newRow("histogram")
            << bins({{128, 1}, {512, 0.5}})
            << QJsonValue(QJsonObject{{u"kind"_s, u"histogram"_s},
                   {u"bins"_s, QJsonArray{QJsonArray{128, 1}, QJsonArray{512, 0.5}}}});
    }

    void jsonAndBack()
    {
        QFETCH(const LengthDistribution, lengths);
        QFETCH(const QJsonValue, json);
        QCOMPARE(toJson(lengths), json);
        const auto back = lengthDistributionFrom(json, u"It"_s);
        QVERIFY2(back, qPrintable(back ? QString() : back.error().message));
        QCOMPARE(*back, lengths);
    }

    void faults_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const QByteArray &json, const QString &sentence) {
            QTest::newRow(name) << json << sentence;
        };
        row("text", R"("512")",
            u"It must be a number, or an object with “kind” and what belongs to it."_s);
        row("zero", "0", u"It must be from 1 to 10000000 on average."_s);
        row("no kind", R"({"mean":5})", u"It: “kind” is missing."_s);
        row("kind", R"({"kind":"bell"})",
            u"It: “kind” must be “fixed”, “uniform”, “normal”, “log_normal” or “histogram”, not "
            "“bell”."_s);
        row("missing", R"({"kind":"normal"})", u"It: “mean” is missing."_s);
        row("type", R"({"kind":"normal","mean":"7"})", u"It: “mean” must be a number."_s);
        row("whole", R"({"kind":"uniform","least":1.5,"most":7})",
            u"It: “least” must be a whole number."_s);
        row("unknown", R"({"kind":"fixed","mean":5,"stdev":3})",
            u"It: “stdev” is not known here; there are kind, mean."_s);
        row("reversed", R"({"kind":"uniform","least":9,"most":7})",
            u"It must not have a greater “least” than “most”."_s);
        row("negative", R"({"kind":"normal","mean":9,"deviation":-1})",
            u"It must have a “deviation” that is not negative."_s);
        row("least", R"({"kind":"normal","mean":9,"least":0})",
            u"It must be from 1 to 10000000 (“least”, “most”)."_s);
        row("no bins", R"({"kind":"histogram","bins":[]})", u"It must have a bin with a weight."_s);
        row("bin", R"({"kind":"histogram","bins":[[1,2],[3]]})",
            u"It: entry 2 of “bins” must be a pair of numbers, tokens and weight."_s);
        row("bin's weight", R"({"kind":"histogram","bins":[[1,2],[3,-1]]})",
            u"It must have bins of 1 to 10000000 tokens with weights that are not negative."_s);
    }

    void faults()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QString, sentence);
        const QJsonValue value = QJsonDocument::fromJson("[" + json + "]").array().first();
        const auto lengths = lengthDistributionFrom(value, u"It"_s);
        QVERIFY(!lengths);
        QCOMPARE(lengths.error().message, sentence);
    }
};

QTEST_GUILESS_MAIN(TestLengthDistribution)
#include "tst_lengthdistribution.moc"
