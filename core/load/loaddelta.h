// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadhealth.h"
#include "load/loadsample.h"
#include "load/loadtimeline.h"

#include <QMetaType>

namespace Lorikeet {

/// What happened in a run since it was last told.
struct LoadDelta
{
    LoadTimelinePart timeline;
    LoadSamples samples; ///< of requests that ended; and, at the end, of those that never left
    /// How the thread did that tells; its `elapsed` is the time since it last told.
    LoadHealth health = {};
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::LoadDelta)
