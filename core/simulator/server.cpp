// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/server.h"

#include "base/logging.h"
#include "simulator/lorax.h"
#include "simulator/openai.h"
#include "simulator/openairequest.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Sim {

namespace {

using Dialect = SimulatorDialect;
using Kind = SimulatorFault::Kind;

constexpr RequestParser::Limits requestLimits{.head = 64 * 1024, .body = 32 * 1024 * 1024};

/// An error in the shape of the dialect the path belongs to.
ServerResponse errorFor(
    const ServerRequest &request, int status, const QString &type, const QString &message)
{
    return request.path.startsWith("/v1/")
        ? openAiError(status, type, message)
        : jsonResponse({{"error"_L1, message}, {"error_type"_L1, type}}, status);
}

} // namespace

const Server::Route Server::routes[] = {
    {"/sim/log", "GET", Dialect::Both, false, &Server::log},
    {"/sim/log", "DELETE", Dialect::Both, false, &Server::forgetLog},
    {"/health", "GET", Dialect::Both, false, &Server::health},
    {"/ping", "GET", Dialect::Both, false, &Server::health},
    {"/metrics", "GET", Dialect::Both, false, &Server::metrics},
    {"/tokenize", "POST", Dialect::Both, false, &Server::tokenize},
    {"/version", "GET", Dialect::OpenAi, false, &Server::version},
    {"/v1/models", "GET", Dialect::OpenAi, true, &Server::models},
    {"/v1/chat/completions", "POST", Dialect::OpenAi, true, &Server::chat},
    {"/", "GET", Dialect::Lorax, false, &Server::health},
    {"/", "POST", Dialect::Lorax, true, &Server::compatible},
    {"/invocations", "POST", Dialect::Lorax, true, &Server::compatible},
    {"/info", "GET", Dialect::Lorax, false, &Server::info},
    {"/generate", "POST", Dialect::Lorax, true, &Server::generate},
    {"/generate_stream", "POST", Dialect::Lorax, true, &Server::generateStream},
};

Server::Server(const SimulatorOptions &options, QObject *parent)
    : QTcpServer(parent)
    , m_options(options)
    , m_engine(options)
    , m_luck(options.seed)
{
    setListenBacklogSize(4096);
    m_sweep.setInterval(500ms);
    connect(&m_sweep, &QTimer::timeout, this, &Server::checkTimeouts);
}

Server::~Server() { stop(); }

Result<> Server::start()
{
    if (!listen(m_options.host, m_options.port)) {
        return fail(ApiError::Kind::Refused,
            u"The simulator cannot listen on %1, port %2: %3."_s.arg(m_options.host.toString())
                .arg(m_options.port)
                .arg(errorString()));
    }
    m_sweep.start();
    return {};
}

void Server::stop()
{
    close();
    m_sweep.stop();
    for (ServerConnection *const connection : std::exchange(m_connections, {})) {
        connection->disconnect(this);
        connection->cut();
        m_engine.cancel(*connection);
        delete connection;
    }
}

void Server::incomingConnection(qintptr descriptor)
{
    auto *const connection = new ServerConnection(descriptor, requestLimits, this);
    if (!connection->isOpen() || m_connections.size() >= m_options.connections) {
        qCWarning(logSimulator) << "A connection was turned away;" << m_connections.size()
                                << "are open";
        delete connection;
        return;
    }
    m_connections.insert(connection);
    connect(connection, &ServerConnection::requestReceived, this,
        [this, connection] { handle(*connection); });
    connect(
        connection, &ServerConnection::closed, this, [this, connection] { closed(*connection); });
}

void Server::closed(ServerConnection &connection)
{
    m_engine.cancel(connection);
    m_connections.remove(&connection);
    connection.deleteLater();
}

void Server::checkTimeouts()
{
    for (ServerConnection *const connection : std::as_const(m_connections)) {
        connection->checkTimeouts(m_options.headTimeout, m_options.idleTimeout);
    }
}

