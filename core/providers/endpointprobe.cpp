// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/endpointprobe.h"

#include "http/apiclient.h"
#include "http/carrier.h"
#include "providers/baseurl.h"
#include "providers/errorsentence.h"
#include "providers/examination.h"
#include "providers/probefailure.h"
#include "providers/provider.h"
#include "providers/questions.h"
#include "providers/registry.h"
#include "providers/serverevidence.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QPromise>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr int mostBases = 5;
/// The list of models decides, and may come from afar; the others are looked for near at hand.
constexpr Milliseconds modelsTimeout = 10s;
constexpr Milliseconds evidenceTimeout = 3s;

QUrl hostRoot(const QUrl &url, const QString &path)
{
    QUrl root = url;
    root.setPath(path);
    root.setQuery(QString());
    return root;
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
        , m_questions(client, TransportOptions::from(target),
              [this] { m_examination ? examined() : decide(); })
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
        QList<Question> questions;
        for (const QUrl &url : urls) {
            questions.append({{.url = url, .headers = m_headers}, timeout});
        }
        m_questions.ask(questions);
    }

    /// All that was asked is answered: asks on, or concludes.
    void decide()
    {
        const Result<HttpReply> models = modelsReply();
        if (!m_typed && !models
            && std::ranges::none_of(m_questions.answers(),
                [](const Answer &answer) { return answer.reply.has_value(); })) {
            finish(Failure(connectionFailure(models.error(), m_base, modelsTimeout)));
            return;
        }
        const Server server = serverFromName(describeEvidence(replies()).server);
        QList<QUrl> more = furtherRoutes(server);
        if (more.isEmpty() && m_bases < mostBases && isMisplaced(server)) {
            more = otherBase(server);
        }
        if (more.isEmpty()) {
            conclude();
        } else {
            ask(more, evidenceTimeout);
        }
    }

    [[nodiscard]] QList<QUrl> furtherRoutes(Server server) const
    {
        if (m_questions.isSlow()) {
            return {};
        }
        QList<QUrl> urls
            = atRoot(server == Server::Unknown ? recognitionRoutes() : evidenceRoutes(server));
        urls.removeIf([this](const QUrl &url) { return m_questions.answerTo(url) != nullptr; });
        return urls;
    }

    /// What answers has no models where they were looked for, though servers of its kind do.
    [[nodiscard]] bool isMisplaced(Server server) const
    {
        const bool needsNone = server == Server::Lorax || server == Server::Tgi
            || server == Server::Langformers || server == Server::Predibase;
        return !hasModels() && !needsNone && !isUnauthorized() && ownDialect(server).isEmpty();
    }

    /// Its routes all lie below one path, which an address may lack.
    [[nodiscard]] bool isAzuresElsewhere(Server server) const
    {
        return server == Server::Azure && !m_base.path().contains("/openai"_L1);
    }

    /// Where else the models may be, if the typed path has none: one step nearer to the root of the
    /// host. What the typed path answered is set aside, to be told of if that fails as well.
    [[nodiscard]] QList<QUrl> otherBase(Server server)
    {
        const std::optional<QUrl> above
            = isAzuresElsewhere(server) ? hostRoot(m_base, u"/openai/v1"_s) : placeAbove(m_base);
        if (!above) {
            return {};
        }
        const QUrl base = openAiBase(*above);
        ++m_bases;
        QList<Answer> answers = m_questions.takeAnswers();
        if (!m_typed) {
            m_typed = {m_base, std::move(answers)};
        }
        m_base = base;
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
        describeAt(provider, m_typed ? m_base : m_target.endpoint.url, std::nullopt);
    }

    /// If `place` is a wrong one, asks on one step nearer to the root of the host; `first` is what
    /// the typed one answered, to be told if that fails as well.
    void describeAt(
        const QString &provider, const QUrl &place, const std::optional<ApiError> &first)
    {
        const QUrl url = provider == u"ollama"_s ? ollamaRoot(place)
            : provider == u"gemini"_s            ? geminiBase(place)
            : provider == u"triton"_s            ? serverRoot(place)
                                                 : openAiBase(place);
        Target target = m_target;
        target.endpoint.provider = provider;
        target.endpoint.url = url;
        m_client.describe(target).then(
            this, [=, this](const Result<EndpointDescription> &description) {
                if (description) {
                    succeed(provider, url, *description);
                    return;
                }
                const std::optional<QUrl> above = placeAbove(place);
                if (above && description.error().kind == ApiError::Kind::NotFound
                    && ++m_bases <= mostBases) {
                    describeAt(provider, *above, first.value_or(description.error()));
                    return;
                }
                ApiError error = first.value_or(description.error());
                if (error.kind == ApiError::Kind::Unauthorized && !holdsCredentials(m_headers)) {
                    error.message = missingKey(
                        findProvider(provider)->displayName(), m_base, error.httpStatus);
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
            finish(
                Failure(keyFailure(replies(), m_base, found.server, holdsCredentials(m_headers))));
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
                m_base = m_typed->first;
                m_questions.setAnswers(m_typed->second);
            }
            finish(Failure(noServerFailure(modelsReply(), m_base)));
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
        examine(ProbeResult{provider, url, std::move(description)});
    }

    void examine(const ProbeResult &found)
    {
        m_examination.emplace(m_target.endpoint, m_headers, found);
        const QList<Question> more
            = m_questions.isSlow() ? QList<Question>() : m_examination->questions(m_questions);
        if (more.isEmpty()) {
            examined();
        } else {
            m_questions.ask(more);
        }
    }

    void examined()
    {
        if (const std::optional<ApiError> objection = m_examination->objection(m_questions)) {
            finish(Failure(*objection));
        } else {
            finish(m_examination->result(m_questions, replies()));
        }
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
        const Answer *answer = m_questions.answerTo(modelsUrl(m_base));
        return answer ? answer->reply : HttpReply();
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

    /// The answers of the base in use come first, since evidence is looked for in this order.
    [[nodiscard]] QList<HttpReply> replies() const
    {
        QList<HttpReply> list;
        for (const Answer &answer : m_questions.answers()) {
            if (answer.reply && !answer.withoutKey) {
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
    Questions m_questions;
    int m_bases = 1; ///< tried so far
    /// The base that was typed and its answers, once another is tried.
    std::optional<std::pair<QUrl, QList<Answer>>> m_typed;
    std::optional<Examination> m_examination; ///< once it is known who answers
    QPromise<Result<ProbeResult>> m_promise;
};

} // namespace

QFuture<Result<ProbeResult>> probe(ApiClient &client, const Target &target)
{
    if (Carrier *carrier = client.carrierFor(target.endpoint.url)) {
        return carrier->describe(target).then(&client,
            [target, provider = carrier->provider()](
                const Result<EndpointDescription> &description) {
                return description.map([&](const EndpointDescription &found) {
                    return ProbeResult{provider, target.endpoint.url, found};
                });
            });
    }
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
