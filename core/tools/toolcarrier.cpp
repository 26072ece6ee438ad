// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolcarrier.h"

#include "base/invalidrequest.h"
#include "providers/openairequest.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "providers/servers.h"
#include "schema/schemacarrier.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// How a dialect says which tool is to be called.
enum class ChoiceForm {
    Object, ///< tool_choice: a word, or {"type":"function","function":{"name":…}}
    Any, ///< the same, with "any" for required
    Flat, ///< tool_choice: a word, or {"type":"function","name":…}
    Word, ///< tool_choice: a word alone
    Name, ///< tool_choice: auto, none, or the function's name
    Typed, ///< tool_choice: {"type":"auto"}, any, none, or {"type":"tool","name":…}
    Config, ///< toolConfig: {"functionCallingConfig":{"mode":…,"allowedFunctionNames":[…]}}
    None, ///< there is no word for it
};

struct Row
{
    QLatin1StringView provider;
    Server server; ///< Unknown: any that has no row of its own
    ChoiceForm choice;
    /// A schema for the answer may stand beside tools. Elsewhere that is refused, or keeps the
    /// model from calling.
    bool takesSchema;
};

/// Which dialect has it how. The first row that fits counts. What is not here has no tools.
constexpr std::array rows{
    Row{"openai"_L1, Server::Mistral, ChoiceForm::Any, true},
    Row{"openai"_L1, Server::LmStudio, ChoiceForm::Word, true},
    Row{"openai"_L1, Server::LlamaCpp, ChoiceForm::Word, false},
    Row{"openai"_L1, Server::Ollama, ChoiceForm::None, false},
    Row{"openai"_L1, Server::Lorax, ChoiceForm::Name, false},
    Row{"openai"_L1, Server::Tgi, ChoiceForm::Object, false},
    Row{"openai"_L1, Server::Unknown, ChoiceForm::Object, true},
    Row{"responses"_L1, Server::Unknown, ChoiceForm::Flat, true},
    Row{"ollama"_L1, Server::Unknown, ChoiceForm::None, false},
    Row{"anthropic"_L1, Server::Unknown, ChoiceForm::Typed, true},
    Row{"gemini"_L1, Server::Unknown, ChoiceForm::Config, false},
};

const Row *rowOf(const Target &target)
{
    const Server server = serverOf(target);
    const auto found = std::ranges::find_if(rows, [&](const Row &row) {
        return target.endpoint.provider == row.provider
            && (row.server == server || row.server == Server::Unknown);
    });
    return found == rows.end() ? nullptr : &*found;
}

QString nameOf(const Target &target)
{
    const Server server = serverOf(target);
    return server == Server::Unknown ? u"The dialect %1"_s.arg(target.endpoint.provider)
                                     : serverName(server);
}

/// Why the endpoint takes no tools, and what does.
Failure noTools(const Target &target)
{
    const Server server = serverOf(target);
    const bool hasChat = server == Server::LlamaCpp || server == Server::Tgi
        || server == Server::Lorax || server == Server::Predibase;
    return invalidRequest(hasChat
            ? u"%1 takes no tools in its own dialect: name …/v1/chat/completions in the endpoint's "
              "address, where it does."_s.arg(nameOf(target))
            : u"%1 takes no tools: choose an endpoint that does."_s.arg(nameOf(target)));
}

bool isHonoured(const Target &target, const QString &name)
{
    const Provider *provider = findProvider(target.endpoint.provider);
    const ParameterSpecs specs
        = provider ? provider->parameters(target.endpoint.server) : ParameterSpecs();
    const ParameterSpec *spec = findParameter(specs, name);
    return spec && spec->fate != ParameterSpec::Fate::Ignored;
}

