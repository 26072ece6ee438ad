// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "../core/load/runrecord.h"
#include "llamaserver.h"
#include "load/workloadsource.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// Load tests of a real server, which works on four answers at once: run() of
/// tests/integration/llama-server says so.
class TestLlamaLoad final : public QObject
{
    Q_OBJECT

    LlamaServer m_tiny;
    std::shared_ptr<const LoadSource> m_source;

    /// Of the time that an answer takes, the part before its first token.
    [[nodiscard]] double waitingShare(int count) const
    {
        LoadRun run({.curve = {users(count, 1h)}, .stops = {.requests = 8 * count}},
            m_tiny.target(), m_source);
        const LoadSummary summary = recordOf(run).summary();
        if (summary.answered != 8 * count || summary.failed() > 0) {
            return -1;
        }
        const auto seconds
            = [&summary](LoadMetric metric) { return toSeconds(*summary.time(metric).mean()); };
        return seconds(LoadMetric::TimeToFirstToken) / seconds(LoadMetric::Total);
    }

private Q_SLOTS:

    void initTestCase()
    {
        if (!LlamaServer::isPrepared()) {
            // Exit code 77 is what ctest counts as skipped; see CMakeLists.txt.
            fputs("No llama-server: run tests/integration/llama-server prepare\n", stderr);
            std::exit(77);
        }
        QCOMPARE(m_tiny.start(LlamaServer::Model::Tiny), QByteArray());
        LoadWorkload workload;
        workload.lengths
            = {{.input = LengthDistribution::fixed(20), .output = LengthDistribution::fixed(100)}};
        workload.ignoresEnd = true;
        const auto source = makeLoadSource(
            workload, 9, {}, findProvider(u"openai"_s)->parameters(u"llama.cpp"_s));
        QVERIFY(source);
        m_source = *source;
    }

    /// Up to four users nobody waits for another's answer; of more each does, the longer the more
    /// there are. Little's law has it at 1/5 and 4/8 of the time, of which a computer that is busy
    /// leaves at least half.
    void theFifthUserWaits()
    {
        const double two = waitingShare(2);
        const double four = waitingShare(4);
        const double five = waitingShare(5);
        const double eight = waitingShare(8);
        const QByteArray all
            = u"2: %1, 4: %2, 5: %3, 8: %4"_s.arg(two).arg(four).arg(five).arg(eight).toUtf8();
        QVERIFY2(two >= 0 && four >= 0 && five >= 0 && eight >= 0, all);
        QVERIFY2(four < two + 0.1, all);
        QVERIFY2(five > four + 0.1, all);
        QVERIFY2(eight > four + 0.25, all);
    }
};

QTEST_GUILESS_MAIN(TestLlamaLoad)
#include "tst_llamaload.moc"
