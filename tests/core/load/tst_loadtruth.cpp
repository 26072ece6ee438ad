// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/durationtext.h"
#include "load/loadrun.h"
#include "load/loadsummaryjson.h"
#include "loadsource.h"
#include "runrecord.h"
#include "simulator/simulatorthread.h"

#include <QJsonObject>
#include <QMap>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 120'000;
/// So often a combination is measured at most, until all its percentiles have agreed in one
/// attempt.
constexpr int attempts = 3;
/// An attempt in which the client never looked later than this is held against it.
constexpr Nanoseconds mostLate = 2ms;

struct Combination
{
    QString name;
    LoadCurve curve;
    SimulatorTiming timing;
    int threads = 1;
};

ArrivalProcess::Kind kindOf(int number)
{
    return number % 2 == 0 ? ArrivalProcess::Kind::Constant : ArrivalProcess::Kind::Poisson;
}

/// Two closed and two open loops, each with three ways of a server to take its time.
QList<Combination> combinations(Nanoseconds length)
{
    const QList<std::pair<QString, SimulatorTiming>> timings{
        {u"even"_s, {.firstToken = 300ms, .interToken = 60ms}},
        {u"scattered"_s,
            {.firstToken = 200ms,
                .firstTokenSigma = 0.5,
                .interToken = 50ms,
                .interTokenSigma = 0.4}},
        {u"crowded"_s,
            {.firstToken = 60ms,
                .firstTokenSigma = 0.2,
                .promptToken = 2ms,
                .interToken = 25ms,
                .interTokenSigma = 0.2,
                .slots = 4,
                .slowdown = 0.1}},
    };
    QList<Combination> all;
    for (const auto &[name, timing] : timings) {
        for (const double count : {3.0, 12.0}) {
            all += {u"%1 users, %2"_s.arg(QString::number(count), name), {users(count, length)},
                timing, int(all.size()) % 2 + 1};
        }
        for (const double rate : {5.0, 20.0}) {
            all += {u"%1 requests/s, %2"_s.arg(QString::number(rate), name),
                {arrivals(rate, length, kindOf(int(all.size())))}, timing, int(all.size()) % 2 + 1};
        }
    }
    return all;
}

/// The server's own record of the same requests, in the report's terms.
struct Truth
{
    std::map<QString, std::vector<Nanoseconds>> times;
    qint64 answers = 0;
    qint64 tokens = 0;

    explicit Truth(const QList<SimulatorRecord> &records)
    {
        for (const SimulatorRecord &record : records) {
            ++answers;
            tokens += record.completionTokens;
            times[u"ttft"_s].push_back(record.sent.front() - record.received);
            times[u"e2e"_s].push_back(record.finished - record.received);
            for (std::size_t i = 1; i < record.sent.size(); ++i) {
                times[u"itl"_s].push_back(record.sent[i] - record.sent[i - 1]);
            }
        }
        for (auto &[metric, values] : times) {
            std::ranges::sort(values);
        }
    }

    [[nodiscard]] Nanoseconds quantile(const QString &metric, double share) const
    {
        const std::vector<Nanoseconds> &values = times.at(metric);
        const auto rank = std::size_t(std::ceil(share * double(values.size())));
        return values.at(std::max<std::size_t>(rank, 1) - 1);
    }
};

/// The percentiles that differ by more than 2 % and more than 1 ms, by their names.
QMap<QString, QString> disagreements(const QJsonObject &figures, const Truth &truth)
{
    static constexpr std::array shares{std::pair{0.5, "p50"_L1}, std::pair{0.9, "p90"_L1},
        std::pair{0.95, "p95"_L1}, std::pair{0.99, "p99"_L1}};
    QMap<QString, QString> found;
    for (const QString &metric : {u"ttft"_s, u"itl"_s, u"e2e"_s}) {
        for (const auto &[share, name] : shares) {
            const Nanoseconds told(
                figures.value(metric)[name].toObject().value(u"ns"_s).toInteger());
            const Nanoseconds served = truth.quantile(metric, share);
            const Nanoseconds allowed = std::max<Nanoseconds>(1ms, served / 50);
            if (told - served > allowed || served - told > allowed) {
                found.insert(metric + u' ' + name,
                    u"%1 ms reported, %2 ms served"_s.arg(toMilliseconds(told))
                        .arg(toMilliseconds(served)));
            }
        }
    }
    return found;
}

/// One combination under way: a server and a load test of it.
class Trial final
{
public:
    explicit Trial(const Combination &combination)
        : m_simulator({.timing = combination.timing, .seed = 11})
        , m_source(std::make_shared<PlainSource>())
    {
        m_source->tokens = 12;
        if (m_simulator.start()) {
            m_run = std::make_unique<LoadRun>(
                LoadPlan{.curve = combination.curve, .seed = 5, .threads = combination.threads},
                targetAt(m_simulator.url()), m_source);
            follow(*m_run, m_record);
        }
    }

    [[nodiscard]] bool isOver() const { return m_record.isOver; }

    [[nodiscard]] const RunRecord &record() const { return m_record; }

