// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gridfixture.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cmath>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A load test against the simulator over real sockets: run, watched, stopped, kept, compared.
class TestLoadController final : public GridFixture
{
    Q_OBJECT

    [[nodiscard]] LoadController &load() { return *m_workbench->load(); }

    static LoadProfile profileOf(double rate, Nanoseconds duration)
    {
        LoadProfile profile;
        profile.plan.curve
            = {{.kind = LoadBlock::Kind::Rate, .duration = duration, .from = rate, .to = rate}};
        profile.plan.grace = 5s;
        profile.workload.lengths
            = {{.input = LengthDistribution::fixed(16), .output = LengthDistribution::fixed(8)}};
        return profile;
    }

    [[nodiscard]] bool started(const LoadProfile &profile)
    {
        load().setup()->setProfile(profile);
        if (!QTest::qWaitFor([this] { return load().setup()->problem().isEmpty(); }, 30'000)) {
            return false;
        }
        load().start();
        return load().isRunning();
    }

    [[nodiscard]] bool whole(const LoadProfile &profile)
    {
        return started(profile)
            && QTest::qWaitFor([this] { return load().state() == LoadController::Done; }, 60'000);
    }

private Q_SLOTS:

    void aRunIsCountedExactly()
    {
        QVERIFY(whole(profileOf(40, 2s)));
        QCOMPARE(load().problem(), QString());
        const LoadReport &report = load().results()->report();
        QVERIFY(report.summary.answered > 20);
        QCOMPARE(qint64(load().requests()->all()), report.timeline.sum().began);
        QCOMPARE(report.summary.answered, report.timeline.sum().answered);
        QVERIFY(load().results()->isWhole());
        QVERIFY(!load().figures().tokenRate.isEmpty());
        QVERIFY(!load().results()->times().isEmpty());
        // The prompt of each can be seen again.
        const LoadRequestDetail detail = load().request(0);
        QVERIFY(!detail.prompt.isEmpty());
        QVERIFY(!detail.phases.isEmpty());
        QVERIFY(!detail.answer.isEmpty());
        QCOMPARE(detail.answerNote, QString());
        QVERIFY(detail.tokens.count() > 0);
        // A dot for each answer.
        const ChartData *dots = load().charts()->property("dots").value<ChartData *>();
        QVERIFY(dots);
        QCOMPARE(qint64(dots->series()[0].points.size()), report.summary.answered);
        QVERIFY(load().charts()->sampleOf(0, 0) >= 0);
        QCOMPARE(load().charts()->sampleOf(0, 1'000'000), -1);
    }

    void whatTheFiguresAreOfIsMoved()
    {
        QVERIFY(whole(profileOf(40, 2s)));
        LoadCut &cut = *load().cut();
        QVERIFY(cut.isPossible());
        QVERIFY(!cut.isMoved());
        const auto summary = [this] { return load().result().stages[0].report.summary; };
        const LoadSummary before = summary();
        const auto end
            = [&cut](const char *name) { return cut.property(name).value<LoadNumber *>(); };
        end("from")->setText(u"0.5"_s);
        end("to")->setText(u"1.5"_s);
        cut.apply();
        QTRY_COMPARE(summary().window.from, Nanoseconds(500ms));
        QCOMPARE(summary().window.to, Nanoseconds(1500ms));
        QVERIFY(summary().planned > 0 && summary().planned < before.planned);
        QVERIFY(cut.isMoved());
        // As the charts show it.
        load().charts()->property("span").value<ChartSpan *>()->setRange(ChartRange{0.25, 1});
        cut.toSpan(load().charts()->property("span").value<ChartSpan *>());
        QTRY_COMPARE(summary().window.from, Nanoseconds(250ms));
        end("to")->setText(u"0.1"_s);
        QVERIFY(!cut.problem().isEmpty());
        cut.toFirst();
        QTRY_COMPARE(summary(), before);
        QVERIFY(!cut.isMoved());
    }

    void itIsStoppedWithinASecond()
    {
        LoadProfile profile = profileOf(20, 600s);
        QVERIFY(started(profile));
        QTRY_VERIFY_WITH_TIMEOUT(load().requests()->all() > 3, 30'000);
        load().stop();
        QTRY_COMPARE(load().state(), int(LoadController::Done));
        QCOMPARE(load().result().stages[0].report.end, u"stopped"_s);
        QCOMPARE(load().ending(), int(LoadController::Stopped));
        QVERIFY(load().results()->report().summary.answered > 0);
    }

    void stoppedBeforeItBeganItIsSetUpAgain()
    {
        QVERIFY(started(profileOf(20, 600s)));
        load().stop();
        QTRY_COMPARE(load().state(), int(LoadController::SettingUp));
    }

    void whatIsDiscardedIsNotKept()
    {
        QVERIFY(started(profileOf(20, 600s)));
        QTRY_COMPARE_WITH_TIMEOUT(load().state(), int(LoadController::Running), 30'000);
        QTRY_COMPARE(load().history()->count(), 1);
        load().discard();
        QCOMPARE(load().state(), int(LoadController::SettingUp));
        QTRY_COMPARE(load().history()->count(), 0);
    }

    /// Where prompts are to have a length; it may take long, at a server that does.
    void theServerIsAskedHowItCountsFirst()
    {
        QList<int> states;
        const QObject context;
        connect(&load(), &LoadController::stateChanged, &context, [this, &states] {
            if (states.isEmpty() || states.constLast() != load().state()) {
                states.append(load().state());
            }
        });
        QVERIFY(whole(profileOf(20, 1s)));
        QCOMPARE(states.mid(0, 3),
            (QList<int>{
                LoadController::Preparing, LoadController::Calibrating, LoadController::Running}));
    }

    void aDeadServerIsSaid()
    {
        m_simulator->stop();
        QVERIFY(whole(profileOf(20, 2s)));
        QVERIFY(!load().problem().isEmpty());
    }

    void limitsAreHeldAgainstTheAnswers()
    {
        LoadProfile profile = profileOf(40, 2s);
        profile.plan.objective
            = serviceObjectiveFrom(u"e2e_p50=1min,errors=1%"_s).value_or(ServiceObjective());
        QVERIFY(whole(profile));
        QCOMPARE(load().results()->verdict(), int(LoadResults::Kept));
        QCOMPARE(load().results()->limits().size(), 2);
        profile.plan.objective
            = serviceObjectiveFrom(u"e2e_p50=1us"_s).value_or(ServiceObjective());
        QVERIFY(whole(profile));
        QCOMPARE(load().results()->verdict(), int(LoadResults::Missed));
        QCOMPARE(load().results()->headline(), u"Missed its objective: 1 limit broken."_s);
    }

    void aMixIsToldApart()
    {
        LoadProfile profile = profileOf(40, 2s);
        for (const QString &name : {u"support-v3"_s, u"sql-expert"_s}) {
            MixChoice choice;
            choice.adapter.id = name;
            profile.workload.mix.choices.append(choice);
        }
        QVERIFY(whole(profile));
        const QList<LoadChoiceRow> choices = load().results()->choices();
        QCOMPARE(choices.size(), 2);
        QCOMPARE(choices[0].name, u"support-v3"_s);
        load().requests()->setChoice(1);
        QVERIFY(load().requests()->count() > 0);
        QVERIFY(load().requests()->count() < load().requests()->all());
    }

    void theLimitIsFound()
    {
        LoadProfile profile = profileOf(1, 1s);
        profile.plan.objective
            = serviceObjectiveFrom(u"e2e_p50=1min"_s).value_or(ServiceObjective());
        // Every load keeps that, so that the search ends where it may go no further.
        profile.sweep = SweepPlan{.kind = LoadBlock::Kind::Rate,
            .from = 5,
            .most = 20,
            .stage = 1500ms,
            .warmUp = 300ms,
            .refinements = 0};
        QVERIFY(whole(profile));
        const LoadResults &results = *load().results();
        QVERIFY(results.isSweep());
        QCOMPARE(load().ending(), int(LoadController::ByPlan));
        QCOMPARE(results.stages().size(), load().result().stages.size());
        QCOMPARE(results.stages()[0].outcome, int(LoadStageRow::Kept));
        const SweepFinding found = load().result().finding();
        QCOMPARE(results.finding(), found.sentence);
        QCOMPARE(results.verdict(), int(found.holds ? LoadResults::Kept : LoadResults::Missed));
        // Each stage can be looked at.
        load().showStage(0);
        QCOMPARE(load().stageText(), u"5 requests/s"_s);
        const LoadRequestDetail first = load().request(0);
        QVERIFY(!first.prompt.isEmpty() && !first.answer.isEmpty());
        QCOMPARE(
            qint64(load().requests()->all()), qint64(load().result().stages[0].samples.size()));
        // Of two runs at one load it is told which is which.
        LoadResult repeated = load().result();
        repeated.stages.append(repeated.stages[0]);
        load().results()->showStages(repeated);
        QStringList loads;
        for (const LoadStageRow &row : load().results()->stages()) {
            loads.append(row.load);
        }
        QCOMPARE(loads, (QStringList{u"5, run 1"_s, u"5, run 2"_s, u"10"_s, u"20"_s}));
    }

    /// Its ceiling is that of all loads together.
    void aSearchKeepsToItsCeiling()
    {
        LoadProfile profile = profileOf(1, 1s);
        profile.sweep = SweepPlan{.kind = LoadBlock::Kind::Rate,
            .from = 10,
            .most = 40,
            .stage = 1500ms,
            .warmUp = 300ms,
            .refinements = 0};
        profile.plan.ceiling.requests = 40; // the first two loads need some 45
        QVERIFY(whole(profile));
        const LoadResult &result = load().result();
        QVERIFY(result.stages.size() >= 2);
        QCOMPARE(result.spent().requests, 40);
        QCOMPARE(load().ending(), int(LoadController::CouldNotGoOn));
        QCOMPARE(
            load().problem(), u"The ceiling of 40 requests is reached; raise it to send more."_s);
    }

    /// A later turn shows what was said before it, and goes on from there.
    void aConversationIsShownWhole()
    {
        LoadProfile profile = profileOf(20, 1s);
        profile.workload.turns = LengthDistribution::fixed(2);
        QVERIFY(whole(profile));
        const LoadSamples &samples = load().requests()->samples();
        const auto later = std::ranges::find(samples, 1, &LoadSample::turn);
        QVERIFY(later != samples.end());
        const auto before = std::ranges::find_if(samples, [later](const LoadSample &sample) {
            return sample.conversation == later->conversation && sample.turn == 0;
        });
        const LoadRequestDetail first = load().request(int(before - samples.begin()));
        const LoadRequestDetail second = load().request(int(later - samples.begin()));
        QCOMPARE(second.promptNote, QString());
        QVERIFY2(second.prompt.startsWith(first.prompt + u"\n\n"_s + first.answer + u"\n\n"_s),
            qPrintable(second.prompt));
    }

    void aSearchThatIsBrokenOffMeasuredNothing()
    {
        LoadProfile profile = profileOf(1, 1s);
        profile.plan.objective
            = serviceObjectiveFrom(u"e2e_p50=1min"_s).value_or(ServiceObjective());
        profile.sweep = SweepPlan{.from = 1, .most = 64, .stage = 600s, .warmUp = 1s};
        QVERIFY(started(profile));
        QTRY_VERIFY_WITH_TIMEOUT(load().requests()->all() > 3, 30'000);
        load().stop();
        QTRY_COMPARE(load().state(), int(LoadController::Done));
        QCOMPARE(load().ending(), int(LoadController::Stopped));
        QCOMPARE(load().results()->headline(), u"Broken off before a load was measured."_s);
        QCOMPARE(load().results()->verdict(), int(LoadResults::NoObjective));
        QCOMPARE(load().results()->stages().size(), 1);
        QCOMPARE(load().results()->stages()[0].outcome, int(LoadStageRow::BrokenOff));
        QVERIFY(load().result().points().isEmpty());
        QVERIFY(!load().result().keepsObjective());
    }

    void anOpenedRunAsksWhomItAsked()
    {
        QVERIFY(whole(profileOf(30, 1s)));
        LoadHistoryList &history = *load().history();
        QTRY_COMPARE(history.count(), 1);
        const QUuid asked = load().chat()->setup().endpoint;
        // Meanwhile somebody else is chosen.
        Endpoint other = *m_workbench->endpoints()->find(asked);
        other.id = QUuid::createUuid();
        other.name = u"elsewhere"_s;
        other.url = QUrl(u"http://127.0.0.1:9/v1"_s);
        static_cast<void>(m_workbench->endpoints()->save(other));
        QTRY_VERIFY(m_workbench->endpoints()->find(other.id));
        load().useEndpoint(other.id.toString(QUuid::WithoutBraces));
        QCOMPARE(load().chat()->setup().endpoint, other.id);
        load().open(history.idAt(0));
        QTRY_VERIFY(!load().name().isEmpty());
        load().runAgain();
        QCOMPARE(load().chat()->setup().endpoint, asked);
        QTRY_COMPARE_WITH_TIMEOUT(load().state(), int(LoadController::Done), 60'000);
        QCOMPARE(load().problem(), QString());
        QVERIFY(load().results()->report().summary.answered > 0);
        // One that is not there any more is asked in nobody's place before a person has looked.
        other.id = QUuid::createUuid();
        other.url = m_workbench->endpoints()->find(asked)->url;
        other.url.setHost(u"localhost"_s);
        static_cast<void>(m_workbench->endpoints()->save(other));
        QTRY_VERIFY(m_workbench->endpoints()->find(other.id));
        load().useEndpoint(other.id.toString(QUuid::WithoutBraces));
        QVERIFY(whole(profileOf(30, 1s)));
        QCOMPARE(load().problem(), QString());
        QTRY_COMPARE(history.count(), 3);
        m_workbench->endpoints()->remove(other.id.toString(QUuid::WithoutBraces));
        QTRY_VERIFY(!m_workbench->endpoints()->find(other.id));
        load().open(history.idAt(0));
        QTRY_VERIFY(!load().name().isEmpty());
        QSignalSpy shown(&load(), &LoadController::shown);
        load().runAgain();
        QCOMPARE(load().state(), int(LoadController::SettingUp));
        QCOMPARE(shown.count(), 1);
    }

    void whatTheWindowReportsIsWhole()
    {
        LoadProfile profile = profileOf(40, 2s);
        profile.plan.warmUp = 500ms;
        profile.plan.price = {.prompt = 1, .output = 2, .currency = u"USD"_s};
        QVERIFY(whole(profile));
        const LoadReport &report = load().results()->report();
        QVERIFY(report.cost);
        QVERIFY(*report.cost > 0);
        QVERIFY(report.explainedCacheShare);
        QVERIFY(report.start.planned > 0);
        QVERIFY(!report.server.isEmpty());
        QVERIFY(std::ranges::any_of(load().results()->facts(),
            [](const LoadFact &fact) { return fact.value.endsWith(u" USD"_s); }));
        // What was measured is less than all, and tables and histogram agree on it.
        QVERIFY(report.summary.answered < report.timeline.sum().answered);
        QCOMPARE(load().figures().answered, QLocale().toString(report.timeline.sum().answered));
        const auto *histogram = load().charts()->property("histogram").value<ChartData *>();
        double bars = 0;
        for (const QPointF &point : histogram->series()[0].points) {
            bars += point.y();
        }
        QCOMPARE(qint64(bars), report.summary.time(LoadMetric::TimeToFirstToken).count());
    }

    /// A rate is of a second also where there was none before.
    void allThatBeginAtOnceAreNoPeak()
    {
        LoadPlan plan;
        plan.curve = {{.kind = LoadBlock::Kind::Users, .duration = 5s, .from = 8, .to = 8}};
        LoadTimelinePart part;
        part.at(Nanoseconds(0)).planned = 8;
        part.at(Nanoseconds(2s)).planned = 1;
        LoadTimeline timeline;
        timeline.add(part);
        LoadCharts charts(nullptr);
        charts.begin(plan);
        charts.refresh(timeline, {}, LoadCharts::Extent::Final);
        const QList<QPointF> due
            = charts.property("requests").value<ChartData *>()->series()[1].points;
        QVERIFY(!due.isEmpty());
        QCOMPARE(std::ranges::max(due, {}, &QPointF::y).y(), 8.0);
    }

    /// Each adapter has its line, as long as there are several.
    void adaptersAreDrawnApart()
    {
        const auto chartOf = [this](const char *name) {
            return load().charts()->property(name).value<ChartData *>();
        };
        LoadProfile profile = profileOf(40, 3s);
        for (const char *name : {"support-v3", "sql-expert"}) {
            MixChoice choice;
            choice.adapter.id = QString::fromLatin1(name);
            profile.workload.mix.choices.append(choice);
        }
        QVERIFY(whole(profile));
        const LoadReport &report = load().results()->report();
        const QList<ChartSeries> &times = chartOf("choiceTimes")->series();
        const QList<ChartSeries> &tokens = chartOf("choiceTokens")->series();
        QCOMPARE(times.size(), 2);
        QCOMPARE(tokens.size(), 2);
        double all = 0;
        for (qsizetype i = 0; i < tokens.size(); ++i) {
            QCOMPARE(times[i].name, report.choices[i].name);
            QCOMPARE(times[i].look, int(i));
            QVERIFY(std::ranges::any_of(times[i].points,
                [](const QPointF &point) { return std::isfinite(point.y()) && point.y() > 0; }));
            // In slices of a second the sum of rates is that of tokens; of the last one less.
            for (const QPointF &second : tokens[i].points.first(tokens[i].points.size() - 1)) {
                all += second.y();
            }
        }
        QVERIFY(all > 0 && all <= double(report.timeline.sum().answered) * 8);

        // Without the samples there is nothing to draw them of.
        LoadResult known = load().result();
        for (LoadStage &stage : known.stages) {
            stage.samples = {};
        }
        LoadCharts charts(nullptr);
        charts.show(known, 0);
        QVERIFY(!charts.isMixed());

        profile.workload.mix.choices.resize(1);
        load().startNew();
        QVERIFY(whole(profile));
        QVERIFY(chartOf("choiceTimes")->isEmpty());
        QVERIFY(chartOf("choiceTokens")->isEmpty());
    }

    void otherToolsAreImportedAndCompared()
    {
        QVERIFY(whole(profileOf(30, 1s)));
        const QString sent = m_folder->filePath(u"sent.json"_s);
        const QString vllm = m_folder->filePath(u"vllm.json"_s);
        for (const auto &[name, form] :
            {std::pair{sent, LoadController::Report}, {vllm, LoadController::Vllm}}) {
            QSignalSpy exported(&load(), &LoadController::exported);
            load().exportTo(QUrl::fromLocalFile(name), form);
            QVERIFY(exported.count() > 0 || exported.wait());
            QSignalSpy imported(&load(), &LoadController::imported);
            load().importFrom(QUrl::fromLocalFile(name));
            QVERIFY(imported.count() > 0 || imported.wait());
        }
        LoadHistoryList &history = *load().history();
        const QAbstractItemModelTester tester(&history);
        QTRY_COMPARE(history.count(), 3);
        history.setFilter(u"SENT"_s);
        QCOMPARE(history.count(), 1);
        QVERIFY(!history.data(history.index(0), LoadHistoryList::ForeignRole).toBool());
        history.setFilter({});
        int foreign = 0;
        for (int row = 0; row < history.count(); ++row) {
            if (history.data(history.index(row), LoadHistoryList::ForeignRole).toBool()) {
                ++foreign;
            }
            history.tick(row, true);
        }
        QCOMPARE(foreign, 1);
        load().compareTicked();
        QTRY_VERIFY_WITH_TIMEOUT(load().comparing()->isShown(), 30'000);
        QCOMPARE(load().comparing()->names().size(), 3);
        // What is no report of anybody says so.
        QSignalSpy failed(&load(), &LoadController::failed);
        load().importFrom(QUrl::fromLocalFile(m_folder->filePath(u"nothing.json"_s)));
        QVERIFY(failed.count() > 0 || failed.wait());
    }

    void runsAreKeptOpenedAndCompared()
    {
        QVERIFY(whole(profileOf(30, 2s)));
        const qint64 answered = load().results()->report().summary.answered;
        const QString prompt = load().request(0).prompt;
        const QString answer = load().request(0).answer;
        const LoadTokenTrack tokens = load().request(0).tokens;
        QVERIFY(!answer.isEmpty());
        load().runAgain();
        QTRY_COMPARE_WITH_TIMEOUT(load().state(), int(LoadController::Done), 60'000);
        LoadHistoryList &history = *load().history();
        const QAbstractItemModelTester tester(&history);
        QTRY_COMPARE(history.count(), 2);
        history.describe(history.keyAt(1), u"before"_s, u"as it was"_s, u"nightly, a"_s);
        QTRY_COMPARE(history.data(history.index(1), LoadHistoryList::NameRole), u"before"_s);
        QCOMPARE(history.data(history.index(1), LoadHistoryList::TagsRole), u"nightly, a"_s);
        // The first, which is the last of the list, has other prompts.
        load().open(history.idAt(1));
        QTRY_COMPARE(load().name(), u"before"_s);
        QCOMPARE(load().note(), u"as it was"_s);
        QCOMPARE(load().tags(), QStringList({u"nightly"_s, u"a"_s}));
        QCOMPARE(load().results()->report().summary.answered, answered);
        QVERIFY(load().requests()->all() >= answered);
        QCOMPARE(load().request(0).prompt, prompt);
        QCOMPARE(load().request(0).answer, answer);
        QCOMPARE(load().request(0).tokens, tokens);
        history.tick(1, true);
        history.tick(0, true);
        load().compareTicked();
        QTRY_VERIFY_WITH_TIMEOUT(load().comparing()->isShown(), 30'000);
        QCOMPARE(load().comparing()->names()[0], u"before"_s);
        QVERIFY(!load().comparing()->rows().isEmpty());
        history.remove(0);
        QTRY_COMPARE(history.count(), 1);
        history.undoRemove();
        QTRY_COMPARE(history.count(), 2);
    }

    void itIsWrittenForOthers()
    {
        QVERIFY(whole(profileOf(30, 1s)));
        for (const auto &[name, form] : {std::pair{u"run.json"_s, LoadController::Report},
                 {u"run.csv"_s, LoadController::Samples}, {u"run.html"_s, LoadController::Html},
                 {u"run.md"_s, LoadController::Markdown}, {u"vllm.json"_s, LoadController::Vllm},
                 {u"aiperf.csv"_s, LoadController::AiperfCsv},
                 {u"aiperf.jsonl"_s, LoadController::AiperfLines},
                 {u"llmd.json"_s, LoadController::Llmd}}) {
            QSignalSpy exported(&load(), &LoadController::exported);
            load().exportTo(QUrl::fromLocalFile(m_folder->filePath(name)), form);
            QVERIFY(exported.count() > 0 || exported.wait());
            QVERIFY(QFileInfo(m_folder->filePath(name)).size() > 0);
        }
        QFile report(m_folder->filePath(u"run.json"_s));
        QVERIFY(report.open(QIODevice::ReadOnly));
        const Result<LoadResult> read = loadResultFrom(report.readAll());
        QVERIFY(read);
        QCOMPARE(read->stages[0].report.summary, load().results()->report().summary);
        QFile samples(m_folder->filePath(u"run.csv"_s));
        QVERIFY(samples.open(QIODevice::ReadOnly));
        QCOMPARE(samples.readAll().count('\n'), load().requests()->all() + 1);
    }
};

QTEST_MAIN(TestLoadController)

#include "tst_loadcontroller.moc"
