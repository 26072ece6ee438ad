// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/jsonlinesparser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

class Reader final
{
public:
    explicit Reader(const JsonLinesParser::Limits &limits = {})
        : m_parser(limits)
    { }

    void feed(QByteArray bytes)
    {
        m_parser.feed(bytes);
        drain();
        // What was fed must not be looked at any more.
        bytes.fill('\xee');
    }

    void finish()
    {
        m_parser.finish();
        drain();
    }

    QByteArrayList lines;
    bool failed = false;

private:
    void drain()
    {
        JsonLinesParser::Step step = m_parser.next();
        for (; step == JsonLinesParser::Step::Line; step = m_parser.next()) {
            lines.append(m_parser.line().toByteArray());
        }
        failed = step == JsonLinesParser::Step::Failed;
    }

    JsonLinesParser m_parser;
};

} // namespace

class TestJsonLinesParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void streams_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArrayList>("expected");
        const auto row
            = [](const char *name, const QByteArray &stream, const QByteArrayList &expected) {
                  QTest::newRow(name) << stream << expected;
              };
        row("nothing", ""_ba, {});
        row("lines", "{\"a\":1}\n{\"b\":2}\n"_ba, {"{\"a\":1}"_ba, "{\"b\":2}"_ba});
        row("the last without its end", "{}\n[]"_ba, {"{}"_ba, "[]"_ba});
        row("CRLF", "{}\r\n[]\r\n"_ba, {"{}"_ba, "[]"_ba});
        row("CR is no end", "{\r}\n"_ba, {"{\r}"_ba});
        row("blank lines", "\n\n{}\n \t\r\n[]\n\n"_ba, {"{}"_ba, "[]"_ba});
        row("white space around", "  {} \n"_ba, {"{}"_ba});
        row("byte order mark", "\xef\xbb\xbf{}\n\xef\xbb\xbf[]\n"_ba,
            {"{}"_ba, "\xef\xbb\xbf[]"_ba});
        row("other separators are text", "\"\xe2\x80\xa8\xc2\x85\x0b\"\n"_ba,
            {"\"\xe2\x80\xa8\xc2\x85\x0b\""_ba});
        row("bytes that are no UTF-8", "\"\xff\"\n\"\xe2\x82\"\n"_ba,
            {"\"\xef\xbf\xbd\""_ba, "\"\xef\xbf\xbd\""_ba});
        row("a character cut by the end", "\"\xf0\x9f\xa6"_ba, {"\"\xef\xbf\xbd"_ba});
    }

    void streams()
    {
        QFETCH(const QByteArray, stream);
        QFETCH(const QByteArrayList, expected);
        for (qsizetype first = 0; first <= stream.size(); ++first) {
            for (qsizetype second = first; second <= stream.size(); ++second) {
                Reader reader;
                reader.feed(stream.first(first));
                reader.feed(stream.sliced(first, second - first));
                reader.feed(stream.sliced(second));
                reader.finish();
                QCOMPARE(reader.lines, expected);
                QVERIFY(!reader.failed);
            }
        }
        Reader byteByByte;
        for (qsizetype i = 0; i < stream.size(); ++i) {
            byteByByte.feed(stream.sliced(i, 1));
        }
        byteByByte.finish();
        QCOMPARE(byteByByte.lines, expected);
    }

    void aLineIsThereAsSoonAsItsEndIs()
    {
        Reader reader;
        reader.feed("{}\n["_ba);
        QCOMPARE(reader.lines.size(), 1);
    }

    void aLineInOneReadIsNotCopied()
    {
        const QByteArray read = "{\"a\":1}\n"_ba;
        JsonLinesParser parser;
        parser.feed(read);
        QCOMPARE(parser.next(), JsonLinesParser::Step::Line);
        QVERIFY(parser.line().data() == read.constData());
    }

    void theLimitEndsInOneClearError()
    {
        const QByteArray stream = "1234567890\n12345678901\n1\n"_ba;
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            Reader reader({.line = 10});
            reader.feed(stream.first(cut));
            reader.feed(stream.sliced(cut));
            reader.finish();
            QVERIFY(reader.failed);
            QCOMPARE(reader.lines, QByteArrayList{"1234567890"_ba});
        }
        JsonLinesParser parser({.line = 10});
        parser.feed("12345678901");
        QCOMPARE(parser.next(), JsonLinesParser::Step::Failed);
        QCOMPARE(parser.error().kind, ApiError::Kind::Protocol);
        QVERIFY(parser.error().message.contains(u"10 bytes"_s));
    }

    // Ends by the test's own time limit if bytes were looked at again and again.
    void aLongLineInShortReadsIsLinear()
    {
        constexpr qsizetype size = 64 * 1024 * 1024;
        JsonLinesParser parser({.line = 2 * size});
        const QByteArray read(256, 'x');
        for (qsizetype i = 0; i < size / read.size(); ++i) {
            parser.feed(read);
            QCOMPARE(parser.next(), JsonLinesParser::Step::NeedsMore);
        }
        parser.finish();
        QCOMPARE(parser.next(), JsonLinesParser::Step::Line);
        QCOMPARE(parser.line().size(), size);
    }
};

QTEST_GUILESS_MAIN(TestJsonLinesParser)
#include "tst_jsonlinesparser.moc"
