// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "corpus.h"
#include "text/markdownparser.h"
#include "text/streamingmarkdown.h"

#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Kind = MarkdownBlock::Kind;

struct Stream
{
    StreamingMarkdown markdown;
    MarkdownBlocks blocks;

    void append(QStringView text) { applyEdit(blocks, markdown.append(text)); }

    void finish() { applyEdit(blocks, markdown.finish()); }
};

} // namespace

class TestStreamingMarkdown final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyPrefixFinishesAsTheWhole_data()
    {
        QTest::addColumn<QString>("markdown");
        for (const CorpusEntry &entry : corpus()) {
            QTest::newRow(entry.name) << QString::fromUtf8(entry.markdown);
        }
    }

    void everyPrefixFinishesAsTheWhole()
    {
        QFETCH(QString, markdown);
        Stream stream;
        for (qsizetype end = 0; end <= markdown.size(); ++end) {
            if (end > 0) {
                stream.append(QStringView(markdown).sliced(end - 1, 1));
            }
            Stream finished = stream;
            finished.finish();
            QCOMPARE(finished.blocks, MarkdownParser::parse(QStringView(markdown).first(end)));
        }
    }

    void randomTextsInRandomPiecesToo()
    {
        QRandomGenerator random(7);
        for (int i = 0; i < 400; ++i) {
            const QString markdown = randomMarkdown(random, 1 + random.bounded(14), true);
            Stream stream;
            for (qsizetype at = 0; at < markdown.size();) {
                const qsizetype size
                    = std::min<qsizetype>(1 + random.bounded(9), markdown.size() - at);
                stream.append(QStringView(markdown).sliced(at, size));
                at += size;
            }
            stream.finish();
            QCOMPARE(stream.blocks, MarkdownParser::parse(markdown));
        }
    }

    void closedBlocksDoNotChangeWhileStreaming()
    {
        const QString markdown
            = u"# Head\n\nOne *two*.\n\n- a\n- b\n\n```py\nx = 1\n```\n\n| a |\n|---|\n| b |\n\nend"_s;
        Stream stream;
        qsizetype closed = 0;
        for (const QChar c : markdown) {
            const MarkdownBlocks before = stream.blocks;
            const BlockEdit edit = stream.markdown.append(QStringView(&c, 1));
            QVERIFY(edit.keep >= closed);
            closed = edit.tailSourceEnd > 0 ? edit.keep - 1 : edit.keep;
            applyEdit(stream.blocks, edit);
            QCOMPARE(stream.blocks.first(closed), before.first(closed));
        }
        QCOMPARE(stream.blocks.size(), 6);
    }

    void openConstructsAreClosedForDisplay_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("styles");
        QTest::newRow("bold") << u"**bo"_s << u"bo"_s << int(TextRun::Bold);
        QTest::newRow("bold and a space") << u"**bo "_s << u"bo"_s << int(TextRun::Bold);
        QTest::newRow("closing half arrived") << u"**bo*"_s << u"bo"_s << int(TextRun::Bold);
        QTest::newRow("opening mark alone") << u"a **"_s << u"a"_s << 0;
        QTest::newRow("italic") << u"*it"_s << u"it"_s << int(TextRun::Italic);
        QTest::newRow("strike") << u"~~st"_s << u"st"_s << int(TextRun::Strike);
        QTest::newRow("code") << u"`co"_s << u"co"_s << int(TextRun::Code);
        QTest::newRow("code keeps stars") << u"`a **b"_s << u"a **b"_s << int(TextRun::Code);
        QTest::newRow("link") << u"[li](https://exa"_s << u"li"_s << int(TextRun::Link);
        QTest::newRow("bold link")
            << u"**[li](ht"_s << u"li"_s << int(TextRun::Link | TextRun::Bold);
        QTest::newRow("list item") << u"- a\n- **bo"_s << u"a\nbo"_s << int(TextRun::Bold);
        QTest::newRow("quote") << u"> **bo"_s << u"bo"_s << int(TextRun::Bold);
        QTest::newRow("product") << u"2 * 3"_s << u"2 * 3"_s << 0;
        QTest::newRow("snake case") << u"some_name"_s << u"some_name"_s << 0;
    }

    void openConstructsAreClosedForDisplay()
    {
        QFETCH(QString, markdown);
        QFETCH(QString, text);
        QFETCH(int, styles);
        Stream stream;
        stream.append(markdown);
        QCOMPARE(stream.blocks.size(), 1);
        QCOMPARE(stream.blocks.first().text, text);
        const TextRun run = stream.blocks.first().runs.value(0);
        QCOMPARE(int(run.styles), styles);
    }

    void aTableShowsFromItsHeadOn()
    {
        Stream stream;
        stream.append(u"| a | b"_s);
        QCOMPARE(stream.blocks.first().kind, Kind::Table);
        QCOMPARE(stream.blocks.first().text, u"a\tb"_s);
        stream.append(u" |\n|-"_s);
        QCOMPARE(stream.blocks.first().kind, Kind::Table);
        stream.append(u"--|---|\n| 1 | **2"_s);
        QCOMPARE(stream.blocks.first().text, u"a\tb\n1\t2"_s);
        QCOMPARE(stream.blocks.first().columns.size(), 2);
    }

    void marksThatMeanNothingYetAreHeldBack()
    {
        Stream stream;
        stream.append(u"text\n-"_s);
        QCOMPARE(stream.blocks.first().kind, Kind::Paragraph);
        QCOMPARE(stream.blocks.first().text, u"text"_s);
        stream.append(u" item"_s);
        QCOMPARE(stream.blocks.size(), 2);
        QCOMPARE(stream.blocks.last().kind, Kind::List);
    }

    void aFenceOnlyEverGrows()
    {
        Stream stream;
        stream.append(u"```py\n"_s);
        QString shown;
        for (const QChar c : u"def f():\n    return `x`\n\n``` no\n"_s) {
            const BlockEdit edit = stream.markdown.append(QStringView(&c, 1));
            QVERIFY(edit.blocks.isEmpty());
            applyEdit(stream.blocks, edit);
            QVERIFY(stream.blocks.last().text.startsWith(shown));
            shown = stream.blocks.last().text;
        }
        stream.append(u"``"_s);
        QCOMPARE(stream.blocks.last().text, u"def f():\n    return `x`\n\n``` no"_s);
        stream.append(u"`\nafter"_s);
        QCOMPARE(stream.blocks.size(), 2);
        QCOMPARE(stream.blocks.first().text, u"def f():\n    return `x`\n\n``` no"_s);
    }

    void aLateDefinitionChangesAnEarlyBlock()
    {
        Stream stream;
        stream.append(u"See [it].\n\nText.\n\n[it]: https://example.com\n"_s);
        QVERIFY(stream.blocks.first().runs.isEmpty());
        stream.finish();
        QCOMPARE(stream.blocks.size(), 2);
        QCOMPARE(stream.blocks.first().runs.constFirst().target, u"https://example.com"_s);
    }

    void aMegabyteTakesLinearTime_data()
    {
        QTest::addColumn<QString>("piece");
        QTest::newRow("prose")
            << u"Some *words* and `code` that go on for a while.\n\n- a\n- b\n\n"_s;
        QTest::newRow("one paragraph") << u"words without an end "_s;
        QTest::newRow("open marks") << u"a ** b [c $d `` \\( "_s;
        QTest::newRow("brackets") << u"[x] "_s;
        QTest::newRow("definitions") << u"[x]: /u\n\n[y] text\n\n"_s;
        QTest::newRow("nested quotes") << u"> > > > a\n"_s;
        QTest::newRow("fences") << u"```\nx\n```\n"_s;
    }

    /// Ten times the text may take ten times the processor's time and some more, not a hundred
    /// times.
    void aMegabyteTakesLinearTime()
    {
        QFETCH(QString, piece);
        const auto parse = [&piece](qsizetype size) {
            const QString markdown = piece.repeated(size / piece.size());
            // Processor time: what else runs on the machine does not count.
            const std::clock_t begin = std::clock();
            const MarkdownBlocks blocks = MarkdownParser::parse(markdown);
            return double(std::clock() - begin) / CLOCKS_PER_SEC + (blocks.isEmpty() ? 1e9 : 0);
        };
        const double small = std::max(parse(100'000), 0.005);
        const double large = std::min(parse(1'000'000), parse(1'000'000));
        QVERIFY2(large < 50 * small, qPrintable(u"%1 s, %2 s"_s.arg(small).arg(large)));
    }
};

QTEST_GUILESS_MAIN(TestStreamingMarkdown)
#include "tst_streamingmarkdown.moc"
