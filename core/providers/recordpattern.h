// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/streamevent.h"

#include <QByteArray>
#include <QByteArrayView>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Lorikeet {

/// Spares the JSON parser most records of a stream: those that are, byte for byte, the record
/// before, but for the token and for members that nobody reads. Such a record is the same JSON, and
/// means the same, so it is enough to compare it, and to check what stands in the gaps as strictly
/// as the parser would. Whatever does not fit is left to the parser.
///
/// A decoder learns the pattern from a record whose whole effect was one event, and forgets it as
/// soon as it parses another, so that what it remembers of the stream is what it was then.
class RecordPattern final
{
public:
    /// The members of a dialect's records, by name, wherever they stand.
    struct Keys
    {
        /// Every one that text or reasoning may come from.
        std::initializer_list<std::string_view> text;
        /// No effect on what is read, whatever their value: numbers and texts that change from
        /// record to record.
        std::initializer_list<std::string_view> unread;
    };

    /// `record` was valid JSON and had this event as its only effect. Learns nothing where it is
    /// not sure which of its members the text came from.
    void learn(QByteArrayView record, const StreamEvent &event, const Keys &keys);

    void forget() { m_gaps.clear(); }

    /// If the record fits: true, with its event (none for an empty text) in `out`.
    [[nodiscard]] bool read(QByteArrayView record, TimePoint at, StreamEvents &out);

private:
    /// Where records differ: from `begin` to `end` of m_record.
    struct Gap
    {
        enum class Kind { Text, UnreadText, UnreadNumber };
        Kind kind = Kind::Text;
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    /// A value that follows a key, without its quotes.
    [[nodiscard]] static std::optional<Gap> gapAt(QByteArrayView record, qsizetype at);
    [[nodiscard]] bool findGaps(const Keys &keys);
    /// The text that begins at `at`, which moves to its closing quote; nothing if it is no valid
    /// one, or an unusual one. Lies in `record` or in m_unescaped.
    [[nodiscard]] std::optional<std::string_view> takeText(QByteArrayView record, qsizetype &at);

    QByteArray m_record;
    std::vector<Gap> m_gaps; ///< empty: nothing is known
    int m_choice = 0; ///< of the event
    bool m_isReasoning = false;
    std::string m_unescaped;
};

} // namespace Lorikeet
