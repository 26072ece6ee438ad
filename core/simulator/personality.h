// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/route.h"

#include <QLatin1StringView>

#include <span>

namespace Lorikeet::Sim {

/// Why a request gets no answer. Each personality writes it in its own shape.
struct Refusal
{
    int status = 400;
    QString type; ///< in vLLM's words; empty: there is no such route
    QString message;
    QString param; ///< the member of the body it is about
    bool tooLong = false; ///< prompt and answer together do not fit
};

/// One path of a server.
struct Route
{
    QByteArrayView method; ///< GET includes HEAD
    QByteArrayView path; ///< one `*` in it stands for any text, given as RouteContext::name
    bool guarded; ///< wants the key, if there is one
    RouteReply (*answer)(const ServerRequest &, const RouteContext &);
};

/// A server the simulator can be on the wire: its paths, its errors, how it wants its key.
struct Personality
{
    QLatin1StringView name; ///< as --as takes it
    QLatin1StringView text; ///< a few words for --help
    std::span<const Route> routes;
    ServerResponse (*refuse)(const ServerRequest &, const Refusal &);
    bool (*holdsKey)(const ServerRequest &, const QByteArray &key);
    Headers headers; ///< of every answer
    QLatin1StringView base; ///< what a person adds to the address, "/v1"; may be empty
};

/// All servers that --as can name, in the order of help.
[[nodiscard]] const QList<const Personality *> &personalities();

/// The one these options ask for.
[[nodiscard]] const Personality &personalityOf(const SimulatorOptions &options);

/// Authorization: Bearer KEY.
[[nodiscard]] bool holdsBearerKey(const ServerRequest &request, const QByteArray &key);

/// 200 and nothing, for routes that only tell of health.
[[nodiscard]] RouteReply healthy(const ServerRequest &request, const RouteContext &context);

} // namespace Lorikeet::Sim
