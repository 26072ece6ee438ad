// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/svgchart.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr double chartWidth = 720;
constexpr double chartHeight = 260;
constexpr double chartLeft = 76;
constexpr double chartRight = 16;
constexpr double chartTop = 12;
constexpr double chartBottom = 44;
constexpr int chartColours = 6;

QString coordinate(double value) { return QString::number(value, 'f', 1); }

QString plainNumber(double value)
{
    return value == std::round(value) && std::abs(value) < 1e7 ? QString::number(value, 'f', 0)
                                                               : QString::number(value, 'g', 3);
}

/// Values to places on the picture.
class ChartScale
{
public:
    explicit ChartScale(const SvgChart &chart)
        : m_isLog(chart.isLogX)
    {
        constexpr double none = std::numeric_limits<double>::infinity();
        double fromX = none;
        double toX = -none;
        double toY = 0;
        for (const ChartLine &line : chart.lines) {
            for (const auto &[x, y] : line.points) {
                if ((!m_isLog || x > 0) && std::isfinite(y)) {
                    fromX = std::min(fromX, x);
                    toX = std::max(toX, x);
                    toY = std::max(toY, y);
                }
            }
        }
        m_isEmpty = !(fromX < toX);
        if (m_isEmpty) {
            return;
        }
        if (m_isLog) {
            m_fromX = std::log10(fromX);
            m_toX = std::log10(toX);
        } else {
            m_fromX = std::min(0.0, fromX);
            m_toX = toX;
        }
        m_stepsY = roundSteps(0, toY > 0 ? toY : 1, 5);
    }

    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }

    [[nodiscard]] double x(double value) const
    {
        const double at = m_isLog ? std::log10(value) : value;
        return chartLeft
            + (at - m_fromX) / (m_toX - m_fromX) * (chartWidth - chartLeft - chartRight);
    }

    [[nodiscard]] double y(double value) const
    {
        return chartTop + (1 - value / m_stepsY.back()) * (chartHeight - chartTop - chartBottom);
    }

    [[nodiscard]] const std::vector<double> &stepsY() const { return m_stepsY; }

    [[nodiscard]] std::vector<double> stepsX() const
    {
        std::vector<double> steps;
        if (!m_isLog) {
            for (const double step : roundSteps(m_fromX, m_toX, 8)) {
                if (step >= m_fromX && step <= m_toX) {
                    steps.push_back(step);
                }
            }
            return steps;
        }
        for (int power = int(std::floor(m_fromX)); power <= int(std::ceil(m_toX)); ++power) {
            // Few decades have room for more than their first.
            for (const double factor : {1.0, 2.0, 5.0}) {
                const double at = std::log10(factor) + power;
                const bool hasRoom = factor == 1.0 || m_toX - m_fromX < 3;
                if (hasRoom && at >= m_fromX && at <= m_toX) {
                    steps.push_back(factor * std::pow(10.0, power));
                }
            }
        }
        return steps;
    }

private:
    bool m_isLog;
    bool m_isEmpty = true;
    double m_fromX = 0;
    double m_toX = 1;
    std::vector<double> m_stepsY{1};
};

QString axes(const SvgChart &chart, const ChartScale &scale)
{
    const auto text = [](const auto &how, double value) {
        return (how ? how(value) : plainNumber(value)).toHtmlEscaped();
    };
    const QString right = coordinate(chartWidth - chartRight);
    const QString left = coordinate(chartLeft);
    QString svg;
    for (const double step : scale.stepsY()) {
        const QString y = coordinate(scale.y(step));
        svg += u"<line class=grid x1=\"%1\" x2=\"%2\" y1=\"%3\" y2=\"%3\"/>"
               "<text class=tick x=\"%4\" y=\"%5\" text-anchor=end>%6</text>"_s.arg(left, right, y,
                   coordinate(chartLeft - 6), coordinate(scale.y(step) + 4),
                   text(chart.yText, step));
    }
    for (const double step : scale.stepsX()) {
        const QString x = coordinate(scale.x(step));
        svg += u"<line class=grid x1=\"%1\" x2=\"%1\" y1=\"%2\" y2=\"%3\"/>"
               "<text class=tick x=\"%1\" y=\"%4\" text-anchor=middle>%5</text>"_s.arg(x,
                   coordinate(chartTop), coordinate(chartHeight - chartBottom),
                   coordinate(chartHeight - chartBottom + 16), text(chart.xText, step));
    }
    svg += u"<text class=label x=\"%1\" y=\"%2\" text-anchor=middle>%3</text>"_s.arg(
        coordinate((chartWidth + chartLeft - chartRight) / 2), coordinate(chartHeight - 8),
        chart.xLabel.toHtmlEscaped());
    svg += u"<text class=label transform=\"translate(14 %1) rotate(-90)\" text-anchor=middle>%2</text>"_s
               .arg(coordinate((chartHeight - chartBottom + chartTop) / 2),
                   chart.yLabel.toHtmlEscaped());
    return svg;
}

