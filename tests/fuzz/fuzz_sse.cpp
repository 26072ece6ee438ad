// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cuts.h"
#include "http/sseparser.h"

using namespace Lorikeet;

namespace {

/// Everything the parser says about a stream that comes in these pieces.
QByteArrayList said(const QByteArrayList &pieces, bool smallLimits)
{
    SseParser parser(
        smallLimits ? SseParser::Limits{.line = 24, .event = 40} : SseParser::Limits());
    QByteArrayList words;
    const auto say = [&words](const char *what, QByteArrayView text) {
        if (!text.isValidUtf8()) {
            qFatal("not UTF-8");
        }
        words.append(what + text.toByteArray());
    };
    for (QByteArray piece : pieces) {
        parser.feed(piece);
        for (SseParser::Step step = parser.next(); step != SseParser::Step::NeedsMore;
            step = parser.next()) {
            if (step == SseParser::Step::Failed) {
                say("failed ", parser.error().message.toUtf8());
                return words;
            }
            if (step == SseParser::Step::Comment) {
                say("comment ", parser.comment());
                continue;
            }
            say("type ", parser.event().type);
            say("data ", parser.event().data);
            say("id ", parser.event().lastEventId);
        }
        piece.fill('#'); // must not be looked at any more
    }
    words.append(
        "retry " + QByteArray::number(qint64(parser.retry().value_or(Milliseconds(-1)).count())));
    say("last id ", parser.lastEventId());
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
