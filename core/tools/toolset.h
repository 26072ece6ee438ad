// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "schema/jsonschema.h"

#include <QList>
#include <QString>
#include <QStringView>

namespace Lorikeet {

/// What a tool's name has at most, of letters, digits, _ and -: what all
/// dialects take, though some take more.
inline constexpr qsizetype longestToolName = 64;

/// A function that a model may ask to be called.
struct Tool
{
    QString name; ///< see longestToolName
    QString description; ///< for the model; may be empty
    JsonSchema parameters; ///< of an object
    bool isStrict = false; ///< the server is to hold the arguments to the schema while it writes
};

/// Whether a model may, must or must not call.
struct ToolChoice
{
    enum class Kind {
        Unsaid, ///< nothing is sent, and the server's default holds
        Auto,
        None,
        Required, ///< at least one, whichever
        Named,
    };
    Kind kind = Kind::Unsaid;
    QString name; ///< of Named

    /// A call comes whatever was asked.
    [[nodiscard]] bool isForced() const { return kind == Kind::Required || kind == Kind::Named; }

    friend bool operator==(const ToolChoice &, const ToolChoice &) = default;
};

/// The tools in a JSON text: a list of tools as in a request to chat completions
/// ({"type":"function","function":{…}}), of functions as they are ({"name":…,"parameters":{…}}), or
/// an object with such a list under "tools". Fails with Kind::InvalidRequest and one sentence that
/// says which tool is wrong and where; ApiError::param is then a place in the text, as
/// "#/0/function/parameters/properties/a", if it is one.
[[nodiscard]] Result<QList<Tool>> toolsFrom(const QByteArray &utf8);

/// All for which toolsFrom() would fail, one a tool, in their order.
[[nodiscard]] QList<ApiError> toolFaults(const QByteArray &utf8);

/// "auto", "none", "required", or the name of one of `tools`.
[[nodiscard]] Result<ToolChoice> toolChoiceFrom(const QString &word, const QList<Tool> &tools);

/// Null where none has that name.
[[nodiscard]] const Tool *findTool(const QList<Tool> &tools, QStringView name);

} // namespace Lorikeet
