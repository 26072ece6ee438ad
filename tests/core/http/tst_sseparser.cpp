// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/sseparser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

/// What a parser said, in words that can be compared and read: "type|data|id" for an event,
/// "#text" for a comment, "!" for a failure.
class Reader final
{
public:
    explicit Reader(const SseParser::Limits &limits = {})
        : m_parser(limits)
    { }

    void feed(QByteArray bytes)
    {
        m_parser.feed(bytes);
        for (;;) {
            switch (m_parser.next()) {
            case SseParser::Step::Event: {
                const SseParser::Event &event = m_parser.event();
                said.append(event.type.toByteArray() + '|' + event.data.toByteArray() + '|'
                    + event.lastEventId.toByteArray());
                break;
            }
            case SseParser::Step::Comment:
                said.append('#' + m_parser.comment().toByteArray());
                break;
            case SseParser::Step::Failed:
                said.append("!"_ba);
                return;
            case SseParser::Step::NeedsMore:
                // What was fed must not be looked at any more.
                bytes.fill('\xee');
                return;
            }
        }
    }

    [[nodiscard]] const SseParser &parser() const { return m_parser; }

    QByteArrayList said;

private:
    SseParser m_parser;
};

QByteArrayList readWhole(const QByteArray &stream)
{
    Reader reader;
    reader.feed(stream);
    return reader.said;
}

/// `size` bytes of a stream in reads of `step` bytes, every read the same memory.
qsizetype countEvents(SseParser &parser, const QByteArray &read, qsizetype times)
{
    qsizetype events = 0;
    for (qsizetype i = 0; i < times; ++i) {
        parser.feed(read);
        for (SseParser::Step step = parser.next(); step == SseParser::Step::Event;
            step = parser.next()) {
            ++events;
        }
    }
    return events;
}

} // namespace

