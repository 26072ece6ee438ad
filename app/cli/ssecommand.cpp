// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ssecommand.h"

#include "base/invalidrequest.h"
#include "endpointoptions.h"
#include "http/replylife.h"
#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "standardoutput.h"
#include "store/secretstore.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr qsizetype largestErrorBody = 64 * 1024;

/// As curl has it: the text itself, or @FILE, or @- for stdin.
Result<QByteArray> bodyOf(const QString &data)
{
    if (!data.startsWith(u'@')) {
        return data.toUtf8();
    }
    const QString name = data.sliced(1);
    QFile file(name);
    const bool opened
        = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened) {
        return invalidRequest(u"--data: “%1” cannot be read: %2."_s.arg(name, file.errorString()));
    }
    return file.readAll();
}

void setHeaderUnlessGiven(Headers &headers, const QByteArray &name, const QByteArray &value)
{
    if (headerValue(headers, name).isEmpty()) {
        headers.append({name, value});
    }
}

QJsonObject toJson(const SseParser::Event &event, Nanoseconds since)
{
    return {{u"type"_s, QString::fromUtf8(event.type)}, {u"data"_s, QString::fromUtf8(event.data)},
        {u"lastEventId"_s, QString::fromUtf8(event.lastEventId)},
        {u"t_ns"_s, qint64(since.count())}};
}

/// What lies there in a text of JSON: a text as it is, anything else as JSON; nothing if there is
/// nothing, or no JSON.
QByteArray textAt(QByteArrayView json, const QStringList &path)
{
    const QJsonDocument document = QJsonDocument::fromJson(json.toByteArray());
    QJsonValue value
        = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    for (const QString &step : path) {
        value = value.isArray() ? value.toArray().at(step.toInt()) : value[step];
    }
    if (value.isString()) {
        return value.toString().toUtf8();
    }
    return value.isNull() || value.isUndefined()
        ? QByteArray()
        : QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
}

} // namespace

CommandHelp SseCommand::help()
{
    const QList<OptionHelp> own{
        {{u"request"_s, u"X"_s}, u"VERB"_s,
            u"The HTTP verb. Default: GET, or POST where there is --data."_s},
        {{u"data"_s, u"d"_s}, u"TEXT|@FILE"_s,
            u"Sends this body, or that of a file, or with @- what stdin has. Its content type is "
            "application/json unless --header says otherwise."_s},
        {{u"text"_s, u"t"_s}, u"PATH"_s,
            u"Prints, instead of the events, what their data holds there as JSON, one piece after "
            "the other: chunk, or choices.0.delta.content. Events without it are passed over."_s},
    };
    return {
        .name = u"sse"_s,
        .arguments = u"URL"_s,
        .summary = u"print the events of an event stream as lines of JSON"_s,
        .description
        = {u"Sends a request and prints each server-sent event of the answer as one JSON object a "
           "line, as soon as it is complete: type, data, lastEventId, and t_ns, nanoseconds from "
           "the request written to the event received. The stream is read by the rules of the "
           "HTML standard, so that an event without its blank line at the end is not printed."_s,
            u"Redirects are not followed, so that no key goes where it was not sent."_s},
        .options = own + requestOptions() + idleOption(),
        .examples = {{u"Watch what a chat endpoint really sends:"_s,
                         u"lori sse -d '{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                         "\"stream\":true}' http://localhost:8080/v1/chat/completions"_s},
            {u"Join the pieces of any server's answer:"_s,
                u"lori sse -d '{\"prompt\":\"Hi\"}' --text chunk http://localhost:8000/api/generate"_s},
            {u"Follow a stream with a key from the environment, its data alone:"_s,
                u"lori sse --key-env TOKEN https://example.org/events | jq -r .data"_s}},
    };
}

Result<std::unique_ptr<Command>> SseCommand::make(
    const CommandLine &line, QNetworkAccessManager &manager)
{
    if (line.arguments().size() != 1) {
        return invalidRequest(line.arguments().isEmpty()
                ? u"Which stream? Give its URL."_s
                : u"There is more than one URL: sse takes one, after the options."_s);
    }
    const std::optional<QUrl> url = addressFrom(line.arguments().constFirst());
    if (!url) {
        return invalidRequest(u"“%1” is not an address."_s.arg(line.arguments().constFirst()));
    }
    Target target;
    target.endpoint.url = *url;
    target.endpoint.unixSocket = endpointAddress(line.arguments().constFirst()).unixSocket;
    if (const Result<> applied = applyRequestOptions(line, target); !applied) {
        return Failure(applied.error());
    }
    const Result<Headers> headers = expandVariables(target.endpoint.headers);
    if (!headers) {
        return Failure(headers.error());
    }
    HttpRequest request{.url = *url, .headers = *headers};
    if (line.has(u"data"_s)) {
        const Result<QByteArray> body = bodyOf(line.value(u"data"_s));
        if (!body) {
            return Failure(body.error());
        }
        request.body = *body;
        request.verb = "POST";
        setHeaderUnlessGiven(request.headers, "Content-Type", "application/json");
    }
    if (line.has(u"request"_s)) {
        request.verb = line.value(u"request"_s).toUpper().toUtf8();
    }
    setHeaderUnlessGiven(request.headers, "Accept", "text/event-stream");
    setHeaderUnlessGiven(request.headers, "Cache-Control", "no-store");
    if (!target.key.isEmpty()) {
        setHeaderUnlessGiven(
            request.headers, "Authorization", "Bearer " + target.key.reveal().toUtf8());
    }
    return std::unique_ptr<Command>(
        new SseCommand(request, target, line.value(u"text"_s), manager));
}

