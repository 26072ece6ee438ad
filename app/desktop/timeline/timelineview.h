// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/heightindex.h"
#include "timeline/heightmeasurer.h"
#include "timeline/rowpool.h"
#include "timeline/timelinerow.h"
#include "timeline/timelineselection.h"

#include <QBasicTimer>
#include <QColor>
#include <QElapsedTimer>
#include <QPointer>
#include <QQuickItem>

namespace Lorikeet {

/// The list of a conversation's rows. Knows the height of every row from the start, makes items for
/// the screen and one screen around it, and holds its place by an anchor (a row and an offset in
/// it), so that nothing above or below moves the line that is read.
///
/// Following: content that grows moves the view only while `following`. It ends with any scroll
/// upwards by a person, and begins when a person comes within 24 pixels of the end, jumps there, or
/// sends. Moves by the program never change it.
class TimelineView : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_CLASSINFO("DefaultProperty", "delegates")
    Q_PROPERTY(Lorikeet::TimelineModel *model READ model WRITE setModel NOTIFY modelChanged FINAL)
    Q_PROPERTY(Lorikeet::TimelineStyle *style READ style WRITE setStyle NOTIFY styleChanged FINAL)
    Q_PROPERTY(QQmlListProperty<Lorikeet::TimelineDelegate> delegates READ delegates FINAL)
    /// The dot beside the name of who answered.
    Q_PROPERTY(QColor laneColor MEMBER m_laneColor NOTIFY laneColorChanged FINAL)
    /// It is not told whose the answers are, nor how long they took.
    Q_PROPERTY(bool anonymous READ isAnonymous WRITE setAnonymous NOTIFY anonymousChanged FINAL)
    Q_PROPERTY(FollowMode followMode MEMBER m_followMode FINAL)
    Q_PROPERTY(
        qreal maxTextWidth READ maxTextWidth WRITE setMaxTextWidth NOTIFY layoutChanged FINAL)
    Q_PROPERTY(
        qreal maxWideWidth READ maxWideWidth WRITE setMaxWideWidth NOTIFY layoutChanged FINAL)
    Q_PROPERTY(qreal contentHeight READ contentHeight NOTIFY contentHeightChanged FINAL)
    Q_PROPERTY(qreal contentY READ contentY NOTIFY contentYChanged FINAL)
    Q_PROPERTY(bool following READ isFollowing NOTIFY followingChanged FINAL)
    Q_PROPERTY(bool atEnd READ isAtEnd NOTIFY contentYChanged FINAL)
    /// Text arrived below while the view was not following.
    Q_PROPERTY(bool newText READ hasNewText NOTIFY newTextChanged FINAL)
    Q_PROPERTY(bool hasSelection READ hasSelection NOTIFY selectionChanged FINAL)
    /// The address under the pointer, for a tooltip; empty if there is none.
    Q_PROPERTY(QString hoveredLink READ hoveredLink NOTIFY hoveredLinkChanged FINAL)
    Q_PROPERTY(QPointF hoverPoint READ hoverPoint NOTIFY hoveredLinkChanged FINAL)
    /// The focus came by Tab or a shortcut, and is to be seen.
    Q_PROPERTY(bool focusByKeyboard READ isFocusByKeyboard NOTIFY focusByKeyboardChanged FINAL)
    /// Text is to be rendered natively: the renderer is the software one.
    Q_PROPERTY(bool nativeText READ isNativeText NOTIFY nativeTextChanged FINAL)

public:
    enum class FollowMode {
        FollowEnd,
        KeepQuestion, ///< the question goes to the top, the answer runs under the fold
        NeverMove,
    };
    Q_ENUM(FollowMode)

    explicit TimelineView(QQuickItem *parent = nullptr);
    ~TimelineView() override;

    [[nodiscard]] TimelineModel *model() const { return m_model; }

    [[nodiscard]] TimelineStyle *style() const { return m_style; }

    void setModel(TimelineModel *model);
    void setStyle(TimelineStyle *style);
    [[nodiscard]] QQmlListProperty<TimelineDelegate> delegates();

