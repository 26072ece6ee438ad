// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "schema/jsonnode.h"

#include <QFuture>
#include <QHash>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringView>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Lorikeet {

enum class SchemaDraft { Draft4, Draft6, Draft7, Draft201909, Draft202012 };

/// "draft4" … "draft2020-12".
[[nodiscard]] QString toWord(SchemaDraft draft);
[[nodiscard]] std::optional<SchemaDraft> draftFromWord(QStringView word);
/// What `$schema` names.
[[nodiscard]] std::optional<SchemaDraft> draftFromUri(QStringView uri);
[[nodiscard]] QStringList draftWords();

/// One thing in which a value does not keep to a schema.
struct SchemaViolation
{
    QString keyword; ///< "minimum"; "json" where the text is none
    QString instancePath; ///< a JSON Pointer; empty: the whole value
    QString schemaPath; ///< where the keyword stands: "#/properties/age/minimum"
    QString message; ///< a clause without place or full stop: "must be at least 0, and is -3"

    friend bool operator==(const SchemaViolation &, const SchemaViolation &) = default;
};

/// "/age: must be at least 0, and is -3".
[[nodiscard]] QString toText(const SchemaViolation &violation);

struct SchemaReport
{
    QList<SchemaViolation> violations;
    bool hasMore = false; ///< there were more than are listed

    [[nodiscard]] bool isValid() const { return violations.isEmpty(); }
};

/// What a check may take. A schema may come from anywhere, as may what is held against it: neither
/// crashes nor hangs who checks.
struct SchemaLimits
{
    qint64 steps = 50'000'000; ///< subschemas applied, members compared
    std::chrono::milliseconds time{20'000};
    int depth = 1500; ///< of subschemas within subschemas
    qsizetype violations = 100; ///< listed
};

/// A JSON Schema that was checked against the meta-schema of its draft and is ready to be used. A
/// value; copies share what was made. All const functions may be called from any thread.
///
/// Nothing is fetched: a `$ref` to another document fails, unless it is one of those given or a
/// draft's own. `format` is an annotation, as the newer drafts have it, and not checked.
class JsonSchema final
{
public:
    struct Options
    {
        /// Where the schema names none: by what is in it, see draft().
        std::optional<SchemaDraft> draft;
        QHash<QString, JsonNode> documents; ///< other schemas, by their URI
    };

    /// Fails with Kind::InvalidRequest where the schema itself is unusable; ApiError::param is then
    /// where, as "#/properties/a", if it is one place.
    [[nodiscard]] static Result<JsonSchema> from(const JsonNode &schema, const Options &options);
    [[nodiscard]] static Result<JsonSchema> from(const JsonNode &schema);
    /// Of a text.
    [[nodiscard]] static Result<JsonSchema> from(const QByteArray &utf8, const Options &options);

    /// As Options say, else as `$schema` says. Without either the newest; but draft 7 where
    /// `definitions` is used and `$defs` is not, since tools write such schemas without a word.
    [[nodiscard]] SchemaDraft draft() const;
    /// The schema as it was given.
    [[nodiscard]] const JsonNode &source() const;

    /// What a whole value does wrong. Takes as long as it takes, within `limits`, and looks now and
    /// then whether `isStopped`. Fails where a limit was met or it was stopped.
    [[nodiscard]] Result<SchemaReport> check(const JsonNode &value, const SchemaLimits &limits = {},
        const std::function<bool()> &isStopped = {}) const;
    /// The same in a thread of the pool; cancelling the future stops it.
    [[nodiscard]] QFuture<Result<SchemaReport>> checkAside(
        const JsonNode &value, const SchemaLimits &limits = {}) const;

    /// What a value that still grows does wrong whatever may come: the first such thing.
    [[nodiscard]] std::optional<SchemaViolation> firstCertain(
        const JsonNode &growing, const SchemaLimits &limits = {}) const;

    struct Compiled;

private:
    explicit JsonSchema(std::shared_ptr<const Compiled> compiled);

    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::SchemaViolation)
