// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcost.h"

namespace Lorikeet {

namespace {

constexpr int firstRefusal = 400;
constexpr double tokensOfAPrice = 1'000'000;

} // namespace

LoadCost::LoadCost(const TokenPrice &price)
    : m_price(price)
{ }

void LoadCost::add(const LoadSample &sample)
{
    const bool isRefused = sample.httpStatus >= firstRefusal;
    const bool hasAnswer = sample.chunks > 0 || sample.outputTokens > 0;
    if (!sample.sent && !sample.firstByte && !hasAnswer) {
        return;
    }
    if (isRefused && !hasAnswer) {
        return;
    }
    ++m_requests;
    m_outputTokens += sample.countedTokens();
    if (sample.promptTokens >= 0) {
        ++m_counted;
        m_promptTokens += sample.promptTokens;
    }
}

std::optional<double> LoadCost::spent() const { return spentWith(0); }

std::optional<double> LoadCost::spentWith(qint64 running) const
{
    const double promptPrice = m_price.prompt.value_or(0);
    if (m_price.isEmpty() || (promptPrice > 0 && m_requests > 0 && m_counted == 0)) {
        return std::nullopt;
    }
    const double prompt = m_counted > 0 ? double(m_promptTokens) / double(m_counted) : 0;
    const double output = m_requests > 0 ? double(m_outputTokens) / double(m_requests) : 0;
    const double each = prompt * promptPrice + output * m_price.output.value_or(0);
    return each * double(m_requests + running) / tokensOfAPrice;
}

} // namespace Lorikeet
