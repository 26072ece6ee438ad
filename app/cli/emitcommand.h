// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "load/kubernetesjob.h"

#include <memory>

namespace Lorikeet {

struct LoadProfile;

/// `lori load --emit-kubernetes`: the load test as a Job of Kubernetes, on stdout. Asks nobody.
class EmitCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static QList<OptionHelp> options();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, const LoadProfile &profile);

    void start() override;

    void interrupt() override { endInterrupted(); }

private:
    explicit EmitCommand(KubernetesJob job);

    KubernetesJob m_job;
};

} // namespace Lorikeet
