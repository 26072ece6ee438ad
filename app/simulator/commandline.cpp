// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandline.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const QString description
    = uR"(A simulated inference server on a real socket: it speaks OpenAI's chat completions as vLLM does, and
LoRAX's own dialect, with three adapters, prepared answers and the timing of a server under load.
With --as it is another server, with that one's routes, models, errors and habits.

  lori-sim --port 8000 --profile local-7b
  curl http://127.0.0.1:8000/v1/models
  curl -N http://127.0.0.1:8000/v1/chat/completions -H 'Content-Type: application/json' \
       -d '{"model":"support-v4","stream":true,"messages":[{"role":"user","content":"Hello"}]}'
  curl -N http://127.0.0.1:8000/generate_stream -H 'Content-Type: application/json' \
       -d '{"inputs":"Orders per month","parameters":{"adapter_id":"sql-expert"}}'

The same seed and the same requests in the same order give the same answers and the same planned
times. What was truly sent when is told by GET /sim/log (?tokens=1 for every token, ?id=X-Request-Id),
in nanoseconds of the machine's monotonic clock; DELETE /sim/log forgets it.)"_s;

QString profileHelp()
{
    QString text = u"\nProfiles (times are medians):\n"_s;
    const auto ms = [](Nanoseconds value) { return QString::number(toMilliseconds(value)); };
    for (const QString &name : simulatorProfileNames()) {
        const SimulatorTiming timing = *simulatorProfile(name);
        text += u"  %1 TTFT %2 ms, between tokens %3 ms, %4 slots\n"_s.arg(name, -10)
                    .arg(ms(timing.firstToken), ms(timing.interToken))
                    .arg(timing.slots);
    }
    return text;
}

QString serverHelp()
{
    QString text = u"\nServers for --as:\n"_s;
    for (const SimulatorServerHelp &server : simulatorServerHelp()) {
        text += u"  %1 %2\n"_s.arg(server.name, -10).arg(server.text);
    }
    return text;
}

QString faultHelp()
{
    QString text
        = u"\nFaults, for one request by the header 'X-Lorikeet-Fault: NAME;PARAMETER' or the "
          u"model\n"
          "'fault/NAME;PARAMETER', for all or some by --fault 'NAME;PARAMETER@PROBABILITY', as\n"
          "--fault 'cut;5@0.1':\n"_s;
    for (const SimulatorFaultHelp &fault : simulatorFaultHelp()) {
        const QString name
            = fault.parameter.isEmpty() ? fault.name : fault.name + u';' + fault.parameter;
        const QString fallback = fault.fallback.isEmpty()
            ? QString()
            : u" (%1: %2 if left out)"_s.arg(fault.parameter, fault.fallback);
        text += u"  %1 %2%3\n"_s.arg(name, -19).arg(fault.text, fallback);
    }
    return text;
}

/// The options, and how each changes what is simulated.
class Reader final
{
public:
    Reader()
    {
        m_parser.setApplicationDescription(description);
        m_parser.addOptions({m_port, m_host, m_as, m_dialect, m_profile, m_ttft, m_itl, m_prefill,
            m_sigma, m_slots, m_slowdown, m_adapterLoad, m_model, m_context, m_key, m_keyEnv,
            m_fault, m_listFaults, m_seed});
    }

    Result<CommandLine> read(const QStringList &arguments)
    {
        if (!m_parser.parse(arguments)) {
            return fail(ApiError::Kind::InvalidRequest, m_parser.errorText() + u" See --help."_s);
        }
        if (!m_parser.positionalArguments().isEmpty()) {
            return fail(ApiError::Kind::InvalidRequest,
                u"'%1' is not an option. See --help."_s.arg(
                    m_parser.positionalArguments().constFirst()));
        }
        if (m_parser.isSet(m_help)) {
            return CommandLine{.options = {},
                .text = m_parser.helpText() + serverHelp() + profileHelp() + faultHelp()};
        }
        if (m_parser.isSet(m_version)) {
            return CommandLine{
                .options = {}, .text = u"lori-sim "_s + QStringLiteral(LORIKEET_VERSION) + u'\n'};
        }
        readPlace();
        readServer();
        readTiming();
        readRest();
        if (!m_mistake.isEmpty()) {
            return fail(ApiError::Kind::InvalidRequest, m_mistake);
        }
        return CommandLine{.options = m_options, .text = {}};
    }

private:
    /// The number of an option, within limits; `fallback` where it was not given.
    double number(const QCommandLineOption &option, double fallback, double least, double most)
    {
        if (!m_parser.isSet(option)) {
            return fallback;
        }
        bool ok = false;
        const QString text = m_parser.value(option);
        const double value = text.toDouble(&ok);
        if (!ok || value < least || value > most) {
            mistake(
                u"--%1 must be a number from %2 to %3, not '%4'."_s.arg(option.names().constFirst(),
                    QString::number(least), QString::number(most, 'g', 10), text));
            return fallback;
        }
        return value;
    }

