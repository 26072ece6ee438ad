// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loriloadfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// `lori load` with a recorded trace among the blocks of a profile.
class TestLoriLoadTrace final : public LoriLoadFixture
{
    Q_OBJECT

    /// Ten evenly in a second; then the trace, for as long.
    [[nodiscard]] QString profile() const
    {
        return file(u"p.json"_s,
            "{\"plan\":{\"curve\":["
            "{\"kind\":\"rate\",\"seconds\":1,\"from\":10,\"arrival\":\"constant\"},"
            "{\"kind\":\"rate\",\"seconds\":1,\"arrival\":\"recorded\"}]}}");
    }

    /// Twenty in two seconds.
    [[nodiscard]] QString trace() const
    {
        QByteArray lines;
        for (int i = 0; i < 20; ++i) {
            lines += "{\"timestamp\":" + QByteArray::number(i * 100)
                + ",\"input_length\":20,\"output_length\":4}\n";
        }
        return file(u"t.jsonl"_s, lines);
    }

private Q_SLOTS:

    /// What is expected is told from the trace, as fast as it is played, and it is what is asked.
    void itIsOneBlockOfAProfile_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("requests");
        QTest::newRow("as recorded") << QStringList() << 20;
        QTest::newRow("twice as fast") << QStringList{u"--trace-speed"_s, u"2"_s} << 30;
    }

    void itIsOneBlockOfAProfile()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, requests);
        const LoriEnd end = loaded(
            QStringList{u"--profile"_s, profile(), u"--trace"_s, trace(), u"--price"_s, u"1,1"_s}
            + arguments);
        QVERIFY2(end.code == 0, end.err.constData());
        const QByteArray count = QByteArray::number(requests);
        QVERIFY2(end.err.contains("About " + count + " requests"), end.err.constData());
        QVERIFY2(end.out.contains(count + " due, " + count + " answered"), end.out.constData());
    }

    void aCeilingKnowsTheTrace()
    {
        const LoriEnd end = loaded({u"--profile"_s, profile(), u"--trace"_s, trace(),
            u"--trace-speed"_s, u"2"_s, u"--max-requests"_s, u"25"_s});
        QVERIFY(end.code != 0);
        QVERIFY2(end.err.contains("--max-requests"), end.err.constData());
        QVERIFY(m_simulator->records().isEmpty());
    }

    void whatCannotBePlayedIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("no trace") << QStringList() << "Block 2 of the load curve"_ba;
        QTest::newRow("no file") << QStringList{u"--trace"_s, u"/nonexistent/t"_s}
                                 << "/nonexistent/t"_ba;
        QTest::newRow("a speed of nothing")
            << QStringList{u"--trace-speed"_s, u"2"_s} << "--trace FILE"_ba;
    }

    void whatCannotBePlayedIsRefused()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, sentence);
        const LoriEnd end = loaded(QStringList{u"--profile"_s, profile()} + arguments);
        QVERIFY(end.code != 0);
        QVERIFY2(end.err.contains(sentence), end.err.constData());
        QVERIFY(m_simulator->records().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoriLoadTrace)

#include "tst_loriloadtrace.moc"
