// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/chatoutcome.h"
#include "providerfixture.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Kind = ApiError::Kind;

/// What every server is asked to have a recorded failure of.
struct Situation
{
    const char *name; ///< error-NAME.http
    QList<Kind> kinds; ///< one of them must come of it
};

const QList<Situation> &situations()
{
    static const QList<Situation> list{
        {"bad-key", {Kind::Unauthorized}},
        {"unknown-model", {Kind::NotFound}},
        // Where adapters are loaded on demand, one that is not there is a failed generation.
        {"unknown-adapter", {Kind::NotFound, Kind::Unavailable, Kind::BadRequest}},
        {"context-overflow", {Kind::TooLarge}},
        {"bad-parameter", {Kind::BadRequest}},
        {"overloaded", {Kind::RateLimited, Kind::Unavailable}},
    };
    return list;
}

/// A server as one dialect sees it.
struct Origin
{
    const char *name;
    const char *provider;
    const char *errors; ///< the case that holds its errors
    const char *failing; ///< the case that fails amid the answer
    QHash<QString, const char *> lacks = {}; ///< the situations it cannot be in, and why
};

const QList<Origin> &origins()
{
    static const QString adapter = u"unknown-adapter"_s;
    static const QString model = u"unknown-model"_s;
    static const QString key = u"bad-key"_s;
    static const QString overloaded = u"overloaded"_s;
    static constexpr auto tuned = "what is tuned is a model there, and refused as one";
    static constexpr auto oneModel = "one server has one model, whatever is asked for";
    static constexpr auto named = "a model it does not have is an adapter it does not have";
    static constexpr auto noKeys = "it asks for no key; a proxy before it has its own words";
    static constexpr auto queues = "it refuses nobody: requests wait";
    static const QList<Origin> list{
        {"OpenAI", "openai", "openai-errors", "openai-error-amid-the-answer", {{adapter, tuned}}},
        {"Azure OpenAI", "openai", "azure-errors", "azure-error-amid-the-answer",
            {{adapter, tuned}}},
        {"Mistral", "openai", "mistral-errors", "mistral-error-as-finish-reason",
            {{adapter, tuned}}},
        {"vLLM", "openai", "vllm-errors", "vllm-error-then-done", {{overloaded, queues}}},
        {"SGLang", "openai", "sglang-errors", "sglang-error-amid-the-answer"},
        {"llama.cpp", "openai", "llamacpp-errors", "llamacpp-error-without-done"},
        {"LM Studio", "openai", "lmstudio-errors", "lmstudio-error-amid-the-answer",
            {{adapter, tuned}, {overloaded, queues}}},
        {"Ollama /v1", "openai", "ollama-errors", "ollama-failure-is-swallowed",
            {{adapter, tuned},
                {u"context-overflow"_s, "it drops the oldest messages instead of refusing"}}},
        {"TGI /v1", "openai", "tgi-errors", "tgi-error-then-done", {{model, named}}},
        {"LoRAX /v1", "openai", "lorax-v1-errors", "lorax-v1-error-without-done",
            {{model, named}, {key, noKeys}}},
        {"OpenAI Responses", "responses", "errors", "stream-error-event"},
        {"llama.cpp /completion", "llamacpp", "errors", "stream-error-in-the-middle"},
        {"TGI /generate", "tgi", "errors", "stream-error-after-tokens", {{model, oneModel}}},
        {"LoRAX /generate", "lorax", "errors", "adapter-error-after-tokens",
            {{model, oneModel}, {key, noKeys}}},
        {"Predibase", "predibase", "errors", "stream-error-after-tokens"},
        {"Langformers", "langformers", "errors", "stream-cut-in-an-event-is-truncated",
            {{adapter, oneModel}, {model, oneModel}}},
        {"Ollama", "ollama", "errors", "stream-error-line-under-200", {{adapter, tuned}}},
        {"Anthropic", "anthropic", "errors", "stream-error-event-overloaded",
            {{adapter, "it has no adapters"}}},
        {"Gemini", "gemini", "errors", "stream-error-within", {{adapter, tuned}}},
        {"Triton", "triton", "errors", "stream-9-error-after-tokens-under-200"},
    };
    return list;
}

