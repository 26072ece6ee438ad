// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtTypes>

namespace Lorikeet::Triton {

/// Sees to it that this program's connections to `port` of wherever send what they have at once
/// (TCP_NODELAY). Qt's gRPC leaves its socket as the system makes it and gives nobody the handle:
/// beyond the first, a call then waits for the acknowledgement of the one before it, which the peer
/// may hold back for 40 ms. Without effect on Windows. May be called in any thread.
void sendAtOnce(quint16 port);

} // namespace Lorikeet::Triton
