// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/statistics.h"

#include <algorithm>

namespace Lorikeet::Sim {

void SecondsHistogram::observe(Nanoseconds value)
{
    const double seconds = toSeconds(value);
    const auto bound = std::lower_bound(bounds.begin(), bounds.end(), seconds);
    ++m_counts[static_cast<size_t>(bound - bounds.begin())];
    m_sum += seconds;
}

void SecondsHistogram::appendTo(QByteArray &out, QByteArrayView name, QByteArrayView labels) const
{
    qint64 total = 0;
    const QByteArray separator = labels.isEmpty() ? "" : ",";
    for (size_t i = 0; i < m_counts.size(); ++i) {
        total += m_counts[i];
        const QByteArray bound = i < bounds.size() ? QByteArray::number(bounds[i]) : "+Inf";
        out += name;
        out += "_bucket{";
        out += labels;
        out += separator + "le=\"" + bound + "\"} " + QByteArray::number(total) + '\n';
    }
    const QByteArray braces = labels.isEmpty() ? QByteArray() : '{' + labels.toByteArray() + '}';
    out += name;
    out += "_sum" + braces + ' ' + QByteArray::number(m_sum, 'g', 12) + '\n';
    out += name;
    out += "_count" + braces + ' ' + QByteArray::number(total) + '\n';
}

} // namespace Lorikeet::Sim
