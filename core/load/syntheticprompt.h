// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/random.h"
#include "load/tokencalibration.h"

#include <QString>

#include <array>

namespace Lorikeet {

/// Text without end, word by word, in sentences: the same for the same key on every platform. What
/// two of one key have in common is byte for byte the same, however long they are.
///
/// Any two stretches of one length have nearly the same mix of short and long words and of full
/// stops, so that they have nearly as many tokens: words come in stanzas, each with as many words
/// of each length as any other, shuffled within each of its halves.
class SyntheticText final
{
public:
    /// Words of one stanza by their letters, from leastWordLetters on.
    static constexpr std::array<int, 4> stanzaWords{2, 4, 7, 5};
    static constexpr int stanzaStops = 2;
    static constexpr int stanzaLength = 20; ///< full stops counted as words

    explicit SyntheticText(quint64 key);

    /// Appends what comes next, so much that it has this many tokens by the calibration; at least a
    /// word, where that is more than 0. Returns how many they are.
    double append(QString &text, double tokens, const TokenCalibration &calibration);
    /// Likewise, so many words (full stops are words).
    double appendWords(QString &text, qint64 words, const TokenCalibration &calibration);

private:
    static constexpr int fullStop = -1;

    /// The number of a word, or a full stop.
    [[nodiscard]] int next();
    [[nodiscard]] int wordOf(int letters);

    Random m_random;
    std::array<qint8, stanzaLength> m_stanza; ///< letters, 0: a full stop
    int m_at = stanzaLength;
};

} // namespace Lorikeet
