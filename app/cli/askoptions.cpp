// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "askoptions.h"

#include "base/invalidrequest.h"
#include "exitcode.h"
#include "nearestname.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QFile>
#include <QJsonDocument>

#include <cmath>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<AdapterChoice> adapterOf(const CommandLine &line)
{
    Result<AdapterChoice> adapter = adapterTokenFrom(line);
    if (!adapter) {
        return adapter;
    }
    adapter->id = line.value(u"adapter"_s);
    adapter->source = line.value(u"adapter-source"_s);
    const Result<QList<AdapterScale>> scales = scalesFrom(line);
    if (!scales) {
        return Failure(scales.error());
    }
    adapter->scales = *scales;
    return adapter;
}

void warnOfUnknown(
    const ParameterSet &parameters, const ParameterSpecs &specs, const QString &server)
{
    QStringList known;
    for (const ParameterSpec &spec : specs) {
        known.append(spec.name);
    }
    for (auto it = parameters.keyBegin(); it != parameters.keyEnd(); ++it) {
        if (!known.contains(*it)) {
            const QString nearest = nearestName(*it, known);
            printNote(u"%1 is not known to have a parameter “%2”; it is sent all the same.%3"_s.arg(
                server, *it, nearest.isEmpty() ? QString() : u" Was “%1” meant?"_s.arg(nearest)));
        }
    }
}

} // namespace

Result<AdapterChoice> adapterTokenFrom(const CommandLine &line)
{
    AdapterChoice adapter;
    if (line.has(u"adapter-key-env"_s)) {
        const QString name = line.value(u"adapter-key-env"_s);
        adapter.token = Secret(qEnvironmentVariable(name.toUtf8().constData()));
        if (adapter.token.isEmpty()) {
            return invalidRequest(
                u"The environment variable %1, which --adapter-key-env names, is not set."_s.arg(
                    name));
        }
    }
    return adapter;
}

Result<QList<AdapterScale>> scalesFrom(const CommandLine &line)
{
    QList<AdapterScale> scales;
    for (const QString &text : line.values(u"scale"_s)) {
        const auto pair = splitPair(text, u'=');
        bool isId = false;
        bool isScale = false;
        const int id = pair ? pair->first.toInt(&isId) : 0;
        const double scale = pair ? pair->second.toDouble(&isScale) : 0;
        if (!isId || !isScale) {
            return invalidRequest(u"--scale takes ID=VALUE, both numbers, not “%1”."_s.arg(text));
        }
        scales.append({.id = id, .scale = scale});
    }
    return scales;
}

QList<OptionHelp> askOptions()
{
    return {
        {{u"model"_s, u"m"_s}, u"ID"_s,
            u"The model to ask. Default: the stored endpoint's, or the server's own; some, as "
            "Ollama, want one named."_s},
        {{u"adapter"_s, u"a"_s}, u"ID"_s,
            u"The LoRA adapter to use. Default: none, the base model."_s},
        {{u"adapter-source"_s}, u"SOURCE"_s,
            u"LoRAX: where the adapter is loaded from: hub, local, s3 or pbase."_s},
        {{u"adapter-key-env"_s}, u"VAR"_s,
            u"LoRAX: takes the token for a private adapter from this environment variable."_s},
        {{u"scale"_s}, u"ID=VALUE"_s,
            u"llama.cpp: the scale of the adapter with this number; those not named count as 0. "
            "May be given more than once."_s},
        {{u"system"_s, u"s"_s}, u"TEXT"_s, u"A system message before the prompt."_s},
        {{u"param"_s, u"P"_s}, u"NAME=VALUE"_s,
            u"Sets a parameter by the server's own name, such as temperature=0.7; one that is "
            "not set is not sent, and the server's default holds. May be given more than once."_s},
        retriesOption(),
        {{u"first-token-timeout"_s}, u"SECONDS"_s,
            u"Gives up when there is no text after this time. 0: no limit. Default: 300."_s},
    };
}

Result<ChatRequest> requestFrom(const CommandLine &line)
{
    ChatRequest request{.model = line.value(u"model"_s)};
    Result<AdapterChoice> adapter = adapterOf(line);
    if (!adapter) {
        return Failure(adapter.error());
    }
    request.adapter = *std::move(adapter);
    if (line.has(u"system"_s)) {
        request.messages.append({.role = Role::System, .content = line.value(u"system"_s)});
    }
    return request;
}