void Server::handle(ServerConnection &connection)
{
    const TimePoint received = Clock::now();
    const ServerRequest &request = connection.request();
    RouteReply reply = serve(request);
    auto *const format = std::get_if<std::unique_ptr<AnswerFormat>>(&reply);
    const Result<std::optional<SimulatorFault>> fault
        = chooseFault(request, format == nullptr ? nullptr : format->get());
    if (!fault) {
        connection.respond(errorFor(request, 400, u"BadRequestError"_s, fault.error().message));
        return;
    }
    if (*fault && strike(connection, **fault)) {
        return;
    }
    if (format != nullptr) {
        (*format)->script().fault = *fault;
        m_engine.submit(connection, std::move(*format), received);
    } else {
        connection.respond(std::get<ServerResponse>(reply));
    }
}

RouteReply Server::serve(const ServerRequest &request)
{
    const QByteArrayView method = request.method == "HEAD" ? "GET" : QByteArrayView(request.method);
    const auto *const route
        = std::find_if(std::begin(routes), std::end(routes), [&](const Route &known) {
              return known.path == request.path && known.method == method
                  && (known.dialect == m_options.dialect || known.dialect == Dialect::Both
                      || m_options.dialect == Dialect::Both);
          });
    if (route == std::end(routes)) {
        return noRoute(request);
    }
    if (route->guarded && !mayAsk(request)) {
        return jsonResponse({{"error"_L1, u"Unauthorized"_s}}, 401);
    }
    ++m_requests;
    const QByteArray id = request.header("x-request-id");
    const RouteContext context{.options = m_options,
        .ordinal = m_engine.submitted(),
        .requestId = id.isEmpty() ? "sim-" + QByteArray::number(m_requests) : id,
        .inFlight = m_engine.inFlight()};
    return (this->*route->handler)(request, context);
}

/// 405 where the path is known with another method, else 404; LoRAX's are without a body.
ServerResponse Server::noRoute(const ServerRequest &request) const
{
    QByteArrayList allowed;
    for (const Route &route : routes) {
        if (route.path == request.path
            && (route.dialect == m_options.dialect || route.dialect == Dialect::Both
                || m_options.dialect == Dialect::Both)) {
            allowed.append(route.method.toByteArray());
        }
    }
    const int status = allowed.isEmpty() ? 404 : 405;
    ServerResponse response{.status = status};
    if (m_options.dialect != Dialect::Lorax) {
        const QString detail = allowed.isEmpty() ? u"Not Found"_s : u"Method Not Allowed"_s;
        response = jsonResponse({{"detail"_L1, detail}}, status);
    }
    if (!allowed.isEmpty()) {
        response.headers.append(Header{"allow", allowed.join(", ")});
    }
    return response;
}

bool Server::mayAsk(const ServerRequest &request) const
{
    return m_options.key.isEmpty()
        || request.header("authorization") == "Bearer " + m_options.key.reveal().toUtf8();
}

RouteReply Server::chat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context);
}

RouteReply Server::compatible(const ServerRequest &request, const RouteContext &context)
{
    return loraxGenerate(request, context, LoraxRoute::Compatible);
}

RouteReply Server::generate(const ServerRequest &request, const RouteContext &context)
{
    return loraxGenerate(request, context, LoraxRoute::Generate);
}

RouteReply Server::generateStream(const ServerRequest &request, const RouteContext &context)
{
    return loraxGenerate(request, context, LoraxRoute::GenerateStream);
}

RouteReply Server::health(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    return ServerResponse();
}

RouteReply Server::info(const ServerRequest & /*request*/, const RouteContext &context)
{
    return loraxInfo(context.options);
}

RouteReply Server::log(const ServerRequest &request, const RouteContext & /*context*/)
{
    const QUrlQuery query(QString::fromLatin1(request.query));
    const QByteArray id = query.queryItemValue(u"id"_s, QUrl::FullyDecoded).toUtf8();
    const bool withTokens = query.queryItemValue(u"tokens"_s) == "1"_L1;
    QJsonArray requests;
    for (const SimulatorRecord &record : m_engine.records()) {
        if (id.isEmpty() || record.id == id) {
            requests.append(record.toJson(withTokens));
        }
    }
    return jsonResponse({{"now_ns"_L1, qint64(Clock::now().time_since_epoch().count())},
        {"requests"_L1, requests}});
}

