// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/structuredrun.h"

#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "structuredfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Again = StructuredOptions::Again;
using End = StructuredResult::End;

} // namespace

/// Asking until an answer keeps to its schema.
class TestStructuredRun final : public QObject
{
    Q_OBJECT

    CurlAccessManager m_manager;
    ApiClient m_client{m_manager};
    std::unique_ptr<ScriptedServer> m_server;
    QList<SchemaViolation> m_violations; ///< told while answers came

    [[nodiscard]] Target target() const { return vllmAt(*m_server); }

    StructuredResult run(const StructuredOptions &options, const ChatRequest &request = question())
    {
        StructuredRun run(m_client, target(), request, personSchema(), options);
        m_violations.clear();
        connect(&run, &StructuredRun::violated, this,
            [this](int, const SchemaViolation &violation) { m_violations.append(violation); });
        QSignalSpy attempts(&run, &StructuredRun::attemptFinished);
        QSignalSpy finished(&run, &StructuredRun::finished);
        run.start();
        if (!finished.wait(longWait)) {
            return {};
        }
        const auto result = finished.constFirst().constFirst().value<StructuredResult>();
        return attempts.size() == result.attempts.size() ? result : StructuredResult();
    }

    [[nodiscard]] QJsonObject sent(qsizetype request) const
    {
        return QJsonDocument::fromJson(m_server->requests().at(request).body).object();
    }

private Q_SLOTS:

    void init() { m_server = std::make_unique<ScriptedServer>(); }

    void theFirstAnswerWillDo()
    {
        m_server->enqueue(answer(good));
        const StructuredResult result = run({});
        QCOMPARE(result.end, End::Valid);
        QVERIFY(!result.error);
        QCOMPARE(result.attempts.size(), 1);
        QCOMPARE(
            compactJson(result.attempts.constFirst().check.json->value), QString::fromUtf8(good));
        QVERIFY(m_violations.isEmpty());
        QCOMPARE(sent(0)[u"response_format"_s][u"type"_s].toString(), u"json_schema"_s);
    }

