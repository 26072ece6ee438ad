// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/learntnames.h"

#include "providers/provider.h"
#include "providers/registry.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

std::optional<QList<LearntName>> learntFrom(const ApiError &error, const Endpoint &endpoint,
    const QString &model, const ParameterSet &asked)
{
    const Provider *provider = findProvider(endpoint.provider);
    if (!provider || error.param.isEmpty()) {
        return std::nullopt;
    }
    QList<LearntName> names = endpoint.learntNames;
    const auto isRefused = [&](const LearntName &name) {
        return name.model == model && name.replacement == error.param
            && asked.contains(name.parameter);
    };
    if (names.removeIf(isRefused) > 0) {
        return names; // another model goes by that id now
    }
    const std::optional<Remedy> remedy = provider->remedy(error, asked);
    if (!remedy || remedy->replacement.isEmpty()) {
        return std::nullopt;
    }
    const LearntName name{model, remedy->parameter, remedy->replacement};
    if (names.contains(name)) {
        return std::nullopt;
    }
    names.append(name);
    return names;
}

ParameterSet underLearntNames(const Endpoint &endpoint, const QString &model, ParameterSet asked)
{
    for (const LearntName &name : endpoint.learntNames) {
        if (name.model == model) {
            asked = Remedy{name.parameter, name.replacement}.appliedTo(asked);
        }
    }
    return asked;
}

QStringList learntNotes(const Endpoint &endpoint, const QString &model, const ParameterSet &asked)
{
    QStringList notes;
    for (const LearntName &name : endpoint.learntNames) {
        if (name.model == model && asked.contains(name.parameter)) {
            notes.append(u"%1 was sent as %2, the name this model takes it by."_s.arg(
                name.parameter, name.replacement));
        }
    }
    return notes;
}

} // namespace Lorikeet
