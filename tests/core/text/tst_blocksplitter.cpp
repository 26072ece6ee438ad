// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "corpus.h"
#include "text/blocksplitter.h"
#include "text/linkdefinitions.h"

#include <QTest>

#include <md4c.h>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// What md4c makes of a text, as words: the reference for how it is cut into blocks.
struct Dump
{
    QString text;
    int depth = 0;

    static QString of(const QString &markdown)
    {
        Dump dump;
        MD_PARSER parser = {};
        parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS
            | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_NOHTML;
        parser.enter_block = [](MD_BLOCKTYPE type, void *detail, void *self) {
            QString word = u"<%1"_s.arg(int(type));
            if (type == MD_BLOCK_OL) {
                word += u" %1"_s.arg(static_cast<MD_BLOCK_OL_DETAIL *>(detail)->is_tight);
            } else if (type == MD_BLOCK_UL) {
                word += u" %1"_s.arg(static_cast<MD_BLOCK_UL_DETAIL *>(detail)->is_tight);
            }
            return static_cast<Dump *>(self)->add(type == MD_BLOCK_DOC ? QString() : word);
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void *, void *self) {
            return static_cast<Dump *>(self)->add(
                type == MD_BLOCK_DOC ? QString() : u"/%1>\n"_s.arg(int(type)));
        };
        parser.enter_span = [](MD_SPANTYPE type, void *detail, void *self) {
            QString word = u"(%1 "_s.arg(int(type));
            if (type == MD_SPAN_A) {
                const MD_ATTRIBUTE &href = static_cast<MD_SPAN_A_DETAIL *>(detail)->href;
                word += QString::fromUtf8(href.text, qsizetype(href.size));
            }
            return static_cast<Dump *>(self)->add(word);
        };
        parser.leave_span = [](MD_SPANTYPE, void *, void *self) {
            return static_cast<Dump *>(self)->add(u")"_s);
        };
        parser.text = [](MD_TEXTTYPE type, const char *text, MD_SIZE size, void *self) {
            return static_cast<Dump *>(self)->add(
                u"{%1}"_s.arg(int(type)) + QString::fromUtf8(text, qsizetype(size)));
        };
        const QByteArray bytes = markdown.toUtf8();
        md_parse(bytes.constData(), MD_SIZE(bytes.size()), &parser, &dump);
        return dump.text;
    }

    int add(const QString &word)
    {
        text += word;
        return 0;
    }
};

/// The same, of the segments one by one.
QString dumpOfSegments(const QString &markdown)
{
    BlockSplitter splitter;
    const QList<BlockSegment> segments = splitter.advance(markdown, true);
    LinkDefinitions definitions;
    for (const BlockSegment &segment : segments) {
        if (segment.kind == BlockSegment::Kind::Paragraph) {
            definitions.collect(
                QStringView(markdown).sliced(segment.start, segment.end - segment.start));
        }
    }
    QString dump;
    for (const BlockSegment &segment : segments) {
        // With the line's end, which counts where a fence is never closed.
        const QString text = markdown.mid(segment.start, segment.end - segment.start + 1);
        const QString needed = definitions.neededBy(text);
        // Text that stands after a definition would be told twice.
        const QString twice = needed.isEmpty() ? QString() : Dump::of(needed);
        const QString both = Dump::of(needed.isEmpty() ? text : needed + u'\n' + text);
        dump += QStringView(both).mid(twice.size());
    }
    return dump;
}

} // namespace

class TestBlockSplitter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void cutsAsTheParserDoes_data()
    {
        QTest::addColumn<QString>("markdown");
        for (const CorpusEntry &entry : corpus()) {
            QTest::newRow(entry.name) << QString::fromUtf8(entry.markdown);
        }
    }

    void cutsAsTheParserDoes()
    {
        QFETCH(QString, markdown);
        QCOMPARE(dumpOfSegments(markdown), Dump::of(markdown));
    }

    /// md4c carries a little state from one block into the next (blank lines before an item), which
    /// a segment on its own does not see. Such texts are rare and are no better either way.
    void cutsRandomTextsAsTheParserDoes()
    {
        QRandomGenerator random(20);
        constexpr int texts = 5000;
        QStringList different;
        for (int i = 0; i < texts; ++i) {
            const QString markdown = randomMarkdown(random, 1 + random.bounded(9), false);
            const QString expected = Dump::of(markdown);
            const QString cut = dumpOfSegments(markdown);
            if (cut != expected) {
                different += u"%1\nexpected\n%2\ncut\n%3"_s.arg(markdown, expected, cut);
            }
        }
        QVERIFY2(different.size() <= texts / 500,
            qPrintable(u"%1 differ: %2"_s.arg(different.size()).arg(different.join(u"\n---\n"))));
    }

    void growsAsItFindsTheWhole()
    {
        QRandomGenerator random(21);
        for (int i = 0; i < 500; ++i) {
            const QString markdown = randomMarkdown(random, 1 + random.bounded(12), true);
            BlockSplitter whole;
            const QList<BlockSegment> expected = whole.advance(markdown, true);
            BlockSplitter growing;
            QList<BlockSegment> closed;
            for (qsizetype end = 0; end <= markdown.size(); ++end) {
                closed += growing.advance(QStringView(markdown).first(end), false);
                // What is closed is final: it begins the whole's list at every moment.
                QCOMPARE(closed, expected.first(closed.size()));
            }
            closed += growing.advance(markdown, true);
            QCOMPARE(closed, expected);
        }
    }

    void aTableEndsWhereAnotherBlockBegins()
    {
        const QString markdown = u"| a |\n|---|\n| b |\n```\ncode\n```\n| a |\n|---|\n# head"_s;
        BlockSplitter splitter;
        const QList<BlockSegment> segments = splitter.advance(markdown, true);
        QCOMPARE(segments.size(), 4);
        QCOMPARE(segments.at(0).kind, BlockSegment::Kind::Table);
        QCOMPARE(segments.at(1).kind, BlockSegment::Kind::Fence);
        QVERIFY(segments.at(1).fenceClosed);
        QCOMPARE(segments.at(2).kind, BlockSegment::Kind::Table);
        QCOMPARE(segments.at(3).kind, BlockSegment::Kind::Heading);
    }

    void rangesLeaveOutBlankLinesAround()
    {
        const QString markdown = u"\n\na\nb\n\n\n- c\n\n\nd"_s;
        BlockSplitter splitter;
        QStringList texts;
        for (const BlockSegment &segment : splitter.advance(markdown, true)) {
            texts += markdown.mid(segment.start, segment.end - segment.start);
        }
        QCOMPARE(texts, QStringList({u"a\nb"_s, u"- c"_s, u"d"_s}));
    }
};

QTEST_GUILESS_MAIN(TestBlockSplitter)
#include "tst_blocksplitter.moc"
