// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "conformancetrial.h"

#include "chatrecorder.h"
#include "providerfixture.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const QString rightKey = u"a-key-of-the-trial"_s;
const QString spoken = u"one two three four"_s;
const QString ticket = u"Classify this ticket: charged twice"_s;

Verdict no(const QString &why) { return {.ground = Verdict::Ground::None, .why = why}; }

Verdict yes() { return {.ground = Verdict::Ground::Simulator, .why = {}}; }

/// Empty if the answer ended well.
QString problemOf(const ChatOutcome &outcome)
{
    return outcome.error ? outcome.error->message + u' ' + outcome.error->serverMessage : QString();
}

/// A call of the function that was declared, with the city it asks for.
bool isTheCall(const ChatOutcome &outcome)
{
    const QList<ToolCall> &calls = outcome.choice().toolCalls;
    return calls.size() == 1 && calls.constFirst().name == "get_weather"_L1
        && QJsonDocument::fromJson(calls.constFirst().arguments.toUtf8())[u"city"_s].isString();
}

} // namespace

ConformanceTrial::ConformanceTrial(const Subject &subject)
    : m_subject(subject)
    , m_simulator(SimulatorOptions{.server = QString::fromLatin1(subject.as),
          .timing = *simulatorProfile(u"fast"),
          .key = Secret(rightKey)})
    , m_manager(makeManager(u"curl"_s))
    , m_client(*m_manager)
{ }

QString ConformanceTrial::connect()
{
    if (const Result<> started = m_simulator.start(); !started) {
        return started.error().message;
    }
    m_target.endpoint.url
        = QUrl(m_simulator.url().toString() + QString::fromLatin1(m_subject.typed));
    m_target.key = Secret(rightKey);
    const auto future = probe(m_client, m_target);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)) {
        return u"The probe did not end."_s;
    }
    const Result<ProbeResult> found = future.result();
    if (!found) {
        return found.error().message;
    }
    if (found->provider != QLatin1StringView(m_subject.provider)) {
        return u"The probe found the dialect %1."_s.arg(found->provider);
    }
    m_description = found->description;
    m_target.endpoint.url = found->url;
    m_target.endpoint.provider = found->provider;
    m_target.endpoint.server = m_description.server;
    m_target.endpoint.serverVersion = m_description.version;
    if (!m_description.models.isEmpty()) {
        m_target.endpoint.model = m_description.models.constFirst().id;
    }
    return {};
}

ParameterSpecs ConformanceTrial::parameters() const
{
    return findProvider(m_target.endpoint.provider)->parameters(m_target.endpoint.server);
}

Verdict ConformanceTrial::of(Feature feature)
{
    switch (feature) {
    case Feature::Stream:
        return stream();
    case Feature::Whole:
        return whole();
    case Feature::Tools:
        return m_subject.tools.isEmpty() ? no(u"no word for tools"_s) : tools();
    case Feature::Schema:
        return m_subject.schema.isEmpty() ? no(u"no word for a schema"_s) : schema();
    case Feature::Logprobs:
        return m_subject.logprobs.isEmpty() ? no(u"no word for probabilities"_s) : logprobs();
    case Feature::Reasoning:
        return m_subject.reasoning.isEmpty() ? no(u"no word for reasoning"_s) : reasoning();
    case Feature::Usage:
        return usage();
    case Feature::Cancel:
        return cancel();
    case Feature::Errors:
        return errors();
    case Feature::Adapters:
        return adapters();
    }
    Q_UNREACHABLE_RETURN({});
}

ChatOutcome ConformanceTrial::ask(const QList<Message> &messages, const Ask &how)
{
    ChatRequest request{.model = m_target.endpoint.model,
        .adapter = how.adapter,
        .messages = messages,
        .parameters = {{QString::fromLatin1(m_subject.limit), 1024}},
        .stream = how.stream};
    const ParameterSpecs specs = parameters();
    const QJsonObject members = QJsonDocument::fromJson(how.parameters).object();
    for (auto it = members.begin(); it != members.end(); ++it) {
        // What no table knows a person would write into the extra body.
        if (findParameter(specs, it.key()) != nullptr) {
            request.parameters.insert(it.key(), it.value());
        } else {
            request.extraBody.insert(it.key(), it.value());
        }
    }
    Target target = m_target;
    if (!how.fault.isEmpty()) {
        target.endpoint.headers.append(Header{"X-Lorikeet-Fault"_ba, how.fault});
    }
    if (!how.key.isEmpty()) {
        target.key = Secret(how.key);
    }
    ChatStream *const stream = m_client.chat(target, request);
    if (how.stopsAtText) {
        QObject::connect(stream, &ChatStream::events, stream, [stream](const StreamEvents &events) {
            for (const StreamEvent &event : events) {
                if (std::holds_alternative<TextDelta>(event.payload)) {
                    stream->stop();
                    return;
                }
            }
        });
    }
    ChatRecorder recorder(stream);
    if (!QTest::qWaitFor([&recorder] { return recorder.isFinished(); }, longWait)) {
        ChatOutcome outcome{.choices = {{}}};
        outcome.error = ApiError{.kind = ApiError::Kind::Internal, .message = u"No end came."_s};
        return outcome;
    }
    return recorder.outcome;
}

