// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/message.h"
#include "model/parameters.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Lorikeet {

/// The names of the formats, "plain" first.
[[nodiscard]] QStringList promptFormats();

/// `specs` with these names as the choices of its parameter prompt_format.
[[nodiscard]] ParameterSpecs withPromptFormats(ParameterSpecs specs);

/// A conversation as one text, for routes that take text and apply no chat template. The text ends
/// where the model is to go on: behind the opening of the assistant's turn, or within it if the
/// last message is the assistant's. The token that begins a text is left to the server's tokenizer,
/// which adds it. A tool's answer counts as a user's turn, since these formats have no other.
///
/// "plain": a lone message of the user as it is, with the beginning of its answer, if that
/// follows, right behind it; anything longer as a transcript ("User: …").
/// An unknown format counts as plain.
[[nodiscard]] QString formatPrompt(const QString &format, const QList<Message> &messages);

} // namespace Lorikeet
