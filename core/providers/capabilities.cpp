// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/capabilities.h"

#include "providers/evidence.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using State = CapabilityFinding::State;
using Ground = CapabilityFinding::Ground;

/// What answers showed of one capability.
struct Shown
{
    State state = State::Unknown;
    QString reason;
};

State yesOrNo(bool is) { return is ? State::Yes : State::No; }

QString wordOf(const QJsonValue &value)
{
    return value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s)
        : value.isNull()  ? u"null"_s
                          : u"“%1”"_s.arg(value.toString());
}

/// What the answers of one server show; the capability is the only thing a question adds.
class Shows final
{
public:
    Shows(const EndpointDescription &description, const QString &model,
        const QList<HttpReply> &replies)
        : m_server(serverFromName(description.server))
        , m_description(description)
        , m_model(model)
        , m_evidence(replies)
    { }

    [[nodiscard]] std::optional<Shown> of(Capability capability) const
    {
        switch (capability) {
        case Capability::Tools:
            return tools();
        case Capability::Tokenize:
            return routeOfApi({u"/tokenize"_s});
        case Capability::Metrics:
            return metrics();
        case Capability::Embeddings:
            return embeddings();
        case Capability::Rerank:
            return taskOfApi({u"/v1/rerank"_s, u"/rerank"_s});
        case Capability::Adapters:
            return adapters();
        case Capability::AdapterLoading:
            return loading();
        case Capability::StreamUsage:
        case Capability::JsonSchema:
        case Capability::Logprobs:
            return std::nullopt; // no server tells
        }
        Q_UNREACHABLE_RETURN(std::nullopt);
    }

private:
    /// SGLang's own report of how it was started; its route changed its name.
    [[nodiscard]] std::pair<QString, QJsonObject> serverInfo() const
    {
        for (const QLatin1StringView path : {"/server_info"_L1, "/get_server_info"_L1}) {
            if (const QJsonObject info = m_evidence.object(path); !info.isEmpty()) {
                return {path, info};
            }
        }
        return {};
    }

    /// What SGLang was started with: `option`, which switches something on where it is true or, as
    /// a name, not empty.
    [[nodiscard]] std::optional<Shown> switchedBy(const QString &option) const
    {
        const auto [path, info] = serverInfo();
        if (!info.contains(option)) {
            return std::nullopt;
        }
        const QJsonValue value = info[option];
        return Shown{yesOrNo(value.toBool() || !value.toString().isEmpty()),
            u"GET %1: %2 is %3"_s.arg(path, option, wordOf(value))};
    }

    [[nodiscard]] std::optional<Shown> tools() const
    {
        const QJsonValue caps
            = m_evidence.object("/props"_L1)[u"chat_template_caps"_s][u"supports_tools"_s];
        if (caps.toBool()) { // false may still work, by a template of its own
            return Shown{State::Yes, u"GET /props: chat_template_caps.supports_tools is true"_s};
        }
        if (const auto shown = switchedBy(u"tool_call_parser"_s)) {
            return shown;
        }
        for (const QJsonValue &item : m_evidence.models()) {
            const QJsonValue calls = item[u"capabilities"_s][u"function_calling"_s];
            if (calls.isBool() && (m_model.isEmpty() || item[u"id"_s].toString() == m_model)) {
                return Shown{yesOrNo(calls.toBool()),
                    u"GET /v1/models: function_calling of %1 is %2"_s.arg(
                        item[u"id"_s].toString(), wordOf(calls))};
            }
        }
        if (const auto shown = ollamaModel(u"tools"_s)) {
            return shown;
        }
        return lmStudioTools();
    }

    [[nodiscard]] std::optional<Shown> lmStudioTools() const
    {
        for (const QJsonValue &item : m_evidence.list("/api/v1/models"_L1, u"models"_s)) {
            const QJsonValue trained = item[u"capabilities"_s][u"trained_for_tool_use"_s];
            const QString key = item[u"key"_s].toString();
            if (trained.isBool() && (m_model.isEmpty() || key == m_model)) {
                return Shown{yesOrNo(trained.toBool()),
                    u"GET /api/v1/models: trained_for_tool_use of %1 is %2"_s.arg(
                        key, wordOf(trained))};
            }
        }
        return std::nullopt;
    }

