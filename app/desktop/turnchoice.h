// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatnode.h"
#include "model/adapter.h"

#include <QString>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

/// A model, an adapter or an endpoint that a person picked, for the chat or for one turn of it.
struct TurnChoice
{
    Q_GADGET
    QML_VALUE_TYPE(turnChoice)
    /// What it is called; empty: nothing was picked.
    Q_PROPERTY(QString label MEMBER label FINAL)

public:
    QString label;
    std::optional<QUuid> endpoint; ///< nothing: the one there is
    std::optional<QString> model;
    std::optional<AdapterChoice> adapter;

    [[nodiscard]] ChatSetup appliedTo(ChatSetup setup) const
    {
        setup.endpoint = endpoint.value_or(setup.endpoint);
        setup.model = model.value_or(setup.model);
        setup.adapter = adapter.value_or(setup.adapter);
        return setup;
    }

    friend bool operator==(const TurnChoice &, const TurnChoice &) = default;
};

} // namespace Lorikeet
