// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatjson.h"

#include "model/outcomejson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString seconds(Nanoseconds time) { return QString::number(toSeconds(time), 'f', 3) + u" s"_s; }

} // namespace

QJsonObject endToJson(const ChatOutcome &outcome)
{
    QJsonArray choices;
    for (const ChatChoice &choice : outcome.choices) {
        choices.append(QJsonObject{
            {u"finish"_s, toWord(choice.finish.kind)}, {u"word"_s, choice.finish.word}});
    }
    const StreamTiming &timing = outcome.timing;
    const Nanoseconds ended = timing.end.value_or(Nanoseconds(0));
    const Nanoseconds sent = timing.sent.value_or(Nanoseconds(0));
    QJsonObject end = measuresToJson(outcome);
    end.insert(u"type"_s, u"end"_s);
    end.insert(u"t_ns"_s, qint64((ended - sent).count()));
    end.insert(u"choices"_s, choices);
    return end;
}

QJsonObject retryToJson(const Retry &retry)
{
    return {{u"type"_s, u"retry"_s}, {u"next"_s, retry.next}, {u"most"_s, retry.most},
        {u"wait_ms"_s, qint64(retry.wait.count())}, {u"error"_s, toJson(retry.error)}};
}

QString metricsLine(const ChatOutcome &outcome)
{
    const ChatMetrics metrics = ChatMetrics::from(outcome);
    QStringList parts;
    if (metrics.timeToFirstToken) {
        parts.append(u"TTFT "_s + seconds(*metrics.timeToFirstToken));
    }
    if (metrics.tokensPerSecond) {
        parts.append(QString::number(*metrics.tokensPerSecond, 'f', 1) + u" tok/s"_s);
    }
    if (metrics.outputTokens) {
        parts.append((metrics.outputTokensEstimated ? u"≈ "_s : QString())
            + QString::number(*metrics.outputTokens) + u" tokens"_s);
    }
    if (metrics.total) {
        parts.append(u"total "_s + seconds(*metrics.total));
    }
    parts.append(toWord(outcome.choice().finish.kind));
    return parts.join(u" · "_s);
}

} // namespace Lorikeet