    /// What Ollama tells of one model, and newer ones of all in their list.
    [[nodiscard]] std::optional<Shown> ollamaModel(const QString &ability) const
    {
        const QJsonValue shown = m_evidence.object("/api/show"_L1)[u"capabilities"_s];
        if (shown.isArray()) {
            return Shown{yesOrNo(shown.toArray().contains(ability)),
                u"POST /api/show: the capabilities of %1 are %2"_s.arg(
                    m_model.isEmpty() ? m_description.models.value(0).id : m_model,
                    shown.toVariant().toStringList().join(u", "_s))};
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Shown> metrics() const
    {
        if (capabilityOfKind(m_server, Capability::Metrics).value_or(CapabilityFinding()).state
            == State::No) {
            return std::nullopt; // what answers there is something else
        }
        const HttpReply *const reply = m_evidence.reply("/metrics"_L1);
        if (!reply || reply->status == 401 || reply->status == 403 || reply->status == 0) {
            return std::nullopt;
        }
        const bool isElsewhere
            = m_server == Server::Triton || m_server == Server::TritonTensorRtLlm;
        if (!isElsewhere && (reply->status == 404 || reply->status == 501)) {
            return Shown{State::No, u"GET /metrics: %1"_s.arg(reply->status)};
        }
        const bool isExposition = reply->status == 200
            && (reply->body.startsWith("# HELP ") || reply->body.contains("# TYPE "));
        return isExposition
            ? std::optional(Shown{State::Yes, u"GET /metrics: counters in Prometheus' form"_s})
            : std::nullopt;
    }

    [[nodiscard]] std::optional<Shown> embeddings() const
    {
        for (const QLatin1StringView path : {"/model_info"_L1, "/get_model_info"_L1}) {
            const QJsonValue generates = m_evidence.object(path)[u"is_generation"_s];
            if (generates.isBool()) {
                return Shown{yesOrNo(!generates.toBool()),
                    u"GET %1: is_generation is %2"_s.arg(path, wordOf(generates))};
            }
        }
        if (const auto shown = ollamaModel(u"embedding"_s)) {
            return shown;
        }
        return taskOfApi({u"/v1/embeddings"_s, u"/embed"_s});
    }

    [[nodiscard]] std::optional<Shown> adapters() const
    {
        const qsizetype count = m_description.adapters.size();
        if (count > 0) {
            const QString route = m_server == Server::LlamaCpp ? u"/lora-adapters"_s
                : m_evidence.reply("/models"_L1)               ? u"/v1/models"_s
                                                               : u"/api/tags"_s;
            return Shown{State::Yes, u"GET %1 lists %2"_s.arg(route).arg(count)};
        }
        if (m_server == Server::LlamaCpp && m_evidence.json("/lora-adapters"_L1).isArray()) {
            return Shown{State::No, u"GET /lora-adapters lists none"_s};
        }
        return switchedBy(u"enable_lora"_s);
    }

    [[nodiscard]] std::optional<Shown> loading() const
    {
        if (const auto shown = switchedBy(u"enable_lora"_s)) {
            return shown;
        }
        const QString route = u"/v1/load_lora_adapter"_s;
        if (const auto shown = routeOfApi({route})) {
            return shown;
        }
        // Asked with a method that it does not take.
        const HttpReply *const reply = m_evidence.reply("/v1/load_lora_adapter"_L1);
        if (m_server == Server::Vllm && reply && (reply->status == 405 || reply->status == 404)) {
            return Shown{
                yesOrNo(reply->status == 405), u"GET %1: %2"_s.arg(route).arg(reply->status)};
        }
        return std::nullopt;
    }

    /// Whether the server's description of its own API has one of these routes. That it lacks them
    /// counts only where all its routes are known to be in there.
    [[nodiscard]] std::optional<Shown> routeOfApi(const QStringList &routes) const
    {
        const QJsonObject paths = m_evidence.object("/openapi.json"_L1)[u"paths"_s].toObject();
        for (const QString &route : routes) {
            if (paths.contains(route)) {
                return Shown{State::Yes, u"GET /openapi.json lists %1"_s.arg(route)};
            }
        }
        const bool isWhole = m_server == Server::Vllm || m_server == Server::Sglang;
        return paths.isEmpty() || !isWhole
            ? std::nullopt
            : std::optional(Shown{
                  State::No, u"GET /openapi.json does not list %1"_s.arg(routes.constFirst())});
    }

    /// As above, of a route that is there for any model and works with some.
    [[nodiscard]] std::optional<Shown> taskOfApi(const QStringList &routes) const
    {
        std::optional<Shown> shown = routeOfApi(routes);
        if (shown && shown->state == State::Yes) {
            return Shown{State::Unknown, shown->reason + u"; whether the model can is not told"_s};
        }
        return shown;
    }

    const Server m_server;
    const EndpointDescription &m_description;
    const QString m_model;
    const Evidence m_evidence;
};

/// The parameters by which a dialect asks for something; it can be had where one is honoured.
QStringList parametersFor(Capability capability)
{
    switch (capability) {
    case Capability::Tools:
        return {u"tools"_s};
    case Capability::JsonSchema:
        return {u"response_format"_s, u"format"_s, u"output_config"_s, u"text"_s, u"grammar"_s,
            u"responseJsonSchema"_s, u"json_schema"_s, u"structured_outputs"_s,
            u"guided_decoding_guide"_s};
    case Capability::Logprobs:
        return {u"logprobs"_s, u"responseLogprobs"_s, u"top_logprobs"_s, u"n_probs"_s,
            u"top_n_tokens"_s, u"return_k_alternatives"_s};
    default:
        return {};
    }
}

/// What the table of the dialect's parameters tells, the same that a person sets them by.
std::optional<CapabilityFinding> fromParameters(
    const Provider *provider, const QString &server, Capability capability)
{
    const QStringList names = parametersFor(capability);
    if (!provider || names.isEmpty() || serverFromName(server) == Server::Unknown
        || serverFromName(server) == Server::LiteLlm) {
        return std::nullopt;
    }
    const ParameterSpecs specs = provider->parameters(server);
    for (const QString &name : names) {
        if (const ParameterSpec *spec = findParameter(specs, name)) {
            const bool isHonoured = spec->fate != ParameterSpec::Fate::Ignored;
            return CapabilityFinding{capability, yesOrNo(isHonoured), Ground::Kind,
                isHonoured ? u"the parameter %1"_s.arg(name)
                           : u"it ignores the parameter %1"_s.arg(name)};
        }
    }
    return CapabilityFinding{
        capability, State::No, Ground::Kind, u"this dialect has no parameter for it"_s};
}

} // namespace

QStringList capabilityRoutes(Server server)
{
    switch (server) {
    case Server::LlamaCpp:
    case Server::Tgi:
    case Server::Lorax:
        return {u"metrics"_s};
    case Server::Vllm:
        return {u"openapi.json"_s, u"metrics"_s};
    case Server::Sglang:
        return {u"metrics"_s, u"model_info"_s, u"get_model_info"_s};
    case Server::LmStudio:
        return {u"api/v1/models"_s};
    default:
        return {};
    }
}

QList<CapabilityFinding> findCapabilities(const QString &provider,
    const EndpointDescription &description, const QString &model, const QList<HttpReply> &replies)
{
    const Server server = serverFromName(description.server);
    const Provider *const dialect = findProvider(provider);
    const Shows shows(description, model, replies);
    QList<CapabilityFinding> findings;
    for (int i = 0; i <= static_cast<int>(lastOf(Capability())); ++i) {
        const auto capability = static_cast<Capability>(i);
        if (const std::optional<Shown> shown = shows.of(capability)) {
            findings.append({capability, shown->state,
                shown->state == State::Unknown ? Ground::None : Ground::Wire, shown->reason});
        } else if (const auto known = capabilityOfKind(server, capability)) {
            findings.append(*known);
        } else {
            findings.append(fromParameters(dialect, description.server, capability)
                    .value_or(CapabilityFinding{.capability = capability}));
        }
    }
    return findings;
}

} // namespace Lorikeet
