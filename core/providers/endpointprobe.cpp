// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/endpointprobe.h"

#include "http/apiclient.h"
#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/errorsentence.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "providers/serverevidence.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QPromise>

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr int atOnce = 3;
/// The list of models decides, and may come from afar; the others are looked for near at hand.
constexpr Milliseconds modelsTimeout = 10s;
constexpr Milliseconds evidenceTimeout = 3s;

QString hostText(const QUrl &url)
{
    return url.port() > 0 ? u"%1:%2"_s.arg(url.host()).arg(url.port()) : url.host();
}

QUrl originOf(const QUrl &url)
{
    QUrl origin = url;
    origin.setPath(QString());
    return origin;
}

/// One probing: asks in rounds, each decided by what the ones before brought. Deletes itself.
class Probing final : public QObject
{
public:
    Probing(ApiClient &client, const Target &target)
        : QObject(&client)
        , m_client(client)
        , m_target(target)
        , m_base(openAiBase(target.endpoint.url))
    { }

    QFuture<Result<ProbeResult>> start()
    {
        m_promise.start();
        const QUrl &url = m_target.endpoint.url;
        const bool isHttp = url.scheme() == u"http"_s || url.scheme() == u"https"_s;
        const Result<Headers> headers = requestHeaders(m_target, "application/json", false);
        if (!isHttp || url.host().isEmpty()) {
            finish(fail(ApiError::Kind::InvalidRequest,
                u"“%1” is not the address of a server: it begins with http:// or https:// and "
                "names a host."_s.arg(url.toDisplayString())));
        } else if (!headers) {
            finish(Failure(headers.error()));
        } else {
            m_headers = *headers;
            begin();
        }
        return m_promise.future();
    }

private:
    struct Answer
    {
        QUrl url;
        Result<HttpReply> reply;
    };

    void begin()
    {
        if (const QString own = ownDialect(serverFromHost(m_base)); !own.isEmpty()) {
            describeIn(own);
            return;
        }
        ask({modelsUrl(m_base)}, modelsTimeout);
        // The big hosted services are known by their name; they have none of the other routes.
        const Server byHost = serverFromHost(m_base);
        if (byHost == Server::Unknown) {
            ask(atRoot({u"props"_s, u"info"_s}), evidenceTimeout);
        } else {
            ask(atRoot(evidenceRoutes(byHost)), evidenceTimeout);
        }
    }

    [[nodiscard]] QList<QUrl> atRoot(const QStringList &routes) const
    {
        QList<QUrl> urls;
        for (const QString &route : routes) {
            urls.append(joined(serverRoot(m_base), route));
        }
        return urls;
    }

    void ask(const QList<QUrl> &urls, Milliseconds timeout)
    {
        for (const QUrl &url : urls) {
            m_waiting.append({url, timeout});
        }
        sendWaiting();
    }

    void sendWaiting()
    {
        while (m_running < atOnce && !m_waiting.isEmpty()) {
            const auto [url, timeout] = m_waiting.takeFirst();
            ++m_running;
            m_client
                .fetch(
                    {.url = url, .headers = m_headers}, TransportOptions::from(m_target), timeout)
                .then(this, [this, asked = url](const Result<HttpReply> &reply) {
                    --m_running;
                    m_answers.append({asked, reply});
                    if (!reply && reply.error().kind == ApiError::Kind::TotalTimeout
                        && ++m_timeouts == atOnce) {
                        m_waiting.clear();
                    }
                    sendWaiting();
                    if (m_running == 0) {
                        decide();
                    }
                });
        }
    }

    /// All that was asked is answered: asks on, or concludes.
    void decide()
    {
        const Result<HttpReply> models = modelsReply();
        if (!m_typed && !models
            && std::none_of(m_answers.begin(), m_answers.end(),
                [](const Answer &answer) { return answer.reply.has_value(); })) {
            finish(Failure(connectionError(models.error())));
            return;
        }
        const Server server = serverFromName(describeEvidence(replies()).server);
        QList<QUrl> more = furtherRoutes(server);
        if (more.isEmpty() && !m_typed && isMisplaced(server)) {
            more = otherBase();
        }
        if (more.isEmpty()) {
            conclude();
        } else {
            ask(more, evidenceTimeout);
        }
    }

    [[nodiscard]] QList<QUrl> furtherRoutes(Server server) const
    {
        if (m_timeouts >= atOnce) {
            return {}; // Slow here, slow everywhere: what is known must do.
        }
        QList<QUrl> urls
            = atRoot(server == Server::Unknown ? recognitionRoutes() : evidenceRoutes(server));
        urls.removeIf([this](const QUrl &url) {
            return std::ranges::find(m_answers, url, &Answer::url) != m_answers.end();
        });
        return urls;
    }

