// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/answerjson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Watched at each piece up to here, and beyond whenever so much of it is new.
constexpr qsizetype smallAnswer = 2048;
constexpr qsizetype newPart = 16;

struct Attempt
{
    JsonNode value;
    qsizetype length = 0;
    QStringList duplicates;
    std::optional<JsonFault> fault;
};

/// Reads a value that begins `text`, and may be followed by anything.
Attempt readBeginning(QStringView text)
{
    PartialJson parser;
    qsizetype at = 0;
    // In steps, since what follows the value is not the parser's.
    while (at < text.size() && !parser.isWhole() && !parser.fault()) {
        const QChar c = text.at(at);
        if (c == u'}' || c == u']') {
            parser.append(text.sliced(at, 1));
            ++at;
            continue;
        }
        const auto end = std::find_if(text.begin() + at, text.end(),
            [](QChar other) { return other == u'}' || other == u']'; });
        parser.append(QStringView(text.begin() + at, end));
        at = end - text.begin();
    }
    if (!parser.isWhole()) {
        parser.finish();
    }
    if (parser.fault() || !parser.isWhole()) {
        return {.value = {}, .length = at, .duplicates = {}, .fault = parser.fault()};
    }
    return {.value = *parser.root(), .length = at, .duplicates = parser.duplicates(), .fault = {}};
}

std::optional<AnswerJson> wholeOf(QStringView text)
{
    PartialJson parser;
    parser.append(text);
    parser.finish();
    if (parser.fault()) {
        return std::nullopt;
    }
    return AnswerJson{.value = *parser.root(),
        .around = AnswerJson::Around::Nothing,
        .begin = 0,
        .end = text.size(),
        .duplicates = parser.duplicates()};
}

/// What the longest fence of JSON holds.
std::optional<AnswerJson> fencedIn(QStringView text)
{
    std::optional<AnswerJson> best;
    qsizetype at = text.indexOf(u"```");
    while (at >= 0) {
        const qsizetype begin = text.indexOf(u'\n', at);
        const qsizetype end = begin < 0 ? -1 : text.indexOf(u"```", begin);
        if (end < 0) {
            break;
        }
        auto inside = wholeOf(text.sliced(begin, end - begin));
        if (inside && (!best || end - begin > best->end - best->begin)) {
            inside->begin = begin + 1;
            inside->end = end;
            const bool isAlone
                = text.first(at).trimmed().isEmpty() && text.sliced(end + 3).trimmed().isEmpty();
            inside->around = isAlone ? AnswerJson::Around::CodeFence : AnswerJson::Around::Words;
            best = std::move(inside);
        }
        at = text.indexOf(u"```", end + 3);
    }
    return best;
}

JsonFault shifted(JsonFault fault, QStringView before)
{
    const qsizetype lineStart = before.lastIndexOf(u'\n') + 1;
    if (fault.line == 1) {
        fault.column += int(before.size() - lineStart);
    }
    fault.line += int(before.count(u'\n'));
    fault.offset += before.size();
    return fault;
}

} // namespace

tl::expected<AnswerJson, JsonFault> findJson(QStringView answer)
{
    if (auto whole = wholeOf(answer)) {
        return *std::move(whole);
    }
    if (auto fenced = fencedIn(answer)) {
        return *std::move(fenced);
    }
    std::optional<AnswerJson> best;
    std::optional<JsonFault> fault;
    // A thousand brackets that lead nowhere must not cost a thousand readings.
    qsizetype budget = 16 * answer.size();
    for (qsizetype at = 0; at < answer.size() && budget > 0; ++at) {
        const QChar c = answer.at(at);
        if (c != u'{' && c != u'[') {
            continue;
        }
        Attempt attempt = readBeginning(answer.sliced(at));
        budget -= attempt.length;
        if (attempt.fault) {
            if (!fault) {
                fault = shifted(*attempt.fault, answer.first(at));
            }
            continue;
        }
        if (!best || attempt.length > best->end - best->begin) {
            best = AnswerJson{.value = std::move(attempt.value),
                .around = AnswerJson::Around::Words,
                .begin = at,
                .end = at + attempt.length,
                .duplicates = attempt.duplicates};
        }
        at += attempt.length - 1;
    }
    if (best) {
        return *std::move(best);
    }
    if (!fault) {
        PartialJson parser;
        parser.append(answer);
        parser.finish();
        fault = parser.fault();
    }
    return tl::unexpected(*fault);
}

Result<AnswerCheck> checkAnswer(const QString &answer, const JsonSchema &schema,
    bool isEmbeddingFine, const std::function<bool()> &isStopped)
{
    AnswerCheck check;
    auto json = findJson(answer);
    const auto refuse = [&check](const QString &message) {
        check.violations.append(
            {.keyword = u"json"_s, .instancePath = {}, .schemaPath = u"#"_s, .message = message});
    };
    if (!json) {
        const JsonFault &fault = json.error();
        refuse(u"is no JSON: at line %1, column %2, %3"_s.arg(fault.line)
                .arg(fault.column)
                .arg(fault.message));
        return check;
    }
    Result<SchemaReport> report = schema.check(json->value, {}, isStopped);
    if (!report) {
        return Failure(report.error());
    }
    if (json->around != AnswerJson::Around::Nothing && !isEmbeddingFine) {
        refuse(json->around == AnswerJson::Around::CodeFence
                ? u"stands in a code fence, where JSON alone was asked for"_s
                : u"has words around the JSON, where JSON alone was asked for"_s);
    }
    check.json = *std::move(json);
    check.violations += report->violations;
    check.hasMore = report->hasMore;
    return check;
}

AnswerWatch::AnswerWatch(const JsonSchema &schema)
    : m_schema(schema)
    , m_parser(std::make_unique<PartialJson>())
{ }

std::optional<SchemaViolation> AnswerWatch::append(QStringView piece)
{
    if (m_isOver) {
        return std::nullopt;
    }
    feed(piece);
    if (!m_parser->root() || m_isOver || (m_size < m_nextLook && !m_parser->isWhole())) {
        return std::nullopt;
    }
    m_nextLook = m_size < smallAnswer ? 0 : m_size + m_size / newPart;
    auto violation = m_schema.firstCertain(*m_parser->root());
    m_isOver = violation || m_parser->isWhole();
    return violation;
}

/// Skips what stands before the JSON. Words may hold brackets of their own: after words nothing
/// is certain but what is within an object.
void AnswerWatch::feed(QStringView piece)
{
    if (!m_isInside) {
        const auto begin = std::ranges::find_if(piece,
            [this](QChar c) { return c == u'{' || (m_isAfterWords ? false : !c.isSpace()); });
        if (begin == piece.end()) {
            return;
        }
        m_isInside = true;
        m_isObject = *begin == u'{';
        piece = QStringView(begin, piece.end());
    }
    m_size += piece.size();
    m_parser->append(piece);
    if (m_parser->fault() && !m_parser->isWhole()) {
        if (m_isAfterWords || m_isObject) {
            m_isOver = true; // it is broken, or were words after all: nothing is certain
            return;
        }
        m_isAfterWords = true;
        m_isInside = false;
        m_size = 0;
        m_parser = std::make_unique<PartialJson>();
        feed(piece);
    }
}

} // namespace Lorikeet
