// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatnode.h"
#include "model/description.h"

#include <QList>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

/// One way of asking again for an answer.
struct AnswerVariant
{
    Q_GADGET
    QML_VALUE_TYPE(answerVariant)
    Q_PROPERTY(QString text MEMBER text FINAL)
    /// What is then different: "temperature 0.9", "support-v4".
    Q_PROPERTY(QString detail MEMBER detail FINAL)

public:
    QString text;
    QString detail;
    ChatSetup setup;

    friend bool operator==(const AnswerVariant &, const AnswerVariant &) = default;
};

/// What there is besides asking with the `present` settings: as the answer was asked, hotter and
/// cooler, with another seed, with the other adapters and models of its server. `present` and
/// `description` are of the endpoint that would be asked; `dialect` is its provider's id.
[[nodiscard]] QList<AnswerVariant> answerVariants(const ChatNode &answer, const ChatSetup &present,
    const QString &dialect, const EndpointDescription &description);

/// A limit of output tokens that is twice the one an answer ended at.
struct RaisedLimit
{
    QString parameter; ///< as the server calls it
    int tokens = 0;

    friend bool operator==(const RaisedLimit &, const RaisedLimit &) = default;
};

/// Nothing for answers that ended for another reason, or of unknown length.
[[nodiscard]] std::optional<RaisedLimit> raisedLimit(const ChatNode &answer);

} // namespace Lorikeet
