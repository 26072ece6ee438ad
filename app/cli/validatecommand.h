// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "schema/answerjson.h"

#include <QFuture>

#include <memory>

namespace Lorikeet {

/// `lori validate`: whether JSON keeps to a schema.
class ValidateCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    /// Reads both.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(const CommandLine &line);
    ~ValidateCommand() override;

    void start() override;
    void interrupt() override;

private:
    ValidateCommand(const CommandLine &line, const JsonSchema &schema, const QString &text);

    void onChecked(const Result<AnswerCheck> &check);

    bool m_isEmbeddingFine;
    bool m_wantsJson;
    JsonSchema m_schema;
    QString m_text;
    QFuture<Result<AnswerCheck>> m_check;
};

} // namespace Lorikeet
