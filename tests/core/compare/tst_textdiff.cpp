// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/textdiff.h"

#include "compare/wordmatch.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// The other text with what differs in brackets: [base|other].
QString marked(const QString &base, const QString &other)
{
    QString text;
    qsizetype done = 0;
    for (const TextChange &change : diffWords(base, other).changes) {
        text += other.sliced(done, change.otherStart - done) + u'['
            + base.sliced(change.baseStart, change.baseLength) + u'|'
            + other.sliced(change.otherStart, change.otherLength) + u']';
        done = change.otherStart + change.otherLength;
    }
    return text + other.sliced(done);
}

QString withoutSpace(QString text)
{
    text.removeIf([](QChar character) { return character.isSpace(); });
    return text;
}

/// The plain table that everybody knows.
int longestCommon(const std::vector<int> &a, const std::vector<int> &b)
{
    std::vector<int> row(b.size() + 1);
    for (const int word : a) {
        int diagonal = 0;
        for (size_t j = 0; j < b.size(); ++j) {
            const int above = row[j + 1];
            row[j + 1] = word == b[j] ? diagonal + 1 : std::max(above, row[j]);
            diagonal = above;
        }
    }
    return row.back();
}

std::vector<int> anyWords(QRandomGenerator &random, int count, int kinds)
{
    std::vector<int> words(size_t(count), 0);
    std::ranges::generate(words, [&] { return random.bounded(kinds); });
    return words;
}

QString textOf(const std::vector<int> &words, QRandomGenerator &random)
{
    const QStringList spaces{u" "_s, u"\n"_s, u"  "_s, u", "_s, u" – "_s};
    QString text;
    for (const int word : words) {
        text += u'w' + QString::number(word) + spaces.at(random.bounded(int(spaces.size())));
    }
    return text;
}

} // namespace

