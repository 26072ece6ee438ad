// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Everything a dialect reads from a server. LORIKEET_FUZZ_PROVIDER names the dialect; with
// --providers the program lists them.

#include "cuts.h"
#include "http/recordreader.h"
#include "model/chatmetrics.h"
#include "model/chatoutcome.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace Lorikeet;

namespace {

const Provider *provider = nullptr;

struct Reading
{
    StreamEvents events;
    std::optional<ApiError> error;

    friend bool operator==(const Reading &, const Reading &) = default;
};

Reading read(const QByteArrayList &pieces)
{
    RecordReader reader(*provider);
    Reading reading;
    for (const QByteArray &piece : pieces) {
        if (!reading.error) {
            reading.error = reader.feed(piece, TimePoint(), reading.events);
        }
    }
    if (!reading.error) {
        reading.error = reader.finish(TimePoint(), reading.events);
    }
    return reading;
}

/// The same stream with a space in each second of its objects: what is told by comparing records
/// must be parsed in this one.
QByteArray respelled(const QByteArray &stream)
{
    QByteArray result;
    bool isSecond = false;
    qsizetype at = 0;
    while (at < stream.size()) {
        const qsizetype end = std::min({stream.indexOf('\n', at), stream.indexOf('\r', at)},
            [](qsizetype a, qsizetype b) { return size_t(a) < size_t(b); });
        const QByteArrayView line = end < 0 ? QByteArrayView(stream).sliced(at)
                                            : QByteArrayView(stream).sliced(at, end + 1 - at);
        const qsizetype brace = line.startsWith("data:") ? line.indexOf('{') : -1;
        if (brace >= 0 && line.first(brace).sliced(5).trimmed().isEmpty()) {
            result += line.first(brace + 1);
            result += isSecond ? " " : "";
            result += line.sliced(brace + 1);
            isSecond = !isSecond;
        } else {
            result += line;
        }
        at += line.size();
    }
    return result;
}

void use(const StreamEvents &events)
{
    ChatAccumulator accumulator;
    accumulator.add(events);
    (void)ChatMetrics::from(accumulator.outcome());
    for (const StreamEvent &event : events) {
        (void)toJson(event, TimePoint());
    }
}

void check(const ApiError &error)
{
    if (error.message.isEmpty() || error.body.size() > 8192) {
        qFatal("an error without a sentence, or with too much of the body");
    }
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    if (*argc > 1 && QByteArrayView((*argv)[1]) == "--providers") {
        for (const Provider *each : providers()) {
            std::puts(qPrintable(each->id()));
        }
        std::exit(0);
    }
    provider = findProvider(qEnvironmentVariable("LORIKEET_FUZZ_PROVIDER"));
    if (!provider) {
        qFatal("LORIKEET_FUZZ_PROVIDER names no dialect");
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const FuzzedStream stream = FuzzedStream::from(data, size);
    const Reading whole = read({stream.whole});
    if (whole != read(stream.pieces)) {
        qFatal("cutting the stream changed what is read");
    }
    const Reading parsed = read({respelled(stream.whole)});
    if (parsed.events != whole.events || parsed.error.has_value() != whole.error.has_value()
        || (parsed.error && parsed.error->kind != whole.error->kind)) {
        qFatal("comparing records instead of parsing them changed what is read");
    }
    use(whole.events);
    if (whole.error) {
        check(*whole.error);
    }

    HttpReply reply{.status = 200, .body = stream.whole};
    reply.headers = {{"content-type", "application/json"}};
    if (const auto events = provider->decodeReply(reply, TimePoint())) {
        use(*events);
    } else {
        check(events.error());
    }
    (void)provider->describe({reply, reply, reply});
    reply.status = 400 + int(stream.whole.size() % 130);
    check(provider->decodeError(reply));
    return 0;
}
