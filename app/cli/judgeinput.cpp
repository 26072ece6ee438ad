// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judgeinput.h"

#include "base/invalidrequest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Each of the answers against the first.
Result<QList<JudgePair>> pairsAmong(const JudgePair &common, const QJsonArray &answers)
{
    QList<JudgePair> pairs;
    for (qsizetype i = 0; i < answers.size(); ++i) {
        const QJsonValue text = answers[i][u"text"_s];
        if (!text.isString()) {
            return invalidRequest(u"answer %1 has no “text”"_s.arg(i + 1));
        }
        const QString name = answers[i][u"name"_s].toString(u"answer %1"_s.arg(i + 1));
        if (i == 0) {
            pairs.append(common);
            pairs[0].firstName = name;
            pairs[0].first = text.toString();
        } else {
            pairs.append(pairs.constFirst());
            pairs.last().secondName = name;
            pairs.last().second = text.toString();
        }
    }
    if (pairs.size() < 2) {
        return invalidRequest(u"it has not two answers"_s);
    }
    pairs.removeFirst();
    return pairs;
}

Result<QList<JudgePair>> pairsOf(const QJsonObject &object)
{
    if (!object[u"prompt"_s].isString()) {
        return invalidRequest(u"it has no “prompt”"_s);
    }
    JudgePair pair{.id = object[u"id"_s].toString(), .prompt = object[u"prompt"_s].toString()};
    for (const QString &list : {u"lanes"_s, u"answers"_s}) {
        if (object[list].isArray()) {
            return pairsAmong(pair, object[list].toArray());
        }
    }
    if (!object[u"chosen"_s].isString() || !object[u"rejected"_s].isString()) {
        return invalidRequest(u"it has neither “answers” nor “chosen” and “rejected”"_s);
    }
    pair.first = object[u"chosen"_s].toString();
    pair.second = object[u"rejected"_s].toString();
    pair.firstName = u"chosen"_s;
    pair.secondName = u"rejected"_s;
    return QList<JudgePair>{pair};
}

} // namespace

Result<QList<JudgePair>> readJudgePairs(const QString &fileName)
{
    QFile file(fileName);
    const bool isOpen = fileName == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly)
                                           : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(fileName, file.errorString()));
    }
    const QByteArray bytes = file.readAll();
    QList<JudgePair> pairs;
    // One object may also be written over several lines.
    const bool isOne = QJsonDocument::fromJson(bytes).isObject();
    const QList<QByteArray> lines = isOne ? QList<QByteArray>{bytes} : bytes.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty()) {
            continue;
        }
        QJsonParseError error;
        const QJsonDocument line = QJsonDocument::fromJson(lines[i], &error);
        const Result<QList<JudgePair>> more
            = line.isObject() ? pairsOf(line.object()) : invalidRequest(u"it is no JSON object"_s);
        if (!more) {
            return invalidRequest(u"Line %1 of %2 cannot be judged: %3."_s.arg(i + 1).arg(
                fileName == "-"_L1 ? u"the input"_s : fileName, more.error().message));
        }
        pairs.append(*more);
    }
    if (pairs.isEmpty()) {
        return invalidRequest(u"There are no answers to judge in %1."_s.arg(
            fileName == "-"_L1 ? u"the input"_s : fileName));
    }
    return pairs;
}

} // namespace Lorikeet
