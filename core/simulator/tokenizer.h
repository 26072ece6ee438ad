// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <vector>

namespace Lorikeet::Sim {

/// Cuts UTF-8 text into pieces like those of a byte-pair encoding: words with their leading space,
/// long words in sub-words, digits by threes, one ideograph or emoji a piece. Always the same
/// pieces for the same text, and joined they are the text. Returns the end offset of each.
[[nodiscard]] std::vector<qsizetype> tokenEnds(QByteArrayView text);

/// How many pieces; without making the list.
[[nodiscard]] qint64 tokenCount(QByteArrayView text);

/// The number a piece has in the pretended vocabulary of 128,000: the same for the same piece.
[[nodiscard]] int tokenId(QByteArrayView piece);

} // namespace Lorikeet::Sim
