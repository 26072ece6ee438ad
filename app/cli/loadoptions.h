// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "commandline.h"
#include "load/loadprofile.h"

namespace Lorikeet {

/// The options that say what is asked, and how much of it when.
[[nodiscard]] QList<OptionHelp> loadOptions();

/// What `lori load` is to do: a profile's, over which options go. Fails with one sentence. Reads
/// the profile's file.
[[nodiscard]] Result<LoadProfile> loadProfileFrom(const CommandLine &line);

} // namespace Lorikeet
