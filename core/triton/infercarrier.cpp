// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/infercarrier.h"

#include "triton/describing.h"
#include "triton/inferchatstream.h"
#include "triton/tritonaddress.h"
#include "triton/tritontasks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

/// Each has a thread and its connections.
constexpr qsizetype mostKnown = 4;

/// Whether one connection may serve both.
bool goSameWay(const Target &a, const Target &b)
{
    return a.endpoint.url == b.endpoint.url && a.endpoint.headers == b.endpoint.headers
        && a.endpoint.proxy == b.endpoint.proxy && a.endpoint.tls == b.endpoint.tls
        && a.endpoint.timeouts.connect == b.endpoint.timeouts.connect && a.key == b.key
        && a.clientKeyPassphrase == b.clientKeyPassphrase;
}

} // namespace

InferCarrier::InferCarrier(TransportMaker make)
    : m_make(std::move(make))
{ }

bool InferCarrier::carries(const QUrl &url) const { return isGrpcAddress(url); }

QString InferCarrier::provider() const { return u"triton"_s; }

std::shared_ptr<InferServer> InferCarrier::serverFor(const Target &target)
{
    const auto found = std::ranges::find_if(
        m_known, [&target](const Known &known) { return goSameWay(known.target, target); });
    Known known = found == m_known.end()
        ? Known{target, std::make_shared<InferServer>(m_make(target))}
        : *found;
    if (found != m_known.end()) {
        m_known.erase(found);
    } else if (m_known.size() == mostKnown) {
        m_known.removeFirst();
    }
    m_known.append(known);
    return known.server;
}

ChatStream *InferCarrier::chat(const Target &target, const ChatRequest &request, QObject *parent)
{
    return new InferChatStream(serverFor(target), target, request, parent);
}

QFuture<Result<EndpointDescription>> InferCarrier::describe(const Target &target)
{
    return Triton::describe(serverFor(target)->sharedTransport());
}

QFuture<Result<EmbedReply>> InferCarrier::embed(
    const Target &target, const EmbedRequest &request, const RetryNotice &told)
{
    return Triton::embed(serverFor(target)->sharedTransport(), target, request, told);
}

QFuture<Result<RerankReply>> InferCarrier::rerank(
    const Target &target, const RerankRequest &request, const RetryNotice &told)
{
    return Triton::rerank(serverFor(target)->sharedTransport(), target, request, told);
}

} // namespace Lorikeet::Triton
