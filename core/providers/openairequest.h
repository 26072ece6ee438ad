// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatrequest.h"
#include "model/endpoint.h"
#include "providers/servers.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace Lorikeet {

// What requests to the routes of the OpenAI family share.

/// Which server is asked, from what was recognised, else from its host.
[[nodiscard]] Server serverOf(const Target &target);

/// Adds `model` and what else names the adapter at this server. Returns, in one sentence, why it
/// cannot be done.
[[nodiscard]] std::optional<QString> addModel(
    QJsonObject &body, const Target &target, const ChatRequest &request, Server server);

} // namespace Lorikeet
