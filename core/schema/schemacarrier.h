// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"
#include "schema/jsonschema.h"

namespace Lorikeet {

/// How a schema is made known to who answers.
struct SchemaCarrying
{
    enum class Way {
        Native, ///< as the server has it for this, so that it can answer in no other way
        Tool, ///< as the parameters of the one function that must be called
        Words, ///< in the system message; nothing but the model's will keeps the answer to it
    };
    Way way = Way::Native;
    /// Where a server takes only some schemas strictly (OpenAI, Azure), the schema may be made
    /// narrower so that it is one of these: answers that keep to it keep to the original too.
    bool mayNarrow = true;
    QString name; ///< what the server calls it; empty: by the schema's title

    friend bool operator==(const SchemaCarrying &, const SchemaCarrying &) = default;
};

/// A request with a schema in it.
struct CarriedSchema
{
    ChatRequest request;
    SchemaCarrying::Way way = SchemaCarrying::Way::Native; ///< the one that was taken
    /// What a person should know before it is sent: what the dialect cannot carry, and what was
    /// made narrower.
    QStringList notes;
};

/// Puts the schema where the endpoint's dialect has it. Where it has no place for one, it goes as
/// words, and a note says so. Fails where the request has something else in that place already, or
/// where the way that is asked for does not exist there.
[[nodiscard]] Result<CarriedSchema> carrySchema(const Target &target, const ChatRequest &request,
    const JsonSchema &schema, const SchemaCarrying &carrying = {});

/// The JSON of an answer: its text, or where it was asked for as a tool the arguments.
[[nodiscard]] QString answerText(
    const QString &text, const QList<ToolCall> &calls, SchemaCarrying::Way way);

/// What OpenAI's strict mode makes of a schema.
struct StrictSchema
{
    JsonNode schema; ///< the narrower one
    QStringList obstacles; ///< why it cannot be strict all the same; none: it can
    QStringList narrowed; ///< what was made narrower: "/a is required"
};

[[nodiscard]] StrictSchema strictSchema(const JsonNode &schema);

} // namespace Lorikeet
