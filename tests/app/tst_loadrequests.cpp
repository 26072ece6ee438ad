// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadrequestdetail.h"
#include "load/loadrequests.h"
#include "load/loadtokenlane.h"
#include "translations.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QKeyEvent>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Requests are filtered and sorted while more of them come, and each is told in full.
class TestLoadRequests : public QObject
{
    Q_OBJECT

    /// Due at so many milliseconds, with a first token after so many more.
    static LoadSample sample(qint64 number, int due, int firstToken)
    {
        LoadSample sample;
        sample.conversation = number;
        sample.planned = Moment(Milliseconds(due));
        sample.began = Moment(Milliseconds(due) + 1ms);
        sample.sent = Moment(Milliseconds(due) + 2ms);
        sample.firstByte = Moment(Milliseconds(due + firstToken) + 1ms);
        sample.firstToken = Moment(Milliseconds(due + firstToken) + 2ms);
        sample.firstVisible = sample.firstToken;
        sample.lastToken = Moment(Milliseconds(due + firstToken) + 102ms);
        sample.ended = Moment(Milliseconds(due + firstToken) + 103ms);
        sample.chunks = 11;
        sample.outputTokens = 11;
        sample.httpStatus = 200;
        sample.connectionReused = true;
        return sample;
    }

    static LoadSample failed(qint64 number, int due)
    {
        LoadSample failed = sample(number, due, 5);
        failed.firstToken = {};
        failed.firstVisible = {};
        failed.lastToken = {};
        failed.error = ApiError::Kind::RateLimited;
        failed.httpStatus = 429;
        return failed;
    }

    /// Four reads of the sample's request: reasoning, two of the answer, and one after a stall.
    static std::shared_ptr<LoadAnswers> answered(const LoadSample &of)
    {
        ChunkLog chunks;
        const TimePoint sent = TimePoint(*of.sent);
        const Nanoseconds first = *of.timeToFirstToken();
        chunks.add(sent + first, 1, 0, 2);
        chunks.add(sent + first + 10ms, 2, 4, 0);
        chunks.add(sent + first + 20ms, 1, 2, 0);
        chunks.add(sent + first + 100ms, 1, 1, 0);
        auto answers = std::make_shared<LoadAnswers>(1'000'000);
        const QByteArray block = packed({of.conversation, of.turn},
            {.text = u"A lori\n"_s, .reasoning = u"Hm"_s, .calls = {}, .chunks = {}},
            chunks.packed(sent));
        answers->add(block);
        return answers;
    }

    static void press(QQuickItem &item, int key, Qt::KeyboardModifiers modifiers = {})
    {
        QKeyEvent event(QEvent::KeyPress, key, modifiers);
        QCoreApplication::sendEvent(&item, &event);
    }

    static QStringList numbers(const LoadRequests &requests)
    {
        QStringList numbers;
        for (int row = 0; row < requests.count(); ++row) {
            numbers.append(requests.data(requests.index(row), LoadRequests::NumberRole).toString());
        }
        return numbers;
    }

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void theyStayInOrderWhileMoreCome()
    {
        LoadRequests requests(nullptr);
        const QAbstractItemModelTester tester(&requests);
        requests.begin({}, {});
        requests.append({sample(0, 0, 30), sample(1, 10, 90)});
        QCOMPARE(numbers(requests), (QStringList{u"1"_s, u"2"_s}));
        requests.sortBy(LoadRequests::ByFirstToken);
        QVERIFY(requests.isDescending());
        QCOMPARE(numbers(requests), (QStringList{u"2"_s, u"1"_s}));
        requests.append({sample(2, 20, 60), failed(3, 30)});
        // What has no such time is last.
        QTRY_COMPARE(numbers(requests), (QStringList{u"2"_s, u"3"_s, u"1"_s, u"4"_s}));
        requests.sortBy(LoadRequests::ByFirstToken);
        QCOMPARE(numbers(requests), (QStringList{u"1"_s, u"3"_s, u"2"_s, u"4"_s}));
        QCOMPARE(requests.rowOf(1), 2);
    }

    void theyAreFiltered()
    {
        LoadRequests requests(nullptr);
        const QAbstractItemModelTester tester(&requests);
        requests.begin({u"a"_s, u"b"_s},
            serviceObjectiveFrom(u"ttft_p95=50ms"_s).value_or(ServiceObjective()));
        LoadSample other = sample(1, 10, 90);
        other.choice = 1;
        LoadSample cancelled = sample(4, 50, 10);
        cancelled.error = ApiError::Kind::Cancelled;
        requests.append({sample(0, 0, 30), other, failed(2, 20), cancelled});
        requests.setFilter(LoadRequests::OnlyFailed);
        QCOMPARE(numbers(requests), QStringList{u"3"_s});
        QCOMPARE(requests.all(), 4);
        requests.setFilter(LoadRequests::OverLimits);
        QCOMPARE(numbers(requests), (QStringList{u"2"_s, u"3"_s}));
        requests.append({sample(5, 60, 20), sample(6, 70, 80)});
        QCOMPARE(numbers(requests), (QStringList{u"2"_s, u"3"_s, u"7"_s}));
        requests.setFilter(LoadRequests::All);
        requests.setChoice(1);
        QCOMPARE(numbers(requests), QStringList{u"2"_s});
    }

