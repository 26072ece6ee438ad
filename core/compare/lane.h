// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/chatrequest.h"
#include "model/description.h"
#include "model/endpoint.h"

#include <QList>

namespace Lorikeet {

/// One of those that are compared: who is asked, and what.
struct Lane
{
    QString name; ///< for display: "base", "support-v4"
    Target target;
    ChatRequest request;
};

constexpr int mostLanes = 6;

/// "A", "B" …: how lanes are told apart where names and colours do not do.
[[nodiscard]] QString laneLetter(qsizetype lane);

/// Chooses an adapter of those that `description` lists by its id or its name, in the way that its
/// server wants it; "base" is the base model. An id that is not listed is taken where the server
/// loads adapters on demand, and refused where it has a list.
[[nodiscard]] Result<AdapterChoice> chooseAdapter(
    const QString &name, const EndpointDescription &description);

/// The base model and each adapter that is listed, as many as there may be lanes, each with
/// `request` but for the adapter.
[[nodiscard]] QList<Lane> baseAndAdapters(
    const Target &target, const ChatRequest &request, const EndpointDescription &description);

/// Lanes that ask one server at the same time share what it can do: each is slower than it would be
/// by itself. True where at least two do.
[[nodiscard]] bool shareServer(const QList<Lane> &lanes);

/// The short request that goes before one that is counted: a greeting, answered by one token where
/// the server has a limit. It opens the connection and has model and adapter loaded, and leaves
/// nothing of the prompt itself in the server's caches.
[[nodiscard]] ChatRequest warmUpRequest(const Endpoint &endpoint, const ChatRequest &counted);

/// Gives every lane whose server takes a seed this one, unless it has one of its own. Returns the
/// names of those that take none: their answers differ by chance too.
QStringList alignSeeds(QList<Lane> &lanes, qint64 seed);

} // namespace Lorikeet
