// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadplan.h"
#include "load/loadprofile.h"
#include "load/loadtask.h"
#include "load/tokencalibration.h"
#include "load/workloadpreview.h"
#include "load/workloadsource.h"
#include "testfiles.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

using Kind = LoadWorkload::Kind;
using Task = LoadTask::Kind;

namespace {

LoadWorkload taskOf(Task task)
{
    LoadWorkload workload;
    workload.task.kind = task;
    workload.lengths = {LengthPair()};
    return workload;
}

} // namespace

/// What a load test of another task than chat asks, and what it cannot be given.
class TestTaskSource final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const
    {
        return writeFile(*m_folder, name, content);
    }

    [[nodiscard]] LoadWorkload ofFile(Task task, const QString &name, const QByteArray &text) const
    {
        LoadWorkload workload = taskOf(task);
        workload.kind = Kind::File;
        workload.lengths.clear();
        workload.file = file(name, text);
        return workload;
    }

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void textsAreAsManyAndAsLong()
    {
        LoadWorkload workload = taskOf(Task::Embeddings);
        workload.task.batch = 16;
        workload.lengths = {{.input = {.kind = LengthDistribution::Kind::Uniform,
                                 .least = 20,
                                 .most = 200,
                                 .histogram = {}}}};
        const auto source = makeLoadSource(workload, 5, {}, {});
        QVERIFY(source);
        QSet<QString> all;
        for (qint64 i = 0; i < 50; ++i) {
            const LoadRequest request = *(*source)->request(i, 0, {});
            QCOMPARE(request, *(*source)->request(i, 0, {}));
            QCOMPARE(request.task, Task::Embeddings);
            QCOMPARE(request.items(), 16);
            QCOMPARE(request.turns, 1);
            double tokens = 0;
            for (const QString &text : request.texts) {
                tokens += guessedTokens(text);
                all.insert(text);
            }
            QVERIFY(*request.inputTokens >= 16 * 20 && *request.inputTokens <= 16 * 200);
            QVERIFY(std::abs(tokens / double(*request.inputTokens) - 1) < 0.5);
        }
        QCOMPARE(all.size(), 50 * 16); // no two are the same
        const auto other = makeLoadSource(workload, 6, {}, {});
        QVERIFY((*other)->request(0, 0, {})->texts != (*source)->request(0, 0, {})->texts);
    }

    void documentsHaveAQuery()
    {
        LoadWorkload workload = taskOf(Task::Rerank);
        workload.task.documents = 7;
        workload.task.query = LengthDistribution::fixed(10);
        workload.lengths = {{.input = LengthDistribution::fixed(90)}};
        const auto source = makeLoadSource(workload, 5, {}, {});
        const LoadRequest request = *(*source)->request(3, 0, {});
        QCOMPARE(request.items(), 7);
        QVERIFY(!request.query.isEmpty());
        QVERIFY(request.query.size() < request.texts.constFirst().size());
        // A reranker reads the query with each.
        QCOMPARE(request.inputTokens, 7 * 100);
        const WorkloadPreview preview = previewOf(workload, **source, {}, 20);
        QCOMPARE(preview.inputTokens, 700.0);
        QCOMPARE(preview.outputTokens, 0.0);
        QCOMPARE(preview.turns, 1.0);
    }

    void textsComeFromFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("lines") << u"t.txt"_s << "a\nb\nc\nd\ne\n"_ba;
        QTest::newRow("table") << u"t.csv"_s << "id,text\n1,a\n2,b\n3,c\n4,d\n5,e\n"_ba;
        QTest::newRow("JSON lines") << u"t.jsonl"_s
                                    << "\"a\"\n{\"input\":\"b\"}\n{\"text\":\"c\"}\n"
                                       "{\"prompt\":\"d\"}\n"
                                       "{\"custom_id\":\"5\",\"body\":{\"input\":\"e\"}}\n"_ba;
    }

    void textsComeFromFiles()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        LoadWorkload workload = ofFile(Task::Embeddings, name, content);
        workload.task.batch = 2;
        const auto source = makeLoadSource(workload, 1, {}, {});
        QVERIFY2(source, source ? "" : qPrintable(source.error().message));
        QCOMPARE((*source)->count(), 3);
        QCOMPARE((*source)->request(0, 0, {})->texts, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE((*source)->request(2, 0, {})->texts, QStringList{u"e"_s}); // what is left
        workload.cycles = true;
        const auto endless = makeLoadSource(workload, 1, {}, {});
        QCOMPARE((*endless)->count(), std::nullopt);
        QCOMPARE((*endless)->request(2, 0, {})->texts, (QStringList{u"e"_s, u"a"_s}));
        workload.shuffled = true;
        const auto shuffled = makeLoadSource(workload, 1, {}, {});
        QStringList round;
        for (qint64 i = 0; i < 5; ++i) {
            round += (*shuffled)->request(i, 0, {})->texts;
        }
        round = round.first(5);
        round.sort();
        QCOMPARE(round, (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}));
        workload.uniqueWords = 3;
        const auto unique = makeLoadSource(workload, 1, {}, {});
        QVERIFY((*unique)->request(0, 0, {})->texts.constFirst().contains(u"\n\n"_s));
    }

    void queriesComeWithTheirDocuments()
    {
        const LoadWorkload lines = ofFile(Task::Rerank, u"r.jsonl"_s,
            "{\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\"}]}\n"
            "{\"query\":\"r\",\"texts\":[\"c\"]}\n"_ba);
        const auto source = makeLoadSource(lines, 1, {}, {});
        QVERIFY2(source, source ? "" : qPrintable(source.error().message));
        QCOMPARE((*source)->count(), 2);
        QCOMPARE((*source)->request(0, 0, {})->query, u"q"_s);
        QCOMPARE((*source)->request(0, 0, {})->texts, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE((*source)->request(1, 0, {})->texts, QStringList{u"c"_s});
        const LoadWorkload table
            = ofFile(Task::Rerank, u"r.csv"_s, "query,documents\nq,\"[\"\"a\"\",\"\"b\"\"]\"\n"_ba);
        const auto rows = makeLoadSource(table, 1, {}, {});
        QVERIFY2(rows, rows ? "" : qPrintable(rows.error().message));
        QCOMPARE((*rows)->request(0, 0, {})->texts, (QStringList{u"a"_s, u"b"_s}));
    }

    void recordsThatAreNoneAreNamed()
    {
        const auto noText = makeLoadSource(
            ofFile(Task::Embeddings, u"w.jsonl"_s, "{\"question\":\"a\"}\n"_ba), 1, {}, {});
        QVERIFY(!noText);
        QVERIFY2(noText.error().message.contains(u"w.jsonl, line 1"_s)
                && noText.error().message.contains(u"A record to embed"_s),
            qPrintable(noText.error().message));
        const auto noDocuments = makeLoadSource(
            ofFile(Task::Rerank, u"w.jsonl"_s, "{\"query\":\"a\"}\n"_ba), 1, {}, {});
        QVERIFY(!noDocuments);
        QVERIFY2(noDocuments.error().message.contains(u"A record to rank"_s),
            qPrintable(noDocuments.error().message));
    }

    void whatOnlyChatsHaveIsRefused_data()
    {
        QTest::addColumn<LoadWorkload>("workload");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QString &words, const auto &change) {
            LoadWorkload workload = taskOf(Task::Embeddings);
            change(workload);
            QTest::newRow(name) << workload << words;
        };
        row("answers", u"a length of answers"_s,
            [](LoadWorkload &w) { w.lengths.first().output = LengthDistribution::fixed(5); });
        row("turns", u"turns"_s, [](LoadWorkload &w) { w.turns = LengthDistribution::fixed(2); });
        row("prefix", u"a shared prefix"_s,
            [](LoadWorkload &w) { w.prefix = {.share = 1, .tokens = 5}; });
        row("system", u"a system prompt"_s, [](LoadWorkload &w) { w.systemPrompt = u"x"_s; });
        row("parameters", u"parameters of a chat"_s,
            [](LoadWorkload &w) { w.parameters = {{u"temperature"_s, 1}}; });
        row("end", u"go on to a limit"_s, [](LoadWorkload &w) { w.ignoresEnd = true; });
        row("trace", u"synthetic, or those of a file"_s, [](LoadWorkload &w) {
            w.kind = Kind::Trace;
            w.file = u"x"_s;
            w.lengths.clear();
        });
        row("no texts", u"embeds 1 to"_s, [](LoadWorkload &w) { w.task.batch = 0; });
        row("no documents", u"ranks 1 to"_s,
            [](LoadWorkload &w) { w.task = {.kind = Task::Rerank, .documents = 0}; });
    }

    void whatOnlyChatsHaveIsRefused()
    {
        QFETCH(const LoadWorkload, workload);
        QFETCH(const QString, words);
        QVERIFY2(problemOf(workload).contains(words), qPrintable(problemOf(workload)));
        LoadWorkload chat = workload;
        chat.task = {};
        QCOMPARE(problemOf(chat), QString());
    }

    void timesOfTokensAreRefused()
    {
        LoadPlan plan;
        for (const QString &wrong : {u"ttft_p95=1s"_s, u"itl_p99=50ms"_s, u"tpot_p50=1s"_s,
                 u"first_visible_p50=1s"_s, u"ttft_planned_p95=1s"_s}) {
            plan.objective = *serviceObjectiveFrom(wrong);
            QCOMPARE(problemOf(plan, Task::Chat), QString());
            QVERIFY2(problemOf(plan, Task::Rerank).contains(u"they have no "_s),
                qPrintable(problemOf(plan, Task::Rerank)));
        }
        plan.objective = *serviceObjectiveFrom(u"e2e_p95=1s,e2e_planned_p99=2s,errors=1%"_s);
        QCOMPARE(problemOf(plan, Task::Embeddings), QString());
        plan.stops.precision = *precisionGoalsFrom(u"ttft_p95=5%"_s);
        QCOMPARE(problemOf(plan, Task::Embeddings),
            u"Embeddings are answered whole and not token by token, so they have no ttft: hold them to e2e instead."_s);
    }

    void profilesKeepTheTask_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("JSON") << u"p.json"_s;
        QTest::newRow("TOML") << u"p.toml"_s;
    }

    void profilesKeepTheTask()
    {
        QFETCH(const QString, name);
        LoadProfile profile;
        profile.plan.curve = {{.duration = 5s, .arrival = {}}};
        profile.workload = taskOf(Task::Rerank);
        profile.workload.task.documents = 25;
        profile.workload.task.query = LengthDistribution::fixed(12);
        const QString path = m_folder->filePath(name);
        QVERIFY(writeProfile(profile, path));
        const Result<LoadProfile> read = loadProfileIn(path);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(*read, profile);
        profile.workload = taskOf(Task::Embeddings);
        profile.workload.task.batch = 32;
        QVERIFY(writeProfile(profile, path));
        QCOMPARE(loadProfileIn(path), profile);
        QVERIFY(!toJson(LoadWorkload()).contains(u"task"_s)); // a chat is what it was
        // One that waits for what never comes is no profile.
        profile.plan.objective = *serviceObjectiveFrom(u"ttft_p95=1s"_s);
        QVERIFY(writeProfile(profile, path));
        const Result<LoadProfile> wrong = loadProfileIn(path);
        QVERIFY(!wrong);
        QVERIFY2(wrong.error().message.contains(u"they have no ttft"_s),
            qPrintable(wrong.error().message));
    }

    void wordsAreRead()
    {
        for (const Task task : {Task::Chat, Task::Embeddings, Task::Rerank}) {
            QCOMPARE(loadTaskFromWord(toWord(task)), task);
        }
        QCOMPARE(loadTaskFromWord(u"classify"), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestTaskSource)
#include "tst_tasksource.moc"
