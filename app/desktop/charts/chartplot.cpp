// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/chartplot.h"

#include "charts/chartdata.h"
#include "charts/chartlook.h"
#include "charts/charttext.h"

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace Lorikeet {

namespace {

/// Ticks with the words of their unit.
class UnitTicker : public QCPAxisTicker
{
public:
    explicit UnitTicker(ChartUnit unit)
        : m_unit(unit)
    { }

protected:
    double getTickStep(const QCPRange &range) override
    {
        m_step = QCPAxisTicker::getTickStep(range);
        if (m_unit == ChartUnit::Count) {
            m_step = std::max(1., m_step == 2.5 ? 2. : m_step);
        }
        if (m_unit == ChartUnit::Time && m_step > 1) {
            // Minutes have sixty seconds.
            for (const double step :
                {2., 5., 10., 15., 30., 60., 120., 300., 600., 900., 1800., 3600.}) {
                if (step >= m_step * 0.8) {
                    return m_step = step;
                }
            }
        }
        return m_step;
    }

    QString getTickLabel(double tick, const QLocale &, QChar, int) override
    {
        return chartTickText(std::abs(tick) < m_step * 1e-9 ? 0 : tick, m_unit, m_step);
    }

    void setStep(double step) { m_step = step; }

    [[nodiscard]] ChartUnit unit() const { return m_unit; }

private:
    ChartUnit m_unit;
    double m_step = 1;
};

/// Ticks of a logarithmic axis: 1, 2, 5, 10 …, as many of them as there is room for; or more,
/// where it is short.
class LogTicker final : public UnitTicker
{
public:
    using UnitTicker::UnitTicker;

protected:
    double getTickStep(const QCPRange &range) override
    {
        setStep(range.lower < 1 ? range.lower : 1);
        return 1;
    }

    QVector<double> createTickVector(double, const QCPRange &range) override
    {
        const double decades = std::log10(range.upper / range.lower);
        static constexpr std::array finest{1., 1.2, 1.5, 2., 2.5, 3., 4., 5., 6., 8.};
        static constexpr std::array finer{1., 1.5, 2., 3., 5., 7.};
        static constexpr std::array fine{1., 2., 5.};
        // Of a millisecond one digit is told; of what can be counted there are no halves.
        if (unit() == ChartUnit::Duration && range.lower >= 0.001) {
            for (const std::span<const double> digits :
                {std::span<const double>(finest), {finer}}) {
                if (QVector<double> ticks = ticksOf(digits, range); ticks.size() <= tickCount()) {
                    return ticks;
                }
            }
        }
        const bool isFine = decades * double(fine.size()) <= tickCount() * 2;
        return ticksOf(std::span(fine).first(isFine ? fine.size() : 1), range);
    }

    static QVector<double> ticksOf(std::span<const double> digits, const QCPRange &range)
    {
        QVector<double> ticks;
        for (int power = int(std::floor(std::log10(range.lower)));
            std::pow(10, power) <= range.upper; ++power) {
            for (const double digit : digits) {
                if (const double tick = digit * std::pow(10, power); range.contains(tick)) {
                    ticks.append(tick);
                }
            }
        }
        return ticks;
    }

    int getSubTickCount(double) override { return 0; }
};

Qt::PenStyle dashOf(int look)
{
    static constexpr std::array dashes{
        Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine, Qt::DashDotDotLine};
    return dashes[std::size_t(look) % dashes.size()];
}

QCPScatterStyle::ScatterShape shapeOf(int look)
{
    static constexpr std::array shapes{QCPScatterStyle::ssDisc, QCPScatterStyle::ssCross,
        QCPScatterStyle::ssTriangle, QCPScatterStyle::ssSquare, QCPScatterStyle::ssDiamond,
        QCPScatterStyle::ssPlus};
    return shapes[std::size_t(look) % shapes.size()];
}

} // namespace

class ChartPlot::Plot final : public QCustomPlot
{
public:
    Plot()
        : QCustomPlot(nullptr)
    {
        setAttribute(Qt::WA_DontShowOnScreen);
        setNotAntialiasedElements(QCP::aeNone);
    }

    void dress(const ChartLook &look)
    {
        setBackground(QBrush(look.ground));
        // Above, room for half a line: a label at the top would be left out.
        axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
        axisRect()->setMargins(QMargins(0, qRound(9 * look.unit), qRound(10 * look.unit), 0));
        axisRect()->setMinimumMargins(
            QMargins(qRound(36 * look.unit), 0, 0, qRound(18 * look.unit)));
        const QPen line(look.axis, 1);
        for (QCPAxis *axis : {xAxis, yAxis}) {
            axis->setBasePen(axis == xAxis ? line : QPen(Qt::NoPen));
            axis->setTickPen(axis == xAxis ? line : QPen(Qt::NoPen));
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLength(0, axis == xAxis ? qRound(3 * look.unit) : 0);
            axis->setTickLabelColor(look.text);
            axis->setTickLabelFont(look.font);
            axis->setTickLabelPadding(qRound(4 * look.unit));
            axis->setLabelColor(look.text);
            axis->setLabelFont(look.font);
            axis->setLabelPadding(qRound(2 * look.unit));
            axis->grid()->setPen(QPen(look.grid, 1));
            axis->grid()->setZeroLinePen(Qt::NoPen);
            axis->grid()->setSubGridVisible(false);
            axis->grid()->setAntialiased(false);
        }
        xAxis->grid()->setVisible(false);
    }

    void setAxis(QCPAxis &axis, const ChartData::Axis &wanted, const ChartRange &range, int ticks)
    {
        axis.setScaleType(wanted.isLog ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        axis.setRange(range.from, range.to);
        axis.setLabel(wanted.text);
        QSharedPointer<QCPAxisTicker> ticker;
        const double shortest = wanted.unit == ChartUnit::Duration ? 1.5 : 4;
        if (wanted.isLog && range.to / range.from > shortest) {
            ticker = QSharedPointer<LogTicker>::create(wanted.unit);
        } else {
            ticker = QSharedPointer<UnitTicker>::create(wanted.unit);
        }
        ticker->setTickCount(ticks);
        axis.setTicker(ticker);
    }

    void addSeries(const ChartSeries &series, const ChartPixels &pixels, const ChartLook &look,
        const QList<qsizetype> &places, qsizetype &painted)
    {
        const bool isPoints = series.kind == ChartSeries::Kind::Points;
        QList<QPointF> points;
        for (const qsizetype place : places) {
            points.append(series.points[place]);
        }
        if (!isPoints) {
            points = decimatedLine(series.points, pixels);
        }
        painted += points.size();
        QCPGraph *graph = addGraph();
        QList<double> xs;
        QList<double> ys;
        xs.reserve(points.size());
        ys.reserve(points.size());
        for (const QPointF &point : points) {
            xs.append(point.x());
            ys.append(point.y());
        }
        graph->setData(xs, ys, !isPoints);
        // It was thinned out already, and for more than QCustomPlot knows of.
        graph->setAdaptiveSampling(false);
        const QColor colour = look.colourOf(series.look);
        if (isPoints) {
            graph->setLineStyle(QCPGraph::lsNone);
            QColor filled = colour;
            filled.setAlphaF(0.65f);
            graph->setScatterStyle(QCPScatterStyle(shapeOf(series.look),
                QPen(filled, 1.2 * look.unit), filled, (series.look == 0 ? 4 : 6) * look.unit));
            return;
        }
        QPen pen(colour, (dashOf(series.look) == Qt::DotLine ? 2.2 : 1.8) * look.unit,
            dashOf(series.look));
        pen.setCapStyle(Qt::FlatCap);
        pen.setJoinStyle(Qt::RoundJoin);
        graph->setPen(pen);
        const bool isLine = series.kind == ChartSeries::Kind::Line;
        graph->setLineStyle(isLine ? QCPGraph::lsLine : QCPGraph::lsStepLeft);
        if (series.kind == ChartSeries::Kind::Bars) {
            QColor ground = colour;
            ground.setAlphaF(0.25f);
            graph->setBrush(ground);
        }
        if (isLine && points.size() < 40) {
            graph->setScatterStyle(
                QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 5 * look.unit));
        }
    }

    void addHeat(const ChartHeat &heat, const ChartLook &look, qsizetype &painted)
    {
        auto *map = new QCPColorMap(xAxis, yAxis);
        const double column = heat.x.length() / heat.columns;
        const double row = std::pow(heat.y.to / heat.y.from, 1.0 / heat.rows);
        // It wants to know where the middles of the first and last cells are.
        map->data()->setSize(heat.columns, heat.rows);
        map->data()->setRange(QCPRange(heat.x.from + column / 2, heat.x.to - column / 2),
            QCPRange(heat.y.from * std::sqrt(row), heat.y.to / std::sqrt(row)));
        double most = 1;
        for (int x = 0; x < heat.columns; ++x) {
            for (int y = 0; y < heat.rows; ++y) {
                // The few that wait long are what one looks for: a tenth as many is half as bright.
                const double count = std::log1p(heat.count(x, y));
                map->data()->setCell(x, y, count);
                most = std::max(most, count);
                painted += count > 0 ? 1 : 0;
            }
        }
        map->setDataRange(QCPRange(0, most));
        const auto mixed = [&look](float share) {
            const auto mix = [share](float from, float to) { return from + (to - from) * share; };
            return QColor::fromRgbF(mix(look.ground.redF(), look.heat.redF()),
                mix(look.ground.greenF(), look.heat.greenF()),
                mix(look.ground.blueF(), look.heat.blueF()));
        };
        QCPColorGradient gradient;
        gradient.setColorStopAt(0, look.ground);
        gradient.setColorStopAt(0.001, mixed(0.18f));
        gradient.setColorStopAt(1, look.heat);
        map->setGradient(gradient);
        map->setInterpolate(false);
        map->setAntialiased(false);
        map->setTightBoundary(false);
    }

    void addMarks(const ChartData &shown, const ChartLook &look, const ChartRange &x)
    {
        // Where a limit has the top, words are below it, of spans at the bottom: times over time
        // stay near their limit, and over load they are low until one is found.
        double top = 0.01;
        for (const ChartLimit &limit : shown.limits()) {
            const double room = roomAbove(limit.value);
            if (room < 0.2) {
                top = std::max(top, room + 0.03);
            }
        }
        const bool isTopTaken = top > 0.01;
        for (const ChartMark &mark : shown.marks()) {
            if (mark.to) {
                auto *shade = new QCPItemRect(this);
                shade->setLayer(QStringLiteral("background"));
                shade->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
                shade->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
                shade->topLeft->setCoords(std::max(mark.from, x.from), 0);
                shade->bottomRight->setCoords(std::min(*mark.to, x.to), 1);
                shade->setPen(Qt::NoPen);
                shade->setBrush(look.shade);
                shade->setVisible(mark.from < x.to && *mark.to > x.from);
            } else {
                auto *line = new QCPItemLine(this);
                line->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
                line->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
                line->start->setCoords(mark.from, 1);
                line->end->setCoords(mark.from, 0);
                line->setPen(QPen(look.mark, 1.5 * look.unit, Qt::DashLine));
                line->setVisible(x.contains(mark.from));
            }
            addText(mark.text, look, mark.to ? look.text : look.mark, [&](QCPItemText &text) {
                text.position->setTypeY(QCPItemPosition::ptAxisRectRatio);
                const bool isBelow = isTopTaken && mark.to;
                text.position->setCoords(std::max(mark.from, x.from), isBelow ? 0.99 : top);
                text.setPositionAlignment(
                    (isBelow ? Qt::AlignBottom : Qt::AlignTop) | Qt::AlignLeft);
                text.setVisible(
                    mark.to ? mark.from < x.to && *mark.to > x.from : x.contains(mark.from));
            });
        }
        for (const ChartLimit &limit : shown.limits()) {
            auto *line = new QCPItemStraightLine(this);
            line->point1->setTypeX(QCPItemPosition::ptAxisRectRatio);
            line->point2->setTypeX(QCPItemPosition::ptAxisRectRatio);
            line->point1->setCoords(0, limit.value);
            line->point2->setCoords(1, limit.value);
            line->setPen(QPen(look.limit, 1.2 * look.unit, Qt::DashLine));
            addText(limit.text, look, look.limit, [&](QCPItemText &text) {
                text.position->setTypeX(QCPItemPosition::ptAxisRectRatio);
                text.position->setCoords(1, limit.value);
                // Curves may pass behind it.
                QColor ground = look.ground;
                ground.setAlphaF(0.75F);
                text.setBrush(ground);
                // Below it where there is no room above.
                text.setPositionAlignment(
                    (roomAbove(limit.value) < 0.12 ? Qt::AlignTop : Qt::AlignBottom)
                    | Qt::AlignRight);
            });
        }
    }

private:
    /// What part of the height of the chart is above a value; more than one, or less than nothing,
    /// where it is out of sight.
    [[nodiscard]] double roomAbove(double value) const
    {
        const bool isLog = yAxis->scaleType() == QCPAxis::stLogarithmic;
        const auto place = [isLog](double y) { return isLog ? std::log(y) : y; };
        return (place(yAxis->range().upper) - place(value))
            / (place(yAxis->range().upper) - place(yAxis->range().lower));
    }

    template<typename Place>
    void addText(const QString &words, const ChartLook &look, const QColor &ink, const Place &place)
    {
        if (words.isEmpty()) {
            return;
        }
        auto *text = new QCPItemText(this);
        text->setText(words);
        text->setFont(look.font);
        text->setColor(ink);
        const int room = qRound(3 * look.unit);
        text->setPadding(QMargins(room, 0, room, 0));
        place(*text);
    }
};

ChartPlot::ChartPlot() = default;

ChartPlot::~ChartPlot() = default;

ChartPlot::Painted ChartPlot::paint(QPaintDevice &device, QSize size, const ChartData &data,
    const ChartLook &look, const ChartRange &x)
{
    if (!m_plot) {
        m_plot = std::make_unique<Plot>();
    }
    Painted painted;
    painted.pixels = {.x = x,
        .y = data.rangeY(x),
        .isLogX = data.isLogX(),
        .isLogY = data.isLogY(),
        .width = size.width(),
        .height = size.height()};
    Plot &plot = *m_plot;
    plot.clearPlottables();
    plot.clearItems();
    plot.dress(look);
    plot.setAxis(*plot.xAxis, data.x(), x, std::max(2, qRound(size.width() / (90 * look.unit))));
    plot.setAxis(*plot.yAxis, data.y(), painted.pixels.y,
        std::max(2, qRound(size.height() / (46 * look.unit))));
    if (data.heat()) {
        plot.addHeat(*data.heat(), look, painted.points);
    }
    plot.addMarks(data, look, x);
    for (const ChartSeries &series : data.series()) {
        painted.places.append(series.isVisible && series.kind == ChartSeries::Kind::Points
                ? decimatedPlaces(series.points, painted.pixels)
                : QList<qsizetype>());
        if (series.isVisible) {
            plot.addSeries(
                series, painted.pixels, look, painted.places.constLast(), painted.points);
        }
    }
    QCPPainter painter(&device);
    painter.setRenderHint(QPainter::Antialiasing);
    plot.toPainter(&painter, size.width(), size.height());
    painter.end();
    painted.area = plot.axisRect()->rect();
    painted.pixels.width = plot.axisRect()->width();
    painted.pixels.height = plot.axisRect()->height();
    return painted;
}

} // namespace Lorikeet
