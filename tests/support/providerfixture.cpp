// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providerfixture.h"

#include "http/recordreader.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

AdapterChoice adapterFromJson(const QJsonObject &json)
{
    AdapterChoice adapter{.id = json[u"id"_s].toString(),
        .source = json[u"source"_s].toString(),
        .token = Secret(json[u"token"_s].toString())};
    for (const QJsonValue &scale : json[u"scales"_s].toArray()) {
        adapter.scales.append({scale[u"id"_s].toInt(), scale[u"scale"_s].toDouble()});
    }
    if (json.contains(u"merged"_s)) {
        const QJsonValue merged = json[u"merged"_s];
        MergedAdapters value{.strategy = merged[u"strategy"_s].toString(),
            .density = merged[u"density"_s].toDouble(),
            .majoritySignMethod = merged[u"majority_sign_method"_s].toString()};
        for (const QJsonValue &id : merged[u"ids"_s].toArray()) {
            value.ids.append(id.toString());
        }
        for (const QJsonValue &weight : merged[u"weights"_s].toArray()) {
            value.weights.append(weight.toDouble());
        }
        adapter.merged = value;
    }
    return adapter;
}

Message messageFromJson(const QJsonObject &json)
{
    Message message{.role = roleFromString(json[u"role"_s].toString()).value_or(Role::User),
        .content = json[u"content"_s].toString(),
        .reasoning = json[u"reasoning"_s].toString(),
        .toolCallId = json[u"tool_call_id"_s].toString()};
    for (const QJsonValue &call : json[u"tool_calls"_s].toArray()) {
        message.toolCalls.append({call[u"id"_s].toString(), call[u"name"_s].toString(),
            call[u"arguments"_s].toString(), call[u"signature"_s].toString()});
    }
    for (const QJsonValue &thought : json[u"thoughts"_s].toArray()) {
        message.thoughts.append({.text = thought[u"text"_s].toString(),
            .signature = thought[u"signature"_s].toString(),
            .hidden = thought[u"hidden"_s].toString(),
            .textBefore = thought[u"text_before"_s].toInteger(),
            .callsBefore = thought[u"calls_before"_s].toInt()});
    }
    return message;
}

Headers headersFromJson(const QJsonObject &json)
{
    Headers headers;
    for (auto it = json.begin(); it != json.end(); ++it) {
        headers.append({it.key().toUtf8(), it.value().toString().toUtf8()});
    }
    return headers;
}

} // namespace

ProviderFixture::ProviderFixture(const QString &provider, const QString &name)
    : m_path(folder() + u'/' + provider + u'/' + name)
{ }

QString ProviderFixture::folder() { return QStringLiteral(LORIKEET_FIXTURES); }

QStringList ProviderFixture::names(const QString &provider)
{
    return QDir(folder() + u'/' + provider)
        .entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

void ProviderFixture::addRows(const QStringList &files, const QString &pattern)
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("file");
    for (const Provider *provider : providers()) {
        const QString id = provider->id();
        for (const QString &name : names(id)) {
            const ProviderFixture fixture(id, name);
            QStringList found = pattern.isEmpty() ? QStringList() : fixture.files(pattern);
            for (const QString &file : files) {
                if (fixture.has(file)) {
                    found.append(file);
                }
            }
            for (const QString &file : std::as_const(found)) {
                QTest::addRow("%s/%s/%s", qPrintable(id), qPrintable(name), qPrintable(file))
                    << id << name << file;
            }
        }
    }
}

bool ProviderFixture::has(const QString &file) const { return QFile::exists(m_path + u'/' + file); }