QString fileOf(const Situation &situation)
{
    return u"error-%1.http"_s.arg(QLatin1StringView(situation.name));
}

/// The message says what is wrong and, behind a colon, what to do about it.
bool isAdvice(const QString &message)
{
    const qsizetype colon = message.indexOf(u": "_s);
    return colon > 10 && message.size() > colon + 10 && message.endsWith(u'.');
}

} // namespace

/// What goes wrong with every server goes wrong on record, and each time a person is told the
/// cause, the server's words and what to do.
class TestErrorFixtures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyDialectHasARow()
    {
        for (const Provider *provider : providers()) {
            QVERIFY2(std::ranges::any_of(origins(),
                         [provider](const Origin &origin) {
                             return provider->id() == QLatin1StringView(origin.provider);
                         }),
                qPrintable(provider->id()));
        }
    }

    void everySituationIsOnRecord_data() { addOrigins(); }

    void everySituationIsOnRecord()
    {
        QFETCH(const int, index);
        const Origin &origin = origins().at(index);
        const ProviderFixture fixture(
            QString::fromLatin1(origin.provider), QString::fromLatin1(origin.errors));
        QStringList missing;
        for (const Situation &situation : situations()) {
            const bool isExcused = origin.lacks.contains(QString::fromLatin1(situation.name));
            if (fixture.has(fileOf(situation)) == isExcused) {
                missing.append(QString::fromLatin1(situation.name)
                    + (isExcused ? u" is there, with a reason why it could not be"_s : QString()));
            }
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u", "_s)));
    }

    void refusals_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<int>("situation");
        for (int i = 0; i < origins().size(); ++i) {
            for (int j = 0; j < situations().size(); ++j) {
                const Origin &origin = origins().at(i);
                if (!origin.lacks.contains(QString::fromLatin1(situations().at(j).name))) {
                    QTest::addRow("%s: %s", origin.name, situations().at(j).name) << i << j;
                }
            }
        }
    }

    void refusals()
    {
        QFETCH(const int, index);
        QFETCH(const int, situation);
        const Origin &origin = origins().at(index);
        const Provider &provider = *findProvider(QString::fromLatin1(origin.provider));
        const ProviderFixture fixture(provider.id(), QString::fromLatin1(origin.errors));
        HttpReply reply
            = ProviderFixture::parseHttp(fixture.read(fileOf(situations().at(situation))));
        reply.url = QUrl(u"http://peer.example:8080/v1"_s);
        const ApiError error = provider.decodeError(reply);
        QVERIFY2(situations().at(situation).kinds.contains(error.kind),
            qPrintable(toWord(error.kind) + u": "_s + error.message));
        QVERIFY2(isAdvice(error.message), qPrintable(error.message));
        QCOMPARE(error.serverMessage.isEmpty(), reply.body.trimmed().isEmpty());
    }

    void failuresAmidAnAnswer_data() { addOrigins(); }

    void failuresAmidAnAnswer()
    {
        QFETCH(const int, index);
        const Origin &origin = origins().at(index);
        const Provider &provider = *findProvider(QString::fromLatin1(origin.provider));
        const ProviderFixture fixture(provider.id(), QString::fromLatin1(origin.failing));
        const QString file = fixture.has(u"stream.sse"_s) ? u"stream.sse"_s : u"stream.jsonl"_s;
        QVERIFY2(fixture.has(file), origin.failing);
        const auto replay
            = ProviderFixture::replay(provider, fixture.reply().headers, {fixture.read(file)});
        QVERIFY(replay.error);
        QVERIFY2(isAdvice(replay.error->message), qPrintable(replay.error->message));
        // Where the server says nothing, the end that did not come is what tells, or one word.
        QVERIFY(!replay.error->serverMessage.isEmpty() || replay.error->kind == Kind::Truncated
            || replay.error->message.contains(u"finish reason “error”"_s));
        ChatAccumulator accumulator;
        accumulator.add(replay.events);
        QVERIFY2(!accumulator.outcome().choice().text.isEmpty(), "what had come is lost");
    }

private:
    static void addOrigins()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < origins().size(); ++i) {
            QTest::newRow(origins().at(i).name) << i;
        }
    }
};

QTEST_GUILESS_MAIN(TestErrorFixtures)
#include "tst_errorfixtures.moc"
