// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "scriptedserver.h"

namespace Lorikeet {

/// The head of an answer that is streamed.
[[nodiscard]] Script eventStream();

/// An OpenAI event with this text.
[[nodiscard]] QByteArray piece(const QByteArray &text);

} // namespace Lorikeet
