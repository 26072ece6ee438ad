// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/markdownparser.h"
#include "text/mathspans.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Kind = MarkdownBlock::Kind;

QString words(TextRun::Styles styles)
{
    static const QList<std::pair<TextRun::Style, QString>> names{{TextRun::Bold, u"bold"_s},
        {TextRun::Italic, u"italic"_s}, {TextRun::Code, u"code"_s}, {TextRun::Strike, u"strike"_s},
        {TextRun::Link, u"link"_s}, {TextRun::Image, u"image"_s}, {TextRun::Math, u"math"_s}};
    QStringList parts;
    for (const auto &[style, name] : names) {
        if (styles.testFlag(style)) {
            parts += name;
        }
    }
    return parts.join(u'+');
}

/// A block in words, so that a test reads as what a person would see.
QString describe(const MarkdownBlock &block)
{
    static const QStringList kinds{u"paragraph"_s, u"heading"_s, u"list"_s, u"quote"_s, u"code"_s,
        u"table"_s, u"rule"_s, u"image"_s, u"math"_s};
    QString line = kinds.at(int(block.kind));
    if (block.headingLevel > 0) {
        line += QString::number(block.headingLevel);
    }
    if (!block.language.isEmpty()) {
        line += u':' + block.language;
    }
    if (block.indent > 0) {
        line += u'>' + QString::number(block.indent);
    }
    line += u" \"%1\""_s.arg(block.text);
    for (const TextRun &run : block.runs) {
        line += u" [%1 %2%3]"_s.arg(block.text.sliced(run.start, run.length), words(run.styles),
            run.target.isEmpty() ? QString() : u" %1"_s.arg(run.target));
    }
    line.replace(u'\n', u'/').replace(QChar::LineSeparator, u'^').replace(u'\t', u'|');
    return line;
}

QStringList describe(const QString &markdown)
{
    QStringList lines;
    for (const MarkdownBlock &block : MarkdownParser::parse(markdown)) {
        lines += describe(block);
    }
    return lines;
}

} // namespace

class TestMarkdownParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void blocks_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QStringList>("expected");
        const auto row
            = [](const char *name, const QString &markdown, const QStringList &expected) {
                  QTest::newRow(name) << markdown << expected;
              };
        row("inline styles", u"a **b *c* d** `e` ~~f~~"_s,
            {u"paragraph \"a b c d e f\" [b  bold] [c bold+italic] [ d bold] [e code] [f strike]"_s});
        row("setext", u"Title\n==="_s, {u"heading1 \"Title\""_s});
        row("heading with code", u"## Use `x`"_s, {u"heading2 \"Use x\" [x code]"_s});
        row("soft and hard breaks", u"a\nb  \nc\\\nd"_s, {u"paragraph \"a b^c^d\""_s});
        row("reference link", u"[T][r]\n\n[r]: https://e.com"_s,
            {u"paragraph \"T\" [T link https://e.com]"_s});
        row("text after a definition is told once", u"[r]: /u\nwords [r]\n\n[r] again"_s,
            {u"paragraph \"words r\" [r link /u]"_s, u"paragraph \"r again\" [r link /u]"_s});
        row("bare link", u"see https://e.com/x."_s,
            {u"paragraph \"see https://e.com/x.\" [https://e.com/x link https://e.com/x]"_s});
        row("image alone", u"![A bird](b.png)"_s, {u"image \"A bird\""_s});
        row("image without words", u"x ![](b.png)"_s,
            {u"paragraph \"x b.png\" [b.png image b.png]"_s});
        row("linked image", u"[![i](j)](k)"_s, {u"image \"i\""_s});
        row("html is text", u"<b>x</b> &lt;"_s, {u"paragraph \"<b>x</b> <\""_s});
        row("unknown entity stays", u"&nosuch; &#65; &hellip;"_s,
            {u"paragraph \"&nosuch; A \u2026\""_s});
        row("code", u"```C++ title\na\n\n b\n```"_s, {u"code:C++ \"a// b\""_s});
        row("indented code", u"    a\n      b"_s, {u"code \"a/  b\""_s});
        row("table", u"| **a** | b |\n|:--|--:|\n| 1 | x\ty |\n| 2 |"_s,
            {u"table \"a|b/1|x y/2|\" [a bold]"_s});
        row("rule", u"a\n\n***"_s, {u"paragraph \"a\""_s, u"rule \"\""_s});
        row("code in a list stands alone", u"1. Do:\n   ```sh\n   ls\n   ```\n2. Then"_s,
            {u"list \"Do:\""_s, u"code:sh>1 \"ls\""_s, u"list \"Then\""_s});
        row("table in a list stands alone", u"- x\n\n  |a|\n  |-|\n  |b|"_s,
            {u"list \"x\""_s, u"table>1 \"a/b\""_s});
        row("code in a quote", u"> a\n> ```\n> b\n>\n> c\n> ```\n> d"_s, {u"quote \"a/b//c/d\""_s});
        row("maths", u"so $a_1*b*c$ and \\(x\\)"_s,
            {u"paragraph \"so a_1*b*c and x\" [a_1*b*c math] [x math]"_s});
        row("display maths", u"$$\na_1\n$$"_s, {u"math \"a_1\""_s});
        row("brackets of TeX", u"\\[ x^2 \\]"_s, {u"math \"x^2\""_s});
        row("money", u"It is $5, or $10."_s, {u"paragraph \"It is $5, or $10.\""_s});
        row("emoji", u"\U0001F99C **\U0001F389** x"_s,
            {u"paragraph \"\U0001F99C \U0001F389 x\" [\U0001F389 bold]"_s});
        row("null", u"a"_s + QChar(u'\0') + u"b"_s, {u"paragraph \"a\uFFFDb\""_s});
    }

    void blocks()
    {
        QFETCH(QString, markdown);
        QFETCH(QStringList, expected);
        QCOMPARE(describe(markdown), expected);
    }

    void listsKeepTheirStructure()
    {
        const MarkdownBlocks blocks = MarkdownParser::parse(
            u"3. three\n   - [x] done\n   - [ ] open\n\n   more\n4. > quoted"_s);
        QCOMPARE(blocks.size(), 1);
        const MarkdownBlock &block = blocks.first();
        QCOMPARE(block.text, u"three\ndone\nopen\nmore\nquoted"_s);
        const auto &lines = block.paragraphs;
        QCOMPARE(lines.size(), 5);
        QCOMPARE(lines[0].marker, BlockParagraph::Marker::Number);
        QCOMPARE(lines[0].number, 3);
        QCOMPARE(lines[1].marker, BlockParagraph::Marker::Checked);
        QCOMPARE(int(lines[1].listDepth), 2);
        QVERIFY(lines[1].tight);
        QCOMPARE(lines[2].marker, BlockParagraph::Marker::Unchecked);
        QCOMPARE(lines[3].marker, BlockParagraph::Marker::None);
        QCOMPARE(int(lines[3].listDepth), 1);
        QVERIFY(!lines[3].tight);
        QCOMPARE(lines[4].number, 4);
        QCOMPARE(int(lines[4].quoteDepth), 1);
        for (const BlockParagraph &line : lines) {
            QVERIFY(!block.text.sliced(line.start, line.length).contains(u'\n'));
        }
    }

    void sourceRangesGiveBackTheMarkdown()
    {
        const QString markdown = u"# A\n\npara **b**\n\n1. x\n   ```sh\n\n   ls\n   ```\n   y\n\n"
                                 "| a |\n|---|\n\n---\n"_s;
        QStringList sources;
        for (const MarkdownBlock &block : MarkdownParser::parse(markdown)) {
            sources += markdown.mid(block.sourceStart, block.sourceEnd - block.sourceStart);
        }
        QCOMPARE(sources,
            QStringList({u"# A"_s, u"para **b**"_s, u"1. x"_s, u"   ```sh\n\n   ls\n   ```"_s,
                u"   y"_s, u"| a |\n|---|"_s, u"---"_s}));
    }

    void mathsIsRecognisedByItsRule_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("dollar") << u"a $x+y$ b"_s << QStringList{u"$x+y$"_s};
        QTest::newRow("space inside") << u"a $ x$ b $y $"_s << QStringList{};
        QTest::newRow("number") << u"$5$ and $1,000.50$"_s << QStringList{};
        QTest::newRow("digit after") << u"$x$5"_s << QStringList{};
        QTest::newRow("display") << u"$$x\ny$$"_s << QStringList{u"$$x\ny$$"_s};
        QTest::newRow("not over a blank line") << u"$$x\n\ny$$"_s << QStringList{};
        QTest::newRow("brackets") << u"\\(a\\) \\[b\\] \\\\(c\\\\)"_s
                                  << QStringList{u"\\(a\\)"_s, u"\\[b\\]"_s};
        QTest::newRow("code span") << u"`$x$` ``\\(y\\)`` $z$"_s << QStringList{u"$z$"_s};
        QTest::newRow("fence") << u"- a\n  ```\n  $x$\n  ```\n  $y$"_s << QStringList{u"$y$"_s};
    }

    void mathsIsRecognisedByItsRule()
    {
        QFETCH(QString, markdown);
        QFETCH(QStringList, found);
        QStringList texts;
        for (const MathSpan &span : findMath(markdown)) {
            texts += markdown.mid(span.start, span.length);
        }
        QCOMPARE(texts, found);
    }
};

QTEST_GUILESS_MAIN(TestMarkdownParser)
#include "tst_markdownparser.moc"
