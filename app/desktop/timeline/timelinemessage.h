// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatnode.h"
#include "chat/passrate.h"
#include "model/retrypolicy.h"
#include "text/markdownblock.h"
#include "text/streamingmarkdown.h"
#include "timeline/textmark.h"
#include "timeline/timelinedelegate.h"

#include <QHash>
#include <QList>

#include <memory>
#include <optional>

namespace Lorikeet {

/// What stands below the answer of a call and is no part of it.
struct TimelineAside
{
    qsizetype at = 0; ///< in the text of the node: within the block it stands below
    ToolRecord record;

    friend bool operator==(const TimelineAside &, const TimelineAside &) = default;
};

/// One message of the path that is shown.
struct TimelineEntry
{
    ChatNode node;
    int version = 1; ///< of `versions`, counted from 1
    int versions = 1;
    /// An answer's next try, since the one before failed; see ChatSession::retry().
    std::optional<Retry> retry;
    /// Of its versions, where it is held to a schema.
    PassRate passRate;
    int samplesLeft = 0; ///< versions that are still asked for, to be counted
    QList<TimelineAside> asides; ///< by their places

    friend bool operator==(const TimelineEntry &, const TimelineEntry &) = default;
};

/// What a person did to a row; kept while the row is not on screen.
struct RowState
{
    bool expanded = false;
    bool wrapped = false;

    friend bool operator==(const RowState &, const RowState &) = default;
};

/// A message as the timeline has it: the node, its blocks, and the parser it streams through.
struct TimelineMessage
{
    struct Row
    {
        RowKind kind = RowKind::Header;
        int block = -1; ///< index in `blocks`, for rows that are blocks
        int aside = -1; ///< index in the entry's, for rows that are such

        friend bool operator==(const Row &, const Row &) = default;
    };

    TimelineEntry entry;
    MarkdownBlocks blocks;
    bool parsed = false; ///< `blocks` are those of the text
    bool asTree = false; ///< its JSON is shown as a tree
    bool live = false; ///< it streamed into this timeline: its code stays open
    int firstRow = 0;
    int rowCount = 0;

    // While it streams.
    std::shared_ptr<StreamingMarkdown> stream; ///< used by the worker while `busy`
    bool busy = false;
    bool finishing = false; ///< the answer is over; finish() is to come
    QString pendingText; ///< arrived, not yet handed to the parser
    bool reasoningGrown = false;

    QHash<int, RowState> blockStates;
    RowState reasoningState;
    QHash<int, RowState> asideStates;
    BlockMarks marks;
    BlockMarks violationMarks; ///< shown where there are no `marks`

    [[nodiscard]] bool isAnswer() const { return entry.node.isAnswer(); }

    /// It is held to a schema: what begins as JSON is shown as such, and not as Markdown.
    [[nodiscard]] bool isStructured() const { return entry.node.verdict.has_value(); }

    [[nodiscard]] bool isStreaming() const
    {
        return entry.node.state == ChatNode::State::Streaming;
    }

    /// This block is its JSON.
    [[nodiscard]] bool isJson(int block) const;
    /// The rows it has now, in order.
    [[nodiscard]] QList<Row> rows() const;
};

/// An answer's text as blocks. `isStructured` as of a TimelineMessage.
[[nodiscard]] MarkdownBlocks blocksOf(const QString &content, bool isStructured);

/// Where an answer does not keep to its schema.
[[nodiscard]] BlockMarks violationMarks(
    const QString &content, const MarkdownBlocks &blocks, const QList<SchemaViolation> &violations);

[[nodiscard]] RowKind rowKindOf(const MarkdownBlock &block);

} // namespace Lorikeet