    [[nodiscard]] qreal maxTextWidth() const { return m_maxTextWidth; }

    [[nodiscard]] qreal maxWideWidth() const { return m_maxWideWidth; }

    void setMaxTextWidth(qreal width);
    void setMaxWideWidth(qreal width);

    [[nodiscard]] qreal contentHeight() const;

    [[nodiscard]] qreal contentY() const { return m_contentY; }

    [[nodiscard]] bool isFollowing() const { return m_following; }

    [[nodiscard]] bool isAtEnd() const { return m_contentY >= maxContentY() - 1; }

    [[nodiscard]] bool hasNewText() const { return m_newText; }

    [[nodiscard]] bool hasSelection() const { return !m_selection.isEmpty(); }

    [[nodiscard]] QString hoveredLink() const { return m_hoveredLink; }

    [[nodiscard]] QPointF hoverPoint() const { return m_hoverPoint; }

    [[nodiscard]] bool isFocusByKeyboard() const { return m_focusByKeyboard; }

    [[nodiscard]] bool isNativeText() const { return m_nativeText; }

    [[nodiscard]] bool isAnonymous() const { return m_anonymous; }

    void setAnonymous(bool anonymous);

    [[nodiscard]] QColor laneColor() const { return m_laneColor; }

    [[nodiscard]] const TimelineSelection &selection() const { return m_selection; }

    /// A person sent a prompt: the view goes where `followMode` wants it.
    Q_INVOKABLE void beginAnswer();
    Q_INVOKABLE void jumpToEnd();
    Q_INVOKABLE void jumpToStart();
    /// A person moved the scroll bar.
    Q_INVOKABLE void userScrollTo(qreal y);
    Q_INVOKABLE void userScrollBy(qreal by);
    /// To the next or previous message's beginning.
    Q_INVOKABLE void stepMessage(int by);
    /// For views that scroll together by turn: the message at the top, and showing one there.
    Q_INVOKABLE int messageAtTop() const;
    Q_INVOKABLE void showMessage(int message);

    Q_INVOKABLE void copy() const;
    Q_INVOKABLE void copyPlain() const;
    /// The answer the caret is in; when that is selected already, everything.
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void clearSelection();

    /// Words of the newest answer so far, for announcements.
    Q_INVOKABLE int lastAnswerWords() const;

    /// What the newest answer failed with; empty if it did not.
    Q_INVOKABLE QString lastProblem() const;

    /// For rows: fold or unfold one without it moving on the screen.
    void setRowState(int row, RowState state);
    /// Likewise.
    void setRowAsTree(int row, bool asTree);
    void rowHeightChanged(int row, const QQuickItem *item);
    void applySelectionTo(const TimelineRow *row) const;

    [[nodiscard]] QQuickItem *rowParent() const { return m_content; }

    /// Of a row on or near the screen, else null.
    [[nodiscard]] QQuickItem *itemAt(int row);

    /// Where a row begins in the content, and whether its height is known exactly.
    [[nodiscard]] qreal rowTop(int row) const { return m_heights.top(row); }

    [[nodiscard]] qreal rowHeight(int row) const { return m_heights.height(row); }

