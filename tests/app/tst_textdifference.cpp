// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/markdownparser.h"
#include "textdifference.h"

#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What of two answers is marked, and what is left when only that is shown.
class TestTextDifference : public QObject
{
    Q_OBJECT

    /// The marked words of every block.
    static QStringList marked(const QString &base, const QString &other, bool ofTheBase)
    {
        const MarkdownBlocks left = MarkdownParser::parse(base);
        const MarkdownBlocks right = MarkdownParser::parse(other);
        const TextDiff diff = diffWords(readText(left), readText(right));
        const MarkdownBlocks &blocks = ofTheBase ? left : right;
        const BlockMarks marks = marksOf(blocks, diff, ofTheBase);
        QStringList words;
        for (qsizetype i = 0; i < marks.size(); ++i) {
            for (const TextMark &mark : marks[i]) {
                words.append(
                    QString::number(i) + u':' + blocks[i].text.sliced(mark.start, mark.length));
            }
        }
        return words;
    }

    static QString only(const QString &base, const QString &other)
    {
        QString text;
        for (const DiffPiece &piece : differencesOnly(base, other, diffWords(base, other))) {
            switch (piece.kind) {
            case DiffPiece::Added:
                text += u'+' + piece.text + u'+';
                break;
            case DiffPiece::Removed:
                text += u'-' + piece.text + u'-';
                break;
            case DiffPiece::Gap:
                text += u'|';
                break;
            default:
                text += piece.text;
            }
        }
        return text;
    }

private Q_SLOTS:

    void wordsAreMarkedWhereTheyAreRead()
    {
        // The marks of Markdown are not read, and so not compared.
        const QString base = u"The **priority** is normal.\n\n```json\n{\"a\": 1}\n```\n"_s;
        const QString other = u"The priority is *high*.\n\n```json\n{\"a\": 2}\n```\n"_s;
        QCOMPARE(marked(base, other, false), QStringList({u"0:high"_s, u"1:2"_s}));
        QCOMPARE(marked(base, other, true), QStringList({u"0:normal"_s, u"1:1"_s}));
        QVERIFY(marked(base, base, false).isEmpty());
    }

    void whatGoesOverSeveralBlocksIsMarkedInEach()
    {
        QCOMPARE(marked(u"One.\n\nFour."_s, u"One.\n\nTwo words.\n\nThree.\n\nFour."_s, false)
                     .join(u' '),
            u"1:Two words. 2:Three."_s);
    }

    void onlyDifferencesHaveAFewWordsAround()
    {
        QCOMPARE(only(u"a b c d e f g h i j k l m n o"_s, u"a b c d e f g h X j k l m n o"_s),
            u"|c d e f g h -i-+X+ j k l m n o"_s);
        QCOMPARE(only(u"same words"_s, u"same words"_s), QString());
        QCOMPARE(only(u"gone all"_s, u"come new"_s), u"-gone all-+come new+"_s);
    }

    void whatIsFarApartIsParted()
    {
        const QString middle = u" m"_s.repeated(40);
        const QString text = only(u"a"_s + middle + u" z"_s, u"b"_s + middle + u" y"_s);
        QVERIFY(text.startsWith(u"-a-+b+ m"_s));
        QCOMPARE(text.count(u'|'), 1);
        QVERIFY(text.endsWith(u"-z-+y+"_s));
    }
};

QTEST_GUILESS_MAIN(TestTextDifference)

#include "tst_textdifference.moc"
