// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "model/chatrequest.h"
#include "model/description.h"
#include "model/endpoint.h"
#include "model/parameters.h"
#include "model/streamevent.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace Lorikeet {

/// How a dialect cuts a streamed body into records.
enum class Framing {
    ServerSentEvents,
    JsonLines,
};

/// Turns the records of one answer into events. One a stream; holds only what the dialect makes
/// it remember. Never sees a socket and never asks a clock: times come in with the bytes.
class StreamDecoder
{
public:
    StreamDecoder() = default;
    Q_DISABLE_COPY_MOVE(StreamDecoder)
    virtual ~StreamDecoder() = default;

    /// One record: the data of an event (`type` its event name, "message" by default) or one JSON
    /// line (`type` empty). Appends to `out`. An error ends the stream: nothing is fed after it.
    [[nodiscard]] virtual std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out)
        = 0;

    /// The dialect's end marker was seen; whatever follows is not waited for.
    [[nodiscard]] virtual bool isComplete() const = 0;

    /// The body ended. Nothing, if this dialect lets an answer end here; else what is missing
    /// (usually Kind::Truncated).
    [[nodiscard]] virtual std::optional<ApiError> atEnd() const = 0;

    /// The dialect has no end marker: the answer ends where the body does. A body that ends amid a
    /// record is then truncated.
    [[nodiscard]] virtual bool endsWithBody() const { return false; }
};

/// What may help where a server refused a parameter. For a person to choose; nothing is asked again
/// unasked.
struct Remedy
{
    QString parameter; ///< the one refused
    QString replacement; ///< the name its value is taken under; empty: leave it out

    [[nodiscard]] ParameterSet appliedTo(ParameterSet parameters) const;

    friend bool operator==(const Remedy &, const Remedy &) = default;
};

/// One dialect: how requests are written and answers are read. Stateless, immutable, usable from
/// every thread. To add one: a file here, a line in registry.cpp, a line in CMakeLists.txt, a
/// folder in tests/fixtures.
class Provider
{
public:
    Provider() = default;
    Q_DISABLE_COPY_MOVE(Provider)
    virtual ~Provider() = default;

    /// Stable, lower case, stored in endpoints: "openai", "lorax".
    [[nodiscard]] virtual QString id() const = 0;
    [[nodiscard]] virtual QString displayName() const = 0;
    [[nodiscard]] virtual Framing framing() const = 0;
    /// The parameters a server honours (`server` as in EndpointDescription; empty: any).
    [[nodiscard]] virtual ParameterSpecs parameters(const QString &server) const = 0;
    [[nodiscard]] virtual AdapterStyle adapterStyle(const QString &server) const = 0;

    /// Members that a request's body needs so that the model goes on with a trailing assistant
    /// message instead of answering it. Nothing where the server is not known to be able to.
    [[nodiscard]] virtual std::optional<QJsonObject> continuation(const QString &server) const;

    /// The request for an answer, or why it must not be sent. Carries authentication.
    [[nodiscard]] virtual Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const
        = 0;
    /// Sentences a person should know about this request, which is sent all the same: where the
    /// server makes something else of it than it seems. By default, what it ignores.
    [[nodiscard]] virtual QStringList notes(const Target &target, const ChatRequest &request) const;
    [[nodiscard]] virtual std::unique_ptr<StreamDecoder> makeDecoder() const = 0;
    /// A whole (not streamed) answer as events, all at `at`, so that both kinds of answer are
    /// joined by the same ChatAccumulator. Also reads what a dialect puts into headers.
    [[nodiscard]] virtual Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const
        = 0;
    /// What the head of a streamed answer tells besides its status; may be empty.
    [[nodiscard]] virtual StreamEvents decodeHead(const Headers &headers, TimePoint at) const;

    /// Harmless GETs that tell what is served. Asked in parallel; describe() gets the replies in
    /// the same order, status 0 for one that failed.
    [[nodiscard]] virtual QList<HttpRequest> describeRequests(const Target &target) const = 0;
    /// The request for what `reply` to `asked` left out, where a list comes in pages. The replies
    /// to these follow the others when describe() is called.
    [[nodiscard]] virtual std::optional<HttpRequest> nextPage(
        const HttpRequest &asked, const HttpReply &reply) const;
    [[nodiscard]] virtual Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const
        = 0;

    /// What an answer with an error status means. The default understands every error shape of
    /// the known servers (see errorbody.h).
    [[nodiscard]] virtual ApiError decodeError(const HttpReply &reply) const;

    /// What would help against this error of a request with these parameters, if it is about one
    /// of them. Nothing by default.
    [[nodiscard]] virtual std::optional<Remedy> remedy(
        const ApiError &error, const ParameterSet &parameters) const;

protected:
    /// describe() of a dialect whose first reply is its list of models, which `holds` tells.
    [[nodiscard]] Result<EndpointDescription> describeModels(
        const QList<HttpReply> &replies, bool (*holds)(const HttpReply &)) const;
};

/// The request as it goes out: what the provider encodes, with ChatRequest::written as it was
/// written.
[[nodiscard]] Result<HttpRequest> encodeChat(
    const Provider &provider, const Target &target, const ChatRequest &request);

/// `json`, compact, in which objects and lists that are equal to one of `written` are written as
/// they are there.
[[nodiscard]] QByteArray inWrittenOrder(QByteArray json, const QList<QByteArray> &written);

} // namespace Lorikeet
