// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadrequestdetail.h"
#include "load/loadrequests.h"
#include "translations.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Requests are filtered and sorted while more of them come, and each is told in full.
class TestLoadRequests : public QObject
{
    Q_OBJECT

    /// Due at so many milliseconds, with a first token after so many more.
    static LoadSample sample(qint64 number, int due, int firstToken)
    {
        LoadSample sample;
        sample.conversation = number;
        sample.planned = Moment(Milliseconds(due));
        sample.began = Moment(Milliseconds(due) + 1ms);
        sample.sent = Moment(Milliseconds(due) + 2ms);
        sample.firstByte = Moment(Milliseconds(due + firstToken) + 1ms);
        sample.firstToken = Moment(Milliseconds(due + firstToken) + 2ms);
        sample.firstVisible = sample.firstToken;
        sample.lastToken = Moment(Milliseconds(due + firstToken) + 102ms);
        sample.ended = Moment(Milliseconds(due + firstToken) + 103ms);
        sample.chunks = 11;
        sample.outputTokens = 11;
        sample.httpStatus = 200;
        sample.connectionReused = true;
        return sample;
    }

    static LoadSample failed(qint64 number, int due)
    {
        LoadSample failed = sample(number, due, 5);
        failed.firstToken = {};
        failed.firstVisible = {};
        failed.lastToken = {};
        failed.error = ApiError::Kind::RateLimited;
        failed.httpStatus = 429;
        return failed;
    }

    static QStringList numbers(const LoadRequests &requests)
    {
        QStringList numbers;
        for (int row = 0; row < requests.count(); ++row) {
            numbers.append(requests.data(requests.index(row), LoadRequests::NumberRole).toString());
        }
        return numbers;
    }

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void theyStayInOrderWhileMoreCome()
    {
        LoadRequests requests(nullptr);
        const QAbstractItemModelTester tester(&requests);
        requests.begin({}, {});
        requests.append({sample(0, 0, 30), sample(1, 10, 90)});
        QCOMPARE(numbers(requests), (QStringList{u"1"_s, u"2"_s}));
        requests.sortBy(LoadRequests::ByFirstToken);
        QVERIFY(requests.isDescending());
        QCOMPARE(numbers(requests), (QStringList{u"2"_s, u"1"_s}));
        requests.append({sample(2, 20, 60), failed(3, 30)});
        // What has no such time is last.
        QTRY_COMPARE(numbers(requests), (QStringList{u"2"_s, u"3"_s, u"1"_s, u"4"_s}));
        requests.sortBy(LoadRequests::ByFirstToken);
        QCOMPARE(numbers(requests), (QStringList{u"1"_s, u"3"_s, u"2"_s, u"4"_s}));
        QCOMPARE(requests.rowOf(1), 2);
    }

    void theyAreFiltered()
    {
        LoadRequests requests(nullptr);
        const QAbstractItemModelTester tester(&requests);
        requests.begin({u"a"_s, u"b"_s},
            serviceObjectiveFrom(u"ttft_p95=50ms"_s).value_or(ServiceObjective()));
        LoadSample other = sample(1, 10, 90);
        other.choice = 1;
        LoadSample cancelled = sample(4, 50, 10);
        cancelled.error = ApiError::Kind::Cancelled;
        requests.append({sample(0, 0, 30), other, failed(2, 20), cancelled});
        requests.setFilter(LoadRequests::OnlyFailed);
        QCOMPARE(numbers(requests), QStringList{u"3"_s});
        QCOMPARE(requests.all(), 4);
        requests.setFilter(LoadRequests::OverLimits);
        QCOMPARE(numbers(requests), (QStringList{u"2"_s, u"3"_s}));
        requests.append({sample(5, 60, 20), sample(6, 70, 80)});
        QCOMPARE(numbers(requests), (QStringList{u"2"_s, u"3"_s, u"7"_s}));
        requests.setFilter(LoadRequests::All);
        requests.setChoice(1);
        QCOMPARE(numbers(requests), QStringList{u"2"_s});
    }

    void aMillionAreAtHand()
    {
        LoadSamples samples;
        samples.reserve(1'000'000);
        for (int i = 0; i < 1'000'000; ++i) {
            samples.push_back(sample(i, i, 10 + (i * 7919) % 1000));
        }
        LoadRequests requests(nullptr);
        requests.begin({}, {});
        requests.show(std::move(samples));
        QCOMPARE(requests.count(), 1'000'000);
        requests.sortBy(LoadRequests::ByFirstToken);
        QCOMPARE(requests.data(requests.index(0), LoadRequests::FirstTokenRole), u"1.0 s"_s);
    }

    void aRequestsTimeIsTakenApart()
    {
        LoadSample slow = sample(6, 100, 400);
        slow.connectionReused = false;
        slow.lookup = Moment(102ms);
        slow.connected = Moment(105ms);
        slow.secured = Moment(120ms);
        slow.sent = Moment(121ms);
        slow.firstVisible = Moment(*slow.firstToken + 50ms);
        const LoadRequestDetail detail = detailOf(slow, u"support-v4"_s);
        QCOMPARE(detail.title, u"Request 7"_s);
        QStringList names;
        double passed = 0;
        for (const LoadPhase &phase : detail.phases) {
            names.append(phase.name);
            QVERIFY(qAbs(phase.from - passed) < 1e-9);
            passed += phase.length;
        }
        QVERIFY(qAbs(passed - 1) < 1e-9);
        QCOMPARE(names,
            (QStringList{u"waited to be sent"_s, u"lookup"_s, u"connect"_s, u"TLS"_s, u"send"_s,
                u"wait for the first byte"_s, u"wait for the first token"_s, u"reasoning"_s,
                u"answer"_s, u"end"_s}));
        QCOMPARE(detail.phases[3].text, u"15 ms"_s);
        const LoadRequestDetail refused = detailOf(failed(1, 0), {});
        QCOMPARE(refused.outcome, u"429 rate limited"_s);
        QCOMPARE(refused.state, int(LoadRequests::Failed));
    }
};

QTEST_MAIN(TestLoadRequests)

#include "tst_loadrequests.moc"
