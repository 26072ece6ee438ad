// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadanswers.h"
#include "load/workloadsource.h"
#include "loadresults/loadexport.h"
#include "loadresults/loadhistory.h"
#include "loadresults/loadrecorder.h"
#include "loadresults/samplesfile.h"
#include "resultfixture.h"

#include <QBuffer>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// Runs as they are kept: written while they go on, and what a person does with them afterwards.
class TestLoadHistory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LoadHistory> m_history;

    static LoadProfile profileOf(const LoadStage &stage)
    {
        return {.plan = stage.report.plan, .workload = {}, .sweep = {}};
    }

    /// What a run of this stage would tell, in so many parts.
    static std::vector<LoadDelta> deltasOf(const LoadStage &stage, size_t count)
    {
        std::vector<LoadDelta> deltas(count);
        for (size_t i = 0; i < stage.samples.size(); ++i) {
            LoadDelta &delta = deltas[i * count / stage.samples.size()];
            const LoadSample &sample = stage.samples[i];
            delta.samples.push_back(sample);
            ++delta.timeline.at(*sample.planned).planned;
            ++delta.timeline.at(*sample.began).began;
            LoadTick &tick = delta.timeline.at(*sample.ended);
            ++(sample.isAnswered() ? tick.answered : tick.failed);
            tick.chunks += sample.chunks;
            delta.timeline.addGap(*sample.lastToken, sample.longestGap, 10);
        }
        return deltas;
    }

    static QByteArray answerOf(const LoadRequestKey &key, const QString &text)
    {
        ChunkLog chunks;
        chunks.add(TimePoint(1s), 1, text.size(), 0);
        return packed(key, {.text = text, .reasoning = {}, .calls = {}, .chunks = {}},
            chunks.packed(TimePoint()));
    }

    std::unique_ptr<LoadRecorder> begun(const LoadStage &stage, const QString &name = {}) const
    {
        auto recorder = m_history->begin(name, stage.report.subject, profileOf(stage));
        if (!recorder) {
            qWarning("%s", qPrintable(recorder.error().message));
            return nullptr;
        }
        (*recorder)->beginStage(stage.report.plan, stage.report.startedAt);
        return *std::move(recorder);
    }

    QUuid kept(const LoadStage &stage, const QString &name = {}) const
    {
        const auto recorder = begun(stage, name);
        for (const LoadDelta &delta : deltasOf(stage, 5)) {
            recorder->add(delta);
        }
        recorder->endStage(stage.report);
        const QUuid id = recorder->id();
        return recorder->close() ? id : QUuid();
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_history = std::make_unique<LoadHistory>(m_folder->filePath(u"runs"_s));
    }

    void whatRanIsThereAsItWas()
    {
        const LoadStage stage = inventedStage({.failures = 0.02});
        const QUuid id = kept(stage);
        const QList<KeptRun> runs = *m_history->list();
        QCOMPARE(runs.size(), 1);
        const KeptRun &run = runs.constFirst();
        QCOMPARE(run.id, id);
        QCOMPARE(run.state, KeptRun::State::Ended);
        QCOMPARE(run.end, u"finished"_s);
        QCOMPARE(run.name, u"20 requests/s, 60.0 s"_s);
        QCOMPARE(run.subject, stage.report.subject);
        QCOMPARE(run.figures.answered, stage.report.summary.answered);
        QCOMPARE(run.figures.tokenRate, stage.report.summary.tokenRate());
        QCOMPARE(run.figures.keepsObjective, std::optional(true));
        QVERIFY(run.bytes > 10'000);
        const Result<LoadResult> result = m_history->loadWithSamples(id);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->stages.constFirst().report, stage.report);
        QCOMPARE(result->stages.constFirst().samples, stage.samples);
        QVERIFY(m_history->load(id)->stages.constFirst().samples.empty());
    }

    /// They are written as they come, and there with the run, when they are wanted.
    void answersAreKeptWithTheRun()
    {
        const LoadStage stage = inventedStage({.seconds = 4});
        const auto answers = std::make_shared<LoadAnswers>();
        auto recorder = m_history->begin({}, stage.report.subject, profileOf(stage));
        QVERIFY(recorder);
        (*recorder)->beginStage(stage.report.plan, stage.report.startedAt, 0, answers);
        answers->add(answerOf({0, 0}, u"first"_s));
        const QUuid id = (*recorder)->id();
        // Before it has ended.
        const auto written = [this, id]() -> qsizetype {
            const auto read = m_history->answers(id);
            return read && *read ? (*read)->count() : 0;
        };
        QTRY_COMPARE(written(), 1);
        answers->add(answerOf({1, 0}, u"kept-second"_s) + answerOf({1, 1}, u"third"_s));
        (*recorder)->add(deltasOf(stage, 1).front());
        (*recorder)->endStage(stage.report);
        QVERIFY((*recorder)->close());
        const LoadStage whole = m_history->loadWhole(id)->stages.constFirst();
        QCOMPARE(whole.samples, stage.samples);
        QCOMPARE(whole.answers->keys(), answers->keys());
        QCOMPARE(whole.answers->find({1, 1})->text, u"third"_s);
        QVERIFY(!m_history->loadWithSamples(id)->stages.constFirst().answers);
        // What is given on has them.
        const Result<QUuid> copy = m_history->add(*m_history->loadWhole(id));
        QVERIFY(copy);
        QCOMPARE((*m_history->answers(*copy))->keys(), answers->keys());
        // So has what others are given only if they ask for it.
        for (const QString &word : loadExportWords()) {
            const auto file = exported(*m_history->loadWhole(id), *loadExportFrom(word));
            QVERIFY2(file, qPrintable(word));
            QCOMPARE(file->contains("kept-second"), word == u"answers"_s);
        }
        QVERIFY(exported(*m_history->loadWithSamples(id), LoadExport::Answers)
                .error()
                .message.startsWith(u"No answers are kept of this run"_s));
    }

    /// The prompts of a kept run are those that were asked, or nobody says they are.
    void promptsAreMadeAgain()
    {
        const LoadStage stage = inventedStage({.seed = 77, .seconds = 4});
        const QString file = m_folder->filePath(u"prompts.txt"_s);
        const auto write = [&file](const QByteArray &text, const QDateTime &time) {
            QFile out(file);
            return out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.flush()
                && out.setFileTime(time, QFileDevice::FileModificationTime);
        };
        const QDateTime before = stage.report.startedAt.addDays(-1);
        QVERIFY(write("What is a lori?\nAnd a parrot?\nAnd an owl?\n", before));
        LoadWorkload synthetic;
        synthetic.lengths
            = {{.input = LengthDistribution::fixed(40), .output = LengthDistribution::fixed(8)}};
        LoadWorkload fromFile;
        fromFile.kind = LoadWorkload::Kind::File;
        fromFile.file = file;
        const TokenCalibration calibration{
            .tokensPerWord = 1.3, .fixedTokens = 11, .wordTokens = {}};
        for (const LoadWorkload &workload : {synthetic, fromFile}) {
            LoadProfile profile = profileOf(stage);
            profile.workload = workload;
            const auto asked = makeLoadSource(workload, stage.report.plan.seed, calibration, {});
            QVERIFY2(asked, asked ? "" : qPrintable(asked.error().message));
            auto recorder = m_history->begin({}, stage.report.subject, profile);
            QVERIFY(recorder);
            (*recorder)->beginStage(stage.report.plan, stage.report.startedAt, 0, {},
                keptPromptsOf(**asked, calibration));
            (*recorder)->endStage(stage.report);
            QVERIFY((*recorder)->close());
            const KeptRun run = *m_history->find((*recorder)->id());
            LoadStage read = m_history->load(run.id)->stages.constFirst();
            const auto again = m_history->source(run, read);
            QVERIFY(again);
            for (const qint64 conversation : {0, 2}) {
                QCOMPARE(again->request(conversation, 0, {})->request.messages,
                    (*asked)->request(conversation, 0, {})->request.messages);
            }
            if (workload.kind == LoadWorkload::Kind::Synthetic) {
                read.report.plan.seed = 78;
            } else {
                QVERIFY(write("What is a lory?\nAnd a parrot?\nAnd an owl?\n", before));
                QVERIFY(!m_history->source(run, read));
                QVERIFY(write(
                    "What is a lori?\nAnd a parrot?\nAnd a cat?\n", QDateTime::currentDateTime()));
            }
            QVERIFY(!m_history->source(run, read));
        }
        // Of one that was kept without.
        const KeptRun plain = *m_history->find(kept(stage));
        QVERIFY(!m_history->source(plain, m_history->load(plain.id)->stages.constFirst()));
    }

    /// Of a program that dies those it had written are there; a run without any opens as ever, and
    /// so does one whose answers cannot be read.
    void answersOfADeadRunAreThere()
    {
        const LoadStage stage = inventedStage({.seconds = 4});
        QUuid id;
        {
            const auto answers = std::make_shared<LoadAnswers>();
            auto recorder = m_history->begin({}, stage.report.subject, profileOf(stage));
            QVERIFY(recorder);
            id = (*recorder)->id();
            (*recorder)->beginStage(stage.report.plan, stage.report.startedAt, 0, answers);
            (*recorder)->add(deltasOf(stage, 1).front());
            answers->add(answerOf({0, 0}, u"first"_s) + answerOf({5, 0}, u"sixth"_s));
        }
        QCOMPARE(m_history->find(id)->state, KeptRun::State::Killed);
        QFile file(
            m_history->folder() + u'/' + id.toString(QUuid::WithoutBraces) + u"/stage-1.answers"_s);
        QVERIFY(file.open(QIODevice::Append));
        file.write(answerOf({6, 0}, u"torn"_s).chopped(2));
        file.close();
        const LoadStage whole = m_history->loadWhole(id)->stages.constFirst();
        QCOMPARE(whole.answers->keys(), (std::vector<LoadRequestKey>{{0, 0}, {5, 0}}));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("something else\n");
        file.close();
        QVERIFY(m_history->answers(id).error().message.contains(u"stage-1.answers"_s));
        QVERIFY(!m_history->loadWhole(id)->stages.constFirst().answers);
        QCOMPARE(m_history->loadWhole(id)->stages.constFirst().samples, stage.samples);
        QVERIFY(file.remove());
        QVERIFY(!*m_history->answers(id));
        QCOMPARE(m_history->loadWhole(id)->stages.constFirst().samples, stage.samples);
    }

    void aSweepKeepsItsStages()
    {
        const LoadResult sweep = inventedSweep();
        const Result<QUuid> id = m_history->add(sweep);
        QVERIFY(id);
        const KeptRun run = *m_history->find(*id);
        QCOMPARE(run.figures.stages, 6);
        QVERIFY(run.figures.knee.has_value());
        QCOMPARE(run.startedAt, sweep.stages.constFirst().report.startedAt);
        const LoadResult read = *m_history->loadWithSamples(*id);
        QCOMPARE(read.finding(), sweep.finding());
        QCOMPARE(read.stages, sweep.stages);
        QCOMPARE(m_history->samples(*id, 3)->size(), sweep.stages[3].samples.size());
    }

    /// While it runs it is there, marked so; nobody takes it for dead, or away.
    void aRunThatGoesOnIsSeen()
    {
        const LoadStage stage = inventedStage({.seconds = 5});
        const auto recorder = begun(stage);
        recorder->add(deltasOf(stage, 1).front());
        const KeptRun run = *m_history->find(recorder->id());
        QCOMPARE(run.state, KeptRun::State::Running);
        QVERIFY(m_history->load(run.id)->stages.isEmpty());
        QVERIFY(!m_history->remove(run.id));
        QVERIFY(m_history->change(run.id, {.name = u"now"_s, .note = {}, .tags = {}}));
        recorder->endStage(stage.report);
        QVERIFY(recorder->close());
        QCOMPARE(m_history->find(run.id)->state, KeptRun::State::Ended);
        QCOMPARE(m_history->find(run.id)->name, u"now"_s);
    }

    /// One damaged line is a sentence, and not a moment for each tenth of a second until then.
    void aTickOfAgesIsRefused()
    {
        const auto read = [](const QByteArray &text) {
            QByteArray content = text;
            QBuffer buffer(&content);
            return buffer.open(QIODevice::ReadOnly) ? timelineFrom(buffer, u"t.jsonl"_s)
                                                    : Result<LoadTimeline>(LoadTimeline());
        };
        QCOMPARE(read("{\"ticks\":[[863999,1,1,0,0,0,0]]}\n"_ba)->ticks().size(), 864'000u);
        const auto damaged = read("{\"ticks\":[[5,1]]}\n{\"ticks\":[[60000000,1]]}\n"_ba);
        QVERIFY(!damaged);
        QCOMPARE(damaged.error().message, u"t.jsonl, line 2: a tick has no usable number."_s);
    }

    /// A recorder that goes without being closed is what a program leaves that died.
    void whatWasWrittenOfADeadRunIsSummed()
    {
        LoadStage stage = inventedStage({});
        stage.report.plan.shard = {.index = 1, .count = 3};
        QUuid id;
        {
            const auto recorder = begun(stage);
            id = recorder->id();
            const std::vector<LoadDelta> deltas = deltasOf(stage, 4);
            recorder->add(deltas[0]);
            recorder->add(deltas[1]);
        }
        const KeptRun run = *m_history->find(id);
        QCOMPARE(run.state, KeptRun::State::Killed);
        QCOMPARE(run.end, u"killed"_s);
        QVERIFY(run.problem.startsWith(u"The program died during the run"_s));
        // Half of a minute, of which two seconds are warm-up.
        QCOMPARE(run.figures.answered, 28 * 20);
        QCOMPARE(run.figures.trust, LoadTrust::Level::Doubtful);
        const LoadReport report = m_history->load(id)->stages.constFirst().report;
        QCOMPARE(report.end, u"killed"_s);
        QCOMPARE(report.plan.shard, (LoadShard{.index = 1, .count = 3}));
        QCOMPARE(report.summary.time(LoadMetric::TimeToFirstToken).count(), 28 * 20);
        QCOMPARE(report.choices.size(), 0); // its workload has no mix
        QCOMPARE(m_history->samples(id)->size(), 30u * 20);
        // Once: the next look finds it closed.
        QCOMPARE(*m_history->find(id), m_history->list()->constFirst());
        QVERIFY(QDir(m_history->folder() + u'/' + id.toString(QUuid::WithoutBraces))
                .entryList({u"run.run-*"_s})
                .isEmpty());
    }

    /// Where its requests cannot be written, what it came to is kept, and that something is
    /// missing.
    void aRunThatCannotBeWrittenWholeIsEnded()
    {
        const LoadStage stage = inventedStage({.seconds = 8});
        auto recorder = m_history->begin({}, stage.report.subject, profileOf(stage));
        QVERIFY(recorder);
        const QUuid id = (*recorder)->id();
        QVERIFY(QDir(m_history->folder() + u'/' + id.toString(QUuid::WithoutBraces))
                .mkdir(u"stage-1.csv"_s));
        (*recorder)->beginStage(stage.report.plan, stage.report.startedAt);
        for (const LoadDelta &delta : deltasOf(stage, 3)) {
            (*recorder)->add(delta);
        }
        (*recorder)->endStage(stage.report);
        QVERIFY(!(*recorder)->close());
        recorder->reset();
        const KeptRun run = *m_history->find(id);
        QCOMPARE(run.state, KeptRun::State::Ended);
        QVERIFY2(run.problem.contains(u"stage-1.csv"_s), qPrintable(run.problem));
        QCOMPARE(run.figures.answered, stage.report.summary.answered);
        QCOMPARE(m_history->load(id)->stages.constFirst().report, stage.report);
    }

    void aLineThatWasNotFinishedIsLeftOut()
    {
        const LoadStage stage = inventedStage({.seconds = 8});
        QUuid id;
        {
            const auto recorder = begun(stage);
            id = recorder->id();
            recorder->add(deltasOf(stage, 1).front());
        }
        const QString path = m_history->folder() + u'/' + id.toString(QUuid::WithoutBraces);
        for (const auto &[name, torn] : {std::pair{u"/stage-1.csv"_s, "160,0,1,"_ba},
                 std::pair{u"/stage-1.jsonl"_s, "{\"ticks\":[[1,"_ba}}) {
            QFile file(path + name);
            QVERIFY(file.open(QIODevice::Append));
            file.write(torn);
        }
        QCOMPARE(m_history->find(id)->state, KeptRun::State::Killed);
        QCOMPARE(m_history->samples(id)->size(), 160u);
    }

    void filesThatMakeNoSenseAreNamed()
    {
        const LoadStage stage = inventedStage({.seconds = 4});
        QUuid id;
        {
            const auto recorder = begun(stage);
            id = recorder->id();
            recorder->add(deltasOf(stage, 1).front());
        }
        QFile file(
            m_history->folder() + u'/' + id.toString(QUuid::WithoutBraces) + u"/stage-1.csv"_s);
        QVERIFY(file.open(QIODevice::Append));
        file.write("never,0,1\n");
        file.close();
        const KeptRun run = *m_history->find(id);
        QCOMPARE(run.state, KeptRun::State::Damaged);
        QVERIFY2(run.problem.contains(u"stage-1.csv, line 82: “conversation”"_s),
            qPrintable(run.problem));
        // It can go, and nothing else is disturbed by it.
        QCOMPARE(m_history->list()->size(), 1);
        QVERIFY(m_history->remove(id));
    }

    void aRunIsNamedAndTagged()
    {
        const QUuid id = kept(inventedStage({.seconds = 4}), u"first try"_s);
        QCOMPARE(m_history->find(id)->name, u"first try"_s);
        const KeptWords words{.name = u"before"_s,
            .note = u"with the old driver"_s,
            .tags = {u"h100"_s, u"nightly"_s}};
        QVERIFY(m_history->change(id, words));
        const KeptRun run = *m_history->find(id);
        QCOMPARE((KeptWords{run.name, run.note, run.tags}), words);
        QCOMPARE(m_history->load(id)->note, words.note);
    }

    void whatIsRemovedComesBackForAnHour()
    {
        const QUuid id = kept(inventedStage({.seconds = 4}));
        const KeptRun before = *m_history->find(id);
        QVERIFY(m_history->remove(id));
        QVERIFY(m_history->list()->isEmpty());
        QCOMPARE(*m_history->purge(), 0);
        QVERIFY(m_history->restore(id));
        QCOMPARE(*m_history->find(id), before);
        QVERIFY(m_history->remove(id));
        QFile stamp(
            m_history->folder() + u'/' + id.toString(QUuid::WithoutBraces) + u".removed/removed"_s);
        QVERIFY(stamp.open(QIODevice::ReadWrite));
        stamp.setFileTime(
            QDateTime::currentDateTime().addSecs(-3700), QFileDevice::FileModificationTime);
        stamp.close();
        QCOMPARE(*m_history->purge(), 1);
        QVERIFY(!m_history->restore(id));
        QVERIFY(QDir(m_history->folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
    }

    void aRunIsFoundByTheBeginningOfItsId()
    {
        const QUuid id = kept(inventedStage({.seconds = 4}));
        const QString text = id.toString(QUuid::WithoutBraces);
        QCOMPARE(m_history->find(text.first(6))->id, id);
        QCOMPARE(m_history->find(u"last"_s)->id, id);
        QVERIFY(m_history->find(u"zzz"_s).error().message.startsWith(
            u"There is no run “zzz” in the history"_s));
        QVERIFY(!m_history->find(QString()));
    }

    /// A run that nothing came of is not kept.
    void aRunWithoutAStageIsNot()
    {
        const LoadStage stage = inventedStage({.seconds = 4});
        auto recorder = m_history->begin({}, stage.report.subject, profileOf(stage));
        QVERIFY(recorder);
        QVERIFY((*recorder)->close());
        QVERIFY(m_history->list()->isEmpty());
    }

    void aPresetRunsTheSameWithOtherPrompts()
    {
        const LoadStage stage = inventedStage({.seed = 77, .seconds = 4});
        const KeptRun run = *m_history->find(kept(stage));
        for (const QString &name : {u"p.json"_s, u"p.toml"_s}) {
            const QString file = m_folder->filePath(name);
            QVERIFY(writeProfile(presetOf(run.profile), file));
            const Result<LoadProfile> read = loadProfileIn(file);
            QVERIFY2(read, read ? "" : qPrintable(read.error().message));
            QCOMPARE(read->plan.curve, stage.report.plan.curve);
            QCOMPARE(read->plan.objective, stage.report.plan.objective);
            QCOMPARE(read->plan.seed, 0u);
        }
    }

    void noSecretIsKept()
    {
        LoadStage stage = inventedStage({.seconds = 4});
        LoadProfile profile = profileOf(stage);
        profile.workload.extraBody = {{u"api_key"_s, u"canary-1"_s}};
        profile.workload.systemPrompt = u"Bearer sk-canary0123456789abcdef"_s;
        stage.report.workload = toJson(profile.workload);
        auto recorder = m_history->begin({}, stage.report.subject, profile);
        QVERIFY(recorder);
        (*recorder)->beginStage(stage.report.plan, stage.report.startedAt);
        (*recorder)->endStage(stage.report);
        const QUuid id = (*recorder)->id();
        QVERIFY((*recorder)->close());
        const QDir folder(m_history->folder() + u'/' + id.toString(QUuid::WithoutBraces));
        const QStringList names = folder.entryList(QDir::Files);
        QVERIFY(names.size() >= 3);
        for (const QString &name : names) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("canary"), qPrintable(name));
        }
    }

    void aFolderThatCannotBeMadeIsNamed()
    {
        QFile file(m_folder->filePath(u"in-the-way"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const LoadHistory history(file.fileName() + u"/runs"_s);
        const LoadStage stage = inventedStage({.seconds = 4});
        const auto recorder = history.begin({}, stage.report.subject, profileOf(stage));
        QVERIFY(!recorder);
        QVERIFY(recorder.error().message.contains(u"cannot be made"_s));
    }

    void retentionIsSaid()
    {
        QVERIFY(LoadHistory::retentionText({}, u"/x"_s).startsWith(u"No load test is kept yet"_s));
        KeptRun run;
        run.bytes = 1'500'000;
        QCOMPARE(LoadHistory::retentionText({run, run}, u"/x"_s),
            u"2 runs take 3.0 MB in /x; nothing goes unless you remove it."_s);
    }
};

QTEST_GUILESS_MAIN(TestLoadHistory)
#include "tst_loadhistory.moc"
