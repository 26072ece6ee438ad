// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadnumbers.h"

#include "base/invalidrequest.h"

#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Result<std::optional<double>> numberFrom(
    const CommandLine &line, const QString &option, double least, double most)
{
    if (!line.has(option)) {
        return std::optional<double>();
    }
    bool isNumber = false;
    const double value = line.value(option).toDouble(&isNumber);
    if (!isNumber || !(value >= least) || value > most) {
        return invalidRequest(u"--%1 takes a number from %2 on, not “%3”."_s.arg(
            option, QString::number(least), line.value(option)));
    }
    return std::optional(value);
}

Result<std::optional<qint64>> countFrom(const CommandLine &line, const QString &option)
{
    const Result<std::optional<double>> value = numberFrom(line, option, 1);
    if (!value) {
        return Failure(value.error());
    }
    if (*value && std::floor(**value) != **value) {
        return invalidRequest(
            u"--%1 takes a whole number, not “%2”."_s.arg(option, line.value(option)));
    }
    return *value ? std::optional(qint64(**value)) : std::nullopt;
}

Result<LengthDistribution> lengthsFrom(const QString &option, const QString &text)
{
    const auto wrong = [&] {
        return invalidRequest(
            u"--%1 takes tokens as 256, as 100-400 (each as likely) or as 200:50 (mean and standard deviation), not “%2”."_s
                .arg(option, text));
    };
    const auto numbers = [&text](QChar separator) -> std::optional<std::pair<qint64, qint64>> {
        const QStringList parts = text.split(separator);
        bool isFirst = false;
        bool isSecond = false;
        const qint64 first = parts.value(0).toLongLong(&isFirst);
        const qint64 second = parts.value(1).toLongLong(&isSecond);
        return parts.size() == 2 && isFirst && isSecond && first > 0 && second >= 0
            ? std::optional(std::pair(first, second))
            : std::nullopt;
    };
    LengthDistribution lengths;
    if (const auto range = numbers(u'-')) {
        lengths.kind = LengthDistribution::Kind::Uniform;
        lengths.least = range->first;
        lengths.most = range->second;
    } else if (const auto normal = numbers(u':')) {
        lengths.kind = LengthDistribution::Kind::Normal;
        lengths.mean = double(normal->first);
        lengths.deviation = double(normal->second);
    } else {
        bool isNumber = false;
        const qint64 tokens = text.toLongLong(&isNumber);
        if (!isNumber || tokens < 1) {
            return wrong();
        }
        lengths = LengthDistribution::fixed(tokens);
    }
    return problemOf(lengths).isEmpty() ? Result<LengthDistribution>(lengths) : wrong();
}

} // namespace Lorikeet
