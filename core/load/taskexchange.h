// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "load/loadrequest.h"

namespace Lorikeet {

class ApiClient;
class ChatStream;
struct LoadWorkload;

// Requests of a load test on their way, whatever their task: those of core/tasks over HTTP, in the
// dialect that the endpoint's server has for them.

/// One that is no chat, as it goes out; or why it must not. Where a server takes no adapter with
/// it, the adapter's name goes for the model's.
[[nodiscard]] Result<HttpRequest> encodeLoadTask(const Target &target, const LoadRequest &request);

/// Sends it. An answer with fewer results than were asked for, or more, is an error of
/// Kind::Protocol.
[[nodiscard]] ChatStream *startRequest(
    ApiClient &client, const Target &target, const LoadRequest &request);

/// Why the endpoint cannot be asked for it, in a sentence: there is no route, or it is not a matter
/// of routes there. Empty: nothing that is known before. Nothing is sent.
[[nodiscard]] QString problemAt(const Target &target, const LoadRequest &request);
/// The same of all that its mix asks.
[[nodiscard]] QString problemAt(const Target &target, const LoadWorkload &workload);

} // namespace Lorikeet
