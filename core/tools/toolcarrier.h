// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"
#include "tools/toolset.h"

#include <QStringList>

namespace Lorikeet {

/// A request with tools in it.
struct CarriedTools
{
    ChatRequest request;
    /// What a person should know before it is sent: what the dialect cannot carry, and how it was
    /// said instead.
    QStringList notes;
};

/// Puts the tools where the endpoint's dialect has them. Fails where it has no place for them, or
/// none for this choice; where the server would refuse what else is in the request beside them; and
/// where the request has something in their place already.
[[nodiscard]] Result<CarriedTools> carryTools(const Target &target, const ChatRequest &request,
    const QList<Tool> &tools, const ToolChoice &choice = {});

/// Whether the endpoint holds an answer to a schema and takes tools in one request. Where it does
/// not, the schema can go in words.
[[nodiscard]] bool carriesSchemaBesideTools(const Target &target);

} // namespace Lorikeet
