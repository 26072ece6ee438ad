// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/timelinemessage.h"

#include "schema/answerjson.h"
#include "schema/jsonplaces.h"
#include "text/markdownparser.h"

using namespace Qt::StringLiterals;

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

MarkdownBlocks blocksOf(const QString &content, bool isStructured)
{
    const std::optional<MarkdownBlocks> json
        = isStructured ? jsonBlocks(content) : std::optional<MarkdownBlocks>();
    return json ? *json : MarkdownParser::parse(content);
}

BlockMarks violationMarks(
    const QString &content, const MarkdownBlocks &blocks, const QList<SchemaViolation> &violations)
{
    const auto json = findJson(content);
    BlockMarks marks;
    if (!json) {
        return marks;
    }
    const QStringView text = QStringView(content).sliced(json->begin, json->end - json->begin);
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        const MarkdownBlock &block = blocks[i];
        if (block.kind != MarkdownBlock::Kind::Code || block.sourceStart > json->begin
            || block.sourceEnd < json->end) {
            continue;
        }
        // Behind the fence's line; code that is indented is not found, and so not marked.
        const qsizetype offset = content.indexOf(block.text, block.sourceStart);
        marks.resize(blocks.size());
        for (const SchemaViolation &violation : violations) {
            const auto place = placeOf(text, violation.instancePath);
            if (!place || offset < 0 || violation.keyword == "json"_L1) {
                continue;
            }
            // Of what is large only its name, or where it begins.
            const QChar first = text[place->begin];
            const bool isLarge = first == u'{' || first == u'[';
            const qsizetype begin = place->keyEnd > 0 ? place->keyBegin : place->begin;
            const qsizetype end = !isLarge ? place->end
                : place->keyEnd > 0        ? place->keyEnd
                                           : place->begin + 1;
            marks[i].append(
                {.start = json->begin - offset + begin, .length = end - begin, .wrong = true});
        }
    }
    return marks;
}

bool TimelineMessage::isJson(int block) const
{
    const MarkdownBlock &of = blocks[block];
    return isStructured() && of.kind == MarkdownBlock::Kind::Code
        && (of.text.startsWith(u'{') || of.text.startsWith(u'['));
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
    int aside = 0;
    const auto addAsides = [&](qsizetype end) {
        for (; aside < entry.asides.size() && entry.asides[aside].at <= end; ++aside) {
            result.append({.kind = RowKind::Aside, .block = -1, .aside = aside});
        }
    };
    for (int i = 0; parsed && i < blocks.size(); ++i) {
        result.append({asTree && isJson(i) ? RowKind::Tree : rowKindOf(blocks[i]), i});
        addAsides(blocks[i].sourceEnd);
    }
    const SchemaVerdict *verdict = node.verdict ? &*node.verdict : nullptr;
    const bool isFaulty
        = verdict && (!verdict->violations.isEmpty() || !verdict->problem.isEmpty());
    if (isStreaming()) {
        if (isFaulty) {
            // Above what is being written, whose end is the message's.
            result.insert(1, {RowKind::Schema});
        }
        if (blocks.isEmpty()) {
            result.append({RowKind::Waiting});
        }
        return result;
    }
    if (node.state == ChatNode::State::Stopped || node.state == ChatNode::State::Interrupted) {
        result.append({RowKind::Notice});
    }
    if (isFaulty) {
        result.append({RowKind::Schema});
    }
    if (node.state == ChatNode::State::Failed && node.error) {
        result.append({RowKind::Error});
    }
    result.append({RowKind::Footer});
    return result;
}

} // namespace Lorikeet
