// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/syntheticprompt.h"
#include "load/syntheticwords.h"
#include "load/tokenizeroute.h"
#include "simulator/tokenizer.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// Tokenizers that differ as much as they can: one that knows all words, one of bytes, and one that
/// knows the beginnings of some words, as that of a small model does.
qint64 tokensOf(const QString &tokenizer, const QString &text)
{
    if (tokenizer == "words"_L1) {
        return Sim::tokenCount(text.toUtf8());
    }
    if (tokenizer == "bytes"_L1) {
        return text.toUtf8().size();
    }
    qint64 tokens = 0;
    static const QRegularExpression piece(u" ?[a-z]+|\\."_s);
    auto matches = piece.globalMatch(text);
    while (matches.hasNext()) {
        const QString word = matches.next().captured();
        static const QStringList known{u" the"_s, u" a"_s, u" st"_s, u" wh"_s, u" b"_s, u" c"_s};
        const auto begins = [&word](const QString &begun) { return word.startsWith(begun); };
        const auto found = std::ranges::find_if(known, begins);
        tokens += word.size() - (found == known.end() ? 0 : found->size() - 1);
    }
    return tokens;
}

QString textOf(quint64 key, qint64 words)
{
    QString text;
    SyntheticText(key).appendWords(text, words, {});
    return text;
}

TokenCalibration calibrated(const QString &tokenizer)
{
    QList<CalibrationProbe> probes;
    for (const qint64 words : {16, 160, 640}) {
        probes.append({.words = words, .tokens = 11 + tokensOf(tokenizer, textOf(99, words))});
    }
    return calibrate(probes).value();
}

} // namespace