ChatOutcome ConformanceTrial::ask(const QString &prompt, const Ask &how)
{
    return ask(QList<Message>{{.role = Role::User, .content = prompt}}, how);
}

Verdict ConformanceTrial::stream()
{
    const ChatOutcome outcome = ask(u"Say: "_s + spoken, {});
    if (outcome.error || outcome.choice().text != spoken) {
        return no(problemOf(outcome) + outcome.choice().text);
    }
    return outcome.timing.chunks > 1 ? yes() : no(u"it came in one piece"_s);
}

Verdict ConformanceTrial::whole()
{
    const ChatOutcome outcome = ask(u"Say: "_s + spoken, {.stream = false});
    if (outcome.error || outcome.choice().text != spoken) {
        return no(problemOf(outcome) + outcome.choice().text);
    }
    const QByteArray type = headerValue(outcome.headers, "content-type");
    return type.startsWith("application/json") ? yes() : no(QString::fromLatin1(type));
}

Verdict ConformanceTrial::tools()
{
    const QString question = u"What is the weather in Ulm?"_s;
    ChatOutcome last;
    for (const bool stream : {false, true}) {
        last = ask(question, {.parameters = m_subject.tools, .stream = stream});
        if (last.error || !isTheCall(last)) {
            return no(problemOf(last) + last.choice().text);
        }
    }
    const ToolCall call = last.choice().toolCalls.constFirst();
    const ChatOutcome answered = ask(
        {{.role = Role::User, .content = question}, {.role = Role::Assistant, .toolCalls = {call}},
            {.role = Role::Tool, .content = u"{\"sky\":\"blue\"}"_s, .toolCallId = call.id}},
        {.parameters = m_subject.tools});
    return !answered.error && !answered.choice().text.isEmpty() ? yes() : no(problemOf(answered));
}

Verdict ConformanceTrial::schema()
{
    for (const bool stream : {false, true}) {
        const ChatOutcome outcome = ask(ticket, {.parameters = m_subject.schema, .stream = stream});
        const QJsonObject object = QJsonDocument::fromJson(outcome.choice().text.toUtf8()).object();
        const QString priority = object[u"priority"_s].toString();
        if (outcome.error || object.size() != 1
            || (priority != "low"_L1 && priority != "high"_L1)) {
            return no(problemOf(outcome) + outcome.choice().text);
        }
    }
    return yes();
}

Verdict ConformanceTrial::logprobs()
{
    const ChatOutcome outcome = ask(u"Say: "_s + spoken, {.parameters = m_subject.logprobs});
    QString joined;
    for (const LogprobDelta::Token &token : outcome.choice().logprobs) {
        if (!token.logprob || *token.logprob > 0) {
            return no(u"no probability of “%1”"_s.arg(token.token));
        }
        joined += token.token;
    }
    // LoRAX and TGI tell of the end-of-text token as well.
    if (outcome.error) {
        return no(problemOf(outcome));
    }
    return joined.startsWith(spoken)
        ? yes()
        : recorded([](const ChatChoice &choice) { return !choice.logprobs.isEmpty(); });
}

Verdict ConformanceTrial::reasoning()
{
    for (const bool stream : {false, true}) {
        const ChatOutcome outcome
            = ask(u"Explain tides"_s, {.parameters = m_subject.reasoning, .stream = stream});
        const ChatChoice &choice = outcome.choice();
        if (outcome.error || choice.text.isEmpty()) {
            return no(problemOf(outcome));
        }
        if (choice.reasoning.isEmpty() || choice.text.contains(choice.reasoning)) {
            return recorded([](const ChatChoice &one) { return !one.reasoning.isEmpty(); });
        }
    }
    return yes();
}

/// The simulated server may tell less than the real one.
Verdict ConformanceTrial::recorded(bool (*holds)(const ChatChoice &)) const
{
    const QString id = QString::fromLatin1(m_subject.provider);
    for (const QString &name : ProviderFixture::names(id)) {
        const ProviderFixture fixture(id, name);
        if (*m_subject.recorded == '\0' || !name.startsWith(QLatin1StringView(m_subject.recorded))
            || !fixture.has(u"stream.sse"_s)) {
            continue;
        }
        ChatAccumulator accumulator;
        const auto replay = ProviderFixture::replay(
            *findProvider(id), fixture.reply().headers, {fixture.read(u"stream.sse"_s)});
        accumulator.add(replay.events);
        if (!replay.error && holds(accumulator.outcome().choice())) {
            return {.ground = Verdict::Ground::Recorded, .why = id + u'/' + name};
        }
    }
    return no(u"none came, and none is recorded"_s);
}

