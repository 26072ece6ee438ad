// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of TimelineModel that takes text in and has it parsed.

#include "timeline/timelinemodel.h"

#include <QFuture>
#include <QtConcurrentRun>

#include <algorithm>

namespace Lorikeet {

namespace {

constexpr qsizetype historyChunk = 200'000;

} // namespace

bool TimelineModel::isBusy() const
{
    return m_parsingHistory
        || std::any_of(m_messages.begin(), m_messages.end(), [](const TimelineMessage &message) {
               return message.busy || message.finishing || !message.pendingText.isEmpty();
           });
}

void TimelineModel::startStream(TimelineMessage &message)
{
    message.stream = std::make_shared<StreamingMarkdown>(message.isStructured()
            ? StreamingMarkdown::Braces::Json
            : StreamingMarkdown::Braces::Markdown);
    message.busy = false;
    message.pendingText = message.entry.node.message.content;
    message.blocks.clear();
    message.parsed = true;
    message.live = true;
}

void TimelineModel::appendText(QUuid id, const QString &text, const QString &reasoning)
{
    const int index = messageIndex(id);
    if (index < 0) {
        return;
    }
    TimelineMessage &message = m_messages[index];
    if (!message.stream) {
        startStream(message);
    }
    message.entry.node.message.content += text;
    message.pendingText += text;
    if (!reasoning.isEmpty()) {
        message.entry.node.message.reasoning += reasoning;
        message.reasoningGrown = true;
    }
    if (std::exchange(message.entry.retry, std::nullopt)) {
        emitChanged(message.firstRow, message.firstRow + message.rowCount - 1);
    }
    if (!m_flush.isActive()) {
        m_flush.start();
    }
}

void TimelineModel::noteFlushCost(qint64 nanoseconds)
{
    m_flush.setInterval(nanoseconds > 16'000'000 ? 100 : (nanoseconds > 8'000'000 ? 66 : 33));
}

void TimelineModel::flush()
{
    for (int i = 0; i < messageCount(); ++i) {
        TimelineMessage &message = m_messages[i];
        if (std::exchange(message.reasoningGrown, false)) {
            syncRows(i);
            emitChanged(m_messages[i].firstRow, m_messages[i].firstRow + 1);
        }
        if (message.stream && !message.busy
            && (message.finishing || !message.pendingText.isEmpty())) {
            startJob(message);
        }
    }
}

void TimelineModel::startJob(TimelineMessage &message)
{
    message.busy = true;
    const bool final = message.pendingText.isEmpty();
    const QUuid id = message.entry.node.id;
    const std::shared_ptr<StreamingMarkdown> stream = message.stream;
    QtConcurrent::run(&m_workers, [stream, final, text = std::exchange(message.pendingText, {})] {
        return final ? stream->finish() : stream->append(text);
    }).then(this, [this, id, stream, final](const BlockEdit &edit) {
        applyEdit(id, stream, edit, final);
    });
}

void TimelineModel::applyEdit(
    QUuid id, const std::shared_ptr<StreamingMarkdown> &stream, const BlockEdit &edit, bool final)
{
    const int index = messageIndex(id);
    if (index < 0 || m_messages[index].stream != stream) {
        return; // the message went, or began anew
    }
    TimelineMessage &message = m_messages[index];
    message.busy = false;
    if (edit.tailSourceEnd > 0) {
        MarkdownBlock &tail = message.blocks[edit.keep - 1];
        tail.text += edit.tailText;
        tail.sourceEnd = edit.tailSourceEnd;
        const int row = message.firstRow + message.rowCount - 1;
        for (int i = row; i >= message.firstRow; --i) {
            if (m_rows[i].block == edit.keep - 1) {
                emitChanged(i, i);
                break;
            }
        }
    }
    replaceBlocks(index, edit.keep, edit.blocks);
    if (final) {
        m_messages[index].finishing = false;
        m_messages[index].stream.reset();
        markViolations(id);
        Q_EMIT settled(id);
    } else if (m_messages[index].finishing || !m_messages[index].pendingText.isEmpty()) {
        m_flush.start();
    }
}

/// Puts `blocks` in from `keep` on. Only rows whose block differs are told to have changed.
void TimelineModel::replaceBlocks(int index, qsizetype keep, const MarkdownBlocks &blocks)
{
    TimelineMessage &message = m_messages[index];
    QList<qsizetype> changed;
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        if (keep + i >= message.blocks.size() || !(message.blocks[keep + i] == blocks[i])) {
            changed.append(keep + i);
        }
    }
    message.blocks.resize(keep);
    message.blocks += blocks;
    message.parsed = true;
    const int before = message.rowCount;
    syncRows(index);
    const TimelineMessage &now = m_messages[index];
    // The row that was the last shows where the answer is being written; no longer.
    if (before > 0 && before < now.rowCount) {
        emitChanged(now.firstRow + before - 1, now.firstRow + before - 1);
    }
    for (int row = now.firstRow; row < now.firstRow + now.rowCount; ++row) {
        if (m_rows[row].block >= 0 && changed.contains(m_rows[row].block)) {
            emitChanged(row, row);
        }
    }
}

