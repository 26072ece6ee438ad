// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/personality.h"

#include <QJsonObject>
#include <QLatin1StringView>
#include <QString>

#include <optional>

// Bodies of other dialects in the form of vLLM's, which readChatCall() reads; or why the server
// that speaks the dialect refuses them.

namespace Lorikeet::Sim {

/// What Anthropic signs this thought with, and checks where it comes back.
[[nodiscard]] QString thoughtSignature(const QString &thought);
/// What it says of a thought that it does not show, instead.
[[nodiscard]] QString hiddenThought(const QString &thought);
/// A prompt with this in it is thought about without showing what.
inline constexpr QLatin1StringView hidesThoughts{
    "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING"};

/// Of /v1/messages.
[[nodiscard]] std::optional<Refusal> fromAnthropic(const QJsonObject &from, QJsonObject &body);
/// Of generateContent.
[[nodiscard]] std::optional<Refusal> fromGemini(const QJsonObject &from, QJsonObject &body);
/// Of /api/chat.
[[nodiscard]] std::optional<Refusal> fromOllama(
    const QJsonObject &from, const SimulatorOptions &options, QJsonObject &body);

/// The tag of Ollama's names that have none.
inline constexpr QLatin1StringView ollamaLatest{":latest"};

/// An Ollama model's name without that tag.
[[nodiscard]] QString withoutTag(QString name);

} // namespace Lorikeet::Sim
