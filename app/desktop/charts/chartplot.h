// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartdecimation.h"

#include <QRectF>
#include <QSize>

#include <memory>

class QPaintDevice;

namespace Lorikeet {

class ChartData;
class ChartLook;

/// Paints charts, on whatever can be painted on. The only place that knows what with.
class ChartPlot final
{
public:
    ChartPlot();
    ~ChartPlot();
    Q_DISABLE_COPY_MOVE(ChartPlot)

    /// What a picture came to.
    struct Painted
    {
        QRectF area; ///< within the axes, in the picture's own pixels
        ChartPixels pixels;
        qsizetype points = 0; ///< how many were handed to the painter
        /// Of each series of single points the places of those that can be seen; of others none.
        QList<QList<qsizetype>> places;
    };

    /// `size` in pixels of a screen of the usual density; the device brings its own ratio.
    Painted paint(QPaintDevice &device, QSize size, const ChartData &data, const ChartLook &look,
        const ChartRange &x);

private:
    class Plot;

    std::unique_ptr<Plot> m_plot;
};

} // namespace Lorikeet
