// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/generateprovider.h"

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/generatedecoder.h"
#include "providers/promptformat.h"
#include "providers/serverevidence.h"
#include "providers/wireparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

std::optional<QString> bestOfProblem(const QJsonObject &parameters, bool stream)
{
    const QJsonValue bestOf = parameters[u"best_of"_s];
    if (!bestOf.isDouble() || bestOf.toDouble() == 1) {
        return std::nullopt;
    }
    if (bestOf.toDouble() < 1) {
        return u"best_of must be at least 1."_s;
    }
    if (stream) {
        return u"best_of above 1 does not work with streaming: turn streaming off, or leave "
               "best_of out."_s;
    }
    if (parameters.contains(u"seed"_s)) {
        return u"best_of above 1 does not go together with a seed."_s;
    }
    const QStringList sampling{u"temperature"_s, u"top_k"_s, u"top_p"_s, u"typical_p"_s};
    const bool samples = parameters[u"do_sample"_s].toBool()
        || std::any_of(sampling.begin(), sampling.end(),
            [&parameters](const QString &name) { return parameters.contains(name); });
    return samples ? std::nullopt
                   : std::optional(u"best_of above 1 needs sampling: set do_sample, temperature, "
                                   "top_k, top_p or typical_p."_s);
}

} // namespace

std::optional<QString> generateProblem(const QJsonObject &parameters, bool stream)
{
    if (const auto problem = bestOfProblem(parameters, stream)) {
        return problem;
    }
    if (stream && parameters[u"decoder_input_details"_s].toBool()) {
        return u"decoder_input_details does not work with streaming: turn one of them off."_s;
    }
    return std::nullopt;
}

Result<HttpRequest> GenerateProvider::encode(const Target &target, const ChatRequest &request) const
{
    if (request.messages.isEmpty()) {
        return fail(ApiError::Kind::InvalidRequest,
            u"There is nothing to send: the conversation holds no message."_s);
    }
    const ParameterSpecs specs = parameters(target.endpoint.server);
    Result<QJsonObject> parameters = checkedParameters(request.parameters, specs);
    if (!parameters) {
        return Failure(parameters.error());
    }
    AdapterChoice adapter = request.adapter;
    if (adapter.token.isEmpty() && !adapter.isBase()) {
        adapter.token = target.adapterToken;
    }
    if (const auto why = addAdapter(*parameters, adapter)) {
        return fail(ApiError::Kind::InvalidRequest, *why);
    }
    if (!parameters->contains(u"details"_s)) {
        // Without it a stream does not tell why it ended, nor how many tokens it had.
        parameters->insert(u"details"_s, true);
    }
    const QString format = request.parameters.value(u"prompt_format"_s).toString();
    QJsonObject body{
        {u"inputs"_s, formatPrompt(format, request.messages)}, {u"parameters"_s, *parameters}};
    addExtraBody(body, request.extraBody, {u"parameters"_s});
    if (body[u"inputs"_s].toString().isEmpty()) {
        return fail(ApiError::Kind::InvalidRequest,
            u"There is nothing to send: %1 refuses an empty prompt."_s.arg(displayName()));
    }
    if (const auto why = problem(body[u"parameters"_s].toObject(), request.stream)) {
        return fail(ApiError::Kind::InvalidRequest, *why);
    }
    Result<Headers> headers
        = requestHeaders(target, request.stream ? "text/event-stream" : "application/json", true);
    if (!headers) {
        return Failure(headers.error());
    }
    // /generate never streams, whatever the body asks for.
    return HttpRequest{.verb = "POST",
        .url = joined(
            serverRoot(target.endpoint.url), request.stream ? u"generate_stream" : u"generate"),
        .headers = *headers,
        .body = exactJson(body, request.parameters, specs)};
}

std::unique_ptr<StreamDecoder> GenerateProvider::makeDecoder() const
{
    return std::make_unique<GenerateDecoder>(displayName());
}

Result<StreamEvents> GenerateProvider::decodeReply(const HttpReply &reply, TimePoint at) const
{
    GenerateDecoder decoder(displayName());
    StreamEvents events = decodeHead(reply.headers, at);
    if (const auto error = decoder.decodeWhole(reply.body, at, events)) {
        return Failure(*error);
    }
    return events;
}

StreamEvents GenerateProvider::decodeHead(const Headers &headers, TimePoint at) const
{
    return eventsFromHead(headers, at);
}

QList<HttpRequest> GenerateProvider::describeRequests(const Target &target) const
{
    const QUrl root = serverRoot(target.endpoint.url);
    const Result<Headers> headers = requestHeaders(target, "application/json", false);
    QList<HttpRequest> requests;
    for (const char16_t *path : {u"info", u"health"}) {
        requests.append({.url = joined(root, path), .headers = headers.value_or(Headers())});
    }
    return requests;
}

Result<EndpointDescription> GenerateProvider::describe(const QList<HttpReply> &replies) const
{
    const HttpReply info = replies.value(0);
    if (info.status == 0) {
        return fail(ApiError::Kind::Unreachable, u"/info could not be fetched."_s);
    }
    if (info.status != 200) {
        return Failure(decodeError(info));
    }
    EndpointDescription description = describeEvidence(replies);
    if (description.server.isEmpty()) {
        return Failure(protocolError(
            u"%1 did not answer as %2 does."_s.arg(info.url.toString(), displayName()), info.body));
    }
    if (serverFromName(description.server) != server()) {
        description.notes.prepend(u"This is %1: choose its own dialect."_s.arg(description.server));
    }
    const HttpReply health = replies.value(1);
    if (health.status >= 400) {
        description.notes.append(
            u"The server says that it is not healthy (HTTP %1)."_s.arg(health.status));
    }
    return description;
}

} // namespace Lorikeet
