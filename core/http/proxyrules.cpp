// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/proxyrules.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QUrl toUrl(const QNetworkProxy &proxy)
{
    QUrl url;
    switch (proxy.type()) {
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        url.setScheme(u"http"_s);
        break;
    case QNetworkProxy::Socks5Proxy:
        url.setScheme(u"socks5h"_s);
        break;
    case QNetworkProxy::DefaultProxy:
    case QNetworkProxy::NoProxy:
    case QNetworkProxy::FtpCachingProxy:
        return {};
    }
    url.setHost(proxy.hostName());
    url.setPort(proxy.port());
    url.setUserName(proxy.user(), QUrl::DecodedMode);
    url.setPassword(proxy.password(), QUrl::DecodedMode);
    return url;
}

QUrl systemProxyFor(const QUrl &url)
{
    const QList<QNetworkProxy> proxies
        = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.isEmpty() ? QUrl() : toUrl(proxies.constFirst());
}

bool isSocks(const QUrl &proxy) { return proxy.scheme().startsWith("socks5"_L1); }

int defaultPort(const QUrl &proxy)
{
    if (isSocks(proxy)) {
        return 1080;
    }
    return proxy.scheme() == "https"_L1 ? 443 : 80;
}

Result<QUrl> checkedProxy(QUrl proxy)
{
    static const QStringList schemes{u"http"_s, u"https"_s, u"socks5"_s, u"socks5h"_s};
    if (!proxy.isValid() || proxy.host().isEmpty() || !schemes.contains(proxy.scheme())) {
        return fail(ApiError::Kind::Proxy,
            u"The proxy address \"%1\" cannot be used: write it as http://host:port, "
            "https://host:port or socks5h://host:port."_s.arg(
                proxy.toDisplayString(QUrl::RemoveUserInfo)));
    }
    proxy.setPort(proxy.port(defaultPort(proxy)));
    return proxy;
}

} // namespace

bool isLocalHost(const QString &host)
{
    QString name = host.toLower();
    if (name.endsWith(u'.')) {
        name.chop(1);
    }
    if (name == "localhost"_L1 || name.endsWith(".localhost"_L1) || name.endsWith(".local"_L1)) {
        return true;
    }
    QHostAddress address;
    if (!address.setAddress(name)) {
        return false;
    }
    bool isMapped = false;
    const quint32 ipv4 = address.toIPv4Address(&isMapped);
    if (isMapped) {
        address.setAddress(ipv4);
    }
    return address.isLoopback() || address.isPrivateUse() || address.isLinkLocal()
        || address.isUniqueLocalUnicast() || address.isSiteLocal()
        || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6);
}

Result<QUrl> proxyFor(const ProxySetting &setting, const QUrl &url)
{
    switch (setting.mode) {
    case ProxySetting::Mode::None:
        return QUrl();
    case ProxySetting::Mode::Automatic:
        return isLocalHost(url.host()) ? QUrl() : systemProxyFor(url);
    case ProxySetting::Mode::Explicit:
        return checkedProxy(setting.url);
    }
    Q_UNREACHABLE_RETURN(QUrl());
}

Result<QNetworkProxy> toNetworkProxy(const QUrl &proxy)
{
    if (proxy.isEmpty()) {
        return QNetworkProxy(QNetworkProxy::NoProxy);
    }
    if (proxy.scheme() == "https"_L1) {
        return fail(ApiError::Kind::Proxy,
            u"The proxy %1:%2 is to be reached over TLS, which Qt's own transport cannot do."_s
                .arg(proxy.host())
                .arg(proxy.port()));
    }
    return QNetworkProxy(isSocks(proxy) ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy,
        proxy.host(), quint16(proxy.port()), proxy.userName(QUrl::FullyDecoded),
        proxy.password(QUrl::FullyDecoded));
}

} // namespace Lorikeet
