// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answerdetails.h"
#include "timeline/metricsline.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What is said about an answer besides its text.
class TestAnswerDetails final : public QObject
{
    Q_OBJECT

    static ChatNode failed(const QString &param, const QString &code)
    {
        ChatNode node;
        node.message.role = Role::Assistant;
        node.state = ChatNode::State::Failed;
        node.error = ApiError{.kind = ApiError::Kind::BadRequest,
            .message = u"Refused."_s,
            .httpStatus = 400,
            .code = code,
            .param = param};
        node.origin.provider = u"openai"_s;
        node.origin.setup.parameters = {{u"max_tokens"_s, 100}};
        return node;
    }

private Q_SLOTS:

    void aRemedyIsThatOfTheDialectItWasAskedIn()
    {
        ChatNode node = failed(u"max_tokens"_s, u"unsupported_parameter"_s);
        const std::optional<Remedy> remedy = remedyFor(node);
        QVERIFY(remedy);
        QCOMPARE(remedy->replacement, u"max_completion_tokens"_s);
        node.origin.provider = u"lorax"_s;
        QVERIFY(!remedyFor(node));
        node.origin.provider = u"gone"_s;
        QVERIFY(!remedyFor(node));
        node.error.reset();
        QVERIFY(!remedyFor(node));
    }

    void anotherErrorHasNone() { QVERIFY(!remedyFor(failed(u"model"_s, u"model_not_found"_s))); }

    /// How many there are, and all of them in the tooltip.
    void notesStandBesideTheNumbers()
    {
        ChatNode node;
        node.message.role = Role::Assistant;
        node.finish = {FinishReason::Kind::Stop, u"stop"_s};
        QCOMPARE(MetricsLine::of(node).size(), 1);
        node.notes = {u"One."_s, u"Two."_s};
        const auto line = MetricsLine::of(node);
        QCOMPARE(line.size(), 2);
        QCOMPARE(line.constLast().value, u"2"_s);
        QVERIFY(line.constLast().definition.contains(u"One."_s)
            && line.constLast().definition.contains(u"Two."_s));
        QCOMPARE(line.constLast().tone, DocumentBuilder::Metric::Tone::Warning);
    }

    /// What was asked with examples says so, and whose they were.
    void examplesStandBesideTheNumbers()
    {
        ChatNode node;
        node.message.role = Role::Assistant;
        node.finish = {FinishReason::Kind::Stop, u"stop"_s};
        node.origin.setup.examples = {.turns
            = {{.role = Role::User, .text = u"a"_s}, {.role = Role::Assistant, .text = u"b"_s}},
            .source = u"Sort"_s,
            .version = 3};
        const auto line = MetricsLine::of(node);
        QCOMPARE(line.size(), 2);
        QCOMPARE(line.constLast().value, u"2"_s);
        QVERIFY2(line.constLast().definition.contains(u"from “Sort”, version 3"_s),
            qPrintable(line.constLast().definition));
    }
};

QTEST_GUILESS_MAIN(TestAnswerDetails)
#include "tst_answerdetails.moc"
