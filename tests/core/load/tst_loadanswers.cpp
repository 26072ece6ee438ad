// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/answerkeeper.h"
#include "load/loadanswers.h"
#include "load/packednumbers.h"
#include "model/chatoutcome.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// What is kept of the answers of a run: which of them, that they come back as they were, and that
/// they never take more than their bound.
class TestLoadAnswers final : public QObject
{
    Q_OBJECT

    const TimePoint m_origin = TimePoint(1h);

    /// Due at its number in seconds, written 1 ms later, with so many reads of 4 characters each,
    /// the first after `first`, and then one every 20 ms.
    struct Ended
    {
        LoadSample sample;
        ChatOutcome outcome;
        ChunkLog chunks;
    };

    [[nodiscard]] Ended ended(qint64 number, int reads, Nanoseconds first = 100ms) const
    {
        Ended ended;
        ended.outcome.choices.resize(1);
        LoadSample &sample = ended.sample;
        sample.conversation = number;
        sample.began = Moment(number * 1s);
        sample.sent = Moment(number * 1s + 1ms);
        for (int i = 0; i < reads; ++i) {
            const Nanoseconds at = *sample.sent + first + i * 20ms;
            ended.chunks.add(m_origin + at, 1, 4, 0);
            ended.outcome.choices[0].text += u"%1 "_s.arg(i, 3);
            sample.firstToken = sample.firstToken ? sample.firstToken : Moment(at);
            sample.lastToken = Moment(at);
        }
        sample.chunks = reads;
        sample.ended = Moment(*sample.sent + first + reads * 20ms);
        return ended;
    }

    static void keep(AnswerKeeper &keeper, const Ended &ended)
    {
        keeper.add(ended.sample, ended.outcome, ended.chunks);
    }

    [[nodiscard]] static QByteArray fileOf(const LoadAnswers &answers)
    {
        return answers.head() + answers.blocks().join();
    }

    [[nodiscard]] static Result<std::shared_ptr<const LoadAnswers>> read(QByteArray file)
    {
        QBuffer buffer(&file);
        return buffer.open(QIODevice::ReadOnly)
            ? LoadAnswers::from(buffer, u"stage-1.answers"_s)
            : Result<std::shared_ptr<const LoadAnswers>>(nullptr);
    }

    static void compareAll(const LoadAnswers &now, const LoadAnswers &then)
    {
        QCOMPARE(now.keys(), then.keys());
        for (const LoadRequestKey &key : then.keys()) {
            QCOMPARE(now.find(key), then.find(key));
        }
    }

private Q_SLOTS:

    void numbersComeBack()
    {
        QByteArray bytes;
        const QList<qint64> numbers{0, 1, -1, 63, 64, -65, 1'000'000'000,
            std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min()};
        for (const qint64 number : numbers) {
            putNumber(bytes, number);
        }
        qsizetype at = 0;
        for (const qint64 number : numbers) {
            QCOMPARE(takeNumber(bytes, at), std::optional(number));
        }
        QCOMPARE(takeNumber(bytes, at), std::nullopt);
    }

    void anAnswerComesBackAsItCame()
    {
        auto answers = std::make_shared<LoadAnswers>();
        AnswerKeeper keeper(answers, m_origin, {});
        Ended one;
        one.outcome.choices.resize(1);
        ChatChoice &choice = one.outcome.choices[0];
        choice.reasoning = u"Hm, “Löri”?"_s;
        choice.text = u"A lori 🦜 is a parrot.\n"_s;
        choice.toolCalls = {{.id = u"1"_s, .name = u"look"_s, .arguments = u"{\"up\":1}"_s},
            {.id = u"2"_s, .name = u"end"_s, .arguments = u"{}"_s}};
        one.sample.conversation = 7;
        one.sample.turn = 2;
        one.sample.began = Moment(5s);
        one.sample.sent = Moment(5s + 2ms);
        one.sample.chunks = 5;
        one.chunks.add(m_origin + 5s + 152ms, 1, 0, 11);
        // One read that is told in two parts.
        one.chunks.add(m_origin + 5s + 172ms, 1, 9, 0);
        one.chunks.add(m_origin + 5s + 172ms, 2, 4, 0);
        one.chunks.add(m_origin + 8s, 1, 11, 0);
        keep(keeper, one);
        QVERIFY(!answers->find({7, 2})); // not handed over yet
        keeper.settle();
        const LoadAnswer wanted{.text = choice.text,
            .reasoning = choice.reasoning,
            .calls = u"look({\"up\":1})\nend({})"_s,
            .chunks = {{.at = 150ms, .pieces = 1, .reasoning = 11},
                {.at = 170ms, .pieces = 3, .text = 13}, {.at = 2998ms, .pieces = 1, .text = 11}}};
        QCOMPARE(answers->find({7, 2}), std::optional(wanted));
        QVERIFY(!answers->find({7, 0}));
    }

