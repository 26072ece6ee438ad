// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "model/endpoint.h"
#include "providers/provider.h"

#include <QString>

#include <optional>

namespace Lorikeet {

/// All that is known about why an answer failed, as lines of text to paste into a report. Without
/// anything that looks like a key.
[[nodiscard]] QString errorDetails(const ChatNode &answer);

/// What may help against the error of an answer that failed.
[[nodiscard]] std::optional<Remedy> remedyFor(const ChatNode &answer);

/// The request an answer was asked with, as it is sent to `endpoint`: a line with the address, and
/// the body as indented JSON. Without the key. What hinders it, where it cannot be made.
[[nodiscard]] QString requestText(
    const Conversation &conversation, const ChatNode &answer, const Endpoint &endpoint);

} // namespace Lorikeet
