// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parameterrow.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

std::optional<double> limit(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

QJsonValue valueOf(QStringView json)
{
    return json.isEmpty() ? QJsonValue()
                          : QJsonDocument::fromJson('[' + json.toUtf8() + ']').array().first();
}

ParameterSpec toSpec(const ParameterRow &row)
{
    ParameterSpec spec{.name = row.name.toString(),
        .type = row.type,
        .group = row.group.toString(),
        .help = row.help.toString(),
        .minimum = limit(row.range.minimum),
        .maximum = limit(row.range.maximum),
        .minimumExcluded = row.range.minimumExcluded,
        .maximumExcluded = row.range.maximumExcluded,
        .step = row.type == ParameterSpec::Type::Integer ? 1.0 : 0.01,
        .sliderMaximum = limit(row.range.sliderMaximum),
        .serverDefault = valueOf(row.serverDefault),
        .fate = row.fate};
    if (!row.choices.isEmpty()) {
        spec.choices = row.choices.toString().split(u',');
    }
    return spec;
}

} // namespace

ParameterSpecs toSpecs(std::span<const ParameterRow> rows)
{
    ParameterSpecs specs;
    for (const ParameterRow &row : rows) {
        specs.append(toSpec(row));
    }
    return specs;
}

} // namespace Lorikeet
