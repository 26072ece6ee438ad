// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/requestparser.h"

#include <QTest>

#include <optional>

using namespace Lorikeet::Sim;

namespace {

struct Outcome
{
    RequestParser::State state;
    int status = 0;
    QByteArray method, path, query, body;
    qsizetype headers = 0;
    bool keepAlive = false;
    bool expectsContinue = false;
    qsizetype used = 0; ///< bytes taken

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

constexpr RequestParser::Limits limits{.head = 2048, .body = 1000};

/// Feeds the pieces the bytes are cut into at the given places.
Outcome parse(QByteArrayView bytes, const std::vector<qsizetype> &cuts = {})
{
    RequestParser parser(limits);
    Outcome outcome{};
    qsizetype from = 0;
    std::vector<qsizetype> ends = cuts;
    ends.push_back(bytes.size());
    for (const qsizetype end : ends) {
        const QByteArrayView piece = bytes.sliced(from, end - from);
        const qsizetype used = parser.feed(piece);
        outcome.used += used;
        outcome.expectsContinue = outcome.expectsContinue || parser.expectsContinue();
        if (used < piece.size()) {
            break;
        }
        from = end;
    }
    outcome.state = parser.state();
    outcome.status = parser.errorStatus();
    outcome.method = parser.request().method;
    outcome.path = parser.request().path;
    outcome.query = parser.request().query;
    outcome.body = parser.request().body;
    outcome.headers = parser.request().headers.size();
    outcome.keepAlive = parser.request().keepAlive;
    return outcome;
}

} // namespace

class tst_RequestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void limitsHead();
    void limitsChunkedBody();
    void leavesWhatFollows();
    void startsAnew();
};

