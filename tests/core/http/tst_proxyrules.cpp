// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/proxyrules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestProxyRules final : public QObject
{
    Q_OBJECT

    static QUrl automatic(const QString &url)
    {
        return *proxyFor({.mode = ProxySetting::Mode::Automatic}, QUrl(url));
    }

private Q_SLOTS:

    void init()
    {
        qputenv("http_proxy", "http://me:secret@proxy.example:3128");
        qputenv("https_proxy", "http://proxy.example:3129");
        qunsetenv("no_proxy");
    }

    void localHostsAreRecognised_data()
    {
        QTest::addColumn<bool>("local");
        for (const char *host :
            {"localhost", "LOCALHOST.", "box.localhost", "gpu.local", "127.0.0.1", "127.9.9.9",
                "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.20", "169.254.1.1",
                "0.0.0.0", "::1", "fe80::1", "fd12:3456::1", "::ffff:192.168.0.1"}) {
            QTest::newRow(host) << true;
        }
        for (const char *host : {"example.org", "localhost.example.org", "172.32.0.1", "11.0.0.1",
                 "8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8", "mylocal", "local"}) {
            QTest::newRow(host) << false;
        }
    }

    void localHostsAreRecognised()
    {
        QFETCH(const bool, local);
        QCOMPARE(isLocalHost(QString::fromLatin1(QTest::currentDataTag())), local);
    }

    void localRequestsTakeNoProxy()
    {
        QVERIFY(automatic(u"http://127.0.0.1:8080/v1"_s).isEmpty());
        QVERIFY(automatic(u"http://192.168.1.5:8000/"_s).isEmpty());
        QVERIFY(automatic(u"https://[fd00::5]/"_s).isEmpty());
    }

    void otherRequestsTakeTheSystems()
    {
        const QUrl proxy = automatic(u"http://models.example.org/v1"_s);
        QCOMPARE(proxy.toString(), u"http://me:secret@proxy.example:3128"_s);
        QCOMPARE(automatic(u"https://models.example.org/v1"_s).port(), 3129);
        qputenv("no_proxy", "example.org");
        QVERIFY(automatic(u"http://models.example.org/v1"_s).isEmpty());
    }

    void noneMeansNone()
    {
        const QUrl url(u"http://models.example.org/v1"_s);
        QVERIFY(proxyFor({.mode = ProxySetting::Mode::None}, url)->isEmpty());
    }

    void anExplicitProxyServesLocalHostsToo()
    {
        const ProxySetting setting{
            .mode = ProxySetting::Mode::Explicit, .url = QUrl(u"socks5h://127.0.0.1"_s)};
        QCOMPARE(proxyFor(setting, QUrl(u"http://127.0.0.1/"_s))->port(), 1080);
    }

    void anImpossibleProxyIsRefused_data()
    {
        QTest::addColumn<QString>("proxy");
        QTest::newRow("empty") << QString();
        QTest::newRow("no host") << u"http://"_s;
        QTest::newRow("ftp") << u"ftp://proxy:21"_s;
        QTest::newRow("no scheme") << u"proxy:3128"_s;
    }

    void anImpossibleProxyIsRefused()
    {
        QFETCH(const QString, proxy);
        const Result<QUrl> result
            = proxyFor({.mode = ProxySetting::Mode::Explicit, .url = QUrl(proxy)},
                QUrl(u"http://example.org/"_s));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ApiError::Kind::Proxy);
    }

    void aProxyErrorShowsNoPassword()
    {
        const Result<QUrl> result = proxyFor(
            {.mode = ProxySetting::Mode::Explicit, .url = QUrl(u"ftp://me:canary@proxy:21"_s)},
            QUrl(u"http://example.org/"_s));
        QVERIFY2(!result.error().message.contains(u"canary"_s), qPrintable(result.error().message));
    }

    void qtCannotSpeakTlsToAProxy()
    {
        QVERIFY(!toNetworkProxy(QUrl(u"https://proxy:443"_s)));
        QCOMPARE(toNetworkProxy(QUrl(u"socks5://p:1"_s))->type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(toNetworkProxy(QUrl())->type(), QNetworkProxy::NoProxy);
    }
};

QTEST_GUILESS_MAIN(TestProxyRules)
#include "tst_proxyrules.moc"
