// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/description.h"
#include "model/endpoint.h"

// The names under which endpoints, and what is known of them, are stored. See storedmembers.h.

namespace Lorikeet {

template<typename V>
void members(KeyReference &v, V &&visit)
{
    visit(QLatin1StringView("kind"), v.kind);
    visit(QLatin1StringView("name"), v.name);
}

template<typename V>
void members(Header &v, V &&visit)
{
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("value"), v.value);
}

template<typename V>
void members(Timeouts &v, V &&visit)
{
    visit(QLatin1StringView("connect_ms"), v.connect);
    visit(QLatin1StringView("first_token_ms"), v.firstToken);
    visit(QLatin1StringView("idle_ms"), v.idle);
    visit(QLatin1StringView("total_ms"), v.total);
}

template<typename V>
void members(ProxySetting &v, V &&visit)
{
    visit(QLatin1StringView("mode"), v.mode);
    visit(QLatin1StringView("url"), v.url);
}

template<typename V>
void members(TlsTrust &v, V &&visit)
{
    visit(QLatin1StringView("ca_file"), v.caFile);
    visit(QLatin1StringView("client_certificate_file"), v.clientCertificateFile);
    visit(QLatin1StringView("client_key_file"), v.clientKeyFile);
    visit(QLatin1StringView("client_key_passphrase"), v.clientKeyPassphrase);
    visit(QLatin1StringView("pin"), v.pin);
}

template<typename V>
void members(RetryPolicy &v, V &&visit)
{
    visit(QLatin1StringView("retries"), v.retries);
    visit(QLatin1StringView("first_delay_ms"), v.firstDelay);
    visit(QLatin1StringView("longest_delay_ms"), v.longestDelay);
    visit(QLatin1StringView("longest_retry_after_ms"), v.longestRetryAfter);
}

template<typename V>
void members(LearntName &v, V &&visit)
{
    visit(QLatin1StringView("model"), v.model);
    visit(QLatin1StringView("parameter"), v.parameter);
    visit(QLatin1StringView("replacement"), v.replacement);
}

template<typename V>
void members(Endpoint &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("url"), v.url);
    visit(QLatin1StringView("unix_socket"), v.unixSocket);
    visit(QLatin1StringView("provider"), v.provider);
    visit(QLatin1StringView("server"), v.server);
    visit(QLatin1StringView("server_version"), v.serverVersion);
    visit(QLatin1StringView("key"), v.key);
    visit(QLatin1StringView("adapter_token"), v.adapterToken);
    visit(QLatin1StringView("cookie"), v.cookie);
    visit(QLatin1StringView("headers"), v.headers);
    visit(QLatin1StringView("timeouts"), v.timeouts);
    visit(QLatin1StringView("proxy"), v.proxy);
    visit(QLatin1StringView("tls"), v.tls);
    visit(QLatin1StringView("http_version"), v.httpVersion);
    visit(QLatin1StringView("retry"), v.retry);
    visit(QLatin1StringView("model"), v.model);
    visit(QLatin1StringView("learnt_names"), v.learntNames);
}

template<typename V>
void members(ModelInfo &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("owned_by"), v.ownedBy);
    visit(QLatin1StringView("context_length"), v.contextLength);
}

template<typename V>
void members(AdapterInfo &v, V &&visit)
{
    visit(QLatin1StringView("id"), v.id);
    visit(QLatin1StringView("name"), v.name);
    visit(QLatin1StringView("base"), v.base);
    visit(QLatin1StringView("path"), v.path);
    visit(QLatin1StringView("scale"), v.scale);
}

template<typename V>
void members(CapabilityFinding &v, V &&visit)
{
    visit(QLatin1StringView("capability"), v.capability);
    visit(QLatin1StringView("state"), v.state);
    visit(QLatin1StringView("ground"), v.ground);
    visit(QLatin1StringView("reason"), v.reason);
}

template<typename V>
void members(RouteAccess &v, V &&visit)
{
    visit(QLatin1StringView("route"), v.route);
    visit(QLatin1StringView("access"), v.access);
    visit(QLatin1StringView("reason"), v.reason);
}

template<typename V>
void members(EndpointDescription &v, V &&visit)
{
    visit(QLatin1StringView("server"), v.server);
    visit(QLatin1StringView("version"), v.version);
    visit(QLatin1StringView("models"), v.models);
    visit(QLatin1StringView("adapters"), v.adapters);
    visit(QLatin1StringView("adapter_style"), v.adapterStyle);
    visit(QLatin1StringView("context_length"), v.contextLength);
    visit(QLatin1StringView("capabilities"), v.capabilities);
    visit(QLatin1StringView("access"), v.access);
    visit(QLatin1StringView("notes"), v.notes);
}

template<typename V>
void members(EndpointFinding &v, V &&visit)
{
    visit(QLatin1StringView("description"), v.description);
    visit(QLatin1StringView("at_ms"), v.at);
}

} // namespace Lorikeet
