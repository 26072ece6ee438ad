// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/charttext.h"

#include "base/durationtext.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString timeText(double seconds, double step)
{
    const QString sign = seconds < 0 ? u"−"_s : QString();
    // To the last digit that is shown, or 0.96 would be told as 0.
    const double digit = step < 0.1 ? 0.01 : step < 1 ? 0.1 : 1;
    const double rest
        = step < 1 ? std::round(std::abs(seconds) / digit) * digit : std::abs(seconds);
    const auto whole = qint64(rest);
    const QString fraction = step < 1 && rest > double(whole)
        ? QString::number(rest - double(whole), 'f', step < 0.1 ? 2 : 1).mid(1)
        : QString();
    const auto two = [](qint64 number) { return u"%1"_s.arg(number, 2, 10, QLatin1Char('0')); };
    return sign
        + (whole >= 3600 ? u"%1:%2:%3"_s.arg(
                               QString::number(whole / 3600), two(whole / 60 % 60), two(whole % 60))
                         : u"%1:%2"_s.arg(QString::number(whole / 60), two(whole % 60)))
        + fraction;
}

QString durationOf(double seconds)
{
    return seconds <= 0 ? u"0"_s : durationText(fromSeconds(std::min(seconds, 1e9)), QLocale());
}

QString plainText(double value, int digits)
{
    return QLocale().toString(value, 'f', std::clamp(digits, 0, 9));
}

} // namespace

QString chartText(double value, ChartUnit unit)
{
    if (!std::isfinite(value)) {
        return u"–"_s;
    }
    switch (unit) {
    case ChartUnit::Number:
    case ChartUnit::Count:
        return std::abs(value) >= 100 || value == std::round(value) ? plainText(value, 0)
            : std::abs(value) >= 1                                  ? plainText(value, 1)
                                   : QLocale().toString(value, 'g', 2);
    case ChartUnit::Duration:
        return durationOf(value);
    case ChartUnit::Time:
        return timeText(value, 0.1);
    case ChartUnit::Share:
        return QLocale().toString(value * 100, 'f', value > 0.99 && value < 1 ? 2 : 1) + u" %"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString chartTickText(double value, ChartUnit unit, double step)
{
    switch (unit) {
    case ChartUnit::Number:
    case ChartUnit::Count: {
        if (std::abs(value) >= 10'000) {
            const bool isMillion = std::abs(value) >= 1e6;
            const double scale = isMillion ? 1e6 : 1e3;
            return plainText(value / scale, step < scale ? 1 : 0) + (isMillion ? u"M"_s : u"k"_s);
        }
        int digits = 0;
        for (double rest = step; step > 0 && digits < 6; rest *= 10, ++digits) {
            if (std::abs(rest - std::round(rest)) < 1e-6 * rest && rest >= 1 - 1e-9) {
                break;
            }
        }
        return plainText(value, digits);
    }
    case ChartUnit::Duration:
        return durationOf(value);
    case ChartUnit::Time:
        return timeText(value, step);
    case ChartUnit::Share:
        return QLocale().toString(value * 100, 'f', step < 0.01 ? 1 : 0) + u" %"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

double chartSeconds(const std::optional<Nanoseconds> &time)
{
    return time ? toSeconds(*time) : std::numeric_limits<double>::quiet_NaN();
}

QString seriesLetter(int look) { return QString(QChar(u'A' + look % 26)); }

} // namespace Lorikeet
