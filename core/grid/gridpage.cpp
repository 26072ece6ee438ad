// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/durationtext.h"
#include "base/logging.h"
#include "grid/gridreport.h"
#include "grid/gridrun.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr QLatin1StringView style(R"(
:root{color-scheme:light dark;--line:#dee2e9;--soft:#5e6778;--ground:#fff;--sunken:#eff1f5;--good:#0e7548;--bad:#be2430}
@media(prefers-color-scheme:dark){:root{--line:#2b303a;--soft:#99a2b3;--ground:#13151a;--sunken:#232838;--good:#4cc38a;--bad:#ff8087}}
body{font:15px/1.5 Inter,"Noto Sans",sans-serif;background:var(--ground);margin:24px;max-width:1600px}
h1{font-size:20px}table{border-collapse:collapse;width:100%;margin:16px 0}
th,td{border:1px solid var(--line);padding:8px;text-align:left;vertical-align:top}
th{font-size:13px}.num,.facts{font-size:12px;color:var(--soft)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0 0 4px}
.ask pre{background:var(--sunken);padding:8px;border-radius:8px}
.sum{display:block;overflow-x:auto}.sum th,.num{white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--bad)}.ask{min-width:220px}.ask~td{min-width:200px}
)");

QString safe(const QString &text) { return redacted(text).toHtmlEscaped(); }

QString figure(double value) { return QString::number(value, 'g', 3); }

QString counted(qint64 count, const QString &what)
{
    return u"%1 %2%3"_s.arg(QString::number(count), what, count == 1 ? QString() : u"s"_s);
}

QString share(const std::optional<Interval> &interval)
{
    const auto percent = [](double part) { return QString::number(part * 100, 'f', 1); };
    return interval ? u"%1 % (%2–%3)"_s.arg(
                          percent(interval->value), percent(interval->low), percent(interval->high))
                    : u"–"_s;
}

QString mean(const std::optional<Interval> &interval, auto &&text)
{
    return interval
        ? u"%1 (%2–%3)"_s.arg(text(interval->value), text(interval->low), text(interval->high))
        : u"–"_s;
}

QString timeText(double seconds) { return durationText(fromSeconds(seconds)); }

/// What there is to say of a lane, each with its name.
QList<std::pair<QString, QString>> figuresOf(const GridPlan &plan, const GridSummary &summary)
{
    QList<std::pair<QString, QString>> figures{{u"answered"_s, QString::number(summary.answered)},
        {u"failed requests"_s, QString::number(summary.failed)}};
    for (qsizetype i = 0; i < plan.assertions.size(); ++i) {
        figures.append({redacted(plan.assertions.at(i).spec), share(summary.passed.at(i))});
    }
    if (plan.assertions.size() > 1) {
        figures.append({u"all of them"_s, share(summary.allPassed)});
    }
    figures.append({u"whole answer"_s, mean(summary.seconds, timeText)});
    figures.append({u"TTFT"_s, mean(summary.secondsToFirstToken, timeText)});
    figures.append({u"output tokens"_s, mean(summary.outputTokens, figure)});
    return figures;
}

const QString intervalWords
    = u"In brackets: 95 % intervals; of shares by Wilson's score, of means by bootstrap over rows."_s;

QString answerHtml(const GridPlan &plan, const QJsonObject &result)
{
    QString html = u"<pre>%1</pre>"_s.arg(safe(result[u"text"_s].toString()));
    if (result.contains("error"_L1)) {
        html += u"<p class=bad>%1</p>"_s.arg(safe(result[u"error"_s][u"message"_s].toString()));
    }
    const QJsonArray checks = checksOf(plan, result);
    for (const QJsonValue &check : checks) {
        const bool isPassed = check[u"passed"_s].toBool();
        html += u"<div class=facts><span class=%1>%2</span> %3%4</div>"_s.arg(
            isPassed ? u"good"_s : u"bad"_s, isPassed ? u"✓ passed"_s : u"✗ failed"_s,
            safe(check[u"assertion"_s].toString()),
            isPassed ? QString() : u": "_s + safe(check[u"why"_s].toString()));
    }
    const QJsonValue total = result[u"metrics"_s][u"total_ns"_s];
    if (total.isDouble()) {
        html += u"<div class=facts>total %1 · out %2 tok</div>"_s.arg(
            durationText(Nanoseconds(total.toInteger())),
            QString::number(result[u"metrics"_s][u"output_tokens"_s].toInteger()));
    }
    return html;
}

QString rowHtml(const GridPlan &plan, const GridResults &results, qsizetype row)
{
    const GridRow &asked = plan.rows.at(row);
    QString html = u"<tr><td class=ask><div class=facts>%1</div>"_s.arg(safe(asked.id));
    for (const Message &message : asked.messages) {
        html += (message.role == Role::User
                ? u"<pre>%1</pre>"_s
                : u"<div class=facts>%2</div><pre>%1</pre>"_s.arg(u"%1"_s, toWord(message.role)))
                    .arg(safe(message.content));
    }
    for (qsizetype lane = 0; lane < plan.lanes.size(); ++lane) {
        html += u"</td><td>"_s;
        for (int sample = 0; sample < plan.samples; ++sample) {
            const auto found
                = results.constFind(plan.index({.row = row, .lane = lane, .sample = sample}));
            if (plan.samples > 1) {
                html += u"<div class=facts>sample %1</div>"_s.arg(sample + 1);
            }
            html += found == results.constEnd() ? u"<div class=facts>not asked</div>"_s
                                                : answerHtml(plan, *found);
        }
    }
    return html + u"</td></tr>\n"_s;
}

} // namespace

