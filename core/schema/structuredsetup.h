// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/streamevent.h"
#include "schema/answerjson.h"
#include "schema/schemacarrier.h"

#include <QMetaType>

namespace Lorikeet {

struct StructuredOptions
{
    /// What is asked after an answer that does not keep to the schema.
    enum class Again {
        WithErrors, ///< the answer goes back with what is wrong in it
        Plainly, ///< the same once more; where a seed is set, with the next one
        Hotter, ///< plainly, and each time with a higher temperature
    };
    int maxAttempts = 3; ///< at least 1
    Again again = Again::WithErrors;
    double heat = 0.3; ///< of Hotter: how much more each time
    /// JSON in a code fence or among words counts as an answer.
    bool isEmbeddingFine = false;
    /// An answer is stopped as soon as it is certain that it does not keep to the schema.
    bool stopEarly = false;
    SchemaCarrying carrying;

    friend bool operator==(const StructuredOptions &, const StructuredOptions &) = default;
};

/// What the answers of a chat are held to, as a person chose it.
struct StructuredSetup
{
    bool isOn = false; ///< the rest is kept while it is off
    QString name; ///< of the schema, as the library has it
    QString schema; ///< its text, as it was written
    StructuredOptions options;

    friend bool operator==(const StructuredSetup &, const StructuredSetup &) = default;
};

/// Whether an answer keeps to the schema it was asked with.
struct SchemaVerdict
{
    enum class State {
        Unchecked, ///< it still comes, or has no end; violations are certain all the same
        Valid,
        Invalid,
    };
    State state = State::Unchecked;
    AnswerJson::Around around = AnswerJson::Around::Nothing;
    int attempt = 1; ///< of `attempts`
    int attempts = 1;
    QList<SchemaViolation> violations;
    bool hasMore = false; ///< there were more violations than are listed
    QString problem; ///< why it could not be checked

    friend bool operator==(const SchemaVerdict &, const SchemaVerdict &) = default;
};

[[nodiscard]] QString toWord(SchemaVerdict::State state);
[[nodiscard]] QString toWord(StructuredOptions::Again again);
[[nodiscard]] QString toWord(SchemaCarrying::Way way);
[[nodiscard]] QString toWord(AnswerJson::Around around);

/// Words or a fence around the JSON are all that is wrong.
[[nodiscard]] bool mayAcceptAround(const SchemaVerdict &verdict);

/// What is told to the model of an answer that does not keep to the schema.
[[nodiscard]] QString correctionOf(const QList<SchemaViolation> &violations);

/// Why `options` cannot be kept to at this endpoint, in one sentence; nothing where they can.
[[nodiscard]] std::optional<QString> problemOf(
    const Target &target, const StructuredOptions &options);

/// The request after `count` attempts, none of which kept to the schema. `first` is what was asked
/// first, `last` the last answer and `violations` what it did wrong.
[[nodiscard]] ChatRequest nextAttempt(const Target &target, const ChatRequest &first, int count,
    const StructuredOptions &options, const QString &last,
    const QList<SchemaViolation> &violations);

/// The end of `count` attempts, none of which kept to the schema, in one sentence. `finish` is why
/// the last one ended.
[[nodiscard]] QString failureOf(
    int count, const QList<SchemaViolation> &violations, FinishReason::Kind finish);

} // namespace Lorikeet
