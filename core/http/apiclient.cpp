// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"

#include "http/carrier.h"
#include "http/chatstream.h"
#include "http/exchangestream.h"
#include "http/httpchatstream.h"
#include "http/httpfetch.h"
#include "http/retryingchatstream.h"
#include "http/transport.h"
#include "providers/errorsentence.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

/// Of each request that describe() sends; these are answered without a model's help.
constexpr Milliseconds describeTimeout = 15s;

/// Of the pages of one list; more is a server that never ends.
constexpr int mostPages = 50;

/// One describe(): sends what the dialect asks for, and asks on where a list comes in pages.
/// Deletes itself; deleted before that, its future ends without a result.
class Describing final : public QObject
{
public:
    Describing(ApiClient &client, const Provider &provider, const Target &target)
        : QObject(&client)
        , m_client(client)
        , m_provider(provider)
        , m_options(TransportOptions::from(target))
    {
        m_promise.start();
        const QList<HttpRequest> requests = provider.describeRequests(target);
        m_first = requests.value(0);
        m_replies.resize(requests.size());
        m_running = int(requests.size());
        for (qsizetype i = 0; i < requests.size(); ++i) {
            ask(requests[i], i);
        }
    }

    [[nodiscard]] QFuture<Result<EndpointDescription>> future() { return m_promise.future(); }

private:
    void ask(const HttpRequest &request, qsizetype place)
    {
        m_client.fetch(request, m_options, describeTimeout)
            .then(this, [this, request, place](const Result<HttpReply> &reply) {
                take(request, reply, place);
                if (--m_running == 0) {
                    finish();
                }
            });
    }

    void take(const HttpRequest &request, const Result<HttpReply> &reply, qsizetype place)
    {
        if (!reply) {
            m_firstError = m_firstError.value_or(reply.error());
            return;
        }
        m_replies[place] = *reply;
        m_quickest = std::min(m_quickest.value_or(reply->latency), reply->latency);
        const std::optional<HttpRequest> next = m_provider.nextPage(request, *reply);
        if (next && ++m_pages < mostPages) {
            ++m_running;
            m_replies.append(HttpReply());
            ask(*next, m_replies.size() - 1);
        }
    }

    void finish()
    {
        Result<EndpointDescription> description = m_firstError && !m_quickest
            ? Result<EndpointDescription>(Failure(*m_firstError))
            : m_provider.describe(m_replies);
        if (description) {
            description->latency = m_quickest;
        } else if (description.error().kind == ApiError::Kind::Unauthorized
            && !holdsCredentials(m_first.headers)) {
            description.error().message
                = missingKeySentence(placeOf(m_first.url), description.error().httpStatus);
        }
        m_promise.addResult(std::move(description));
        m_promise.finish();
        deleteLater();
    }

    ApiClient &m_client;
    const Provider &m_provider;
    const TransportOptions m_options;
    HttpRequest m_first;
    QList<HttpReply> m_replies; ///< those to describeRequests() first, in their order
    std::optional<ApiError> m_firstError;
    std::optional<Nanoseconds> m_quickest;
    int m_running = 0;
    int m_pages = 0;
    QPromise<Result<EndpointDescription>> m_promise;
};

} // namespace

ApiClient::ApiClient(QNetworkAccessManager &manager, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
{ }

ApiClient::~ApiClient()
{
    // Streams, which are children, may be the carrier's.
    qDeleteAll(findChildren<ChatStream *>(Qt::FindDirectChildrenOnly));
}

void ApiClient::setCarrier(std::unique_ptr<Carrier> carrier) { m_carrier = std::move(carrier); }

Carrier *ApiClient::carrierFor(const QUrl &url) const
{
    return m_carrier && m_carrier->carries(url) ? m_carrier.get() : nullptr;
}

ChatStream *ApiClient::chat(const Target &target, const ChatRequest &request)
{
    const auto ask = [this, target, request](Milliseconds total) -> ChatStream * {
        Target limited = target;
        limited.endpoint.timeouts.total = total;
        if (Carrier *carrier = carrierFor(limited.endpoint.url)) {
            return carrier->chat(limited, request, this);
        }
        return new HttpChatStream(
            m_manager, findProvider(target.endpoint.provider), limited, request, this);
    };
    const Endpoint &endpoint = target.endpoint;
    if (endpoint.retry.retries <= 0) {
        return ask(endpoint.timeouts.total);
    }
    return new RetryingChatStream(endpoint.retry, endpoint.timeouts.total, ask, this);
}

ChatStream *ApiClient::exchange(
    const Target &target, const Result<HttpRequest> &request, AnswerReader read)
{
    return new ExchangeStream(m_manager, target, request, std::move(read), this);
}

QFuture<Result<HttpReply>> ApiClient::fetch(
    const HttpRequest &request, const TransportOptions &options, Milliseconds timeout)
{
    return (new HttpFetch(m_manager, request, options, timeout, this))->future();
}

QFuture<Result<EndpointDescription>> ApiClient::describe(const Target &target)
{
    if (Carrier *carrier = carrierFor(target.endpoint.url)) {
        return carrier->describe(target);
    }
    const Provider *provider = findProvider(target.endpoint.provider);
    if (!provider) {
        return QtFuture::makeReadyValueFuture(
            Result<EndpointDescription>(Failure(unknownProviderError(target.endpoint.provider))));
    }
    return (new Describing(*this, *provider, target))->future();
}

} // namespace Lorikeet

#include "moc_apiclient.cpp"
