// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cuts.h"
#include "simulator/engine.h"
#include "simulator/personality.h"
#include "simulator/requestparser.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Lorikeet;
using namespace Lorikeet::Sim;

namespace {

/// Short answers, so that the effort goes into reading.
const SimulatorOptions &options()
{
    static const SimulatorOptions all{.contextLength = 48};
    return all;
}

/// The requests that a connection's bytes hold when they come in these pieces, and how it ends.
QList<ServerRequest> requestsIn(const QByteArrayList &pieces, bool smallLimits, int &error)
{
    RequestParser parser(
        smallLimits ? RequestParser::Limits{.head = 64, .body = 32} : RequestParser::Limits());
    QList<ServerRequest> requests;
    for (QByteArray piece : pieces) {
        QByteArrayView rest = piece;
        while (!rest.isEmpty() && parser.state() != RequestParser::State::Failed) {
            rest = rest.sliced(parser.feed(rest));
            if (parser.state() == RequestParser::State::Complete) {
                requests.append(parser.request());
                parser.reset();
            }
        }
        piece.fill('#'); // must not be looked at any more
    }
    error = parser.state() == RequestParser::State::Failed ? parser.errorStatus() : 0;
    return requests;
}

bool isSame(const ServerRequest &a, const ServerRequest &b)
{
    return a.method == b.method && a.path == b.path && a.query == b.query && a.headers == b.headers
        && a.body == b.body && a.keepAlive == b.keepAlive && a.minorVersion == b.minorVersion;
}

void checkJson(QByteArrayView text)
{
    // Values other than objects and arrays want a wrapping.
    if (QJsonDocument::fromJson('[' + text.toByteArray() + ']').isNull()) {
        qFatal("not JSON: %.*s", int(text.size()), text.data());
    }
}

/// All that would be sent, of which every event must be JSON.
void writeOut(AnswerFormat &format)
{
    QByteArrayList events = format.begin();
    for (size_t choice = 0; choice < format.script().answers.size(); ++choice) {
        for (size_t i = 0; i < format.script().answers[choice].count(); ++i) {
            QByteArray event;
            format.appendToken(event, choice, i);
            events.append(event);
        }
        events.append(format.finish(choice));
    }
    SimulatorRecord record;
    events.append(format.end(record));
    for (const QByteArray &event : std::as_const(events)) {
        for (const QByteArray &line : event.split('\n')) {
            if (line.startsWith("data: ") && line != "data: [DONE]") {
                checkJson(QByteArrayView(line).sliced(6));
            }
        }
    }
    checkJson(format.whole(record).body);
    checkJson(format.wholeFailure().body);
}

void answer(const ServerRequest &request, const Personality &personality, const Engine &engine)
{
    for (const Route &route : personality.routes) {
        const qsizetype star = route.path.indexOf('*');
        const bool isIt = star < 0 ? route.path == request.path
                                   : request.path.startsWith(route.path.first(star));
        if (!isIt || route.method != request.method) {
            continue;
        }
        static const QMap<QString, qint64> faults;
        const RouteContext context{.options = options(),
            .engine = engine,
            .faults = faults,
            .ordinal = 1,
            .requestId = "id",
            .inFlight = 0,
            .name = star < 0 ? QByteArray() : request.path.sliced(star)};
        RouteReply reply = route.answer(request, context);
        if (auto *const format = std::get_if<std::unique_ptr<AnswerFormat>>(&reply)) {
            writeOut(**format);
        } else if (const auto &response = std::get<ServerResponse>(reply);
            response.contentType == "application/json") {
            checkJson(response.body);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const QCoreApplication application(*argc, *argv); // the engine has a timer
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Engine engine(options());
    const FuzzedStream stream = FuzzedStream::from(data, size);
    int error = 0;
    int errorOfPieces = 0;
    const QList<ServerRequest> requests = requestsIn({stream.whole}, stream.smallLimits, error);
    const QList<ServerRequest> same = requestsIn(stream.pieces, stream.smallLimits, errorOfPieces);
    if (error != errorOfPieces
        || !std::equal(requests.begin(), requests.end(), same.begin(), same.end(), isSame)) {
        qFatal("cutting the bytes changed what is read");
    }
    for (const ServerRequest &request : requests) {
        for (const Personality *const personality : personalities()) {
            answer(request, *personality, engine);
        }
    }
    return 0;
}
