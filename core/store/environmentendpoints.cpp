// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/environmentendpoints.h"

#include "providers/baseurl.h"
#include "providers/registry.h"
#include "providers/servers.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr QUuid idSpace(0x1b0e6d38, 0x7c25, 0x4a91, 0x8d, 0x60, 0xf2, 0x13, 0xa7, 0x5e, 0x09, 0xcd);

/// Reads variables, and remembers which.
class Reader final
{
public:
    explicit Reader(const QProcessEnvironment &environment)
        : m_environment(environment)
    { }

    /// The value of the first of `names` that is set to something.
    QString value(const QStringList &names)
    {
        const QString name = firstSet(names);
        return name.isEmpty() ? QString() : m_environment.value(name).trimmed();
    }

    QString value(const QStringList &names, const QString &otherwise)
    {
        const QString found = value(names);
        return found.isEmpty() ? otherwise : found;
    }

    /// A reference to the first of `names` that is set.
    KeyReference key(const QStringList &names)
    {
        const QString name = firstSet(names);
        return name.isEmpty() ? KeyReference()
                              : KeyReference{.kind = KeyReference::Kind::Environment, .name = name};
    }

    /// Adds a header that takes its value from `name` at each use.
    void header(Endpoint &endpoint, const QByteArray &header, const QString &name,
        const QByteArray &before = {})
    {
        if (!firstSet({name}).isEmpty()) {
            endpoint.headers.append({header, before + "${" + name.toLatin1() + '}'});
        }
    }

    [[nodiscard]] const QStringList &used() const { return m_used; }

private:
    QString firstSet(const QStringList &names)
    {
        for (const QString &name : names) {
            if (!m_environment.value(name).trimmed().isEmpty()) {
                if (!m_used.contains(name)) {
                    m_used.append(name);
                }
                return name;
            }
        }
        return {};
    }

    const QProcessEnvironment &m_environment;
    QStringList m_used;
};

using Made = std::optional<EnvironmentEndpoint>;

/// The dialect, if it is known here, else the OpenAI-compatible one.
QString dialect(const QString &id) { return findProvider(id) ? id : u"openai"_s; }

Made made(Reader &reader, const Endpoint &endpoint, const QString &missing = {})
{
    if (!endpoint.url.isValid() || endpoint.url.host().isEmpty()) {
        return std::nullopt;
    }
    EnvironmentEndpoint result{
        .endpoint = endpoint, .variables = reader.used(), .missing = missing};
    result.endpoint.id = QUuid::createUuidV5(
        idSpace, endpoint.name + u'\n' + endpoint.url.toString(QUrl::FullyEncoded));
    return result;
}

Made openAi(Reader reader)
{
    Endpoint endpoint{.name = u"OpenAI"_s, .provider = u"openai"_s};
    endpoint.key = reader.key({u"OPENAI_API_KEY"_s});
    const QString base = reader.value({u"OPENAI_BASE_URL"_s, u"OPENAI_API_BASE"_s});
    if (endpoint.key.kind == KeyReference::Kind::None && base.isEmpty()) {
        return std::nullopt;
    }
    if (reader.value({u"OPENAI_API_TYPE"_s}).startsWith("azure"_L1)) {
        return std::nullopt; // older clients of Azure use these names
    }
    endpoint.url = base.isEmpty() ? QUrl(u"https://api.openai.com/v1"_s) : endpointUrl(base);
    if (serverFromHost(endpoint.url) == Server::OpenAi) {
        endpoint.server = serverName(Server::OpenAi);
        reader.header(endpoint, "OpenAI-Organization", u"OPENAI_ORG_ID"_s);
        reader.header(endpoint, "OpenAI-Project", u"OPENAI_PROJECT_ID"_s);
    } else {
        endpoint.name = endpoint.url.host();
    }
    return made(reader, endpoint);
}

Made azure(Reader reader)
{
    Endpoint endpoint{.name = u"Azure OpenAI"_s, .provider = u"openai"_s};
    endpoint.server = serverName(Server::Azure);
    endpoint.url
        = endpointUrl(reader.value({u"AZURE_OPENAI_ENDPOINT"_s, u"AZURE_OPENAI_API_BASE"_s}));
    const QString version = reader.value({u"OPENAI_API_VERSION"_s, u"AZURE_OPENAI_API_VERSION"_s});
    const QString deployment = reader.value({u"AZURE_OPENAI_DEPLOYMENT"_s,
        u"AZURE_OPENAI_DEPLOYMENT_NAME"_s, u"AZURE_OPENAI_MODEL_NAME"_s});
    // The token wins, as with the official client.
    reader.header(endpoint, "Authorization", u"AZURE_OPENAI_AD_TOKEN"_s, "Bearer ");
    if (endpoint.headers.isEmpty()) {
        endpoint.key = reader.key({u"AZURE_OPENAI_API_KEY"_s, u"AZURE_OPENAI_KEY"_s});
    }
    if (!endpoint.url.path().contains("/openai"_L1)) {
        const bool isDated = !version.isEmpty() && !deployment.isEmpty();
        endpoint.url = joined(
            endpoint.url, isDated ? u"openai/deployments/"_s + deployment : u"openai/v1"_s);
    }
    if (!version.isEmpty() && endpoint.url.path().contains("/deployments/"_L1)
        && !endpoint.url.hasQuery()) {
        QUrlQuery query;
        query.addQueryItem(u"api-version"_s, version);
        endpoint.url.setQuery(query);
    }
    endpoint.model = deployment;
    return made(reader, endpoint,
        deployment.isEmpty() ? u"Name your deployment as the model."_s : QString());
}

