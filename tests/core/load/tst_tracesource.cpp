// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workloadsource.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "simulator/tokenizer.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

QByteArray textOf(const LoadSource &source, qint64 conversation)
{
    const auto request = source.request(conversation, 0, {});
    return request ? request->request.messages.constLast().content.toUtf8() : QByteArray();
}

qint64 commonTokens(const QByteArray &first, const QByteArray &second)
{
    const auto [one, other] = std::ranges::mismatch(first, second);
    return Sim::tokenCount(first.first(one - first.begin()));
}

} // namespace

/// Requests at the times and of the lengths that were recorded.
class TestTraceSource final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    LoadWorkload traceOf(const QByteArray &content, const QString &name = u"trace.jsonl"_s)
    {
        LoadWorkload workload{.kind = LoadWorkload::Kind::Trace, .lengths = {}};
        workload.file = m_dir.filePath(name);
        QFile file(workload.file);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            qFatal("cannot write");
        }
        return workload;
    }

    static Result<std::shared_ptr<const LoadSource>> sourceOf(
        const LoadWorkload &workload, quint64 seed = 1)
    {
        return makeLoadSource(
            workload, seed, {.fixedTokens = 7}, findProvider(u"openai"_s)->parameters(u"vLLM"_s));
    }

private Q_SLOTS:

    void timesAndLengths_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<qint64>("unit");
        const auto row = [](const char *title, const QString &name, const QByteArray &content,
                             Nanoseconds unit) {
            QTest::newRow(title) << name << content << qint64(unit.count());
        };
        row("Mooncake", u"m.jsonl"_s,
            "{\"timestamp\": 1000, \"input_length\": 600, \"output_length\": 20, \"hash_ids\": [1, "
            "2]}\n"
            "{\"timestamp\": 3500, \"input_length\": 40, \"output_length\": 7, \"hash_ids\": "
            "[3]}\n",
            1ms);
        row("lengths alone", u"l.jsonl"_s,
            "{\"timestamp\": 0.5, \"prompt_tokens\": 600, \"completion_tokens\": 20}\n"
            "{\"timestamp\": 3.0, \"prompt_tokens\": 40, \"completion_tokens\": 7}\n",
            1s);
        row("table", u"t.csv"_s,
            "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
            "5,ChatGPT,600,20,620,Conversation log\n7.5,GPT-4,40,7,47,API log\n",
            1s);
        row("dates", u"d.csv"_s,
            "TIMESTAMP,ContextTokens,GeneratedTokens\n"
            "2023-11-16 23:59:58.9799600,600,20\n2023-11-17 00:00:01.4799600,40,7\n",
            1ms);
        row("out of order", u"o.jsonl"_s,
            "{\"timestamp\": 3500, \"input_length\": 40, \"output_length\": 7}\n"
            "{\"timestamp\": 1000, \"input_length\": 600, \"output_length\": 20}\n",
            1ms);
    }

    void timesAndLengths()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        QFETCH(const qint64, unit);
        LoadWorkload workload = traceOf(content, name);
        workload.timeUnit = Nanoseconds(unit);
        const auto source = sourceOf(workload);
        QVERIFY2(source, qPrintable(source ? QString() : source.error().message));
        QCOMPARE((*source)->count(), std::optional<qint64>(2));
        QCOMPARE((*source)->beginning(0), std::optional<Nanoseconds>(0ns));
        QCOMPARE((*source)->beginning(1), std::optional<Nanoseconds>(2500ms));
        QCOMPARE((*source)->beginning(2), std::nullopt);
        const LoadRequest first = (*source)->request(0, 0, {}).value();
        QCOMPARE(first.inputTokens, std::optional<qint64>(600));
        QCOMPARE(first.outputTokens, std::optional<qint64>(20));
        QCOMPARE(first.request.parameters.value(u"max_tokens"_s).toInt(), 20);
        QCOMPARE(7 + Sim::tokenCount(textOf(**source, 0)), 600);
        QCOMPARE(7 + Sim::tokenCount(textOf(**source, 1)), 40);
    }

    void fasterThanRecorded()
    {
        LoadWorkload workload
            = traceOf("{\"timestamp\":0,\"input_length\":9,\"output_length\":1}\n"
                      "{\"timestamp\":1000,\"input_length\":9,\"output_length\":1}\n");
        workload.speed = 4;
        QCOMPARE(sourceOf(workload).value()->beginning(1), std::optional<Nanoseconds>(250ms));
    }

    void againAtItsEnd()
    {
        LoadWorkload workload
            = traceOf("{\"timestamp\":0,\"input_length\":90,\"output_length\":1}\n"
                      "{\"timestamp\":100,\"input_length\":90,\"output_length\":1}\n"
                      "{\"timestamp\":400,\"input_length\":90,\"output_length\":1}\n");
        workload.cycles = true;
        const auto source = sourceOf(workload).value();
        QCOMPARE(source->count(), std::nullopt);
        // The gap between two rounds is that of two requests on average.
        QCOMPARE(source->beginning(3), std::optional<Nanoseconds>(600ms));
        QCOMPARE(source->beginning(5), std::optional<Nanoseconds>(1000ms));
        Nanoseconds before = -1ns;
        for (int i = 0; i < 20; ++i) {
            QVERIFY(*source->beginning(i) > before);
            before = *source->beginning(i);
        }
        // A second round is not known from the first.
        QVERIFY(commonTokens(textOf(*source, 0), textOf(*source, 3)) < 5);
    }

    void blocksAreShared()
    {
        const QByteArray trace
            = "{\"timestamp\":0,\"input_length\":1100,\"output_length\":1,\"hash_ids\":[7,8,9]}\n"
              "{\"timestamp\":1,\"input_length\":1500,\"output_length\":1,\"hash_ids\":[7,8,10]}\n"
              "{\"timestamp\":2,\"input_length\":1100,\"output_length\":1,\"hash_ids\":[11,8,9]}\n"
              "{\"timestamp\":3,\"input_length\":700,\"output_length\":1,\"hash_ids\":[7,8]}\n"
              "{\"timestamp\":4,\"input_length\":700,\"output_length\":1,\"hash_ids\":[7]}\n";
        const auto source = sourceOf(traceOf(trace)).value();
        QList<QByteArray> texts;
        for (int i = 0; i < 5; ++i) {
            texts.append(textOf(*source, i));
        }
        QCOMPARE(7 + Sim::tokenCount(texts.at(1)), 1500);
        const qint64 two = commonTokens(texts.at(0), texts.at(1));
        QVERIFY2(two >= 1024 && two < 1030, qPrintable(QString::number(two)));
        QVERIFY(commonTokens(texts.at(0), texts.at(2)) < 5);
        // The same blocks, and one prompt ends within the second.
        QVERIFY(texts.at(1).startsWith(texts.at(3)));
        // What has no block is its own.
        const qint64 one = commonTokens(texts.at(3), texts.at(4));
        QVERIFY2(one >= 512 && one < 518, qPrintable(QString::number(one)));
        // By the seed, or the next run would find all of it cached.
        QVERIFY(commonTokens(texts.at(0), textOf(*sourceOf(traceOf(trace), 2).value(), 0)) < 5);
        LoadWorkload small = traceOf(trace);
        small.blockTokens = 16;
        const auto finer = sourceOf(small).value();
        const qint64 few = commonTokens(textOf(*finer, 0), textOf(*finer, 1));
        QVERIFY(few >= 32 && few < 38);
    }

    void faults_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const QByteArray good = "{\"timestamp\":0,\"input_length\":9,\"output_length\":1}\n";
        const auto row = [&good](
                             const char *name, const QByteArray &line, const QString &sentence) {
            QTest::newRow(name) << good + "\n" + line << u"trace.jsonl, line 3: "_s + sentence;
        };
        row("no JSON", "timestamp", u"this is not JSON: illegal value."_s);
        row("time", "{\"input_length\":9,\"output_length\":1}",
            u"there is no “timestamp” that is a number or a date."_s);
        row("date", "{\"timestamp\":\"noon\",\"input_length\":9,\"output_length\":1}",
            u"there is no “timestamp” that is a number or a date."_s);
        row("input", "{\"timestamp\":0,\"output_length\":1}",
            u"there is no length of the prompt (“input_length”)."_s);
        row("output", "{\"timestamp\":0,\"input_length\":1}",
            u"there is no length of the answer (“output_length”)."_s);
        row("negative", "{\"timestamp\":0,\"input_length\":-1,\"output_length\":1}",
            u"the length of the prompt is no number of tokens."_s);
        row("words", "{\"timestamp\":0,\"input_length\":1,\"output_length\":\"x\"}",
            u"the length of the answer is no number of tokens."_s);
    }

    void faults()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, sentence);
        // All lines, before anything is asked: times decide the order.
        const auto source = sourceOf(traceOf(content));
        QVERIFY(!source);
        QCOMPARE(source.error().message, sentence);
    }
};

QTEST_GUILESS_MAIN(TestTraceSource)
#include "tst_tracesource.moc"