void tst_RequestParser::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("keepAlive");
    QTest::newRow("get") << QByteArray("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                         << QByteArray("GET") << QByteArray("/health") << QByteArray()
                         << QByteArray() << true;
    QTest::newRow("query") << QByteArray(
        "GET /sim/log?id=a%20b&tokens=1 HTTP/1.1\r\nHost: a\r\n\r\n")
                           << QByteArray("GET") << QByteArray("/sim/log")
                           << QByteArray("id=a%20b&tokens=1") << QByteArray() << true;
    QTest::newRow("length") << QByteArray(
        "POST /generate HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                            << QByteArray("POST") << QByteArray("/generate") << QByteArray()
                            << QByteArray("hello") << true;
    QTest::newRow("no body") << QByteArray(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n")
                             << QByteArray("POST") << QByteArray("/") << QByteArray()
                             << QByteArray() << false;
    QTest::newRow("chunked") << QByteArray(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "3\r\nabc\r\nA;name=value\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n")
                             << QByteArray("POST") << QByteArray("/") << QByteArray()
                             << QByteArray("abc0123456789") << true;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << QByteArray("GET")
                         << QByteArray("/") << QByteArray() << QByteArray() << false;
    QTest::newRow("1.0 kept") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                              << QByteArray("GET") << QByteArray("/") << QByteArray()
                              << QByteArray() << true;
    QTest::newRow("absolute target")
        << QByteArray("GET http://a:80/info?x HTTP/1.1\r\nHost: a:80\r\n\r\n") << QByteArray("GET")
        << QByteArray("/info") << QByteArray("x") << QByteArray() << true;
    QTest::newRow("empty line first")
        << QByteArray("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray("GET")
        << QByteArray("/") << QByteArray() << QByteArray() << true;
    QTest::newRow("same length twice")
        << QByteArray(
               "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi")
        << QByteArray("POST") << QByteArray("/") << QByteArray() << QByteArray("hi") << true;
}

void tst_RequestParser::reads()
{
    QFETCH(const QByteArray, bytes);
    const Outcome whole = parse(bytes);
    QCOMPARE(whole.state, RequestParser::State::Complete);
    QTEST(whole.method, "method");
    QTEST(whole.path, "path");
    QTEST(whole.query, "query");
    QTEST(whole.body, "body");
    QTEST(whole.keepAlive, "keepAlive");
    QCOMPARE(whole.used, bytes.size());
    // However the bytes arrive, the request is the same.
    std::vector<qsizetype> everywhere;
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        QVERIFY2(parse(bytes, {cut}) == whole, QByteArray::number(cut));
        everywhere.push_back(cut);
    }
    QVERIFY(parse(bytes, everywhere) == whole);
}

void tst_RequestParser::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *head, int status, const char *body = "") {
        QTest::newRow(name) << QByteArray(head) + "\r\n\r\n" + body << status;
    };
    row("two words", "GET /", 400);
    row("space in target", "GET /a b HTTP/1.1\r\nHost: a", 400);
    row("lower-case version", "GET / http/1.1\r\nHost: a", 400);
    row("HTTP/2", "PRI * HTTP/2.0", 505);
    row("no path", "GET health HTTP/1.1\r\nHost: a", 400);
    row("no host", "GET / HTTP/1.1", 400);
    row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b", 400);
    row("space before colon", "GET / HTTP/1.1\r\nHost : a", 400);
    row("folded", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2", 400);
    row("no colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense", 400);
    row("control character", "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01", 400);
    row("negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1", 400);
    row("signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1", 400);
    row("empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:", 400);
    row("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2", 400);
    row("length and chunks",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", 400);
    row("gzip", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked", 501);
    row("large", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001", 413);
    row("huge", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999", 413);
    const char *const chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked";
    row("chunk size", chunked, 400, "x\r\n");
    row("negative chunk", chunked, 400, "-1\r\n");
    row("endless chunk size", chunked, 400, "fffffffffffffffff\r\n");
    row("large chunk", chunked, 413, "3e9\r\n");
    row("chunk too long", chunked, 400, "1\r\nab\r\n");
    row("chunk line", chunked, 400, "1\na");
    QTest::newRow("bare line feed") << QByteArray("GET / HTTP/1.1\nHost: a\n\n") << 400;
}

void tst_RequestParser::refuses()
{
    QFETCH(const QByteArray, bytes);
    const Outcome whole = parse(bytes);
    QCOMPARE(whole.state, RequestParser::State::Failed);
    QTEST(whole.status, "status");
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        QCOMPARE(parse(bytes, {cut}).status, whole.status);
    }
}

void tst_RequestParser::limitsHead()
{
    const QByteArray longTarget = "GET /" + QByteArray(3000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    QCOMPARE(parse(longTarget).status, 414);
    QByteArray manyHeaders = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 300; ++i) {
        manyHeaders += "X-Header: value\r\n";
    }
    QCOMPARE(parse(manyHeaders + "\r\n").status, 431);
    QCOMPARE(parse("GET / HTTP/1.1\r\nX: " + QByteArray(3000, 'a')).status, 431);
}

void tst_RequestParser::limitsChunkedBody()
{
    QByteArray bytes = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) {
        bytes += "40\r\n" + QByteArray(64, 'a') + "\r\n";
    }
    QCOMPARE(parse(bytes).status, 413);
}

void tst_RequestParser::leavesWhatFollows()
{
    const QByteArray first = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
    const Outcome outcome = parse(first + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(outcome.state, RequestParser::State::Complete);
    QCOMPARE(outcome.used, first.size());
    QCOMPARE(outcome.body, "hi");
}

void tst_RequestParser::startsAnew()
{
    RequestParser parser(limits);
    QVERIFY(parser.isIdle());
    const QByteArray first
        = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    QCOMPARE(parser.feed(first), first.size());
    QVERIFY(parser.expectsContinue());
    QCOMPARE(parser.state(), RequestParser::State::Body);
    QCOMPARE(parser.feed("hi"), 2);
    QCOMPARE(parser.state(), RequestParser::State::Complete);
    parser.reset();
    QVERIFY(parser.isIdle());
    parser.feed("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(parser.request().path, "/b");
    QVERIFY(parser.request().body.isEmpty());
    QVERIFY(!parser.expectsContinue());
}

QTEST_GUILESS_MAIN(tst_RequestParser)

#include "tst_requestparser.moc"
