// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/examination.h"

#include "providers/baseurl.h"
#include "providers/capabilities.h"
#include "providers/errorbody.h"
#include "providers/errorsentence.h"
#include "providers/servers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

HttpRequest jsonPost(const QUrl &url, const Headers &headers, const QJsonObject &body)
{
    HttpRequest request{.verb = "POST",
        .url = url,
        .headers = headers,
        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
    request.headers.append(Header{"Content-Type", "application/json"});
    return request;
}

/// What a server can do is of less use than to be told soon who it is.
constexpr Milliseconds timeout = 2s;

} // namespace

Examination::Examination(const Endpoint &endpoint, const Headers &headers, ProbeResult found)
    : m_endpoint(endpoint)
    , m_headers(headers)
    , m_hasKey(holdsCredentials(headers))
    , m_found(std::move(found))
    , m_root(serverRoot(m_found.url))
    , m_access(accessQuestions(
          serverFromName(m_found.description.server), modelsUrl(openAiBase(m_found.url)), m_root))
{ }

QList<Question> Examination::questions(const Questions &asked) const
{
    const Server server = serverFromName(m_found.description.server);
    QList<Question> all;
    for (const QString &route : capabilityRoutes(server)) {
        all.append({{.url = joined(m_root, route), .headers = m_headers}, timeout});
    }
    if (server == Server::Ollama) {
        all.append(aboutOllamaModel());
    }
    all.append(aboutAzureDeployment());
    for (const AccessQuestion &question : m_access) {
        all.append(
            {{.url = question.url, .headers = withoutCredentials(m_headers)}, timeout, m_hasKey});
    }
    QList<Question> open;
    for (const Question &question : std::as_const(all)) {
        const bool isWaiting = std::ranges::any_of(open, [&question](const Question &other) {
            return other.request.url == question.request.url
                && other.withoutKey == question.withoutKey;
        });
        if (!isWaiting && !asked.answerTo(question.request.url, question.withoutKey)) {
            open.append(question);
        }
    }
    return open;
}

ProbeResult Examination::result(const Questions &asked, const QList<HttpReply> &replies) const
{
    ProbeResult result = m_found;
    for (const AccessQuestion &question : m_access) {
        const Answer *answer = asked.answerTo(question.url, m_hasKey);
        result.description.access.append(
            readAccess(question, answer && answer->reply ? *answer->reply : HttpReply()));
    }
    result.description.capabilities
        = findCapabilities(m_found.provider, m_found.description, model(), replies);
    return result;
}

/// The one that questions about a model are answered for.
QString Examination::model() const
{
    return m_endpoint.model.isEmpty() ? m_found.description.models.value(0).id : m_endpoint.model;
}

/// It tells of one model at a time, and by POST alone.
QList<Question> Examination::aboutOllamaModel() const
{
    if (model().isEmpty()) {
        return {};
    }
    return {{jsonPost(joined(ollamaRoot(m_found.url), u"api/show"), m_headers,
                 QJsonObject{{u"model"_s, model()}}),
        timeout}};
}

/// Azure lists what could be deployed. Whether there is such a deployment is told by a request to
/// it alone; one without messages is refused before a model sees it, and costs nothing.
QList<Question> Examination::aboutAzureDeployment() const
{
    if (serverFromName(m_found.description.server) != Server::Azure
        || !m_found.url.path().contains("/openai/deployments/"_L1)) {
        return {};
    }
    return {{jsonPost(joined(m_found.url, u"chat/completions"), m_headers,
                 QJsonObject{{u"messages"_s, QJsonArray()}}),
        timeout}};
}

std::optional<ApiError> Examination::objection(const Questions &asked) const
{
    for (const Question &question : aboutAzureDeployment()) {
        const Answer *answer = asked.answerTo(question.request.url);
        if (!answer || !answer->reply || answer->reply->status != 404) {
            continue;
        }
        ApiError error = errorFromReply(*answer->reply);
        if (error.code == "DeploymentNotFound"_L1) {
            const QString name = m_found.url.path().section(u'/', -1);
            error.message = u"Azure answers at %1, but has no deployment “%2”: check the name in "
                            "the address."_s.arg(m_found.url.authority(), name);
            return error;
        }
    }
    return std::nullopt;
}

} // namespace Lorikeet
