// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace Lorikeet {

/// One number a server exposes.
struct MetricSample
{
    QString name; ///< the family's, or with _bucket, _sum, _count or _total behind it
    QList<std::pair<QString, QString>> labels; ///< in the server's order
    double value = 0; ///< may be NaN or infinite

    friend bool operator==(const MetricSample &, const MetricSample &) = default;
};

/// Numbers of one name, whatever their labels; of a histogram its buckets, sum and count.
struct MetricFamily
{
    QString name;
    QString type; ///< "counter", "gauge", "histogram", "summary"; "untyped" where none is told
    QString help;
    QList<MetricSample> samples;

    friend bool operator==(const MetricFamily &, const MetricFamily &) = default;
};

/// Reads Prometheus' text format, also as OpenMetrics writes it (timestamps and exemplars are
/// passed over). Families come in the order of the text; nothing if a line is in neither form.
[[nodiscard]] std::optional<QList<MetricFamily>> readExposition(QByteArrayView text);

} // namespace Lorikeet