/// Some servers take a function strictly whose schema is one of few, and refuse others.
std::optional<QString> strictProblem(const Tool &tool, const QString &server)
{
    const StrictSchema strict = strictSchema(tool.parameters.source());
    const QStringList &reasons = strict.obstacles.isEmpty() ? strict.narrowed : strict.obstacles;
    if (reasons.isEmpty()) {
        return std::nullopt;
    }
    return strict.obstacles.isEmpty()
        ? u"%1 takes “%2” strictly only if %3: change its parameters so, or leave strict out."_s
              .arg(server, tool.name, reasons.join(u", "_s))
        : u"%1 takes no function strictly in whose parameters there is %2: leave strict out of "
          "“%3”."_s.arg(server, reasons.join(u", "_s), tool.name);
}

QJsonObject described(const Tool &tool, const QString &schemaKey)
{
    QJsonObject function{{u"name"_s, tool.name}};
    if (!tool.description.isEmpty()) {
        function.insert(u"description"_s, tool.description);
    }
    if (!schemaKey.isEmpty()) {
        function.insert(schemaKey, toQJson(tool.parameters.source()).toObject());
    }
    return function;
}

bool hasParameters(const Tool &tool)
{
    const JsonNode *properties = tool.parameters.source().find("properties"_L1);
    return properties && !properties->items.empty();
}

QJsonArray toolsFor(const QList<Tool> &tools, const Row &row, bool takesStrict)
{
    QJsonArray list;
    for (const Tool &tool : tools) {
        if (row.choice == ChoiceForm::Typed) {
            list.append(described(tool, u"input_schema"_s));
            continue;
        }
        if (row.choice == ChoiceForm::Config) {
            // An object without members is refused there.
            list.append(
                described(tool, hasParameters(tool) ? u"parametersJsonSchema"_s : QString()));
            continue;
        }
        QJsonObject function = described(tool, u"parameters"_s);
        // The Responses API is strict unless told otherwise.
        if (takesStrict && (tool.isStrict || row.choice == ChoiceForm::Flat)) {
            function.insert(u"strict"_s, tool.isStrict);
        }
        list.append(QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, function}});
    }
    return row.choice == ChoiceForm::Config
        ? QJsonArray{QJsonObject{{u"functionDeclarations"_s, list}}}
        : list;
}

