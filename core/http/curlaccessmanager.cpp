// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlaccessmanager.h"

#include "http/curlloop.h"
#include "http/curlreply.h"
#include "http/directloop.h"
#include "http/proxyrules.h"
#include "http/refusedreply.h"
#include "http/tlstrust.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QByteArray verbOf(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    switch (operation) {
    case QNetworkAccessManager::HeadOperation:
        return "HEAD";
    case QNetworkAccessManager::PutOperation:
        return "PUT";
    case QNetworkAccessManager::PostOperation:
        return "POST";
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE";
    case QNetworkAccessManager::CustomOperation:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    case QNetworkAccessManager::GetOperation:
    case QNetworkAccessManager::UnknownOperation:
        break;
    }
    return "GET";
}

} // namespace

CurlAccessManager::CurlAccessManager(QObject *parent, Watch watch)
    : QNetworkAccessManager(parent)
    , m_watch(watch)
    , m_loop(CurlLoop::make(makeWatcher()))
{ }

CurlAccessManager::~CurlAccessManager() = default;

std::unique_ptr<SocketWatcher> CurlAccessManager::makeWatcher() const
{
    return m_watch == Watch::Best ? makeSocketWatcher() : makeNotifierWatcher();
}

void CurlAccessManager::sendDirectly()
{
#ifdef Q_OS_UNIX
    m_direct = DirectLoop::make(makeWatcher());
#endif
}

std::shared_ptr<DirectLoop> CurlAccessManager::directLoopFor(
    [[maybe_unused]] const QUrl &url, [[maybe_unused]] const TransportOptions &options) const
{
#ifdef Q_OS_UNIX
    if (m_direct && DirectLoop::carries(url, options)) {
        return m_direct;
    }
#endif
    return nullptr;
}

void CurlAccessManager::reserve(int streams)
{
    allowManySockets();
    m_loop->reserve(streams);
}

QNetworkReply *CurlAccessManager::createRequest(
    Operation operation, const QNetworkRequest &request, QIODevice *outgoingData)
{
    const auto options = request.attribute(transportOptionsAttribute).value<TransportOptions>();
    Result<CurlTransfer> transfer
        = CurlTransfer::from(verbOf(operation, request), request, options);
    if (!transfer) {
        return new RefusedReply(request, transfer.error(), this);
    }
    if (transfer->isSecure && !options.tls.pin.isEmpty() && !CurlPeer::canLook()) {
        ApiError error;
        error.kind = ApiError::Kind::Tls;
        error.message = u"This build's libcurl (%1) cannot accept a pinned certificate: give it as "
                        "the endpoint's CA file instead."_s.arg(
                            QLatin1StringView(curl_version_info(CURLVERSION_NOW)->ssl_version));
        return new RefusedReply(request, error, this);
    }
    if (transfer->isSecure || transfer->proxy.scheme() == u"https") {
        const Result<QByteArray> bundle
            = m_loop->trustStore().bundleFor(options.tls, options.clientKeyPassphrase);
        if (!bundle) {
            return new RefusedReply(request, bundle.error(), this);
        }
        transfer->caBundle = *bundle;
    }
    return new CurlReply(m_loop, operation, request, *std::move(transfer), outgoingData, this);
}

} // namespace Lorikeet

#include "moc_curlaccessmanager.cpp"
