// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "compare/comparisonrecord.h"
#include "compare/verdict.h"
#include "model/description.h"
#include "model/endpoint.h"

#include <QByteArray>
#include <QString>

namespace Lorikeet {

// Values as the JSON text that the database holds. Members that have their default are left out;
// members that are not known, or of the wrong type, are ignored. No secret is written.

[[nodiscard]] QString toStoredJson(const Endpoint &endpoint);
[[nodiscard]] Endpoint endpointFromStoredJson(const QString &json);

[[nodiscard]] QString toStoredJson(const QList<LearntName> &names);

[[nodiscard]] QString toStoredJson(const EndpointFinding &finding);
[[nodiscard]] EndpointFinding findingFromStoredJson(const QString &json);

[[nodiscard]] QString toStoredJson(const ChatSetup &setup);
[[nodiscard]] ChatSetup setupFromStoredJson(const QString &json);

[[nodiscard]] QString toStoredJson(const QList<WaitingPrompt> &waiting);
[[nodiscard]] QList<WaitingPrompt> waitingFromStoredJson(const QString &json);

/// But for its times, which have columns.
[[nodiscard]] QString toStoredJson(const ComparisonRecord &record);
[[nodiscard]] ComparisonRecord comparisonFromStoredJson(const QString &json);

[[nodiscard]] QString toStoredJson(const LaneSet &set);
[[nodiscard]] LaneSet laneSetFromStoredJson(const QString &json);

[[nodiscard]] QString toStoredJson(const JudgeSetup &setup);
[[nodiscard]] JudgeSetup judgeSetupFromStoredJson(const QString &json);

[[nodiscard]] QString toStoredJson(const Verdict &verdict);
[[nodiscard]] Verdict verdictFromStoredJson(const QString &json);

/// What of a node has no column of its own: tool calls, error, origin, metrics, usage …
[[nodiscard]] QString detailsToStoredJson(const ChatNode &node);
void detailsFromStoredJson(const QString &json, ChatNode &node);

} // namespace Lorikeet
