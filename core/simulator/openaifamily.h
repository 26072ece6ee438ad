// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/openai.h"

#include <QJsonObject>

namespace Lorikeet::Sim {

// What the servers of the OpenAI family share, besides openai.h.

/// The base model and the adapters, each a model of its own.
[[nodiscard]] QStringList modelsAndAdapters(const SimulatorOptions &options);

/// {"object":"list","data":[…]} with an entry for each id: `members` over "id" and "object".
[[nodiscard]] ServerResponse modelCards(const QStringList &ids, const QJsonObject &members);

/// {"error":{"message","type","param","code"}} with a word, or null, as the code.
[[nodiscard]] ServerResponse namedError(int status, const QString &type, const QString &message,
    const QString &param, const QString &code);

/// The first member of `body` that is not among `known`; empty: none.
[[nodiscard]] QString unknownMember(const QJsonObject &body, const QStringList &known);

/// The members of OpenAI's own chat completions.
[[nodiscard]] const QStringList &openAiMembers();

} // namespace Lorikeet::Sim
