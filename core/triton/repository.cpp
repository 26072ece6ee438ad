// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/repository.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

std::optional<QString> problemWith(const ModelChange &change)
{
    if (change.model.isEmpty()) {
        return u"No model is named: say which one."_s;
    }
    if (change.model.contains(u'/')) {
        return u"“%1” cannot be a model of Triton: the name holds a slash."_s.arg(change.model);
    }
    if (!change.files.isEmpty() && change.config.isEmpty()) {
        return u"Triton takes files for “%1” only together with a configuration: give that too."_s
            .arg(change.model);
    }
    return std::nullopt;
}

QString configText(const ModelChange &change)
{
    return QString::fromUtf8(QJsonDocument(change.config).toJson(QJsonDocument::Compact));
}

HttpRequest encodeChange(const ModelChange &change)
{
    QJsonObject parameters;
    if (change.kind == ModelChange::Kind::Unload) {
        if (change.unloadDependents) {
            parameters.insert(u"unload_dependents"_s, true);
        }
    } else if (!change.config.isEmpty()) {
        parameters.insert(u"config"_s, configText(change));
    }
    for (auto it = change.files.begin(); it != change.files.end(); ++it) {
        parameters.insert(u"file:"_s + it.key(), QString::fromLatin1(it.value().toBase64()));
    }
    const QJsonObject body
        = parameters.isEmpty() ? QJsonObject() : QJsonObject{{u"parameters"_s, parameters}};
    return {.verb = "POST",
        .url = {},
        .headers = {{"Content-Type", "application/json"}},
        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

QString changeRoute(const ModelChange &change)
{
    return u"v2/repository/models/%1/%2"_s.arg(
        change.model, change.kind == ModelChange::Kind::Load ? u"load"_s : u"unload"_s);
}

ApiError changeError(const ApiError &error, const ModelChange &change)
{
    ApiError result = error;
    const auto says = [&error](QLatin1StringView words) {
        return error.serverMessage.contains(words, Qt::CaseInsensitive);
    };
    if (says("explicit model load"_L1)) { // under UNAVAILABLE, as if time could heal it
        result.kind = ApiError::Kind::BadRequest;
        result.message = u"The server lets no client load or unload models: start it with "
                         "--model-control-mode=explicit."_s;
    } else if (says("failed to load"_L1) || says("poll"_L1)) {
        result.kind = ApiError::Kind::BadRequest;
        result.message
            = u"The server could not load “%1”; its own words say why."_s.arg(change.model);
    }
    return result;
}

} // namespace Lorikeet::Triton
