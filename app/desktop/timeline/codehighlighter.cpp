// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/codehighlighter.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QHash>

using namespace Qt::StringLiterals;
using KSyntaxHighlighting::Definition;
using KSyntaxHighlighting::Theme;

namespace Lorikeet {

CodeHighlighter::CodeHighlighter(QTextDocument *document, const TextStyle &style)
    : SyntaxHighlighter(document)
    , m_style(style)
{ }

void CodeHighlighter::setStyle(const TextStyle &style)
{
    m_style = style;
    rehighlight();
}

void CodeHighlighter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format)
{
    QColor color;
    switch (format.textStyle()) {
    case Theme::Keyword:
    case Theme::ControlFlow:
    case Theme::Preprocessor:
    case Theme::Import:
        color = m_style.codeKeyword;
        break;
    case Theme::Char:
    case Theme::SpecialChar:
    case Theme::String:
    case Theme::VerbatimString:
    case Theme::SpecialString:
        color = m_style.codeString;
        break;
    case Theme::DecVal:
    case Theme::BaseN:
    case Theme::Float:
    case Theme::Constant:
        color = m_style.codeNumber;
        break;
    case Theme::Comment:
    case Theme::Documentation:
    case Theme::CommentVar:
    case Theme::Annotation:
        color = m_style.codeComment;
        break;
    case Theme::Function:
    case Theme::Attribute:
    case Theme::Variable:
        color = m_style.codeFunction;
        break;
    case Theme::DataType:
    case Theme::BuiltIn:
    case Theme::Extension:
        color = m_style.codeType;
        break;
    default:
        return;
    }
    QTextCharFormat colored;
    colored.setForeground(color);
    setFormat(offset, length, colored);
}

Definition CodeHighlighter::definitionFor(
    const KSyntaxHighlighting::Repository &repository, const QString &word)
{
    static const QHash<QString, QString> aliases{{u"sh"_s, u"Bash"_s}, {u"shell"_s, u"Bash"_s},
        {u"console"_s, u"Bash"_s}, {u"zsh"_s, u"Zsh"_s}, {u"py"_s, u"Python"_s},
        {u"python3"_s, u"Python"_s}, {u"js"_s, u"JavaScript"_s}, {u"ts"_s, u"TypeScript"_s},
        {u"cpp"_s, u"C++"_s}, {u"c++"_s, u"C++"_s}, {u"cs"_s, u"C#"_s}, {u"csharp"_s, u"C#"_s},
        {u"rs"_s, u"Rust"_s}, {u"golang"_s, u"Go"_s}, {u"yml"_s, u"YAML"_s},
        {u"jsonc"_s, u"JSON"_s}, {u"md"_s, u"Markdown"_s}, {u"dockerfile"_s, u"Dockerfile"_s},
        {u"objc"_s, u"Objective-C"_s}, {u"kt"_s, u"Kotlin"_s}, {u"rb"_s, u"Ruby"_s},
        {u"tex"_s, u"LaTeX"_s}, {u"proto"_s, u"Protobuf"_s}, {u"ps1"_s, u"PowerShell"_s}};
    if (word.isEmpty() || word == "text"_L1 || word == "plaintext"_L1) {
        return {};
    }
    const QString name = aliases.value(word.toLower(), word);
    Definition definition = repository.definitionForName(name);
    if (!definition.isValid()) {
        definition = repository.definitionForFileName(u"x."_s + word.toLower());
    }
    return definition;
}

} // namespace Lorikeet