class TestSseParser final : public QObject
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
        row("one event", "data: a\n\n"_ba, {"message|a|"_ba});
        row("CR", "data: a\rdata: b\r\rdata: c\r\r"_ba, {"message|a\nb|"_ba, "message|c|"_ba});
        row("CRLF", "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n"_ba,
            {"message|a\nb|"_ba, "message|c|"_ba});
        row("all line ends mixed", "data: a\rdata: b\ndata: c\r\n\rdata: d\n\r\n"_ba,
            {"message|a\nb\nc|"_ba, "message|d|"_ba});
        row("LF CR are two ends", "data: a\n\rdata: b\n\r"_ba, {"message|a|"_ba, "message|b|"_ba});
        row("CR CRLF are two ends", "data: a\r\r\ndata: b\r\r\n"_ba,
            {"message|a|"_ba, "message|b|"_ba});
        row("blank lines alone", "\n\n\r\r\n\n"_ba, {});

        row("byte order mark",
            "\xef\xbb\xbf"
            "data: a\n\n"_ba,
            {"message|a|"_ba});
        row("only one mark",
            "\xef\xbb\xbf\xef\xbb\xbf"
            "data: a\n\ndata: b\n\n"_ba,
            {"message|b|"_ba});
        row("a mark later is text",
            "data: a\n\n\xef\xbb\xbf"
            "data: b\n\n"_ba,
            {"message|a|"_ba});
        row("a mark inside data stays",
            "data: \xef\xbb\xbf"
            "a\n\n"_ba,
            {"message|\xef\xbb\xbf"
             "a|"_ba});
        row("half a mark",
            "\xef\xbb"
            "data: a\ndata: b\n\n"_ba,
            {"message|b|"_ba});
        row("half a mark, line end", "\xef\ndata: b\n\n"_ba, {"message|b|"_ba});
        row("a mark alone", "\xef\xbb\xbf"_ba, {});
        row("a mark, then a blank line", "\xef\xbb\xbf\n\ndata: b\n\n"_ba, {"message|b|"_ba});

        row("comments", ": keep-alive\n:\n::\ndata: a\n: between\ndata: b\n\n"_ba,
            {"# keep-alive"_ba, "#"_ba, "#:"_ba, "# between"_ba, "message|a\nb|"_ba});
        row("a comment is no event", ": x\n\n"_ba, {"# x"_ba});

        row("exactly one space is dropped", "data:a\n\ndata:  a\n\ndata: \n\ndata:\ta\n\n"_ba,
            {"message|a|"_ba, "message| a|"_ba, "message||"_ba, "message|\ta|"_ba});
        row("the space at the end stays", "data: a \n\n"_ba, {"message|a |"_ba});
        row("colons in the value", "data: a: b:c\n\n"_ba, {"message|a: b:c|"_ba});
        row("a field without colon", "data\n\ndata\ndata\n\ndata:\n"_ba,
            {"message||"_ba, "message|\n|"_ba});
        row("no space before the colon", "data : a\n\n"_ba, {});
        row("names are case-sensitive", "Data: a\nDATA: b\n\n"_ba, {});
        row("unknown fields", "foo: bar\ndat: a\ndataa: b\nfoo\n\n"_ba, {});
        row("a space before the name", " data: a\n\n"_ba, {});
        row("empty lines of data", "data: a\ndata:\ndata: \ndata: b\n\n"_ba,
            {"message|a\n\n\nb|"_ba});

        row("event types", "event: x\ndata: a\n\ndata: b\n\n"_ba, {"x|a|"_ba, "message|b|"_ba});
        row("the last type counts", "event: x\nevent: y\ndata: a\n\n"_ba, {"y|a|"_ba});
        row("an empty type", "event: x\nevent:\ndata: a\n\n"_ba, {"message|a|"_ba});
        row("a type without data", "event: x\n\ndata: a\n\n"_ba, {"message|a|"_ba});
        row("a type after the data", "data: a\nevent: x\n\n"_ba, {"x|a|"_ba});

        row("the id persists", "id: 1\ndata: a\n\ndata: b\n\nid: 22\ndata: c\n\n"_ba,
            {"message|a|1"_ba, "message|b|1"_ba, "message|c|22"_ba});
        row("the id is emptied", "id: 1\ndata: a\n\nid\ndata: b\n\ndata: c\n\n"_ba,
            {"message|a|1"_ba, "message|b|"_ba, "message|c|"_ba});
        row("an id with NUL is ignored", "id: 1\ndata: a\n\nid: 2\0x\ndata: b\n\n"_ba,
            {"message|a|1"_ba, "message|b|1"_ba});
        row("an id without data counts", "id: 7\n\ndata: a\n\n"_ba, {"message|a|7"_ba});
        row("the last id counts", "id: 1\nid: 2\ndata: a\n\n"_ba, {"message|a|2"_ba});
        row("NUL in data stays", "data: a\0b\n\n"_ba, {"message|a\0b|"_ba});

        row("the end without a blank line", "data: a\n\ndata: b\n"_ba, {"message|a|"_ba});
        row("the end within a line", "data: a\n\ndata: b"_ba, {"message|a|"_ba});
        row("other separators are text",
            "data: a\xe2\x80\xa8"
            "b\xc2\x85"
            "c\x0b"
            "d\x0c"
            "e\xe2\x80\xa9\x1c\n\n"_ba,
            {"message|a\xe2\x80\xa8"
             "b\xc2\x85"
             "c\x0b"
             "d\x0c"
             "e\xe2\x80\xa9\x1c|"_ba});

        row("UTF-8", "data: \xc3\xa4\xe2\x82\xac\xf0\x9f\xa6\x9c\n\n"_ba,
            {"message|\xc3\xa4\xe2\x82\xac\xf0\x9f\xa6\x9c|"_ba});
        row("a stray byte",
            "data: a\xff"
            "b\n\n"_ba,
            {"message|a\xef\xbf\xbd"
             "b|"_ba});
        row("a character cut by the line's end", "data: \xe2\x82\ndata: \xac\n\n"_ba,
            {"message|\xef\xbf\xbd\n\xef\xbf\xbd|"_ba});
        row("bytes that are no UTF-8, everywhere",
            "event: e\xff\nid: i\xc3\n: c\xf0\x9f\ndata: \xc0\x80\n\n"_ba,
            {"# c\xef\xbf\xbd"_ba, "e\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd|i\xef\xbf\xbd"_ba});
        row("a name that is no UTF-8", "d\xffta: a\ndata: b\n\n"_ba, {"message|b|"_ba});

        row("as servers write it", "event:message\ndata:{\"x\":1}\n\n: ping\n\ndata: [DONE]\n\n"_ba,
            {"message|{\"x\":1}|"_ba, "# ping"_ba, "message|[DONE]|"_ba});
    }

    void streams()
    {
        QFETCH(const QByteArray, stream);
        QFETCH(const QByteArrayList, expected);
        QCOMPARE(readWhole(stream), expected);

        Reader byteByByte;
        for (qsizetype i = 0; i < stream.size(); ++i) {
            byteByByte.feed({}); // an empty read changes nothing
            byteByByte.feed(stream.sliced(i, 1));
        }
        QCOMPARE(byteByByte.said, expected);

        for (qsizetype first = 0; first <= stream.size(); ++first) {
            for (qsizetype second = first; second <= stream.size(); ++second) {
                Reader reader;
                reader.feed(stream.first(first));
                reader.feed(stream.sliced(first, second - first));
                reader.feed(stream.sliced(second));
                if (reader.said != expected) {
                    qInfo("cut at %lld and %lld", qlonglong(first), qlonglong(second));
                    QCOMPARE(reader.said, expected);
                }
            }
        }
    }

    void replacementFollowsTheEncodingStandard_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("replacements"); // of which the whole value then consists
        QTest::newRow("continuation alone") << "\x80"_ba << 1;
        QTest::newRow("two continuations") << "\x80\xbf"_ba << 2;
        QTest::newRow("lead alone") << "\xc3"_ba << 1;
        QTest::newRow("overlong, two bytes") << "\xc1\xbf"_ba << 2;
        QTest::newRow("overlong, three bytes") << "\xe0\x9f\xbf"_ba << 3;
        QTest::newRow("overlong, four bytes") << "\xf0\x8f\xbf\xbf"_ba << 4;
        QTest::newRow("surrogate") << "\xed\xa0\x80"_ba << 3;
        QTest::newRow("beyond Unicode") << "\xf4\x90\x80\x80"_ba << 4;
        QTest::newRow("five bytes") << "\xf8\x88\x80\x80\x80"_ba << 5;
        QTest::newRow("cut after two of three") << "\xe2\x82"_ba << 1;
        QTest::newRow("cut after three of four") << "\xf0\x9f\xa6"_ba << 1;
        QTest::newRow("cut, then another cut") << "\xf0\x9f\xe2\x82"_ba << 2;
        QTest::newRow("fe ff") << "\xfe\xff"_ba << 2;
    }

    void replacementFollowsTheEncodingStandard()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, replacements);
        const QByteArray expected = QByteArray("\xef\xbf\xbd").repeated(replacements);
        QCOMPARE(readWhole("data: "_ba + bytes + "\n\n"_ba),
            QByteArrayList{"message|"_ba + expected + "|"_ba});
        QCOMPARE(readWhole("data: \xc3\xa4"_ba + bytes + "x\n\n"_ba),
            QByteArrayList{"message|\xc3\xa4"_ba + expected + "x|"_ba});
    }

    void retryTakesDigitsAlone_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qlonglong>("expected"); // -1: ignored
        QTest::newRow("digits") << " 1500"_ba << 1500LL;
        QTest::newRow("zeros in front") << "007"_ba << 7LL;
        QTest::newRow("zero") << " 0"_ba << 0LL;
        QTest::newRow("empty") << ""_ba << -1LL;
        QTest::newRow("sign") << "-5"_ba << -1LL;
        QTest::newRow("plus") << "+5"_ba << -1LL;
        QTest::newRow("fraction") << "1.5"_ba << -1LL;
        QTest::newRow("letters") << "5s"_ba << -1LL;
        QTest::newRow("space after") << "5 "_ba << -1LL;
        QTest::newRow("two spaces before") << "  5"_ba << -1LL;
        QTest::newRow("too great") << "99999999999999999999"_ba << -1LL;
        QTest::newRow("other digits") << "\xd9\xa5"_ba << -1LL;
    }

    void retryTakesDigitsAlone()
    {
        QFETCH(const QByteArray, value);
        QFETCH(const qlonglong, expected);
        Reader reader;
        reader.feed("retry:"_ba + value + "\n"_ba);
        QCOMPARE(reader.parser().retry(),
            expected < 0 ? std::optional<Milliseconds>() : Milliseconds(expected));
        QVERIFY(reader.said.isEmpty());
    }

    void anUnfinishedEventsIdIsNotTheLast()
    {
        Reader reader;
        reader.feed("id: 1\ndata: a\n\nid: 2\ndata: b\n"_ba);
        QCOMPARE(reader.parser().lastEventId().toByteArray(), "1"_ba);
        reader.feed("\n"_ba);
        QCOMPARE(reader.parser().lastEventId().toByteArray(), "2"_ba);
    }

    void anEventInOneReadIsNotCopied()
    {
        const QByteArray read = "id: 1\nevent: x\ndata: abc\n\ndata: def\n\n"_ba;
        const auto isInside = [&read](QByteArrayView view) {
            return view.data() >= read.constData() && view.data() < read.constEnd();
        };
        SseParser parser;
        parser.feed(read);
        QCOMPARE(parser.next(), SseParser::Step::Event);
        QVERIFY(isInside(parser.event().data));
        QVERIFY(isInside(parser.event().type));
        QCOMPARE(parser.next(), SseParser::Step::Event);
        QVERIFY(isInside(parser.event().data));
    }

    void limitsEndInOneClearError_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArrayList>("expected");
        // Limits: 10 bytes a line, 12 an event.
        QTest::newRow("a line at the limit")
            << "data: 6789\n\n"_ba << QByteArrayList{"message|6789|"_ba};
        QTest::newRow("a line over it") << "data: a\n\ndata: 67890\n\ndata: b\n\n"_ba
                                        << QByteArrayList{"message|a|"_ba, "!"_ba};
        QTest::newRow("a line over it, without end")
            << "data: a\n\n:2345678901"_ba << QByteArrayList{"message|a|"_ba, "!"_ba};
        QTest::newRow("an event at the limit") << "data:12345\ndata:1234\ndata:1\n\n"_ba
                                               << QByteArrayList{"message|12345\n1234\n1|"_ba};
        QTest::newRow("an event over it") << "data: a\n\ndata:12345\ndata:1234\ndata:12\n\n"_ba
                                          << QByteArrayList{"message|a|"_ba, "!"_ba};
        QTest::newRow("an event of empty lines")
            << "data\n"_ba.repeated(14) << QByteArrayList{"!"_ba};
    }

    void limitsEndInOneClearError()
    {
        QFETCH(const QByteArray, stream);
        QFETCH(const QByteArrayList, expected);
        const SseParser::Limits limits{.line = 10, .event = 12};
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            Reader reader(limits);
            reader.feed(stream.first(cut));
            if (!reader.said.endsWith("!"_ba)) {
                reader.feed(stream.sliced(cut));
            }
            QCOMPARE(reader.said, expected);
            if (expected.endsWith("!"_ba)) {
                QCOMPARE(reader.parser().error().kind, ApiError::Kind::Protocol);
                QVERIFY(reader.parser().error().message.endsWith(u'.'));
            }
        }
        Reader reader(limits);
        reader.feed(stream);
        reader.feed("data: z\n\n"_ba);
        QVERIFY(!reader.said.contains("message|z|"_ba) || !expected.endsWith("!"_ba));
    }

    // The next two would take many minutes if any byte were looked at more than a few times, and
    // so would end by the test's own time limit; as it is they take a fraction of a second.

    void aLongLineInShortReadsIsLinear()
    {
        constexpr qsizetype size = 64 * 1024 * 1024;
        SseParser parser({.line = 2 * size, .event = 2 * size});
        const QByteArray read(256, 'x');
        parser.feed("data: ");
        QCOMPARE(parser.next(), SseParser::Step::NeedsMore);
        QCOMPARE(countEvents(parser, read, size / read.size()), 0);
        parser.feed("\n\n");
        QCOMPARE(parser.next(), SseParser::Step::Event);
        QCOMPARE(parser.event().data.size(), size);
    }

    void manyLinesInOneReadAreLinear_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("LF") << "\n"_ba;
        QTest::newRow("CR") << "\r"_ba;
        QTest::newRow("CRLF") << "\r\n"_ba;
    }

    void manyLinesInOneReadAreLinear()
    {
        QFETCH(const QByteArray, end);
        constexpr qsizetype count = 2'000'000;
        SseParser parser;
        QCOMPARE(countEvents(parser, ("data:a"_ba + end + end).repeated(count), 1), count);
    }
};

QTEST_GUILESS_MAIN(TestSseParser)
#include "tst_sseparser.moc"
