// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/http1reader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Step = Http1Reader::Step;

/// What one answer came to.
struct Answer
{
    int status = 0;
    QByteArray body;
    bool hasHead = false;
    bool hasEnded = false;
    bool hasFailed = false;
    bool keepsConnection = false;
    QByteArray rest;
    QString fault;

    friend bool operator==(const Answer &, const Answer &) = default;
};

QByteArray describe(const Answer &answer)
{
    return QByteArray::number(answer.status) + " \"" + answer.body + "\" rest \"" + answer.rest
        + "\" head " + (answer.hasHead ? "1" : "0") + " end " + (answer.hasEnded ? "1" : "0")
        + " failed " + (answer.hasFailed ? "1" : "0") + " keeps "
        + (answer.keepsConnection ? "1" : "0") + ' ' + answer.fault.toUtf8();
}

/// Takes the steps of what was fed; what is not of this answer goes to `rest`.
void take(Http1Reader &reader, const AnswerHead &head, Answer &answer)
{
    Step step = reader.next();
    for (; step == Step::Head || step == Step::Body; step = reader.next()) {
        if (step == Step::Head) {
            answer.hasHead = true;
            answer.status = head.status();
        } else {
            answer.body += reader.body();
        }
    }
    answer.hasEnded = step == Step::End;
    answer.hasFailed = step == Step::Failed;
    answer.fault = reader.fault();
}

/// In pieces that end at `cuts`. `isClosed`: the connection ends after the bytes.
Answer answerOf(
    const QByteArray &bytes, const QList<qsizetype> &cuts, bool isClosed, bool isHead = false)
{
    AnswerHead head;
    Http1Reader reader;
    reader.begin(head, isHead);
    Answer answer;
    qsizetype from = 0;
    for (const qsizetype cut : cuts + QList<qsizetype>{bytes.size()}) {
        // Of its own, so that what is looked at later than promised is found.
        const QByteArray piece(bytes.constData() + from, cut - from);
        from = cut;
        reader.feed(piece);
        take(reader, head, answer);
        if (answer.hasEnded || answer.hasFailed) {
            answer.rest = reader.rest().toByteArray() + bytes.mid(from);
            answer.keepsConnection
                = answer.hasEnded && answer.rest.isEmpty() && reader.keepsConnection();
            return answer;
        }
    }
    if (isClosed) {
        const Step step = reader.endOfInput();
        answer.hasEnded = step == Step::End;
        answer.hasFailed = step == Step::Failed;
        answer.keepsConnection = answer.hasEnded && reader.keepsConnection();
    }
    return answer;
}

} // namespace

class TestHttp1Reader final : public QObject
{
    Q_OBJECT

    /// However it is cut, it comes to the same.
    static void verifyEverywhere(
        const QByteArray &bytes, const Answer &expected, bool isClosed, bool isHead = false)
    {
        const auto verify = [&](const QList<qsizetype> &cuts) {
            const Answer answer = answerOf(bytes, cuts, isClosed, isHead);
            QVERIFY2(answer == expected,
                (describe(answer) + " and not " + describe(expected)).constData());
        };
        verify({});
        for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
            verify({cut});
            for (qsizetype other = cut + 1; other < bytes.size(); other += 7) {
                verify({cut, other});
            }
        }
        QList<qsizetype> all;
        for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
            all.append(cut);
        }
        verify(all);
    }

