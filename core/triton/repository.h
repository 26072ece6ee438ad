// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/httpexchange.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QString>

namespace Lorikeet::Triton {

/// A change of which models a server has in memory, for everyone who uses it. Needs a server that
/// was started with --model-control-mode=explicit.
struct ModelChange
{
    enum class Kind { Load, Unload };
    Kind kind = Kind::Load;
    QString model;
    /// To load it with this configuration instead of its own.
    QJsonObject config;
    /// To load it from these files instead of its folder: by their path in it ("1/model.onnx").
    /// Needs a configuration too.
    QMap<QString, QByteArray> files;
    bool unloadDependents = false; ///< of an ensemble: its parts too

    friend bool operator==(const ModelChange &, const ModelChange &) = default;
};

/// Why it cannot be asked for, in one sentence.
[[nodiscard]] std::optional<QString> problemWith(const ModelChange &change);

/// Compact JSON of the configuration, as it is sent over HTTP and gRPC.
[[nodiscard]] QString configText(const ModelChange &change);

/// Body and Content-Type; verb too. The URL and the other headers are left to the caller.
[[nodiscard]] HttpRequest encodeChange(const ModelChange &change);
/// "v2/repository/models/NAME/load", to be joined() to an address.
[[nodiscard]] QString changeRoute(const ModelChange &change);

/// What the server's refusal means beyond what any refusal does.
[[nodiscard]] ApiError changeError(const ApiError &error, const ModelChange &change);

} // namespace Lorikeet::Triton
