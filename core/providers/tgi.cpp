// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// TGI's own routes (router/src/server.rs and validation.rs), as LoRAX inherited them.

#include "providers/generateprovider.h"
#include "providers/parametertables.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

std::optional<QString> grammarProblem(const QJsonValue &grammar)
{
    if (grammar.isUndefined() || grammar.isNull()) {
        return std::nullopt;
    }
    const QString type = grammar[u"type"_s].toString();
    if (type != u"json"_s && type != u"regex"_s && type != u"json_schema"_s) {
        return u"grammar needs a type: json, json_schema or regex."_s;
    }
    return grammar[u"value"_s].isUndefined()
        ? std::optional(u"grammar needs a value: the schema or the regular expression."_s)
        : std::nullopt;
}

class TgiProvider final : public GenerateProvider
{
public:
    [[nodiscard]] QString id() const override { return u"tgi"_s; }

    [[nodiscard]] ParameterSpecs parameters(const QString &) const override
    {
        return tgiParameters();
    }

protected:
    [[nodiscard]] Server server() const override { return Server::Tgi; }

    [[nodiscard]] std::optional<QString> addAdapter(
        QJsonObject &parameters, const AdapterChoice &adapter) const override
    {
        if (!adapter.scales.isEmpty() || adapter.merged || !adapter.source.isEmpty()
            || !adapter.token.isEmpty()) {
            return u"TGI chooses among the adapters it was started with, by id alone: it takes no "
                   "source, token, scales or merging."_s;
        }
        if (!adapter.id.isEmpty()) {
            parameters.insert(u"adapter_id"_s, adapter.id);
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<QString> problem(
        const QJsonObject &parameters, bool stream) const override
    {
        if (const auto problem = grammarProblem(parameters[u"grammar"_s])) {
            return problem;
        }
        return generateProblem(parameters, stream);
    }
};

} // namespace

const Provider &tgiProvider()
{
    static const TgiProvider provider;
    return provider;
}

} // namespace Lorikeet
