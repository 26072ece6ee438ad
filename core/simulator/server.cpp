// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/server.h"

#include "base/logging.h"
#include "simulator/composer.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Sim {

namespace {

using Kind = SimulatorFault::Kind;

constexpr RequestParser::Limits requestLimits{.head = 64 * 1024, .body = 32 * 1024 * 1024};

RouteReply log(const ServerRequest &request, const RouteContext &context)
{
    const QUrlQuery query(QString::fromLatin1(request.query));
    const QByteArray id = query.queryItemValue(u"id"_s, QUrl::FullyDecoded).toUtf8();
    const bool withTokens = query.queryItemValue(u"tokens"_s) == "1"_L1;
    QJsonArray requests;
    for (const SimulatorRecord &record : context.engine.records()) {
        if (id.isEmpty() || record.id == id) {
            requests.append(record.toJson(withTokens));
        }
    }
    QJsonObject faults;
    for (const auto &[fault, count] : context.faults.asKeyValueRange()) {
        faults.insert(fault, count);
    }
    return jsonResponse({{"now_ns"_L1, qint64(Clock::now().time_since_epoch().count())},
        {"requests"_L1, requests}, {"faults"_L1, faults}});
}

constexpr QByteArrayView logPath = "/sim/log";

/// What every personality answers besides its own routes.
constexpr Route logRoute{"GET", logPath, false, log};

/// Whether the route has this path; `name` becomes what its `*` stands for.
bool matches(const Route &route, const ServerRequest &request, QByteArray &name)
{
    const QByteArrayView path = request.path;
    const qsizetype star = route.path.indexOf('*');
    if (star < 0) {
        return route.path == path;
    }
    const QByteArrayView before = route.path.first(star);
    const QByteArrayView after = route.path.sliced(star + 1);
    if (path.size() <= before.size() + after.size() || !path.startsWith(before)
        || !path.endsWith(after)) {
        return false;
    }
    name = QByteArray::fromPercentEncoding(
        path.sliced(before.size()).chopped(after.size()).toByteArray());
    return true;
}

} // namespace

Server::Server(const SimulatorOptions &options, QObject *parent)
    : QTcpServer(parent)
    , m_options(options)
    , m_personality(personalityOf(options))
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
    connection->setCommonHeaders(m_personality.headers);
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
        connection.respond(m_personality.refuse(
            request, {.type = u"BadRequestError"_s, .message = fault.error().message}));
        return;
    }
    if (*fault) {
        ++m_faults[(*fault)->toString()];
        if (strike(connection, **fault)) {
            return;
        }
    }
    if (format != nullptr) {
        Script &script = (*format)->script();
        script.fault = *fault;
        if (script.hasFault(Kind::Empty)) {
            std::ranges::for_each(script.answers, emptyJson);
        }
        m_engine.submit(connection, std::move(*format), received);
    } else {
        connection.respond(std::get<ServerResponse>(reply));
    }
}

RouteReply Server::serve(const ServerRequest &request)
{
    const QByteArrayView method = request.method == "HEAD" ? "GET" : QByteArrayView(request.method);
    if (request.path == logPath && method == "DELETE") {
        m_engine.clearRecords();
        m_faults.clear();
        return ServerResponse();
    }
    QByteArray name;
    QByteArrayList allowed;
    const Route *found = nullptr;
    const auto look = [&](const Route &route) {
        if (found == nullptr && matches(route, request, name)) {
            found = route.method == method ? &route : nullptr;
            allowed.append(route.method.toByteArray());
        }
    };
    look(logRoute);
    std::for_each(m_personality.routes.begin(), m_personality.routes.end(), look);
    if (found == nullptr) {
        return noRoute(request, allowed);
    }
    if (found->guarded && !m_options.key.isEmpty()
        && !m_personality.holdsKey(request, m_options.key.reveal().toUtf8())) {
        return m_personality.refuse(
            request, {.status = 401, .type = u"Unauthorized"_s, .message = u"Unauthorized"_s});
    }
    ++m_requests;
    const QByteArray id = request.header("x-request-id");
    const RouteContext context{.options = m_options,
        .engine = m_engine,
        .faults = m_faults,
        .ordinal = m_engine.submitted(),
        .requestId = id.isEmpty() ? "sim-" + QByteArray::number(m_requests) : id,
        .inFlight = m_engine.inFlight(),
        .name = name};
    return found->answer(request, context);
}

/// 405 where the path is known with another method, else 404.
ServerResponse Server::noRoute(const ServerRequest &request, const QByteArrayList &allowed) const
{
    ServerResponse response = m_personality.refuse(request,
        {.status = allowed.isEmpty() ? 404 : 405,
            .type = {},
            .message = allowed.isEmpty() ? u"Not Found"_s : u"Method Not Allowed"_s});
    if (!allowed.isEmpty()) {
        response.headers.append(Header{"allow", allowed.join(", ")});
    }
    return response;
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
        response = m_personality.refuse(request,
            {.status = 429,
                .type = u"overloaded"_s,
                .message = u"Too many requests. Try again in %1 s."_s.arg(fault.number())});
        response.headers.append(Header{"retry-after", QByteArray::number(fault.number())});
        break;
    case Kind::ServerError:
        response = m_personality.refuse(request,
            {.status = 500,
                .type = u"InternalServerError"_s,
                .message = u"The simulated server failed on purpose."_s});
        break;
    case Kind::Unavailable:
        response = m_personality.refuse(request,
            {.status = 503,
                .type = u"ServiceUnavailable"_s,
                .message = u"The model is still loading. Try again in a moment."_s});
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
