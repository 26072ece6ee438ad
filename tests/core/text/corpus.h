// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QRandomGenerator>
#include <QString>

namespace Lorikeet {

struct CorpusEntry
{
    const char *name;
    const char *markdown;
};

/// Answers that are hard to cut into blocks. Each is a complete one.
inline const QList<CorpusEntry> &corpus()
{
    static const QList<CorpusEntry> entries{
        {"empty", ""},
        {"plain", "Hello there.\n\nA second paragraph\nover two lines."},
        {"setext headings", "Title\n=====\n\ntwo\nlines\n---\ntext\n\n---\n\n- a\n---\nb"},
        {"atx headings", "# One\n## Two ##\n####### seven\n#none\ntext\n### Three\nmore"},
        {"tight list", "- a\n- b\n  - c\n  - d\n- e\n\nafter"},
        {"loose list", "- a\n\n- b\n\n  second\n\n\n- c\n\nafter"},
        {"ordered list", "3. three\n4. four\n\n   more\n10) other\n11) kind"},
        {"list, then text", "Steps:\n1. one\n2. two\nlazy\n\nNot 3 items.\n2. no interruption"},
        {"empty items", "-\n- b\n-\n\n  not in it\n\n*\n  in it"},
        {"lists of other marks", "- a\n+ b\n* c\n1. d\n1) e"},
        {"tasks", "- [ ] open\n- [x] done\n  - [X] nested\n- [] none"},
        {"quotes", "> a\n> b\nlazy\n\n> new\n>\n> still\n> > deep\nlazy too\n\nout"},
        {"quote with list", "> - a\n>   b\n> - c\n\n- d\n  > e\n  f\n> g"},
        {"quote with fence", "> ```\n> code\nnot code\n\n> ```py\n> x\n> ```\n> y"},
        {"fences", "```cpp\nint a;\n\n  b\n```\ntext\n~~~~ text more\n```\n~~~\n~~~~\nend"},
        {"nested fences", "````markdown\n```py\nx = 1\n```\n````\nafter"},
        {"unclosed fence", "text\n```\ncode\n\nmore"},
        {"indented fence", "   ```\n   a\n     b\n  c\n   ```\n    ```\n    no fence\n"},
        {"fence in list",
            "1. Do:\n   ```bash\n   ls\n\n   pwd\n   ```\n2. Then:\n\n   text\n- x\n\n      code"},
        {"fence leaves list", "- a\n  ```\n  in\nout\n```\nstill open"},
        {"backticks in info", "``` a`b\nparagraph"},
        {"indented code", "    a\n\n      b\n\n\n    c\ntext\n    not code\n\n\tx\n"},
        {"tabs", "-\ta\n\n\tb\n\n>\tq\n\n1.\tone\n\n \t code"},
        {"rules", "***\n- - -\n___\ntext\n***\n--\n* * *\n"},
        {"table", "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 |\n\ntext"},
        {"table without outer pipes", "a | b\n--|--\n1 | `x|y` \\| z\n\nend"},
        {"no table", "a\nb | c\n---|---\nd\n\na\n---"},
        {"table, then quote", "|a|\n|-|\n|b|\n> quote\n\n|a|\n|-|\n- list"},
        {"table in list", "- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n\n- y"},
        {"reference links",
            "See [one] and [Two][two].\n\n[one]: https://one.example\n[TWO]: <https://two.example> "
            "'T'\ntext after\n\n[one]: https://other.example\n"},
        {"reference without definition", "See [this] and [that][no].\n\n- [x]: not one"},
        {"definition over lines",
            "[long]:\n  /address\n  'a title'\n\nUse [long].\n\n[notadef]\n: x"},
        {"links",
            "[a](b) <https://c.d> https://e.f/g?h=1. www.i.jk me@l.mn [p](<q r> \"t\") "
            "![i](j.png)"},
        {"emphasis", "*a* **b** ***c*** _d_ __e__ f_g_h ~~i~~ **j *k* l** *m **n*"},
        {"code spans", "`a` ``b`c`` ` d ` `unclosed **bold**"},
        {"escapes and entities", "\\*no\\* &amp; &lt; &#x2192; &nosuch; &copy; \\\\ \\`"},
        {"hard breaks", "a  \nb\\\nc\nd"},
        {"raw html", "<div>\n<b>bold</b>\n</div>\n\ntext <br> more <!-- c -->\n<script>x</script>"},
        {"maths",
            "Euler: $e^{i\\pi}+1=0$ and \\(a_b*c*d\\).\n\n$$\n\\int_0^1 x\\,dx\n$$\n\n\\[ x_1 "
            "\\]\n\nIt costs $5 or $10, `$x$`."},
        {"line ends", "a\r\nb\r\n\r\n- c\r\n- d\r\n\r\n```\r\ne\r\n```\r\nf\rg\r\rh"},
        {"right to left",
            "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d **\xd7\xa2\xd7\x95\xd7\x9c\xd7\x9d**\n\n- "
            "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7\n\nabc"},
        {"emoji",
            "\xf0\x9f\xa6\x9c **\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb** "
            "`\xf0\x9f\x8e\x89`\n\n| \xf0\x9f\x98\x80 | b |\n|---|---|\n| \xf0\x9f\x98\x81 | "
            "[\xf0\x9f\x94\x97](x) |"},
        {"blank lines of spaces", "a\n   \nb\n\t\n- c\n     \n  d\n \ne"},
        {"heading between", "text\n# head\ntext\n> q\n# head\n- l\n# head\n```\nc\n```\n# head"},
        {"deep nesting",
            "- a\n  - b\n    - c\n      > d\n      > - e\n      >   f\n\n      g\n    h"},
        {"looks like a heading while it arrives", "text\n- item\n\ntext\n-- dash\n\ntext\n=x"},
        {"nothing but marks", "**\n\n``\n\n[\n\n![\n\n|\n\n>\n\n#\n"},
    };
    return entries;
}

/// A random text made of lines that matter to block structure.
inline QString randomMarkdown(QRandomGenerator &random, int lines, bool withTables)
{
    static const QStringList parts{QStringLiteral("text"), QStringLiteral("more **bold** `c`"),
        QString(), QString(), QStringLiteral("- item"), QStringLiteral("* star"),
        QStringLiteral("1. one"), QStringLiteral("2. two"), QStringLiteral("7) seven"),
        QStringLiteral("> quote"), QStringLiteral(">"), QStringLiteral("-"),
        QStringLiteral("# head"), QStringLiteral("==="), QStringLiteral("---"),
        QStringLiteral("***"), QStringLiteral("```"), QStringLiteral("~~~"),
        QStringLiteral("> - both"), QStringLiteral("- > other"), QStringLiteral("- - nested"),
        QStringLiteral("    code"), QStringLiteral("*emph* [link](to) \u00e9"),
        QStringLiteral("| a | b |"), QStringLiteral("|---|---|")};
    static const QStringList indents{QString(), QString(), QString(), QStringLiteral("  "),
        QStringLiteral("   "), QStringLiteral("    "), QStringLiteral("\t"), QStringLiteral(" ")};
    QString text;
    for (int i = 0; i < lines; ++i) {
        const int count = int(parts.size()) - (withTables ? 0 : 2);
        text += indents[random.bounded(int(indents.size()))] + parts[random.bounded(count)];
        text += u'\n';
    }
    return text;
}

} // namespace Lorikeet
