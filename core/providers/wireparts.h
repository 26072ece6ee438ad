// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"
#include "model/parameters.h"
#include "model/streamevent.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringView>

#include <optional>

namespace Lorikeet {

// Pieces that several dialects share.

/// What a server's word for the end of an answer means; the union over all known servers.
[[nodiscard]] FinishReason finishReasonFromWord(QStringView word);

/// LoRAX and TGI report their times and counts in headers (whole milliseconds); empty elsewhere.
[[nodiscard]] UsageReport usageFromHeaders(const Headers &headers);

/// Accept, Content-Type for a request with a body, the key as a bearer token, and over these the
/// endpoint's own headers. An endpoint's header with an empty value removes ours. Fails for what
/// cannot be in a header (line breaks, control characters).
[[nodiscard]] Result<Headers> requestHeaders(
    const Target &target, const QByteArray &accept, bool withBody);

/// The parameters as members of a body. Those of Fate::Client are left out; a name that `specs`
/// does not know goes to the wire as it is. Fails with one sentence for the first that must not
/// be sent.
[[nodiscard]] Result<QJsonObject> checkedParameters(
    const ParameterSet &parameters, const ParameterSpecs &specs);

/// Compact JSON. Whole numbers beyond 63 bits, which QJsonValue cannot hold, are text in `body`
/// (see ParameterSet) and are named by `wide`: they are written as numbers, digit by digit.
[[nodiscard]] QByteArray exactJson(const QJsonObject &body, const QString &wide = QString());

} // namespace Lorikeet
