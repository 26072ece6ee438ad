// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QFont>
#include <QList>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The theme's colours and fonts, as charts are painted with them.
class ChartLook : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QColor ground MEMBER ground NOTIFY changed FINAL)
    Q_PROPERTY(QColor grid MEMBER grid NOTIFY changed FINAL)
    Q_PROPERTY(QColor axis MEMBER axis NOTIFY changed FINAL)
    Q_PROPERTY(QColor text MEMBER text NOTIFY changed FINAL)
    /// Of stretches with a name, such as a warm-up.
    Q_PROPERTY(QColor shade MEMBER shade NOTIFY changed FINAL)
    Q_PROPERTY(QColor limit MEMBER limit NOTIFY changed FINAL)
    Q_PROPERTY(QColor mark MEMBER mark NOTIFY changed FINAL)
    /// A heat map goes from the ground to this.
    Q_PROPERTY(QColor heat MEMBER heat NOTIFY changed FINAL)
    Q_PROPERTY(QList<QColor> series MEMBER series NOTIFY changed FINAL)
    Q_PROPERTY(QFont font MEMBER font NOTIFY changed FINAL)
    /// What one pixel of the design is.
    Q_PROPERTY(qreal unit MEMBER unit NOTIFY changed FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] QColor colourOf(int place) const
    {
        return series.isEmpty() ? text : series[place % series.size()];
    }

    QColor ground = Qt::white;
    QColor grid = Qt::lightGray;
    QColor axis = Qt::gray;
    QColor text = Qt::black;
    QColor shade = Qt::lightGray;
    QColor limit = Qt::red;
    QColor mark = Qt::blue;
    QColor heat = Qt::blue;
    QList<QColor> series;
    QFont font;
    qreal unit = 1;

Q_SIGNALS:
    void changed();
};

} // namespace Lorikeet
