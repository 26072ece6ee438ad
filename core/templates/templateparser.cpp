// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templateparser.h"

#include "templates/templateexpressions.h"
#include "templates/templatelexer.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int mostNesting = 60;

bool isJinjaTag(const QString &name)
{
    static const QStringList all{u"autoescape"_s, u"block"_s, u"break"_s, u"call"_s, u"continue"_s,
        u"debug"_s, u"do"_s, u"extends"_s, u"filter"_s, u"from"_s, u"generation"_s, u"import"_s,
        u"include"_s, u"macro"_s, u"pluralize"_s, u"trans"_s, u"with"_s};
    return all.contains(name);
}

/// Reads statements. After a fault it goes on to the end without making anything more of it.
class Parser final
{
public:
    Parser(const QList<TemplatePart> &parts, const QString &place)
        : m_parts(parts)
        , m_place(place)
    { }

    Result<TemplateBlock> read()
    {
        QString ending;
        TemplateBlock block = readBlock({}, ending);
        if (m_fault) {
            return Failure(*m_fault);
        }
        return block;
    }

private:
    void fault(int line, const QString &clause)
    {
        if (!m_fault) {
            m_fault = templateFault(m_place, line, clause).value();
        }
        m_at = m_parts.size();
    }

    /// Up to a tag of `endings`, which is said in `ending` and of which the tokens are in m_tag.
    TemplateBlock readBlock(const QStringList &endings, QString &ending)
    {
        TemplateBlock block;
        while (m_at < m_parts.size()) {
            const TemplatePart &part = m_parts.at(m_at++);
            switch (part.kind) {
            case TemplatePart::Kind::Text:
                block.push_back(
                    {.kind = TemplateStatement::Kind::Text, .line = part.line, .text = part.text});
                break;
            case TemplatePart::Kind::Output:
                block.push_back({.kind = TemplateStatement::Kind::Output,
                    .line = part.line,
                    .expression = readWhole(part.tokens, 0)});
                break;
            case TemplatePart::Kind::Tag: {
                const QString name = part.tokens.constFirst().text;
                if (endings.contains(name)) {
                    m_tag = &part;
                    ending = name;
                    return block;
                }
                readTag(part, name, block);
                break;
            }
            }
        }
        return block;
    }

    void readTag(const TemplatePart &part, const QString &name, TemplateBlock &block)
    {
        if (++m_nesting > mostNesting) {
            fault(part.line, u"tags are nested more than %1 deep"_s.arg(mostNesting));
        } else if (name == "if"_L1) {
            block.push_back(readIf(part));
        } else if (name == "for"_L1) {
            block.push_back(readFor(part));
        } else if (name == "set"_L1) {
            block.push_back(readSet(part));
        } else if (isJinjaTag(name)) {
            fault(part.line, u"“{% %1 %}” of Jinja is not supported here"_s.arg(name));
        } else if (name.startsWith("end"_L1) || name == "else"_L1 || name == "elif"_L1) {
            fault(part.line, u"“{% %1 %}” ends nothing that was begun"_s.arg(name));
        } else {
            fault(part.line,
                u"there is no tag “{% %1 %}”; there are if, for, set and raw"_s.arg(name));
        }
        --m_nesting;
    }

    TemplateStatement readIf(const TemplatePart &part)
    {
        TemplateStatement made{.kind = TemplateStatement::Kind::If,
            .line = part.line,
            .expression = readWhole(part.tokens, 1)};
        QString ending;
        made.body = readBlock({u"elif"_s, u"else"_s, u"endif"_s}, ending);
        if (ending == "elif"_L1) {
            if (++m_nesting > mostNesting) {
                fault(part.line, u"there are more than %1 “{% elif %}”"_s.arg(mostNesting));
                return made;
            }
            made.otherwise.push_back(readIf(*m_tag));
            --m_nesting;
            return made;
        }
        if (ending == "else"_L1) {
            expectEmpty(*m_tag);
            made.otherwise = readBlock({u"endif"_s}, ending);
        }
        expectEnding(part, u"endif"_s, ending);
        return made;
    }

