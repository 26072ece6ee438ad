// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The inline half of BlockBuilder: spans and text.

#include "text/blockbuilder.h"

#include "text/entities.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QString BlockBuilder::attributeText(const MD_ATTRIBUTE &attribute)
{
    QString result;
    if (!attribute.text) {
        return result;
    }
    for (int i = 0; attribute.substr_offsets[i] < attribute.size; ++i) {
        const MD_OFFSET begin = attribute.substr_offsets[i];
        const MD_OFFSET end = attribute.substr_offsets[i + 1];
        const QString piece = QString::fromUtf8(attribute.text + begin, qsizetype(end - begin));
        result += attribute.substr_types[i] == MD_TEXT_ENTITY ? entityText(piece) : piece;
    }
    return result;
}

void BlockBuilder::enterSpan(MD_SPANTYPE type, void *detail)
{
    switch (type) {
    case MD_SPAN_STRONG:
        ++m_styleDepth[0];
        break;
    case MD_SPAN_EM:
        ++m_styleDepth[1];
        break;
    case MD_SPAN_CODE:
        ++m_styleDepth[2];
        break;
    case MD_SPAN_DEL:
        ++m_styleDepth[3];
        break;
    case MD_SPAN_A:
        m_targets.push_back(attributeText(static_cast<MD_SPAN_A_DETAIL *>(detail)->href));
        break;
    case MD_SPAN_IMG:
        m_targets.push_back(attributeText(static_cast<MD_SPAN_IMG_DETAIL *>(detail)->src));
        ++m_images;
        break;
    default:
        break;
    }
}

void BlockBuilder::leaveSpan(MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_STRONG:
        --m_styleDepth[0];
        break;
    case MD_SPAN_EM:
        --m_styleDepth[1];
        break;
    case MD_SPAN_CODE:
        --m_styleDepth[2];
        break;
    case MD_SPAN_DEL:
        --m_styleDepth[3];
        break;
    case MD_SPAN_IMG:
        if (m_block.runs.isEmpty() || m_block.runs.constLast().target != m_targets.back()) {
            append(m_targets.back()); // an image without a description is named by its address
        }
        --m_images;
        [[fallthrough]];
    case MD_SPAN_A:
        m_targets.pop_back();
        break;
    default:
        break;
    }
}

qsizetype BlockBuilder::sourceOffset(qsizetype byte)
{
    if (byte < m_seenByte) {
        m_seenByte = m_input.prefix;
        m_seenOffset = 0;
    }
    const char *bytes = m_input.bytes.constData();
    for (; m_seenByte < byte; ++m_seenByte) {
        const auto c = static_cast<unsigned char>(bytes[m_seenByte]);
        // The first byte of a character counts: one UTF-16 unit, or two beyond the BMP.
        m_seenOffset += (c & 0xC0) == 0x80 ? 0 : (c >= 0xF0 ? 2 : 1);
    }
    return m_seenOffset;
}

void BlockBuilder::addText(MD_TEXTTYPE type, const char *text, qsizetype size)
{
    const char *base = m_input.bytes.constData();
    const bool inside = text >= base && text < base + m_input.bytes.size();
    qsizetype begin = -1;
    QStringView source;
    if (inside) {
        const qsizetype byte = text - base;
        begin = byte < m_input.prefix ? -1 : sourceOffset(byte);
        if (begin < 0 || begin >= m_input.segment.size()) {
            m_ignoring = true;
            return;
        }
        const qsizetype end = std::min(sourceOffset(byte + size), m_input.segment.size());
        source = m_input.segment.sliced(begin, end - begin);
        m_first = m_first < 0 ? begin : std::min(m_first, begin);
    }
    if (!m_open || (!m_inParagraph && !m_inTable && m_block.kind != MarkdownBlock::Kind::Code)) {
        beginParagraph(BlockParagraph::Kind::Text); // a tight list's items have no paragraphs
        if (inside) {
            m_first = m_first < 0 ? begin : m_first;
        }
    }
    switch (type) {
    case MD_TEXT_NULLCHAR:
        append(QString(QChar(QChar::ReplacementCharacter)));
        break;
    case MD_TEXT_BR:
        append(m_inTable ? u" "_s : QString(QChar(QChar::LineSeparator)));
        break;
    case MD_TEXT_SOFTBR:
        append(u" "_s);
        break;
    case MD_TEXT_ENTITY:
        append(entityText(source));
        break;
    case MD_TEXT_CODE:
        if (m_inCode && m_block.kind != MarkdownBlock::Kind::Code) {
            // In a quote each line of code is a paragraph.
            const QString line = inside ? source.toString() : QString::fromUtf8(text, size);
            if (line == u"\n") {
                m_block.text += u'\n';
                endParagraph();
                m_block.paragraphs.last().length -= 1;
                BlockParagraph next = m_block.paragraphs.constLast();
                next.start = m_block.text.size();
                next.marker = BlockParagraph::Marker::None;
                next.tight = true;
                m_block.paragraphs.append(next);
                m_inParagraph = true;
            } else {
                append(line);
            }
            break;
        }
        append(inside ? source.toString() : QString::fromUtf8(text, size));
        break;
    default:
        if (inside) {
            appendMasked(begin, source);
        } else {
            append(QString::fromUtf8(text, size));
        }
    }
}

/// Text with the maths in it set apart.
void BlockBuilder::appendMasked(qsizetype offset, QStringView text)
{
    auto span = std::lower_bound(m_input.maths.begin(), m_input.maths.end(), offset,
        [](const MathSpan &math, qsizetype at) { return math.start + math.length <= at; });
    qsizetype at = offset;
    const qsizetype end = offset + text.size();
    for (; span != m_input.maths.end() && span->start < end; ++span) {
        const qsizetype from = std::max(span->start, at);
        const qsizetype to = std::min(span->start + span->length, end);
        append(text.sliced(at - offset, from - at));
        QStringView math = text.sliced(from - offset, to - from);
        if (math.size() == span->length) {
            math = math.sliced(span->delimiter, span->length - 2 * span->delimiter).trimmed();
        }
        append(math.toString().simplified(), TextRun::Math);
        at = to;
    }
    append(text.sliced(at - offset));
}

void BlockBuilder::append(QStringView text, TextRun::Styles extra)
{
    if (text.isEmpty()) {
        return;
    }
    const qsizetype start = m_block.text.size();
    m_block.text += text;
    if (m_block.kind == MarkdownBlock::Kind::Code) {
        return;
    }
    if (m_inTable) {
        std::replace(m_block.text.begin() + start, m_block.text.end(), QChar(u'\t'), QChar(u' '));
    }
    TextRun run{.start = start, .length = text.size(), .styles = extra};
    run.styles.setFlag(TextRun::Bold, m_styleDepth[0] > 0);
    run.styles.setFlag(TextRun::Italic, m_styleDepth[1] > 0);
    run.styles.setFlag(TextRun::Code, m_styleDepth[2] > 0);
    run.styles.setFlag(TextRun::Strike, m_styleDepth[3] > 0);
    run.styles.setFlag(TextRun::Link, m_targets.size() > std::size_t(m_images));
    run.styles.setFlag(TextRun::Image, m_images > 0);
    if (!m_targets.empty()) {
        run.target = m_targets.back();
    }
    if (!run.styles) {
        return;
    }
    TextRun *last = m_block.runs.isEmpty() ? nullptr : &m_block.runs.last();
    if (last && last->start + last->length == start && last->styles == run.styles
        && last->target == run.target && !run.styles.testFlag(TextRun::Math)) {
        last->length += run.length;
    } else {
        m_block.runs.append(run);
    }
}

} // namespace Lorikeet