    Nanoseconds milliseconds(const QCommandLineOption &option, Nanoseconds fallback)
    {
        using Ms = std::chrono::duration<double, std::milli>;
        return std::chrono::duration_cast<Nanoseconds>(
            Ms(number(option, Ms(fallback).count(), 0, 600'000)));
    }

    void mistake(const QString &text)
    {
        if (m_mistake.isEmpty()) {
            m_mistake = text;
        }
    }

    void readPlace()
    {
        m_options.port = static_cast<quint16>(number(m_port, 0, 0, 65'535));
        if (m_parser.isSet(m_host)) {
            const QString host = m_parser.value(m_host);
            m_options.host = host == "localhost"_L1 ? QHostAddress(QHostAddress::LocalHost)
                                                    : QHostAddress(host);
            if (m_options.host.isNull()) {
                mistake(u"--host must be an address such as 127.0.0.1 or 0.0.0.0, not '%1'."_s.arg(
                    host));
            }
        }
        const QString dialect = m_parser.value(m_dialect);
        if (dialect == "openai"_L1) {
            m_options.dialect = SimulatorDialect::OpenAi;
        } else if (dialect == "lorax"_L1) {
            m_options.dialect = SimulatorDialect::Lorax;
        } else if (dialect != "both"_L1) {
            mistake(u"--dialect must be openai, lorax or both, not '%1'."_s.arg(dialect));
        }
    }

    void readServer()
    {
        if (!m_parser.isSet(m_as)) {
            return;
        }
        m_options.server = m_parser.value(m_as);
        QStringList names;
        for (const SimulatorServerHelp &server : simulatorServerHelp()) {
            names.append(server.name);
        }
        if (!names.contains(m_options.server)) {
            mistake(u"--as must name one of %1, not '%2'."_s.arg(
                names.join(", "_L1), m_options.server));
        } else if (m_parser.isSet(m_dialect)) {
            mistake(u"--as and --dialect exclude each other: choose one."_s);
        }
    }

    void readTiming()
    {
        const QString profile = m_parser.value(m_profile);
        SimulatorTiming &timing = m_options.timing;
        if (const auto known = simulatorProfile(profile)) {
            timing = *known;
        } else {
            mistake(u"There is no profile '%1'. There are: %2."_s.arg(
                profile, simulatorProfileNames().join(", "_L1)));
        }
        timing.firstToken = milliseconds(m_ttft, timing.firstToken);
        timing.interToken = milliseconds(m_itl, timing.interToken);
        timing.promptToken = milliseconds(m_prefill, timing.promptToken);
        timing.adapterLoad = milliseconds(m_adapterLoad, timing.adapterLoad);
        if (m_parser.isSet(m_sigma)) {
            timing.firstTokenSigma = timing.interTokenSigma = number(m_sigma, 0, 0, 3);
        }
        timing.slots = static_cast<int>(number(m_slots, timing.slots, 1, 1'000'000));
        timing.slowdown = number(m_slowdown, timing.slowdown, 0, 10);
    }

    void readRest()
    {
        m_options.model = m_parser.value(m_model);
        m_options.contextLength
            = static_cast<int>(number(m_context, m_options.contextLength, 16, 10'000'000));
        m_options.listFaults = m_parser.isSet(m_listFaults);
        if (m_parser.isSet(m_seed)) {
            bool ok = false;
            m_options.seed = m_parser.value(m_seed).toULongLong(&ok);
            if (!ok) {
                mistake(u"--seed must be a whole number from 0, not '%1'."_s.arg(
                    m_parser.value(m_seed)));
            }
        }
        if (m_parser.isSet(m_keyEnv)) {
            const QString key = qEnvironmentVariable(m_parser.value(m_keyEnv).toUtf8().constData());
            if (key.isEmpty()) {
                mistake(u"The variable %1, named by --key-env, is empty or not set."_s.arg(
                    m_parser.value(m_keyEnv)));
            }
            m_options.key = Secret(key);
        } else {
            m_options.key = Secret(m_parser.value(m_key));
        }
        for (const QString &text : m_parser.values(m_fault)) {
            if (const auto rule = parseSimulatorFaultRule(text)) {
                m_options.faults.append(*rule);
            } else {
                mistake(rule.error().message);
            }
        }
    }

    QCommandLineParser m_parser;
    QCommandLineOption m_help = m_parser.addHelpOption();
    QCommandLineOption m_version = m_parser.addVersionOption();
    QCommandLineOption m_port{
        {u"port"_s, u"p"_s}, u"Listen on this port (0, the default: a free one)."_s, u"N"_s};
    QCommandLineOption m_host{u"host"_s,
        u"Listen on this address (default 127.0.0.1: this machine only)."_s, u"ADDRESS"_s};
    QCommandLineOption m_as{
        u"as"_s, u"Be this server on the wire, its errors included; listed below."_s, u"NAME"_s};
    QCommandLineOption m_dialect{u"dialect"_s,
        u"Speak openai, lorax or both (the default) on the one port."_s, u"NAME"_s, u"both"_s};
    QCommandLineOption m_profile{u"profile"_s,
        u"Start from a ready timing, listed below (default local-7b)."_s, u"NAME"_s, u"local-7b"_s};
    QCommandLineOption m_ttft{
        u"ttft"_s, u"Median time to first token, for an empty prompt."_s, u"MS"_s};
    QCommandLineOption m_itl{
        u"itl"_s, u"Median time between tokens; 0 sends as fast as it is read."_s, u"MS"_s};
    QCommandLineOption m_prefill{
        u"prefill"_s, u"Time added to the first token for each prompt token."_s, u"MS"_s};
    QCommandLineOption m_sigma{
        u"sigma"_s, u"Spread of both times (log-normal; 0: none)."_s, u"X"_s};
    QCommandLineOption m_slots{
        u"slots"_s, u"Answers written at once; further requests wait."_s, u"N"_s};
    QCommandLineOption m_slowdown{u"slowdown"_s,
        u"How much each further running answer slows all tokens (0.05: 5 %)."_s, u"X"_s};
    QCommandLineOption m_adapterLoad{
        u"adapter-load"_s, u"Time an adapter takes to load at its first use."_s, u"MS"_s};
    QCommandLineOption m_model{u"model"_s, u"The id of the base model."_s, u"ID"_s};
    QCommandLineOption m_context{
        u"context"_s, u"Tokens of prompt and answer together (default 8192)."_s, u"N"_s};
    QCommandLineOption m_key{u"key"_s, u"Want this key (Authorization: Bearer KEY)."_s, u"KEY"_s};
    QCommandLineOption m_keyEnv{
        u"key-env"_s, u"Want the key in this environment variable."_s, u"VARIABLE"_s};
    QCommandLineOption m_fault{
        u"fault"_s, u"Let requests fail, see below. May be given several times."_s, u"FAULT"_s};
    QCommandLineOption m_listFaults{
        u"list-faults"_s, u"Show the models fault/… in the list of models."_s};
    QCommandLineOption m_seed{u"seed"_s, u"Seed of all random numbers (default 0)."_s, u"N"_s};
    SimulatorOptions m_options;
    QString m_mistake;
};

} // namespace

Result<CommandLine> readCommandLine(const QStringList &arguments)
{
    return Reader().read(arguments);
}

QString greeting(const QUrl &url, const SimulatorOptions &options)
{
    const QString base = url.toString();
    QString text = base + u'\n';
    for (const SimulatorServerHelp &server : simulatorServerHelp()) {
        if (server.name == options.server) {
            return text
                + u"%1: %2%3\nAdapters: %4. Ctrl+C ends it.\n"_s.arg(
                    server.text, base, server.base, simulatorAdapters().join(", "_L1));
        }
    }
    if (options.dialect != SimulatorDialect::Lorax) {
        text += u"OpenAI-compatible: %1/v1\n"_s.arg(base);
    }
    if (options.dialect != SimulatorDialect::OpenAi) {
        text += u"LoRAX: %1\n"_s.arg(base);
    }
    text += u"Adapters: %1. Ctrl+C ends it.\n"_s.arg(simulatorAdapters().join(", "_L1));
    return text;
}

} // namespace Lorikeet
