// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/adapter.h"
#include "model/message.h"
#include "model/parameters.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

namespace Lorikeet {

/// Everything that decides an answer, but for the endpoint it is asked of. A value.
struct ChatRequest
{
    QString model; ///< empty: what the server has
    AdapterChoice adapter;
    QList<Message> messages;
    ParameterSet parameters;
    QJsonObject extraBody; ///< merged into the body last, over everything else
    /// JSON texts, UTF-8 and compact. A QJsonObject sorts its members; where the body has one that
    /// is equal to one of these, this goes out in its place: models mind the order of a schema's
    /// properties.
    QList<QByteArray> written;
    bool stream = true;
    /// The messages are not the whole of what was asked: there are other versions of some, some
    /// were not answered to their end, were answered by another server or under another system
    /// prompt, or are examples that nobody said. A server that remembers a conversation by itself
    /// then remembers another one.
    bool diverged = false;

    friend bool operator==(const ChatRequest &, const ChatRequest &) = default;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ChatRequest)
