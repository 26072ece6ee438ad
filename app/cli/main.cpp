// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batchcommand.h"
#include "chatcommand.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "interruptwatch.h"
#include "modelscommand.h"
#include "ssecommand.h"
#include "standardoutput.h"

#include <QCoreApplication>
#include <QTimer>

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
           "as llama.cpp and vLLM, and LoRAX in its own dialect. It is the command line of "
           "Lorikeet, and needs no display."_s,
            u"Commands: chat asks a model and prints its answer as it comes; models lists what an "
            "endpoint serves; sse prints any event stream as lines of JSON. 'lori COMMAND --help' "
            "tells all about one."_s},
        .options = {{{u"help"_s, u"h"_s}, {}, u"Prints this, or the help of a command."_s},
            {{u"version"_s, u"V"_s}, {}, u"Prints the version."_s}},
        .examples = {{u"Ask a server on this machine:"_s,
                         u"lori chat -e http://localhost:8080 'Why is the sky blue?'"_s},
            {u"See what it serves:"_s, u"lori models -e http://localhost:8080"_s}},
    };
}

QList<CommandHelp> allHelp()
{
    return {programHelp(), BatchCommand::help(), ChatCommand::help(), ModelsCommand::help(),
        SseCommand::help()};
}

std::optional<CommandHelp> findHelp(const QString &name)
{
    for (const CommandHelp &help : allHelp()) {
        if (help.name == name) {
            return help;
        }
    }
    return std::nullopt;
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

int run(const CommandHelp &help, const QStringList &arguments)
{
    const Result<CommandLine> line = CommandLine::parse(help, arguments);
    if (!line) {
        return refuse(line.error().message, help.name);
    }
    CurlAccessManager manager;
    ApiClient client(manager);
    Result<std::unique_ptr<Command>> command = help.name == "chat"_L1
        ? ChatCommand::make(*line, client)
        : help.name == "batch"_L1  ? BatchCommand::make(*line, client)
        : help.name == "models"_L1 ? ModelsCommand::make(*line, client)
                                   : SseCommand::make(*line, manager);
    if (!command) {
        return refuse(command.error().message, help.name);
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
        return refuse(u"There is no command: batch, chat, models or sse."_s);
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
    const std::optional<CommandHelp> help = findHelp(word);
    if (!help || (word.isEmpty() && !isManual && !isHelp)) {
        return refuse(u"There is no command “%1”: batch, chat, models or sse."_s.arg(word));
    }
    if (isManual) {
        return print(toManual(*help, allHelp()));
    }
    return isHelp || wantsHelp(arguments) ? print(toText(*help)) : run(*help, arguments);
}
