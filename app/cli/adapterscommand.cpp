// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapterscommand.h"

#include "adapters/adaptertrial.h"
#include "askoptions.h"
#include "base/invalidrequest.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "standardoutput.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// The change that the options ask for; nothing where an adapter is to be tried.
Result<std::optional<AdapterChange>> changeFrom(const CommandLine &line)
{
    const QStringList ways{u"load"_s, u"unload"_s, u"scale"_s, u"try"_s};
    const auto given
        = std::ranges::count_if(ways, [&line](const QString &way) { return line.has(way); });
    if (given != 1) {
        return invalidRequest(
            u"Say one of --load, --unload, --scale and --try; “lori models” lists the "
            "adapters."_s);
    }
    AdapterChange change;
    if (line.has(u"load"_s)) {
        const auto pair = splitPair(line.value(u"load"_s), u'=');
        if (!pair) {
            return invalidRequest(
                u"--load takes NAME=PATH, not “%1”."_s.arg(line.value(u"load"_s)));
        }
        change.name = pair->first;
        change.path = pair->second;
        return change;
    }
    if (line.has(u"unload"_s)) {
        change.kind = AdapterChange::Kind::Unload;
        change.name = line.value(u"unload"_s);
        return change;
    }
    if (line.has(u"scale"_s)) {
        const Result<QList<AdapterScale>> scales = scalesFrom(line);
        if (!scales) {
            return Failure(scales.error());
        }
        change.kind = AdapterChange::Kind::SetScales;
        change.scales = *scales;
        return change;
    }
    return std::optional<AdapterChange>();
}

} // namespace

CommandHelp AdaptersCommand::help()
{
    return {
        .name = u"adapters"_s,
        .summary = u"load, unload, scale or try an adapter of a server"_s,
        .description = {u"Changes which adapters a server has, for everyone who uses it: vLLM and "
                        "SGLang load and unload them, llama.cpp sets the scales that hold for "
                        "requests that name none. “lori models” lists what is there."_s,
            u"--try asks for a single token with an adapter, which tells whether it loads: at "
            "LoRAX, which lists none, there is no other way to know."_s},
        .options = endpointOptions()
            + QList<OptionHelp>{{{u"load"_s}, u"NAME=PATH"_s,
                                    u"Loads an adapter under a name. The path is the server's own, "
                                    u"or an id of a "
                                    "hub."_s},
                {{u"unload"_s}, u"NAME"_s, u"Unloads it."_s},
                {{u"scale"_s}, u"ID=VALUE"_s,
                    u"llama.cpp: the scale of the adapter with this number; those not named are "
                    "set to 0. May be given more than once."_s},
                {{u"try"_s}, u"ID"_s, u"Asks for one token with this adapter."_s},
                {{u"model"_s, u"m"_s}, u"ID"_s,
                    u"With --try: the model it is an adapter of. Default: what the server has."_s},
                {{u"adapter-source"_s}, u"SOURCE"_s,
                    u"LoRAX, with --try: hub, local, s3 or pbase."_s},
                {{u"adapter-key-env"_s}, u"VAR"_s,
                    u"LoRAX, with --try: the variable that holds a private adapter's token."_s}}
            + requestOptions(),
        .examples = {{u"Load an adapter into vLLM:"_s,
                         u"lori adapters -e http://gpu:8000 --load legal=/adapters/legal"_s},
            {u"See whether LoRAX can load one:"_s,
                u"lori adapters -e http://gpu:8080 -p lorax --try my/adapter"_s}},
    };
}

Result<std::unique_ptr<Command>> AdaptersCommand::make(const CommandLine &line, ApiClient &client)
{
    if (!line.arguments().isEmpty()) {
        return invalidRequest(
            u"“%1” is too much: adapters takes options only."_s.arg(line.arguments().constFirst()));
    }
    const Result<std::optional<AdapterChange>> change = changeFrom(line);
    if (!change) {
        return Failure(change.error());
    }
    return std::unique_ptr<Command>(new AdaptersCommand(line, *change, client));
}

AdaptersCommand::AdaptersCommand(
    const CommandLine &line, const std::optional<AdapterChange> &change, ApiClient &client)
    : m_line(line)
    , m_change(change)
    , m_client(client)
{ }

void AdaptersCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void AdaptersCommand::interrupt()
{
    if (m_stream) {
        m_stream->stop();
    } else {
        endInterrupted();
    }
}

void AdaptersCommand::onTarget(const Result<Target> &target)
{
    if (isOver()) {
        return;
    }
    if (!target) {
        endWith(target.error());
        return;
    }
    if (!m_change) {
        tryOut(*target);
        return;
    }
    changeAdapters(m_client, *target, *m_change).then(this, [this](const Result<QString> &done) {
        if (isOver()) {
            return;
        }
        if (!done) {
            endWith(done.error());
            return;
        }
        const QString words = done->isEmpty() ? u"Done."_s : *done;
        end(StandardOutput::write(words.toUtf8() + '\n').value_or(ExitCode::Done));
    });
}

void AdaptersCommand::tryOut(const Target &target)
{
    Result<AdapterChoice> adapter = adapterTokenFrom(m_line);
    if (!adapter) {
        endWith(adapter.error());
        return;
    }
    adapter->id = m_line.value(u"try"_s);
    adapter->source = m_line.value(u"adapter-source"_s);
    m_stream
        = m_client.chat(target, adapterTrial(target.endpoint, m_line.value(u"model"_s), *adapter));
    connect(m_stream, &ChatStream::finished, this, &AdaptersCommand::onTried);
}

void AdaptersCommand::onTried(const ChatOutcome &outcome)
{
    std::exchange(m_stream, nullptr)->deleteLater();
    if (outcome.error && outcome.error->kind == ApiError::Kind::Cancelled) {
        endInterrupted();
    } else if (outcome.error) {
        endWith(*outcome.error);
    } else {
        const double seconds = toSeconds(outcome.timing.end.value_or(Nanoseconds(0)));
        const QString words
            = u"“%1” loads; its first answer took %2 s.\n"_s.arg(m_line.value(u"try"_s))
                  .arg(seconds, 0, 'f', 2);
        end(StandardOutput::write(words.toUtf8()).value_or(ExitCode::Done));
    }
}

} // namespace Lorikeet