    void theErrorsGoBack()
    {
        m_server->enqueue(answer(bad));
        m_server->enqueue(answer("{\"age\":1}"));
        m_server->enqueue(answer(good));
        const StructuredResult result = run({});
        QCOMPARE(result.end, End::Valid);
        QCOMPARE(result.attempts.size(), 3);
        QCOMPARE(result.attempts[0].check.violations.constFirst().instancePath, u"/age"_s);
        // The last wrong answer and its faults, not those before.
        const QJsonArray messages = sent(2)[u"messages"_s].toArray();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages[1][u"role"_s].toString(), u"assistant"_s);
        QCOMPARE(messages[1][u"content"_s].toString(), u"{\"age\":1}"_s);
        QVERIFY(messages[2][u"content"_s].toString().contains(u"lacks “name”"_s));
        QVERIFY(sent(2).contains(u"response_format"_s));
        // Each is told of as soon as it is certain.
        QCOMPARE(m_violations.size(), 2);
        QCOMPARE(m_violations[0].keyword, u"type"_s);
    }

    void plainlyIsTheSameWithTheNextSeed()
    {
        m_server->setDefault(answer(bad));
        const StructuredResult result
            = run({.maxAttempts = 3, .again = Again::Plainly}, question({{u"seed"_s, 5}}));
        QCOMPARE(result.end, End::Invalid);
        QCOMPARE(m_server->requests().size(), 3);
        for (qsizetype i = 0; i < 3; ++i) {
            QCOMPARE(sent(i)[u"seed"_s].toInt(), 5 + int(i));
            QCOMPARE(sent(i)[u"messages"_s].toArray().size(), 1);
        }
    }

    void hotterIsHotter()
    {
        m_server->setDefault(answer(bad));
        const StructuredResult result
            = run({.maxAttempts = 3, .again = Again::Hotter, .heat = 0.25},
                question({{u"temperature"_s, 0.25}}));
        QCOMPARE(result.end, End::Invalid);
        QCOMPARE(sent(0)[u"temperature"_s].toDouble(), 0.25);
        QCOMPARE(sent(1)[u"temperature"_s].toDouble(), 0.5);
        QCOMPARE(sent(2)[u"temperature"_s].toDouble(), 0.75);
    }

    void noneKeepsToIt()
    {
        m_server->setDefault(answer(bad));
        const StructuredResult result = run({.maxAttempts = 2});
        QCOMPARE(result.end, End::Invalid);
        QCOMPARE(result.attempts.size(), 2);
        QVERIFY(result.error);
        QCOMPARE(result.error->message,
            u"None of 2 answers keeps to the schema; of the last, /age must be an integer, and is "
            u"a "
            "string."_s);
    }

    void anAnswerThatWasCutSaysSo()
    {
        m_server->setDefault(answer("{\"name\":\"A", "length"));
        const StructuredResult result = run({.maxAttempts = 1});
        QCOMPARE(result.end, End::Invalid);
        QVERIFY2(result.error->message.contains(u"limit of tokens"_s),
            qPrintable(result.error->message));
        QCOMPARE(result.attempts.constFirst().check.violations.constFirst().keyword, u"json"_s);
    }

    void wordsAroundIt()
    {
        m_server->setDefault(answer("Sure:\n```json\n" + good + "\n```"));
        QCOMPARE(run({.maxAttempts = 1}).end, End::Invalid);
        QCOMPARE(run({.maxAttempts = 1, .isEmbeddingFine = true}).end, End::Valid);
    }

    /// What is wrong whatever follows is not awaited.
    void aHopelessAnswerIsStopped()
    {
        m_server->enqueue(Script::chunked(200, "text/event-stream"_ba)
                .chunk(deltaOf("{\"age\":\"3"))
                .hold()
                .close());
        m_server->enqueue(answer(good));
        const StructuredResult result
            = run({.maxAttempts = 2, .again = Again::Plainly, .stopEarly = true});
        QCOMPARE(result.end, End::Valid);
        QCOMPARE(result.attempts.size(), 2);
        QVERIFY(result.attempts[0].wasStoppedEarly);
        QCOMPARE(result.attempts[0].answer, u"{\"age\":\"3"_s);
        QCOMPARE(m_server->requests().size(), 2);
    }

    /// A request that fails is not asked again: that is what retries are for.
    void aFailureEndsIt()
    {
        m_server->enqueue(answer(bad));
        m_server->enqueue(
            Script::reply(503, "application/json", "{\"error\":{\"message\":\"busy\"}}"));
        const StructuredResult result = run({.maxAttempts = 5});
        QCOMPARE(result.end, End::Failed);
        QCOMPARE(result.error->kind, ApiError::Kind::Unavailable);
        QCOMPARE(result.attempts.size(), 2);
        QCOMPARE(m_server->requests().size(), 2);
    }

    void itCanBeStopped()
    {
        m_server->setDefault(Script().hold().close());
        StructuredRun run(m_client, target(), question(), personSchema(), {});
        QSignalSpy finished(&run, &StructuredRun::finished);
        run.start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        run.stop();
        QVERIFY(finished.wait(longWait));
        const auto result = finished.constFirst().constFirst().value<StructuredResult>();
        QCOMPARE(result.end, End::Failed);
        QCOMPARE(result.error->kind, ApiError::Kind::Cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void deletedItSaysNothing()
    {
        m_server->setDefault(Script().hold().close());
        auto run = std::make_unique<StructuredRun>(
            m_client, target(), question(), personSchema(), StructuredOptions());
        QSignalSpy finished(run.get(), &StructuredRun::finished);
        run->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        run.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
        QVERIFY(finished.isEmpty());
    }

    void mistakesAreNotSent()
    {
        QCOMPARE(run({.maxAttempts = 0}).error->kind, ApiError::Kind::InvalidRequest);
        const StructuredResult taken = run({}, question({{u"response_format"_s, QJsonObject()}}));
        QCOMPARE(taken.error->kind, ApiError::Kind::InvalidRequest);
        QVERIFY(m_server->requests().isEmpty());
    }

    void asATool()
    {
        const auto call = [](const QByteArray &arguments) {
            return Script::chunked(200, "text/event-stream"_ba)
                .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                       "\"id\":\"c\",\"function\":{\"name\":\"answer\",\"arguments\":"
                    + quoted(arguments) + "}}]}}]}\n\n")
                .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
                       "\"tool_calls\"}]}\n\ndata: [DONE]\n\n"_ba)
                .lastChunk();
        };
        m_server->enqueue(call(bad));
        m_server->enqueue(call(good));
        const StructuredResult result = run({.again = Again::Plainly,
            .carrying = {.way = SchemaCarrying::Way::Tool, .mayNarrow = true, .name = {}}});
        QCOMPARE(result.end, End::Valid);
        QCOMPARE(result.attempts.size(), 2);
        QCOMPARE(m_violations.size(), 1);
        QCOMPARE(sent(0)[u"tools"_s][0][u"function"_s][u"name"_s].toString(), u"answer"_s);
    }
};

QTEST_GUILESS_MAIN(TestStructuredRun)
#include "tst_structuredrun.moc"
