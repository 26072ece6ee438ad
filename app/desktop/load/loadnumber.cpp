// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadnumber.h"

#include <QLocale>

#include <cmath>

namespace Lorikeet {

LoadNumber::LoadNumber(const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{ }

void LoadNumber::setLimits(const Limits &limits)
{
    if (m_limits != limits) {
        m_limits = limits;
        Q_EMIT changed();
    }
}

void LoadNumber::setText(const QString &text)
{
    if (m_text != text) {
        m_text = text;
        Q_EMIT changed();
    }
}

QString LoadNumber::problem() const
{
    if (value() || (m_limits.mayBeEmpty && m_text.trimmed().isEmpty())) {
        return {};
    }
    const QString least = QLocale().toString(m_limits.least, 'f', QLocale::FloatingPointShortest);
    if (m_limits.most >= 1e9) {
        return m_limits.isWhole ? tr("A whole number from %1 on.").arg(least)
                                : tr("A number from %1 on.").arg(least);
    }
    const QString most = QLocale().toString(m_limits.most, 'f', QLocale::FloatingPointShortest);
    return m_limits.isWhole ? tr("A whole number from %1 to %2.").arg(least, most)
                            : tr("A number from %1 to %2.").arg(least, most);
}

std::optional<double> LoadNumber::value() const
{
    bool isNumber = false;
    double number = m_text.trimmed().toDouble(&isNumber);
    if (!isNumber) {
        number = QLocale().toDouble(m_text.trimmed(), &isNumber);
    }
    const bool isFit = isNumber && number >= m_limits.least && number <= m_limits.most
        && (!m_limits.isWhole || std::floor(number) == number);
    return isFit ? std::optional(number) : std::nullopt;
}

void LoadNumber::set(const std::optional<double> &value)
{
    // As short as it can be without being another number.
    setText(value ? QString::number(*value, 'f', QLocale::FloatingPointShortest) : QString());
}

} // namespace Lorikeet
