// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "metrics/exposition.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Prometheus' text format, as servers write it.
class TestExposition final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void familiesHoldTheirSamples()
    {
        const auto families = readExposition("# HELP vllm:running How many run.\n"
                                             "# TYPE vllm:running gauge\n"
                                             "vllm:running{model_name=\"m\",engine=\"0\"} 3.0\n"
                                             "# TYPE ttft histogram\n"
                                             "ttft_bucket{le=\"0.5\"} 2\n"
                                             "ttft_bucket{le=\"+Inf\"} 4\n"
                                             "ttft_sum 1.5e0\n"
                                             "ttft_count 4\n");
        QVERIFY(families);
        QCOMPARE(families->size(), 2);
        const MetricFamily running = families->at(0);
        QCOMPARE(running.name, u"vllm:running"_s);
        QCOMPARE(running.type, u"gauge"_s);
        QCOMPARE(running.help, u"How many run."_s);
        const MetricSample sample{.name = u"vllm:running"_s,
            .labels = {{u"model_name"_s, u"m"_s}, {u"engine"_s, u"0"_s}},
            .value = 3};
        QCOMPARE(running.samples, QList<MetricSample>{sample});
        const MetricFamily ttft = families->at(1);
        QCOMPARE(ttft.type, u"histogram"_s);
        QCOMPARE(ttft.samples.size(), 4);
        QCOMPARE(ttft.samples.at(1).labels.constFirst().second, u"+Inf"_s);
        QCOMPARE(ttft.samples.at(2).value, 1.5);
    }

    /// OpenMetrics names a counter without _total, adds times and exemplars, and marks its end.
    void newerTextsAreRead()
    {
        const auto families = readExposition("# TYPE asked counter\n"
                                             "# UNIT asked requests\n"
                                             "asked_total{a=\"b\"} 17 1700000000.5 # {id=\"x\"} 1\n"
                                             "asked_created{a=\"b\"} 1.7e9\n"
                                             "# EOF\n");
        QVERIFY(families);
        QCOMPARE(families->size(), 1);
        QCOMPARE(families->constFirst().samples.size(), 2);
        QCOMPARE(families->constFirst().samples.constFirst().value, 17.0);
    }

    void whatIsOddIsRead_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("label");
        QTest::addColumn<double>("value");
        const double infinity = std::numeric_limits<double>::infinity();
        QTest::newRow("no newline") << "up 1"_ba << u"up"_s << QString() << 1.0;
        QTest::newRow("crlf") << "up 1\r\n"_ba << u"up"_s << QString() << 1.0;
        QTest::newRow("tabs") << "up\t{ a=\"b\" }\t-2"_ba << u"up"_s << u"b"_s << -2.0;
        QTest::newRow("comma at the end") << "up{a=\"b\",} 1"_ba << u"up"_s << u"b"_s << 1.0;
        QTest::newRow("escapes") << "up{a=\"C:\\\\x \\\"y\\\" } , \\n\"} 1"_ba << u"up"_s
                                 << u"C:\\x \"y\" } , \n"_s << 1.0;
        QTest::newRow("infinite") << "up -Inf"_ba << u"up"_s << QString() << -infinity;
        QTest::newRow("huge") << "up 18446744073709551615"_ba << u"up"_s << QString()
                              << 18446744073709551615.0;
        QTest::newRow("utf-8") << "up{a=\"\xc3\xbc\"} 1"_ba << u"up"_s << u"\u00fc"_s << 1.0;
    }

    void whatIsOddIsRead()
    {
        QFETCH(const QByteArray, line);
        const auto families = readExposition(line);
        QVERIFY(families);
        const MetricFamily family = families->value(0);
        QTEST(family.name, "name");
        QCOMPARE(family.type, u"untyped"_s);
        QTEST(family.samples.value(0).labels.value(0).second, "label");
        QTEST(family.samples.value(0).value, "value");
    }

    void notANumberIsKept()
    {
        const auto families = readExposition("up NaN\n");
        QVERIFY(families && std::isnan(families->constFirst().samples.constFirst().value));
    }

    void otherTextsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("page") << "<html><body>Hello</body></html>"_ba;
        QTest::newRow("json") << "{\"up\":1}"_ba;
        QTest::newRow("no value") << "up\n"_ba;
        QTest::newRow("words") << "up and running\n"_ba;
        QTest::newRow("open label") << "up{a=\"b 1\n"_ba;
        QTest::newRow("open braces") << "up{a=\"b\" 1\n"_ba;
        QTest::newRow("backslash at the end") << "up{a=\"b\\"_ba;
    }

    void otherTextsAreRefused()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!readExposition(text));
    }

    void nothingIsNothing() { QCOMPARE(readExposition("\n# a remark\n"), QList<MetricFamily>()); }
};

QTEST_GUILESS_MAIN(TestExposition)
#include "tst_exposition.moc"