Verdict ConformanceTrial::usage()
{
    const ChatOutcome outcome = ask(u"Say: "_s + spoken, {});
    const QList<SimulatorRecord> records = m_simulator.records();
    if (outcome.error || records.isEmpty()) {
        return no(problemOf(outcome));
    }
    const SimulatorRecord &record = records.constLast();
    return outcome.usage.promptTokens == record.promptTokens
            && outcome.usage.completionTokens == record.completionTokens
        ? yes()
        : no(u"counts are not those of the server"_s);
}

Verdict ConformanceTrial::cancel()
{
    const ChatOutcome outcome = ask(u"Explain tides"_s, {.fault = "stall;5", .stopsAtText = true});
    if (!outcome.error || outcome.error->kind != ApiError::Kind::Cancelled
        || outcome.choice().text.isEmpty()) {
        return no(problemOf(outcome) + outcome.choice().text);
    }
    // The answer would never end by itself.
    const bool isNoticed = QTest::qWaitFor(
        [this] {
            const QList<SimulatorRecord> records = m_simulator.records();
            return !records.isEmpty() && records.constLast().outcome == "aborted"_L1;
        },
        longWait);
    return isNoticed ? yes() : no(u"the server went on"_s);
}

Verdict ConformanceTrial::errors()
{
    using Kind = ApiError::Kind;

    struct Case
    {
        QByteArray fault;
        QString key;
        QList<Kind> kinds;
        bool keepsText;
    };

    // Which of two it is depends on whether the server has words for it.
    const QList<Case> cases{{{}, u"wrong-key"_s, {Kind::Unauthorized, Kind::BadRequest}, false},
        {"429;7", {}, {Kind::RateLimited}, false}, {"503", {}, {Kind::Unavailable}, false},
        {"error;3", {}, {Kind::Server, Kind::Unavailable, Kind::Truncated}, true},
        {"cut;3", {}, {Kind::Truncated}, true}};
    for (const Case &one : cases) {
        const ChatOutcome outcome = ask(u"Explain tides"_s, {.fault = one.fault, .key = one.key});
        const QString which = QString::fromLatin1(one.fault) + one.key;
        if (!outcome.error) {
            return no(u"%1: no error"_s.arg(which));
        }
        const ApiError &error = *outcome.error;
        if (!one.kinds.contains(error.kind) || !error.message.endsWith(u'.')
            || outcome.choice().text.isEmpty() == one.keepsText) {
            return no(u"%1: %2 %3"_s.arg(which, toWord(error.kind), problemOf(outcome)));
        }
        if (error.serverMessage.isEmpty() && !error.body.isEmpty()) {
            return no(u"%1: the server's words are lost"_s.arg(which));
        }
        if (error.message.contains(rightKey) || error.serverMessage.contains(rightKey)) {
            return no(u"%1: it shows the key"_s.arg(which));
        }
    }
    return yes();
}

QList<AdapterChoice> ConformanceTrial::twoAdapters() const
{
    const Provider &provider = *findProvider(m_target.endpoint.provider);
    QList<AdapterChoice> choices;
    switch (provider.adapterStyle(m_target.endpoint.server)) {
    case AdapterStyle::None:
        break;
    case AdapterStyle::Listed:
        for (const AdapterInfo &adapter : m_description.adapters) {
            choices.append({.id = adapter.id});
        }
        break;
    case AdapterStyle::FreeText:
        for (const QString &id : simulatorAdapters()) {
            choices.append({.id = id});
        }
        break;
    case AdapterStyle::Scales:
        for (const AdapterInfo &adapter : m_description.adapters) {
            choices.append({.scales = {{.id = adapter.id.toInt(), .scale = 1}}});
        }
        break;
    }
    return choices.mid(0, 2);
}

Verdict ConformanceTrial::adapters()
{
    const QList<AdapterChoice> choices = twoAdapters();
    if (choices.size() < 2) {
        return no(u"no adapters to choose from"_s);
    }
    QStringList texts;
    for (const AdapterChoice &choice : choices) {
        const ChatOutcome outcome = ask(ticket, {.adapter = choice});
        if (outcome.error) {
            return no(problemOf(outcome));
        }
        texts.append(outcome.choice().text);
    }
    if (texts.first() == texts.last()) {
        return no(u"both adapters answer alike: "_s + texts.first());
    }
    AdapterChoice unknown{.id = u"nobody"_s};
    if (!choices.constFirst().scales.isEmpty()) {
        unknown = {.scales = {{.id = 99, .scale = 1}}};
    }
    const ChatOutcome refused = ask(ticket, {.adapter = unknown});
    return refused.error ? yes() : no(u"an adapter that is not there is answered for"_s);
}

} // namespace Lorikeet
