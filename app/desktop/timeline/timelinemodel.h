// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/timelinemessage.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QThreadPool>
#include <QTimer>
#include <QUuid>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// A conversation's path as rows: one for each block of an answer, one for a prompt, and the lines
/// around them. Text that arrives is collected and shown at most 30 times a second, parsed in a
/// worker thread; closed blocks are not touched again until the answer is complete.
///
/// Fed from a ChatSession: setPath() after pathChanged(), updateEntry() after nodeChanged(),
/// appendText() after textAppended().
class TimelineModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the chat")

public:
    enum Role { KindRole = Qt::UserRole + 1, TextRole, MessageRole, StreamingRole, MarksRole };

    /// A row of the whole timeline.
    struct Row
    {
        int message = 0;
        RowKind kind = RowKind::Header;
        int block = -1;
        int aside = -1;
    };

    explicit TimelineModel(QObject *parent = nullptr);
    /// Waits for the worker, which has milliseconds to do.
    ~TimelineModel() override;

    /// Shows these messages. Those at the front that are shown already stay as they are.
    void setPath(const QList<TimelineEntry> &path);
    /// Everything about a message but text that is still to be appended.
    void updateEntry(const TimelineEntry &entry);
    /// More of a streaming answer. The text also stands in the node of the next updateEntry().
    void appendText(QUuid id, const QString &text, const QString &reasoning);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] const Row &row(int index) const { return m_rows[index]; }

    [[nodiscard]] int messageCount() const { return int(m_messages.size()); }

    [[nodiscard]] const TimelineMessage &message(int index) const { return m_messages[index]; }

    [[nodiscard]] const TimelineMessage &messageOf(int row) const
    {
        return m_messages[m_rows[row].message];
    }

    [[nodiscard]] int messageIndex(QUuid id) const;
    /// Null for rows that are no blocks.
    [[nodiscard]] const MarkdownBlock *block(int row) const;
    /// Null for rows that are none.
    [[nodiscard]] const ToolRecord *aside(int row) const;
    /// The text selection works on; empty for rows that cannot be selected.
    [[nodiscard]] QString rowText(int row) const;
    /// The same as Markdown, where the row has a source.
    [[nodiscard]] QString rowSource(int row) const;
    [[nodiscard]] bool isSelectable(int row) const;

    /// Marks the words of a message that differ from another's; nothing where it is not shown.
    void setMarks(QUuid id, const BlockMarks &marks);
    void clearMarks();
    /// Of a block; empty for other rows.
    [[nodiscard]] QList<TextMark> marks(int row) const;

    [[nodiscard]] RowState state(int row) const;
    void setState(int row, RowState state);

    /// Shows the JSON of this row's message as a tree, or as text; and so of those that come after.
    void setAsTree(int row, bool asTree);

    /// Text of any answer is still arriving or being parsed.
    [[nodiscard]] bool isBusy() const;

    /// How long the GUI thread took over the last flush, layout included. Flushes become rarer
    /// when they take longer than 8 ms.
    void noteFlushCost(qint64 nanoseconds);

Q_SIGNALS:
    void answerStarted(QUuid id);
    void answerFinished(QUuid id);
    /// All of an answer that streamed is in its blocks now.
    void settled(QUuid id);

private:
    void removeMessagesFrom(int index);
    void startStream(TimelineMessage &message);
    void flush();
    void startJob(TimelineMessage &message);
    void applyEdit(QUuid id, const std::shared_ptr<StreamingMarkdown> &stream,
        const BlockEdit &edit, bool final);
    void replaceBlocks(int message, qsizetype keep, const MarkdownBlocks &blocks);
    void syncRows(int message);
    void moveFirstRows(int fromMessage, int by);
    void emitChanged(int firstRow, int lastRow);
    void parseHistory();
    void parseNow(int message);
    void markViolations(QUuid id);

    QList<TimelineMessage> m_messages;
    QList<Row> m_rows;
    QTimer m_flush;
    QThreadPool m_workers;
    bool m_parsingHistory = false;
    bool m_prefersTree = false;
};

} // namespace Lorikeet
