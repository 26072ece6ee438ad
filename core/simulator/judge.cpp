// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/judge.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

std::optional<QString> judgeAnswer(const QString &prompt)
{
    static const QRegularExpression asked(
        u"\\nAnswer A:\\n(.*)\\nAnswer B:\\n(.*)\\nWhich answer is better\\?(.*)$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = asked.match(prompt);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    // The signs that set an answer off stand around both.
    const qsizetype first = match.captured(1).simplified().size();
    const qsizetype second = match.captured(2).simplified().size();
    const bool isReasonWanted = match.capturedView(3).contains("why"_L1);
    const auto verdict = [isReasonWanted](const QString &letter, const QString &reason) {
        return isReasonWanted ? letter + u'\n' + reason : letter;
    };
    if (match.captured(1).simplified() == match.captured(2).simplified()) {
        return verdict(u"C"_s, u"Both answers say the same."_s);
    }
    if (second * 10 > first * 11) {
        return verdict(
            u"B"_s, u"The second answer goes further into what was asked than the first answer."_s);
    }
    return verdict(u"A"_s,
        second > first ? u"The first answer says it with fewer words, and misses nothing."_s
                       : u"The first answer leaves out less than the second answer."_s);
}

} // namespace Lorikeet::Sim