    /// What answers has no models where they were looked for, though servers of its kind do.
    [[nodiscard]] bool isMisplaced(Server server) const
    {
        const bool needsNone
            = server == Server::Lorax || server == Server::Tgi || server == Server::Langformers;
        return !hasModels() && !needsNone && !isUnauthorized() && ownDialect(server).isEmpty();
    }

    /// Where else the models may be, if the typed path has none: at the root of the host. What the
    /// typed path answered is set aside, to be told of if that fails as well.
    [[nodiscard]] QList<QUrl> otherBase()
    {
        const QUrl base = openAiBase(originOf(m_base));
        if (base == m_base) {
            return {};
        }
        m_typed = {std::exchange(m_base, base), std::exchange(m_answers, {})};
        return QList{modelsUrl(base)} + atRoot({u"props"_s, u"info"_s});
    }

    /// The dialect in which alone this server can be asked on, if the address does not name its
    /// compatible routes.
    [[nodiscard]] QString ownDialect(Server server) const
    {
        switch (server) {
        case Server::Anthropic:
            return u"anthropic"_s;
        case Server::Gemini:
            return m_base.path().endsWith("/openai"_L1) ? QString() : u"gemini"_s;
        case Server::Ollama:
            return hasModels() && typedPlace() == m_base ? QString() : u"ollama"_s;
        case Server::Triton:
            return hasModels() ? QString() : u"triton"_s; // KServe's others have both
        default:
            return {};
        }
    }

    /// Lets the server tell about itself in its own dialect, and concludes with that.
    void describeIn(const QString &provider)
    {
        const QUrl &typed = m_target.endpoint.url;
        const QUrl url = provider == u"ollama"_s ? ollamaRoot(typed)
            : provider == u"gemini"_s            ? geminiBase(typed)
            : provider == u"triton"_s            ? serverRoot(typed)
                                                 : m_base;
        Target target = m_target;
        target.endpoint.provider = provider;
        target.endpoint.url = url;
        m_client.describe(target).then(
            this, [this, provider, url](const Result<EndpointDescription> &description) {
                if (description) {
                    succeed(provider, url, *description);
                    return;
                }
                ApiError error = description.error();
                if (error.kind == ApiError::Kind::Unauthorized && !holdsCredentials(m_headers)) {
                    error.message = missingKey(findProvider(provider)->displayName(), error);
                }
                finish(Failure(error));
            });
    }

    void conclude()
    {
        const EndpointDescription found = describeEvidence(replies());
        const Server server = serverFromName(found.server);
        const QString dialect = namedDialect(server);
        if (const QString own = ownDialect(server); !own.isEmpty()) {
            describeIn(own);
            return;
        }
        if (isUnauthorized() && server != Server::Lorax && server != Server::Tgi) {
            finish(Failure(keyError(found)));
        } else if (!dialect.isEmpty()) {
            const bool isVersioned = dialect == u"responses"_s || dialect == u"openai"_s;
            succeed(dialect, isVersioned ? m_base : serverRoot(m_base), found);
        } else if (server == Server::Lorax && !(hasModels() && typedPlace() == m_base)) {
            // Its own dialect can do more; but who names /v1, and is right, gets it.
            succeed(u"lorax"_s, serverRoot(m_base), found);
        } else if (server == Server::Langformers) {
            succeed(u"langformers"_s, serverRoot(m_base), found);
        } else if (hasModels() || server == Server::Tgi) {
            succeed(u"openai"_s, m_base, found);
        } else {
            if (m_typed) {
                std::tie(m_base, m_answers) = *m_typed;
            }
            finish(Failure(noServerError()));
        }
    }

    /// The dialect that the typed route, or the host, asks for and the server speaks; empty: none
    /// was named, and the best one is chosen.
    [[nodiscard]] QString namedDialect(Server server) const
    {
        const QString route = routeOf(m_target.endpoint.url);
        if (server == Server::Predibase) {
            return u"predibase"_s;
        }
        if (server == Server::Tgi && (route == u"generate"_s || route == u"generate_stream"_s)) {
            return u"tgi"_s;
        }
        if (server == Server::Lorax && route == u"chat/completions"_s) {
            return u"openai"_s;
        }
        if (server == Server::LlamaCpp && route == u"completion"_s) {
            return u"llamacpp"_s;
        }
        return route == u"responses"_s && hasModels() ? route : QString();
    }

    void succeed(const QString &provider, const QUrl &url, EndpointDescription description)
    {
        if (typedPlace() != url) {
            description.notes.prepend(u"The API lies at %1."_s.arg(url.toDisplayString()));
        }
        finish(ProbeResult{provider, url, std::move(description)});
    }

    /// The address as typed, but for what has no meaning.
    [[nodiscard]] QUrl typedPlace() const
    {
        QUrl url = m_target.endpoint.url;
        url.setFragment(QString());
        while (url.path().endsWith(u'/')) {
            url.setPath(url.path().chopped(1));
        }
        return url;
    }

