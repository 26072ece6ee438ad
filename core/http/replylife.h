// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QNetworkReply;

namespace Lorikeet {

// Two ways to part from a reply of sendRequest(). It deletes itself; its signals must have been
// disconnected before.

/// Aborts it: not now, since this may be within one of its signals, but in the event loop's next
/// turn.
void abandonReply(QNetworkReply &reply);

/// For a reply from which everything wanted was read: gives it a moment to end by itself, so that
/// its connection can serve again.
void drainReply(QNetworkReply &reply);

} // namespace Lorikeet