QString lineSvg(const ChartLine &line, int colour, const SvgChart &chart, const ChartScale &scale)
{
    QString path;
    QString dots;
    const auto isGap = [&line](size_t i) {
        return i >= line.points.size() || !std::isfinite(line.points[i].second);
    };
    bool isBroken = true;
    for (size_t i = 0; i < line.points.size(); ++i) {
        const auto &[x, y] = line.points[i];
        if (isGap(i) || (chart.isLogX && x <= 0)) {
            isBroken = true;
            continue;
        }
        const QString place = coordinate(scale.x(x)) + u' ' + coordinate(scale.y(y));
        path += (isBroken ? u"M"_s : u"L"_s) + place;
        // A point between two gaps has no line.
        if (line.hasDots || (isBroken && isGap(i + 1))) {
            dots += u"<circle class=\"dot c%1\" cx=\"%2\" cy=\"%3\" r=%4 />"_s.arg(
                QString::number(colour), coordinate(scale.x(x)), coordinate(scale.y(y)),
                line.hasDots ? u"3"_s : u"2"_s);
        }
        isBroken = false;
    }
    return u"<path class=\"line c%1\" d=\"%2\"/>"_s.arg(QString::number(colour), path) + dots;
}

} // namespace

std::vector<double> roundSteps(double least, double most, int count)
{
    const double rough = (most - least) / std::max(1, count);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = power;
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        step = factor * power;
        if (step >= rough * (1 - 1e-9)) {
            break;
        }
    }
    std::vector<double> steps;
    const double first = std::floor(least / step + 1e-9);
    for (double i = first; i * step < most + step * (1 - 1e-9); ++i) {
        steps.push_back(i * step);
    }
    return steps;
}

QString toSvg(const SvgChart &chart)
{
    const ChartScale scale(chart);
    if (scale.isEmpty()) {
        return {};
    }
    QString svg = u"<figure><figcaption>%1</figcaption>"
                  "<svg viewBox=\"0 0 %2 %3\" role=img aria-label=\"%1\">"_s.arg(
                      chart.title.toHtmlEscaped(), coordinate(chartWidth), coordinate(chartHeight));
    svg += axes(chart, scale);
    QString legend;
    for (qsizetype i = 0; i < chart.lines.size(); ++i) {
        const int colour = int(i) % chartColours + 1;
        svg += lineSvg(chart.lines[i], colour, chart, scale);
        legend += u"<span class=\"key k%1\">%2</span> "_s.arg(
            QString::number(colour), chart.lines[i].name.toHtmlEscaped());
    }
    if (chart.mark && (!chart.isLogX || *chart.mark > 0)) {
        const QString x = coordinate(scale.x(*chart.mark));
        svg += u"<line class=mark x1=\"%1\" x2=\"%1\" y1=\"%2\" y2=\"%3\"/>"
               "<text class=\"tick marked\" x=\"%4\" y=\"%5\">%6</text>"_s.arg(x,
                   coordinate(chartTop), coordinate(chartHeight - chartBottom),
                   coordinate(scale.x(*chart.mark) + 5), coordinate(chartTop + 12),
                   chart.markLabel.toHtmlEscaped());
    }
    return svg + u"</svg><div class=legend>%1</div></figure>\n"_s.arg(legend);
}

QString svgChartStyle()
{
    QString style = uR"(
:root{--c1:#2a6fdb;--c2:#c2571a;--c3:#0e7548;--c4:#8a3ffc;--c5:#be2430;--c6:#5e6778}
@media(prefers-color-scheme:dark){:root{--c1:#78a9ff;--c2:#f0954e;--c3:#4cc38a;--c4:#be95ff;--c5:#ff8087;--c6:#99a2b3}}
figure{margin:16px 0;break-inside:avoid}figcaption{font-weight:600;font-size:14px}
svg{width:100%;height:auto;display:block}svg text{font:12px Inter,"Noto Sans",sans-serif;fill:var(--soft)}
.grid{stroke:var(--line);stroke-width:1}.line{fill:none;stroke-width:2;stroke-linejoin:round}
.mark{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:5 4}svg .marked{fill:var(--bad)}
.legend{font-size:12px;color:var(--soft)}.key::before{content:"";display:inline-block;width:14px;height:3px;margin-right:5px;vertical-align:middle}
.key{margin-right:12px}
)"_s;
    for (int i = 1; i <= chartColours; ++i) {
        style
            += u".line.c%1{stroke:var(--c%1)}.dot.c%1{fill:var(--c%1)}.key.k%1::before{background:var(--c%1)}\n"_s
                   .arg(i);
    }
    return style;
}

} // namespace Lorikeet
