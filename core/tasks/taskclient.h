// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"
#include "model/retrypolicy.h"
#include "tasks/task.h"
#include "tasks/taskdialect.h"

#include <QFuture>

#include <functional>

namespace Lorikeet {

class ApiClient;

// Asks for tasks. What is more than one request may carry is asked in several, one after the other;
// the first that fails fails all. Call them in the client's thread, where the futures also end;
// they are cancelled if the client is deleted. The endpoint's limit of the first token is that of
// each request. A request that fails in vain is sent again as the endpoint's retry policy says.

[[nodiscard]] QFuture<Result<EmbedReply>> runTask(ApiClient &client, TaskDialect dialect,
    const Target &target, const EmbedRequest &request, const RetryNotice &told = {});
/// In one request always, since scores of several need not compare.
[[nodiscard]] QFuture<Result<RerankReply>> runTask(ApiClient &client, TaskDialect dialect,
    const Target &target, const RerankRequest &request, const RetryNotice &told = {});
[[nodiscard]] QFuture<Result<ClassifyReply>> runTask(ApiClient &client, TaskDialect dialect,
    const Target &target, const ClassifyRequest &request, const RetryNotice &told = {});

} // namespace Lorikeet
