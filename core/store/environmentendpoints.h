// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"

#include <QList>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace Lorikeet {

/// An endpoint that the environment's variables describe, as other programs read them.
struct EnvironmentEndpoint
{
    Endpoint endpoint; ///< its key is a reference to a variable, never a copy
    QStringList variables; ///< what it was made of, for a person to recognise
    QString missing; ///< what is still to be filled in, as a sentence; empty: nothing
};

/// OPENAI_*, AZURE_OPENAI_*, MISTRAL_*, VLLM_*, ANTHROPIC_*, GEMINI_* and GOOGLE_API_KEY, HF_TOKEN,
/// PREDIBASE_API_TOKEN, OPENROUTER_API_KEY and OLLAMA_HOST, under the names that the services' own
/// clients and Throughster know. Ids follow from the addresses: the same environment gives the
/// same.
[[nodiscard]] QList<EnvironmentEndpoint> endpointsFromEnvironment(
    const QProcessEnvironment &environment);

/// The address that OLLAMA_HOST means: without a scheme the port is 11434, with http it is 80 and
/// with https 443; a listening address is the loopback for a client. Not valid if it names nothing.
[[nodiscard]] QUrl ollamaUrl(const QString &host);

} // namespace Lorikeet
