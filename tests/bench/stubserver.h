// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Lorikeet::Bench {

/// A model server that does nothing but send events, as fast or as evenly as it is told. Prints
/// its port, and runs until its standard input ends. Tells its times in the events (Stamps) and as
/// counts of tokens (shortStamp()).
int runStubServer();

} // namespace Lorikeet::Bench
