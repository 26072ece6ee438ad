// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapters/adaptertrial.h"

#include "providers/provider.h"
#include "providers/registry.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

ChatRequest adapterTrial(
    const Endpoint &endpoint, const QString &model, const AdapterChoice &adapter)
{
    ChatRequest request{.model = model, .adapter = adapter, .stream = false};
    request.messages = {{.role = Role::User, .content = u"Hi"_s}};
    const Provider *provider = findProvider(endpoint.provider);
    const QString limit
        = provider ? outputLimitName(provider->parameters(endpoint.server)) : QString();
    if (!limit.isEmpty()) {
        request.parameters.insert(limit, 1);
    }
    return request;
}

} // namespace Lorikeet
