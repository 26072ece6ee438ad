// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/generateprovider.h"
#include "providers/loraxchecks.h"
#include "providers/parametertables.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What response_format does there and nowhere else.
QString formatNote(const ChatRequest &request)
{
    const QString name = u"response_format"_s;
    const QJsonValue format = request.extraBody[u"parameters"_s][name].isUndefined()
        ? request.parameters.value(name)
        : request.extraBody[u"parameters"_s][name];
    if (!format.isObject()) {
        return {};
    }
    const QJsonObject members = format.toObject();
    if (members.contains(u"schema"_s) && members[u"schema"_s].isNull()) {
        return u"With a schema of null LoRAX holds the answer to no form at all: leave schema out "
               "for any JSON object."_s;
    }
    return members[u"type"_s].toString().toLower() == "text"_L1
        ? u"LoRAX makes the answer a JSON object for the type text as well: leave response_format "
          "out for plain text."_s
        : QString();
}

class LoraxProvider : public GenerateProvider
{
public:
    [[nodiscard]] QString id() const override { return u"lorax"_s; }

    [[nodiscard]] ParameterSpecs parameters(const QString &) const override
    {
        return loraxParameters();
    }

    [[nodiscard]] QStringList notes(const Target &target, const ChatRequest &request) const override
    {
        QStringList notes = GenerateProvider::notes(target, request);
        if (const QString note = formatNote(request); !note.isEmpty()) {
            notes.append(note);
        }
        return notes;
    }

protected:
    [[nodiscard]] Server server() const override { return Server::Lorax; }

    [[nodiscard]] std::optional<QString> addAdapter(
        QJsonObject &parameters, const AdapterChoice &adapter) const override
    {
        if (!adapter.scales.isEmpty()) {
            return u"LoRAX does not take adapter scales; give merged adapters weights instead."_s;
        }
        if (!adapter.id.isEmpty()) {
            parameters.insert(u"adapter_id"_s, adapter.id);
        }
        if (!adapter.source.isEmpty()) {
            parameters.insert(u"adapter_source"_s, adapter.source);
        }
        if (!adapter.token.isEmpty()) {
            parameters.insert(u"api_token"_s, adapter.token.reveal());
        }
        if (adapter.merged) {
            parameters.insert(u"merged_adapters"_s, loraxMergeToJson(*adapter.merged));
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<QString> problem(
        const QJsonObject &parameters, bool stream) const override
    {
        return loraxProblem(parameters, stream);
    }
};

/// LoRAX as a service: https://serving.app.predibase.com/TENANT/deployments/v2/llms/DEPLOYMENT,
/// with a token of the account. Adapters are Predibase's own unless another source is named.
class PredibaseProvider final : public LoraxProvider
{
public:
    [[nodiscard]] QString id() const override { return u"predibase"_s; }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        if (!target.endpoint.url.path().contains("/deployments/"_L1)) {
            return fail(ApiError::Kind::InvalidRequest,
                u"%1 names no deployment: an address of Predibase ends in "
                "/TENANT/deployments/v2/llms/DEPLOYMENT."_s.arg(
                    target.endpoint.url.toDisplayString()));
        }
        if (target.key.isEmpty()
            && headerValue(target.endpoint.headers, "Authorization").isEmpty()) {
            return fail(ApiError::Kind::InvalidRequest,
                u"Predibase wants a token with each request: enter it as the endpoint's API key."_s);
        }
        return LoraxProvider::encode(target, request);
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        Result<EndpointDescription> description = LoraxProvider::describe(replies);
        const int status = replies.value(0).status;
        if (!description && (status == 404 || status == 405)) {
            // The gateway need not let /info through; the deployment answers all the same.
            return EndpointDescription{.server = serverName(Server::Predibase),
                .adapterStyle = AdapterStyle::FreeText,
                .notes = {u"Predibase does not tell what this deployment serves."_s}};
        }
        return description;
    }

protected:
    [[nodiscard]] Server server() const override { return Server::Predibase; }

    [[nodiscard]] std::optional<QString> addAdapter(
        QJsonObject &parameters, const AdapterChoice &adapter) const override
    {
        AdapterChoice choice = adapter;
        if (choice.source.isEmpty() && (!choice.id.isEmpty() || choice.merged)) {
            choice.source = u"pbase"_s;
        }
        if (choice.source.compare(u"pbase"_s, Qt::CaseInsensitive) == 0
            && choice.id.count(u'/') > 1) {
            return u"An adapter of Predibase is named REPOSITORY/VERSION, with one slash; for one "
                   "of Hugging Face choose the source hub."_s;
        }
        return LoraxProvider::addAdapter(parameters, choice);
    }
};

} // namespace

const Provider &loraxProvider()
{
    static const LoraxProvider provider;
    return provider;
}

const Provider &predibaseProvider()
{
    static const PredibaseProvider provider;
    return provider;
}

} // namespace Lorikeet
