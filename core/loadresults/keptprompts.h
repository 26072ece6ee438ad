// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadrequest.h"
#include "load/tokencalibration.h"
#include "load/workload.h"

#include <QDateTime>
#include <QJsonObject>

#include <memory>

namespace Lorikeet {

/// What it takes to make the requests of a stage again, besides its workload and its seed: prompts
/// are not kept, since they follow from these.
struct KeptPrompts
{
    TokenCalibration calibration; ///< that they were made with
    QByteArray firstHash; ///< of the first two of them, by which it is seen that they are the same

    friend bool operator==(const KeptPrompts &, const KeptPrompts &) = default;
};

[[nodiscard]] KeptPrompts keptPromptsOf(
    const LoadSource &source, const TokenCalibration &calibration);

/// The same requests again. Null where they would be others: the file they are from was changed
/// after `startedAt`, or is gone; another version of Lorikeet makes other texts. Parameters are not
/// among what is the same.
///
/// Goes through the file, if there is one: not in a thread that draws.
[[nodiscard]] std::shared_ptr<const LoadSource> sourceOf(const LoadWorkload &workload, quint64 seed,
    const KeptPrompts &prompts, const QDateTime &startedAt);

[[nodiscard]] QJsonObject toJson(const KeptPrompts &prompts);
[[nodiscard]] Result<KeptPrompts> keptPromptsFrom(const QJsonObject &object);

} // namespace Lorikeet
