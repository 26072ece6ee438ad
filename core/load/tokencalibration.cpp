// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/tokencalibration.h"

#include "base/invalidrequest.h"
#include "load/jsonmembers.h"
#include "load/syntheticprompt.h"
#include "load/syntheticwords.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// A full stop behind a word is a token of its own nearly everywhere.
constexpr double tokensOfStop = 1;

/// The mean over a stanza of SyntheticText.
double tokensPerWordOf(const QByteArray &wordTokens)
{
    double sum = SyntheticText::stanzaStops * tokensOfStop;
    for (int letters = leastWordLetters; letters <= mostWordLetters; ++letters) {
        const WordRange range = syntheticWords(letters);
        double tokens = 0;
        for (int word = range.first; word < range.first + range.count; ++word) {
            tokens += quint8(wordTokens.at(word));
        }
        sum += SyntheticText::stanzaWords[size_t(letters - leastWordLetters)] * tokens
            / range.count;
    }
    return sum / SyntheticText::stanzaLength;
}

} // namespace

double TokenCalibration::textTokens(double all) const { return std::max(1.0, all - fixedTokens); }

double TokenCalibration::tokensOfWord(int number) const
{
    if (wordTokens.isEmpty()) {
        return tokensPerWord;
    }
    return number < 0 ? tokensOfStop : double(quint8(wordTokens.at(number)));
}

std::optional<TokenCalibration> calibrate(const QList<CalibrationProbe> &probes)
{
    if (probes.size() < 2) {
        return std::nullopt;
    }
    double words = 0;
    double tokens = 0;
    for (const CalibrationProbe &probe : probes) {
        words += double(probe.words);
        tokens += double(probe.tokens);
    }
    words /= double(probes.size());
    tokens /= double(probes.size());
    double spread = 0;
    double together = 0;
    for (const CalibrationProbe &probe : probes) {
        const double aside = double(probe.words) - words;
        spread += aside * aside;
        together += aside * (double(probe.tokens) - tokens);
    }
    // Many words in a token there are not: that is a server that cuts prompts off, or counts
    // wrongly.
    constexpr double least = 0.1;
    if (spread <= 0 || together / spread < least) {
        return std::nullopt;
    }
    const double slope = together / spread;
    return TokenCalibration{
        .tokensPerWord = slope, .fixedTokens = std::max(0.0, tokens - slope * words)};
}

TokenCalibration calibrationOfWords(const QByteArray &wordTokens)
{
    return {.tokensPerWord = tokensPerWordOf(wordTokens), .wordTokens = wordTokens};
}

double guessedTokens(const QString &text) { return double(text.toUtf8().size()) / 4; }

QJsonObject toJson(const TokenCalibration &calibration)
{
    QJsonObject object{{u"tokens_per_word"_s, calibration.tokensPerWord},
        {u"fixed_tokens"_s, calibration.fixedTokens}};
    if (!calibration.wordTokens.isEmpty()) {
        object.insert(u"word_tokens"_s, QString::fromLatin1(calibration.wordTokens.toHex()));
    }
    return object;
}

Result<TokenCalibration> tokenCalibrationFrom(const QJsonObject &object)
{
    TokenCalibration calibration;
    JsonMembers members(object, u"The calibration"_s);
    members.read(u"tokens_per_word"_s, calibration.tokensPerWord);
    members.read(u"fixed_tokens"_s, calibration.fixedTokens);
    QString words;
    members.read(u"word_tokens"_s, words);
    if (const Result<> end = members.end(); !end) {
        return Failure(end.error());
    }
    calibration.wordTokens = QByteArray::fromHex(words.toLatin1());
    if (!(calibration.tokensPerWord > 0)) {
        return invalidRequest(u"The calibration: “tokens_per_word” must be greater than 0."_s);
    }
    if (!(calibration.fixedTokens >= 0)) {
        return invalidRequest(u"The calibration: “fixed_tokens” must not be negative."_s);
    }
    const bool isWhole = calibration.wordTokens.isEmpty()
        || (calibration.wordTokens.size() == syntheticWordCount()
            && !calibration.wordTokens.contains('\0'));
    if (!isWhole || (calibration.wordTokens.isEmpty() && !words.isEmpty())) {
        return invalidRequest(u"The calibration: “word_tokens” must have two hexadecimal digits, "
                              u"not 00, for each of %1 "
                              "words."_s.arg(syntheticWordCount()));
    }
    return calibration;
}

} // namespace Lorikeet
