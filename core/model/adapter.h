// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/secret.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

/// One adapter of a server that sets scales per request (llama.cpp).
struct AdapterScale
{
    int id = 0;
    double scale = 0;
    QString name = {}; ///< for display; empty: the id

    [[nodiscard]] QString label() const { return name.isEmpty() ? QString::number(id) : name; }

    friend bool operator==(const AdapterScale &, const AdapterScale &) = default;
};

/// LoRAX: several adapters merged at request time. `weights` must be as many as `ids`.
struct MergedAdapters
{
    QStringList ids;
    QList<double> weights;
    QString strategy; ///< linear, ties, dare_linear, dare_ties
    double density = 0; ///< 0..1; needed by ties and dare_*
    QString majoritySignMethod; ///< total, frequency

    friend bool operator==(const MergedAdapters &, const MergedAdapters &) = default;
};

/// Which adapter a request uses; default: the base model. What a dialect cannot carry it refuses
/// before sending.
struct AdapterChoice
{
    QString id;
    QString source; ///< LoRAX: hub, local, s3, pbase
    Secret token; ///< LoRAX: for a private adapter
    /// llama.cpp; adapters not named count as 0. Empty: as the server was started, which may be
    /// with an adapter applied; so its base model is chosen by naming adapters with scale 0.
    QList<AdapterScale> scales;
    std::optional<MergedAdapters> merged;

    [[nodiscard]] bool isBase() const { return id.isEmpty() && scales.isEmpty() && !merged; }

    friend bool operator==(const AdapterChoice &, const AdapterChoice &) = default;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::AdapterChoice)
