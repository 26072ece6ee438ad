// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadsample.h"
#include "model/tokenprice.h"

#include <optional>

namespace Lorikeet {

/// What a run's requests cost, as they end. A value.
///
/// Where a server did not count a request's tokens (it failed, or was cancelled), its answer is
/// counted by its pieces, and its prompt as that of the others was on average: it was read, and may
/// have to be paid for. A request that was refused, or never left, costs nothing.
class LoadCost final
{
public:
    explicit LoadCost(const TokenPrice &price = {});

    void add(const LoadSample &sample);

    /// Nothing where there is no price, or a price of prompts and none was counted yet.
    [[nodiscard]] std::optional<double> spent() const;
    /// With so many more requests under way, each taken for one of average cost.
    [[nodiscard]] std::optional<double> spentWith(qint64 running) const;

private:
    TokenPrice m_price;
    qint64 m_requests = 0; ///< that cost something
    qint64 m_counted = 0; ///< of these, whose prompt was counted
    qint64 m_promptTokens = 0; ///< of those
    qint64 m_outputTokens = 0;
};

} // namespace Lorikeet
