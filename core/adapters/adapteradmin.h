// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "model/adapter.h"
#include "model/endpoint.h"

#include <QFuture>
#include <QList>
#include <QString>

namespace Lorikeet {

class ApiClient;

// Loading and unloading adapters at servers that let a client do so: vLLM (where it was started
// with VLLM_ALLOW_RUNTIME_LORA_UPDATING), SGLang (with --enable-lora), and the scales that
// llama.cpp uses for requests that name none. Each changes what the server does for everyone.

/// What a change of a server's adapters is.
struct AdapterChange
{
    enum class Kind {
        Load, ///< `name` from `path`, a path at the server or an id of a hub
        Unload, ///< `name`
        SetScales, ///< `scales`; adapters that are not named are set to 0 by the server
    };

    Kind kind = Kind::Load;
    QString name;
    QString path;
    QList<AdapterScale> scales;
};

/// Whether a server of that name (see serverName()) takes such a change at all.
[[nodiscard]] bool canChangeAdapters(const QString &server, AdapterChange::Kind kind);

/// The request; or, in one sentence, why this server cannot be asked that.
[[nodiscard]] Result<HttpRequest> encodeAdapterChange(
    const Target &target, const AdapterChange &change);

/// The server's own words for success, which may be empty; or why it failed. A route that is not
/// there is told apart from an adapter that is not there.
[[nodiscard]] Result<QString> readAdapterChange(
    const HttpReply &reply, const QString &server, const AdapterChange &change);

/// Asks for the change, once. Call it in the client's thread, where the future also ends. Loading
/// may take minutes: the endpoint's limit of the first token is its limit.
[[nodiscard]] QFuture<Result<QString>> changeAdapters(
    ApiClient &client, const Target &target, const AdapterChange &change);

} // namespace Lorikeet
