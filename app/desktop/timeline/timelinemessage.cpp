// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/timelinemessage.h"

namespace Lorikeet {

RowKind rowKindOf(const MarkdownBlock &block)
{
    switch (block.kind) {
    case MarkdownBlock::Kind::Code:
        return RowKind::Code;
    case MarkdownBlock::Kind::Table:
        return RowKind::Table;
    case MarkdownBlock::Kind::Rule:
        return RowKind::Rule;
    case MarkdownBlock::Kind::Image:
        return RowKind::Image;
    case MarkdownBlock::Kind::Math:
        return RowKind::Math;
    default:
        return RowKind::Prose;
    }
}

QList<TimelineMessage::Row> TimelineMessage::rows() const
{
    const ChatNode &node = entry.node;
    if (!isAnswer()) {
        return {{RowKind::User}, {RowKind::Footer}};
    }
    QList<Row> result{{RowKind::Header}};
    if (!node.message.reasoning.isEmpty()) {
        result.append({RowKind::Reasoning});
    }
    if (!parsed) {
        result.append({RowKind::Pending});
    }
    for (int i = 0; parsed && i < blocks.size(); ++i) {
        result.append({rowKindOf(blocks[i]), i});
    }
    if (isStreaming()) {
        if (blocks.isEmpty()) {
            result.append({RowKind::Waiting});
        }
        return result;
    }
    if (node.state == ChatNode::State::Stopped || node.state == ChatNode::State::Interrupted) {
        result.append({RowKind::Notice});
    }
    if (node.state == ChatNode::State::Failed && node.error) {
        result.append({RowKind::Error});
    }
    result.append({RowKind::Footer});
    return result;
}

} // namespace Lorikeet
