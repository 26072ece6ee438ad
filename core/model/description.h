// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "model/capability.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

struct ModelInfo
{
    QString id; ///< what a request names
    QString name; ///< for display; empty: the id
    QString ownedBy;
    std::optional<qint64> contextLength;

    friend bool operator==(const ModelInfo &, const ModelInfo &) = default;
};

/// An adapter a server told of.
struct AdapterInfo
{
    QString id; ///< what a request names; for llama.cpp the number
    QString name; ///< for display
    QString base; ///< the id of its model, if told
    QString path; ///< where the server has it from
    std::optional<double> scale; ///< the server's present one (llama.cpp)

    friend bool operator==(const AdapterInfo &, const AdapterInfo &) = default;
};

/// How an adapter is chosen at a server.
enum class AdapterStyle {
    None, ///< the dialect has no adapters
    Listed, ///< by a name from the list (vLLM)
    FreeText, ///< by id and source, loaded on demand; no list is to be had (LoRAX, TGI)
    Scales, ///< all are there; each request sets their scales (llama.cpp)
};

/// "none", "listed", "free_text", "scales"; stored and printed as JSON.
[[nodiscard]] QString toWord(AdapterStyle style);

[[nodiscard]] constexpr AdapterStyle lastOf(AdapterStyle) { return AdapterStyle::Scales; }

/// What was found behind an address.
struct EndpointDescription
{
    QString server; ///< "llama.cpp", "vLLM", "LoRAX" …; empty: not recognised
    QString version;
    QList<ModelInfo> models;
    QList<AdapterInfo> adapters;
    AdapterStyle adapterStyle = AdapterStyle::None;
    std::optional<qint64> contextLength;
    std::optional<Nanoseconds> latency; ///< of the quickest answer, connection included
    /// One for each Capability, in their order; empty where the server was not examined so far
    /// (only a probe does so).
    QList<CapabilityFinding> capabilities;
    /// Which of the routes that were asked work without a key; empty as above.
    QList<RouteAccess> access;
    QStringList notes; ///< sentences a person should know ("LoRAX lists no adapters …")

    friend bool operator==(const EndpointDescription &, const EndpointDescription &) = default;
};

/// A description, kept: what an endpoint showed when it last answered.
struct EndpointFinding
{
    EndpointDescription description; ///< without its latency, which is of no use later
    QDateTime at;

    friend bool operator==(const EndpointFinding &, const EndpointFinding &) = default;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::EndpointDescription)