    [[nodiscard]] QList<SimulatorRecord> served() const { return m_simulator.records(); }

private:
    SimulatorThread m_simulator;
    std::shared_ptr<PlainSource> m_source;
    std::unique_ptr<LoadRun> m_run;
    RunRecord m_record;
};

} // namespace

/// What a load test reports against what the server did, by the server's own clock: two records of
/// the same run. The server hands a token to the system and notes when; the client notes when it
/// came. Counts are exact always. Times agree, all of an attempt; where this computer was the limit
/// in each, nothing is known.
class TestLoadTruth final : public QObject
{
    Q_OBJECT

    /// Of each combination the percentiles that did not agree in the last attempt of which the
    /// computer was not the limit; none if all agreed in one.
    QMap<QString, QMap<QString, QString>> m_disagreements;
    QMap<QString, QStringList> m_doubts; ///< why the computer was the limit when it last was
    QMap<QString, QString> m_miscounts; ///< of any attempt

    /// Runs them all at once, and returns those whose times did not agree.
    [[nodiscard]] QList<Combination> tried(const QList<Combination> &wanted)
    {
        std::vector<std::unique_ptr<Trial>> trials;
        for (const Combination &combination : wanted) {
            trials.push_back(std::make_unique<Trial>(combination));
        }
        const bool areOver = QTest::qWaitFor(
            [&trials] {
                return std::ranges::all_of(
                    trials, [](const auto &trial) { return trial->isOver(); });
            },
            longWait);
        if (!areOver) {
            qWarning("the runs do not end");
            return wanted;
        }
        QList<Combination> left;
        for (qsizetype i = 0; i < wanted.size(); ++i) {
            const Trial &trial = *trials[std::size_t(i)];
            const Truth truth(trial.served());
            const LoadSummary summary = trial.record().summary();
            const QJsonObject figures = figuresOf(summary);
            const QString &name = wanted[i].name;
            if (truth.answers > 0 && !isCountedRightly(summary, figures, truth)) {
                m_miscounts.insert(name,
                    u"%1 answers, %2 tokens served; %3, %4 reported"_s.arg(truth.answers)
                        .arg(truth.tokens)
                        .arg(summary.answered)
                        .arg(summary.outputTokens));
                continue;
            }
            if (truth.answers == 0) { // its threads were not let run at all
                left += wanted[i];
                continue;
            }
            // All of one attempt: each percentile would agree some time by chance.
            const QMap<QString, QString> off = disagreements(figures, truth);
            const LoadHealth &health = trial.record().health;
            QStringList doubts = trustOf(summary, health, std::nullopt).reasons;
            if (const Nanoseconds latest = health.loopLag.greatest(); latest > mostLate) {
                // Of so few answers one that is late is a percentile.
                doubts += u"Its timers were late by up to %1."_s.arg(durationText(latest));
            }
            if (off.isEmpty() || doubts.isEmpty()) {
                m_disagreements[name] = off;
            } else {
                m_doubts[name] = doubts;
            }
            if (!off.isEmpty()) {
                left += wanted[i];
            }
        }
        return left;
    }

    static bool isCountedRightly(
        const LoadSummary &summary, const QJsonObject &figures, const Truth &truth)
    {
        const double seconds = toSeconds(summary.window.length());
        const auto isSo = [&figures](const QString &name, double value) {
            return figures.value(name).toDouble() == value;
        };
        return isSo(u"requests"_s, double(truth.answers))
            && isSo(u"answered"_s, double(truth.answers)) && isSo(u"failed"_s, 0)
            && isSo(u"requests_per_s"_s, double(truth.answers) / seconds)
            && isSo(u"output_tokens_per_s"_s, double(truth.tokens) / seconds)
            && summary.outputTokens == truth.tokens
            && summary.time(LoadMetric::InterTokenLatency).count() == truth.tokens - truth.answers;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QList<Combination> left = tried(combinations(3s));
        for (int i = 1; i < attempts && !left.isEmpty(); ++i) {
            QList<Combination> again;
            for (const Combination &shorter : combinations(1s)) {
                if (std::ranges::count(left, shorter.name, &Combination::name) > 0) {
                    again += shorter;
                }
            }
            left = tried(again);
        }
    }

    void agreesWithTheServer_data()
    {
        QTest::addColumn<QString>("name");
        for (const Combination &combination : combinations(3s)) {
            QTest::newRow(qPrintable(combination.name)) << combination.name;
        }
    }

    void agreesWithTheServer()
    {
        QFETCH(const QString, name);
        QCOMPARE(m_miscounts.value(name), QString());
        if (!m_disagreements.contains(name)) {
            QSKIP(qPrintable(u"This computer was the limit in each attempt: "_s
                + m_doubts.value(name).join(u' ')));
        }
        QStringList off;
        for (const auto &[percentile, words] : m_disagreements.value(name).asKeyValueRange()) {
            off += percentile + u": "_s + words;
        }
        QVERIFY2(off.isEmpty(), qPrintable(off.join(u"; "_s)));
    }
};

QTEST_GUILESS_MAIN(TestLoadTruth)
#include "tst_loadtruth.moc"
