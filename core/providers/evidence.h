// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/httpexchange.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLatin1StringView>
#include <QList>

namespace Lorikeet {

/// The good JSON among a server's answers, found by the end of their path. A view: the replies must
/// outlive it.
class Evidence final
{
public:
    explicit Evidence(const QList<HttpReply> &replies)
        : m_replies(replies)
    { }

    /// The first answer, good or not, of a path that ends so; null if none does.
    [[nodiscard]] const HttpReply *reply(QLatin1StringView pathEnd) const;
    /// Null where the answer was not good.
    [[nodiscard]] QJsonDocument json(QLatin1StringView pathEnd) const;
    [[nodiscard]] QJsonObject object(QLatin1StringView pathEnd) const;
    /// The list `name` of the first path that ends so, with all its pages.
    [[nodiscard]] QJsonArray list(QLatin1StringView pathEnd, const QString &name) const;
    /// The list of models in OpenAI's form.
    [[nodiscard]] QJsonArray models() const;

private:
    const QList<HttpReply> &m_replies;
};

} // namespace Lorikeet