    void aMillionAreAtHand()
    {
        LoadSamples samples;
        samples.reserve(1'000'000);
        for (int i = 0; i < 1'000'000; ++i) {
            samples.push_back(sample(i, i, 10 + (i * 7919) % 1000));
        }
        LoadRequests requests(nullptr);
        requests.begin({}, {});
        const SharedSamples shared(std::move(samples));
        requests.show(shared);
        // Shared, and not one by one.
        QCOMPARE(&requests.samples(), &static_cast<const LoadSamples &>(shared));
        QCOMPARE(requests.count(), 1'000'000);
        requests.sortBy(LoadRequests::ByFirstToken);
        QCOMPARE(requests.data(requests.index(0), LoadRequests::FirstTokenRole), u"1.0 s"_s);
    }

    void aRequestsTimeIsTakenApart()
    {
        LoadSample slow = sample(6, 100, 400);
        slow.connectionReused = false;
        slow.lookup = Moment(102ms);
        slow.connected = Moment(105ms);
        slow.secured = Moment(120ms);
        slow.sent = Moment(121ms);
        slow.firstVisible = Moment(*slow.firstToken + 50ms);
        const LoadRequestDetail detail = detailOf(slow, u"support-v4"_s);
        QCOMPARE(detail.title, u"Request 7"_s);
        QStringList names;
        double passed = 0;
        for (const LoadPhase &phase : detail.phases) {
            names.append(phase.name);
            QVERIFY(qAbs(phase.from - passed) < 1e-9);
            passed += phase.length;
        }
        QVERIFY(qAbs(passed - 1) < 1e-9);
        QCOMPARE(names,
            (QStringList{u"waited to be sent"_s, u"lookup"_s, u"connect"_s, u"TLS"_s, u"send"_s,
                u"wait for the first byte"_s, u"wait for the first token"_s, u"reasoning"_s,
                u"answer"_s, u"end"_s}));
        QCOMPARE(detail.phases[3].text, u"15 ms"_s);
        const LoadRequestDetail refused = detailOf(failed(1, 0), {});
        QCOMPARE(refused.outcome, u"429 rate limited"_s);
        QCOMPARE(refused.state, int(LoadRequests::Failed));
    }

    /// What was shared with others is theirs: what more comes is here alone.
    void whatMoreComesIsNotTheOthers()
    {
        LoadRequests requests(nullptr);
        const QAbstractItemModelTester tester(&requests);
        requests.begin({}, {});
        requests.append({sample(0, 0, 30), sample(1, 10, 90)});
        const SharedSamples all(LoadSamples{sample(0, 0, 30), sample(1, 10, 90)});
        requests.share(all);
        QCOMPARE(&requests.samples(), &static_cast<const LoadSamples &>(all));
        QCOMPARE(requests.count(), 2);
        requests.append({sample(2, 20, 60)});
        QCOMPARE(requests.all(), 3);
        QCOMPARE(all.size(), 2u);
    }

    void anAnswerIsToldWithItsReads()
    {
        const LoadSample slow = sample(6, 100, 400);
        const auto answers = answered(slow);
        LoadRequestDetail detail = detailOf(slow, {});
        addAnswer(detail, slow, answers.get(), 50ms);
        QCOMPARE(detail.answer, u"A lori\n"_s);
        QCOMPARE(detail.reasoning, u"Hm"_s);
        QCOMPARE(detail.answerNote, QString());
        const LoadTokenTrack &track = detail.tokens;
        QCOMPARE(track.count(), 4);
        QCOMPARE(track.stalls(), 1);
        QVERIFY(track.hasReasoning() && track.hasText());
        QCOMPARE(track.stallText, u"50 ms"_s);
        // On the axis of the phases: the first read ends the wait for it, the last the answer.
        const auto ends = [&detail](const QString &name) {
            const auto phase = std::ranges::find(detail.phases, name, &LoadPhase::name);
            return phase->from + phase->length;
        };
        QVERIFY(qAbs(track.marks[0].at - ends(u"wait for the first token"_s)) < 1e-9);
        QVERIFY(qAbs(track.marks[3].at - ends(u"answer"_s)) < 1e-9);
        QCOMPARE(track.pieceOf(0), u"Hm"_s);
        QCOMPARE(track.pieceOf(1), u"A lo"_s);
        QCOMPARE(track.pieceOf(2), u"ri"_s);
        QCOMPARE(track.pieceOf(3), u"⏎"_s);
        QCOMPARE(track.nearest(0), 0);
        QCOMPARE(track.nearest(1), 3);
        QCOMPARE(track.nearest(track.marks[1].at + 1e-6), 1);
        QCOMPARE(track.stallBeside(-1, 1), 3);
        QCOMPARE(track.stallBeside(3, -1), -1);
    }

