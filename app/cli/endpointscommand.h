// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "model/endpoint.h"
#include "store/store.h"

#include <QList>

#include <memory>

namespace Lorikeet {

/// `lori endpoints`: what is stored, as a list or as a file, and what may be added to it.
class EndpointsCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(const CommandLine &line);

    void start() override;
    void interrupt() override;

private:
    EndpointsCommand(const CommandLine &line, const QList<Endpoint> &toAdd);

    void add(qsizetype from);
    void show();
    void print(const QList<Endpoint> &endpoints);

    CommandLine m_line;
    QList<Endpoint> m_toAdd;
    QHash<QUuid, EndpointFinding> m_findings;
    std::unique_ptr<Store> m_store; ///< opened only where something is stored, or is to be
};

} // namespace Lorikeet
