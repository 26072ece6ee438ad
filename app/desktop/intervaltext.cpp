// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "intervaltext.h"

#include <QLocale>

namespace Lorikeet {

namespace {

QString percent(double share) { return QLocale().toString(share * 100, 'f', 1); }

} // namespace

QString IntervalText::share(const Interval &share) { return tr("%1 %").arg(percent(share.value)); }

QString IntervalText::range(const Interval &share)
{
    return tr("%1–%2 %").arg(percent(share.low), percent(share.high));
}

QString IntervalText::both(const Interval &share)
{
    return tr("%1 % (%2–%3)", "share, interval")
        .arg(percent(share.value), percent(share.low), percent(share.high));
}

QString IntervalText::definition()
{
    return tr("In brackets: the 95 % interval by Wilson’s score.");
}

} // namespace Lorikeet
