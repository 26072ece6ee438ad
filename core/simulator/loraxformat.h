// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/answerformat.h"
#include "simulator/loraxrequest.h"

namespace Lorikeet::Sim {

/// What LoRAX's native and OpenAI-like answers have in common.
class LoraxFormat : public AnswerFormat
{
public:
    LoraxFormat(Script script, const LoraxCall &call);

    [[nodiscard]] ServerResponse streamHead() const override;
    /// The native error, on the OpenAI-like routes too; nothing follows it.
    [[nodiscard]] QList<QByteArray> failure() const override;
    [[nodiscard]] ServerResponse wholeFailure() const override;

    [[nodiscard]] QByteArray keepAlive() const override { return ":\n\n"; }

protected:
    [[nodiscard]] const LoraxCall &call() const { return m_call; }

    /// Of best_of answers the first is taken to be the likeliest.
    [[nodiscard]] const Answer &winner() const { return script().answers.front(); }

    /// The end-of-text token is counted.
    [[nodiscard]] static qint64 generatedTokens(const Answer &answer);

    /// Length is tested first: the end-of-text token in the last place counts as cut.
    [[nodiscard]] bool isCut(const Answer &answer) const
    {
        return generatedTokens(answer) >= m_call.generation.maxTokens;
    }

    [[nodiscard]] Headers commonHeaders() const;
    [[nodiscard]] Headers timingHeaders(const SimulatorRecord &record) const;

private:
    LoraxCall m_call;
};

/// {"error": …, "error_type": …}
[[nodiscard]] QJsonObject loraxError(const QString &message, const QString &type);

/// How a refusal is sent.
[[nodiscard]] ServerResponse toResponse(const LoraxRefusal &refused);

} // namespace Lorikeet::Sim
