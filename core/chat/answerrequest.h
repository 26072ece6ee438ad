// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "model/endpoint.h"
#include "schema/schemacarrier.h"

namespace Lorikeet {

/// The request an answer is, or was, asked with at this endpoint: as its setup says, with what was
/// wrong in the attempt before. `schema` is that of its setup, null where it is held to none.
[[nodiscard]] Result<CarriedSchema> answerRequest(const Conversation &conversation,
    const ChatNode &answer, const Endpoint &endpoint, const JsonSchema *schema);

/// The same; makes the schema ready itself, which may take its time.
[[nodiscard]] Result<CarriedSchema> answerRequest(
    const Conversation &conversation, const ChatNode &answer, const Endpoint &endpoint);

} // namespace Lorikeet
