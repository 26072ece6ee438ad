// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/recordpattern.h"

#include "providers/provider.h"
#include "providers/registry.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

const QByteArray chunk = "{\"id\":\"c1\",\"created\":17,\"model\":\"m\",\"choices\":[{\"index\":0,"
                         "\"delta\":{\"content\":\"one\"},"
                         "\"logprobs\":null,\"finish_reason\":null}],\"obfuscation\":\"xyz\"}"_ba;
const QByteArray token
    = "{\"token\":{\"id\":12,\"text\":\"one\",\"logprob\":-0.4,\"special\":false},\"generated_text\":null}"_ba;

const RecordPattern::Keys keys{
    .text = {"content", "reasoning", "text"}, .unread = {"created", "obfuscation"}};

/// `chunk` with another text, as it stands between its quotes.
QByteArray chunkOf(const QByteArray &text) { return QByteArray(chunk).replace("one", text); }

QByteArray chunkWith(const QByteArray &before, const QByteArray &after)
{
    return QByteArray(chunk).replace(before, after);
}

QByteArray tokenWith(const QByteArray &before, const QByteArray &after)
{
    return QByteArray(token).replace(before, after);
}

/// The same JSON, which no pattern fits that was learned from another spelling.
QByteArray respelled(const QByteArray &record)
{
    return record.startsWith('{') ? "{ "_ba + record.sliced(1) : record;
}

struct Reading
{
    StreamEvents events;
    std::optional<ApiError::Kind> error;

    friend bool operator==(const Reading &, const Reading &) = default;
};

Reading read(const QString &dialect, const QByteArrayList &records)
{
    const std::unique_ptr<StreamDecoder> decoder = findProvider(dialect)->makeDecoder();
    Reading reading;
    for (const QByteArray &record : records) {
        if (!reading.error) {
            const auto error = decoder->decode(record, "message", TimePoint(), reading.events);
            reading.error = error ? std::optional(error->kind) : std::nullopt;
        }
    }
    return reading;
}

} // namespace

