// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"
#include "model/message.h"
#include "model/parameters.h"
#include "model/streamevent.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>
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

/// Accept, Content-Type for a request with a body, the key as a bearer token (Azure: as api-key;
/// or alone in the header `keyHeader`, unless the endpoint brings an Authorization), and over these
/// the endpoint's own headers. An endpoint's header with an empty value removes ours. Fails for
/// what cannot be in a header (line breaks, control characters).
[[nodiscard]] Result<Headers> requestHeaders(const Target &target, const QByteArray &accept,
    bool withBody, const QByteArray &keyHeader = {});

/// The id for a tool call to which the server gave none, so that its answer can name it. The same
/// for the same place in an answer.
[[nodiscard]] QString ownToolCallId(int index);
/// Whether an id is one of ownToolCallId(), which means nothing to a server.
[[nodiscard]] bool isOwnToolCallId(const QString &id);

/// The name of the tool whose call the message at `place` answers; empty if none before it has
/// that id.
[[nodiscard]] QString toolNameOf(const QList<Message> &messages, qsizetype place);

/// The arguments of a call as the object they must be for servers that take nothing else; an empty
/// text is an empty object. Nothing if the model wrote no object.
[[nodiscard]] std::optional<QJsonObject> argumentsObject(const ToolCall &call);

/// Why a call cannot be sent back whose arguments are no object.
[[nodiscard]] Failure unusableArguments(const ToolCall &call, const QString &server);

/// Merges `extra` into `body`, over what is there. Where both have an object under one of
/// `joined`, its members join those that are there.
void addExtraBody(QJsonObject &body, const QJsonObject &extra, const QStringList &joined = {});

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
