// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/intervals.h"
#include "grid/gridreport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestGridReport final : public QObject
{
    Q_OBJECT

    GridPlan m_plan;
    GridResults m_results;

    static QJsonObject result(qint64 index, const QString &text, double seconds)
    {
        return {{u"index"_s, index}, {u"text"_s, text}, {u"finish"_s, u"stop"_s},
            {u"metrics"_s,
                QJsonObject{{u"total_ns"_s, qint64(seconds * 1e9)}, {u"output_tokens"_s, 10}}}};
    }

private Q_SLOTS:

    void init()
    {
        m_plan = {.samples = 2};
        m_plan.rows = {{.id = u"r1"_s,
                           .messages = {{.role = Role::User, .content = u"Say <yes> & go"_s}},
                           .expected = {u"yes"_s}},
            {.id = u"r2"_s,
                .messages = {{.role = Role::User, .content = u"Say no"_s}},
                .expected = {u"no"_s}}};
        m_plan.lanes
            = {{.name = u"base"_s}, {.name = u"v4,system=sk-abcdefghijklmnopqrstuv123456"_s}};
        m_plan.assertions = {{.kind = GridAssertion::Kind::Equals, .spec = u"equals={{ a }}"_s}};
        m_results = {{0, result(0, u"yes"_s, 1)}, {1, result(1, u"yes"_s, 3)},
            {2, result(2, u"=cmd()"_s, 1)}, {4, result(4, u"no"_s, 5)}, {5, result(5, u"yes"_s, 7)},
            {3,
                QJsonObject{
                    {u"index"_s, 3}, {u"error"_s, QJsonObject{{u"message"_s, u"Busy."_s}}}}}};
    }

    /// Figures of Wilson's interval from the formula, computed elsewhere.
    void wilsonsInterval_data()
    {
        QTest::addColumn<int>("some");
        QTest::addColumn<int>("all");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("half") << 50 << 100 << 0.40383 << 0.59617;
        QTest::newRow("all of ten") << 10 << 10 << 0.72247 << 1.0;
        QTest::newRow("none of ten") << 0 << 10 << 0.0 << 0.27753;
        QTest::newRow("one of one") << 1 << 1 << 0.20654 << 1.0;
        QTest::newRow("7 of 9") << 7 << 9 << 0.45259 << 0.93677;
    }

    void wilsonsInterval()
    {
        QFETCH(const int, some);
        QFETCH(const int, all);
        QFETCH(const double, low);
        QFETCH(const double, high);
        const std::optional<Interval> interval = wilson(some, all);
        QVERIFY(interval);
        QVERIFY2(std::abs(interval->low - low) < 1e-5, qPrintable(QString::number(interval->low)));
        QVERIFY2(
            std::abs(interval->high - high) < 1e-5, qPrintable(QString::number(interval->high)));
    }

    void meansByBootstrap()
    {
        QVERIFY(!wilson(0, 0));
        QVERIFY(!bootstrappedMean({}));
        QVERIFY(!bootstrappedMean({{}, {}}));
        const auto one = bootstrappedMean({{1, 2, 3}});
        QCOMPARE(one->low, 2.0);
        QCOMPARE(one->high, 2.0);
        QList<QList<double>> groups;
        for (int i = 0; i < 100; ++i) {
            groups.append(QList<double>{double(i)});
        }
        const auto many = bootstrappedMean(groups);
        QCOMPARE(many->value, 49.5);
        // The standard error of this mean is 2.9, and 1.96 of it to each side.
        QVERIFY(many->low > 42 && many->low < 46);
        QVERIFY(many->high > 53 && many->high < 57);
        QCOMPARE(bootstrappedMean(groups)->low, many->low);
        // Answers to one prompt that are alike tell no more than one.
        for (QList<double> &group : groups) {
            group.resize(20, group.constFirst());
        }
        QCOMPARE(bootstrappedMean(groups)->low, many->low);
    }

    void lanesAreSummedUp()
    {
        const QList<GridSummary> lanes = summarize(m_plan, m_results);
        QCOMPARE(lanes.size(), 2);
        QCOMPARE(lanes[0].answered, 4);
        QCOMPARE(lanes[0].failed, 0);
        QCOMPARE(lanes[0].allPassed->value, 0.75);
        QCOMPARE(lanes[0].seconds->value, 4.0);
        QCOMPARE(lanes[0].seconds->low, 2.0);
        QCOMPARE(lanes[0].seconds->high, 6.0);
        QVERIFY(!lanes[0].secondsToFirstToken);
        QCOMPARE(lanes[1].answered, 1);
        QCOMPARE(lanes[1].failed, 1);
        QCOMPARE(lanes[1].allPassed->value, 0.0);
        const QString text = gridSummaryText(m_plan, lanes);
        QVERIFY2(text.contains(u"75.0 % (30.1–95.4)"_s), qPrintable(text));
        QVERIFY(text.contains(u"Wilson"_s) && text.contains(u"bootstrap"_s));
        const QJsonObject json = gridSummaryToJson(m_plan, lanes);
        QCOMPARE(json[u"lanes"_s][1][u"failed"_s].toInt(), 1);
        QCOMPARE(json[u"lanes"_s][0][u"checks"_s][0][u"passed"_s][u"value"_s].toDouble(), 0.75);
    }

    void asATable()
    {
        const QStringList lines = QString::fromUtf8(gridAsCsv(m_plan, m_results)).split(u"\r\n"_s);
        QCOMPARE(lines.size(), 8); // the last ends too
        QCOMPARE(lines[1], u"1,r1,A,base,1,yes,stop,,1000.000,,10,passed"_s);
        QVERIFY2(lines[3].contains(u",'=cmd(),"_s), qPrintable(lines[3]));
        QVERIFY(lines[3].endsWith(u",failed"_s));
        QVERIFY(lines[4].contains(u",Busy.,"_s));
        QVERIFY(!lines.join(u'\n').contains(u"sk-abcdef"_s));
    }

    void asJsonWithoutKeys()
    {
        const QString key = u"sk-abcdefghijklmnopqrstuv123456"_s;
        m_results[0].insert(u"text"_s, QString(u"Use "_s + key + u" there"_s));
        m_results[0].insert(u"tool_calls"_s,
            QJsonArray{QJsonObject{{u"arguments"_s, u"{\"k\":\"%1\"}"_s.arg(key)}}});
        const QByteArray lines = gridAsJsonLines(m_results);
        QVERIFY(!lines.contains("sk-abcdef"));
        QCOMPARE(lines.count('\n'), m_results.size());
        const QJsonObject first = QJsonDocument::fromJson(lines.split('\n').constFirst()).object();
        QCOMPARE(first[u"text"_s], u"Use *** there"_s);
        QCOMPARE(first[u"metrics"_s], m_results[0][u"metrics"_s]);
        QCOMPARE(QJsonDocument::fromJson(lines.split('\n').at(1)).object(), m_results[1]);
    }

    void asAPageThatNeedsNothingElse()
    {
        const QString page = QString::fromUtf8(gridAsHtml(m_plan, m_results));
        QVERIFY(page.contains(u"Say &lt;yes&gt; &amp; go"_s));
        QVERIFY(page.contains(u"Busy."_s));
        QVERIFY(page.contains(u"75.0 % (30.1–95.4)"_s));
        QVERIFY(page.contains(u"not asked"_s)); // the cells without results
        QVERIFY(page.contains(u"it is not “no”"_s));
        for (const QString &word : {u"sk-abcdef"_s, u"http:"_s, u"https:"_s, u"<script"_s,
                 u"src="_s, u"<link"_s, u"url("_s}) {
            QVERIFY2(!page.contains(word), qPrintable(word));
        }
    }
};

QTEST_GUILESS_MAIN(TestGridReport)
#include "tst_gridreport.moc"
