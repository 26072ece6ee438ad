// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/generation.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <tl/expected.hpp>

#include <optional>

namespace Lorikeet::Sim {

/// Why a request is refused.
struct LoraxRefusal
{
    int status = 422;
    QString type; ///< error_type; empty: the body could not be read, and the answer is plain text
    QString message;
    bool stream = false; ///< the answer would have been one, and so is the error
};

/// Adapters to be merged, as sent.
struct LoraxMerge
{
    QList<QString> ids;
    QList<double> weights;
    std::optional<QString> strategy;
    std::optional<QString> signMethod;
    double density = 0;
};

/// The parameters as sent; what was not sent stays unset.
struct LoraxParameters
{
    std::optional<QString> adapterId, adapterSource, apiToken;
    std::optional<LoraxMerge> merge;
    std::optional<quint64> bestOf, maxNewTokens, truncate, seed;
    std::optional<qint64> topK, alternatives;
    std::optional<double> temperature, repetition, frequency, presence, topP, typicalP;
    std::optional<bool> returnFullText;
    QList<QString> stop;
    bool doSample = false, ignoreEos = false, watermark = false, details = false;
    bool decoderInputDetails = false, applyChatTemplate = false;
    std::optional<QJsonObject> schema;

    [[nodiscard]] bool samplingWanted() const
    {
        return doSample || temperature || topK || topP || typicalP;
    }

    /// Whether the shard samples (server/lorax_server/utils/tokens.py).
    [[nodiscard]] bool samples() const
    {
        const double heat = temperature.value_or(1);
        return doSample || (heat != 0 && heat != 1) || topK.value_or(0) != 0 || topP.value_or(1) < 1
            || typicalP.value_or(1) < 1;
    }
};

/// A body of the routes that write, read but not checked.
struct LoraxBody
{
    QString inputs;
    QList<PromptMessage> messages; ///< of a chat; then `inputs` is their text
    QString tool; ///< of a chat: the function to be called, if one is
    QJsonObject toolSchema; ///< of its parameters
    bool stream = false;
    LoraxParameters parameters;
};

/// Reads a body with the strictness of serde: the type of every member counts, and null is only for
/// what may be absent (router/src/lib.rs).
[[nodiscard]] tl::expected<LoraxBody, LoraxRefusal> readLoraxBody(const QByteArray &bytes);

} // namespace Lorikeet::Sim
