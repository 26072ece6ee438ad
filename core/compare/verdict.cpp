// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/verdict.h"

#include "base/logging.h"
#include "compare/lane.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// RFC 4180. A text that a spreadsheet would take for a formula is given a sign before it.
QString field(QString text)
{
    if (!text.isEmpty() && u"=+-@"_s.contains(text[0])) {
        text.prepend(u'\'');
    }
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

QJsonObject metadataOf(const Verdict &verdict, const JudgedAnswer &rejected)
{
    const JudgedAnswer &chosen = verdict.answers[verdict.best];
    return {{u"verdict"_s, verdict.id.toString(QUuid::WithoutBraces)},
        {u"chosen_by"_s, chosen.name}, {u"rejected_by"_s, rejected.name},
        {u"chosen_model"_s, chosen.model}, {u"rejected_model"_s, rejected.model},
        {u"chosen_adapter"_s, chosen.adapter}, {u"rejected_adapter"_s, rejected.adapter},
        {u"blind"_s, verdict.blind}, {u"tags"_s, QJsonArray::fromStringList(verdict.tags)},
        {u"note"_s, redacted(verdict.note)}, {u"time"_s, verdict.created.toString(Qt::ISODate)}};
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
    }
    Q_UNREACHABLE_RETURN(QString());
}

QList<PairResult> pairsOf(const QList<Verdict> &verdicts, const QString &tag)
{
    QList<PairResult> pairs;
    for (const Verdict &verdict : verdicts) {
        if (verdict.kind == Verdict::Kind::AllBad
            || (!tag.isEmpty() && !verdict.tags.contains(tag))) {
            continue;
        }
        for (qsizetype i = 0; i < verdict.answers.size(); ++i) {
            for (qsizetype j = i + 1; j < verdict.answers.size(); ++j) {
                const bool isTie = verdict.kind == Verdict::Kind::Tie;
                // Of those that were not the best, nothing was said.
                if (isTie || i == verdict.best || j == verdict.best) {
                    pairs.append({.first = verdict.answers[i].name,
                        .second = verdict.answers[j].name,
                        .score = isTie          ? 0.5
                            : i == verdict.best ? 1.0
                                                : 0.0});
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
        if (verdict.kind != Verdict::Kind::Best || verdict.best >= verdict.answers.size()) {
            continue;
        }
        const QString chosen = redacted(verdict.answers[verdict.best].text);
        for (qsizetype i = 0; i < verdict.answers.size(); ++i) {
            const JudgedAnswer &rejected = verdict.answers[i];
            // The same text twice teaches nothing.
            if (i == verdict.best || rejected.text == verdict.answers[verdict.best].text) {
                continue;
            }
            QJsonObject line{{u"prompt"_s, redacted(verdict.prompt)}, {u"chosen"_s, chosen},
                {u"rejected"_s, redacted(rejected.text)},
                {u"metadata"_s, metadataOf(verdict, rejected)}};
            if (!verdict.systemPrompt.isEmpty()) {
                line.insert(u"system"_s, redacted(verdict.systemPrompt));
            }
            lines += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
        }
    }
    return lines;
}

QByteArray verdictsAsCsv(const QList<Verdict> &verdicts)
{
    QString out
        = u"verdict,time,blind,result,lane,name,endpoint,model,adapter,best,tags,note,prompt,"
          "answer\r\n"_s;
    for (const Verdict &verdict : verdicts) {
        for (qsizetype i = 0; i < verdict.answers.size(); ++i) {
            const JudgedAnswer &answer = verdict.answers[i];
            const bool isBest = verdict.kind == Verdict::Kind::Best && i == verdict.best;
            const QStringList fields{verdict.id.toString(QUuid::WithoutBraces),
                verdict.created.toString(Qt::ISODate), verdict.blind ? u"yes"_s : u"no"_s,
                toWord(verdict.kind), laneLetter(i), field(answer.name), field(answer.endpointName),
                field(answer.model), field(answer.adapter), isBest ? u"yes"_s : u"no"_s,
                field(verdict.tags.join(u' ')), field(redacted(verdict.note)),
                field(redacted(verdict.prompt)), field(redacted(answer.text))};
            out += fields.join(u',') + u"\r\n"_s;
        }
    }
    return out.toUtf8();
}

} // namespace Lorikeet
