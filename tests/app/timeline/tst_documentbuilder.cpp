// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sampleanswers.h"
#include "text/markdownparser.h"
#include "text/streamingmarkdown.h"
#include "timeline/copyformats.h"
#include "timeline/documentbuilder.h"
#include "timeline/links.h"
#include "timeline/timelineselection.h"

#include <QTest>
#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

TextStyle style()
{
    TextStyle result;
    result.prose.setPixelSize(15);
    result.code.setPixelSize(13);
    for (QFont &font : result.headings) {
        font.setPixelSize(20);
    }
    result.text = Qt::black;
    result.textSecondary = Qt::darkGray;
    result.link = Qt::blue;
    return result;
}

} // namespace

class TestDocumentBuilder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// Selection counts on it: position n of the block is position n of the document.
    void positionsAreThoseOfTheBlock()
    {
        for (const MarkdownBlock &block : MarkdownParser::parse(SampleAnswers::everything())) {
            QTextDocument document;
            DocumentBuilder::prepare(document, style(), true);
            DocumentBuilder::fill(document, block, style());
            const qsizetype offset = DocumentBuilder::documentOffset(block);
            for (qsizetype i = 0; i < block.text.size(); ++i) {
                const QChar shown = document.characterAt(int(i + offset));
                if (block.text[i] != u'\n' && block.text[i] != u'\t') {
                    QCOMPARE(shown, block.text[i]);
                } else {
                    QVERIFY(shown == QChar::ParagraphSeparator || shown.unicode() == 0xFDD0
                        || block.text[i] == u'\t');
                }
            }
        }
    }

    /// A document that grew looks as one that was filled at once.
    void growingGivesWhatFillingGives()
    {
        const QString text = SampleAnswers::everything();
        StreamingMarkdown markdown;
        MarkdownBlocks blocks;
        MarkdownBlocks shown;
        std::vector<std::unique_ptr<QTextDocument>> documents;
        for (qsizetype at = 0; at < text.size(); at += 3) {
            applyEdit(blocks,
                markdown.append(
                    QStringView(text).sliced(at, std::min<qsizetype>(3, text.size() - at))));
            documents.resize(std::size_t(blocks.size()));
            shown.resize(blocks.size());
            for (qsizetype i = 0; i < blocks.size(); ++i) {
                auto &document = documents[std::size_t(i)];
                if (!document) {
                    document = std::make_unique<QTextDocument>();
                    DocumentBuilder::prepare(*document, style(), true);
                    document->setTextWidth(500);
                    DocumentBuilder::fill(*document, blocks[i], style());
                } else if (!(shown[i] == blocks[i])) {
                    DocumentBuilder::update(*document, shown[i], blocks[i], style());
                } else {
                    continue;
                }
                shown[i] = blocks[i];
                QTextDocument fresh;
                DocumentBuilder::prepare(fresh, style(), true);
                fresh.setTextWidth(500);
                DocumentBuilder::fill(fresh, blocks[i], style());
                QCOMPARE(document->toPlainText(), fresh.toPlainText());
                QCOMPARE(document->size().height(), fresh.size().height());
                QCOMPARE(document->toHtml(), fresh.toHtml());
            }
        }
    }

    /// Whatever a document showed before.
    void updatingGivesWhatFillingGives()
    {
        const MarkdownBlocks blocks = MarkdownParser::parse(SampleAnswers::everything()
            + u"\n\n\u05E9\u05DC\u05D5\u05DD\n\n1. a\n12. b\n\n> - x"_s);
        for (const MarkdownBlock &before : blocks) {
            for (const MarkdownBlock &now : blocks) {
                QTextDocument document;
                DocumentBuilder::prepare(document, style(), true);
                DocumentBuilder::fill(document, before, style());
                DocumentBuilder::update(document, before, now, style());
                QTextDocument fresh;
                DocumentBuilder::prepare(fresh, style(), true);
                DocumentBuilder::fill(fresh, now, style());
                QVERIFY2(document.toHtml() == fresh.toHtml(),
                    qPrintable(u"from\n%1\nto\n%2\nis\n%3\nnot\n%4"_s.arg(
                        before.text, now.text, document.toHtml(), fresh.toHtml())));
            }
        }
    }

    void hostileCharactersKeepThePositions()
    {
        MarkdownBlock block;
        block.kind = MarkdownBlock::Kind::Code;
        block.text
            = u"a"_s + QChar(QChar::ParagraphSeparator) + QChar(0xFDD0) + QChar(0xFDD1) + u"\rb"_s;
        QTextDocument document;
        DocumentBuilder::prepare(document, style(), false);
        DocumentBuilder::fill(document, block, style());
        QCOMPARE(document.characterCount() - 1, block.text.size());
        QCOMPARE(document.characterAt(int(block.text.size()) - 1), QChar(u'b'));
    }

    void htmlIsWellFormedAndSafe()
    {
        const QString html = blocksAsHtml(MarkdownParser::parse(
            u"**b** <script> [x](javascript:alert) [y](https://e.com)\n\n- a\n  - b\n\n| a |\n|-|\n| b |"_s));
        QVERIFY(html.contains(u"<strong>b</strong>"));
        QVERIFY(html.contains(u"&lt;script&gt;"));
        QVERIFY(!html.contains(u"javascript"));
        QVERIFY(html.contains(u"<a href=\"https://e.com\">y</a>"));
        QVERIFY(html.contains(u"<th>a</th>"));
        QCOMPARE(html.count(u"<ul>"), html.count(u"</ul>"));
    }

    void tablesAsCsv()
    {
        const MarkdownBlocks blocks
            = MarkdownParser::parse(u"| a, b | \"c\" |\n|---|---|\n| 1 | 2 |"_s);
        QCOMPARE(tableAsCsv(blocks.first()), u"\"a, b\",\"\"\"c\"\"\"\r\n1,2\r\n"_s);
    }

    /// The ground of code at the ends of lines does not leave the column.
    void inlineCodeStaysInItsColumn()
    {
        const MarkdownBlocks blocks = MarkdownParser::parse(
            u"`begins` the line and goes on with `words` up to the next lines, `one` or `two`"_s);
        for (const int width : {60, 120, 200, 2000}) {
            QTextDocument document;
            DocumentBuilder::prepare(document, style(), true);
            document.setTextWidth(width);
            DocumentBuilder::fill(document, blocks.first(), style());
            const auto grounds = DocumentBuilder::decorations(document, blocks.first(), style());
            QVERIFY(grounds.size() >= 4);
            for (const DocumentBuilder::Decoration &ground : grounds) {
                QCOMPARE_GE(ground.rect.left(), 0.0);
                QCOMPARE_LE(ground.rect.right(), qreal(width));
                QCOMPARE_GT(ground.rect.width(), 0.0);
            }
        }
    }

    void onlySafeLinksOpen_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("safe");
        QTest::newRow("https") << u"https://example.com/x"_s << true;
        QTest::newRow("www") << u"www.example.com"_s << true;
        QTest::newRow("mail") << u"mailto:a@b.c"_s << true;
        QTest::newRow("javascript") << u"javascript:alert(1)"_s << false;
        QTest::newRow("JavaScript with space") << u" JaVaScRiPt:alert(1)"_s << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("data") << u"data:text/html,x"_s << false;
        QTest::newRow("relative") << u"../x"_s << false;
        QTest::newRow("empty") << QString() << false;
    }

    void onlySafeLinksOpen()
    {
        QFETCH(QString, address);
        QFETCH(bool, safe);
        QCOMPARE(isSafeLink(address), safe);
    }

    void selectionGivesMarkdownForWholeBlocks()
    {
        TimelineModel model;
        model.setPath({SampleAnswers::answer(u"# Head\n\nSome **bold** text.\n\n- a\n- b"_s)});
        QCOMPARE(model.rowText(2), u"Some bold text."_s);
        TimelineSelection selection;
        selection.select({1, 0}, {2, 9}); // the heading whole, the paragraph in part
        QCOMPARE(selection.markdown(model), u"# Head\n\nSome bold"_s);
        QCOMPARE(selection.plain(model), u"Head\n\nSome bold"_s);
        selection.select({3, 3}, {1, 0}); // backwards, all of it
        QCOMPARE(selection.markdown(model), u"# Head\n\nSome **bold** text.\n\n- a\n- b"_s);
        QVERIFY(blocksAsHtml(selection.blocks(model)).contains(u"<h1>Head</h1>"));
        selection.rowsInserted(0, 2);
        QCOMPARE(selection.anchor().row, 5);
        selection.rowsRemoved(0, 2);
        QCOMPARE(selection.anchor().row, 3);
        selection.rowsRemoved(3, 1);
        QVERIFY(selection.isEmpty());
    }
};

QTEST_MAIN(TestDocumentBuilder)
#include "tst_documentbuilder.moc"
