// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

/// How many tokens the text of synthetic prompts has at one model. By default what usual
/// vocabularies and chat templates come to. A value: with the same one, the same workload and the
/// same seed every process makes the same prompts.
struct TokenCalibration
{
    /// Of SyntheticText, where a full stop counts as a word.
    double tokensPerWord = 1;
    /// What a request has besides the text of its one message: template and system prompt.
    double fixedTokens = 8;
    /// How many each word has (by its number, 1 to 255), where the server's tokenizer told; else
    /// empty. Then texts are sized word by word.
    QByteArray wordTokens;

    /// Of what has this many tokens in all, what is left for the text.
    [[nodiscard]] double textTokens(double all) const;

    /// How many tokens a text of so many words has, on average.
    [[nodiscard]] double tokensOf(qint64 words) const { return tokensPerWord * double(words); }

    /// Of one word; of the full stop for a negative number.
    [[nodiscard]] double tokensOfWord(int number) const;

    friend bool operator==(const TokenCalibration &, const TokenCalibration &) = default;
};

/// What a server counted of a prompt of SyntheticText.
struct CalibrationProbe
{
    qint64 words = 0;
    qint64 tokens = 0; ///< of the whole prompt

    friend bool operator==(const CalibrationProbe &, const CalibrationProbe &) = default;
};

/// The straight line through what was counted, by least squares. Nothing where there are not two
/// prompts of different length, or the longer ones have no more tokens.
[[nodiscard]] std::optional<TokenCalibration> calibrate(const QList<CalibrationProbe> &probes);

/// With the tokens of each word, as the server's tokenizer has them; syntheticWordCount() many.
[[nodiscard]] TokenCalibration calibrationOfWords(const QByteArray &wordTokens);

/// Of any text, where nobody counted: most tokenizers make about one token of four bytes.
[[nodiscard]] double guessedTokens(const QString &text);

/// "tokens_per_word", "fixed_tokens" and, where they are known, "word_tokens".
[[nodiscard]] QJsonObject toJson(const TokenCalibration &calibration);
/// Fails with one sentence for the first member that is wrong.
[[nodiscard]] Result<TokenCalibration> tokenCalibrationFrom(const QJsonObject &object);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::TokenCalibration)