SseCommand::SseCommand(const HttpRequest &request, const Target &target, const QString &path,
    QNetworkAccessManager &manager)
    : m_request(request)
    , m_target(target)
    , m_path(path.split(u'.', Qt::SkipEmptyParts))
    , m_manager(manager)
{
    const auto limit = [this](QTimer &timer, Milliseconds time, const QString &what) {
        timer.setSingleShot(true);
        timer.setInterval(time);
        connect(&timer, &QTimer::timeout, this, [this, time, what] {
            ApiError error;
            error.kind = ApiError::Kind::IdleTimeout;
            error.message = what.arg(placeOf(m_request.url)).arg(toSeconds(time));
            finish(error);
        });
    };
    const Timeouts &timeouts = target.endpoint.timeouts;
    limit(m_idle, timeouts.idle, u"%1 sent nothing for %2 s: check it, or allow more time."_s);
    limit(m_total, timeouts.total, u"The stream of %1 did not end within the %2 s allowed."_s);
}

SseCommand::~SseCommand() { release(); }

void SseCommand::start()
{
    m_start = Clock::now();
    m_reply = sendRequest(m_manager, m_request, TransportOptions::from(m_target));
    connect(m_reply, &QNetworkReply::readyRead, this, &SseCommand::onReceived);
    connect(m_reply, &QNetworkReply::finished, this, &SseCommand::onReplyFinished);
    for (QTimer *timer : {&m_idle, &m_total}) {
        if (timer->interval() > 0) {
            timer->start();
        }
    }
}

void SseCommand::interrupt()
{
    release();
    endInterrupted();
}

void SseCommand::onReceived()
{
    const QList<TimedBytes> received = takeReceived(*m_reply);
    if (m_idle.isActive()) {
        m_idle.start();
    }
    for (const TimedBytes &piece : received) {
        if (!m_reply) {
            return;
        }
        if (isEventStream()) {
            take(piece);
        } else if (m_answer.body.size() < largestErrorBody) {
            m_answer.body += piece.bytes;
        } else {
            onReplyFinished(); // enough of it is there
        }
    }
}

bool SseCommand::isEventStream()
{
    if (m_answer.status == 0) {
        m_answer = replyHead(*m_reply);
    }
    return m_answer.status >= 200 && m_answer.status < 300
        && m_answer.contentType() == "text/event-stream";
}

void SseCommand::take(const TimedBytes &piece)
{
    const TimePoint sent = phaseTimes(*m_reply).sent.value_or(m_start);
    m_parser.feed(piece.bytes);
    for (;;) {
        switch (m_parser.next()) {
        case SseParser::Step::Event:
            if (const auto over = m_path.isEmpty()
                    ? StandardOutput::writeLine(toJson(m_parser.event(), piece.at - sent))
                    : StandardOutput::write(textAt(m_parser.event().data, m_path))) {
                release();
                end(*over);
                return;
            }
            break;
        case SseParser::Step::Comment:
            break;
        case SseParser::Step::NeedsMore:
            return;
        case SseParser::Step::Failed:
            finish(m_parser.error());
            return;
        }
    }
}

void SseCommand::onReplyFinished()
{
    if (m_reply->isFinished()) {
        onReceived();
    }
    if (!m_reply) {
        return;
    }
    const bool isStream = isEventStream();
    const std::optional<ApiError> broken
        = m_reply->isFinished() ? transportError(*m_reply) : std::nullopt;
    if (broken) {
        finish(broken);
    } else if (isStream) {
        finish(std::nullopt);
    } else if (m_answer.status >= 200 && m_answer.status < 300) {
        const QByteArray type = m_answer.contentType();
        finish(protocolError(
            u"%1 sent no event stream but %2."_s.arg(placeOf(m_request.url),
                type.isEmpty() ? u"something without a content type"_s : QString::fromLatin1(type)),
            m_answer.body));
    } else {
        finish(errorFromReply(m_answer));
    }
}

void SseCommand::finish(const std::optional<ApiError> &error)
{
    release();
    if (error) {
        endWith(withoutKey(*error, m_target.key));
    } else {
        end(ExitCode::Done);
    }
}

void SseCommand::release()
{
    if (m_reply) {
        m_reply->disconnect(this);
        abandonReply(*m_reply);
        m_reply.clear();
    }
}

} // namespace Lorikeet