void TimelineModel::parseNow(int index)
{
    TimelineMessage &message = m_messages[index];
    if (message.isAnswer()) {
        replaceBlocks(
            index, 0, blocksOf(message.entry.node.message.content, message.isStructured()));
    }
}

/// Looks up where an answer that is whole does not keep to its schema.
void TimelineModel::markViolations(QUuid id)
{
    const int index = messageIndex(id);
    if (index < 0 || !m_messages[index].parsed || m_messages[index].stream) {
        return;
    }
    const ChatNode &node = m_messages[index].entry.node;
    if (!node.verdict || node.verdict->violations.isEmpty()) {
        return;
    }
    QtConcurrent::run(&m_workers, &violationMarks, node.message.content, m_messages[index].blocks,
        node.verdict->violations)
        .then(this, [this, id, of = *node.verdict](const BlockMarks &marks) {
            const int at = messageIndex(id);
            if (at < 0 || m_messages[at].entry.node.verdict != of
                || m_messages[at].violationMarks == marks) {
                return;
            }
            TimelineMessage &message = m_messages[at];
            message.violationMarks = marks;
            Q_EMIT dataChanged(this->index(message.firstRow),
                this->index(message.firstRow + message.rowCount - 1), {MarksRole});
        });
}

/// Parses what setPath() left, from the end backwards, a chunk at a time.
void TimelineModel::parseHistory()
{
    if (m_parsingHistory) {
        return;
    }

    struct Text
    {
        QUuid id;
        QString text;
        bool isStructured = false;
        MarkdownBlocks blocks;
    };

    QList<Text> chunk;
    qsizetype size = 0;
    for (int i = messageCount() - 1; i >= 0 && size < historyChunk; --i) {
        if (!m_messages[i].parsed) {
            chunk.append({.id = m_messages[i].entry.node.id,
                .text = m_messages[i].entry.node.message.content,
                .isStructured = m_messages[i].isStructured(),
                .blocks = {}});
            size += chunk.last().text.size();
        }
    }
    if (chunk.isEmpty()) {
        return;
    }
    m_parsingHistory = true;
    QtConcurrent::run(&m_workers, [chunk]() mutable {
        for (Text &text : chunk) {
            text.blocks = blocksOf(text.text, text.isStructured);
        }
        return chunk;
    }).then(this, [this](const QList<Text> &done) {
        m_parsingHistory = false;
        int index = messageCount() - 1;
        for (const Text &text : done) {
            while (index >= 0 && m_messages[index].entry.node.id != text.id) {
                --index;
            }
            if (index < 0) {
                index = messageCount() - 1; // the path changed meanwhile
                continue;
            }
            if (!m_messages[index].parsed
                && m_messages[index].entry.node.message.content == text.text) {
                replaceBlocks(index, 0, text.blocks);
                markViolations(text.id);
            }
        }
        parseHistory();
    });
}

} // namespace Lorikeet