/// Records that are compared instead of parsed mean what they mean when they are parsed.
class TestRecordPattern final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void fits_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<bool>("fits");
        QTest::addColumn<QString>("text");
        const QString none;
        const auto row = [](const char *name, const QByteArray &record, const QString &text) {
            const bool fits = !text.isNull();
            QTest::newRow(name) << record << fits << text;
        };
        row("the same", chunk, u"one"_s);
        row("another text", chunkOf("two and more"), u"two and more"_s);
        row("no text", chunkOf(""), u""_s);
        row("beyond ASCII", chunkOf("日本 🙂"), u"日本 🙂"_s);
        row("escapes", chunkOf("\\\"a\\\\\\/\\b\\f\\n\\r\\t"), u"\"a\\/\b\f\n\r\t"_s);
        row("escapes at the ends", chunkOf("\\na\\n"), u"\na\n"_s);
        row("another time", chunkWith("17", "1790000000"), u"one"_s);
        row("another filling", chunkWith("xyz", "z"), u"one"_s);
        row("a coded character", chunkOf("\\u00e9"), none);
        row("an unknown escape", chunkOf("\\x"), none);
        row("a control character", chunkOf("a\tb"), none);
        row("half a character", chunkOf("\xe6\x97"), none);
        row("a surrogate", chunkOf("\xed\xa0\x80"), none);
        row("an escape in the filling", chunkWith("xyz", "\\n"), none);
        row("a leading zero", chunkWith("17", "017"), none);
        row("no digits", chunkWith("17", "-"), none);
        row("no fraction", chunkWith("17", "17."), none);
        row("no exponent", chunkWith("17", "17e"), none);
        row("a number of 19 digits", chunkWith("17", "1234567890123456789"), none);
        row("a large exponent", chunkWith("17", "1e999"), none);
        row("a member more", chunkWith("null}]", "null,\"stop\":1}]"), none);
        row("finished", chunkWith("\"finish_reason\":null", "\"finish_reason\":\"stop\""), none);
        row("cut in the text", chunk.first(chunk.indexOf("ne\"")), none);
        row("cut at the text", chunk.first(chunk.indexOf("one")), none);
        row("cut before its end", chunk.chopped(1), none);
        row("more behind it", chunk + "}", none);
        row("nothing", "", none);
    }

    void fits()
    {
        QFETCH(const QByteArray, record);
        QFETCH(const bool, fits);
        QFETCH(const QString, text);
        RecordPattern pattern;
        const TimePoint at{std::chrono::seconds(7)};
        pattern.learn(chunk, StreamEvent{TimePoint(), TextDelta{3, u"one"_s}}, keys);
        StreamEvents expected;
        if (!text.isEmpty()) {
            expected.append({at, TextDelta{3, text}});
        }
        StreamEvents events;
        QCOMPARE(pattern.read(record, at, events), fits);
        QCOMPARE(events, expected);
        pattern.forget();
        QVERIFY(!pattern.read(chunk, at, events));
    }

    void learnsReasoning()
    {
        RecordPattern pattern;
        pattern.learn("{\"reasoning\":\"a\",\"content\":null}",
            StreamEvent{TimePoint(), ReasoningDelta{1, u"a"_s}}, keys);
        StreamEvents events;
        QVERIFY(pattern.read("{\"reasoning\":\"b\",\"content\":null}", TimePoint(), events));
        const StreamEvents expected{{TimePoint(), ReasoningDelta{1, u"b"_s}}};
        QCOMPARE(events, expected);
    }

    void learnsNothingThatIsNotSure_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::newRow("two texts") << "{\"content\":\"a\",\"reasoning\":\"a\"}"_ba;
        QTest::newRow("twice the same") << "{\"content\":\"a\",\"content\":\"a\"}"_ba;
        QTest::newRow("parts") << "{\"content\":[{\"text\":\"a\"}]}"_ba;
        QTest::newRow("an escape") << "{\"content\":\"a\",\"x\":\"\\n\"}"_ba;
        QTest::newRow("a coded key") << "{\"c\\u006fntent\":\"a\",\"x\":{\"content\":\"a\"}}"_ba;
        QTest::newRow("no text") << "{\"x\":\"a\"}"_ba;
        QTest::newRow("only a value") << "{\"x\":\"content\",\"y\":[\"content\",\"a\"]}"_ba;
        QTest::newRow("very long")
            << "{\"content\":\"a\",\"x\":\""_ba + QByteArray(5000, 'x') + "\"}";
    }

    void learnsNothingThatIsNotSure()
    {
        QFETCH(const QByteArray, record);
        RecordPattern pattern;
        pattern.learn(record, StreamEvent{TimePoint(), TextDelta{0, u"a"_s}}, keys);
        StreamEvents events;
        QVERIFY(!pattern.read(record, TimePoint(), events));
        QVERIFY(events.isEmpty());
    }

    void comparedAndParsedRecordsReadAlike_data()
    {
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<QByteArrayList>("records");
        const auto row = [](const char *name, const QByteArrayList &records) {
            QTest::newRow(name) << u"openai"_s << records;
        };
        row("texts", {chunk, chunkOf("two"), chunkOf(""), chunkOf("\\n"), chunk});
        row("a byte order mark", {chunk, chunkOf("\xef\xbb\xbf"_ba + "a"), chunkOf("\\ufeffa")});
        row("bytes that are no UTF-8", {chunk, chunkOf("\xff")});
        row("no JSON", {chunk, chunk.chopped(1)});
        row("a control character", {chunk, chunkOf("a\tb")});
        row("numbers", {chunk, chunkWith("17", "017")});
        row("a number without digits", {chunk, chunkWith("17", "-")});
        row("a number beyond all", {chunk, chunkWith("17", "1e999")});
        row("a whole number beyond 64 bits", {chunk, chunkWith("17", "123456789012345678901")});
        row("half a pair", {chunk, chunkOf("\\ud83d")});
        row("a finish between", {chunk, chunkWith("reason\":null", "reason\":\"stop\""), chunk});
        row("a finish with each",
            {chunkWith("reason\":null", "reason\":\"stop\""),
                chunkWith("reason\":null", "reason\":\"stop\""),
                chunkWith("reason\":null", "reason\":\"length\""),
                chunkWith("reason\":null", "reason\":\"stop\"")});
        row("another choice between", {chunk, chunkWith("index\":0", "index\":1"), chunk});
        row("usage with each",
            {chunkWith("17,", "17,\"usage\":{\"prompt_tokens\":3},"),
                chunkWith("17,", "17,\"usage\":{\"prompt_tokens\":3},"),
                chunkWith("17,", "17,\"usage\":{\"prompt_tokens\":4},"),
                chunkWith("17,", "17,\"usage\":{\"prompt_tokens\":3},")});
        row("an error in it", {chunk, chunkWith("17", "17,\"error\":\"x\"")});
        row("both names of reasoning",
            {chunkWith("content", "reasoning"),
                chunkWith("\"content\":\"one\"", "\"reasoning\":\"a\",\"reasoning_content\":\"a\""),
                chunkWith("\"content\":\"one\"", "\"reasoning\":\"a\",\"reasoning_content\":\"b\""),
                chunkWith(
                    "\"content\":\"one\"", "\"reasoning\":\"\",\"reasoning_content\":\"b\"")});
        row("text by another name",
            {chunkWith("\"content\":\"one\"", "\"refusal\":\"one\",\"x\":{\"content\":\"one\"}"),
                chunkWith(
                    "\"content\":\"one\"", "\"refusal\":\"one\",\"x\":{\"content\":\"two\"}")});
        const auto lorax = [](const char *name, const QByteArrayList &records) {
            QTest::newRow(name) << u"lorax"_s << records;
        };
        lorax("tokens", {token, tokenWith("12", "7"), tokenWith("-0.4", "-1.1920929e-7"), token});
        lorax("no probability", {token, tokenWith("-0.4", "null"), tokenWith("-0.4", "NaN")});
        lorax("special", {token, tokenWith("false", "true"), token});
        lorax("the end", {token, tokenWith("text\":null", "text\":\"one\"")});
        lorax("broken", {token, tokenWith("12", "1-2")});
        lorax("alternatives",
            {token, tokenWith("false", "false,\"alternative_tokens\":[{\"id\":1,\"text\":\"a\"}]"),
                token});
    }

    void comparedAndParsedRecordsReadAlike()
    {
        QFETCH(const QString, dialect);
        QFETCH(const QByteArrayList, records);
        QByteArrayList parsed = records;
        for (qsizetype i = 1; i < parsed.size(); i += 2) {
            parsed[i] = respelled(parsed[i]);
        }
        QCOMPARE(read(dialect, records), read(dialect, parsed));
    }
};

QTEST_GUILESS_MAIN(TestRecordPattern)
#include "tst_recordpattern.moc"