RouteReply Server::forgetLog(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    m_engine.clearRecords();
    return ServerResponse();
}

RouteReply Server::metrics(const ServerRequest & /*request*/, const RouteContext &context)
{
    const Statistics statistics = m_engine.statistics();
    QByteArray text;
    if (m_options.dialect != Dialect::Lorax) {
        text += openAiMetrics(statistics, context.options);
    }
    if (m_options.dialect != Dialect::OpenAi) {
        text += loraxMetrics(statistics);
    }
    return ServerResponse{.contentType = "text/plain; version=0.0.4; charset=utf-8", .body = text};
}

RouteReply Server::models(const ServerRequest & /*request*/, const RouteContext &context)
{
    return openAiModels(context.options);
}

/// Both dialects have this path; LoRAX's body is told by its "inputs".
RouteReply Server::tokenize(const ServerRequest &request, const RouteContext &context)
{
    const bool lorax = m_options.dialect == Dialect::Lorax
        || (m_options.dialect == Dialect::Both
            && QJsonDocument::fromJson(request.body).object().contains("inputs"_L1));
    return lorax ? loraxTokenize(request) : openAiTokenize(request, context.options);
}

RouteReply Server::version(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    // A number that clients may compare, and a mark that this is not the real one.
    return jsonResponse({{"version"_L1, u"0.17.0+simulated"_s}});
}

Result<std::optional<SimulatorFault>> Server::chooseFault(
    const ServerRequest &request, const AnswerFormat *format)
{
    std::optional<SimulatorFault> chosen;
    if (const QByteArray header = request.header("x-lorikeet-fault"); !header.isEmpty()) {
        const Result<SimulatorFault> fault = parseSimulatorFault(QString::fromUtf8(header));
        if (!fault) {
            return Failure(fault.error());
        }
        chosen = *fault;
    } else if (format != nullptr) {
        chosen = format->script().fault;
        for (const SimulatorFaultRule &rule : std::as_const(m_options.faults)) {
            // Luck is asked for every rule, so that each keeps its own frequency.
            if (m_luck.chance(rule.probability) && !chosen) {
                chosen = rule.fault;
            }
        }
    }
    if (chosen && chosen->kind == Kind::Unavailable) {
        const quint64 key = stableHash(request.body, stableHash(request.path));
        if (m_refusals.size() > 100'000) {
            m_refusals.clear(); // requests that never came again
        }
        if (m_refusals[key]++ >= chosen->number()) {
            m_refusals.remove(key);
            chosen.reset();
        }
    }
    return chosen;
}

bool Server::strike(ServerConnection &connection, const SimulatorFault &fault)
{
    const ServerRequest &request = connection.request();
    ServerResponse response;
    switch (fault.kind) {
    case Kind::RateLimited:
        response = errorFor(request, 429, u"overloaded"_s,
            u"Too many requests. Try again in %1 s."_s.arg(fault.number()));
        response.headers.append(Header{"retry-after", QByteArray::number(fault.number())});
        break;
    case Kind::ServerError:
        response = errorFor(
            request, 500, u"InternalServerError"_s, u"The simulated server failed on purpose."_s);
        break;
    case Kind::Unavailable:
        response = errorFor(request, 503, u"ServiceUnavailable"_s,
            u"The model is still loading. Try again in a moment."_s);
        break;
    case Kind::Html:
        response = {.contentType = "text/html; charset=utf-8",
            .body
            = "<!doctype html>\n<html><head><title>Welcome</title></head>"
              "<body><h1>It works!</h1><p>This is a web page, not a model.</p></body></html>\n"};
        break;
    case Kind::Redirect:
        response.status = 307;
        response.headers.append(Header{"location",
            fault.parameter.isEmpty() ? "http://elsewhere.invalid" + request.path
                                      : QUrl(fault.parameter).toEncoded()});
        break;
    case Kind::Silent:
        return true; // the client waits until it has had enough
    case Kind::Drip:
        connection.setDrip(Milliseconds(std::max(fault.number(), 1)));
        return false;
    default:
        return false;
    }
    connection.respond(response);
    return true;
}

} // namespace Lorikeet::Sim

#include "moc_server.cpp"
