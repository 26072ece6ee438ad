// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/chatpieces.h"
#include "triton/infer.h"

#include <QJsonObject>
#include <QStringDecoder>

#include <map>

namespace Lorikeet::Triton {

// What chatInputs() makes and ChatPieces takes, as tensors, where the route that would convert them
// (/generate) is not there.

/// The request for an answer, but for model, version and id: each member of `inputs` as the input
/// of that name, in the shape that the model wants; others as parameters, as /generate does it.
/// What merely asks for details is left out where the model has no such input. Fails for a model
/// that does not write and for what cannot be sent.
[[nodiscard]] Result<InferRequest> chatRequest(
    const ModelConfig &config, const QJsonObject &inputs);

/// Reads answers in their order: a character may be cut between two.
class ChatReader final
{
public:
    [[nodiscard]] ChatPiece read(const InferReply &reply);

private:
    std::map<qsizetype, QStringDecoder> m_decoders; ///< of each choice's text
};

} // namespace Lorikeet::Triton