    TemplateStatement readFor(const TemplatePart &part)
    {
        TemplateStatement made{.kind = TemplateStatement::Kind::For, .line = part.line};
        qsizetype at = 1;
        readTargets(part, at, made.targets);
        if (part.tokens.at(at).text != "in"_L1) {
            fault(part.line, u"“{% for %}” is written “{% for item in list %}”"_s);
            return made;
        }
        for (const TemplateToken &token : part.tokens.sliced(at + 1)) {
            if (token.kind == TemplateToken::Kind::Name && token.text == "recursive"_L1) {
                fault(token.line, u"“recursive” loops of Jinja are not supported here"_s);
            }
        }
        made.expression = readWhole(part.tokens, at + 1, ExpressionReader::Scope::LoopSource);
        QString ending;
        made.body = readBlock({u"else"_s, u"endfor"_s}, ending);
        if (ending == "else"_L1) {
            expectEmpty(*m_tag);
            made.otherwise = readBlock({u"endfor"_s}, ending);
        }
        expectEnding(part, u"endfor"_s, ending);
        return made;
    }

    TemplateStatement readSet(const TemplatePart &part)
    {
        TemplateStatement made{.kind = TemplateStatement::Kind::Set, .line = part.line};
        qsizetype at = 1;
        readTargets(part, at, made.targets);
        const QString &sign = part.tokens.at(at).text;
        if (sign == "."_L1) {
            fault(
                part.line, u"members cannot be set (Jinja's namespaces are not supported here)"_s);
        } else if (sign != "="_L1 || made.targets.size() != 1) {
            fault(part.line, u"“{% set %}” is written “{% set name = value %}”"_s);
        } else {
            made.expression = readWhole(part.tokens, at + 1);
        }
        return made;
    }

    void readTargets(const TemplatePart &part, qsizetype &at, QStringList &targets)
    {
        while (part.tokens.at(at).kind == TemplateToken::Kind::Name
            && part.tokens.at(at).text != "in"_L1) {
            targets.append(part.tokens.at(at++).text);
            if (part.tokens.at(at).text != ","_L1) {
                return;
            }
            ++at;
        }
        fault(part.line, u"a name is missing in “{% %1 %}”"_s.arg(part.tokens.constFirst().text));
    }

    void expectEmpty(const TemplatePart &part)
    {
        if (part.tokens.size() > 2) {
            fault(part.line, u"nothing stands behind “%1”"_s.arg(part.tokens.constFirst().text));
        }
    }

    void expectEnding(const TemplatePart &part, const QString &wanted, const QString &ending)
    {
        if (ending != wanted) {
            fault(part.line,
                u"“{% %1 %}” is not ended by “{% %2 %}”"_s.arg(
                    part.tokens.constFirst().text, wanted));
        } else {
            expectEmpty(*m_tag);
        }
    }

    TemplateExpression readWhole(const QList<TemplateToken> &tokens, qsizetype from,
        ExpressionReader::Scope scope = ExpressionReader::Scope::Whole)
    {
        Result<TemplateExpression> read = ExpressionReader(tokens, from, m_place).read(scope);
        if (read) {
            return *std::move(read);
        }
        if (!m_fault) {
            m_fault = read.error();
        }
        m_at = m_parts.size();
        return {};
    }

    const QList<TemplatePart> &m_parts;
    const QString &m_place;
    qsizetype m_at = 0;
    int m_nesting = 0;
    const TemplatePart *m_tag = nullptr; ///< the one that ended the last block
    std::optional<ApiError> m_fault;
};

} // namespace

Result<TemplateBlock> parseTemplate(const QString &source, const QString &place)
{
    const Result<QList<TemplatePart>> parts = templateParts(source, place);
    return parts ? Parser(*parts, place).read() : Result<TemplateBlock>(Failure(parts.error()));
}

} // namespace Lorikeet
