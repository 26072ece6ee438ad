// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/httpexchange.h"
#include "model/capability.h"
#include "providers/servers.h"

#include <QList>
#include <QUrl>

namespace Lorikeet {

/// A question by which one learns whether a route wants a key: a GET of `url` without one. Where
/// the route takes POST, that changes nothing, and is refused in a way that tells.
struct AccessQuestion
{
    QByteArray verb; ///< which the route takes
    QUrl url;
};

/// What to ask a server of this kind; `models` is where it lists them, `root` its root. None for
/// the hosted services, where all wants a key, and each refusal counts.
[[nodiscard]] QList<AccessQuestion> accessQuestions(
    Server server, const QUrl &models, const QUrl &root);

/// What an answer without a key tells; a status of 0 stands for none.
[[nodiscard]] RouteAccess readAccess(const AccessQuestion &question, const HttpReply &reply);

/// The headers without those that say who asks.
[[nodiscard]] Headers withoutCredentials(const Headers &headers);

} // namespace Lorikeet
