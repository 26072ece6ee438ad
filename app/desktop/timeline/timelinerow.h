// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/timelinemodel.h"
#include "timeline/timelinestyle.h"

#include <QPointer>
#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class BlockDocument;
class TimelineView;

/// One thing in which an answer does not keep to its schema.
struct AnswerFault
{
    Q_GADGET
    QML_VALUE_TYPE(answerFault)
    Q_PROPERTY(QString path MEMBER path FINAL)
    Q_PROPERTY(QString keyword MEMBER keyword FINAL)
    Q_PROPERTY(QString words MEMBER words FINAL)

public:
    QString path; ///< a JSON Pointer; empty: the whole
    QString keyword;
    QString words;

    friend bool operator==(const AnswerFault &, const AnswerFault &) = default;
};

/// What one row item on screen shows. The view makes these, moves them from row to row, and gives
/// each to its item as the property `row`.
class TimelineRow final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by TimelineView")
    Q_PROPERTY(QString messageId READ messageId NOTIFY changed FINAL)
    Q_PROPERTY(bool streaming READ isStreaming NOTIFY changed FINAL)
    Q_PROPERTY(bool answer READ isAnswer NOTIFY changed FINAL)
    /// The last message of the timeline.
    Q_PROPERTY(bool last READ isLast NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(QString facts READ facts NOTIFY changed FINAL)
    Q_PROPERTY(QString time READ time NOTIFY changed FINAL)
    Q_PROPERTY(QString exactTime READ exactTime NOTIFY changed FINAL)
    Q_PROPERTY(QString label READ label NOTIFY changed FINAL)
    Q_PROPERTY(QString detail READ detail NOTIFY changed FINAL)
    /// In what the answer does not keep to its schema.
    Q_PROPERTY(QList<Lorikeet::AnswerFault> faults READ faults NOTIFY changed FINAL)
    /// Nothing but what stands around the JSON is wrong with it.
    Q_PROPERTY(bool acceptable READ isAcceptable NOTIFY changed FINAL)
    Q_PROPERTY(QString target READ target NOTIFY changed FINAL)
    Q_PROPERTY(QString language READ language NOTIFY changed FINAL)
    Q_PROPERTY(int lines READ lines NOTIFY changed FINAL)
    Q_PROPERTY(int headingLevel READ headingLevel NOTIFY changed FINAL)
    Q_PROPERTY(int indent READ indent NOTIFY changed FINAL)
    /// There is more than is always shown.
    Q_PROPERTY(bool foldable READ isFoldable NOTIFY changed FINAL)
    /// Of a command that answered a call: it did not end well.
    Q_PROPERTY(bool failed READ isFailed NOTIFY changed FINAL)
    Q_PROPERTY(bool expanded READ isExpanded WRITE setExpanded NOTIFY changed FINAL)
    Q_PROPERTY(bool wrapped READ isWrapped WRITE setWrapped NOTIFY changed FINAL)
    /// It is JSON, which can be shown as a tree too.
    Q_PROPERTY(bool treeable READ isTreeable NOTIFY changed FINAL)
    Q_PROPERTY(bool asTree READ isAsTree WRITE setAsTree NOTIFY changed FINAL)
    /// So many of a tree have room; it is scrolled for the others.
    Q_PROPERTY(int treeLines READ treeLines NOTIFY changed FINAL)
    Q_PROPERTY(bool canContinue READ canContinue NOTIFY changed FINAL)
    /// Tokens to ask again with, where the limit cut the answer off; 0: it did not.
    Q_PROPERTY(int raisedLimit READ raisedTokens NOTIFY changed FINAL)
    Q_PROPERTY(int version READ version NOTIFY changed FINAL)
    Q_PROPERTY(int versions READ versions NOTIFY changed FINAL)
    /// Milliseconds after which the server wants to be asked again, or will be if `nextTry` is not
    /// 0. 0: it did not say, or that time has come.
    Q_PROPERTY(int retryAfter READ retryAfter NOTIFY changed FINAL)
    /// The try that an answer waits for since one before failed, and how many there will be at
    /// most; 0: none failed.
    Q_PROPERTY(int nextTry READ nextTry NOTIFY changed FINAL)
    Q_PROPERTY(int mostTries READ mostTries NOTIFY changed FINAL)
    /// What may help against the error, for a button; empty: nothing is known.
    Q_PROPERTY(QString remedy READ remedy NOTIFY changed FINAL)
    /// The end of what is being written is in this row.
    Q_PROPERTY(bool tail READ isTail NOTIFY changed FINAL)
    Q_PROPERTY(bool hasMetrics READ hasMetrics NOTIFY changed FINAL)
    Q_PROPERTY(QString metricsText READ metricsText NOTIFY changed FINAL)
    /// `target` is an address that may be fetched or opened.
    Q_PROPERTY(bool loadable READ isLoadable NOTIFY changed FINAL)
    Q_PROPERTY(bool nativeText READ isNativeText NOTIFY changed FINAL)
    Q_PROPERTY(QColor laneColor READ laneColor NOTIFY laneColorChanged FINAL)
    /// The block's text, for accessibility.
    Q_PROPERTY(QString spoken READ spoken NOTIFY changed FINAL)

public:
    /// What a person asks of a message; the window acts on it.
    enum class Action {
        Regenerate,
        Edit,
        Fork,
        Continue,
        Retry,
        RetryWithRemedy,
        EditAndRetry,
        ShowRequest,
        CopyDetails,
        PreviousVersion,
        NextVersion,
        Delete,
        RaiseLimit,
        AcceptAround,
    };
    Q_ENUM(Action)

    /// What a row can open; the window has the menus.
    enum class Menu {
        More,
        Variants, ///< ways to ask again
    };
    Q_ENUM(Menu)

    TimelineRow(TimelineView *view, QObject *parent);

    /// -1: the item rests in the pool.
    [[nodiscard]] int index() const { return m_index; }

    void setIndex(int index);

    /// Rows came or went above: the same row has another index now.
    void moveIndex(int index) { m_index = index; }

    /// The model changed what the row shows.
    void refresh();

    [[nodiscard]] TimelineView *view() const { return m_view; }

    [[nodiscard]] const TimelineModel *model() const;

    [[nodiscard]] BlockDocument *document() const;

    void setDocument(BlockDocument *document);

    [[nodiscard]] QString messageId() const;
    [[nodiscard]] bool isStreaming() const;
    [[nodiscard]] bool isAnswer() const;
    [[nodiscard]] bool isLast() const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString facts() const;
    [[nodiscard]] QString time() const;
    [[nodiscard]] QString exactTime() const;
    [[nodiscard]] QString label() const;
    [[nodiscard]] QString detail() const;
    [[nodiscard]] QList<AnswerFault> faults() const;
    [[nodiscard]] bool isAcceptable() const;
    [[nodiscard]] QString target() const;
    [[nodiscard]] QString language() const;
    [[nodiscard]] int lines() const;
    [[nodiscard]] int headingLevel() const;
    [[nodiscard]] int indent() const;
    [[nodiscard]] bool isFoldable() const;
    [[nodiscard]] bool isFailed() const;
    [[nodiscard]] bool isExpanded() const;
    [[nodiscard]] bool isWrapped() const;
    [[nodiscard]] bool isTreeable() const;
    [[nodiscard]] bool isAsTree() const;
    [[nodiscard]] int treeLines() const;
    [[nodiscard]] bool canContinue() const;
    [[nodiscard]] int raisedTokens() const;
    [[nodiscard]] int version() const;
    [[nodiscard]] int versions() const;
    [[nodiscard]] int retryAfter() const;
    [[nodiscard]] int nextTry() const;
    [[nodiscard]] int mostTries() const;
    [[nodiscard]] QString remedy() const;
    [[nodiscard]] bool isTail() const;
    [[nodiscard]] bool hasMetrics() const;
    [[nodiscard]] QString metricsText() const;
    [[nodiscard]] bool isLoadable() const;
    [[nodiscard]] bool isNativeText() const;
    [[nodiscard]] QColor laneColor() const;
    [[nodiscard]] QString spoken() const;

    void setExpanded(bool expanded);
    void setWrapped(bool wrapped);
    void setAsTree(bool asTree);

    /// What the row's message is called: "support-v4, 14:02, 187 tokens".
    [[nodiscard]] QString messageName() const;

    Q_INVOKABLE void openMenu(Lorikeet::TimelineRow::Menu menu, QQuickItem *at);
    Q_INVOKABLE void request(Lorikeet::TimelineRow::Action action);
    /// The block's text, or the whole answer's Markdown, to the clipboard.
    Q_INVOKABLE void copyBlock() const;
    Q_INVOKABLE void copyMessage() const;
    /// A table as comma-separated values, or as Markdown.
    Q_INVOKABLE void copyTable(bool csv) const;
    /// Opens http, https and mailto addresses; true if it did.
    Q_INVOKABLE bool openTarget() const;

Q_SIGNALS:
    void changed();
    void laneColorChanged();
    /// The item was given another row to show: what it holds of its own is to be forgotten.
    void assigned();
    /// It is shown in its other way, by a key: the focus goes to what switches back.
    void switched();

private:
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] const ChatNode &node() const;
    [[nodiscard]] std::optional<Retry> retry() const;
    [[nodiscard]] const MarkdownBlock *block() const;
    [[nodiscard]] const ToolRecord *aside() const;
    [[nodiscard]] RowKind kind() const;

    TimelineView *m_view;
    QPointer<BlockDocument> m_document;
    int m_index = -1;
};

} // namespace Lorikeet
