// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadtask.h"
#include "load/tokencalibration.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"

#include <QFuture>

namespace Lorikeet {

class ApiClient;

/// Asks the endpoint how many tokens synthetic text has there: the server's tokenizer, where it
/// shows it, for each word, and some short prompts with answers of one token, whose prompts the
/// server counts; of another task its requests with one text. `base` is what the load's requests
/// have in common: model, adapter, system prompt, parameters.
///
/// Fails with the server's error, or with one of Kind::Protocol where the server counts nothing:
/// then TokenCalibration() is a fair guess. Call it in the client's thread, where the future also
/// ends; it is cancelled if the client is deleted.
[[nodiscard]] QFuture<Result<TokenCalibration>> calibrateTokens(ApiClient &client,
    const Target &target, const ChatRequest &base, LoadTask::Kind task = LoadTask::Kind::Chat);

} // namespace Lorikeet