QByteArray ProviderFixture::read(const QString &file) const
{
    QFile source(m_path + u'/' + file);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

QJsonObject ProviderFixture::readJson(const QString &file) const
{
    return QJsonDocument::fromJson(read(file)).object();
}

void ProviderFixture::write(const QString &file, const QByteArray &content) const
{
    QFile destination(m_path + u'/' + file);
    if (!destination.open(QIODevice::WriteOnly) || destination.write(content) != content.size()) {
        qFatal("Cannot write %s", qPrintable(destination.fileName()));
    }
}

QStringList ProviderFixture::files(const QString &pattern) const
{
    return QDir(m_path).entryList({pattern}, QDir::Files, QDir::Name);
}

Target ProviderFixture::target() const
{
    const QJsonObject json = readJson(u"request.json"_s);
    const QJsonValue endpoint = json[u"endpoint"_s];
    Target target;
    target.endpoint.name = endpoint[u"name"_s].toString();
    target.endpoint.url = QUrl(endpoint[u"url"_s].toString(u"http://127.0.0.1:8080"_s));
    target.endpoint.server = endpoint[u"server"_s].toString();
    target.endpoint.serverVersion = endpoint[u"version"_s].toString();
    target.endpoint.model = endpoint[u"model"_s].toString();
    target.endpoint.headers = headersFromJson(endpoint[u"headers"_s].toObject());
    target.key = Secret(json[u"key"_s].toString());
    return target;
}

ChatRequest ProviderFixture::request() const
{
    const QJsonObject json = readJson(u"request.json"_s)[u"request"_s].toObject();
    ChatRequest request;
    request.model = json[u"model"_s].toString();
    request.adapter = adapterFromJson(json[u"adapter"_s].toObject());
    for (const QJsonValue &message : json[u"messages"_s].toArray()) {
        request.messages.append(messageFromJson(message.toObject()));
    }
    const QJsonObject parameters = json[u"parameters"_s].toObject();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        request.parameters.insert(it.key(), it.value());
    }
    request.extraBody = json[u"extraBody"_s].toObject();
    request.stream = json[u"stream"_s].toBool(true);
    request.diverged = json[u"diverged"_s].toBool();
    return request;
}

HttpReply ProviderFixture::reply() const
{
    HttpReply reply
        = has(u"head.txt"_s) ? parseHttp(read(u"head.txt"_s) + "\n") : HttpReply{.status = 200};
    reply.body = read(u"reply.json"_s);
    reply.url = target().endpoint.url;
    return reply;
}

ProviderFixture::Replay ProviderFixture::replay(
    const Provider &provider, const Headers &head, const QList<QByteArray> &pieces)
{
    RecordReader reader(provider);
    Replay replay{.events = provider.decodeHead(head, TimePoint())};
    for (const QByteArray &piece : pieces) {
        if (!replay.error) {
            replay.error = reader.feed(piece, TimePoint(), replay.events);
        }
    }
    if (!replay.error) {
        replay.error = reader.finish(TimePoint(), replay.events);
    }
    return replay;
}

QByteArray ProviderFixture::pretty(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

QJsonArray ProviderFixture::toJson(const StreamEvents &events)
{
    QJsonArray array;
    for (const StreamEvent &event : events) {
        QJsonObject object = Lorikeet::toJson(event, event.at);
        object.remove(u"t_ns"_s);
        array.append(object);
    }
    return array;
}

QJsonObject ProviderFixture::toJson(const ApiError &error)
{
    QJsonObject object{{u"kind"_s, toWord(error.kind)}, {u"message"_s, error.message}};
    const auto put = [&object](const QString &name, const QString &text) {
        if (!text.isEmpty()) {
            object.insert(name, text);
        }
    };
    put(u"server_message"_s, error.serverMessage);
    put(u"code"_s, error.code);
    put(u"param"_s, error.param);
    put(u"request_id"_s, error.requestId);
    put(u"location"_s, error.location.toString());
    if (error.httpStatus > 0) {
        object.insert(u"status"_s, error.httpStatus);
    }
    if (error.retryAfter) {
        object.insert(u"retry_after_ms"_s, qint64(error.retryAfter->count()));
    }
    return object;
}

HttpReply ProviderFixture::parseHttp(const QByteArray &text)
{
    HttpReply reply;
    qsizetype at = 0;
    for (bool first = true; at < text.size(); first = false) {
        const qsizetype end = text.indexOf('\n', at);
        const QByteArray line = text.mid(at, end < 0 ? -1 : end - at).trimmed();
        at = end < 0 ? text.size() : end + 1;
        if (first) {
            reply.status = line.split(' ').value(1).toInt();
        } else if (line.isEmpty()) {
            break;
        } else {
            const qsizetype colon = line.indexOf(':');
            reply.headers.append(
                Header{line.first(std::max<qsizetype>(colon, 0)), line.mid(colon + 1).trimmed()});
        }
    }
    reply.body = text.mid(at);
    return reply;
}

} // namespace Lorikeet
