// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadtokentrack.h"

#include <QColor>
#include <QQuickPaintedItem>

namespace Lorikeet {

/// When the tokens of an answer came, a line for each column of pixels in which some did, however
/// many there are: the answer's from below, the reasoning's from above, the higher the more came
/// there; stalls as bars between. The pointer or Left and Right tell one of the reads, with Shift
/// by tens, with Ctrl that behind a stall; Home and End the first and the last.
class LoadTokenLane : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Lorikeet::LoadTokenTrack track READ track WRITE setTrack NOTIFY trackChanged FINAL)
    Q_PROPERTY(QColor answerColour READ answerColour WRITE setAnswerColour NOTIFY lookChanged FINAL)
    Q_PROPERTY(QColor reasoningColour READ reasoningColour WRITE setReasoningColour NOTIFY
            lookChanged FINAL)
    Q_PROPERTY(QColor stallColour READ stallColour WRITE setStallColour NOTIFY lookChanged FINAL)
    /// Which read is told, from 0; -1: none.
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged FINAL)
    /// In its own pixels; negative: there is none.
    Q_PROPERTY(qreal currentX READ currentX NOTIFY currentChanged FINAL)
    Q_PROPERTY(QString currentText READ currentText NOTIFY currentChanged FINAL)
    /// What came with it.
    Q_PROPERTY(QString currentPiece READ currentPiece NOTIFY currentChanged FINAL)

public:
    explicit LoadTokenLane(QQuickItem *parent = nullptr);

    [[nodiscard]] LoadTokenTrack track() const { return m_track; }

    void setTrack(const LoadTokenTrack &track);

    [[nodiscard]] QColor answerColour() const { return m_answerColour; }

    void setAnswerColour(const QColor &colour) { setColour(m_answerColour, colour); }

    [[nodiscard]] QColor reasoningColour() const { return m_reasoningColour; }

    void setReasoningColour(const QColor &colour) { setColour(m_reasoningColour, colour); }

    [[nodiscard]] QColor stallColour() const { return m_stallColour; }

    void setStallColour(const QColor &colour) { setColour(m_stallColour, colour); }

    [[nodiscard]] int current() const { return m_current; }

    void setCurrent(int mark);

    [[nodiscard]] qreal currentX() const;
    [[nodiscard]] QString currentText() const;

    [[nodiscard]] QString currentPiece() const { return m_track.pieceOf(m_current); }

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void trackChanged();
    void lookChanged();
    void currentChanged();

protected:
    void geometryChange(const QRectF &now, const QRectF &before) override;
    void hoverMoveEvent(QHoverEvent *event) override;
    void hoverLeaveEvent(QHoverEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setColour(QColor &colour, const QColor &now);
    void tell(qreal pixel);
    void paintStalls(QPainter &painter) const;

    LoadTokenTrack m_track;
    QColor m_answerColour = Qt::blue;
    QColor m_reasoningColour = Qt::darkMagenta;
    QColor m_stallColour = Qt::red;
    int m_current = -1;
};

} // namespace Lorikeet