    [[nodiscard]] bool isMeasured() const;

Q_SIGNALS:
    void modelChanged();
    void styleChanged();
    void layoutChanged();
    void laneColorChanged();
    void anonymousChanged();
    void contentHeightChanged();
    void contentYChanged();
    void followingChanged();
    void newTextChanged();
    void selectionChanged();
    void hoveredLinkChanged();
    void nativeTextChanged();
    void focusByKeyboardChanged();
    void actionRequested(Lorikeet::TimelineRow::Action action, const QString &message);
    /// `at` is the item below which the menu is to open.
    void menuRequested(
        Lorikeet::TimelineRow::Menu menu, const QString &message, bool answer, QQuickItem *at);
    void answerStarted();
    void answerFinished();
    void contextMenuRequested(QPointF at);

protected:
    void componentComplete() override;
    void updatePolish() override;
    void geometryChange(const QRectF &now, const QRectF &before) override;
    void itemChange(ItemChange change, const ItemChangeData &data) override;
    void focusInEvent(QFocusEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseUngrabEvent() override;
    void hoverMoveEvent(QHoverEvent *event) override;
    void hoverLeaveEvent(QHoverEvent *event) override;
    void touchEvent(QTouchEvent *event) override;
    bool childMouseEventFilter(QQuickItem *item, QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    struct Anchor
    {
        int row = 0;
        qreal offset = 0; ///< of the view's top edge below the row's
        /// The character at the view's top when the width last changed, and how much of its line is
        /// above; it leads until a person scrolls on, so that no number of changes adds up.
        qsizetype character = -1;
        qreal intoLine = 0;
    };

    void onRowsInserted(int first, int last);
    void onRowsRemoved(int first, int last);
    void onDataChanged(int first, int last);
    void noteText(int row);
    void onStyleChanged();
    void updateNativeText();

    // Layout
    [[nodiscard]] RowWidths rowWidths() const;
    [[nodiscard]] qreal columnX() const;
    [[nodiscard]] qreal widthOf(RowKind kind, const RowWidths &widths) const;
    void applyWidths();
    void estimateMissing();
    void scheduleMeasuring();
    void takeMeasured(const QList<HeightMeasurer::Job> &jobs, bool current);
    void resolvePosition();
    /// False if there was no time for all.
    bool createRows(const QElapsedTimer &timer, qint64 budget);
    void placeRows();
    void restoreSwitch();
    void nextFrame();

    // Scrolling
    [[nodiscard]] qreal maxContentY() const;
    [[nodiscard]] qreal bottomPadding() const;
    void setUserPosition(qreal y);
    void setAnchorAt(qreal y);
    void rememberCharacter();
    void restoreCharacter();
    void setFollowing(bool following);
    void setNewText(bool newText);

    // Pointer
    [[nodiscard]] TextPosition positionAt(QPointF point);
    [[nodiscard]] QString linkAt(QPointF point);
    void setSelection(TextPosition anchor, TextPosition caret);
    void selectUnit(TextPosition at);
    void dragTo(QPointF point);
    void scrollByTouch(qreal y, qint64 time);
    void setHover(const QString &link, QPointF point);

    QPointer<TimelineModel> m_model;
    QPointer<TimelineStyle> m_style;
    QList<TimelineDelegate *> m_delegates;
    QQuickItem *m_content;
    QColor m_laneColor;
    bool m_anonymous = false;
    FollowMode m_followMode = FollowMode::FollowEnd;
    qreal m_maxTextWidth = 760;
    qreal m_maxWideWidth = 960;

    HeightIndex m_heights;
    HeightMeasurer m_measurer;
    RowPool m_rows;
    RowWidths m_widths;
    TextStyle m_laidOutStyle;
    int m_structure = 0; ///< counts changes of rows; a measurement belongs to one
    int m_measuredStructure = 0;
    bool m_estimatesMissing = false;
    bool m_nativeText = false;
    bool m_focusByKeyboard = false;
    int m_switched = -1; ///< a row whose item is made anew, and whose switch had the focus

    qreal m_contentY = 0;
    qreal m_lastContentHeight = 0;
    Anchor m_anchor;
    bool m_following = true;
    bool m_newText = false;
    QUuid m_keptQuestion; ///< with KeepQuestion: room is kept for it to stay at the top

    TimelineSelection m_selection;
    QPointF m_pressPoint;
    QPointF m_dragPoint;
    QBasicTimer m_autoScroll;
    int m_clicks = 0;
    QElapsedTimer m_lastClick;
    bool m_dragging = false;
    QString m_hoveredLink;
    QPointF m_hoverPoint;

    qreal m_touchY = 0;
    qreal m_touchSpeed = 0; ///< pixels a millisecond
    qint64 m_touchTime = 0;
    bool m_touchScrolls = false;
    QBasicTimer m_flick;
};

} // namespace Lorikeet
