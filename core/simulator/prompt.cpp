// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/prompt.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

constexpr auto ignoringCase
    = QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

struct IntentRule
{
    Intent intent;
    QRegularExpression pattern;
};

/// In this order; the first that matches decides.
const std::array<IntentRule, 13> &intentRules()
{
    static const auto rule = [](Intent intent, const char16_t *pattern) {
        return IntentRule{intent, QRegularExpression(QString(pattern), ignoringCase)};
    };
    static const std::array<IntentRule, 13> rules = {
        rule(Intent::Echo, u"^\\s*(?:say|repeat|echo)(?: exactly| after me| this)?\\s*[:\"“]"),
        rule(Intent::Greeting,
            u"^\\s*(?:hi|hello|hey|hallo|moin|good (?:morning|day|evening))\\b[^\\n]{0,24}$"),
        rule(Intent::Thanks, u"^\\s*(?:thanks|thank you|thx|danke)\\b[^\\n]{0,24}$"),
        rule(Intent::About,
            u"\\b(?:who|what) are you\\b|\\bare you (?:real|an? (?:ai|model))\\b|\\bwhat can you "
            u"do\\b"),
        rule(Intent::Triage,
            u"\\b(?:tickets?|classify|triage|charged (?:twice|again)|refund|complain[st]*)\\b"),
        rule(Intent::Languages, u"\\b(?:translat\\w*|languages|emojis?|unicode|utf-?8)\\b"),
        rule(Intent::Summary, u"\\b(?:summari[sz]e|summary|tl;?dr|in short)\\b"),
        rule(Intent::Table,
            u"\\b(?:tables?|compar\\w+|versus|vs|side by side|pros and cons|differences?)\\b"),
        rule(Intent::Essay,
            u"\\b(?:essay|article|story|blog ?post|chapter|in (?:great )?detail|long "
            u"(?:answer|text)|report)\\b"),
        rule(Intent::Code,
            u"\\b(?:code|functions?|scripts?|programs?|snippet|implement\\w*|regex|quer(?:y|ies)|"
            u"sql|python|"
            "rust|golang|javascript|typescript|qml|html|yaml|bash|shell|class)\\b|c\\+\\+"),
        rule(Intent::Json, u"\\bjson\\b"),
        rule(Intent::List,
            u"\\b(?:lists?|steps?|ideas?|tips|bullets?|checklist|how "
            u"(?:do|can|should|to)|plan)\\b"),
        rule(Intent::Maths,
            u"\\b(?:calculate|how (?:many|much)|solve|equation)\\b|\\d\\s*[-+*/×]\\s*\\d"),
    };
    return rules;
}

QString codeLanguage(const QString &text)
{
    static const std::array<std::pair<QRegularExpression, const char16_t *>, 9> languages = {{
        {QRegularExpression(u"c\\+\\+|\\bqt\\b"_s, ignoringCase), u"cpp"},
        {QRegularExpression(u"\\b(?:javascript|typescript|node|js)\\b"_s, ignoringCase),
            u"javascript"},
        {QRegularExpression(u"\\brust\\b"_s, ignoringCase), u"rust"},
        {QRegularExpression(u"\\b(?:go|golang)\\b"_s, ignoringCase), u"go"},
        {QRegularExpression(u"\\b(?:bash|shell)\\b"_s, ignoringCase), u"bash"},
        {QRegularExpression(u"\\b(?:sql|quer(?:y|ies)|database)\\b"_s, ignoringCase), u"sql"},
        {QRegularExpression(u"\\bqml\\b"_s, ignoringCase), u"qml"},
        {QRegularExpression(u"\\b(?:html|web ?page)\\b"_s, ignoringCase), u"html"},
        {QRegularExpression(u"\\b(?:yaml|compose|kubernetes)\\b"_s, ignoringCase), u"yaml"},
    }};
    for (const auto &[pattern, name] : languages) {
        if (pattern.match(text).hasMatch()) {
            return QString(name);
        }
    }
    return u"python"_s;
}

QString triageTopic(const QString &text)
{
    static const QRegularExpression billing(
        u"\\b(?:charge\\w*|bill\\w*|invoice\\w*|refund\\w*|pa(?:id|y\\w*))\\b"_s, ignoringCase);
    static const QRegularExpression login(
        u"\\b(?:log ?in|sign in|password|locked out|account)\\b"_s, ignoringCase);
    static const QRegularExpression delivery(
        u"\\b(?:deliver\\w*|shipping|shipment|parcel|late|arriv\\w*)\\b"_s, ignoringCase);
    if (billing.match(text).hasMatch()) {
        return {};
    }
    return login.match(text).hasMatch()   ? u"login"_s
        : delivery.match(text).hasMatch() ? u"delivery"_s
                                          : u"other"_s;
}

