// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <fuzzer/FuzzedDataProvider.h>

namespace Lorikeet {

/// Bytes for a parser, once whole and once cut where the fuzzer wants it. The numbers are taken
/// from the end of the fuzzer's data, so that a plain file serves as a seed.
struct FuzzedStream
{
    bool smallLimits = false;
    QByteArray whole;
    QByteArrayList pieces;

    static FuzzedStream from(const std::uint8_t *data, std::size_t size)
    {
        FuzzedDataProvider source(data, size);
        FuzzedStream stream{.smallLimits = source.ConsumeIntegralInRange(0, 7) == 0};
        std::vector<int> lengths(source.ConsumeIntegralInRange<std::size_t>(1, 12));
        for (int &length : lengths) {
            length = source.ConsumeIntegralInRange(0, 40);
        }
        stream.whole = QByteArray::fromStdString(source.ConsumeRemainingBytesAsString());
        qsizetype at = 0;
        for (std::size_t i = 0; at < stream.whole.size(); ++i) {
            // The row of lengths repeats; a length of 0 is an empty read, but never for ever.
            const bool firstRound = i < lengths.size();
            const qsizetype length = std::max(lengths[i % lengths.size()], firstRound ? 0 : 1);
            stream.pieces.append(stream.whole.mid(at, length));
            at += length;
        }
        return stream;
    }
};

} // namespace Lorikeet