Result<ParameterSet> parametersFrom(const CommandLine &line, const ParameterSpecs &specs)
{
    return parametersFrom(line.values(u"param"_s), specs);
}

Result<ParameterSet> parametersFrom(const QStringList &pairs, const ParameterSpecs &specs)
{
    ParameterSet parameters;
    for (const QString &text : pairs) {
        const auto pair = splitPair(text, u'=');
        if (!pair) {
            return invalidRequest(u"A parameter is written NAME=VALUE, not “%1”."_s.arg(text));
        }
        const auto &[name, value] = *pair;
        const ParameterSpec *spec = findParameter(specs, name);
        if (!spec) {
            const QByteArray json = "[" + value.toUtf8() + "]";
            const QJsonDocument document = QJsonDocument::fromJson(json);
            parameters.insert(name, document.isNull() ? QJsonValue(value) : document[0]);
            continue;
        }
        const std::optional<QJsonValue> parsed = spec->parse(value);
        const std::optional<QString> problem
            = parsed ? spec->check(*parsed) : u"%1 cannot be “%2”."_s.arg(name, value);
        if (problem) {
            return invalidRequest(*problem);
        }
        parameters.insert(name, *parsed);
    }
    return parameters;
}

Result<ParameterSet> parametersFor(
    const CommandLine &line, const Target &target, const ParameterSet &bound)
{
    return parametersFor(line.values(u"param"_s), target, bound);
}

Result<ParameterSet> parametersFor(
    const QStringList &pairs, const Target &target, const ParameterSet &bound)
{
    const Provider *provider = findProvider(target.endpoint.provider);
    const QString &server = target.endpoint.server;
    const ParameterSpecs specs = provider ? provider->parameters(server) : ParameterSpecs();
    Result<ParameterSet> parameters = parametersFrom(pairs, specs);
    for (const auto &[name, value] : bound.asKeyValueRange()) {
        const ParameterSpec *spec = findParameter(specs, name);
        const std::optional<QString> problem = spec ? spec->check(value) : std::nullopt;
        if (parameters && !parameters->contains(name)) {
            parameters->insert(name, value);
            if (problem) {
                return invalidRequest(u"The template's parameters: %1"_s.arg(*problem));
            }
        }
    }
    if (parameters && provider) {
        warnOfUnknown(*parameters, specs,
            server.isEmpty() ? u"The dialect %1"_s.arg(provider->id()) : server);
    }
    return parameters;
}

OptionHelp retriesOption()
{
    return {{u"retries"_s, u"retry"_s}, u"N"_s,
        u"Tries up to N times more where trying again may help (429, 503, no connection and such, "
        "after the time the server asks for, or growing pauses) and nothing of an answer had come. "
        "Default: as a stored endpoint says, else 0."_s};
}

Result<std::optional<RetryPolicy>> retriesFrom(const CommandLine &line)
{
    if (!line.has(u"retries"_s)) {
        return std::nullopt;
    }
    RetryPolicy policy;
    bool isCount = false;
    policy.retries = line.value(u"retries"_s).toInt(&isCount);
    if (!isCount || policy.retries < 0) {
        return invalidRequest(
            u"--retries takes a number, not “%1”."_s.arg(line.value(u"retries"_s)));
    }
    return policy;
}

Result<QString> promptFrom(const CommandLine &line)
{
    const QStringList &arguments = line.arguments();
    if (arguments.size() > 1) {
        return invalidRequest(u"There is more than one prompt: put it into quotes."_s);
    }
    QString prompt = arguments.value(0, u"-"_s);
    if (prompt == "-"_L1) {
        if (arguments.isEmpty() && ::isatty(STDIN_FILENO) == 1) {
            return invalidRequest(
                u"There is no prompt: give one in quotes, or - to type it and end with "
                "Ctrl+D."_s);
        }
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly)) {
            return invalidRequest(u"The prompt could not be read from stdin."_s);
        }
        prompt = QString::fromUtf8(input.readAll());
    }
    if (prompt.trimmed().isEmpty()) {
        return invalidRequest(u"The prompt is empty."_s);
    }
    return prompt;
}

QString retryWords(const Retry &retry)
{
    const double seconds = std::round(double(retry.wait.count()) / 100.0) / 10.0;
    return u"Trying again in %1 s: try %2 of %3."_s.arg(seconds).arg(retry.next).arg(retry.most);
}

void tellOfRetry(const Retry &retry)
{
    printError(retry.error);
    printNote(retryWords(retry));
}

} // namespace Lorikeet
