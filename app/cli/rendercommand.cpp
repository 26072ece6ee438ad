// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rendercommand.h"

#include "base/invalidrequest.h"
#include "standardoutput.h"
#include "templateoptions.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Lorikeet {

CommandHelp RenderCommand::help()
{
    return {
        .name = u"render"_s,
        .arguments = u"FILE|NAME"_s,
        .summary = u"fill in a prompt template and print what would be asked"_s,
        .description = {u"Prints what a template says with these values, and sends nothing: its "
                        u"prompt alone, or "
                        "where it has more messages than that each below a line with its role."_s,
            u"A template is a file, or NAME or NAME@VERSION of the library (see lori templates). "
            u"In "
            "TOML it has “prompt” and, as one likes, “name”, “description”, “system” or "
            "“messages”, “parameters”, and “variables” with a “description” and a “default” each; "
            "in Markdown these stand between two lines of +++ and the prompt below; any other file "
            "is the prompt."_s,
            u"Its texts are in a subset of Jinja: {{ name }}, {% if %}, {% for %}, {% set %}, "
            "{% raw %}, filters and tests. What Jinja has besides is refused by name and line, as "
            "are variables that are missing, or that it does not have."_s},
        .options = valueOptions()
            + QList<OptionHelp>{{{u"json"_s}, {},
                u"Prints one JSON object with “messages” and “parameters”."_s}},
        .examples = {{u"What would be asked:"_s,
                         u"lori render classify.toml --var 'text=Charged twice for March'"_s},
            {u"Ask it:"_s,
                u"lori chat -e http://gpu:8000 -T classify.toml --var 'text=Charged twice for "
                "March'"_s}},
    };
}

Result<std::unique_ptr<Command>> RenderCommand::make(const CommandLine &line)
{
    if (line.arguments().size() != 1) {
        return invalidRequest(line.arguments().isEmpty()
                ? u"There is no template: give a file, or the name of one in the library."_s
                : u"There is more than one template: give one."_s);
    }
    const Result<PromptTemplate> prompt = templateNamed(line.arguments().constFirst());
    const Result<QJsonObject> values = prompt ? valuesFrom(line, *prompt) : Failure(prompt.error());
    const Result<RenderedPrompt> rendered
        = values ? render(*prompt, *values) : Failure(values.error());
    if (!rendered) {
        return Failure(rendered.error());
    }
    return std::unique_ptr<Command>(new RenderCommand(*rendered, line.has(u"json"_s)));
}

RenderCommand::RenderCommand(const RenderedPrompt &rendered, bool asJson)
    : m_rendered(rendered)
    , m_asJson(asJson)
{ }

void RenderCommand::start()
{
    QJsonArray messages;
    QString text;
    for (const Message &message : m_rendered.messages) {
        messages.append(
            QJsonObject{{u"role"_s, toWord(message.role)}, {u"content"_s, message.content}});
        if (m_rendered.messages.size() > 1) {
            text += u"%1--- %2 ---\n"_s.arg(text.isEmpty() ? u""_s : u"\n"_s, toWord(message.role));
        }
        text += message.content + u'\n';
    }
    QJsonObject parameters;
    for (const auto &[name, value] : m_rendered.parameters.asKeyValueRange()) {
        parameters.insert(name, value);
    }
    const auto over = m_asJson ? StandardOutput::writeLine(QJsonObject{
                                     {u"messages"_s, messages}, {u"parameters"_s, parameters}})
                               : StandardOutput::write(text.toUtf8());
    end(over.value_or(ExitCode::Done));
}

void RenderCommand::interrupt() { endInterrupted(); }

} // namespace Lorikeet
