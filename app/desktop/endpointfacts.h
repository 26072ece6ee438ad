// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/certificate.h"
#include "endpointtrial.h"

namespace Lorikeet {

// What a test found, in words for a person.

/// Each capability that was looked for: "yes", "no" or "not known", with the reason.
[[nodiscard]] QList<Fact> capabilityFacts(const EndpointDescription &found);

/// The routes that work without a key, and those that want one; others say nothing.
[[nodiscard]] QList<Fact> accessFacts(const EndpointDescription &found);

/// What a person compares with what they know of the server, the failed check first.
[[nodiscard]] QList<Fact> certificateFacts(const ShownCertificate &certificate);

} // namespace Lorikeet
