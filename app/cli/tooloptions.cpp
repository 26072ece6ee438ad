// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tooloptions.h"

#include "base/invalidrequest.h"
#include "schemaoptions.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// An error in a file, which its sentence does not name.
Failure inFile(const QString &name, const ApiError &error)
{
    Failure failure = invalidRequest(u"%1: %2"_s.arg(name, error.message));
    failure.value().param = error.param;
    return failure;
}

Result<QHash<QString, QStringList>> commandsFrom(const CommandLine &line, const QList<Tool> &tools)
{
    QHash<QString, QStringList> commands;
    for (const QString &text : line.values(u"tool-command"_s)) {
        const auto pair = splitPair(text, u'=');
        if (!pair) {
            return invalidRequest(u"--tool-command takes NAME=COMMAND, not “%1”."_s.arg(text));
        }
        const auto &[name, words] = *pair;
        if (!findTool(tools, name)) {
            return invalidRequest(
                u"--tool-command names “%1”, which is none of the tools."_s.arg(name));
        }
        const Result<QStringList> command = toolCommandFrom(words);
        if (!command) {
            return Failure(command.error());
        }
        commands.insert(name, *command);
    }
    return commands;
}

/// Who would not be answered.
std::optional<QString> missingAnswer(const ChatTools &setup)
{
    for (const Tool &tool : setup.tools) {
        const bool isMocked = setup.mock && setup.mock->answersAny(tool.name);
        if (!isMocked && !setup.commands.contains(tool.name)) {
            return u"Nobody answers the calls of %1: --tool-mock or --tool-command would, or you "
                   "in a terminal."_s.arg(tool.name);
        }
    }
    return std::nullopt;
}

Result<ToolRunOptions> runOptionsFrom(const CommandLine &line, const QList<Tool> &tools)
{
    ToolRunOptions options;
    if (line.has(u"tool-choice"_s)) {
        const Result<ToolChoice> choice = toolChoiceFrom(line.value(u"tool-choice"_s), tools);
        if (!choice) {
            return Failure(choice.error());
        }
        options.choice = *choice;
    }
    if (line.has(u"tool-limit"_s)) {
        bool isNumber = false;
        options.limit = line.value(u"tool-limit"_s).toInt(&isNumber);
        if (!isNumber || options.limit < 1) {
            return invalidRequest(u"--tool-limit takes a number from 1 on, not “%1”."_s.arg(
                line.value(u"tool-limit"_s)));
        }
    }
    if (line.has(u"schema"_s)) {
        const Result<JsonSchema> schema = schemaFrom(line);
        if (!schema) {
            return inFile(line.value(u"schema"_s), schema.error());
        }
        options.schema = *schema;
    }
    return options;
}

} // namespace

QList<OptionHelp> toolOptions()
{
    return {
        {{u"tools"_s}, u"FILE"_s,
            u"Gives the model functions that it may call: a JSON list of tools as in a request to "
            "chat completions, or of functions with name, description and parameters. What it "
            "calls is answered as the next options say, or by you in a terminal, and it is asked "
            "again, until it calls no more. Arguments that do not keep to the function's schema "
            "are told to the model instead."_s},
        {{u"tool-mock"_s}, u"FILE"_s,
            u"Answers calls by what stands in this JSON file: an object with a result under the "
            "name of each function, or a list of {\"name\": …, \"arguments\": {…}, \"result\": …}, "
            "of which the first counts whose arguments the call has."_s},
        {{u"tool-command"_s}, u"NAME=COMMAND"_s,
            u"Answers calls of this function by a local command: the arguments are JSON on its "
            "stdin, what it writes on stdout is the answer. Double quotes keep words together; no "
            "shell reads them. Each run is asked for. Of the environment it is given %1 and "
            "LORIKEET_TOOL, nothing else. May be given more than once."_s.arg(
                toolCommandVariables().join(u", "_s))},
        {{u"yes-tools"_s}, {}, u"Lets commands run without asking."_s},
        {{u"tool-timeout"_s}, u"SECONDS"_s, u"Ends a command after this time. Default: 60."_s},
        {{u"tool-choice"_s}, u"CHOICE"_s,
            u"auto, none, required, or the name of the function that must be called. A call is "
            "demanded of the first answer alone. Default: as the server has it."_s},
        {{u"tool-limit"_s}, u"N"_s,
            u"Answers so many answers with calls at most; one more is an error. Default: 8."_s},
        {{u"schema"_s}, u"FILE"_s,
            u"With --tools: the JSON Schema that the last answer is held to. One that does not "
            "keep to it ends with 3."_s},
    };
}

Result<std::optional<ChatTools>> chatToolsFrom(const CommandLine &line, bool hasPerson)
{
    if (!line.has(u"tools"_s)) {
        for (const OptionHelp &option : toolOptions()) {
            if (line.has(option.names.constFirst())) {
                return invalidRequest(u"--%1 means nothing without --tools: name the file of the "
                                      "tools."_s.arg(option.names.constFirst()));
            }
        }
        return std::optional<ChatTools>();
    }
    const QString name = line.value(u"tools"_s);
    const Result<QByteArray> bytes = contentsOf(name);
    if (!bytes) {
        return Failure(bytes.error());
    }
    const Result<QList<Tool>> tools = toolsFrom(*bytes);
    if (!tools) {
        return inFile(name, tools.error());
    }
    const Result<ToolRunOptions> options = runOptionsFrom(line, *tools);
    if (!options) {
        return Failure(options.error());
    }
    ChatTools setup{.tools = *tools,
        .options = *options,
        .mock = {},
        .commands = {},
        .limits = {},
        .isAllowed = line.has(u"yes-tools"_s)};
    if (line.has(u"tool-mock"_s)) {
        const QString mock = line.value(u"tool-mock"_s);
        const Result<QByteArray> written = contentsOf(mock);
        if (!written) {
            return Failure(written.error());
        }
        const auto made = ToolMock::from(*written, *tools);
        if (!made) {
            return inFile(mock, made.error());
        }
        setup.mock = *made;
    }
    const auto commands = commandsFrom(line, *tools);
    if (!commands) {
        return Failure(commands.error());
    }
    setup.commands = *commands;
    const Result<std::optional<Milliseconds>> time = line.seconds(u"tool-timeout"_s);
    if (!time) {
        return Failure(time.error());
    }
    setup.limits.time = time->value_or(setup.limits.time);
    if (!hasPerson && !setup.commands.isEmpty() && !setup.isAllowed) {
        return invalidRequest(u"Nobody can be asked here whether a command may run: --yes-tools "
                              "lets all of --tool-command run."_s);
    }
    const bool mayCall = setup.options.choice.kind != ToolChoice::Kind::None;
    const auto missing = hasPerson || !mayCall ? std::nullopt : missingAnswer(setup);
    return missing ? Result<std::optional<ChatTools>>(invalidRequest(*missing))
                   : Result<std::optional<ChatTools>>(setup);
}

QString printable(QString text)
{
    for (QChar &c : text) {
        const bool isControl = c.category() == QChar::Other_Control && c != u'\n' && c != u'\t';
        if (isControl || c.category() == QChar::Other_Format) {
            c = QChar::ReplacementCharacter;
        }
    }
    return text;
}

} // namespace Lorikeet
