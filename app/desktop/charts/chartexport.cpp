// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/chartexport.h"

#include "charts/chartdata.h"
#include "charts/chartlook.h"
#include "charts/chartplot.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What the sentences of this file are translated with.
struct ChartExport
{
    Q_DECLARE_TR_FUNCTIONS(ChartExport)
};

QByteArray quoted(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    if (bytes.contains('"') || bytes.contains(',') || bytes.contains('\n')) {
        bytes.replace('"', "\"\"");
        return '"' + bytes + '"';
    }
    return bytes;
}

QByteArray numberText(double value) { return QByteArray::number(value, 'g', 12); }

} // namespace

QByteArray chartAsCsv(const ChartData &data, const ChartRange &x)
{
    const bool isTime = data.x().unit == ChartUnit::Time || data.x().unit == ChartUnit::Duration;
    QByteArray text = (isTime ? QByteArray("x_s") : QByteArray("x")) + ",series,"
        + (data.y().unit == ChartUnit::Duration ? "y_s" : "y") + '\n';
    for (const ChartSeries &series : data.series()) {
        if (!series.isVisible) {
            continue;
        }
        for (const QPointF &point : series.points) {
            if (x.contains(point.x()) && std::isfinite(point.y())) {
                text += numberText(point.x()) + ',' + quoted(series.name) + ','
                    + numberText(point.y()) + '\n';
            }
        }
    }
    if (const std::optional<ChartHeat> &heat = data.heat()) {
        const double row = std::pow(heat->y.to / heat->y.from, 1.0 / heat->rows);
        for (int column = 0; column < heat->columns; ++column) {
            const double at = heat->x.from + heat->x.length() * column / heat->columns;
            for (int i = 0; i < heat->rows; ++i) {
                const double low = heat->y.from * std::pow(row, i);
                if (heat->count(column, i) > 0 && x.contains(at)) {
                    text += numberText(at) + ",\"from " + numberText(low) + " to "
                        + numberText(low * row) + "\"," + numberText(heat->count(column, i)) + '\n';
                }
            }
        }
    }
    return text;
}

Result<> exportChart(const QString &path, const ChartData &data, const ChartLook &look,
    const ChartRange &x, QSize size)
{
    QByteArray content;
    QBuffer buffer(&content);
    const auto isNamed
        = [&path](QLatin1StringView end) { return path.endsWith(end, Qt::CaseInsensitive); };
    buffer.open(QIODevice::WriteOnly);
    ChartPlot plot;
    if (isNamed(".csv"_L1)) {
        buffer.write(chartAsCsv(data, x));
    } else if (isNamed(".svg"_L1)) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(size);
        generator.setViewBox(QRect(QPoint(), size));
        generator.setTitle(data.title());
        plot.paint(generator, size, data, look, x);
    } else if (isNamed(".pdf"_L1)) {
        QPdfWriter writer(&buffer);
        writer.setTitle(data.title());
        writer.setPageMargins({});
        constexpr int perInch = 96;
        writer.setResolution(perInch);
        writer.setPageSize(QPageSize(QSizeF(size) / perInch, QPageSize::Inch));
        plot.paint(writer, size, data, look, x);
    } else {
        QImage image(size * 2, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(2);
        image.fill(look.ground);
        plot.paint(image, size, data, look, x);
        image.save(&buffer, "PNG");
    }
    buffer.close();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.commit()) {
        return fail(ApiError::Kind::Storage,
            ChartExport::tr("The chart could not be written to %1: %2. Choose another place.")
                .arg(path, file.errorString()));
    }
    return {};
}

} // namespace Lorikeet
