// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/chatrequest.h"
#include "model/parameters.h"
#include "providers/servers.h"

#include <QJsonObject>

namespace Lorikeet::Triton {

/// What max_tokens is where it is not set and the backend needs it.
inline constexpr int tensorRtMaxTokens = 1024;

/// What the vLLM backend takes (as sampling_parameters, but for those of Fate::Client), or, for
/// Server::TritonTensorRtLlm, what TensorRT-LLM takes as inputs.
[[nodiscard]] ParameterSpecs chatParameters(Server server);

/// The inputs of a model that writes, by their names, as /generate takes them: the vLLM backend's
/// or TensorRT-LLM's. Fails, in one sentence, for what must not be sent.
[[nodiscard]] Result<QJsonObject> chatInputs(Server server, const ChatRequest &request);

} // namespace Lorikeet::Triton
