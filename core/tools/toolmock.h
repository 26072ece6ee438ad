// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tools/toolcall.h"

#include <memory>

namespace Lorikeet {

/// Answers that were written down before: by tool and, where a rule names some, by arguments.
class ToolMock final : public ToolAnswerer
{
public:
    /// A JSON text: either an object with a result under the name of each tool,
    ///
    ///     {"weather": {"celsius": 21}, "now": "12:00"}
    ///
    /// or a list of rules, of which the first that fits counts: a call fits where it has those of
    /// the arguments that the rule names. A result that is a text is told as it is, any other as
    /// JSON; "error": true says that it is a failure.
    ///
    ///     [{"name": "weather", "arguments": {"city": "Ulm"}, "result": {"celsius": 21}},
    ///      {"name": "weather", "result": "There is no such city.", "error": true}]
    ///
    /// Fails with Kind::InvalidRequest, also where a tool is none of `tools`.
    [[nodiscard]] static Result<std::shared_ptr<ToolMock>> from(
        const QByteArray &utf8, const QList<Tool> &tools);

    [[nodiscard]] std::optional<QFuture<Result<ToolReply>>> answer(
        const ToolQuestion &question) override;

    /// Whether there is an answer to some call of that tool.
    [[nodiscard]] bool answersAny(const QString &tool) const;

private:
    struct Rule
    {
        QString name;
        JsonNode arguments;
        ToolReply reply;
    };

    static Result<Rule> ruleFrom(const JsonNode &item, qsizetype number);

    QList<Rule> m_rules;
};

} // namespace Lorikeet
