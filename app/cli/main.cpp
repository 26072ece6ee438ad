// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapterscommand.h"
#include "batchcommand.h"
#include "chatcommand.h"
#include "comparecommand.h"
#include "endpointscommand.h"
#include "gridcommand.h"
#include "http/apiclient.h"
#include "http/carrier.h"
#include "http/curlaccessmanager.h"
#include "infercommand.h"
#include "interruptwatch.h"
#include "judgecommand.h"
#include "loadcommand.h"
#include "metricscommand.h"
#include "modelscommand.h"
#include "nearestname.h"
#include "probecommand.h"
#include "rendercommand.h"
#include "ssecommand.h"
#include "standardoutput.h"
#include "structuredcommand.h"
#include "taskcommand.h"
#include "templatescommand.h"
#include "triton/grpctransport.h"
#include "validatecommand.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <type_traits>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

CommandHelp programHelp()
{
    return {
        .arguments = u"COMMAND [OPTION]… [ARGUMENT]…"_s,
        .summary = u"talk to language models from the command line"_s,
        .description
        = {u"lori asks deployed language models and LoRA adapters: OpenAI-compatible servers such "
           "as llama.cpp and vLLM, and LoRAX, TGI, Ollama, Triton, Anthropic, Gemini and others in "
           "their own dialects. It is the command line of Lorikeet, and needs no display."_s,
            u"Commands: probe tells what stands behind an address; chat asks a model and prints "
            "its answer as it comes; batch does so for each line of a file; compare asks several "
            "adapters the same and shows what differs; grid asks a table of prompts of several and "
            "checks the answers; judge lets a model say which answer is better; load finds out how "
            "much an endpoint holds, and metrics prints what a server counts; embed, rerank, "
            "classify and infer use "
            "models that do not write; models lists what an endpoint serves; adapters loads and "
            "tries them; endpoints lists those that are stored; structured asks for JSON that "
            "keeps to a schema, and validate holds JSON against one; templates keeps prompts with "
            "variables, and render fills one in; sse prints any event stream "
            "as lines of JSON. 'lori COMMAND --help' tells all about one, as does 'lori help COMMAND'."_s},
        .options = {{{u"help"_s, u"h"_s}, {}, u"Prints this, or the help of a command."_s},
            {{u"version"_s, u"V"_s}, {}, u"Prints the version."_s}},
        .examples = {{u"Ask a server on this machine:"_s,
                         u"lori chat -e http://localhost:8080 'Why is the sky blue?'"_s},
            {u"See what it serves:"_s, u"lori models -e http://localhost:8080"_s}},
    };
}

/// What a command is made with, of which some need less.
struct Network
{
    Network() { client.setCarrier(Triton::grpcCarrier()); }

    CurlAccessManager manager;
    ApiClient client{manager};
};

/// One command: what it says of itself, and how it is made from its command line.
struct Entry
{
    CommandHelp help;
    std::function<Result<std::unique_ptr<Command>>(const CommandLine &, Network &)> make;
};

Entry taskEntry(TaskCommand::Task task)
{
    return {TaskCommand::help(task), [task](const CommandLine &line, Network &network) {
                return TaskCommand::make(task, line, network.client);
            }};
}

template<typename C>
Entry entry()
{
    return {C::help(), [](const CommandLine &line, Network &network) {
                if constexpr (std::is_same_v<C, SseCommand>) {
                    return C::make(line, network.manager);
                } else if constexpr (std::is_same_v<C, EndpointsCommand>
                    || std::is_same_v<C, RenderCommand> || std::is_same_v<C, TemplatesCommand>
                    || std::is_same_v<C, ValidateCommand>) {
                    return C::make(line);
                } else {
                    return C::make(line, network.client);
                }
            }};
}

QList<Entry> commands()
{
    return {entry<AdaptersCommand>(), entry<BatchCommand>(), entry<ChatCommand>(),
        taskEntry(TaskCommand::Task::Classify), entry<CompareCommand>(),
        taskEntry(TaskCommand::Task::Embed), entry<EndpointsCommand>(), entry<GridCommand>(),
        entry<InferCommand>(), entry<JudgeCommand>(), entry<LoadCommand>(), entry<MetricsCommand>(),
        entry<ModelsCommand>(), entry<ProbeCommand>(), entry<RenderCommand>(),
        taskEntry(TaskCommand::Task::Rerank), entry<SseCommand>(), entry<StructuredCommand>(),
        entry<TemplatesCommand>(), entry<ValidateCommand>()};
}

