// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/timelinemodel.h"

namespace Lorikeet {

/// A place in the timeline's text.
struct TextPosition
{
    int row = -1;
    qsizetype character = 0;

    friend bool operator==(const TextPosition &, const TextPosition &) = default;
    friend auto operator<=>(const TextPosition &, const TextPosition &) = default;
};

/// What is selected, across rows and messages: from an anchor to a caret. Rows need not exist on
/// screen; what is copied comes from the model.
class TimelineSelection final
{
public:
    [[nodiscard]] bool isEmpty() const { return m_anchor == m_caret; }

    [[nodiscard]] TextPosition anchor() const { return m_anchor; }

    [[nodiscard]] TextPosition caret() const { return m_caret; }

    void clear() { m_anchor = m_caret = {}; }

    void select(TextPosition anchor, TextPosition caret);

    /// The selected part of a row with so many characters; empty where both are equal.
    [[nodiscard]] std::pair<qsizetype, qsizetype> within(int row, qsizetype length) const;

    void rowsInserted(int first, int count);
    void rowsRemoved(int first, int count);

    /// Markdown for blocks that are selected whole, plain text for parts.
    [[nodiscard]] QString markdown(const TimelineModel &model) const;
    [[nodiscard]] QString plain(const TimelineModel &model) const;
    [[nodiscard]] MarkdownBlocks blocks(const TimelineModel &model) const;

private:
    template<typename Take>
    void eachRow(const TimelineModel &model, Take take) const;

    TextPosition m_anchor;
    TextPosition m_caret;
};

} // namespace Lorikeet
