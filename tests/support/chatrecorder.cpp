// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatrecorder.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

const QByteArray finishEvent
    = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"_ba;
const QByteArray doneEvents = finishEvent + "data: [DONE]\n\n"_ba;
const QByteArray wholeAnswer
    = "{\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
      "\"content\":\"whole\"},\"finish_reason\":\"stop\"}],\"usage\":{\"completion_tokens\":1}}"_ba;

ClientSetup::ClientSetup(const QString &managerName)
    : server(std::make_unique<ScriptedServer>())
    , manager(makeManager(managerName))
    , client(std::make_unique<ApiClient>(*manager))
{ }

Target ClientSetup::target(const Timeouts &timeouts) const
{
    Target target;
    target.endpoint.url = server->url(u"/v1"_s);
    target.endpoint.provider = u"openai"_s;
    target.endpoint.timeouts = timeouts;
    target.key = Secret(u"canary-0123456789"_s);
    return target;
}

ChatRequest ClientSetup::question(bool stream)
{
    ChatRequest request;
    request.messages = {{.role = Role::User, .content = u"Hello"_s}};
    request.stream = stream;
    return request;
}

ChatStream *ClientSetup::ask(const Timeouts &timeouts, bool stream) const
{
    return client->chat(target(timeouts), question(stream));
}

ChatRecorder::ChatRecorder(ChatStream *stream)
    : m_stream(stream)
{
    connect(stream, &ChatStream::started, this, [this] { said.append(u"started"_s); });
    connect(stream, &ChatStream::events, this, [this](const StreamEvents &events) {
        said.append(u"events"_s);
        batches.append(events);
    });
    connect(stream, &ChatStream::finished, this, [this](const ChatOutcome &result) {
        said.append(u"finished"_s);
        outcome = result;
    });
}

ChatRecorder::~ChatRecorder() { delete m_stream; }

bool ChatRecorder::isFinished() const { return said.contains(u"finished"_s); }

QString ChatRecorder::text() const
{
    QString all;
    for (const StreamEvents &batch : batches) {
        for (const StreamEvent &event : batch) {
            if (const auto *delta = std::get_if<TextDelta>(&event.payload)) {
                all += delta->text;
            }
        }
    }
    return all;
}

ApiError::Kind ChatRecorder::errorKind() const
{
    return outcome.error ? outcome.error->kind : ApiError::Kind::Internal;
}

} // namespace Lorikeet