    void anAnswerThatIsNotThereSaysWhy()
    {
        const LoadSample slow = sample(6, 100, 400);
        const auto noteOf = [](const LoadSample &of, const LoadAnswers *kept) {
            LoadRequestDetail detail;
            addAnswer(detail, of, kept, 1s);
            return detail.answerNote;
        };
        QCOMPARE(noteOf(slow, nullptr), u"What was answered is not kept of this run."_s);
        LoadAnswers answers;
        QCOMPARE(noteOf(slow, &answers),
            u"Its answer is missing: the program ended before it was written."_s);
        LoadAnswers full;
        QVERIFY(full.take(full.mostOfFirst(), full.most()));
        QCOMPARE(noteOf(slow, &full),
            u"Its answer is not kept: of this run the first 48 MiB of answers are, and after these "
            "those that failed or were slow, up to 64 MiB in all."_s);
        LoadSample refused = failed(1, 0);
        refused.chunks = 0;
        QCOMPARE(noteOf(refused, &answers), u"Nothing of an answer came."_s);
        LoadSample unsent;
        QCOMPARE(noteOf(unsent, &answers), u"It was never sent, so nothing was answered."_s);
        LoadSample vectors = slow;
        vectors.items = 8;
        QCOMPARE(noteOf(vectors, nullptr), u"Vectors and scores are not kept."_s);
    }

    void theReadsAreWalkedByKeys()
    {
        const LoadSample slow = sample(6, 100, 400);
        LoadRequestDetail detail = detailOf(slow, {});
        addAnswer(detail, slow, answered(slow).get(), 50ms);
        LoadTokenLane lane;
        lane.setSize({300, 30});
        lane.setTrack(detail.tokens);
        QCOMPARE(lane.current(), -1);
        QVERIFY(lane.currentX() < 0);
        press(lane, Qt::Key_Right);
        QCOMPARE(lane.currentText(),
            u"Read 1 of 4 · 400 ms after it was sent · 1 piece · 2 characters · reasoning"_s);
        QCOMPARE(lane.currentPiece(), u"Hm"_s);
        press(lane, Qt::Key_Right);
        QCOMPARE(lane.currentText(),
            u"Read 2 of 4 · 410 ms after it was sent · gap 10 ms · 2 pieces · 4 characters"_s);
        QVERIFY(qAbs(lane.currentX() - detail.tokens.marks[1].at * 300) < 1e-6);
        press(lane, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY2(lane.currentText().contains(u"stall of 80 ms"_s), qPrintable(lane.currentText()));
        press(lane, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(lane.current(), 0);
        press(lane, Qt::Key_End);
        QCOMPARE(lane.current(), 3);
        press(lane, Qt::Key_Escape);
        QCOMPARE(lane.current(), -1);
        // What another request has is not told of this one.
        press(lane, Qt::Key_Home);
        lane.setTrack({});
        QCOMPARE(lane.currentText(), QString());
    }

    /// Each read is where its time is; the answer's from below, the reasoning's from above, a stall
    /// between.
    void theReadsAreDrawnWhereTheyCame()
    {
        const LoadSample slow = sample(6, 100, 400);
        LoadRequestDetail detail = detailOf(slow, {});
        addAnswer(detail, slow, answered(slow).get(), 50ms);
        LoadTokenLane lane;
        lane.setSize({1000, 30});
        lane.setTrack(detail.tokens);
        lane.setAnswerColour(Qt::blue);
        lane.setReasoningColour(Qt::magenta);
        lane.setStallColour(Qt::red);
        QImage picture(1000, 30, QImage::Format_RGB32);
        picture.fill(Qt::white);
        QPainter painter(&picture);
        lane.paint(&painter);
        painter.end();
        const auto xOf = [&detail](int mark) { return int(detail.tokens.marks[mark].at * 1000); };
        QCOMPARE(picture.pixelColor(xOf(0), 0), QColor(Qt::magenta));
        QCOMPARE(picture.pixelColor(xOf(0), 29), QColor(Qt::white));
        for (const int mark : {1, 2, 3}) {
            QCOMPARE(picture.pixelColor(xOf(mark), 29), QColor(Qt::blue));
        }
        // Two pieces at once are higher than one.
        QCOMPARE(picture.pixelColor(xOf(1), 0), QColor(Qt::blue));
        QCOMPARE(picture.pixelColor(xOf(2), 0), QColor(Qt::white));
        QCOMPARE(picture.pixelColor((xOf(2) + xOf(3)) / 2, 15), QColor(Qt::red));
        QCOMPARE(picture.pixelColor((xOf(1) + xOf(2)) / 2, 15), QColor(Qt::white));
        QCOMPARE(picture.pixelColor(xOf(0) / 2, 15), QColor(Qt::white));
    }
};

QTEST_MAIN(TestLoadRequests)

#include "tst_loadrequests.moc"