    [[nodiscard]] Result<HttpReply> modelsReply() const
    {
        const QUrl url = modelsUrl(m_base);
        for (const Answer &answer : m_answers) {
            if (answer.url == url) {
                return answer.reply;
            }
        }
        return HttpReply();
    }

    [[nodiscard]] bool hasModels() const
    {
        const Result<HttpReply> models = modelsReply();
        return models && holdsModelList(*models);
    }

    [[nodiscard]] bool isUnauthorized() const
    {
        return keyRefusal(replies(), modelsUrl(m_base)) != nullptr;
    }

    /// Nothing answered. A server of plain http often meets TLS with silence.
    [[nodiscard]] ApiError connectionError(ApiError error) const
    {
        if (m_base.scheme() == u"https"_s && error.kind == ApiError::Kind::TotalTimeout) {
            error.message = u"%1 did not answer over https within %2 s: if it speaks plain http, "
                            "begin the address with http://."_s.arg(hostText(m_base))
                                .arg(std::chrono::duration<double>(modelsTimeout).count());
        }
        return error;
    }

    [[nodiscard]] ApiError keyError(const EndpointDescription &found) const
    {
        const QList<HttpReply> all = replies();
        const HttpReply *refusal = keyRefusal(all, modelsUrl(m_base));
        ApiError error = refusal ? errorFromReply(*refusal) : ApiError();
        if (!holdsCredentials(m_headers)) {
            error.message
                = missingKey(found.server.isEmpty() ? u"The server"_s : found.server, error);
        }
        return error;
    }

    [[nodiscard]] QString missingKey(const QString &who, const ApiError &error) const
    {
        return missingKeySentence(u"%1 at %2"_s.arg(who, hostText(m_base)), error.httpStatus);
    }

    /// Something answers, but as no server that is known.
    [[nodiscard]] ApiError noServerError() const
    {
        const Result<HttpReply> models = modelsReply();
        if (!models) {
            return models.error();
        }
        if (models->status >= 300 && models->status != 404 && models->status != 405) {
            return errorFromReply(*models);
        }
        if (models->status == 200 && !readErrorBody(models->body)) {
            return protocolError(
                u"%1 answers, but not as a model server does (%2 at %3): check the address."_s.arg(
                    hostText(m_base),
                    models->contentType().isEmpty() ? u"something else"_s
                                                    : QString::fromLatin1(models->contentType()),
                    models->url.path()),
                models->body);
        }
        ApiError error = errorFromReply(*models);
        error.kind = ApiError::Kind::NotFound;
        error.message
            = u"%1 answers, but has no models at %2 and is no server that Lorikeet knows: "
              "check the address."_s.arg(hostText(m_base), models->url.path());
        return error;
    }

    /// The answers of the base in use come first, since evidence is looked for in this order.
    [[nodiscard]] QList<HttpReply> replies() const
    {
        QList<HttpReply> list;
        for (const Answer &answer : m_answers) {
            if (answer.reply) {
                HttpReply reply = *answer.reply;
                reply.url = answer.url;
                const bool isBase = answer.url == modelsUrl(m_base);
                list.insert(isBase ? 0 : list.size(), reply);
            }
        }
        return list;
    }

    void finish(Result<ProbeResult> result)
    {
        const QString key = m_target.key.reveal();
        if (!result && key.size() >= 4) { // Some servers quote the key they refuse.
            ApiError &error = result.error();
            error.serverMessage.replace(key, u"***"_s);
            error.body.replace(key.toUtf8(), "***");
        }
        m_promise.addResult(std::move(result));
        m_promise.finish();
        deleteLater();
    }

    ApiClient &m_client;
    const Target m_target;
    QUrl m_base;
    Headers m_headers;
    QList<std::pair<QUrl, Milliseconds>> m_waiting;
    QList<Answer> m_answers;
    int m_running = 0;
    int m_timeouts = 0;
    /// The base that was typed and its answers, once another is tried.
    std::optional<std::pair<QUrl, QList<Answer>>> m_typed;
    QPromise<Result<ProbeResult>> m_promise;
};

} // namespace

QFuture<Result<ProbeResult>> probe(ApiClient &client, const Target &target)
{
    return (new Probing(client, target))->start();
}

QList<LocalEndpoint> localEndpoints()
{
    const auto at = [](Server server, int port) {
        return LocalEndpoint{serverName(server), QUrl(u"http://127.0.0.1:%1/v1"_s.arg(port))};
    };
    return {{serverName(Server::Ollama), QUrl(u"http://127.0.0.1:11434"_s)},
        at(Server::LlamaCpp, 8080), at(Server::Vllm, 8000), at(Server::LmStudio, 1234)};
}

} // namespace Lorikeet
