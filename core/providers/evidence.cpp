// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/evidence.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

const HttpReply *Evidence::reply(QLatin1StringView pathEnd) const
{
    const auto found = std::ranges::find_if(
        m_replies, [pathEnd](const HttpReply &r) { return r.url.path().endsWith(pathEnd); });
    return found == m_replies.end() ? nullptr : &*found;
}

QJsonDocument Evidence::json(QLatin1StringView pathEnd) const
{
    const HttpReply *answer = reply(pathEnd);
    return answer && answer->status == 200 ? QJsonDocument::fromJson(answer->body)
                                           : QJsonDocument();
}

QJsonObject Evidence::object(QLatin1StringView pathEnd) const { return json(pathEnd).object(); }

QJsonArray Evidence::list(QLatin1StringView pathEnd, const QString &name) const
{
    QJsonArray items;
    const HttpReply *const first = reply(pathEnd);
    for (const HttpReply &page : m_replies) {
        if (first && page.status == 200 && page.url.path() == first->url.path()) {
            for (const QJsonValue &item : QJsonDocument::fromJson(page.body)[name].toArray()) {
                items.append(item);
            }
        }
    }
    return items;
}

QJsonArray Evidence::models() const { return list("/models"_L1, u"data"_s); }

} // namespace Lorikeet
