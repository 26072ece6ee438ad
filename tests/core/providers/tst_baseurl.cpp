// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/baseurl.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What becomes of the addresses people type and paste.
class TestBaseUrl final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void bases_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("root");
        const auto row = [](const char *typed, const char *base, const char *root) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(base)
                                 << QString::fromLatin1(root);
        };
        row("http://h:8080", "http://h:8080/v1", "http://h:8080");
        row("http://h:8080/", "http://h:8080/v1", "http://h:8080");
        row("http://h:8080/v1", "http://h:8080/v1", "http://h:8080");
        row("http://h:8080/v1/", "http://h:8080/v1", "http://h:8080");
        row("http://h:8080/v1//", "http://h:8080/v1", "http://h:8080");
        row("http://h/v1/chat/completions", "http://h/v1", "http://h");
        row("http://h/v1/models", "http://h/v1", "http://h");
        row("http://h/chat/completions", "http://h/v1", "http://h");
        row("http://h/generate_stream", "http://h/v1", "http://h");
        row("http://h:8080/completion", "http://h:8080/v1", "http://h:8080");
        row("http://h:8080/v1/responses", "http://h:8080/v1", "http://h:8080");
        row("https://serving.app.predibase.com/t/deployments/v2/llms/m/generate",
            "https://serving.app.predibase.com/t/deployments/v2/llms/m/v1",
            "https://serving.app.predibase.com/t/deployments/v2/llms/m");
        row("http://h:8000/api/generate", "http://h:8000/v1", "http://h:8000");
        row("http://h/team/llm", "http://h/team/llm/v1", "http://h/team/llm");
        row("http://h/team/llm/v1", "http://h/team/llm/v1", "http://h/team/llm");
        row("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1",
            "https://openrouter.ai/api");
        row("https://h/api/paas/v4", "https://h/api/paas/v4", "https://h/api/paas");
        row("https://h/v1beta/openai/", "https://h/v1beta/openai", "https://h/v1beta/openai");
        row("https://r.openai.azure.com/openai/v1?api-version=preview",
            "https://r.openai.azure.com/openai/v1?api-version=preview",
            "https://r.openai.azure.com/openai");
        row("https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
            "https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
            "https://r.openai.azure.com/openai/deployments/d");
        row("http://h/v1#top", "http://h/v1", "http://h");
        row("http://h/completionsx", "http://h/completionsx/v1", "http://h/completionsx");
        row("http://[::1]:8000/v1", "http://[::1]:8000/v1", "http://[::1]:8000");
    }

    void bases()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, base);
        QFETCH(const QString, root);
        QCOMPARE(openAiBase(QUrl(typed)).toString(), base);
        QCOMPARE(serverRoot(QUrl(typed)).toString(), root);
        // What was corrected once is right.
        QCOMPARE(openAiBase(openAiBase(QUrl(typed))).toString(), base);
    }

    void aQueryStaysBehindTheJoinedPath()
    {
        QCOMPARE(joined(QUrl(u"https://h/v1?api-version=1"_s), u"chat/completions").toString(),
            u"https://h/v1/chat/completions?api-version=1"_s);
        QCOMPARE(joined(QUrl(u"https://h/v1/"_s), u"models").toString(), u"https://h/v1/models"_s);
        QCOMPARE(joined(QUrl(u"https://h"_s), u"info").toString(), u"https://h/info"_s);
    }

    void azureListsModelsBesideItsDeployments()
    {
        const QString host = u"https://r.openai.azure.com"_s;
        QCOMPARE(modelsUrl(QUrl(host + u"/openai/deployments/d?api-version=1"_s)).toString(),
            host + u"/openai/models?api-version=1"_s);
        QCOMPARE(modelsUrl(QUrl(host + u"/openai/v1"_s)).toString(), host + u"/openai/v1/models"_s);
        QCOMPARE(modelsUrl(QUrl(u"https://serving.example/t/deployments/v2/llms/x"_s)).toString(),
            u"https://serving.example/t/deployments/v2/llms/x/models"_s);
    }

    void azureHasOtherRoutesBesideItsDeployments()
    {
        const QString host = u"https://r.openai.azure.com"_s;
        QCOMPARE(
            besideDeployments(QUrl(host + u"/openai/deployments/d?api-version=1"_s), u"responses")
                .toString(),
            host + u"/openai/responses?api-version=1"_s);
        QCOMPARE(besideDeployments(QUrl(host + u"/openai/v1"_s), u"responses").toString(),
            host + u"/openai/v1/responses"_s);
    }

    void routesAreTold()
    {
        QCOMPARE(routeOf(QUrl(u"http://h/v1/chat/completions"_s)), u"chat/completions"_s);
        QCOMPARE(routeOf(QUrl(u"http://h/generate_stream/"_s)), u"generate_stream"_s);
        QCOMPARE(routeOf(QUrl(u"http://h/v1"_s)), QString());
    }

    void stepsTowardsTheRoot()
    {
        const auto above = placeAbove(QUrl(u"http://h/team/llm/v1/chat/completions?a=b"_s));
        QCOMPARE(above, QUrl(u"http://h/team?a=b"_s));
        QCOMPARE(placeAbove(*above), QUrl(u"http://h?a=b"_s));
        QVERIFY(!placeAbove(QUrl(u"http://h/v1"_s)));
    }

    void typed_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        QTest::newRow("whole") << u" https://h.example/v1 "_s << u"https://h.example/v1"_s;
        QTest::newRow("port") << u"localhost:8080"_s << u"http://localhost:8080"_s;
        QTest::newRow("address") << u"192.168.0.5/v1"_s << u"http://192.168.0.5/v1"_s;
        QTest::newRow("bare name") << u"gpubox"_s << u"http://gpubox"_s;
        QTest::newRow("mdns") << u"gpubox.local"_s << u"http://gpubox.local"_s;
        QTest::newRow("public") << u"api.openai.com/v1"_s << u"https://api.openai.com/v1"_s;
        QTest::newRow("listening") << u"0.0.0.0:11434"_s << u"http://127.0.0.1:11434"_s;
        QTest::newRow("listening on 6") << u"http://[::]:11434"_s << u"http://[::1]:11434"_s;
        QTest::newRow("ipv6") << u"[::1]:8000"_s << u"http://[::1]:8000"_s;
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("no host") << u"http://"_s << QString();
        QTest::newRow("port alone") << u":8000"_s << QString();
    }

    void typed()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, url);
        QCOMPARE(endpointUrl(typed).toString(), url);
        QCOMPARE(endpointAddress(typed), (EndpointAddress{.url = endpointUrl(typed)}));
    }

    void aSocket_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("socket");
        QTest::addColumn<QString>("url");
        QTest::newRow("path") << u" unix:/run/llama.sock"_s << u"/run/llama.sock"_s
                              << u"http://localhost"_s;
        QTest::newRow("slashes") << u"unix:///run/my models.sock"_s << u"/run/my models.sock"_s
                                 << u"http://localhost"_s;
        QTest::newRow("with a path")
            << u"unix:/run/llama.sock:/v1"_s << u"/run/llama.sock"_s << u"http://localhost/v1"_s;
        QTest::newRow("with nothing")
            << u"unix:/run/llama.sock:"_s << u"/run/llama.sock"_s << u"http://localhost"_s;
        QTest::newRow("relative") << u"unix:llama.sock"_s << QString() << QString();
    }

    void aSocket()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, socket);
        QFETCH(const QString, url);
        const EndpointAddress address = endpointAddress(typed);
        QCOMPARE(address.unixSocket, socket);
        QCOMPARE(address.url.toString(), url);
    }
};

QTEST_GUILESS_MAIN(TestBaseUrl)
#include "tst_baseurl.moc"
