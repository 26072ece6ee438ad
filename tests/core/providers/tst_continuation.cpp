// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/promptformat.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Letting a model go on with an answer that was cut off.
class TestContinuation final : public QObject
{
    Q_OBJECT

    static Message user(const QString &text) { return {.content = text}; }

    static Message assistant(const QString &text)
    {
        return {.role = Role::Assistant, .content = text};
    }

private Q_SLOTS:

    void whoCanAndHow_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QByteArray>("body"); // empty: cannot
        QTest::newRow("llama.cpp") << u"openai"_s << u"llama.cpp"_s << "{}"_ba;
        QTest::newRow("vLLM")
            << u"openai"_s << u"vLLM"_s
            << R"({"add_generation_prompt":false,"continue_final_message":true})"_ba;
        QTest::newRow("SGLang") << u"openai"_s << u"SGLang"_s
                                << R"({"continue_final_message":true})"_ba;
        QTest::newRow("OpenAI") << u"openai"_s << u"OpenAI"_s << QByteArray();
        QTest::newRow("unknown") << u"openai"_s << QString() << QByteArray();
        QTest::newRow("LoRAX") << u"lorax"_s << u"LoRAX"_s << "{}"_ba;
    }

    void whoCanAndHow()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, server);
        QFETCH(const QByteArray, body);
        const std::optional<QJsonObject> found = findProvider(provider)->continuation(server);
        QCOMPARE(found.has_value(), !body.isEmpty());
        if (found) {
            QCOMPARE(QJsonDocument(*found).toJson(QJsonDocument::Compact), body);
        }
    }

    void theRequestEndsWithTheAnswer()
    {
        const Target target{
            .endpoint = {.url = QUrl(u"http://127.0.0.1:1/v1"_s), .server = u"vLLM"_s}, .key = {}};
        const Result<HttpRequest> request = findProvider(u"openai")->encode(target,
            {.model = u"m"_s,
                .messages = {user(u"Tell"_s), assistant(u"Once "_s)},
                .extraBody = *findProvider(u"openai")->continuation(u"vLLM"_s)});
        QVERIFY(request);
        const QJsonObject body = QJsonDocument::fromJson(request->body).object();
        const QJsonObject last = body.value(u"messages"_s).toArray().last().toObject();
        QCOMPARE(last.value(u"role"_s).toString(), u"assistant"_s);
        QCOMPARE(last.value(u"content"_s).toString(), u"Once "_s);
        QVERIFY(body.value(u"continue_final_message"_s).toBool());
        QVERIFY(!body.value(u"add_generation_prompt"_s).toBool(true));
    }

    void promptsEndWithinTheAssistantsTurn()
    {
        // What was asked as bare text is gone on with as bare text.
        QCOMPARE(
            formatPrompt(u"plain"_s, {user(u"Once"_s), assistant(u" upon"_s)}), u"Once upon"_s);
        QCOMPARE(formatPrompt(u"plain"_s,
                     {user(u"a"_s), assistant(u"b"_s), user(u"c"_s), assistant(u"d"_s)}),
            u"User: a\n\nAssistant: b\n\nUser: c\n\nAssistant: d"_s);
        QVERIFY(formatPrompt(u"chatml"_s, {user(u"Tell"_s), assistant(u"Once "_s)})
                .endsWith(u"<|im_start|>assistant\nOnce "_s));
    }
};

QTEST_GUILESS_MAIN(TestContinuation)
#include "tst_continuation.moc"
