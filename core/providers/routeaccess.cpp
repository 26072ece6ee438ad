// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/routeaccess.h"

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/errorsentence.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Below the root, besides the list of models.
QStringList readableRoutes(Server server)
{
    switch (server) {
    case Server::LlamaCpp:
        return {u"props"_s, u"slots"_s, u"metrics"_s};
    case Server::Vllm:
        return {u"metrics"_s, u"version"_s};
    case Server::Sglang:
        return {u"metrics"_s, u"server_info"_s};
    case Server::Tgi:
    case Server::Lorax:
        return {u"info"_s, u"metrics"_s};
    case Server::Ollama:
        return {u"api/tags"_s};
    case Server::Triton:
    case Server::TritonTensorRtLlm:
        return {u"v2"_s, u"v2/models/stats"_s};
    case Server::Unknown:
    case Server::LiteLlm:
        return {u"metrics"_s};
    default:
        return {};
    }
}

/// Those that change a server, where whoever may ask them is of interest.
QStringList changingRoutes(Server server)
{
    switch (server) {
    case Server::LlamaCpp:
        return {}; // POST /lora-adapters has a GET of its own, and what that tells is no hint
    case Server::Vllm:
        return {u"v1/load_lora_adapter"_s};
    case Server::Sglang:
        return {u"load_lora_adapter"_s};
    default:
        return {};
    }
}

bool isHosted(Server server)
{
    switch (server) {
    case Server::OpenAi:
    case Server::Azure:
    case Server::Mistral:
    case Server::Anthropic:
    case Server::Gemini:
    case Server::Predibase:
        return true;
    default:
        return false;
    }
}

bool hasModels(Server server)
{
    return server != Server::Lorax && server != Server::Langformers && server != Server::Triton
        && server != Server::TritonTensorRtLlm && server != Server::Ollama;
}

RouteAccess::Access accessOf(const AccessQuestion &question, const HttpReply &reply)
{
    using enum RouteAccess::Access;
    switch (reply.status) {
    case 401:
    case 403:
    case 407:
        return Guarded;
    case 404:
    case 501: // llama.cpp's way of saying that it is switched off
        return Absent;
    case 405:
        return question.verb == "GET" ? Absent : Open;
    case 200:
        if (question.verb != "GET" || reply.contentType() == "text/html") {
            return Unknown; // the page of a web application stands for anything
        }
        return readErrorBody(reply.body) ? Absent : Open; // LM Studio's way of saying so
    default:
        return Unknown;
    }
}

} // namespace

QList<AccessQuestion> accessQuestions(Server server, const QUrl &models, const QUrl &root)
{
    if (isHosted(server)) {
        return {};
    }
    QList<AccessQuestion> questions;
    if (hasModels(server)) {
        questions.append({"GET", models});
    }
    for (const QString &route : readableRoutes(server)) {
        questions.append({"GET", joined(root, route)});
    }
    for (const QString &route : changingRoutes(server)) {
        questions.append({"POST", joined(root, route)});
    }
    return questions;
}

RouteAccess readAccess(const AccessQuestion &question, const HttpReply &reply)
{
    RouteAccess access{.route = QString::fromLatin1(question.verb) + u' ' + question.url.path(),
        .access = accessOf(question, reply),
        .reason = reply.status > 0 ? QString::number(reply.status) : u"no answer"_s};
    if (question.verb != "GET") {
        access.reason += u" to GET"_s;
    }
    return access;
}

Headers withoutCredentials(const Headers &headers)
{
    Headers left = headers;
    left.removeIf([](const Header &header) { return holdsCredentials({header}); });
    return left;
}

} // namespace Lorikeet
