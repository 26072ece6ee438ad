// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparereport.h"

#include "chatjson.h"
#include "compare/textdiff.h"
#include "model/outcomejson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What stands before and behind words that went, and that came.
struct Signs
{
    QString goneFrom;
    QString goneTo;
    QString comeFrom;
    QString comeTo;
};

/// wdiff's, which many tools know, or colours where a person reads.
Signs signsFor(bool isTerminal)
{
    if (isTerminal) {
        return {u"\x1b[9;31m"_s, u"\x1b[0m"_s, u"\x1b[4;32m"_s, u"\x1b[0m"_s};
    }
    return {u"[-"_s, u"-]"_s, u"{+"_s, u"+}"_s};
}

QString marked(const QString &base, const QString &text, const Signs &signs)
{
    QString out;
    qsizetype done = 0;
    for (const TextChange &change : diffWords(base, text).changes) {
        out += QStringView(text).sliced(done, change.otherStart - done);
        if (change.baseLength > 0) {
            out += signs.goneFrom + base.sliced(change.baseStart, change.baseLength) + signs.goneTo;
        }
        if (change.otherLength > 0) {
            out += signs.comeFrom + text.sliced(change.otherStart, change.otherLength)
                + signs.comeTo;
        }
        done = change.otherStart + change.otherLength;
    }
    return out += QStringView(text).sliced(done);
}

QJsonObject diffToJson(const TextDiff &diff)
{
    QJsonArray changes;
    for (const TextChange &change : diff.changes) {
        changes.append(QJsonObject{{u"base"_s, QJsonArray{change.baseStart, change.baseLength}},
            {u"this"_s, QJsonArray{change.otherStart, change.otherLength}}});
    }
    return {{u"similarity"_s, diff.similarity}, {u"changes"_s, changes}};
}

QString percent(double share) { return QString::number(share * 100, 'f', 1) + u" %"_s; }

} // namespace

QString CompareReport::toText(bool showsDifferences, bool isTerminal) const
{
    QString text;
    const QString base = outcomes.constFirst().choice().text;
    for (qsizetype i = 0; i < outcomes.size(); ++i) {
        const ChatOutcome &outcome = outcomes.at(i);
        const QString &answer = outcome.choice().text;
        text += u"%1  %2\n"_s.arg(laneLetter(i), lanes.at(i).name);
        text += showsDifferences && i > 0 ? marked(base, answer, signsFor(isTerminal)) : answer;
        text += answer.isEmpty() || answer.endsWith(u'\n') ? u""_s : u"\n"_s;
        text += u"   "_s + metricsLine(outcome);
        if (i > 0 && !answer.isEmpty()) {
            const TextDiff diff = diffWords(base, answer);
            text += diff.changes.isEmpty()
                ? u" · the same words as A"_s
                : u" · %1 like A, %2 differences"_s.arg(percent(diff.similarity))
                      .arg(diff.changes.size());
        }
        text += outcome.error ? u"\n   "_s + outcome.error->message : QString();
        text += i + 1 < outcomes.size() ? u"\n\n"_s : u"\n"_s;
    }
    return text;
}

QJsonObject CompareReport::toJson() const
{
    QJsonArray list;
    const QString base = outcomes.constFirst().choice().text;
    for (qsizetype i = 0; i < outcomes.size(); ++i) {
        const ChatOutcome &outcome = outcomes.at(i);
        QJsonObject lane = measuresToJson(outcome);
        lane.insert(u"lane"_s, laneLetter(i));
        lane.insert(u"name"_s, lanes.at(i).name);
        lane.insert(u"attempts"_s, outcome.tries);
        lane.insert(u"text"_s, outcome.choice().text);
        lane.insert(u"finish"_s, toWord(outcome.choice().finish.kind));
        if (i > 0) {
            lane.insert(u"diff"_s, diffToJson(diffWords(base, outcome.choice().text)));
        }
        list.append(lane);
    }
    QJsonArray asked;
    for (const qsizetype lane : order) {
        asked.append(laneLetter(lane));
    }
    return {{u"prompt"_s, prompt}, {u"asked"_s, asked}, {u"lanes"_s, list}};
}

} // namespace Lorikeet
