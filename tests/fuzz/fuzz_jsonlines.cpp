// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cuts.h"
#include "http/jsonlinesparser.h"

using namespace Lorikeet;

namespace {

QByteArrayList said(const QByteArrayList &pieces, bool smallLimits)
{
    JsonLinesParser parser(
        smallLimits ? JsonLinesParser::Limits{.line = 24} : JsonLinesParser::Limits());
    QByteArrayList words;
    const auto drain = [&] {
        JsonLinesParser::Step step = parser.next();
        for (; step == JsonLinesParser::Step::Line; step = parser.next()) {
            if (!parser.line().isValidUtf8() || parser.line().contains('\n')) {
                qFatal("not a line of UTF-8");
            }
            words.append(parser.line().toByteArray());
        }
        return step == JsonLinesParser::Step::NeedsMore;
    };
    bool fine = true;
    for (QByteArray piece : pieces) {
        parser.feed(piece);
        fine = drain();
        piece.fill('#'); // must not be looked at any more
    }
    parser.finish();
    fine = drain() && fine;
    words.append(fine ? "ended" : "failed");
    return words;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzedStream stream = FuzzedStream::from(data, size);
    if (said({stream.whole}, stream.smallLimits) != said(stream.pieces, stream.smallLimits)) {
        qFatal("cutting the stream changed what is read");
    }
    return 0;
}
