// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "base/secret.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestLogging final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void textLosesEverythingThatLooksLikeAKey_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("bearer") << u"Authorization: Bearer canary-1234567890"_s;
        QTest::newRow("bearer in an error") << u"bad token 'Bearer canary-1234567890', sorry"_s;
        QTest::newRow("api-key header") << u"api-key: canary-1234567890"_s;
        QTest::newRow("x-api-key header") << u"X-Api-Key: canary-1234567890"_s;
        QTest::newRow("cookie") << u"Cookie: sid=canary-1; other=canary-2"_s;
        QTest::newRow("set-cookie") << u"set-cookie: sid=canary-1; HttpOnly"_s;
        QTest::newRow("json") << u"{\"api_token\":\"canary-1234567890\",\"seed\":1}"_s;
        QTest::newRow("json with space") << u"{\"api_key\": \"canary-1234567890\"}"_s;
        QTest::newRow("openai key") << u"Incorrect API key provided: sk-canary1234567890."_s;
        QTest::newRow("hugging face") << u"token hf_canary1234567890 refused"_s;
        QTest::newRow("google") << u"Key AIzaCanary1234567890 is not valid."_s;
        QTest::newRow("user info") << u"ask https://me:canary@host/v1 for more"_s;
        QTest::newRow("query item") << u"GET https://host/v1beta/models?alt=sse&key=canary"_s;
        QTest::newRow("named query item") << u"https://host/?access_token=canary#top"_s;
    }

    void textLosesEverythingThatLooksLikeAKey()
    {
        QFETCH(const QString, text);
        const QString clean = redacted(text);
        QVERIFY2(!clean.contains(u"canary"_s, Qt::CaseInsensitive), qPrintable(clean));
        QVERIFY2(clean.contains(u"***"_s), qPrintable(clean));
    }

    void jsonLosesWhatItsNamesTellOf()
    {
        const QJsonObject clean = redacted(QJsonObject{{u"max_tokens"_s, 7}, {u"user"_s, u"me"_s},
            {u"monkeys"_s, u"two"_s}, {u"note"_s, u"see https://me:canary@host"_s},
            {u"clientSecret"_s, u"canary, at last"_s},
            {u"gateway"_s,
                QJsonArray{QJsonObject{{u"X-Gateway-Key"_s, QJsonArray{u"canary"_s, 1}}}}}});
        const QString text = QString::fromUtf8(QJsonDocument(clean).toJson());
        QVERIFY2(!text.contains(u"canary"_s), qPrintable(text));
        QCOMPARE(clean[u"max_tokens"_s].toInt(), 7);
        QCOMPARE(clean[u"user"_s].toString(), u"me"_s);
        QCOMPARE(clean[u"monkeys"_s].toString(), u"two"_s);
        QCOMPARE(clean[u"note"_s].toString(), u"see https://***@host"_s);
        QCOMPARE(clean[u"gateway"_s][0][u"X-Gateway-Key"_s], QJsonValue(QJsonArray{u"***"_s, 1}));
    }

    void plainTextStaysAsItIs()
    {
        const QString text = u"The model 'skylark' is not loaded; task-oriented keys are fine."_s;
        QCOMPARE(redacted(text), text);
        const QString address = u"Write to me@host, or see https://host/a@b?monkey=1&n=2."_s;
        QCOMPARE(redacted(address), address);
    }

    void urlLosesUserInfoAndKeyItems()
    {
        const QUrl url(u"https://me:canary@host:1/v1/x?api-version=2024-10-21&key=canary&n=1"_s);
        const QString clean = redacted(url);
        QVERIFY2(!clean.contains(u"canary"_s), qPrintable(clean));
        QVERIFY(clean.contains(u"api-version=2024-10-21"_s));
        QVERIFY(clean.contains(u"n=1"_s));
    }

    void secretNeverPrintsItself()
    {
        QString printed;
        QDebug(&printed) << Secret(u"canary"_s);
        QVERIFY2(!printed.contains(u"canary"_s), qPrintable(printed));
    }
};

QTEST_GUILESS_MAIN(TestLogging)
#include "tst_logging.moc"
