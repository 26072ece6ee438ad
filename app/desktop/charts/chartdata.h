// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartseries.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// A series as the legend of its chart shows it.
struct ChartLegendEntry
{
    Q_GADGET
    QML_VALUE_TYPE(chartLegendEntry)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString letter MEMBER letter FINAL)
    /// Its colour and dashes, from 0.
    Q_PROPERTY(int look MEMBER look FINAL)
    Q_PROPERTY(bool shown MEMBER shown FINAL)
    Q_PROPERTY(bool points MEMBER points FINAL)

public:
    QString name;
    QString letter;
    int look = 0;
    bool shown = true;
    bool points = false;

    friend bool operator==(const ChartLegendEntry &, const ChartLegendEntry &) = default;
};

/// What a series says at one place.
struct ChartReading
{
    Q_GADGET
    QML_VALUE_TYPE(chartReading)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString letter MEMBER letter FINAL)
    Q_PROPERTY(int look MEMBER look FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)

public:
    QString name;
    QString letter;
    int look = 0;
    QString text;

    friend bool operator==(const ChartReading &, const ChartReading &) = default;
};

/// What a chart shows, and which of it a person wants to see. Whoever has the figures fills it; any
/// number of charts paint it. Lives in the thread of the window.
class ChartData final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by who has the figures")
    Q_PROPERTY(QString title READ title NOTIFY titleChanged FINAL)
    /// What one of its values is, in words: "tokens a second".
    Q_PROPERTY(QString unitText READ unitText NOTIFY titleChanged FINAL)
    Q_PROPERTY(QList<Lorikeet::ChartLegendEntry> legend READ legend NOTIFY legendChanged FINAL)
    Q_PROPERTY(bool logY READ isLogY WRITE setLogY NOTIFY axesChanged FINAL)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY emptyChanged FINAL)

public:
    struct Axis
    {
        ChartUnit unit = ChartUnit::Number;
        bool isLog = false;
        bool startsAtZero = false; ///< where it is not logarithmic
        QString text; ///< what it is; may be empty

        friend bool operator==(const Axis &, const Axis &) = default;
    };

    explicit ChartData(QObject *parent);

    [[nodiscard]] QString title() const { return m_title; }

    [[nodiscard]] QString unitText() const { return m_unitText; }

    void setTitle(const QString &title, const QString &unitText);

    [[nodiscard]] const Axis &x() const { return m_x; }

    [[nodiscard]] const Axis &y() const { return m_y; }

    void setAxes(const Axis &x, const Axis &y);

    [[nodiscard]] bool isLogX() const { return m_x.isLog; }

    [[nodiscard]] bool isLogY() const { return m_y.isLog; }

    void setLogY(bool isLog);

    [[nodiscard]] bool isEmpty() const;

    [[nodiscard]] const QList<ChartSeries> &series() const { return m_series; }

    [[nodiscard]] const std::optional<ChartHeat> &heat() const { return m_heat; }

    [[nodiscard]] const QList<ChartMark> &marks() const { return m_marks; }

    [[nodiscard]] const QList<ChartLimit> &limits() const { return m_limits; }

    [[nodiscard]] QList<ChartLegendEntry> legend() const;

    /// Other series; those of a name and a look that were there stay hidden where they were. Ends
    /// an edit.
    void setSeries(const QList<ChartSeries> &series);

    /// The points of one, to be changed in place; edited() tells of it.
    [[nodiscard]] QList<QPointF> &pointsOf(qsizetype series) { return m_series[series].points; }

    void edited();
    void setHeat(const std::optional<ChartHeat> &heat);
    void setMarks(const QList<ChartMark> &marks);
    void setLimits(const QList<ChartLimit> &limits);
    /// How far x goes, whatever the series have; nothing: as far as these.
    void setExtent(const std::optional<ChartRange> &extent);

    /// Of all that is there. Never without a length.
    [[nodiscard]] ChartRange wholeX() const;
    /// Of what is visible within this stretch.
    [[nodiscard]] ChartRange rangeY(const ChartRange &x) const;

    /// What each visible line says at this x.
    [[nodiscard]] QList<ChartReading> readingsAt(double x) const;
    [[nodiscard]] QString textOfX(double x) const;
    /// In a sentence, for those who cannot see it: what each series goes from and to.
    Q_INVOKABLE [[nodiscard]] QString summary() const;

    /// Shows a series, or hides it. The last one in sight stays.
    Q_INVOKABLE void toggle(int series);

Q_SIGNALS:
    void titleChanged();
    void legendChanged();
    void axesChanged();
    void emptyChanged();
    /// Anything that is painted.
    void changed();

private:
    void tellEmpty();

    QString m_title;
    QString m_unitText;
    Axis m_x;
    Axis m_y;
    QList<ChartSeries> m_series;
    std::optional<ChartHeat> m_heat;
    QList<ChartMark> m_marks;
    QList<ChartLimit> m_limits;
    std::optional<ChartRange> m_extent;
    bool m_wasEmpty = true;
};

} // namespace Lorikeet
