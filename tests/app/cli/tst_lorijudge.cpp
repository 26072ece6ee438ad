// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

Script verdict(const QByteArray &letter, const QByteArray &logprobs = {})
{
    return eventStream()
        .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + letter
            + "\"},\"finish_reason\":null" + logprobs
            + "}]}\n\ndata: "
              "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
              "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":1}}\n\n"
              "data: [DONE]\n\n")
        .lastChunk();
}

constexpr const char *twoLanes
    = R"({"prompt":"How loud?","lanes":[{"name":"v3","text":"Quiet."},{"name":"v4","text":"Loud."}]})";

} // namespace

/// `lori judge`, as a person or a script runs it.
class TestLoriJudge final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<ScriptedServer> m_server;

    [[nodiscard]] LoriEnd judge(const QStringList &more, const QByteArray &input) const
    {
        return runLori(m_home,
            QStringList{u"judge"_s, u"-e"_s, m_server->url().toString(), u"-p"_s, u"openai"_s,
                u"-c"_s, u"1"_s}
                + more + QStringList{u"-"_s},
            input);
    }

private Q_SLOTS:

    void init() { m_server = std::make_unique<ScriptedServer>(); }

    /// What `lori compare --json` prints goes in as it is.
    void bothOrdersDecide()
    {
        m_server->enqueue(verdict("B"));
        m_server->enqueue(verdict("A"));
        const LoriEnd end = judge({u"--json"_s, u"--price"_s, u"1,100"_s}, twoLanes);
        QCOMPARE(end.err, ""_ba);
        QCOMPARE(end.code, 0);
        const QList<QByteArray> lines = end.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const QJsonDocument pair = QJsonDocument::fromJson(lines[0]);
        QCOMPARE(pair[u"first"_s], u"v3"_s);
        QCOMPARE(pair[u"score"_s], 0.0);
        QCOMPARE(pair[u"agree"_s], true);
        const QJsonValue summary = QJsonDocument::fromJson(lines[1])[u"summary"_s];
        QCOMPARE(summary[u"judged"_s], 1);
        QCOMPARE(summary[u"position_bias"_s], 0.0);
        QCOMPARE(summary[u"prompt_tokens"_s], 200);
        QVERIFY(qFuzzyCompare(summary[u"cost"_s].toDouble(), 0.0004));
        QCOMPARE(summary[u"ratings"_s][0][u"name"_s], u"v4"_s);
    }

    /// A lane that failed says nothing, which is no bad answer.
    void lanesThatFailedAreLeftOut()
    {
        m_server->enqueue(verdict("B"));
        m_server->enqueue(verdict("A"));
        const LoriEnd end = judge({},
            "{\"id\":7,\"prompt\":\"How loud?\",\"lanes\":["
            "{\"name\":\"base\",\"text\":\"\",\"error\":{\"message\":\"It is busy.\"}},"
            "{\"name\":\"v3\",\"text\":\"Quiet.\"},{\"name\":\"v4 %1\",\"text\":\"Loud.\"},"
            "{\"name\":\"v5\",\"text\":\"Lou\",\"error\":{\"message\":\"It broke.\"}}]}");
        QCOMPARE(end.code, 0);
        QVERIFY2(end.err.contains("Left out, since they failed: 2 of the answers."), end.err);
        QCOMPARE(m_server->requests().size(), 2);
        QVERIFY2(end.out.contains("7  v3 0 % : 100 % v4 %1"), end.out);
        QVERIFY2(end.out.contains("v4 %1  1 wins, 0 ties, 0 losses"), end.out);
        QVERIFY(!end.out.contains("base"));
    }

    void aLikingForAPlaceIsTold()
    {
        m_server->enqueue(verdict("A"));
        m_server->enqueue(verdict("A"));
        const LoriEnd end = judge({}, twoLanes);
        QCOMPARE(end.code, 0);
        QVERIFY2(end.out.contains("v3 50 % : 50 % v4  (the orders disagree)"), end.out);
        QVERIFY2(end.out.contains("shown first gained 50.0 points"), end.out);
    }

    void probabilitiesWeigh()
    {
        const QByteArray likely = R"(,"logprobs":{"content":[{"token":"B","logprob":-0.2877,)"
                                  R"("top_logprobs":[{"token":"B","logprob":-0.28768207},)"
                                  R"({"token":"A","logprob":-1.38629436}]}]})";
        m_server->enqueue(verdict("B", likely));
        m_server->enqueue(verdict("A"));
        const LoriEnd end = judge({u"--json"_s}, twoLanes);
        QCOMPARE(end.code, 0);
        const QJsonDocument pair = QJsonDocument::fromJson(end.out.split('\n').constFirst());
        const double first = pair[u"forward"_s][u"shown_first"_s].toDouble();
        QVERIFY2(std::abs(first - 0.25) < 1e-6, end.out);
        QVERIFY(std::abs(pair[u"score"_s].toDouble() - 0.125) < 1e-6);
        const QJsonDocument sent = QJsonDocument::fromJson(m_server->requests()[0].body);
        QCOMPARE(sent[u"logprobs"_s], true);
        QCOMPARE(sent[u"temperature"_s], 0);
    }

    void whatIsNoVerdictIsAnError()
    {
        m_server->enqueue(verdict("Both are lovely."));
        m_server->enqueue(verdict("A"));
        const LoriEnd end = judge({u"--plain"_s}, twoLanes);
        QCOMPARE(end.code, 5);
        QVERIFY2(end.err.contains("Both are lovely."), end.err);
        QVERIFY2(end.out.contains("0 of 1 pairs judged"), end.out);
        const QJsonDocument sent = QJsonDocument::fromJson(m_server->requests()[0].body);
        QVERIFY(sent[u"temperature"_s].isUndefined());
    }

    void mistakes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("nothing") << QStringList() << ""_ba << "no answers to judge"_ba;
        QTest::newRow("one answer")
            << QStringList() << R"({"prompt":"p","answers":[{"text":"a"}]})"_ba
            << "Line 1 of the input cannot be judged: it has not two answers"_ba;
        QTest::newRow("all but one failed")
            << QStringList()
            << "{\"prompt\":\"p\",\"answers\":[{\"text\":\"a\"},{\"text\":\"\",\"error\":{}}]}"_ba
            << "There are no answers to judge in the input."_ba;
        QTest::newRow("the second line")
            << QStringList() << QByteArray(twoLanes) + "\n{\"prompt\":1}\n"
            << "Line 2 of the input cannot be judged"_ba;
        QTest::newRow("price") << QStringList{u"--price"_s, u"cheap"_s} << QByteArray(twoLanes)
                               << "--price takes two numbers"_ba;
    }

    void mistakes()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, input);
        QFETCH(const QByteArray, error);
        const LoriEnd end = judge(arguments, input);
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains(error), end.err);
        QVERIFY(m_server->requests().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoriJudge)

#include "tst_lorijudge.moc"
