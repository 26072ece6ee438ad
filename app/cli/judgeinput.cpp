// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judgeinput.h"

#include "base/invalidrequest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Each of the answers against the first, but for those that never became one.
Result<JudgeInput> pairsAmong(const JudgePair &common, const QJsonArray &answers)
{
    JudgeInput input;
    JudgePair pair = common;
    bool hasFirst = false;
    for (qsizetype i = 0; i < answers.size(); ++i) {
        const QJsonValue text = answers[i][u"text"_s];
        if (answers[i][u"error"_s].isObject()) {
            ++input.failed;
            continue;
        }
        if (!text.isString()) {
            return invalidRequest(u"answer %1 has no “text”"_s.arg(i + 1));
        }
        const QString name = answers[i][u"name"_s].toString(u"answer %1"_s.arg(i + 1));
        (hasFirst ? pair.secondName : pair.firstName) = name;
        (hasFirst ? pair.second : pair.first) = text.toString();
        if (std::exchange(hasFirst, true)) {
            input.pairs.append(pair);
        }
    }
    if (answers.size() < 2) {
        return invalidRequest(u"it has not two answers"_s);
    }
    return input;
}

Result<JudgeInput> pairsOf(const QJsonObject &object)
{
    if (!object[u"prompt"_s].isString()) {
        return invalidRequest(u"it has no “prompt”"_s);
    }
    JudgePair pair{
        .id = object[u"id"_s].toVariant().toString(), .prompt = object[u"prompt"_s].toString()};
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
    return JudgeInput{.pairs = {pair}};
}

} // namespace

Result<JudgeInput> readJudgePairs(const QString &fileName)
{
    QFile file(fileName);
    const bool isOpen = fileName == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly)
                                           : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(fileName, file.errorString()));
    }
    const QByteArray bytes = file.readAll();
    JudgeInput input;
    // One object may also be written over several lines.
    const bool isOne = QJsonDocument::fromJson(bytes).isObject();
    const QList<QByteArray> lines = isOne ? QList<QByteArray>{bytes} : bytes.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty()) {
            continue;
        }
        QJsonParseError error;
        const QJsonDocument line = QJsonDocument::fromJson(lines[i], &error);
        const Result<JudgeInput> more
            = line.isObject() ? pairsOf(line.object()) : invalidRequest(u"it is no JSON object"_s);
        if (!more) {
            return invalidRequest(u"Line %1 of %2 cannot be judged: %3."_s.arg(i + 1).arg(
                fileName == "-"_L1 ? u"the input"_s : fileName, more.error().message));
        }
        input.pairs.append(more->pairs);
        input.failed += more->failed;
    }
    if (input.pairs.isEmpty()) {
        return invalidRequest(u"There are no answers to judge in %1."_s.arg(
            fileName == "-"_L1 ? u"the input"_s : fileName));
    }
    return input;
}

} // namespace Lorikeet
