// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workloadpreview.h"
#include "load/workloadsource.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace std::chrono_literals;

namespace {

LengthDistribution uniform(qint64 least, qint64 most)
{
    return {
        .kind = LengthDistribution::Kind::Uniform, .least = least, .most = most, .histogram = {}};
}

WorkloadPreview previewFor(
    const LoadWorkload &workload, qint64 looked = 1000, const TokenCalibration &calibration = {})
{
    const auto source = makeLoadSource(
        workload, 1, calibration, findProvider(u"openai"_s)->parameters(u"vLLM"_s));
    if (!source) {
        qFatal("%ls", qUtf16Printable(source.error().message));
    }
    return previewOf(workload, **source, calibration, looked);
}

qint64 countOf(const QList<LengthBar> &bars)
{
    qint64 count = 0;
    for (const LengthBar &bar : bars) {
        count += bar.count;
    }
    return count;
}

} // namespace

/// What is told of a workload before it is asked.
class TestWorkloadPreview final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString written(const QString &name, const QByteArray &content)
    {
        return writeFile(m_dir, name, content);
    }

private Q_SLOTS:

    void meansOfDistributions()
    {
        LoadWorkload workload;
        workload.lengths = {
            {.weight = 3, .input = LengthDistribution::fixed(100), .output = uniform(10, 30)},
            {.weight = 1, .input = uniform(200, 400), .output = LengthDistribution::fixed(100)}};
        const WorkloadPreview preview = previewFor(workload);
        QCOMPARE(preview.conversations, std::nullopt);
        QCOMPARE(preview.turns, 1.0);
        QCOMPARE(preview.inputTokens, 150.0);
        QCOMPARE(*preview.outputTokens, 40.0);
        QVERIFY(!preview.isEstimated);
        QCOMPARE(preview.sharedPart, 0.0);
        QCOMPARE(preview.looked, 1000);
        QCOMPARE(countOf(preview.inputs), 1000);
        QCOMPARE(countOf(preview.outputs), 1000);
        QCOMPARE(preview.inputs.constFirst().from, 100);
        QVERIFY(std::abs(preview.inputs.constFirst().count - 750) < 60);
        QVERIFY(preview.inputs.constLast().to <= 400 && preview.inputs.constLast().to > 390);
        for (qsizetype i = 1; i < preview.inputs.size(); ++i) {
            QCOMPARE(preview.inputs.at(i).from, preview.inputs.at(i - 1).to + 1);
        }
    }

    /// Four a second for 10 s, then one a second for 20 s: it ends with the last second.
    void theCurveOfATrace()
    {
        QByteArray text;
        for (int i = 0; i < 60; ++i) {
            const int at = i < 40 ? i * 250 : 10'000 + (i - 40) * 1000;
            text += "{\"timestamp\":" + QByteArray::number(at)
                + ",\"input_length\":9,\"output_length\":3}\n";
        }
        const auto curveOf = [&](double speed) {
            LoadWorkload workload{.kind = LoadWorkload::Kind::Trace, .lengths = {}};
            workload.file = written(u"t.jsonl"_s, text);
            workload.speed = speed;
            const auto source = makeLoadSource(workload, 1, {}, {});
            return source ? traceCurveOf(**source) : std::nullopt;
        };
        const std::optional<TraceCurve> curve = curveOf(1);
        QVERIFY(curve);
        QCOMPARE(curve->step, 1s);
        QCOMPARE(curve->counts.size(), 30);
        QCOMPARE(curve->counts.first(10), QList<qint64>(10, 4));
        QCOMPARE(curve->counts.sliced(10), QList<qint64>(20, 1));
        QCOMPARE(curve->count(), 60);
        QCOMPARE(curve->mostPerSecond(), 4.0);
        QVERIFY(curve->duration > 29s && curve->duration < 30s);
        QVERIFY(std::abs(curve->countIn(0s, 10s, false) - 40) < 1e-9);
        QVERIFY(std::abs(curve->countIn(9500ms, 12s, false) - 4) < 1e-9);
        QVERIFY(std::abs(curve->countIn(20s, 1h, false) - 10) < 1e-9);
        QCOMPARE(curve->countIn(30s, 1h, false), 0.0);
        // Again, from its beginning.
        QVERIFY(std::abs(curve->countIn(20s, curve->duration + 2s, true) - 18) < 1e-9);
        QVERIFY(std::abs(curve->countIn(0s, curve->duration * 3, true) - 180) < 1e-9);
        QCOMPARE(TraceCurve().countIn(0s, 1h, true), 0.0);
        // Ten times as fast it takes three seconds, and is looked at in shorter steps.
        const std::optional<TraceCurve> fast = curveOf(10);
        QVERIFY(fast->duration > 2900ms && fast->duration < 3s);
        QCOMPARE(fast->count(), 60);
        QVERIFY(fast->mostPerSecond() > 30);
        // What is no trace has no times.
        const auto source = makeLoadSource(LoadWorkload(), 1, {}, {});
        QCOMPARE(traceCurveOf(**source), std::nullopt);
    }

    void oneBarOfOneLength()
    {
        const WorkloadPreview preview = previewFor(LoadWorkload(), 50);
        QCOMPARE(preview.inputs, (QList<LengthBar>{{.from = 512, .to = 512, .count = 50}}));
        QCOMPARE(preview.outputs, (QList<LengthBar>{{.from = 128, .to = 128, .count = 50}}));
    }

    void noLimitNoLength()
    {
        LoadWorkload workload;
        workload.lengths = {{.output = LengthDistribution::fixed(9)}, {}};
        const WorkloadPreview preview = previewFor(workload, 100);
        QCOMPARE(preview.outputTokens, std::nullopt);
        QVERIFY(countOf(preview.outputs) < 100);
    }

    void turnsRepeatWhatWasSaid()
    {
        LoadWorkload workload;
        workload.lengths
            = {{.input = LengthDistribution::fixed(100), .output = LengthDistribution::fixed(40)}};
        workload.turns = LengthDistribution::fixed(3);
        // 100; 100 + 40 + 100; 100 + 40 + 100 + 40 + 100
        QCOMPARE(previewFor(workload).inputTokens, (100.0 + 240 + 380) / 3);
        QCOMPARE(previewFor(workload).turns, 3.0);
        // One or two turns, as likely: 100, or 100 and 240, of three requests in two conversations.
        workload.turns = uniform(1, 2);
        QCOMPARE(previewFor(workload).inputTokens, (100.0 + 100 + 240) / 3);
        QCOMPARE(previewFor(workload).turns, 1.5);
    }

    void whatIsShared()
    {
        LoadWorkload workload;
        workload.lengths = {{.input = LengthDistribution::fixed(1000)}};
        workload.prefix = {.share = 0.5, .tokens = 400};
        QCOMPARE(previewFor(workload).sharedPart, 0.2);
        workload.prefix = {.share = 0.5, .part = 0.9};
        QCOMPARE(previewFor(workload).sharedPart, 0.45);
    }

    void files()
    {
        LoadWorkload workload{.kind = LoadWorkload::Kind::File, .lengths = {}};
        workload.systemPrompt = QString(4000, u'x'); // in the calibration already
        workload.file = written(u"a.jsonl"_s,
            "{\"prompt\":\"" + QByteArray(400, 'x')
                + "\",\"output_tokens\":10}\nnonsense\n{\"prompt\":\"" + QByteArray(800, 'x')
                + "\",\"output_tokens\":30}\n{}\n");
        const WorkloadPreview preview = previewFor(workload, 1000, {.fixedTokens = 50});
        QCOMPARE(preview.conversations, std::optional<qint64>(4));
        QCOMPARE(preview.looked, 4);
        QVERIFY(preview.isEstimated);
        QCOMPARE(preview.inputTokens, 200.0); // 100 and 200 by four bytes a token, and 50
        QCOMPARE(*preview.outputTokens, 20.0);
        QCOMPARE(preview.bad, 2);
        QCOMPARE(preview.problem, u"a.jsonl, line 2: this is not JSON: illegal value."_s);
    }

    void traces()
    {
        LoadWorkload workload{.kind = LoadWorkload::Kind::Trace, .lengths = {}};
        workload.file = written(u"t.jsonl"_s,
            "{\"timestamp\":0,\"input_length\":100,\"output_length\":10}\n"
            "{\"timestamp\":1,\"input_length\":300,\"output_length\":20}\n");
        const WorkloadPreview preview = previewFor(workload);
        QCOMPARE(preview.conversations, std::optional<qint64>(2));
        QCOMPARE(preview.inputTokens, 200.0);
        QCOMPARE(*preview.outputTokens, 15.0);
    }
};

QTEST_GUILESS_MAIN(TestWorkloadPreview)
#include "tst_workloadpreview.moc"
