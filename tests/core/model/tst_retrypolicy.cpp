// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/retrypolicy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

class TestRetryPolicy final : public QObject
{
    Q_OBJECT

    static ApiError errorOf(ApiError::Kind kind, int status = 0)
    {
        ApiError error;
        error.kind = kind;
        error.httpStatus = status;
        return error;
    }

private Q_SLOTS:

    void nothingIsRetriedUnlessAsked()
    {
        QVERIFY(!RetryPolicy().delay(1, errorOf(ApiError::Kind::Unavailable, 503), 0.0));
    }

    void delaysDoubleUpToTheLongest()
    {
        const RetryPolicy policy{.retries = 6};
        const ApiError error = errorOf(ApiError::Kind::Unavailable, 503);
        const std::vector<Milliseconds> expected{500ms, 1s, 2s, 4s, 8s, 8s};
        for (int attempt = 1; attempt <= 6; ++attempt) {
            QCOMPARE(policy.delay(attempt, error, 0.0), expected[std::size_t(attempt - 1)]);
        }
        QVERIFY(!policy.delay(7, error, 0.0));
    }

    void jitterShortensByUpToAQuarter()
    {
        const RetryPolicy policy{.retries = 1};
        const ApiError error = errorOf(ApiError::Kind::Server, 500);
        QCOMPARE(policy.delay(1, error, 0.4), 450ms);
        QVERIFY(*policy.delay(1, error, 0.999) >= 375ms);
    }

    void theServersWishCounts()
    {
        const RetryPolicy policy{.retries = 1};
        ApiError error = errorOf(ApiError::Kind::RateLimited, 429);
        error.retryAfter = 1500ms;
        QCOMPARE(policy.delay(1, error, 0.9), 1500ms);
        error.retryAfter = 120s;
        QCOMPARE(policy.delay(1, error, 0.9), 120s);
        error.retryAfter = 121s;
        QVERIFY(!policy.delay(1, error, 0.9));
    }

    void onlyWhatMayPassIsRetried_data()
    {
        using Kind = ApiError::Kind;
        QTest::addColumn<ApiError>("error");
        QTest::addColumn<bool>("retried");
        QTest::newRow("refused") << errorOf(Kind::Refused) << true;
        QTest::newRow("unreachable") << errorOf(Kind::Unreachable) << true;
        QTest::newRow("connect timeout") << errorOf(Kind::ConnectTimeout) << true;
        QTest::newRow("429") << errorOf(Kind::RateLimited, 429) << true;
        QTest::newRow("503") << errorOf(Kind::Unavailable, 503) << true;
        QTest::newRow("500") << errorOf(Kind::Server, 500) << true;
        QTest::newRow("408") << errorOf(Kind::BadRequest, 408) << true;
        QTest::newRow("409") << errorOf(Kind::BadRequest, 409) << true;
        QTest::newRow("400") << errorOf(Kind::BadRequest, 400) << false;
        QTest::newRow("401") << errorOf(Kind::Unauthorized, 401) << false;
        QTest::newRow("402") << errorOf(Kind::BadRequest, 402) << false;
        QTest::newRow("404") << errorOf(Kind::NotFound, 404) << false;
        QTest::newRow("413") << errorOf(Kind::TooLarge, 413) << false;
        QTest::newRow("422") << errorOf(Kind::BadRequest, 422) << false;
        QTest::newRow("name not found") << errorOf(Kind::Dns) << false;
        QTest::newRow("TLS") << errorOf(Kind::Tls) << false;
        QTest::newRow("stopped") << errorOf(Kind::Cancelled) << false;
        QTest::newRow("cut off") << errorOf(Kind::Truncated, 200) << false;
        QTest::newRow("fell silent") << errorOf(Kind::IdleTimeout, 200) << false;
        ApiError quota = errorOf(Kind::RateLimited, 429);
        quota.code = u"insufficient_quota"_s;
        QTest::newRow("no quota left") << quota << false;
    }

    void onlyWhatMayPassIsRetried()
    {
        QFETCH(const ApiError, error);
        QFETCH(const bool, retried);
        QCOMPARE(RetryPolicy{.retries = 1}.delay(1, error, 0.5).has_value(), retried);
    }
};

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
