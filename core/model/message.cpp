// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/message.h"

namespace Lorikeet {

QString toWord(Role role)
{
    switch (role) {
    case Role::System:
        return QStringLiteral("system");
    case Role::User:
        return QStringLiteral("user");
    case Role::Assistant:
        return QStringLiteral("assistant");
    case Role::Tool:
        return QStringLiteral("tool");
    }
    Q_UNREACHABLE_RETURN(QString());
}

std::optional<Role> roleFromString(QStringView word)
{
    for (const Role role : {Role::System, Role::User, Role::Assistant, Role::Tool}) {
        if (word == toWord(role)) {
            return role;
        }
    }
    return std::nullopt;
}

} // namespace Lorikeet
