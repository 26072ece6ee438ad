// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sampleanswers.h"
#include "text/markdownparser.h"
#include "timeline/timelinemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QList<RowKind> kinds(const TimelineModel &model)
{
    QList<RowKind> result;
    for (int row = 0; row < model.rowCount(); ++row) {
        result.append(model.row(row).kind);
    }
    return result;
}

TimelineEntry streaming()
{
    TimelineEntry entry = SampleAnswers::answer({});
    entry.node.state = ChatNode::State::Streaming;
    entry.node.metrics = {};
    return entry;
}

TimelineEntry completed(TimelineEntry entry, const QString &text)
{
    entry.node.state = ChatNode::State::Complete;
    entry.node.message.content = text;
    return entry;
}

} // namespace

class TestTimelineModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void rowsOfEachKindOfMessage()
    {
        TimelineModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        TimelineEntry answer = SampleAnswers::answer(u"Text\n\n```\ncode\n```"_s);
        answer.node.message.reasoning = u"hm"_s;
        answer.node.state = ChatNode::State::Failed;
        answer.node.error = ApiError{.message = u"It broke."_s};
        model.setPath({SampleAnswers::prompt(u"Why?"_s), answer});
        using enum RowKind;
        QCOMPARE(kinds(model),
            QList<RowKind>({User, Footer, Header, Reasoning, Prose, Code, Error, Footer}));
        QCOMPARE(model.rowText(4), u"Text"_s);
        QCOMPARE(model.rowSource(5), u"```\ncode\n```"_s);
        QVERIFY(!model.isSelectable(3));
        model.setState(3, {.expanded = true});
        QVERIFY(model.isSelectable(3));
    }

    void anAnswerStreamsIntoBlocks()
    {
        TimelineModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const TimelineEntry entry = streaming();
        model.setPath({SampleAnswers::prompt(u"Hi"_s), entry});
        using enum RowKind;
        QCOMPARE(kinds(model), QList<RowKind>({User, Footer, Header, Waiting}));
        const QString text = SampleAnswers::everything();
        for (qsizetype at = 0; at < text.size(); at += 7) {
            model.appendText(entry.node.id, text.mid(at, 7), {});
            if (at % 70 == 0) {
                QTest::qWait(1);
            }
        }
        QSignalSpy finished(&model, &TimelineModel::answerFinished);
        model.updateEntry(completed(entry, text));
        QCOMPARE(finished.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), 60'000);
        QCOMPARE(model.message(1).blocks, MarkdownParser::parse(text));
        QCOMPARE(kinds(model).last(), Footer);
        QVERIFY(!kinds(model).contains(Waiting));
    }

    void closedBlocksAreNotToldToHaveChanged()
    {
        TimelineModel model;
        const TimelineEntry entry = streaming();
        model.setPath({entry});
        model.appendText(entry.node.id, u"First.\n\nSecond.\n\nThi"_s, {});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 4, 60'000);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.appendText(entry.node.id, u"rd grows"_s, {});
        QTRY_VERIFY_WITH_TIMEOUT(model.rowText(3) == u"Third grows", 60'000);
        for (const QList<QVariant> &signal : std::as_const(changed)) {
            QCOMPARE_GE(signal.at(0).toModelIndex().row(), 3);
        }
    }

    void theRowThatIsNoLongerTheLastIsTold()
    {
        // It shows where the answer is being written.
        TimelineModel model;
        const TimelineEntry entry = streaming();
        model.setPath({entry});
        model.appendText(entry.node.id, u"First."_s, {});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), 60'000);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.appendText(entry.node.id, u"\n\nSecond"_s, {});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), 60'000);
        const auto told = [&changed](int row) {
            return std::ranges::any_of(changed, [row](const QList<QVariant> &signal) {
                return signal.at(0).toModelIndex().row() <= row
                    && row <= signal.at(1).toModelIndex().row();
            });
        };
        QVERIFY(told(1));
        QVERIFY(told(2));
    }

    void reasoningAppearsWhileItArrives()
    {
        TimelineModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const TimelineEntry entry = streaming();
        model.setPath({entry});
        model.appendText(entry.node.id, {}, u"Let me "_s);
        QTRY_COMPARE_WITH_TIMEOUT(model.row(1).kind, RowKind::Reasoning, 60'000);
        model.appendText(entry.node.id, {}, u"think"_s);
        QCOMPARE(model.message(0).entry.node.message.reasoning, u"Let me think"_s);
    }

    void aStoppedAnswerCanBeContinued()
    {
        TimelineModel model;
        TimelineEntry entry = SampleAnswers::answer(u"One **two"_s);
        entry.node.state = ChatNode::State::Stopped;
        model.setPath({entry});
        QVERIFY(kinds(model).contains(RowKind::Notice));
        entry.node.state = ChatNode::State::Streaming;
        model.updateEntry(entry);
        model.appendText(entry.node.id, u" three** four"_s, {});
        model.updateEntry(completed(entry, u"One **two three** four"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), 60'000);
        QCOMPARE(model.message(0).blocks, MarkdownParser::parse(u"One **two three** four"));
        QVERIFY(!kinds(model).contains(RowKind::Notice));
    }

    void anotherVersionReplacesWhatFollows()
    {
        TimelineModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const TimelineEntry question = SampleAnswers::prompt(u"Q"_s);
        model.setPath({question, SampleAnswers::answer(u"A\n\nB\n\nC"_s)});
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.setPath({question, SampleAnswers::answer(u"D"_s)});
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().at(1).toInt(), 2); // the question stays
        QCOMPARE(model.rowText(3), u"D"_s);
        model.setPath({});
        QCOMPARE(model.rowCount(), 0);
    }

    void aLongSessionIsParsedBehind()
    {
        TimelineModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QList<TimelineEntry> path = SampleAnswers::session(120);
        model.setPath(path);
        QCOMPARE(model.messageCount(), 120);
        QVERIFY(model.message(119).parsed);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), 120'000);
        for (int i = 0; i < path.size(); ++i) {
            if (path[i].node.isAnswer()) {
                QCOMPARE(
                    model.message(i).blocks, MarkdownParser::parse(path[i].node.message.content));
            }
        }
        QVERIFY(!kinds(model).contains(RowKind::Pending));
    }

    void nothingIsLostWhenTheModelGoesWhileParsing()
    {
        auto model = std::make_unique<TimelineModel>();
        const TimelineEntry entry = streaming();
        QList<TimelineEntry> path = SampleAnswers::session(40);
        path.append(entry);
        model->setPath(path);
        model->appendText(entry.node.id, u"text"_s, {});
        QTest::qWait(40);
        model.reset(); // must neither crash nor wait for long
    }
};

QTEST_MAIN(TestTimelineModel)
#include "tst_timelinemodel.moc"
