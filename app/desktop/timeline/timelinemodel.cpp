// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/timelinemodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int flushInterval = 33;
/// So much of a session's end is parsed at once, for the first frame to be complete.
constexpr qsizetype parsedAtOnce = 24'000;

} // namespace

TimelineModel::TimelineModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_workers.setMaxThreadCount(1);
    m_flush.setSingleShot(true);
    m_flush.setInterval(flushInterval);
    connect(&m_flush, &QTimer::timeout, this, &TimelineModel::flush);
}

TimelineModel::~TimelineModel()
{
    m_workers.clear();
    m_workers.waitForDone();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case KindRole:
        return int(row.kind);
    case Qt::DisplayRole:
    case TextRole:
        return rowText(index.row());
    case MessageRole:
        return m_messages[row.message].entry.node.id;
    case StreamingRole:
        return m_messages[row.message].isStreaming();
    default:
        return {};
    }
}

QHash<int, QByteArray> TimelineModel::roleNames() const
{
    return {{KindRole, "kind"}, {TextRole, "text"}, {MessageRole, "message"},
        {StreamingRole, "streaming"}};
}

int TimelineModel::messageIndex(QUuid id) const
{
    // The messages that change are the last ones.
    for (int i = messageCount() - 1; i >= 0; --i) {
        if (m_messages[i].entry.node.id == id) {
            return i;
        }
    }
    return -1;
}

const MarkdownBlock *TimelineModel::block(int row) const
{
    // While rows are being removed their blocks are gone already.
    const Row &at = m_rows[row];
    const MarkdownBlocks &blocks = m_messages[at.message].blocks;
    return at.block < 0 || at.block >= blocks.size() ? nullptr : &blocks[at.block];
}

const ToolRecord *TimelineModel::aside(int row) const
{
    const Row &at = m_rows[row];
    const QList<TimelineAside> &asides = m_messages[at.message].entry.asides;
    return at.aside < 0 || at.aside >= asides.size() ? nullptr : &asides[at.aside].record;
}

bool TimelineModel::isSelectable(int row) const
{
    const Row &at = m_rows[row];
    const bool isFolded = at.kind == RowKind::Reasoning || at.kind == RowKind::Aside;
    return at.block >= 0 || at.kind == RowKind::User || (isFolded && state(row).expanded);
}

QString TimelineModel::rowText(int row) const
{
    const Row &at = m_rows[row];
    const TimelineMessage &message = m_messages[at.message];
    if (const MarkdownBlock *block = this->block(row)) {
        return block->text;
    }
    switch (at.kind) {
    case RowKind::User:
        return message.entry.node.message.content;
    case RowKind::Reasoning:
        return message.reasoningState.expanded ? message.entry.node.message.reasoning : QString();
    case RowKind::Aside:
        return aside(row) && state(row).expanded ? aside(row)->aside : QString();
    default:
        return {};
    }
}

QString TimelineModel::rowSource(int row) const
{
    const MarkdownBlock *block = this->block(row);
    if (!block) {
        return rowText(row);
    }
    const QString &content = messageOf(row).entry.node.message.content;
    return content.sliced(std::min(block->sourceStart, content.size()))
        .first(std::min(block->sourceEnd, content.size())
            - std::min(block->sourceStart, content.size()));
}

RowState TimelineModel::state(int row) const
{
    const Row &at = m_rows[row];
    const TimelineMessage &message = m_messages[at.message];
    if (at.kind == RowKind::Reasoning) {
        return message.reasoningState;
    }
    if (at.kind == RowKind::Aside) {
        return message.asideStates.value(at.aside);
    }
    // What a person saw being written is not folded away under their eyes.
    return message.blockStates.value(
        at.block, RowState{.expanded = message.live, .wrapped = message.isStructured()});
}

void TimelineModel::setState(int row, RowState state)
{
    const Row &at = m_rows[row];
    TimelineMessage &message = m_messages[at.message];
    if (at.kind == RowKind::Reasoning) {
        message.reasoningState = state;
    } else if (at.kind == RowKind::Aside) {
        message.asideStates.insert(at.aside, state);
    } else {
        message.blockStates.insert(at.block, state);
    }
    emitChanged(row, row);
}

void TimelineModel::setAsTree(int row, bool asTree)
{
    const int message = m_rows[row].message;
    m_prefersTree = asTree;
    m_messages[message].asTree = asTree;
    syncRows(message);
    emitChanged(m_messages[message].firstRow,
        m_messages[message].firstRow + m_messages[message].rowCount - 1);
}

void TimelineModel::setMarks(QUuid id, const BlockMarks &marks)
{
    const int at = messageIndex(id);
    if (at < 0 || m_messages[at].marks == marks) {
        return;
    }
    TimelineMessage &message = m_messages[at];
    message.marks = marks;
    if (message.rowCount > 0) {
        Q_EMIT dataChanged(
            index(message.firstRow), index(message.firstRow + message.rowCount - 1), {MarksRole});
    }
}

void TimelineModel::clearMarks()
{
    for (int i = 0; i < messageCount(); ++i) {
        setMarks(m_messages[i].entry.node.id, {});
    }
}

QList<TextMark> TimelineModel::marks(int row) const
{
    const Row &at = m_rows[row];
    const TimelineMessage &message = m_messages[at.message];
    const BlockMarks &marks = message.marks.isEmpty() ? message.violationMarks : message.marks;
    return at.block >= 0 && at.block < marks.size() ? marks[at.block] : QList<TextMark>();
}