QString wordOf(ToolChoice::Kind kind)
{
    switch (kind) {
    case ToolChoice::Kind::Unsaid:
    case ToolChoice::Kind::Auto:
    case ToolChoice::Kind::Named:
        return u"auto"_s;
    case ToolChoice::Kind::None:
        return u"none"_s;
    case ToolChoice::Kind::Required:
        return u"required"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

/// The value of the member that says it.
QJsonValue choiceFor(const ToolChoice &choice, ChoiceForm form)
{
    const bool isNamed = choice.kind == ToolChoice::Kind::Named;
    const QString word = wordOf(choice.kind);
    const bool isRequired = choice.kind == ToolChoice::Kind::Required;
    const QJsonObject name{{u"name"_s, choice.name}};
    switch (form) {
    case ChoiceForm::Object:
    case ChoiceForm::Any:
        if (isNamed) {
            return QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, name}};
        }
        return form == ChoiceForm::Any && isRequired ? u"any"_s : word;
    case ChoiceForm::Flat:
        return isNamed
            ? QJsonValue(QJsonObject{{u"type"_s, u"function"_s}, {u"name"_s, choice.name}})
            : QJsonValue(word);
    case ChoiceForm::Word:
        return isNamed ? u"required"_s : word;
    case ChoiceForm::Name:
        return isNamed ? choice.name : word;
    case ChoiceForm::Typed:
        return isNamed ? QJsonObject{{u"type"_s, u"tool"_s}, {u"name"_s, choice.name}}
                       : QJsonObject{{u"type"_s, isRequired ? u"any"_s : word}};
    case ChoiceForm::Config: {
        QJsonObject config{
            {u"mode"_s, choice.isForced() ? u"ANY"_s : wordOf(choice.kind).toUpper()}};
        if (isNamed) {
            config.insert(u"allowedFunctionNames"_s, QJsonArray{choice.name});
        }
        return QJsonObject{{u"functionCallingConfig"_s, config}};
    }
    case ChoiceForm::None:
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

/// What is sent of tools and choice, where the dialect cannot say them as they are.
struct Said
{
    QList<Tool> tools;
    ToolChoice choice;
};

Result<Said> sayable(const Target &target, const QList<Tool> &tools, const ToolChoice &choice,
    ChoiceForm form, QStringList &notes)
{
    using Kind = ToolChoice::Kind;
    Said said{.tools = tools, .choice = choice};
    const QString server = nameOf(target);
    const Tool *named = choice.kind == Kind::Named ? findTool(tools, choice.name) : nullptr;
    if (choice.kind == Kind::Named && !named) {
        return invalidRequest(u"There is no tool “%1”."_s.arg(choice.name));
    }
    if (form == ChoiceForm::None) {
        if (choice.isForced()) {
            return invalidRequest(u"%1 cannot be told that a tool must be called: leave the choice "
                                  "to the model."_s.arg(server));
        }
        if (choice.kind == Kind::None) {
            notes.append(u"%1 cannot be told to call no tool: none is sent."_s.arg(server));
            said.tools.clear();
        }
        said.choice = {};
    } else if (form == ChoiceForm::Word && named) {
        if (tools.size() > 1) {
            notes.append(u"%1 cannot be told which tool to call: “%2” alone is sent, and one must "
                         "be called."_s.arg(server, choice.name));
        }
        said.tools = {*named};
    } else if (form == ChoiceForm::Name && choice.kind == Kind::Required) {
        if (tools.size() > 1) {
            return invalidRequest(u"%1 can be told to call one tool, by its name, but not any of "
                                  "several: name one."_s.arg(server));
        }
        said.choice = {.kind = Kind::Named, .name = tools.constFirst().name};
    }
    return said;
}

} // namespace

Result<CarriedTools> carryTools(const Target &target, const ChatRequest &request,
    const QList<Tool> &tools, const ToolChoice &choice)
{
    const Row *row = rowOf(target);
    if (!row || !isHonoured(target, u"tools"_s)) {
        return noTools(target);
    }
    const QString member = row->choice == ChoiceForm::Config ? u"toolConfig"_s : u"tool_choice"_s;
    for (const QString &name : {u"tools"_s, member}) {
        if (request.parameters.contains(name) || request.extraBody.contains(name)) {
            return invalidRequest(
                u"The request has “%1” already, where the tools would go: leave it out."_s.arg(
                    name));
        }
    }
    CarriedTools carried{.request = request, .notes = {}};
    const Result<Said> said = sayable(target, tools, choice, row->choice, carried.notes);
    if (!said) {
        return Failure(said.error());
    }
    if (said->tools.isEmpty()) {
        return carried;
    }
    const Server server = serverOf(target);
    const bool takesStrict = server == Server::OpenAi || server == Server::Azure
        || target.endpoint.provider == "responses"_L1;
    for (const Tool &tool : said->tools) {
        const auto problem
            = tool.isStrict && takesStrict ? strictProblem(tool, nameOf(target)) : std::nullopt;
        if (problem) {
            return invalidRequest(*problem);
        }
        if (tool.isStrict && !takesStrict) {
            carried.notes.append(u"%1 does not hold arguments to a schema by strict: those of “%2” "
                                 "are checked here."_s.arg(nameOf(target), tool.name));
        }
        carried.request.written.append(compactJson(tool.parameters.source()).toUtf8());
    }
    carried.request.parameters.insert(u"tools"_s, toolsFor(said->tools, *row, takesStrict));
    if (said->choice.kind != ToolChoice::Kind::Unsaid) {
        carried.request.parameters.insert(member, choiceFor(said->choice, row->choice));
    }
    if (server == Server::Lorax) {
        // In streams the text that the grammar forces comes as the answer, and no call.
        carried.notes.append(u"LoRAX tells of calls in whole answers alone: it is asked for one. "
                             "Its model is not shown which call a result belongs to."_s);
        carried.request.stream = false;
    }
    return carried;
}

bool carriesSchemaBesideTools(const Target &target)
{
    const Row *row = rowOf(target);
    return row && row->takesSchema;
}

} // namespace Lorikeet
