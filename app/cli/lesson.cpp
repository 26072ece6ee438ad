// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lesson.h"

#include "exitcode.h"
#include "providers/learntnames.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/store.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool keep(QUuid id, const QList<LearntName> &names)
{
    Store store(Store::defaultPath());
    (void)store.open(); // where it fails, the next call says why
    return store.endpoints().keepLearntNames(id, names).result().has_value();
}

} // namespace

bool tellRemedy(const ApiError &error, const Target &target, const ChatRequest &request)
{
    const Endpoint &endpoint = target.endpoint;
    const Provider *provider = findProvider(endpoint.provider);
    const auto remedy = provider ? provider->remedy(error, request.parameters) : std::nullopt;
    const auto names = learntFrom(error, endpoint, request.model, request.parameters);
    const bool isKept = names && !endpoint.id.isNull() && keep(endpoint.id, *names);
    if (remedy && remedy->replacement.isEmpty()) {
        printNote(u"This model does not take %1: try again without it."_s.arg(remedy->parameter));
    } else if (remedy && isKept) {
        printNote(u"This model does not take %1: try again, and it will be sent as %2, here and "
                  "from now on."_s.arg(remedy->parameter, remedy->replacement));
    } else if (remedy) {
        printNote(u"This model does not take %1: try again with %2 instead."_s.arg(
            remedy->parameter, remedy->replacement));
    }
    return remedy.has_value();
}

} // namespace Lorikeet
