// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "model/endpoint.h"
#include "schema/schemacarrier.h"
#include "tools/toolset.h"

namespace Lorikeet {

/// The request an answer is, or was, asked with at this endpoint: as its setup says, with what was
/// wrong in the attempt before. `schema` is that of its setup, null where it is held to none;
/// `tools` are those of its setup, empty where there are none. Where a server does not take both,
/// the schema goes in words.
[[nodiscard]] Result<CarriedSchema> answerRequest(const Conversation &conversation,
    const ChatNode &answer, const Endpoint &endpoint, const JsonSchema *schema,
    const QList<Tool> &tools);

/// The same; makes schema and tools ready itself, which may take its time.
[[nodiscard]] Result<CarriedSchema> answerRequest(
    const Conversation &conversation, const ChatNode &answer, const Endpoint &endpoint);

} // namespace Lorikeet
