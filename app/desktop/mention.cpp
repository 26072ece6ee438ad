// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mention.h"

namespace Lorikeet {

Mention mentionAt(const QString &text, int cursor)
{
    if (cursor < 1 || cursor > text.size()) {
        return {};
    }
    qsizetype begin = cursor;
    while (begin > 0 && !text[begin - 1].isSpace()) {
        --begin;
    }
    if (begin == cursor || text[begin] != u'@') {
        return {};
    }
    return {.start = int(begin), .query = text.sliced(begin + 1, cursor - begin - 1)};
}

Mention callAt(const QString &text, int cursor)
{
    if (cursor < 1 || cursor > text.size() || text[0] != u'/'
        || text.first(cursor).contains(u'\n')) {
        return {};
    }
    return {.start = 0, .query = text.sliced(1, cursor - 1)};
}

} // namespace Lorikeet