/// At most eight words, without the punctuation and the small words at the ends.
QString fewWords(const QString &text)
{
    static const QRegularExpression leading(
        u"^(?:(?:an?|the|my|our|some|for|about|on|of|to|me|us|please)\\s+)+"_s, ignoringCase);
    static const QRegularExpression trailing(
        u"(?:\\s+(?:an?|the|and|or|in|as|with|for|of|to|that|which|is|are|please))+$"_s,
        ignoringCase);
    static const QRegularExpression edges(u"^[\\s\\p{P}\\p{S}]+|[\\s\\p{P}\\p{S}]+$"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    QString words = text.simplified().section(u' ', 0, 7).left(80);
    words.remove(edges).remove(leading).remove(trailing).remove(edges);
    return words;
}

QString findSubject(const QString &text)
{
    // Quoted words are what it is about; else what follows the request ("write … about X").
    static const QRegularExpression quoted(u"[\"“„«]([^\"”“»\\n]{3,80})[\"”“»]"_s);
    static const QRegularExpression about(
        u"\\b(?:about|regarding|concerning|between|called|named)\\s+([^.?!\\n:]+)"_s, ignoringCase);
    static const QRegularExpression lead(u"^\\s*(?:(?:please|can|could|would|will|you|i|we|want|"
                                         u"need|to|like|me|us|give|show|tell|write|make|"
                                         "create|explain|describe|compare|list|what|who|why|how|"
                                         "where|when|which|is|are|do|does|did|"
                                         "should|the|an?|some|short|long|tables?|lists?|essay|"
                                         "article|steps?|ideas?|tips|function|script|"
                                         "program|code|for|of|on|that|classify|this|and|summari[sz]"
                                         "e|answer|in|as|json|python|c\\+\\+|sql|"
                                         "rust|javascript|bash|qml|quer(?:y|ies))\\b[\\s,:]*)+"_s,
        ignoringCase);
    for (const QRegularExpression *const pattern : {&quoted, &about}) {
        if (const auto match = pattern->match(text); match.hasMatch()) {
            if (const QString words = fewWords(match.captured(1)); !words.isEmpty()) {
                return words;
            }
        }
    }
    static const QRegularExpression sentenceEnd(u"[.?!\\n:;]"_s);
    for (const QString &sentence : text.split(sentenceEnd, Qt::SkipEmptyParts)) {
        if (const QString words = fewWords(QString(sentence).remove(lead)); !words.isEmpty()) {
            return words;
        }
    }
    const QString words = fewWords(text);
    return words.isEmpty() ? u"your message"_s : words;
}

/// What stands before and after a turn of the user, and before the answer.
struct TurnMarks
{
    QStringView user;
    QStringView userEnd;
    QStringView assistant;
};

constexpr std::array<TurnMarks, 7> turnMarks{{
    {u"<|im_start|>user\n", u"<|im_end|>", u"<|im_start|>assistant\n"},
    {u"<|start_header_id|>user<|end_header_id|>\n\n", u"<|eot_id|>",
        u"<|start_header_id|>assistant<|end_header_id|>\n\n"},
    {u"<start_of_turn>user\n", u"<end_of_turn>", u"<start_of_turn>model\n"},
    {u"<|user|>\n", u"</s>", u"<|assistant|>\n"},
    {u"[INST] ", u" [/INST]", u" [/INST]"},
    {u"### Instruction:\n", u"\n\n### ", u"### Response:\n"},
    {u"User: ", u"\n\nAssistant:", u"\n\nAssistant:"},
}};

/// Llama 2 has the system's text within the first turn.
QString withoutSystem(const QString &turn)
{
    const QLatin1StringView end = "<</SYS>>"_L1;
    const qsizetype at = turn.indexOf(end);
    return at < 0 ? turn : turn.sliced(at + end.size());
}

} // namespace

QList<PromptMessage> readTranscript(const QString &text)
{
    for (const TurnMarks &marks : turnMarks) {
        const qsizetype begin = text.lastIndexOf(marks.user);
        // "User: " is too common a text to count anywhere but at the beginning of a line.
        if (begin < 0 || (marks.user.startsWith(u'U') && begin > 0 && text[begin - 1] != u'\n')) {
            continue;
        }
        const qsizetype from = begin + marks.user.size();
        const qsizetype end = text.indexOf(marks.userEnd, from);
        const QString turn = text.sliced(from, (end < 0 ? text.size() : end) - from);
        QList<PromptMessage> messages{{.role = u"user"_s, .text = withoutSystem(turn).trimmed()}};
        const qsizetype answer = end < 0 ? -1 : text.indexOf(marks.assistant, end);
        if (answer >= 0) {
            const QString begun = text.sliced(answer + marks.assistant.size()).trimmed();
            if (!begun.isEmpty()) {
                messages.append({.role = u"assistant"_s, .text = begun});
            }
        }
        return messages;
    }
    return {{.role = u"user"_s, .text = text}};
}

Prompt readPrompt(const QString &text)
{
    // A long prompt (a pasted document) says what it wants at its beginning or its end.
    const QString looked = text.size() > 4000 ? text.left(2000) + u'\n' + text.right(2000) : text;
    Prompt prompt;
    for (const IntentRule &rule : intentRules()) {
        const auto match = rule.pattern.match(looked);
        if (match.hasMatch()) {
            prompt.intent = rule.intent;
            if (rule.intent == Intent::Echo) {
                static const QRegularExpression edges(u"^[\\s\"“:]+|[\\s\"”]+$"_s);
                prompt.echo = text.sliced(match.capturedEnd() - 1).remove(edges);
            }
            break;
        }
    }
    prompt.subject = prompt.intent == Intent::Greeting ? u"your message"_s : findSubject(looked);
    if (prompt.intent == Intent::Code) {
        prompt.language = codeLanguage(looked);
    } else if (prompt.intent == Intent::Triage) {
        prompt.topic = triageTopic(looked);
    }
    return prompt;
}

} // namespace Lorikeet::Sim