QString gridSummaryText(const GridPlan &plan, const QList<GridSummary> &summaries)
{
    QString text;
    for (const GridSummary &summary : summaries) {
        text += u"%1  %2\n"_s.arg(summary.lane, summary.name);
        for (const auto &[name, value] : figuresOf(plan, summary)) {
            text += u"   %1  %2\n"_s.arg(name.leftJustified(16), value);
        }
    }
    return text + intervalWords + u'\n';
}

QByteArray gridAsHtml(const GridPlan &plan, const GridResults &results)
{
    const QList<GridSummary> summaries = summarize(plan, results);
    QString html = u"<!doctype html>\n<html lang=en><meta charset=utf-8>"
                   "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'\"><title>Grid</title><style>"_s
        + style
        + u"</style>\n<h1>Grid: %1, %2, %3</h1>\n<table class=sum><tr><th>lane"_s.arg(
            counted(plan.rows.size(), u"row"_s), counted(plan.lanes.size(), u"lane"_s),
            counted(plan.samples, u"sample"_s));
    for (const auto &[name, value] : figuresOf(plan, summaries.constFirst())) {
        html += u"<th>"_s + name.toHtmlEscaped();
    }
    html += u"</tr>\n"_s;
    QString heads = u"<tr><th>prompt"_s;
    for (const GridSummary &summary : summaries) {
        const QString lane = u"%1 · %2"_s.arg(summary.lane, summary.name).toHtmlEscaped();
        heads += u"<th>"_s + lane;
        html += u"<tr><th>"_s + lane;
        for (const auto &[name, value] : figuresOf(plan, summary)) {
            html += u"<td class=num>"_s + value.toHtmlEscaped();
        }
        html += u"</tr>\n"_s;
    }
    html += u"</table>\n<p class=facts>%1</p>\n<table>%2</tr>\n"_s.arg(intervalWords, heads);
    for (qsizetype row = 0; row < plan.rows.size(); ++row) {
        html += rowHtml(plan, results, row);
    }
    return (html + u"</table>\n</html>\n"_s).toUtf8();
}

} // namespace Lorikeet
