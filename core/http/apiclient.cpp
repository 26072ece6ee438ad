// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"

#include "http/httpchatstream.h"
#include "http/httpfetch.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

/// Of each request that describe() sends; these are answered without a model's help.
constexpr Milliseconds describeTimeout = 15s;

using Replies = QList<QFuture<Result<HttpReply>>>;

Result<EndpointDescription> describeFrom(const Provider &provider, const Replies &asked)
{
    QList<HttpReply> replies;
    std::optional<ApiError> firstError;
    std::optional<Nanoseconds> quickest;
    for (const QFuture<Result<HttpReply>> &future : asked) {
        if (future.resultCount() == 0) {
            return fail(ApiError::Kind::Cancelled, u"The request was cancelled."_s);
        }
        const Result<HttpReply> reply = future.result();
        replies.append(reply.value_or(HttpReply()));
        if (reply) {
            quickest = std::min(quickest.value_or(reply->latency), reply->latency);
        } else if (!firstError) {
            firstError = reply.error();
        }
    }
    if (firstError && !quickest) {
        return Failure(*firstError);
    }
    Result<EndpointDescription> description = provider.describe(replies);
    if (description) {
        description->latency = quickest;
    }
    return description;
}

} // namespace

ApiClient::ApiClient(QNetworkAccessManager &manager, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
{ }

ChatStream *ApiClient::chat(const Target &target, const ChatRequest &request)
{
    return new HttpChatStream(
        m_manager, findProvider(target.endpoint.provider), target, request, this);
}

QFuture<Result<HttpReply>> ApiClient::fetch(
    const HttpRequest &request, const TransportOptions &options, Milliseconds timeout)
{
    return (new HttpFetch(m_manager, request, options, timeout, this))->future();
}

QFuture<Result<EndpointDescription>> ApiClient::describe(const Target &target)
{
    const Provider *provider = findProvider(target.endpoint.provider);
    if (!provider) {
        return QtFuture::makeReadyValueFuture(
            Result<EndpointDescription>(Failure(unknownProviderError(target.endpoint.provider))));
    }
    const TransportOptions options = TransportOptions::from(target.endpoint);
    Replies asked;
    for (const HttpRequest &request : provider->describeRequests(target)) {
        asked.append(fetch(request, options, describeTimeout));
    }
    return QtFuture::whenAll(asked.begin(), asked.end())
        .then(this, [provider](const Replies &done) { return describeFrom(*provider, done); });
}

} // namespace Lorikeet

#include "moc_apiclient.cpp"
