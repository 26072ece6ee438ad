// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/bytes.h"

#include <simdjson.h>

namespace Lorikeet {

namespace {

/// How a character goes on after its first byte; `continuations` 0 marks a byte that starts none.
struct Lead
{
    int continuations = 0;
    uchar lowest = 0x80; ///< of the second byte: shuts out overlong forms …
    uchar highest = 0xbf; ///< … surrogates, and what lies beyond U+10FFFF
};

Lead leadOf(uchar byte)
{
    if (byte >= 0xc2 && byte <= 0xdf) {
        return {.continuations = 1};
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        return {.continuations = 2,
            .lowest = uchar(byte == 0xe0 ? 0xa0 : 0x80),
            .highest = uchar(byte == 0xed ? 0x9f : 0xbf)};
    }
    if (byte >= 0xf0 && byte <= 0xf4) {
        return {.continuations = 3,
            .lowest = uchar(byte == 0xf0 ? 0x90 : 0x80),
            .highest = uchar(byte == 0xf4 ? 0x8f : 0xbf)};
    }
    return {};
}

} // namespace

bool isUtf8(QByteArrayView bytes)
{
    return bytes.isEmpty()
        || simdjson::validate_utf8(bytes.data(), static_cast<std::size_t>(bytes.size()));
}

void appendValidUtf8(QByteArray &out, QByteArrayView bytes)
{
    qsizetype done = 0; // everything before is in `out`
    qsizetype at = 0;
    const auto byteAt = [&bytes](qsizetype i) { return uchar(bytes[i]); };
    while (at < bytes.size()) {
        if (byteAt(at) < 0x80) {
            ++at;
            continue;
        }
        Lead lead = leadOf(byteAt(at));
        qsizetype end = at + 1;
        int missing = lead.continuations;
        while (missing > 0 && end < bytes.size() && byteAt(end) >= lead.lowest
            && byteAt(end) <= lead.highest) {
            lead = {};
            ++end;
            --missing;
        }
        if (missing > 0 || end == at + 1) {
            out.append(bytes.sliced(done, at - done)).append("\xef\xbf\xbd");
            done = end;
        }
        at = end;
    }
    out.append(bytes.sliced(done));
}

void emptyForReuse(QByteArray &buffer)
{
    constexpr qsizetype largestKept = 64 * 1024;
    if (buffer.isEmpty()) {
        return; // the common case, and not free: an empty array of Qt's may have nothing behind it
    }
    if (buffer.capacity() > largestKept) {
        buffer.clear();
    } else {
        buffer.resize(0);
    }
}

} // namespace Lorikeet
