// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/provider.h"

#include "providers/errorbody.h"

namespace Lorikeet {

StreamEvents Provider::decodeHead(const Headers &, TimePoint) const { return {}; }

std::optional<QJsonObject> Provider::continuation(const QString &) const { return std::nullopt; }

QStringList Provider::notes(const Target &, const ChatRequest &) const { return {}; }

std::optional<HttpRequest> Provider::nextPage(const HttpRequest &, const HttpReply &) const
{
    return std::nullopt;
}

ApiError Provider::decodeError(const HttpReply &reply) const { return errorFromReply(reply); }

} // namespace Lorikeet
