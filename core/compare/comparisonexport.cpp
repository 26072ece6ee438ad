// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/comparisonexport.h"

#include "base/durationtext.h"
#include "base/logging.h"
#include "compare/judgedexport.h"
#include "compare/lane.h"
#include "compare/textdiff.h"
#include "model/timeshares.h"

#include <QJsonDocument>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// A text that looks like a key is no longer one where it leaves the program.
QString safe(const QString &text) { return redacted(text); }

QString jsonText(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

QString measuresOf(const ChatNode &answer)
{
    const ChatMetrics &metrics = answer.metrics;
    QStringList parts;
    if (metrics.timeToFirstToken) {
        parts.append(u"TTFT "_s + durationText(*metrics.timeToFirstToken));
    }
    if (metrics.tokensPerSecond) {
        parts.append(u"speed %1 tok/s"_s.arg(*metrics.tokensPerSecond, 0, 'f', 1));
    }
    if (metrics.outputTokens) {
        parts.append(u"out %1%2 tok"_s.arg(metrics.outputTokensEstimated ? u"≈ "_s : QString())
                .arg(*metrics.outputTokens));
    }
    if (metrics.total) {
        parts.append(u"total "_s + durationText(*metrics.total));
    }
    if (const auto shares = shareTimes(answer.serverTiming, metrics.total)) {
        parts.append(u"server "_s + durationText(shares->server));
        if (shares->difference) {
            parts.append(u"network + queue "_s + durationText(*shares->difference));
        }
    }
    if (answer.origin.warmUp) {
        parts.append(u"warm-up "_s + durationText(*answer.origin.warmUp) + u", not counted"_s);
    }
    if (!answer.finish.word.isEmpty()) {
        parts.append(u"finish "_s + safe(answer.finish.word));
    }
    if (answer.state != ChatNode::State::Complete) {
        parts.append(toWord(answer.state));
    }
    if (answer.error) {
        parts.append(safe(answer.error->message));
    }
    return parts.join(u" · "_s);
}

QString likeness(const TextDiff &diff, const QString &base)
{
    return diff.changes.isEmpty()
        ? u"the same words as "_s + base
        : u"%1 % like %2, %3 differences"_s.arg(std::floor(diff.similarity * 100))
              .arg(base)
              .arg(diff.changes.size());
}

QString askedHow(ComparisonOptions::Order order)
{
    switch (order) {
    case ComparisonOptions::Order::Together:
        return u"All lanes were asked at once, from the first on."_s;
    case ComparisonOptions::Order::Shuffled:
        return u"All lanes were asked at once, in an order of chance."_s;
    case ComparisonOptions::Order::OneByOne:
        return u"One lane was asked after the other."_s;
    }
    return {};
}

/// Everything of a comparison by turns, in the order of its lanes.
struct Sheet
{
    QString title;
    QString asked;
    QList<QList<ExportedTurn>> lanes;
    qsizetype turns = 0;
    qsizetype base = 0;

    Sheet(const ComparisonRecord &record, const QList<ExportedLane> &exported)
        : title(record.title.isEmpty() ? u"Comparison"_s : safe(record.title))
        , asked(askedHow(record.order)
              + (record.warmsUp ? u" A short request went before, which is not counted."_s
                                : QString()))
        , base(std::clamp<qsizetype>(record.base, 0, std::max<qsizetype>(0, exported.size() - 1)))
    {
        for (const ExportedLane &lane : exported) {
            lanes.append(exportedTurns(lane.conversation));
            turns = std::max(turns, lanes.constLast().size());
        }
    }

    [[nodiscard]] const ExportedTurn *at(qsizetype lane, qsizetype turn) const
    {
        return turn < lanes[lane].size() ? &lanes[lane][turn] : nullptr;
    }

    /// Of the first lane that has that turn.
    [[nodiscard]] QString prompt(qsizetype turn) const
    {
        for (qsizetype lane = 0; lane < lanes.size(); ++lane) {
            if (const ExportedTurn *found = at(lane, turn)) {
                return found->prompt;
            }
        }
        return {};
    }

    /// The letters of the lanes whose answers of that turn were judged, by the answers; empty: they
    /// were not.
    [[nodiscard]] QStringList judgedLanes(const JudgedTurn &judged, qsizetype turn) const
    {
        QStringList letters;
        for (const QUuid answer : judged.answers) {
            QString letter;
            for (qsizetype lane = 0; lane < lanes.size(); ++lane) {
                const ExportedTurn *found = at(lane, turn);
                if (found && found->answer && found->answer->id == answer) {
                    letter = laneLetter(lane);
                }
            }
            letters.append(letter);
        }
        return letters.count(QString()) + 1 < letters.size() ? letters : QStringList();
    }

    /// What the base answered, where another lane's answer can be held against it.
    [[nodiscard]] std::optional<QString> baseText(qsizetype lane, qsizetype turn) const
    {
        const ExportedTurn *found = lane == base ? nullptr : at(base, turn);
        return found && found->answer && !found->answer->message.content.isEmpty()
            ? std::optional(found->answer->message.content)
            : std::nullopt;
    }
};

QString quoted(const QString &text) { return u"> "_s + QString(text).replace(u'\n', u"\n> "_s); }

QString markedHtml(const QString &base, const QString &text, const TextDiff &diff)
{
    QString html;
    qsizetype done = 0;
    for (const TextChange &change : diff.changes) {
        html += text.sliced(done, change.otherStart - done).toHtmlEscaped();
        if (change.baseLength > 0) {
            html += u"<del>"_s + base.sliced(change.baseStart, change.baseLength).toHtmlEscaped()
                + u"</del>"_s;
        }
        if (change.otherLength > 0) {
            html += u"<ins>"_s + text.sliced(change.otherStart, change.otherLength).toHtmlEscaped()
                + u"</ins>"_s;
        }
        done = change.otherStart + change.otherLength;
    }
    return html + text.sliced(done).toHtmlEscaped();
}

const QString style = uR"(
:root { color-scheme: light dark; --ground: #fff; --ink: #161a22; --muted: #5e6778;
  --line: #dee2e9; --prompt: #eef0fb; --added: #ddf4e4; --removed: #fbe3e4; }
@media (prefers-color-scheme: dark) { :root { --ground: #1a1d24; --ink: #e8eaf0; --muted: #99a2b3;
  --line: #2b303a; --prompt: #232838; --added: #163322; --removed: #3d1c21; } }
body { background: var(--ground); color: var(--ink); font: 15px/1.5 Inter, sans-serif;
  margin: 32px; }
h1 { font-size: 20px } h2 { font-size: 15px; margin: 0 0 8px } p.note, .measures, dl { color: var(--muted); font-size: 12px }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: 1px solid var(--line); padding: 12px; text-align: left; vertical-align: top }
td.prompt { background: var(--prompt) } td.judged ul { margin: 8px 0; padding-left: 20px }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
ins { background: var(--added) } del { background: var(--removed) }
)"_s;

} // namespace

QList<ExportedTurn> exportedTurns(const Conversation &conversation)
{
    QList<ExportedTurn> turns;
    for (const QUuid id : conversation.path()) {
        const ChatNode &node = *conversation.find(id);
        if (node.message.role == Role::User) {
            turns.append({.prompt = node.message.content, .answer = {}});
        } else if (node.isAnswer() && !turns.isEmpty()) {
            turns.last().answer = node;
        }
    }
    return turns;
}

QStringList exportedFacts(const ExportedLane &lane)
{
    const ChatSetup &setup = lane.conversation.head().setup;
    QStringList facts;
    const auto add = [&facts](const QString &name, const QString &value) {
        if (!value.isEmpty()) {
            facts.append(name + u": "_s + value);
        }
    };
    add(u"endpoint"_s, safe(lane.endpointName));
    add(u"model"_s, safe(setup.model));
    add(u"adapter"_s, safe(AnswerOrigin{.setup = setup}.adapterLabel()));
    for (const auto &[name, value] : setup.parameters.asKeyValueRange()) {
        add(name, jsonText(redacted(QJsonObject{{name, value}})[name]));
    }
    if (!setup.extraBody.isEmpty()) {
        add(u"extra body"_s, jsonText(redacted(setup.extraBody)));
    }
    add(u"system prompt"_s, safe(setup.systemPrompt).simplified());
    if (const PromptExamples &examples = setup.examples; !examples.turns.isEmpty()) {
        QStringList turns;
        for (const ExampleTurn &turn : examples.turns) {
            turns.append(u"%1: %2"_s.arg(toWord(turn.role), safe(turn.text).simplified()));
        }
        add(u"examples"_s, turns.join(u" / "_s));
    }
    return facts;
}

QString comparisonAsMarkdown(const ComparisonRecord &record, const QList<ExportedLane> &lanes)
{
    const Sheet sheet(record, lanes);
    QString out = u"# %1\n\n%2 Lanes are compared with %3.\n\n"_s.arg(
        sheet.title, sheet.asked, laneLetter(sheet.base));
    for (qsizetype lane = 0; lane < lanes.size(); ++lane) {
        out += u"- **%1** %2 (%3)\n"_s.arg(
            laneLetter(lane), safe(lanes[lane].name), exportedFacts(lanes[lane]).join(u", "_s));
    }
    for (qsizetype turn = 0; turn < sheet.turns; ++turn) {
        const QString prompt = sheet.prompt(turn);
        out += u"\n## Prompt %1\n\n%2\n"_s.arg(turn + 1).arg(quoted(safe(prompt)));
        for (qsizetype lane = 0; lane < lanes.size(); ++lane) {
            const ExportedTurn *at = sheet.at(lane, turn);
            if (!at) {
                continue;
            }
            out += u"\n### %1 %2\n\n"_s.arg(laneLetter(lane), safe(lanes[lane].name));
            if (at->prompt != prompt) {
                out += u"Asked instead:\n\n%1\n\n"_s.arg(quoted(safe(at->prompt)));
            }
            if (!at->answer) {
                out += u"*No answer was asked for.*\n"_s;
                continue;
            }
            const QString &text = at->answer->message.content;
            out += safe(text) + u"\n\n*"_s + measuresOf(*at->answer);
            if (const auto base = sheet.baseText(lane, turn); base && !text.isEmpty()) {
                out += u" · "_s + likeness(diffWords(*base, text), laneLetter(sheet.base));
            }
            out += u"*\n"_s;
        }
        for (const JudgedTurn &judged : record.judged) {
            if (const QStringList letters = sheet.judgedLanes(judged, turn); !letters.isEmpty()) {
                out += judgedAsMarkdown(judged, letters);
            }
        }
    }
    return out;
}

QString comparisonAsHtml(const ComparisonRecord &record, const QList<ExportedLane> &lanes)
{
    const Sheet sheet(record, lanes);
    QString out
        = u"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
          u"charset=\"utf-8\">\n<title>%1</title>\n"
          "<style>%2</style>\n</head>\n<body>\n<h1>%1</h1>\n<p class=\"note\">%3 Lanes are "
          "compared with %4: words it does not have are <ins>marked so</ins>, words it alone has "
          "<del>so</del>.</p>\n<table>\n<tr>"_s.arg(
              sheet.title.toHtmlEscaped(), style, sheet.asked, laneLetter(sheet.base));
    for (qsizetype lane = 0; lane < lanes.size(); ++lane) {
        out += u"<th>%1 %2<div class=\"measures\">%3</div></th>"_s.arg(laneLetter(lane),
            safe(lanes[lane].name).toHtmlEscaped(),
            exportedFacts(lanes[lane]).join(u" · "_s).toHtmlEscaped());
    }
    out += u"</tr>\n"_s;
    for (qsizetype turn = 0; turn < sheet.turns; ++turn) {
        const QString prompt = sheet.prompt(turn);
        out += u"<tr><td class=\"prompt\" colspan=\"%1\"><div class=\"text\">"_s.arg(lanes.size())
            + safe(prompt).toHtmlEscaped() + u"</div></td></tr>\n<tr>"_s;
        for (qsizetype lane = 0; lane < lanes.size(); ++lane) {
            out += u"<td>"_s;
            const ExportedTurn *at = sheet.at(lane, turn);
            if (at && at->prompt != prompt) {
                out += u"<p class=\"note\">Asked instead: "_s + safe(at->prompt).toHtmlEscaped()
                    + u"</p>"_s;
            }
            if (at && at->answer) {
                const QString text = safe(at->answer->message.content);
                QString measures = measuresOf(*at->answer);
                QString body = text.toHtmlEscaped();
                if (const auto base = sheet.baseText(lane, turn); base && !text.isEmpty()) {
                    const QString safeBase = safe(*base);
                    const TextDiff diff = diffWords(safeBase, text);
                    measures += u" · "_s + likeness(diff, laneLetter(sheet.base));
                    body = markedHtml(safeBase, text, diff);
                }
                out += u"<div class=\"text\">"_s + body + u"</div><p class=\"measures\">"_s
                    + measures.toHtmlEscaped() + u"</p>"_s;
            }
            out += u"</td>"_s;
        }
        out += u"</tr>\n"_s;
        for (const JudgedTurn &judged : record.judged) {
            if (const QStringList letters = sheet.judgedLanes(judged, turn); !letters.isEmpty()) {
                out += u"<tr><td class=\"judged\" colspan=\"%1\">"_s.arg(lanes.size())
                    + judgedAsHtml(judged, letters) + u"</td></tr>\n"_s;
            }
        }
    }
    return out + u"</table>\n</body>\n</html>\n"_s;
}

} // namespace Lorikeet
