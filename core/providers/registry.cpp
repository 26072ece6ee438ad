// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/registry.h"

#include "providers/provider.h"

namespace Lorikeet {

const QList<const Provider *> &providers()
{
    static const QList<const Provider *> all{};
    return all;
}

const Provider *findProvider(QStringView id)
{
    for (const Provider *provider : providers()) {
        if (provider->id() == id) {
            return provider;
        }
    }
    return nullptr;
}

} // namespace Lorikeet
