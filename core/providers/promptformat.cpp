// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/promptformat.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What stands around the turns of one format. System text has a turn of its own, or goes into
/// the first of the user's (`systemInUser`) between `system` and `systemEnd`.
struct Format
{
    QStringView name;
    QStringView system;
    QStringView systemEnd;
    bool systemInUser;
    QStringView user;
    QStringView userEnd;
    QStringView assistant;
    QStringView assistantEnd;
};

constexpr std::array<Format, 8> formats{{
    {u"plain", u"", u"\n\n", false, u"User: ", u"\n\n", u"Assistant:", u"\n\n"},
    {u"chatml", u"<|im_start|>system\n", u"<|im_end|>\n", false, u"<|im_start|>user\n",
        u"<|im_end|>\n", u"<|im_start|>assistant\n", u"<|im_end|>\n"},
    {u"llama-2", u"<<SYS>>\n", u"\n<</SYS>>\n\n", true, u"[INST] ", u" [/INST]", u" ", u" </s><s>"},
    {u"llama-3", u"<|start_header_id|>system<|end_header_id|>\n\n", u"<|eot_id|>", false,
        u"<|start_header_id|>user<|end_header_id|>\n\n", u"<|eot_id|>",
        u"<|start_header_id|>assistant<|end_header_id|>\n\n", u"<|eot_id|>"},
    {u"mistral", u"", u"\n\n", true, u"[INST] ", u" [/INST]", u" ", u"</s>"},
    {u"zephyr", u"<|system|>\n", u"</s>\n", false, u"<|user|>\n", u"</s>\n", u"<|assistant|>\n",
        u"</s>\n"},
    {u"alpaca", u"", u"\n\n", false, u"### Instruction:\n", u"\n\n", u"### Response:\n", u"\n\n"},
    {u"gemma", u"", u"\n\n", true, u"<start_of_turn>user\n", u"<end_of_turn>\n",
        u"<start_of_turn>model\n", u"<end_of_turn>\n"},
}};

/// The opening of the answer to come. A space there would be a token of its own and is left to
/// the model.
QStringView answerOpening(const Format &format)
{
    return format.assistant == u" " ? QStringView() : format.assistant;
}

/// A first message of the user, with or without an answer to go on with.
bool isLoneUserMessage(const QList<Message> &messages)
{
    return !messages.isEmpty() && messages.constFirst().role == Role::User
        && (messages.size() == 1
            || (messages.size() == 2 && messages.constLast().role == Role::Assistant));
}

QString assistantTurn(const Format &format, const QString &text)
{
    // "Assistant:" is a line's beginning; the others end where the text starts.
    const QStringView gap = format.assistant.endsWith(u':') ? u" " : u"";
    return format.assistant.toString() + gap.toString() + text;
}

} // namespace

QStringList promptFormats()
{
    QStringList names;
    for (const Format &format : formats) {
        names.append(format.name.toString());
    }
    return names;
}

ParameterSpecs withPromptFormats(ParameterSpecs specs)
{
    for (ParameterSpec &spec : specs) {
        if (spec.name == u"prompt_format"_s) {
            spec.choices = promptFormats();
        }
    }
    return specs;
}

QString formatPrompt(const QString &name, const QList<Message> &messages)
{
    const auto *found = std::find_if(
        formats.begin(), formats.end(), [&name](const Format &f) { return f.name == name; });
    const Format &format = found == formats.end() ? formats.front() : *found;
    if (&format == &formats.front() && isLoneUserMessage(messages)) {
        return messages.constFirst().content + messages.value(1).content;
    }
    QString text;
    QString pendingSystem;
    for (const Message &message : messages) {
        const bool isLast = &message == &messages.constLast();
        if (message.role == Role::System) {
            const QString system
                = format.system.toString() + message.content + format.systemEnd.toString();
            (format.systemInUser ? pendingSystem : text) += system;
        } else if (message.role == Role::Assistant) {
            text += assistantTurn(format, message.content)
                + (isLast ? QString() : format.assistantEnd.toString());
        } else {
            text += format.user.toString() + pendingSystem + message.content
                + format.userEnd.toString();
            pendingSystem.clear();
        }
    }
    if (!pendingSystem.isEmpty()) {
        text += format.user.toString() + pendingSystem + format.userEnd.toString();
    }
    if (messages.isEmpty() || messages.constLast().role != Role::Assistant) {
        text += answerOpening(format);
    }
    return text;
}

} // namespace Lorikeet
