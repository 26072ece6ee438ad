// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storefixture.h"

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestComparisonStore final : public StoreFixture
{
    Q_OBJECT

    /// One whose first lane is this conversation.
    [[nodiscard]] ComparisonRecord record(QUuid conversation = QUuid::createUuid()) const
    {
        ChatSetup setup;
        setup.endpoint = QUuid::createUuid();
        setup.adapter = {.id = u"support-v4"_s};
        setup.parameters = {{u"temperature"_s, 0.2}};
        return {.id = QUuid::createUuid(),
            .title = u"v3 vs v4"_s,
            .titleChosen = true,
            .lanes = {{.conversation = conversation, .setup = setup},
                {.conversation = QUuid::createUuid(), .receives = false}},
            .order = ComparisonOptions::Order::OneByOne,
            .alignsSeeds = true,
            .warmsUp = true,
            .base = 1,
            .draft = u"And now?"_s,
            .created = t0,
            .updated = t0.addSecs(1)};
    }

    static void save(Store &store, const ComparisonRecord &record)
    {
        QCOMPARE(problem(take(store.comparisons().save(record))), QString());
    }

private Q_SLOTS:

    void aComparisonComesBackWholeAfterARestart()
    {
        const ComparisonRecord kept = record();
        save(*opened(), kept);
        const auto store = opened();
        const Result<ComparisonRecord> loaded = take(store->comparisons().load(kept.id));
        QVERIFY(loaded);
        QCOMPARE(*loaded, kept);
        const auto list = take(store->comparisons().list());
        QVERIFY(list);
        QCOMPARE(*list,
            QList(
                {ComparisonSummary{.id = kept.id, .title = kept.title, .updated = kept.updated}}));
    }

    void theLastOneUsedComesFirst()
    {
        const auto store = opened();
        ComparisonRecord first = record();
        const ComparisonRecord second = record();
        save(*store, first);
        save(*store, second);
        first.updated = t0.addSecs(60);
        save(*store, first);
        const auto list = take(store->comparisons().list());
        QCOMPARE(list->size(), 2);
        QCOMPARE(list->constFirst().id, first.id);
    }

    void lanesAreNeitherListedNorFoundAmongTheConversations()
    {
        const auto store = opened();
        const Conversation lane = sample();
        StoreFixture::save(*store, lane);
        QCOMPARE(take(store->conversations().list())->size(), 1);
        save(*store, record(lane.id()));
        QVERIFY(take(store->conversations().list())->isEmpty());
        QVERIFY(take(store->conversations().search(u"write-ahead"_s, 9))->isEmpty());
        QVERIFY(take(store->conversations().search(u"What is"_s, 9))->isEmpty());
        const Result<Conversation> loaded = take(store->conversations().load(lane.id()));
        QVERIFY(loaded);
        QCOMPARE(*loaded, lane);
    }

    void aLaneThatLeavesIsNoLaneAnyMore()
    {
        const auto store = opened();
        const Conversation lane = sample();
        StoreFixture::save(*store, lane);
        ComparisonRecord kept = record(lane.id());
        save(*store, kept);
        kept.lanes.removeFirst();
        save(*store, kept);
        QCOMPARE(take(store->conversations().list())->size(), 1);
    }

    void removedWithItsLanesAndRestoredWithThem()
    {
        const auto store = opened();
        const Conversation lane = sample();
        StoreFixture::save(*store, lane);
        const ComparisonRecord kept = record(lane.id());
        save(*store, kept);
        QCOMPARE(problem(take(store->comparisons().remove(kept.id))), QString());
        QVERIFY(take(store->comparisons().list())->isEmpty());
        QVERIFY(!take(store->comparisons().load(kept.id)));
        QVERIFY(!take(store->conversations().load(lane.id())));
        QCOMPARE(problem(take(store->comparisons().restore(kept.id))), QString());
        QVERIFY(take(store->comparisons().load(kept.id)));
        QVERIFY(take(store->conversations().load(lane.id())));
    }

    void setsOfLanesAreKept()
    {
        LaneSet set{.id = QUuid::createUuid(), .name = u"Candidates"_s};
        set.lanes = {record().lanes.constFirst().setup, ChatSetup()};
        QCOMPARE(problem(take(opened()->comparisons().saveLaneSet(set))), QString());
        const auto store = opened();
        QCOMPARE(*take(store->comparisons().laneSets()), QList({set}));
        set.name = u"Last year's"_s;
        QCOMPARE(problem(take(store->comparisons().saveLaneSet(set))), QString());
        QCOMPARE(take(store->comparisons().laneSets())->constFirst().name, set.name);
        QCOMPARE(problem(take(store->comparisons().removeLaneSet(set.id))), QString());
        QVERIFY(take(store->comparisons().laneSets())->isEmpty());
    }

    void verdictsOutliveTheirComparison()
    {
        const ComparisonRecord kept = record();
        const Verdict verdict{.id = QUuid::createUuid(),
            .comparison = kept.id,
            .prompt = u"Charged twice?"_s,
            .systemPrompt = u"Be brief."_s,
            .answers = {{.name = u"base"_s,
                            .endpointName = u"prod"_s,
                            .model = u"llama"_s,
                            .adapter = {},
                            .text = u"No."_s},
                {.name = u"v4"_s,
                    .endpointName = u"prod"_s,
                    .model = u"llama"_s,
                    .adapter = u"v4"_s,
                    .text = u"Yes."_s}},
            .kind = Verdict::Kind::AllBad,
            .best = 1,
            .blind = false,
            .tags = {u"format"_s, u"tone"_s},
            .note = u"Hm."_s,
            .created = t0};
        {
            const auto store = opened();
            save(*store, kept);
            QCOMPARE(problem(take(store->comparisons().addVerdict(verdict))), QString());
            QCOMPARE(problem(take(store->comparisons().remove(kept.id))), QString());
        }
        QCOMPARE(*take(opened()->comparisons().verdicts()), QList({verdict}));
    }

    void rankingsComeBackWithTheirPlaces()
    {
        const Verdict verdict{.id = QUuid::createUuid(),
            .comparison = QUuid::createUuid(),
            .answers = {{.name = u"a"_s}, {.name = u"b"_s}, {.name = u"c"_s}},
            .kind = Verdict::Kind::Ranking,
            .places = {2, 1, 1},
            .judge = u"judge-7b"_s,
            .score = 0.75,
            .created = t0};
        QCOMPARE(problem(take(opened()->comparisons().addVerdict(verdict))), QString());
        QCOMPARE(*take(opened()->comparisons().verdicts()), QList({verdict}));
    }

    void whatModelsSaidComesBack()
    {
        ComparisonRecord kept = record();
        const JudgedTurn turn{.answers = {QUuid::createUuid(), QUuid::createUuid()},
            .judge = u"judge-7b · prod"_s,
            .rubric = sampleRubrics().constFirst(),
            .currency = u"€"_s,
            .pairs = {{.first = 0,
                .second = 1,
                .judgement = {.forward = JudgeReading{.shownFirst = 0.75,
                                  .shownSecond = 0.25,
                                  .neither = 0,
                                  .mass = 0.9,
                                  .reason = u"The first answer is whole."_s},
                    .backward = std::nullopt,
                    .error = ApiError{.kind = ApiError::Kind::RateLimited, .message = u"Slow."_s},
                    .promptTokens = 12,
                    .outputTokens = 3,
                    .cost = 0.25}}},
            .wanted = 1,
            .problem = u"Stopped."_s,
            .created = t0};
        kept.judged = {turn};
        save(*opened(), kept);
        QCOMPARE(take(opened()->comparisons().load(kept.id))->judged, kept.judged);
    }

    void noTokenIsWritten()
    {
        ComparisonRecord kept = record();
        kept.lanes.first().setup.adapter.token = Secret(u"hf_do_not_write"_s);
        save(*opened(), kept);
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("hf_do_not_write"));
    }
};

QTEST_GUILESS_MAIN(TestComparisonStore)
#include "tst_comparisonstore.moc"