void TimelineModel::setPath(const QList<TimelineEntry> &path)
{
    int same = 0;
    while (same < messageCount() && same < path.size()
        && m_messages[same].entry.node.id == path[same].node.id) {
        ++same;
    }
    removeMessagesFrom(same);
    for (int i = 0; i < same; ++i) {
        updateEntry(path[i]);
    }
    if (same == path.size()) {
        return;
    }
    QList<TimelineMessage> added;
    for (qsizetype i = same; i < path.size(); ++i) {
        TimelineMessage message;
        message.entry = path[i];
        message.asTree = m_prefersTree;
        message.parsed = !message.isAnswer() || message.entry.node.message.content.isEmpty();
        if (message.isAnswer() && message.isStreaming()) {
            startStream(message);
        }
        added.append(message);
    }
    // The end is what is looked at first.
    qsizetype budget = parsedAtOnce;
    for (auto message = added.rbegin(); message != added.rend() && budget > 0; ++message) {
        const QString &content = message->entry.node.message.content;
        budget -= content.size() + 200;
        if (!message->parsed && budget > 0) {
            message->blocks = blocksOf(content, message->isStructured());
            message->parsed = true;
        }
    }
    QList<Row> rows;
    const int first = int(m_rows.size());
    for (TimelineMessage &message : added) {
        message.firstRow = first + int(rows.size());
        for (const TimelineMessage::Row &row : message.rows()) {
            rows.append(
                {messageCount() + int(&message - added.data()), row.kind, row.block, row.aside});
        }
        message.rowCount = first + int(rows.size()) - message.firstRow;
    }
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    m_messages += added;
    m_rows += rows;
    endInsertRows();
    for (const TimelineMessage &message : std::as_const(added)) {
        markViolations(message.entry.node.id);
    }
    parseHistory();
    if (isBusy()) {
        m_flush.start();
    }
}

void TimelineModel::removeMessagesFrom(int index)
{
    if (index >= messageCount()) {
        return;
    }
    const int first = m_messages[index].firstRow;
    beginRemoveRows({}, first, int(m_rows.size()) - 1);
    m_messages.resize(index);
    m_rows.resize(first);
    endRemoveRows();
}

void TimelineModel::updateEntry(const TimelineEntry &entry)
{
    const int index = messageIndex(entry.node.id);
    if (index < 0 || m_messages[index].entry == entry) {
        return;
    }
    TimelineMessage &message = m_messages[index];
    const bool wasStreaming = message.isStreaming();
    const QString before = message.entry.node.message.content;
    message.entry = entry;
    const QString &content = entry.node.message.content;
    if (message.isAnswer() && (message.stream || message.isStreaming())) {
        if (!message.stream || !content.startsWith(before)) {
            // Continued after its end, or changed: through a new parser, from the start.
            startStream(message);
        } else if (content.size() > before.size()) {
            message.pendingText += QStringView(content).sliced(before.size());
        }
        message.finishing = !message.isStreaming();
        m_flush.start();
    } else if (content != before) {
        message.parsed = !message.isAnswer();
        parseNow(index);
    }
    syncRows(index);
    emitChanged(
        m_messages[index].firstRow, m_messages[index].firstRow + m_messages[index].rowCount - 1);
    markViolations(entry.node.id);
    if (wasStreaming != m_messages[index].isStreaming()) {
        if (wasStreaming) {
            Q_EMIT answerFinished(entry.node.id);
        } else {
            Q_EMIT answerStarted(entry.node.id);
        }
    }
}

/// Removes and inserts the rows of one message that are no longer or not yet there.
void TimelineModel::syncRows(int index)
{
    const TimelineMessage &message = m_messages[index];
    const QList<TimelineMessage::Row> now = message.rows();
    const int first = message.firstRow;
    const int before = message.rowCount;
    const auto same = [&](int old, qsizetype fresh) {
        return m_rows[first + old].kind == now[fresh].kind
            && (m_rows[first + old].block < 0) == (now[fresh].block < 0);
    };
    int head = 0;
    while (head < before && head < now.size() && same(head, head)) {
        ++head;
    }
    int tail = 0;
    while (tail < before - head && tail < now.size() - head
        && same(before - 1 - tail, now.size() - 1 - tail)) {
        ++tail;
    }
    const int removed = before - head - tail;
    const int added = int(now.size()) - head - tail;
    if (removed > 0) {
        beginRemoveRows({}, first + head, first + head + removed - 1);
        m_rows.remove(first + head, removed);
        m_messages[index].rowCount -= removed;
        moveFirstRows(index + 1, -removed);
        endRemoveRows();
    }
    if (added > 0) {
        beginInsertRows({}, first + head, first + head + added - 1);
        m_rows.insert(first + head, added, Row{.message = index});
        for (int i = head; i < head + added; ++i) {
            m_rows[first + i] = {index, now[i].kind, now[i].block, now[i].aside};
        }
        m_messages[index].rowCount += added;
        moveFirstRows(index + 1, added);
        endInsertRows();
    }
    for (int i = 0; i < now.size(); ++i) {
        m_rows[first + i].block = now[i].block;
        m_rows[first + i].aside = now[i].aside;
    }
}

void TimelineModel::moveFirstRows(int fromMessage, int by)
{
    for (int i = fromMessage; i < messageCount(); ++i) {
        m_messages[i].firstRow += by;
    }
}

void TimelineModel::emitChanged(int firstRow, int lastRow)
{
    Q_EMIT dataChanged(index(firstRow), index(lastRow), {TextRole, StreamingRole});
}

} // namespace Lorikeet
