// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/samplescsv.h"

namespace Lorikeet {

namespace {

QByteArray text(Moment moment)
{
    return moment ? QByteArray::number((*moment).count()) : QByteArray();
}

QByteArray text(qint64 count) { return count >= 0 ? QByteArray::number(count) : QByteArray(); }

} // namespace

QByteArray samplesCsvHead()
{
    return "conversation,turn,choice,user,planned_ns,began_ns,lookup_ns,connected_ns,secured_ns,"
           "sent_ns,first_byte_ns,first_token_ns,first_visible_ns,last_token_ns,ended_ns,"
           "longest_gap_ns,stalled_ns,bytes,chunks,output_tokens,prompt_tokens,cached_tokens,"
           "reasoning_tokens,http_status,connection_reused,finish,error,items\n";
}

QByteArray toCsv(const LoadSample &sample)
{
    const QByteArrayList fields{text(sample.conversation), text(sample.turn), text(sample.choice),
        text(sample.user), text(sample.planned), text(sample.began), text(sample.lookup),
        text(sample.connected), text(sample.secured), text(sample.sent), text(sample.firstByte),
        text(sample.firstToken), text(sample.firstVisible), text(sample.lastToken),
        text(sample.ended), text(sample.longestGap.count()), text(sample.stalled.count()),
        text(sample.bytes), text(sample.chunks), text(sample.outputTokens),
        text(sample.promptTokens), text(sample.cachedTokens), text(sample.reasoningTokens),
        text(sample.httpStatus), sample.connectionReused ? "1" : "0",
        toWord(sample.finish).toUtf8(),
        sample.error ? toWord(*sample.error).toUtf8() : QByteArray(), text(sample.items)};
    return fields.join(',') + '\n';
}

} // namespace Lorikeet
