// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "schema/passrate.h"

namespace Lorikeet {

/// Of the versions of an answer. Counted are those that were asked as it was, but for the seed, and
/// have ended. Of several attempts the first alone counts: the others were made because it failed.
/// An answer that was stopped is none.
[[nodiscard]] PassRate passRateOf(const Conversation &conversation, QUuid answer);

/// A setup for one version more of this answer: where it has a seed, with the one behind the
/// greatest that any version was asked with, so that none is asked twice. A negative one, which
/// leaves it to chance, stays.
[[nodiscard]] ChatSetup withSeedOfItsOwn(
    const ChatSetup &setup, const Conversation &conversation, QUuid answer);

} // namespace Lorikeet
