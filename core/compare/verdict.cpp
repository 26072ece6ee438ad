// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/verdict.h"

#include "base/csvfield.h"
#include "base/logging.h"
#include "compare/lane.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// It has a place for each of its answers.
bool isOrdered(const Verdict &verdict)
{
    return verdict.kind == Verdict::Kind::Ranking
        && verdict.places.size() == verdict.answers.size();
}

/// How much better answer i is than answer j: 1, 0, or 0.5 where both are as good; nothing where
/// nothing was said of the two.
std::optional<double> preferenceOf(const Verdict &verdict, qsizetype i, qsizetype j)
{
    switch (verdict.kind) {
    case Verdict::Kind::Best:
        // Of those that were not the best, nothing was said.
        return i == verdict.best ? std::optional(1.0)
            : j == verdict.best  ? std::optional(0.0)
                                 : std::nullopt;
    case Verdict::Kind::Tie:
        return 0.5;
    case Verdict::Kind::AllBad:
        return std::nullopt;
    case Verdict::Kind::Ranking:
        if (!isOrdered(verdict)) {
            return std::nullopt;
        }
        return verdict.places[i] < verdict.places[j] ? 1.0
            : verdict.places[i] > verdict.places[j]  ? 0.0
                                                     : 0.5;
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

QJsonObject metadataOf(const Verdict &verdict, qsizetype chosenAt, qsizetype rejectedAt)
{
    const JudgedAnswer &chosen = verdict.answers[chosenAt];
    const JudgedAnswer &rejected = verdict.answers[rejectedAt];
    QJsonObject metadata{{u"verdict"_s, verdict.id.toString(QUuid::WithoutBraces)},
        {u"chosen_by"_s, chosen.name}, {u"rejected_by"_s, rejected.name},
        {u"chosen_model"_s, chosen.model}, {u"rejected_model"_s, rejected.model},
        {u"chosen_adapter"_s, chosen.adapter}, {u"rejected_adapter"_s, rejected.adapter},
        {u"blind"_s, verdict.blind}, {u"tags"_s, QJsonArray::fromStringList(verdict.tags)},
        {u"note"_s, redacted(verdict.note)}, {u"time"_s, verdict.created.toString(Qt::ISODate)}};
    if (isOrdered(verdict)) {
        metadata.insert(u"chosen_place"_s, verdict.places[chosenAt]);
        metadata.insert(u"rejected_place"_s, verdict.places[rejectedAt]);
    }
    if (!verdict.judge.isEmpty()) {
        metadata.insert(u"judge"_s, verdict.judge);
    }
    return metadata;
}

QByteArray preferenceLine(const Verdict &verdict, qsizetype chosen, qsizetype rejected)
{
    QJsonObject line{{u"prompt"_s, redacted(verdict.prompt)},
        {u"chosen"_s, redacted(verdict.answers[chosen].text)},
        {u"rejected"_s, redacted(verdict.answers[rejected].text)},
        {u"metadata"_s, metadataOf(verdict, chosen, rejected)}};
    if (!verdict.systemPrompt.isEmpty()) {
        line.insert(u"system"_s, redacted(verdict.systemPrompt));
    }
    if (!verdict.examples.isEmpty()) {
        QJsonArray examples;
        for (const ExampleTurn &turn : verdict.examples) {
            examples.append(
                QJsonObject{{u"role"_s, toWord(turn.role)}, {u"content"_s, redacted(turn.text)}});
        }
        line.insert(u"examples"_s, examples);
    }
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

QString toWord(Verdict::Kind kind)
{
    switch (kind) {
    case Verdict::Kind::Best:
        return u"best"_s;
    case Verdict::Kind::Tie:
        return u"tie"_s;
    case Verdict::Kind::AllBad:
        return u"all-bad"_s;
    case Verdict::Kind::Ranking:
        return u"ranking"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QList<Verdict> verdictsOf(const QList<Verdict> &verdicts, Voter voter)
{
    QList<Verdict> some;
    QSet<QStringList> said;
    for (auto it = verdicts.crbegin(); it != verdicts.crend(); ++it) {
        if (it->judge.isEmpty() != (voter == Voter::Person)) {
            continue;
        }
        if (voter == Voter::Model) {
            // Lanes change places: the same two are the same in either order.
            QStringList answers;
            for (const JudgedAnswer &answer : it->answers) {
                answers.append(answer.name + u'\n' + answer.text);
            }
            answers.sort();
            QStringList subject{it->comparison.toString(), it->judge, it->prompt, it->systemPrompt};
            for (const ExampleTurn &turn : it->examples) {
                subject.append(toWord(turn.role) + u'\n' + turn.text);
            }
            subject += answers;
            if (said.contains(subject)) {
                continue;
            }
            said.insert(subject);
        }
        some.append(*it);
    }
    std::ranges::reverse(some);
    return some;
}

QList<PairResult> pairsOf(const QList<Verdict> &verdicts, const QString &tag)
{
    QList<PairResult> pairs;
    for (const Verdict &verdict : verdicts) {
        if (!tag.isEmpty() && !verdict.tags.contains(tag)) {
            continue;
        }
        for (qsizetype i = 0; i < verdict.answers.size(); ++i) {
            for (qsizetype j = i + 1; j < verdict.answers.size(); ++j) {
                const std::optional<double> said = preferenceOf(verdict, i, j);
                // A model says how much better, too.
                const bool isWeighed = verdict.score && verdict.answers.size() == 2;
                if (const auto score = isWeighed ? verdict.score : said) {
                    pairs.append({.first = verdict.answers[i].name,
                        .second = verdict.answers[j].name,
                        .score = *score});
                }
            }
        }
    }
    return pairs;
}

QByteArray preferencesAsJsonLines(const QList<Verdict> &verdicts)
{
    QByteArray lines;
    for (const Verdict &verdict : verdicts) {
        for (qsizetype i = 0; i < verdict.answers.size(); ++i) {
            for (qsizetype j = 0; j < verdict.answers.size(); ++j) {
                // The same text twice teaches nothing.
                if (i != j && verdict.answers[i].text != verdict.answers[j].text
                    && preferenceOf(verdict, i, j) == 1.0) {
                    lines += preferenceLine(verdict, i, j);
                }
            }
        }
    }
    return lines;
}

QByteArray verdictsAsCsv(const QList<Verdict> &verdicts)
{
    QString out = u"verdict,time,blind,result,lane,name,endpoint,model,adapter,best,place,judge,"
                  "share,tags,note,prompt,answer\r\n"_s;
    for (const Verdict &verdict : verdicts) {
        for (qsizetype i = 0; i < verdict.answers.size(); ++i) {
            const JudgedAnswer &answer = verdict.answers[i];
            const bool isBest = isOrdered(verdict)
                ? verdict.places[i] == 1
                : verdict.kind == Verdict::Kind::Best && i == verdict.best;
            const QStringList fields{verdict.id.toString(QUuid::WithoutBraces),
                verdict.created.toString(Qt::ISODate), verdict.blind ? u"yes"_s : u"no"_s,
                toWord(verdict.kind), laneLetter(i), csvField(answer.name),
                csvField(answer.endpointName), csvField(answer.model), csvField(answer.adapter),
                isBest ? u"yes"_s : u"no"_s,
                isOrdered(verdict) ? QString::number(verdict.places[i]) : QString(),
                csvField(verdict.judge),
                verdict.score && verdict.answers.size() == 2
                    ? QString::number(i == 0 ? *verdict.score : 1 - *verdict.score, 'g', 4)
                    : QString(),
                csvField(verdict.tags.join(u' ')), csvField(redacted(verdict.note)),
                csvField(redacted(verdict.prompt)), csvField(redacted(answer.text))};
            out += fields.join(u',') + u"\r\n"_s;
        }
    }
    return out.toUtf8();
}

} // namespace Lorikeet