class TestTextDiff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void words_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("other");
        QTest::addColumn<QString>("expected");
        QTest::newRow("same") << u"a b"_s << u"a b"_s << u"a b"_s;
        QTest::newRow("nothing at all") << u""_s << u""_s << u""_s;
        QTest::newRow("a word") << u"should be normal, because"_s << u"should be high, because"_s
                                << u"should be [normal|high], because"_s;
        QTest::newRow("words come in") << u"a cat"_s << u"a big fat cat"_s << u"a [|big fat] cat"_s;
        QTest::newRow("words go") << u"a big fat cat"_s << u"a cat"_s << u"a [big fat|]cat"_s;
        QTest::newRow("at the start") << u"a b c d"_s << u"x b c d"_s << u"[a|x] b c d"_s;
        QTest::newRow("at the end")
            << u"b c"_s << u"b c d"_s << u"b c[| d]"_s.replace(u"[| d]"_s, u" [|d]"_s);
        QTest::newRow("from nothing") << u""_s << u"a b"_s << u"[|a b]"_s;
        QTest::newRow("to nothing") << u"a b"_s << u" "_s << u" [a b|]"_s;
        QTest::newRow("white space is not compared")
            << u"a  b\n\nc"_s << u" a b c "_s << u" a b c "_s;
        QTest::newRow("case is") << u"The end"_s << u"the end"_s << u"[The|the] end"_s;
        QTest::newRow("punctuation by itself") << u"end."_s << u"end!"_s << u"end[.|!]"_s;
        QTest::newRow("numbers whole") << u"12 3"_s << u"123 3"_s << u"[12|123] 3"_s;
        QTest::newRow("one comma does not hold")
            << u"red dogs, old cats."_s << u"green birds, new fish."_s
            << u"[red dogs, old cats|green birds, new fish]."_s;
        QTest::newRow("marks stay with their letter")
            << u"cafe\u0301 x"_s << u"cafe x"_s << u"[cafe\u0301|cafe] x"_s;
        QTest::newRow("Han by characters") << u"我爱猫"_s << u"我爱狗"_s << u"我爱[猫|狗]"_s;
        QTest::newRow("beyond the first plane") << u"a 🦜 b"_s << u"a 🦉 b"_s << u"a [🦜|🦉] b"_s;
        QTest::newRow("a word that each has once holds the rest in place")
            << u"the the the parrot the"_s << u"the parrot the the the"_s
            << u"the [the the|]parrot [|the the] the"_s;
    }

    void words()
    {
        QFETCH(const QString, base);
        QFETCH(const QString, other);
        QTEST(marked(base, other), "expected");
    }

    void similarityIsTheShareOfWordsInCommon()
    {
        QCOMPARE(diffWords(u"a b", u"a b").similarity, 1.0);
        QCOMPARE(diffWords(u"a b", u"c d").similarity, 0.0);
        QCOMPARE(diffWords(u"a b", u"a c").similarity, 0.5);
        QCOMPARE(diffWords(u"a b c", u"a").similarity, 0.5);
        QCOMPARE(diffWords(u"", u" ").similarity, 1.0);
        QCOMPARE(diffWords(u"", u"a").similarity, 0.0);
    }

    /// Half a surrogate pair, as a stream cut in the middle of a character leaves it.
    void brokenTextIsCompared()
    {
        const QString broken = u"a "_s + QChar(0xD83E);
        QCOMPARE(diffWords(broken, broken).similarity, 1.0);
        QCOMPARE(diffWords(broken, u"a").changes, (QList<TextChange>{{2, 1, 1, 0}}));
    }

    void replacingWhatDiffersGivesTheOther()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            const int kinds = 2 + random.bounded(60);
            const QString base = textOf(anyWords(random, random.bounded(80), kinds), random);
            const QString other = textOf(anyWords(random, random.bounded(80), kinds), random);
            const TextDiff diff = diffWords(base, other);
            QString made;
            qsizetype done = 0;
            for (qsizetype i = 0; i < diff.changes.size(); ++i) {
                const TextChange &change = diff.changes.at(i);
                QVERIFY(change.baseLength > 0 || change.otherLength > 0);
                QVERIFY(change.baseStart > done || i == 0);
                made += base.sliced(done, change.baseStart - done)
                    + other.sliced(change.otherStart, change.otherLength);
                done = change.baseStart + change.baseLength;
            }
            made += base.sliced(done);
            QCOMPARE(withoutSpace(made), withoutSpace(other));
        }
    }

    void asManyWordsAsPossibleAreMatched()
    {
        QRandomGenerator random(11);
        for (const int length : {1, 2, 63, 64, 65, 127, 128, 129, 300}) {
            for (int round = 0; round < 5; ++round) {
                // So few kinds that no word is there once, and nothing is an anchor.
                const std::vector<int> base = anyWords(random, length, 3);
                const std::vector<int> other = anyWords(random, length + round * 7, 3);
                const std::vector<WordMatch> matches = matchWords(base, other, 3);
                if (length > 60) {
                    QCOMPARE(int(matches.size()), longestCommon(base, other));
                }
                for (size_t i = 0; i < matches.size(); ++i) {
                    QCOMPARE(base[size_t(matches[i].base)], other[size_t(matches[i].other)]);
                    QVERIFY(i == 0 || matches[i].base > matches[i - 1].base);
                    QVERIFY(i == 0 || matches[i].other > matches[i - 1].other);
                }
            }
        }
    }

    /// Longer than what is matched at once, with a change in the middle.
    void longTextsAreCompared()
    {
        QRandomGenerator random(13);
        std::vector<int> words = anyWords(random, 50'000, 5);
        std::vector<int> changed = words;
        changed.insert(changed.begin() + 25'000, {6, 6, 6});
        QCOMPARE(matchWords(words, changed, 7).size(), words.size());
        std::ranges::reverse(changed);
        QVERIFY(!matchWords(words, changed, 7).empty());
    }
};

QTEST_GUILESS_MAIN(TestTextDiff)
#include "tst_textdiff.moc"