/// The text that load tests ask, and how many tokens it has.
class TestSyntheticPrompt final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void wordsAreCommonAndDifferent()
    {
        QSet<QString> all;
        for (int i = 0; i < syntheticWordCount(); ++i) {
            const QString word = syntheticWord(i);
            QVERIFY2(!all.contains(word), qPrintable(word));
            QVERIFY(word.size() >= leastWordLetters && word.size() <= mostWordLetters);
            all.insert(word);
        }
        QVERIFY(all.size() >= 1000);
        QVERIFY(syntheticWord(syntheticWordCount()).isEmpty());
        for (int letters = leastWordLetters; letters <= mostWordLetters; ++letters) {
            const WordRange range = syntheticWords(letters);
            QVERIFY(range.count > 0);
            QCOMPARE(syntheticWord(range.first).size(), letters);
            QCOMPARE(syntheticWord(range.first + range.count - 1).size(), letters);
        }
    }

    void sentencesOfWords()
    {
        static const QRegularExpression prose(u"^[a-z]{2,5}(?:\\.? [a-z]{2,5})*\\.?$"_s);
        const QString text = textOf(5, 400);
        QVERIFY2(prose.match(text).hasMatch(), qPrintable(text));
        QCOMPARE(text.count(u'.'), 40);
        QVERIFY(!text.contains(u".."_s));
        QCOMPARE(text.split(u' ').size(), 360);
    }

    void sameKeySameText()
    {
        QCOMPARE(textOf(5, 300), textOf(5, 300));
        QVERIFY(textOf(5, 300) != textOf(6, 300));
        // The shorter is the beginning of the longer, byte for byte.
        QVERIFY(textOf(5, 300).startsWith(textOf(5, 123)));
        // On every platform and in every version: what a run was asked before is asked again.
        QVERIFY2(textOf(1, 12).startsWith(u"oil dawn hour an step hotel tip. spend"_s),
            qPrintable(textOf(1, 12)));
    }

    void unlikeTextsBeginUnlike()
    {
        QSet<QString> begun;
        for (quint64 key = 0; key < 2000; ++key) {
            begun.insert(textOf(key, 8));
        }
        QCOMPARE(begun.size(), 2000);
    }

    void piecesGoOn()
    {
        QString whole;
        SyntheticText(5).append(whole, 100, {});
        QString pieces;
        SyntheticText text(5);
        text.append(pieces, 40, {});
        text.append(pieces, 60, {});
        QCOMPARE(pieces, whole);
    }

    void linesThroughProbes()
    {
        // 3 tokens in two words, and 20 of a template; the noise adds up to nothing.
        const auto line = calibrate({{100, 170}, {200, 320}, {300, 470}, {300, 472}, {300, 468}});
        QVERIFY(line);
        QVERIFY(std::abs(line->tokensPerWord - 1.5) < 1e-9);
        QVERIFY(std::abs(line->fixedTokens - 20) < 1e-9);
        QVERIFY(line->wordTokens.isEmpty());
    }

    void nothingToDrawALineThrough()
    {
        QVERIFY(!calibrate({}));
        QVERIFY(!calibrate({{100, 120}}));
        QVERIFY(!calibrate({{100, 120}, {100, 121}}));
        QVERIFY(!calibrate({{100, 120}, {200, 120}}));
        QVERIFY(!calibrate({{100, 120}, {200, 90}}));
    }

    void sizedAsAskedFor_data()
    {
        QTest::addColumn<QString>("tokenizer");
        QTest::addColumn<bool>("each");
        QTest::newRow("words") << u"words"_s << true;
        QTest::newRow("bytes") << u"bytes"_s << true;
        // Where words have a different number of tokens for no reason that shows, as many prompts
        // are too long as too short, and only their mean is right.
        QTest::newRow("pieces") << u"pieces"_s << false;
    }

    void sizedAsAskedFor()
    {
        QFETCH(const QString, tokenizer);
        QFETCH(const bool, each);
        const TokenCalibration calibration = calibrated(tokenizer);
        for (const int wanted : {400, 1000, 5000}) {
            double sum = 0;
            constexpr int prompts = 100;
            for (quint64 key = 0; key < prompts; ++key) {
                QString text;
                SyntheticText(key).append(text, calibration.textTokens(wanted), calibration);
                const auto tokens = double(11 + tokensOf(tokenizer, text));
                QVERIFY2(!each || std::abs(tokens - wanted) <= 0.02 * wanted,
                    qPrintable(u"%1 of %2"_s.arg(tokens).arg(wanted)));
                sum += tokens;
            }
            QVERIFY2(std::abs(sum / prompts - wanted) <= 0.02 * wanted,
                qPrintable(u"%1 of %2"_s.arg(sum / prompts).arg(wanted)));
        }
    }

    void sizedWordByWord()
    {
        // What a tokenizer shows of each word makes each prompt exact, but for what is too little
        // for any word: here nearly none has less than two tokens.
        QByteArray each;
        for (int i = 0; i < syntheticWordCount(); ++i) {
            each.append(char(tokensOf(u"pieces"_s, u' ' + syntheticWord(i))));
        }
        const TokenCalibration calibration = calibrationOfWords(each);
        QVERIFY(std::abs(calibration.tokensPerWord - calibrated(u"pieces"_s).tokensPerWord) < 0.1);
        for (const int wanted : {20, 200, 3000}) {
            for (quint64 key = 0; key < 50; ++key) {
                QString text;
                const double told = SyntheticText(key).append(text, wanted, calibration);
                // The first word stands without a blank before it, which may cost something.
                QCOMPARE(double(tokensOf(u"pieces"_s, u' ' + text)), told);
                QVERIFY2(std::abs(told - wanted) <= 1, qPrintable(QString::number(told)));
            }
        }
    }

    void atLeastAWord()
    {
        QString text;
        const TokenCalibration calibration{.tokensPerWord = 3, .fixedTokens = 50};
        SyntheticText(1).append(text, calibration.textTokens(10), calibration);
        QVERIFY(!text.isEmpty());
        QVERIFY(!text.contains(u' '));
    }

    void wordsToldApart()
    {
        const QStringList words{u"of"_s, u"stone"_s, u"the"_s};
        QCOMPARE(separated(words), u"\n of\n stone\n the\n"_s);
        constexpr qint64 end = 13;
        QCOMPARE(tokensOfWords({end, 5, end, 7, 8, end, 9, end}, 3), "\1\2\1"_ba);
        // A beginning of text, and an end.
        QCOMPARE(tokensOfWords({1, end, 5, end, 7, 8, end, 9, end, 2}, 3), "\1\2\1"_ba);
        // Ends of lines that are swallowed, or melted with what is before them.
        QCOMPARE(tokensOfWords({5, 7, 8, 9}, 3), std::nullopt);
        QCOMPARE(tokensOfWords({end, 5, end, 7, 8, end, 9}, 3), std::nullopt);
        QCOMPARE(tokensOfWords({end, end, 7, 8, end, 9, end}, 3), std::nullopt);
    }

    void calibrationAsJson()
    {
        const TokenCalibration line{.tokensPerWord = 1.25, .fixedTokens = 31.5};
        QCOMPARE(tokenCalibrationFrom(toJson(line)).value(), line);
        const TokenCalibration words = calibrationOfWords(QByteArray(syntheticWordCount(), '\2'));
        QCOMPARE(tokenCalibrationFrom(toJson(words)).value(), words);
        // Two tokens a word, one a full stop, of which there are four in forty.
        QVERIFY(std::abs(words.tokensPerWord - 1.9) < 1e-9);
    }

    void calibrationFaults_data()
    {
        QTest::addColumn<QJsonObject>("object");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("type") << QJsonObject{{u"tokens_per_word"_s, u"1"_s}}
                              << u"The calibration: “tokens_per_word” must be a number."_s;
        QTest::newRow("zero") << QJsonObject{{u"tokens_per_word"_s, 0}}
                              << u"The calibration: “tokens_per_word” must be greater than 0."_s;
        QTest::newRow("negative") << QJsonObject{{u"fixed_tokens"_s, -1}}
                                  << u"The calibration: “fixed_tokens” must not be negative."_s;
        const QString words = u"The calibration: “word_tokens” must have two hexadecimal digits, "
                              u"not 00, for each of %1 "
                              "words."_s.arg(syntheticWordCount());
        QTest::newRow("few") << QJsonObject{{u"word_tokens"_s, u"0101"_s}} << words;
        QTest::newRow("none") << QJsonObject{{u"word_tokens"_s, u"zz"_s}} << words;
        QTest::newRow("zeros") << QJsonObject{{u"word_tokens"_s,
            QString(2 * syntheticWordCount(), u'0')}}
                               << words;
    }

    void calibrationFaults()
    {
        QFETCH(const QJsonObject, object);
        QFETCH(const QString, sentence);
        const auto calibration = tokenCalibrationFrom(object);
        QVERIFY(!calibration);
        QCOMPARE(calibration.error().message, sentence);
    }
};

QTEST_GUILESS_MAIN(TestSyntheticPrompt)
#include "tst_syntheticprompt.moc"