    /// What nothing came of takes no room.
    void nothingIsKeptOfNothing()
    {
        auto answers = std::make_shared<LoadAnswers>();
        AnswerKeeper keeper(answers, m_origin, {});
        Ended failed = ended(0, 0);
        failed.sample.error = ApiError::Kind::RateLimited;
        keep(keeper, failed);
        keeper.settle();
        QCOMPARE(answers->count(), 0);
        QCOMPARE(answers->bytes(), 0);
    }

    /// The first, then those that failed or were slow; all threads together within the bound.
    void theBoundIsKeptTo()
    {
        constexpr qint64 most = 400'000;
        auto answers = std::make_shared<LoadAnswers>(most);
        AnswerKeeper keepers[]{{answers, m_origin, {}}, {answers, m_origin, {}}};
        qint64 kept = 0;
        for (qint64 before = -1; answers->bytes() != before; ++kept) {
            before = answers->bytes();
            keep(keepers[kept % 2], ended(kept, 20));
            keepers[kept % 2].settle();
            QVERIFY(answers->bytes() <= answers->mostOfFirst());
        }
        --kept; // of the last one there was no room
        QVERIFY(kept > 400);
        QCOMPARE(qint64(answers->count()), kept);
        QVERIFY(answers->find({kept - 1, 0}) && !answers->find({kept, 0}));
        QVERIFY(answers->isCrowded());
        // As fast as the others: not among them.
        keep(keepers[0], ended(20'000, 20));
        Ended failed = ended(20'001, 3);
        failed.sample.error = ApiError::Kind::Truncated;
        keep(keepers[0], failed);
        Ended cancelled = ended(20'002, 3);
        cancelled.sample.error = ApiError::Kind::Cancelled;
        keep(keepers[0], cancelled);
        keep(keepers[1], ended(20'003, 20, 3s));
        keep(keepers[1], ended(20'004, 40));
        for (AnswerKeeper &keeper : keepers) {
            keeper.settle();
        }
        QVERIFY(!answers->find({20'000, 0}));
        QCOMPARE(answers->find({20'001, 0})->chunks.size(), 3u);
        QVERIFY(!answers->find({20'002, 0}));
        QVERIFY(answers->find({20'003, 0})); // slow to its first token
        QVERIFY(answers->find({20'004, 0})); // slow to its end
        QCOMPARE(qint64(answers->count()), kept + 3);
        // However many of those there are.
        for (int i = 0; i < 1000; ++i) {
            Ended one = ended(30'000 + i, 20);
            one.sample.error = ApiError::Kind::Truncated;
            keep(keepers[i % 2], one);
        }
        for (AnswerKeeper &keeper : keepers) {
            keeper.settle();
        }
        QVERIFY(answers->bytes() <= most);
        QVERIFY(answers->bytes() > most - 500);
        QVERIFY(qint64(fileOf(*answers).size()) < most);
    }

    void aLongAnswerKeepsItsBeginning()
    {
        auto answers = std::make_shared<LoadAnswers>();
        AnswerKeeper keeper(answers, m_origin, {});
        Ended one = ended(0, 3);
        one.outcome.choices[0].text = QString(LoadAnswers::mostText + 5, u'x');
        one.outcome.choices[0].reasoning = u"short"_s;
        keep(keeper, one);
        Ended reads = ended(1, 1);
        for (int i = 0; i < 200'000; ++i) {
            reads.chunks.add(m_origin + 2s + i * 1ms, 1, 1, 0);
        }
        QVERIFY(reads.chunks.isCut());
        keep(keeper, reads);
        keeper.settle();
        const std::optional<LoadAnswer> answer = answers->find({0, 0});
        QVERIFY(answer->isCut);
        QCOMPARE(answer->text, QString(LoadAnswers::mostText, u'x'));
        QCOMPARE(answer->reasoning, u"short"_s);
        QVERIFY(answers->find({1, 0})->isCut);
        QVERIFY(answers->find({1, 0})->chunks.size() > 20'000);
    }

    void theKeyIsNotKept()
    {
        auto answers = std::make_shared<LoadAnswers>();
        AnswerKeeper keeper(answers, m_origin, Secret(u"canary-123"_s));
        Ended one = ended(0, 3);
        one.outcome.choices[0].text = u"You sent canary-123."_s;
        one.outcome.choices[0].reasoning = u"canary-123, canary-123"_s;
        one.outcome.choices[0].toolCalls
            = {{.id = {}, .name = u"f"_s, .arguments = u"\"canary-123\""_s}};
        keep(keeper, one);
        keeper.settle();
        QCOMPARE(answers->find({0, 0})->text, u"You sent ***."_s);
        QVERIFY(!fileOf(*answers).contains("canary"));
    }

    void aFileComesBack()
    {
        auto answers = std::make_shared<LoadAnswers>(1'000'000);
        AnswerKeeper keeper(answers, m_origin, {});
        for (int i = 0; i < 40; ++i) {
            keep(keeper, ended(i, i + 1));
            if (i % 7 == 0) {
                keeper.settle();
            }
        }
        keeper.settle();
        const QByteArray file = fileOf(*answers);
        const auto again = read(file);
        QVERIFY2(again, again ? "" : qPrintable(again.error().message));
        compareAll(**again, *answers);
        QCOMPARE((*again)->most(), answers->most());
        QCOMPARE((*again)->bytes(), answers->bytes());
        QCOMPARE(fileOf(**again), file);
        // Of one that was cut anywhere all that are whole.
        qsizetype before = 0;
        for (qsizetype size = answers->head().size(); size < file.size(); ++size) {
            const auto torn = read(file.first(size));
            QVERIFY(torn);
            QVERIFY((*torn)->count() == before || (*torn)->count() == before + 1);
            before = (*torn)->count();
            if (before > 0) {
                QCOMPARE((*torn)->find({before - 1, 0}), answers->find({before - 1, 0}));
            }
        }
        QCOMPARE(before, 39);
    }

    void whatIsNoSuchFileSaysSo()
    {
        for (const QByteArray &file :
            {QByteArray(), "lorikeet-answers 2 100\n"_ba, "lorikeet-answers 1 100"_ba,
                "lorikeet-answers 1 x\n"_ba, "conversation,turn\n"_ba}) {
            const auto wrong = read(file);
            QVERIFY2(!wrong, file.constData());
            QCOMPARE(wrong.error().message,
                u"stage-1.answers holds no answers that this version can read."_s);
        }
    }

    /// Whatever stands there, it is read to its end or refused.
    void damagedFilesAreReadAsFarAsTheyGo()
    {
        auto answers = std::make_shared<LoadAnswers>();
        AnswerKeeper keeper(answers, m_origin, {});
        for (int i = 0; i < 10; ++i) {
            keep(keeper, ended(i, 5));
        }
        keeper.settle();
        const QByteArray whole = fileOf(*answers);
        QRandomGenerator random(11);
        for (int i = 0; i < 3000; ++i) {
            QByteArray file = whole;
            for (int k = 0; k < 4; ++k) {
                file[random.bounded(int(file.size()))] = char(random.bounded(256));
            }
            if (const auto damaged = read(file)) {
                for (const LoadRequestKey &key : (*damaged)->keys()) {
                    static_cast<void>((*damaged)->find(key));
                }
                static_cast<void>(toJsonLines(**damaged));
            }
        }
    }

    void theyAreToldAsJsonLines()
    {
        auto answers = std::make_shared<LoadAnswers>();
        AnswerKeeper keeper(answers, m_origin, {});
        keep(keeper, ended(3, 2));
        keep(keeper, ended(1, 1));
        keeper.settle();
        const QByteArrayList lines = toJsonLines(*answers).split('\n');
        QCOMPARE(lines.size(), 3);
        const QJsonDocument first = QJsonDocument::fromJson(lines[0]);
        QCOMPARE(first[u"conversation"_s].toInt(), 3);
        QCOMPARE(first[u"text"_s].toString(), u"  0   1 "_s);
        QCOMPARE(first[u"read_ns"_s].toArray(), (QJsonArray{100'000'000, 120'000'000}));
        QCOMPARE(first[u"pieces"_s].toArray(), (QJsonArray{1, 1}));
        QCOMPARE(first[u"characters"_s].toArray(), (QJsonArray{4, 4}));
        QCOMPARE(QJsonDocument::fromJson(lines[1])[u"conversation"_s].toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(TestLoadAnswers)
#include "tst_loadanswers.moc"
