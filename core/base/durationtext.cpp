// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/durationtext.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

QString durationText(Nanoseconds time, const QLocale &locale)
{
    if (time == Nanoseconds(0)) {
        return u"0 s"_s;
    }
    const double seconds = toSeconds(time);
    if (seconds < 0.9995) {
        return locale.toString(seconds * 1000, 'f', seconds < 0.00995 ? 1 : 0) + u" ms"_s;
    }
    if (seconds < 99.95) {
        return locale.toString(seconds, 'f', 1) + u" s"_s;
    }
    const auto whole = std::chrono::round<std::chrono::seconds>(time);
    return u"%1 min %2 s"_s.arg(whole / 1min).arg((whole % 1min).count());
}

} // namespace Lorikeet
