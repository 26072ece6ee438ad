// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/tritonaddress.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

constexpr int httpPort = 8000;
constexpr int tlsPort = 443;
constexpr int grpcPort = 8001;

int usualPort(const QString &scheme)
{
    return scheme == "grpc"_L1 ? grpcPort : scheme == "http"_L1 ? httpPort : tlsPort;
}

/// What lies before /v2, which is a proxy's.
QString prefixOf(const QString &path)
{
    const QStringList segments = path.split(u'/', Qt::SkipEmptyParts);
    const QStringList before
        = segments.first(segments.contains("v2"_L1) ? segments.indexOf("v2"_L1) : segments.size());
    return before.isEmpty() ? QString() : u'/' + before.join(u'/');
}

/// "::1" alone is an address without a port.
QString withBrackets(const QString &text)
{
    const QHostAddress address(text);
    return address.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + text + u']' : text;
}

} // namespace

bool isGrpcAddress(const QUrl &url)
{
    return url.scheme() == "grpc"_L1 || url.scheme() == "grpcs"_L1;
}

Result<Address> addressFrom(const QString &typed, Address::Transport bare)
{
    const QString text = typed.trimmed();
    const bool isGrpc = bare == Address::Transport::Grpc;
    QUrl url(text.contains("://"_L1) ? text
                                     : (isGrpc ? u"grpc://"_s : u"http://"_s) + withBrackets(text),
        QUrl::StrictMode);
    const QString scheme = url.scheme(); // QUrl has it in lower case
    if (!url.isValid() || url.host().isEmpty()) {
        return fail(ApiError::Kind::InvalidRequest,
            u"“%1” is not the address of a server: write http://host:8000, grpc://host:8001 or "
            "host:port."_s.arg(typed));
    }
    if (scheme != "http"_L1 && scheme != "https"_L1 && !isGrpcAddress(url)) {
        return fail(ApiError::Kind::InvalidRequest,
            u"“%1://” is no way to speak to Triton: use http://, https://, grpc:// or grpcs://."_s
                .arg(scheme));
    }
    Address address{
        .transport = isGrpcAddress(url) ? Address::Transport::Grpc : Address::Transport::Http,
        .url = {}};
    address.url.setScheme(scheme);
    address.url.setHost(url.host());
    address.url.setPort(url.port(usualPort(scheme)));
    if (address.transport == Address::Transport::Http) {
        address.url.setPath(prefixOf(url.path()));
    }
    return address;
}

} // namespace Lorikeet::Triton
