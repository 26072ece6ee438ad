// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadpage.h"

#include "base/logging.h"
#include "loadresults/loaddocument.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr QLatin1StringView pageStyle(R"(
:root{color-scheme:light dark;--line:#dee2e9;--soft:#5e6778;--ground:#fff;--good:#0e7548;--warn:#9a5b00;--bad:#be2430}
@media(prefers-color-scheme:dark){:root{--line:#2b303a;--soft:#99a2b3;--ground:#13151a;--good:#4cc38a;--warn:#f0b24e;--bad:#ff8087}}
body{font:15px/1.5 Inter,"Noto Sans",sans-serif;background:var(--ground);margin:24px auto;padding:0 24px;max-width:1100px}
h1{font-size:22px;margin-bottom:0}h2{font-size:17px;margin:28px 0 8px}p{margin:4px 0}
.sub,.plain{color:var(--soft)}.good{color:var(--good)}.warning{color:var(--warn)}.bad{color:var(--bad)}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:12px 0;font-variant-numeric:tabular-nums}
th,td{border:1px solid var(--line);padding:5px 9px;text-align:left;vertical-align:top;font-size:13px;overflow-wrap:anywhere}
thead th{white-space:nowrap}tbody th{font-weight:500}
@media print{:root{color-scheme:light}body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}tr{break-inside:avoid}}
)");

QString pageText(const QString &text) { return redacted(text).toHtmlEscaped(); }

QString toneClass(DocumentLine::Tone tone)
{
    switch (tone) {
    case DocumentLine::Tone::Plain:
        return u"plain"_s;
    case DocumentLine::Tone::Good:
        return u"good"_s;
    case DocumentLine::Tone::Warning:
        return u"warning"_s;
    case DocumentLine::Tone::Bad:
        return u"bad"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString tableHtml(const DocumentTable &table)
{
    QString html = u"<div class=wide><table><thead><tr>"_s;
    for (const QString &cell : table.head) {
        html += u"<th>%1</th>"_s.arg(pageText(cell));
    }
    html += u"</tr></thead><tbody>\n"_s;
    for (const QStringList &row : table.rows) {
        html += u"<tr>"_s;
        for (qsizetype i = 0; i < row.size(); ++i) {
            html += (i == 0 ? u"<th>%1</th>"_s : u"<td>%1</td>"_s).arg(pageText(row[i]));
        }
        html += u"</tr>\n"_s;
    }
    return html + u"</tbody></table></div>\n"_s;
}

QString markdownCell(const QString &text)
{
    QString safe = redacted(text).simplified();
    for (const QChar special : u"\\`*_[]<>|#"_s) {
        safe.replace(special, u'\\' + QString(special));
    }
    return safe;
}

QString tableMarkdown(const DocumentTable &table)
{
    QString text = u"|"_s;
    QString rule = u"|"_s;
    for (const QString &cell : table.head) {
        text += u' ' + markdownCell(cell) + u" |"_s;
        rule += u"---|"_s;
    }
    text += u'\n' + rule + u'\n';
    for (const QStringList &row : table.rows) {
        text += u"|"_s;
        for (const QString &cell : row) {
            text += u' ' + markdownCell(cell) + u" |"_s;
        }
        text += u'\n';
    }
    return text + u'\n';
}

const QString madeBy = u"Made by Lorikeet %1."_s.arg(QStringLiteral(LORIKEET_VERSION));

} // namespace

QByteArray loadAsHtml(const LoadResult &result)
{
    const LoadDocument document = documentOf(result);
    QString html = u"<!doctype html>\n<html lang=en><meta charset=utf-8>"
                   "<meta name=viewport content=\"width=device-width\">"
                   "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'\">"
                   "<title>%1</title><style>"_s.arg(pageText(document.title))
        + pageStyle + svgChartStyle()
        + u"</style>\n<body><h1>%1</h1><p class=sub>%2</p>\n"_s.arg(
            pageText(document.title), pageText(document.subtitle));
    for (const DocumentSection &section : document.sections) {
        html += u"<section>"_s;
        if (!section.heading.isEmpty()) {
            html += u"<h2>%1</h2>\n"_s.arg(pageText(section.heading));
        }
        for (const DocumentLine &line : section.lines) {
            html += u"<p class=%1>%2</p>\n"_s.arg(toneClass(line.tone), pageText(line.text));
        }
        if (section.table) {
            html += tableHtml(*section.table);
        }
        for (const SvgChart &chart : section.charts) {
            html += toSvg(chart);
        }
        html += u"</section>\n"_s;
    }
    html += u"<p class=sub>%1</p></body></html>\n"_s.arg(madeBy);
    return html.toUtf8();
}

QByteArray loadAsMarkdown(const LoadResult &result)
{
    const LoadDocument document = documentOf(result);
    QString text
        = u"# %1\n\n%2\n\n"_s.arg(markdownCell(document.title), markdownCell(document.subtitle));
    for (const DocumentSection &section : document.sections) {
        // What a section has only as charts is not here.
        if (section.lines.isEmpty() && !section.table) {
            continue;
        }
        if (!section.heading.isEmpty()) {
            text += u"## %1\n\n"_s.arg(markdownCell(section.heading));
        }
        for (const DocumentLine &line : section.lines) {
            text += (line.tone == DocumentLine::Tone::Plain ? u"%1\n\n"_s : u"**%1**\n\n"_s)
                        .arg(markdownCell(line.text));
        }
        if (section.table) {
            text += tableMarkdown(*section.table);
        }
    }
    return (text + madeBy + u'\n').toUtf8();
}

} // namespace Lorikeet
