// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/curlaccessmanager.h"
#include "llamaserver.h"
#include "schema/structuredrun.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// Nothing a model without sense would write by itself, and soon at its end.
const QByteArray ticket
    = "{\"type\":\"object\",\"properties\":{\"urgent\":{\"type\":\"boolean\"},"
      "\"area\":{\"enum\":[\"billing\",\"login\",\"other\"]},"
      "\"parts\":{\"type\":\"array\",\"items\":{\"enum\":[1,2]},\"minItems\":2,\"maxItems\":2}},"
      "\"required\":[\"urgent\",\"area\",\"parts\"],\"additionalProperties\":false}";

} // namespace

/// Answers of a real server that are held to a schema.
class TestLlamaStructured final : public QObject
{
    Q_OBJECT

    LlamaServer m_tiny;
    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    [[nodiscard]] Target target(const QString &provider) const
    {
        Target target = m_tiny.target();
        target.endpoint.provider = provider;
        target.endpoint.server = u"llama.cpp"_s;
        return target;
    }

    StructuredResult result(
        const QString &provider, const QByteArray &schema, QStringList *notes = nullptr)
    {
        ChatRequest request;
        request.messages = {Message{.role = Role::User, .content = u"I cannot log in."_s}};
        const bool isOpenAi = provider == u"openai"_s;
        request.parameters = {{isOpenAi ? u"max_tokens"_s : u"n_predict"_s, 200}, {u"seed"_s, 7}};
        StructuredRun run(*m_client, target(provider), request,
            JsonSchema::from(schema, JsonSchema::Options()).value(),
            {.maxAttempts = 1, .carrying = {}});
        if (notes) {
            *notes = run.notes();
        }
        QSignalSpy finished(&run, &StructuredRun::finished);
        run.start();
        if (!finished.wait(60'000)) {
            return {};
        }
        return finished.constFirst().constFirst().value<StructuredResult>();
    }

private Q_SLOTS:

    void initTestCase()
    {
        if (!LlamaServer::isPrepared()) {
            // Exit code 77 is what ctest counts as skipped; see CMakeLists.txt.
            fputs("No llama-server: run tests/integration/llama-server prepare\n", stderr);
            std::exit(77);
        }
        QCOMPARE(m_tiny.start(LlamaServer::Model::Tiny), QByteArray());
        m_manager = std::make_unique<CurlAccessManager>();
        m_client = std::make_unique<ApiClient>(*m_manager);
    }

    void cleanupTestCase()
    {
        m_client.reset();
        m_manager.reset();
    }

    void whatIsGeneratedKeepsToTheSchema_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::newRow("/v1/chat/completions") << u"openai"_s;
        QTest::newRow("/completion") << u"llamacpp"_s;
    }

    void whatIsGeneratedKeepsToTheSchema()
    {
        QFETCH(const QString, provider);
        QStringList notes;
        const StructuredResult asked = result(provider, ticket, &notes);
        QVERIFY2(asked.end == StructuredResult::End::Valid,
            qPrintable(asked.error ? asked.error->message : u"no end"_s));
        QVERIFY2(notes.isEmpty(), qPrintable(notes.join(u'\n')));
        // In the order in which the schema has them, which is not that of the alphabet.
        QCOMPARE(asked.attempts.constLast().check.json->value.keys,
            (QStringList{u"urgent"_s, u"area"_s, u"parts"_s}));
    }

    /// Its grammars leave keywords out in silence: we say so, and check.
    void whatItCannotHoldIsToldAndChecked()
    {
        QStringList notes;
        const StructuredResult asked = result(u"openai"_s,
            "{\"type\":\"array\",\"items\":{\"enum\":[1]},\"minItems\":2,\"maxItems\":2,"
            "\"uniqueItems\":true}",
            &notes);
        QVERIFY2(notes.join(u' ').contains(u"uniqueItems"_s), qPrintable(notes.join(u' ')));
        QCOMPARE(asked.end, StructuredResult::End::Invalid);
        QCOMPARE(
            asked.attempts.constLast().check.violations.constFirst().keyword, u"uniqueItems"_s);
    }

    /// And what it refuses is told with its own words.
    void whatItRefusesIsToldInItsWords()
    {
        const StructuredResult asked = result(u"openai"_s,
            "{\"type\":\"array\",\"items\":{\"type\":\"object\"},\"minItems\":100000}");
        QVERIFY2(asked.error, "it was not refused");
        QVERIFY2(asked.end == StructuredResult::End::Failed, qPrintable(asked.error->message));
        QCOMPARE(asked.error->httpStatus, 400);
        QVERIFY2(!asked.error->serverMessage.isEmpty(), qPrintable(asked.error->message));
    }
};

QTEST_GUILESS_MAIN(TestLlamaStructured)

#include "tst_llamastructured.moc"