private Q_SLOTS:

    void anAnswerIsReadHoweverItIsCut_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("keeps");
        QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"_ba
                                << "hello"_ba << true;
        QTest::newRow("empty") << "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba << ""_ba
                               << true;
        QTest::newRow("chunks") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                   "3\r\nabc\r\n00A\r\n0123456789\r\n0\r\n\r\n"_ba
                                << "abc0123456789"_ba << true;
        QTest::newRow("extensions, trailers")
            << "HTTP/1.1 200 OK\r\ntransfer-encoding:  Chunked \r\n\r\n"
               "2;name=value\r\nab\r\n1 \r\nc\r\n0;x\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"_ba
            << "abc"_ba << true;
        QTest::newRow("no reason, line feeds alone")
            << "HTTP/1.1 200\nContent-Length: 2\n\nok"_ba << "ok"_ba << true;
        QTest::newRow("said twice") << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                                       "Content-Length: 2\r\n\r\nok"_ba
                                    << "ok"_ba << true;
        QTest::newRow("chunks before a length")
            << "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n"
               "2\r\nok\r\n0\r\n\r\n"_ba
            << "ok"_ba << false;
        QTest::newRow("chunks of HTTP/1.0")
            << "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
               "2\r\nok\r\n0\r\n\r\n"_ba
            << "ok"_ba << false;
        QTest::newRow("what looks like a status line")
            << "HTTP/1.1 200 OK\r\nVia: 1.0 a,\r\n HTTP/1.1 204 b\r\nHTTP/1.1 204: c\r\n"
               "Content-Length: 2\r\n\r\nok"_ba
            << "ok"_ba << true;
        QTest::newRow("says goodbye")
            << "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nok"_ba
            << "ok"_ba << false;
        QTest::newRow("HTTP/1.0") << "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"_ba << "ok"_ba
                                  << false;
        QTest::newRow("HTTP/1.0 that keeps")
            << "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok"_ba
            << "ok"_ba << true;
        QTest::newRow("after interim answers")
            << "HTTP/1.1 100 Continue\r\nContent-Length: 7\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n"
               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"_ba
            << "ok"_ba << true;
        QTest::newRow("folded") << "HTTP/1.1 200 OK\r\nX-Long: a\r\n  b\r\n\tc\r\n \r\n"
                                   "Content-Length: 2\r\n\r\nok"_ba
                                << "ok"_ba << true;
    }

    void anAnswerIsReadHoweverItIsCut()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, body);
        QFETCH(const bool, keeps);
        verifyEverywhere(bytes,
            {.status = 200,
                .body = body,
                .hasHead = true,
                .hasEnded = true,
                .keepsConnection = keeps,
                .rest = {},
                .fault = {}},
            false);
    }

    void whatEndsWithItsConnection()
    {
        const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"_ba;
        const Answer whole{.status = 200,
            .body = "all of it",
            .hasHead = true,
            .hasEnded = true,
            .rest = {},
            .fault = {}};
        verifyEverywhere(head + "all of it", whole, true);
    }

    void whatBreaksOff_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"_ba
                                << "hell"_ba;
        QTest::newRow("in a chunk")
            << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell"_ba << "hell"_ba;
        QTest::newRow("after a chunk")
            << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhell\r\n"_ba
            << "hell"_ba;
        QTest::newRow("before the last line")
            << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhell\r\n0\r\n"_ba
            << "hell"_ba;
    }

    void whatBreaksOff()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, body);
        verifyEverywhere(bytes,
            {.status = 200,
                .body = body,
                .hasHead = true,
                .hasFailed = true,
                .rest = {},
                .fault = {}},
            true);
    }

    void whatHasNoBody_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isHead");
        QTest::newRow("HEAD") << "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"_ba << 200 << true;
        QTest::newRow("204") << "HTTP/1.1 204 No Content\r\n\r\n"_ba << 204 << false;
        QTest::newRow("304") << "HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n"_ba << 304 << false;
    }

    void whatHasNoBody()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, status);
        QFETCH(const bool, isHead);
        verifyEverywhere(bytes,
            {.status = status,
                .body = {},
                .hasHead = true,
                .hasEnded = true,
                .keepsConnection = true,
                .rest = {},
                .fault = {}},
            false, isHead);
    }

    /// What comes after an answer belongs to no request.
    void whatComesUnaskedIsLeft()
    {
        const Answer answer
            = answerOf("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP"_ba, {}, false);
        QVERIFY(answer.hasEnded);
        QCOMPARE(answer.body, "ok"_ba);
        QCOMPARE(answer.rest, "HTTP"_ba);
        QVERIFY(!answer.keepsConnection);
    }

    void oneAfterTheOther()
    {
        AnswerHead head;
        Http1Reader reader;
        for (int i = 0; i < 3; ++i) {
            head = {};
            reader.begin(head, false);
            QVERIFY(!reader.takeStatusLineSeen());
            Answer answer;
            const QByteArray bytes = "HTTP/1.1 20"_ba + QByteArray::number(i)
                + " OK\r\nContent-Length: 1\r\n\r\n" + QByteArray::number(i);
            reader.feed(bytes);
            take(reader, head, answer);
            QVERIFY(reader.takeStatusLineSeen());
            QVERIFY(answer.hasEnded);
            QCOMPARE(answer.status, 200 + i);
            QCOMPARE(answer.body, QByteArray::number(i));
        }
    }

    void whatCouldBeReadInTwoWaysFails_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("fault");
        const QByteArray ok = "HTTP/1.1 200 OK\r\n"_ba;
        const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
        QTest::newRow("ssh") << "SSH-2.0-OpenSSH"_ba << u"it does not begin with HTTP/1"_s;
        QTest::newRow("one byte") << "\x15"_ba << u"it does not begin with HTTP/1"_s;
        QTest::newRow("HTTP/2") << "HTTP/2 200\r\n\r\n"_ba << u"it does not begin with HTTP/1"_s;
        QTest::newRow("HTTP/2 after an interim answer")
            << "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\n"_ba
            << u"it does not begin with HTTP/1"_s;
        QTest::newRow("nothing after an interim answer")
            << "HTTP/1.1 103 Hints\r\n\r\nX: 1\r\n"_ba << u"it does not begin with HTTP/1"_s;
        QTest::newRow("another protocol")
            << "HTTP/1.1 101 Switching\r\n\r\n"_ba
            << u"it changes to another protocol, which was not asked for"_s;
        QTest::newRow("no status")
            << "HTTP/1.1 abc\r\n\r\n"_ba << u"its first line has no status"_s;
        QTest::newRow("lengths") << ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"
                                 << u"its Content-Length is \"1, 2\""_s;
        QTest::newRow("sign") << ok + "Content-Length: -1\r\n\r\n"
                              << u"its Content-Length is \"-1\""_s;
        QTest::newRow("plus") << ok + "Content-Length: +1\r\n\r\n"
                              << u"its Content-Length is \"+1\""_s;
        QTest::newRow("too long a number") << ok + "Content-Length: 99999999999999999999\r\n\r\n"
                                           << u"its Content-Length is \"99999999999999999999\""_s;
        QTest::newRow("coding") << ok + "Transfer-Encoding: gzip, chunked\r\n\r\n"
                                << u"its transfer coding is \"gzip, chunked\""_s;
        QTest::newRow("no chunk") << chunked + "zz\r\n" << u"a chunk has no length"_s;
        QTest::newRow("empty line") << chunked + "\r\n" << u"a chunk has no length"_s;
        QTest::newRow("number and more") << chunked + "1g\r\n" << u"a chunk has no length"_s;
        QTest::newRow("too long a chunk") << chunked + "11112222333344445\r\n"
                                          << u"a chunk has no length"_s;
        QTest::newRow("longer chunk") << chunked + "2\r\nabc\r\n"
                                      << u"a chunk is longer than it says"_s;
    }

    void whatCouldBeReadInTwoWaysFails()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, fault);
        for (qsizetype cut = 0; cut < bytes.size(); ++cut) {
            const Answer answer
                = answerOf(bytes, cut == 0 ? QList<qsizetype>() : QList<qsizetype>{cut}, false);
            QVERIFY(answer.hasFailed);
            QCOMPARE(answer.fault, fault);
        }
    }

    void aHeadWithoutEndFails()
    {
        AnswerHead head;
        Http1Reader reader;
        reader.begin(head, false);
        const QByteArray line = "X-Line: "_ba + QByteArray(1000, 'x') + "\r\n";
        reader.feed("HTTP/1.1 200 OK\r\n");
        Answer answer;
        take(reader, head, answer);
        for (int i = 0; i < 400 && !answer.hasFailed; ++i) {
            reader.feed(line);
            take(reader, head, answer);
        }
        QCOMPARE(answer.fault, u"its head, or another line of it, is longer than 300 KiB"_s);
    }
};

QTEST_GUILESS_MAIN(TestHttp1Reader)
#include "tst_http1reader.moc"