QList<CommandHelp> allHelp()
{
    QList<CommandHelp> all{programHelp()};
    for (const Entry &entry : commands()) {
        all.append(entry.help);
    }
    return all;
}

/// "batch, chat, … or sse".
QString commandNames()
{
    QStringList names;
    for (const Entry &entry : commands()) {
        names.append(entry.help.name);
    }
    const QString last = names.takeLast();
    return names.join(u", "_s) + u" or "_s + last;
}

int finished(ExitCode code) { return static_cast<int>(code); }

int print(const QString &text)
{
    return finished(StandardOutput::write(text.toUtf8()).value_or(ExitCode::Done));
}

int refuse(const QString &sentence, const QString &command = {})
{
    printNote(sentence);
    const QString program = command.isEmpty() ? u"lori"_s : u"lori "_s + command;
    printNote(u"'%1 --help' tells more."_s.arg(program));
    return finished(ExitCode::Usage);
}

bool wantsHelp(const QStringList &arguments)
{
    const QStringList options = arguments.first(
        arguments.contains("--"_L1) ? arguments.indexOf("--"_L1) : arguments.size());
    return options.contains("--help"_L1) || options.contains("-h"_L1);
}

int run(const Entry &entry, const QStringList &arguments)
{
    const Result<CommandLine> line = CommandLine::parse(entry.help, arguments);
    if (!line) {
        return refuse(line.error().message, entry.help.name);
    }
    Network network;
    const Result<std::unique_ptr<Command>> command = entry.make(*line, network);
    if (!command) {
        return refuse(command.error().message, entry.help.name);
    }
    // Only now, since reading a prompt from stdin is ended by Ctrl+C as in any other program.
    const InterruptWatch watch;
    QObject::connect(&watch, &InterruptWatch::interrupted, command->get(), &Command::interrupt);
    QObject::connect(command->get(), &Command::done, command->get(),
        [](ExitCode code) { QCoreApplication::exit(finished(code)); });
    QTimer::singleShot(0, command->get(), &Command::start);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    // Not its own: it finds the endpoints that Lorikeet stored.
    QCoreApplication::setApplicationName(u"lorikeet"_s);
    StandardOutput::ignoreBrokenPipes();
    QStringList arguments = QCoreApplication::arguments().sliced(1);
    if (arguments.isEmpty()) {
        return refuse(u"No command was given: say %1."_s.arg(commandNames()));
    }
    QString word = arguments.takeFirst();
    if (word == "--version"_L1 || word == "-V"_L1) {
        return print(u"lori %1\n"_s.arg(QStringLiteral(LORIKEET_VERSION)));
    }
    // `lori --man chat` writes a manual page; for the build, hence not in the help.
    const bool isManual = word == "--man"_L1;
    const bool isHelp = word == "--help"_L1 || word == "-h"_L1 || word == "help"_L1;
    if (isManual || isHelp) {
        word = arguments.value(0);
    }
    if (isManual || (isHelp && word.isEmpty())) {
        const QList<CommandHelp> all = allHelp();
        const auto found = std::ranges::find(all, word, &CommandHelp::name);
        if (found != all.end()) {
            return print(isManual ? toManual(*found, all) : toText(*found));
        }
    }
    const QList<Entry> all = commands();
    const auto found = std::ranges::find_if(
        all, [&word](const Entry &entry) { return entry.help.name == word; });
    if (found == all.end()) {
        QStringList names;
        for (const Entry &entry : all) {
            names.append(entry.help.name);
        }
        const QString nearest = nearestName(word, names);
        return refuse(nearest.isEmpty()
                ? u"There is no command “%1”: say %2."_s.arg(word, commandNames())
                : u"There is no command “%1”; was “%2” meant?"_s.arg(word, nearest));
    }
    return isHelp || wantsHelp(arguments) ? print(toText(found->help)) : run(*found, arguments);
}
