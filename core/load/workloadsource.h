// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadrequest.h"
#include "load/tokencalibration.h"
#include "load/workload.h"

#include <memory>

namespace Lorikeet {

/// The requests of a workload. With the same arguments, and the same file, it gives the same ones.
/// Goes through the file, if there is one, which takes a second for a gigabyte: not in a thread
/// that draws. Fails with one sentence where the workload or the file is no good, or the file's
/// first record is not.
///
/// `specs` are the parameters of the server that will be asked; they say how it calls the limit of
/// output tokens.
[[nodiscard]] Result<std::shared_ptr<const LoadSource>> makeLoadSource(const LoadWorkload &workload,
    quint64 seed, const TokenCalibration &calibration, const ParameterSpecs &specs);

} // namespace Lorikeet