Made mistral(Reader reader)
{
    Endpoint endpoint{.name = u"Mistral"_s, .provider = u"openai"_s};
    endpoint.key = reader.key({u"MISTRAL_API_KEY"_s});
    if (endpoint.key.kind == KeyReference::Kind::None) {
        return std::nullopt;
    }
    endpoint.server = serverName(Server::Mistral);
    endpoint.url
        = endpointUrl(reader.value({u"MISTRAL_API_BASE"_s}, u"https://api.mistral.ai/v1"_s));
    endpoint.model = reader.value({u"MISTRAL_MODEL_NAME"_s});
    return made(reader, endpoint);
}

Made vllm(Reader reader)
{
    Endpoint endpoint{.name = u"vLLM"_s, .provider = u"openai"_s};
    endpoint.server = serverName(Server::Vllm);
    endpoint.url = endpointUrl(reader.value({u"VLLM_API_BASE"_s, u"VLLM_BASE_URL"_s}));
    endpoint.key = reader.key({u"VLLM_API_KEY"_s});
    endpoint.model = reader.value({u"VLLM_MODEL_NAME"_s});
    return made(reader, endpoint);
}

Made anthropic(Reader reader)
{
    Endpoint endpoint{.name = u"Anthropic"_s, .provider = u"anthropic"_s};
    endpoint.key = reader.key({u"ANTHROPIC_API_KEY"_s});
    if (endpoint.key.kind == KeyReference::Kind::None) {
        reader.header(endpoint, "Authorization", u"ANTHROPIC_AUTH_TOKEN"_s, "Bearer ");
    }
    if (!findProvider(endpoint.provider)
        || (endpoint.key.kind == KeyReference::Kind::None && endpoint.headers.isEmpty())) {
        return std::nullopt;
    }
    endpoint.url
        = endpointUrl(reader.value({u"ANTHROPIC_BASE_URL"_s}, u"https://api.anthropic.com"_s));
    return made(reader, endpoint);
}

Made gemini(Reader reader)
{
    const QString id = dialect(u"gemini"_s);
    Endpoint endpoint{.name = u"Gemini"_s, .provider = id};
    endpoint.key = reader.key({u"GOOGLE_API_KEY"_s, u"GEMINI_API_KEY"_s});
    if (endpoint.key.kind == KeyReference::Kind::None) {
        return std::nullopt;
    }
    endpoint.url
        = QUrl(id == "gemini"_L1 ? u"https://generativelanguage.googleapis.com/v1beta"_s
                                 : u"https://generativelanguage.googleapis.com/v1beta/openai"_s);
    return made(reader, endpoint);
}

/// A service of which nothing but the key varies.
Made hosted(Reader reader, const QString &name, const QString &url, const QString &variable)
{
    Endpoint endpoint{.name = name, .url = QUrl(url), .provider = u"openai"_s};
    endpoint.key = reader.key({variable});
    return endpoint.key.kind == KeyReference::Kind::None ? std::nullopt : made(reader, endpoint);
}

Made predibase(Reader reader)
{
    Endpoint endpoint{.name = u"Predibase"_s, .provider = u"predibase"_s};
    endpoint.key = reader.key({u"PREDIBASE_API_TOKEN"_s});
    if (endpoint.key.kind == KeyReference::Kind::None || !findProvider(endpoint.provider)) {
        return std::nullopt;
    }
    endpoint.url
        = QUrl(u"https://serving.app.predibase.com/TENANT/deployments/v2/llms/DEPLOYMENT"_s);
    return made(reader, endpoint,
        u"Put your tenant's short code and the deployment's name into the address."_s);
}

Made ollama(Reader reader)
{
    Endpoint endpoint{.name = u"Ollama"_s, .provider = dialect(u"ollama"_s)};
    endpoint.server = serverName(Server::Ollama);
    endpoint.url = ollamaUrl(reader.value({u"OLLAMA_HOST"_s}));
    return made(reader, endpoint);
}

} // namespace

QUrl ollamaUrl(const QString &host)
{
    QString text = host.trimmed();
    const bool hasScheme = text.contains("://"_L1);
    if (text.isEmpty()) {
        return {};
    }
    if (text.startsWith(u':')) {
        text.prepend(u"127.0.0.1"_s);
    }
    QUrl url = endpointUrl(hasScheme ? text : u"http://"_s + text);
    if (!hasScheme && url.port() < 0) {
        url.setPort(11434);
    }
    return url;
}

QList<EnvironmentEndpoint> endpointsFromEnvironment(const QProcessEnvironment &environment)
{
    const Reader reader(environment);
    QList<EnvironmentEndpoint> all;
    for (const Made &endpoint :
        {openAi(reader), azure(reader), mistral(reader), anthropic(reader), gemini(reader),
            vllm(reader), predibase(reader), ollama(reader),
            hosted(reader, u"Hugging Face"_s, u"https://router.huggingface.co/v1"_s, u"HF_TOKEN"_s),
            hosted(reader, u"OpenRouter"_s, u"https://openrouter.ai/api/v1"_s,
                u"OPENROUTER_API_KEY"_s)}) {
        if (endpoint) {
            all.append(*endpoint);
        }
    }
    return all;
}

} // namespace Lorikeet
