// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadlengths.h"

#include <algorithm>
#include <cmath>

namespace Lorikeet {

LoadLengths::LoadLengths(QObject *parent)
    : QObject(parent)
    , m_first({})
    , m_second({})
{
    setLimits();
    connect(&m_first, &LoadNumber::changed, this, &LoadLengths::changed);
    connect(&m_second, &LoadNumber::changed, this, &LoadLengths::changed);
}

/// A mean and a deviation need not be whole.
void LoadLengths::setLimits()
{
    const bool isUniform = m_kind == Uniform;
    m_first.setLimits({.least = 1, .most = 1'000'000, .isWhole = m_kind == Fixed || isUniform});
    m_second.setLimits({.most = 1'000'000, .isWhole = isUniform});
}

void LoadLengths::setKind(int kind)
{
    if (m_kind == kind || kind < Fixed || kind > None) {
        return;
    }
    m_kind = kind;
    setLimits();
    if (m_second.text().isEmpty()) {
        const double first = m_first.value().value_or(1);
        m_second.set(kind == Uniform ? 2 * first : std::max(1.0, std::floor(first / 4)));
    }
    Q_EMIT changed();
}

QString LoadLengths::problem() const
{
    if (m_kind == Kept || m_kind == None) {
        return {};
    }
    if (!m_first.problem().isEmpty()) {
        return m_first.problem();
    }
    if (m_kind == Fixed) {
        return {};
    }
    if (!m_second.problem().isEmpty()) {
        return m_second.problem();
    }
    return m_kind == Uniform && *m_second.value() < *m_first.value()
        ? tr("The most is less than the least.")
        : QString();
}

std::optional<LengthDistribution> LoadLengths::value() const
{
    if (m_kind == None || !problem().isEmpty()) {
        return std::nullopt;
    }
    if (m_kind == Kept) {
        return m_kept;
    }
    LengthDistribution lengths;
    switch (m_kind) {
    case Uniform:
        lengths.kind = LengthDistribution::Kind::Uniform;
        lengths.least = qint64(*m_first.value());
        lengths.most = qint64(*m_second.value());
        break;
    case Normal:
    case LogNormal:
        lengths.kind = m_kind == Normal ? LengthDistribution::Kind::Normal
                                        : LengthDistribution::Kind::LogNormal;
        if (m_kept.kind == lengths.kind) {
            // These are not shown.
            lengths.least = m_kept.least;
            lengths.most = m_kept.most;
        }
        lengths.mean = *m_first.value();
        lengths.deviation = *m_second.value();
        break;
    default:
        lengths.mean = *m_first.value();
        break;
    }
    return lengths;
}

void LoadLengths::set(const std::optional<LengthDistribution> &lengths)
{
    if (!lengths) {
        m_kind = None;
        Q_EMIT changed();
        return;
    }
    switch (lengths->kind) {
    case LengthDistribution::Kind::Fixed:
        m_kind = Fixed;
        break;
    case LengthDistribution::Kind::Uniform:
        m_kind = Uniform;
        break;
    case LengthDistribution::Kind::Normal:
        m_kind = Normal;
        break;
    case LengthDistribution::Kind::LogNormal:
        m_kind = LogNormal;
        break;
    case LengthDistribution::Kind::Histogram:
        m_kind = Kept;
        break;
    }
    m_kept = *lengths;
    setLimits();
    const bool isUniform = m_kind == Uniform;
    m_first.set(isUniform ? double(lengths->least) : lengths->mean);
    m_second.set(isUniform                            ? std::optional(double(lengths->most))
            : m_kind == Normal || m_kind == LogNormal ? std::optional(lengths->deviation)
                                                      : std::nullopt);
    Q_EMIT changed();
}

} // namespace Lorikeet
