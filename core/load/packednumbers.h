// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace Lorikeet {

// ZigZag LEB128 of up to nine bytes, the ninth with eight bits: small numbers take one byte.

inline void putNumber(QByteArray &bytes, qint64 value)
{
    quint64 rest = (quint64(value) << 1) ^ quint64(value >> 63);
    for (int i = 0; i < 8 && rest > 0x7f; ++i) {
        bytes.append(char(rest | 0x80));
        rest >>= 7;
    }
    bytes.append(char(rest));
}

/// The number at this place, which moves behind it; nothing where the bytes end before.
[[nodiscard]] inline std::optional<qint64> takeNumber(QByteArrayView bytes, qsizetype &at)
{
    quint64 value = 0;
    for (int i = 0; i < 9; ++i) {
        if (at >= bytes.size()) {
            return std::nullopt;
        }
        const auto byte = quint8(bytes[at++]);
        if (i == 8) {
            value |= quint64(byte) << 56;
            break;
        }
        value |= quint64(byte & 0x7f) << (7 * i);
        if (byte < 0x80) {
            break;
        }
    }
    return qint64(value >> 1) ^ -qint64(value & 1);
}

} // namespace Lorikeet
