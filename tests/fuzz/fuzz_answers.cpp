// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cuts.h"
#include "http/http1reader.h"

using namespace Lorikeet;

namespace {

/// Everything that is read of the answers of one connection that come in these pieces, the last of
/// which is followed by its end.
QByteArrayList read(const QByteArrayList &pieces, bool isHead)
{
    QByteArrayList words;
    QByteArray body;
    AnswerHead head;
    Http1Reader reader;
    reader.begin(head, isHead);
    const auto tell = [&](Http1Reader::Step step) {
        words.append("body " + body);
        const bool isEnd = step == Http1Reader::Step::End;
        words.append(isEnd ? "end" : "failed " + reader.fault().toUtf8());
    };
    for (QByteArray piece : pieces) {
        QByteArray rest = piece;
        while (true) {
            reader.feed(rest);
            Http1Reader::Step step = reader.next();
            for (; step == Http1Reader::Step::Head || step == Http1Reader::Step::Body;
                step = reader.next()) {
                if (step == Http1Reader::Step::Body) {
                    body += reader.body();
                    continue;
                }
                words.append("status " + QByteArray::number(head.status()) + ' ' + head.reason());
                for (qsizetype i = 0; i < head.headers().size(); ++i) {
                    words.append(QByteArray(head.headers().nameAt(i).data()) + '='
                        + head.headers().valueAt(i).toByteArray());
                }
            }
            if (step == Http1Reader::Step::NeedsMore) {
                break;
            }
            tell(step);
            if (step == Http1Reader::Step::Failed) {
                return words;
            }
            // The next answer, whether or not there was to be one.
            rest = reader.rest().toByteArray();
            body.clear();
            head = {};
            reader.begin(head, isHead);
            if (rest.isEmpty()) {
                break;
            }
        }
        piece.fill('#'); // must not be looked at any more
    }
    tell(reader.endOfInput());
    return words;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzedStream stream = FuzzedStream::from(data, size);
    if (read({stream.whole}, stream.smallLimits) != read(stream.pieces, stream.smallLimits)) {
        qFatal("cutting the answers changed what is read");
    }
    return 0;
}
