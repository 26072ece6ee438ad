// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structuredreport.h"

#include "model/outcomejson.h"
#include "schemaoptions.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QJsonObject passRateToJson(const PassRate &rate)
{
    return {{u"passed"_s, rate.passed}, {u"checked"_s, rate.checked}, {u"failed"_s, rate.failed},
        {u"share"_s, toJson(rate.share())}};
}

QString passRateLine(const QString &which, const PassRate &rate)
{
    const std::optional<Interval> share = rate.share();
    if (!share) {
        return u"%1: none was checked."_s.arg(which);
    }
    const auto percent = [](double part) { return QString::number(part * 100, 'f', 1); };
    return u"%1: %2 of %3 keep to the schema, %4 % (95 % interval by Wilson: %5–%6 %)."_s.arg(which,
        QString::number(rate.passed), QString::number(rate.checked), percent(share->value),
        percent(share->low), percent(share->high));
}

} // namespace

QJsonObject toJson(const StructuredResult &result)
{
    QJsonArray attempts;
    for (const StructuredAttempt &attempt : result.attempts) {
        QJsonObject object = measuresToJson(attempt.outcome);
        object.insert(u"answer"_s, attempt.answer);
        object.insert(u"valid"_s, attempt.check.isValid());
        object.insert(u"violations"_s, toJson(attempt.check.violations));
        object.insert(u"stopped_early"_s, attempt.wasStoppedEarly);
        attempts.append(object);
    }
    QJsonObject object{
        {u"valid"_s, result.end == StructuredResult::End::Valid}, {u"attempts"_s, attempts}};
    if (result.end == StructuredResult::End::Valid) {
        object.insert(u"value"_s, toQJson(result.attempts.constLast().check.json->value));
    } else {
        object.insert(u"error"_s, toJson(*result.error));
    }
    return object;
}

QJsonObject toJson(const StructuredRates &rates)
{
    return {{u"first_answers"_s, passRateToJson(rates.first)},
        {u"after_attempts"_s, passRateToJson(rates.last)}};
}

QStringList toLines(const StructuredRates &rates, int attempts)
{
    QStringList lines{passRateLine(u"First answers"_s, rates.first)};
    if (attempts > 1) {
        lines.append(passRateLine(u"After up to %1 attempts each"_s.arg(attempts), rates.last));
    }
    if (rates.last.failed > 0) {
        lines.append(
            u"Requests that failed are neither: %1, so that many samples came to no end."_s.arg(
                rates.last.failed));
    }
    return lines;
}

} // namespace Lorikeet
