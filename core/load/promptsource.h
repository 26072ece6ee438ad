// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadrequest.h"
#include "load/recordfile.h"
#include "load/tokencalibration.h"
#include "load/workload.h"

#include <array>
#include <memory>
#include <vector>

namespace Lorikeet {

/// Numbers by weights: 0 as often as the first weight says, and so on.
class WeightedChoice final
{
public:
    explicit WeightedChoice(const QList<double> &weights);

    /// `uniform` is in [0, 1).
    [[nodiscard]] qsizetype at(double uniform) const;

private:
    std::vector<double> m_upTo;
};

/// What a turn asks by itself, before what is common to all is put to it.
struct OwnPrompt
{
    ChatRequest request; ///< with the turn's messages; of a later turn with that of the user alone
    int turns = 1;
    std::optional<qint64> inputTokens;
    std::optional<qint64> outputTokens; ///< goes before the workload's
    QString query; ///< of a task but chat, as LoadRequest's
    QStringList texts;
};

/// What the sources of all kinds of workloads have in common: draws that depend on seed,
/// conversation and turn alone, the mix, limits, the system prompt, thinking.
class PromptSource : public LoadSource
{
public:
    PromptSource(const LoadWorkload &workload, quint64 seed, const TokenCalibration &calibration,
        const ParameterSpecs &specs);

    [[nodiscard]] Result<LoadRequest> request(
        qint64 conversation, int turn, const QList<Message> &before) const final;

protected:
    /// What is drawn; each has numbers of its own, so that none depends on another.
    enum class Draw {
        Pair,
        Input,
        Output,
        Turns,
        Thinking,
        Choice,
        Prefix,
        PrefixText,
        Text,
        Order,
        Query,
        QueryText
    };

    /// `conversation` is not negative.
    [[nodiscard]] virtual bool has(qint64 conversation) const
    {
        const std::optional<qint64> most = count();
        return !most || conversation < *most;
    }

    [[nodiscard]] virtual Result<OwnPrompt> own(qint64 conversation, int turn) const = 0;

    [[nodiscard]] const LoadWorkload &workload() const { return m_workload; }

    [[nodiscard]] const TokenCalibration &calibration() const { return m_calibration; }

    [[nodiscard]] quint64 key(Draw draw, qint64 first, qint64 second = 0) const;

    [[nodiscard]] Random random(Draw draw, qint64 first, qint64 second = 0) const
    {
        return Random(key(draw, first, second));
    }

    /// Null where the workload has no lengths.
    [[nodiscard]] const LengthPair *pair(qint64 conversation, int turn) const;

    /// With all that is common, and the system prompt as its only message, if there is one.
    [[nodiscard]] const ChatRequest &common() const { return m_common; }

private:
    void choose(LoadRequest &request, qint64 conversation, int turn) const;
    void limit(LoadRequest &request, const OwnPrompt &own, qint64 conversation, int turn) const;

    LoadWorkload m_workload;
    TokenCalibration m_calibration;
    std::array<quint64, 12> m_salts; ///< by Draw
    ChatRequest m_common;
    QString m_limitName; ///< empty: the server takes none
    QString m_ignoreEndName; ///< empty: not asked for, or the server has none
    WeightedChoice m_pairs;
    WeightedChoice m_choices;
};

/// Fails also where there is no first request.
using SourceResult = Result<std::shared_ptr<const LoadSource>>;

[[nodiscard]] SourceResult makeFileSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs);
/// Of all tasks but chat.
[[nodiscard]] SourceResult makeTaskSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs);
[[nodiscard]] SourceResult makeTraceSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs);

} // namespace Lorikeet
