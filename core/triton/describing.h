// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/description.h"
#include "triton/transport.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace Lorikeet::Triton {

/// The models that are ready, without those that only serve others.
[[nodiscard]] QStringList readyModels(const QList<IndexEntry> &index);

/// The one whose inputs tell the backend; empty where there is none.
[[nodiscard]] QString tellingModel(const QStringList &ready);

/// What a server told: itself, its index (or why it does not tell, in a word) and one model, if
/// there is one.
[[nodiscard]] EndpointDescription descriptionOf(const ServerMetadata &metadata,
    const std::optional<QList<IndexEntry>> &index, const QString &whyNot,
    const std::optional<ModelMetadata> &model);

/// Asks for all of it. The future ends in the transport's thread.
[[nodiscard]] QFuture<Result<EndpointDescription>> describe(
    const std::shared_ptr<InferTransport> &transport);

} // namespace Lorikeet::Triton
