// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"

#include <QNetworkProxy>
#include <QUrl>

namespace Lorikeet {

/// True for hosts that a proxy has no business with: loopback, private (RFC 1918, RFC 4193) and
/// link-local addresses, localhost, and names under .localhost and .local.
[[nodiscard]] bool isLocalHost(const QString &host);

/// The proxy a request to `url` takes: http, https, socks5 or socks5h with host, port and perhaps
/// user info; empty for a direct connection. Fails where an explicit proxy makes no sense.
[[nodiscard]] Result<QUrl> proxyFor(const ProxySetting &setting, const QUrl &url);

/// The same for Qt's manager, which does not speak TLS to a proxy.
[[nodiscard]] Result<QNetworkProxy> toNetworkProxy(const QUrl &proxy);

} // namespace Lorikeet
