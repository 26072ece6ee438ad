// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/jsonschema.h"
#include "schema/partialjson.h"

#include <tl/expected.hpp>

#include <memory>

namespace Lorikeet {

/// JSON as models write it: by itself, in a code fence, or with words around it.
struct AnswerJson
{
    enum class Around { Nothing, CodeFence, Words };

    JsonNode value;
    Around around = Around::Nothing;
    qsizetype begin = 0; ///< in the answer, in UTF-16 units
    qsizetype end = 0;
    QStringList duplicates; ///< JSON Pointers of members that came twice
};

/// The JSON in an answer: all of it, else what a code fence holds, else the longest object or list
/// there is. Where there is none, why what comes nearest is none.
[[nodiscard]] tl::expected<AnswerJson, JsonFault> findJson(QStringView answer);

/// What an answer does wrong.
struct AnswerCheck
{
    std::optional<AnswerJson> json;
    /// Of the JSON; or the one, with the keyword "json", that there is none, or that there is more
    /// than JSON where nothing else is accepted.
    QList<SchemaViolation> violations;
    bool hasMore = false;

    [[nodiscard]] bool isValid() const { return json && violations.isEmpty(); }
};

/// Fails as JsonSchema::check() does. With `isEmbeddingFine`, words and fences around the JSON are
/// none of the answer's faults.
[[nodiscard]] Result<AnswerCheck> checkAnswer(const QString &answer, const JsonSchema &schema,
    bool isEmbeddingFine, const std::function<bool()> &isStopped = {});

/// Watches an answer as it comes, for the first thing in it that is wrong whatever may follow, in
/// time linear in the answer's length; so that a long answer's growth may be noticed a little
/// later than it could. Says nothing where it is not sure.
class AnswerWatch final
{
public:
    explicit AnswerWatch(const JsonSchema &schema);

    /// Tells of the first violation once.
    [[nodiscard]] std::optional<SchemaViolation> append(QStringView piece);

    /// The tree so far; null before it begins. Moves when the beginning turns out to be words.
    [[nodiscard]] const JsonNode *root() const { return m_parser->root(); }

private:
    void feed(QStringView piece);

    JsonSchema m_schema;
    std::unique_ptr<PartialJson> m_parser;
    bool m_isInside = false; ///< of what is, or looks like, JSON
    bool m_isObject = false; ///< it began as one
    bool m_isAfterWords = false;
    bool m_isOver = false;
    qsizetype m_size = 0; ///< of what was fed to the parser
    qsizetype m_nextLook = 0;
};

} // namespace Lorikeet
