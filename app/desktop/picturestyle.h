// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "picturepen.h"
#include "timeline/timelinestyle.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The theme's fonts and colours, as pictures of comparisons are drawn with them.
class PictureStyle : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Lorikeet::TimelineStyle *text MEMBER m_text FINAL)
    Q_PROPERTY(QColor ground MEMBER m_ground FINAL)
    Q_PROPERTY(QColor bar MEMBER m_bar FINAL)
    Q_PROPERTY(QColor prompt MEMBER m_prompt FINAL)
    Q_PROPERTY(QColor sunken MEMBER m_sunken FINAL)
    Q_PROPERTY(QColor border MEMBER m_border FINAL)
    Q_PROPERTY(QColor added MEMBER m_added FINAL)
    Q_PROPERTY(QColor removed MEMBER m_removed FINAL)
    Q_PROPERTY(QColor textOnLane MEMBER m_textOnLane FINAL)
    Q_PROPERTY(QList<QColor> lanes MEMBER m_lanes FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] PictureLook look() const
    {
        return {.text = m_text ? m_text->value() : TextStyle(),
            .ground = m_ground,
            .bar = m_bar,
            .prompt = m_prompt,
            .sunken = m_sunken,
            .border = m_border,
            .added = m_added,
            .removed = m_removed,
            .textOnLane = m_textOnLane,
            .lanes = m_lanes};
    }

private:
    TimelineStyle *m_text = nullptr;
    QColor m_ground;
    QColor m_bar;
    QColor m_prompt;
    QColor m_sunken;
    QColor m_border;
    QColor m_added;
    QColor m_removed;
    QColor m_textOnLane;
    QList<QColor> m_lanes;
};

} // namespace Lorikeet
