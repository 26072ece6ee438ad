// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "priceoption.h"

#include "base/invalidrequest.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

OptionHelp priceOption(const QString &what) { return {{u"price"_s}, u"IN,OUT[,CURRENCY]"_s, what}; }

Result<TokenPrice> priceFrom(const CommandLine &line)
{
    if (!line.has(u"price"_s)) {
        return TokenPrice();
    }
    const QStringList parts = line.value(u"price"_s).split(u',');
    bool isPrompt = false;
    bool isOutput = false;
    const double prompt = parts.value(0).toDouble(&isPrompt);
    const double output = parts.value(1).toDouble(&isOutput);
    const bool isPrice = isPrompt && isOutput && prompt >= 0 && output >= 0 && std::isfinite(prompt)
        && std::isfinite(output);
    if (!isPrice || parts.size() > 3) {
        return invalidRequest(u"--price takes two numbers, such as 0.15,0.60, not “%1”."_s.arg(
            line.value(u"price"_s)));
    }
    return TokenPrice{.prompt = prompt, .output = output, .currency = parts.value(2).trimmed()};
}

} // namespace Lorikeet
