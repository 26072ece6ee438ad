// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/judgedexport.h"

#include "base/logging.h"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct PairLines
{
    QString verdict;
    QStringList reasons;
};

/// Everything that is said, as lines of plain text.
struct Lines
{
    QString head;
    QString rubric;
    QString shares;
    QList<PairLines> pairs;
    QString facts;
};

QString percent(double share) { return QString::number(std::lround(share * 100)) + u" %"_s; }

/// "B 90 %", by the share of the first.
QString preferred(double share, const QString &first, const QString &second)
{
    switch (preferenceAt(share)) {
    case 1:
        return first + u' ' + percent(share);
    case -1:
        return second + u' ' + percent(1 - share);
    default:
        return u"neither"_s;
    }
}

PairLines linesOf(const Judgement &judgement, const QString &first, const QString &second)
{
    PairLines lines;
    QStringList orders;
    const auto add = [&](const std::optional<JudgeReading> &reading, bool swapped) {
        const QString &shown = swapped ? second : first;
        const QString &after = swapped ? first : second;
        if (!reading) {
            orders.append(u"%1 shown first: not judged"_s.arg(shown));
            return;
        }
        const double share = swapped ? 1 - reading->score() : reading->score();
        orders.append(u"%1 shown first: %2"_s.arg(shown, preferred(share, first, second)));
        if (!reading->reason.isEmpty()) {
            lines.reasons.append(
                u"%1, then %2: %3"_s.arg(shown, after, redacted(reading->reason).simplified()));
        }
    };
    add(judgement.forward, false);
    add(judgement.backward, true);
    QString verdict = u"not judged in both orders"_s;
    if (const std::optional<double> score = judgement.score()) {
        verdict = preferred(*score, first, second)
            + (judgement.agrees() ? u", both orders agree"_s : u", the orders disagree"_s);
    }
    lines.verdict = u"%1 and %2: %3 (%4)"_s.arg(first, second, verdict, orders.join(u"; "_s));
    if (judgement.error) {
        lines.verdict += u". "_s + redacted(judgement.error->message);
    }
    return lines;
}

QString sharesText(const JudgedTurn &turn, const QStringList &letters)
{
    QList<std::pair<double, QString>> known;
    const QList<std::optional<double>> shares = sharesOf(turn);
    for (qsizetype i = 0; i < shares.size(); ++i) {
        if (shares[i] && !letters.value(i).isEmpty()) {
            known.append({*shares[i], letters[i]});
        }
    }
    std::ranges::stable_sort(
        known, std::ranges::greater(), [](const auto &entry) { return entry.first; });
    QStringList parts;
    for (const auto &[share, letter] : std::as_const(known)) {
        parts.append(letter + u' ' + percent(share));
    }
    return parts.join(u" · "_s);
}

QString factsText(const JudgedTurn &turn)
{
    const JudgeSummary summary = summaryOf(turn);
    QStringList facts{
        u"%1 of %2 pairs judged in both orders"_s.arg(summary.judged).arg(summary.pairs)};
    if (summary.judged > 0) {
        facts.append(u"the answer shown first gained %1 points"_s.arg(
            QString::number(summary.positionBias * 100, 'f', 1)));
    }
    facts.append(
        u"%1 tokens read, %2 written"_s.arg(summary.promptTokens).arg(summary.outputTokens));
    if (summary.cost) {
        facts.append(
            u"cost %1 %2"_s.arg(QString::number(*summary.cost, 'g', 3), turn.currency).trimmed());
    }
    const QString problem = turn.problem.isEmpty() ? QString() : u' ' + redacted(turn.problem);
    return facts.join(u" · "_s) + u'.' + problem;
}

Lines linesOf(const JudgedTurn &turn, const QStringList &letters)
{
    Lines lines{.head = u"Judged by "_s + redacted(turn.judge),
        .rubric = redacted(turn.rubric.name),
        .shares = sharesText(turn, letters),
        .pairs = {},
        .facts = factsText(turn)};
    QStringList criteria;
    for (const RubricCriterion &criterion : turn.rubric.criteria) {
        if (const QString text = redacted(criterion.text).simplified(); !text.isEmpty()) {
            criteria.append(u"%1 (%2)"_s.arg(text, QString::number(criterion.weight)));
        }
    }
    lines.rubric = u"“%1”: %2"_s.arg(lines.rubric, criteria.join(u" "_s));
    for (const JudgedPair &pair : turn.pairs) {
        const QString first = letters.value(pair.first);
        const QString second = letters.value(pair.second);
        if (!first.isEmpty() && !second.isEmpty()) {
            lines.pairs.append(linesOf(pair.judgement, first, second));
        }
    }
    return lines;
}

const QString definition
    = u"The share of a lane is the mean over its pairs, of both orders: 100 % where it was "
      "preferred in all, 50 % where it was as good. Where the server tells probabilities, a "
      "verdict's share is that of its letter among the three there were (first, second, neither), "
      "and neither counts half for each."_s;

} // namespace

QString judgedAsMarkdown(const JudgedTurn &turn, const QStringList &letters)
{
    const Lines lines = linesOf(turn, letters);
    QString out = u"\n### %1\n\n"_s.arg(lines.head);
    if (!lines.shares.isEmpty()) {
        out += u"**%1**\n\n"_s.arg(lines.shares);
    }
    for (const PairLines &pair : lines.pairs) {
        out += u"- %1\n"_s.arg(pair.verdict);
        for (const QString &reason : pair.reasons) {
            out += u"  - %1\n"_s.arg(reason);
        }
    }
    return out + u"\n*By %1 %2 %3*\n"_s.arg(lines.rubric, lines.facts, definition);
}

QString judgedAsHtml(const JudgedTurn &turn, const QStringList &letters)
{
    const Lines lines = linesOf(turn, letters);
    QString out = u"<h2>%1</h2>\n"_s.arg(lines.head.toHtmlEscaped());
    if (!lines.shares.isEmpty()) {
        out += u"<p><strong>%1</strong></p>\n"_s.arg(lines.shares.toHtmlEscaped());
    }
    out += u"<ul>"_s;
    for (const PairLines &pair : lines.pairs) {
        out += u"<li>%1"_s.arg(pair.verdict.toHtmlEscaped());
        for (const QString &reason : pair.reasons) {
            out += u"<p class=\"note\">%1</p>"_s.arg(reason.toHtmlEscaped());
        }
        out += u"</li>\n"_s;
    }
    return out + u"</ul>\n"_s
        + u"<p class=\"note\">By %1<br>%2<br>%3</p>\n"_s.arg(
            lines.rubric.toHtmlEscaped(), lines.facts.toHtmlEscaped(), definition.toHtmlEscaped());
}

} // namespace Lorikeet
