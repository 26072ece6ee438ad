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

/// What LoRAX and TGI say in the head of an answer: the model and the adapter used, and (not for
/// streams) counts and times in whole milliseconds. Every header may be missing; other servers
/// have none of them.
[[nodiscard]] StreamEvents eventsFromHead(const Headers &headers, TimePoint at);

/// Accept, Content-Type for a request with a body, the key as a bearer token (Azure: as api-key),
/// and over these the endpoint's own headers. An endpoint's header with an empty value removes
/// ours. Fails for what cannot be in a header (line breaks, control characters).
[[nodiscard]] Result<Headers> requestHeaders(
    const Target &target, const QByteArray &accept, bool withBody);

/// The parameters as members of a body. Those of Fate::Client and nulls are left out; a name that
/// `specs` does not know goes to the wire as it is. Fails with one sentence for the first that must
/// not be sent.
[[nodiscard]] Result<QJsonObject> checkedParameters(
    const ParameterSet &parameters, const ParameterSpecs &specs);

/// Compact JSON. Whole numbers beyond 63 bits are text in a QJsonObject (see ParameterSet); those
/// among `parameters` are written as the numbers they are, digit by digit.
[[nodiscard]] QByteArray exactJson(
    const QJsonObject &body, const ParameterSet &parameters, const ParameterSpecs &specs);

} // namespace Lorikeet
