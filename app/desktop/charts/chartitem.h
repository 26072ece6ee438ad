// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartdata.h"
#include "charts/chartlook.h"
#include "charts/chartplot.h"
#include "charts/chartspan.h"

#include <QImage>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QRectF>
#include <QUrl>

namespace Lorikeet {

/// A chart in the window. The wheel zooms while it has the focus or Ctrl is held, dragging zooms
/// into a stretch, or moves along where one is in sight; the arrows move the crosshair, with Shift
/// in leaps and with Ctrl the stretch; + and − zoom, 0 shows all, Enter picks a point.
class ChartItem : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Lorikeet::ChartData *chart READ chart WRITE setChart NOTIFY chartChanged FINAL)
    Q_PROPERTY(Lorikeet::ChartLook *look READ look WRITE setLook NOTIFY lookChanged FINAL)
    /// Shared with other charts, or its own.
    Q_PROPERTY(Lorikeet::ChartSpan *span READ span WRITE setSpan NOTIFY spanChanged FINAL)
    /// Where the axes enclose something, in its own pixels.
    Q_PROPERTY(QRectF area READ area NOTIFY painted FINAL)
    /// Of the crosshair, in its own pixels; negative: there is none in sight.
    Q_PROPERTY(qreal cursorX READ cursorX NOTIFY cursorMoved FINAL)
    Q_PROPERTY(QString cursorText READ cursorText NOTIFY cursorMoved FINAL)
    Q_PROPERTY(QList<Lorikeet::ChartReading> readings READ readings NOTIFY cursorMoved FINAL)
    /// The point that a click or Enter would pick; a rectangle without a size: none.
    Q_PROPERTY(QRectF target READ target NOTIFY cursorMoved FINAL)
    /// What is being dragged over, to be zoomed into.
    Q_PROPERTY(QRectF selection READ selection NOTIFY selectionChanged FINAL)

public:
    explicit ChartItem(QQuickItem *parent = nullptr);
    ~ChartItem() override;

    [[nodiscard]] ChartData *chart() const { return m_chart; }

    void setChart(ChartData *chart);

    [[nodiscard]] ChartLook *look() const { return m_look; }

    void setLook(ChartLook *look);

    [[nodiscard]] ChartSpan *span() const { return m_span; }

    void setSpan(ChartSpan *span);

    [[nodiscard]] QRectF area() const { return m_painted.area; }

    [[nodiscard]] qreal cursorX() const;
    [[nodiscard]] QString cursorText() const;
    [[nodiscard]] QList<ChartReading> readings() const;
    [[nodiscard]] QRectF target() const;

    [[nodiscard]] QRectF selection() const { return m_selection; }

    /// How many points the last picture was made of.
    [[nodiscard]] qsizetype pointsPainted() const { return m_painted.points; }

    /// The stretch in sight.
    [[nodiscard]] ChartRange range() const;

    /// Around a place within the stretch, 0 to 1; a factor above 1 shows less.
    Q_INVOKABLE void zoom(double factor, double around = 0.5);
    /// By so much of the stretch.
    Q_INVOKABLE void pan(double share);
    /// As PNG, SVG, PDF or CSV, by the file's name. Empty: it is written; else why not, in a
    /// sentence.
    Q_INVOKABLE QString exportTo(const QUrl &file);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void chartChanged();
    void lookChanged();
    void spanChanged();
    void painted();
    void cursorMoved();
    void selectionChanged();
    /// A point of a series that has no line.
    void picked(int series, int point);

protected:
    void updatePolish() override;
    void geometryChange(const QRectF &now, const QRectF &before) override;
    void itemChange(ItemChange change, const ItemChangeData &value) override;
    void hoverMoveEvent(QHoverEvent *event) override;
    void hoverLeaveEvent(QHoverEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseUngrabEvent() override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Point
    {
        int series = -1;
        int at = -1;
        friend bool operator==(const Point &, const Point &) = default;
    };

    void repaint();
    [[nodiscard]] qreal pixelOf(double x) const;
    [[nodiscard]] qreal pixelOfY(double y) const;
    /// Of a pixel, within the area.
    [[nodiscard]] double shareOf(qreal pixel) const;
    [[nodiscard]] double valueAt(double share) const;
    [[nodiscard]] bool hasPoints() const;
    [[nodiscard]] Point pointNear(const QPointF &at) const;
    /// The next single point to the right, or to the left.
    [[nodiscard]] Point pointBeside(double x, int direction) const;
    void moveCursor(int direction, bool leaps);
    void setTarget(const Point &point);
    void setSelection(const QRectF &selection);

    QPointer<ChartData> m_chart;
    QPointer<ChartLook> m_look;
    QPointer<ChartSpan> m_span;
    ChartPlot m_plot;
    ChartPlot::Painted m_painted;
    ChartRange m_seen; ///< what the last picture shows
    QImage m_picture;
    Point m_target;
    QRectF m_selection;
    QPointF m_pressed;
    ChartRange m_before; ///< the stretch when a drag began
    bool m_isDragging = false;
};

} // namespace Lorikeet
