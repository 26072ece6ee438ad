// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "compare/comparison.h"
#include "model/retrypolicy.h"
#include "templates/prompttemplate.h"

#include <QMap>

#include <memory>
#include <optional>

namespace Lorikeet {

class ApiClient;

/// `lori compare`: one question, several lanes, and where their answers differ.
class CompareCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    /// Reads stdin where the prompt is there.
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    /// What --lane says.
    struct Wanted
    {
        QString adapter; ///< "base", an id or a name
        QString endpoint; ///< as --endpoint
        QString model;
        QString system;
        QStringList parameters; ///< NAME=VALUE
        QString spec; ///< as written
    };

    /// Who is there.
    struct Found
    {
        Target target;
        EndpointDescription description;
    };

    CompareCommand(const CommandLine &line, const RenderedPrompt &asked, ApiClient &client);

    [[nodiscard]] static Result<Wanted> wantedFrom(const QString &spec, const CommandLine &line);
    void findNext();
    void onFound(const QString &endpoint, const Found &found);
    [[nodiscard]] Result<ChatRequest> requestOf(const Wanted &wanted, const Target &target) const;
    [[nodiscard]] Result<QList<Lane>> makeLanes() const;
    void compare();
    void onFinished();

    CommandLine m_line;
    RenderedPrompt m_asked;
    ApiClient &m_client;
    ComparisonOptions m_options;
    std::optional<RetryPolicy> m_retries; ///< nothing: as each lane's endpoint says
    QList<Wanted> m_wanted; ///< empty: base and all adapters of --endpoint
    QMap<QString, Found> m_found; ///< by what was given as endpoint
    Comparison *m_comparison = nullptr;
    QList<ChatOutcome> m_outcomes; ///< by lane
};

} // namespace Lorikeet
