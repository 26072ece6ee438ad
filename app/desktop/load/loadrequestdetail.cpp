// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadrequestdetail.h"

#include "charts/charttext.h"
#include "load/loadrequests.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What the words of this file are translated with.
struct LoadRequestWords
{
    Q_DECLARE_TR_FUNCTIONS(LoadRequestWords)
};

QString durationOf(const std::optional<Nanoseconds> &time)
{
    return time ? chartText(toSeconds(*time), ChartUnit::Duration) : u"–"_s;
}

QString countText(qint64 count) { return count < 0 ? u"–"_s : QLocale().toString(count); }

struct Step
{
    Moment at; ///< where it ends
    QString name;
    LoadPhase::Kind kind;
};

Moment beginOf(const LoadSample &sample) { return sample.planned ? sample.planned : sample.began; }

/// The last that is known of it.
Moment endOf(const LoadSample &sample)
{
    Moment end = beginOf(sample);
    for (const Moment moment : {sample.began, sample.lookup, sample.connected, sample.secured,
             sample.sent, sample.firstByte, sample.firstToken, sample.firstVisible,
             sample.lastToken, sample.ended}) {
        if (moment && (!end || *moment > *end)) {
            end = moment;
        }
    }
    return end;
}

std::optional<LoadRequestAxis> axisOf(const LoadSample &sample)
{
    const Moment written = sample.sent ? sample.sent : sample.began;
    const std::optional<Nanoseconds> whole = between(beginOf(sample), endOf(sample));
    if (!written || !whole || whole->count() <= 0) {
        return std::nullopt;
    }
    return LoadRequestAxis{.whole = *whole, .written = *written - *beginOf(sample)};
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 0, QLocale::DataSizeIecFormat);
}

/// Why an answer is not among those that are kept.
QString whyNotKept(const LoadSample &sample, const LoadAnswers *kept)
{
    if (sample.items > 0) {
        return LoadRequestWords::tr("Vectors and scores are not kept.");
    }
    if (!sample.began) {
        return LoadRequestWords::tr("It was never sent, so nothing was answered.");
    }
    if (sample.chunks == 0) {
        return LoadRequestWords::tr("Nothing of an answer came.");
    }
    if (!kept) {
        return LoadRequestWords::tr("What was answered is not kept of this run.");
    }
    if (!kept->isCrowded()) {
        return LoadRequestWords::tr("Its answer is missing: the program ended before it was "
                                    "written.");
    }
    return LoadRequestWords::tr("Its answer is not kept: of this run the first %1 of answers are, "
                                "and after these those that failed or were slow, up to %2 in all.")
        .arg(sizeText(kept->mostOfFirst()), sizeText(kept->most()));
}

/// One after the other, each from the end of the one before that is known.
QList<LoadPhase> phasesOf(const LoadSample &sample)
{
    const bool hasReasoning
        = sample.firstVisible && sample.firstToken && *sample.firstVisible > *sample.firstToken;
    const std::array steps{
        Step{sample.began, LoadRequestWords::tr("waited to be sent"), LoadPhase::Late},
        Step{sample.lookup, LoadRequestWords::tr("lookup"), LoadPhase::Connection},
        Step{sample.connected, LoadRequestWords::tr("connect"), LoadPhase::Connection},
        Step{sample.secured, LoadRequestWords::tr("TLS"), LoadPhase::Connection},
        Step{sample.sent, LoadRequestWords::tr("send"), LoadPhase::Sending},
        Step{sample.firstByte, LoadRequestWords::tr("wait for the first byte"), LoadPhase::Waiting},
        Step{sample.firstToken, LoadRequestWords::tr("wait for the first token"),
            LoadPhase::Waiting},
        Step{hasReasoning ? sample.firstVisible : Moment(), LoadRequestWords::tr("reasoning"),
            LoadPhase::Reasoning},
        Step{sample.lastToken, LoadRequestWords::tr("answer"), LoadPhase::Answer},
        Step{sample.ended, LoadRequestWords::tr("end"), LoadPhase::Sending},
    };
    const Moment begin = beginOf(sample);
    const std::optional<Nanoseconds> whole = between(begin, endOf(sample));
    QList<LoadPhase> phases;
    if (!whole || whole->count() <= 0) {
        return phases;
    }
    const auto shareOf
        = [&whole](Nanoseconds time) { return double(time.count()) / double(whole->count()); };
    Moment from = begin;
    for (const Step &step : steps) {
        // A kept connection was opened before this request was.
        if (!step.at || *step.at < *from) {
            continue;
        }
        LoadPhase phase;
        phase.name = step.name;
        phase.kind = step.kind;
        phase.text = durationOf(*step.at - *from);
        phase.from = shareOf(*from - *begin);
        phase.length = shareOf(*step.at - *from);
        phases.append(phase);
        from = step.at;
    }
    return phases;
}

} // namespace

LoadRequestDetail detailOf(const LoadSample &sample, const QString &choice)
{
    LoadRequestDetail detail;
    detail.title = sample.turn > 0
        ? LoadRequestWords::tr("Request %1, turn %2")
              .arg(sample.conversation + 1)
              .arg(sample.turn + 1)
        : LoadRequestWords::tr("Request %1").arg(sample.conversation + 1);
    detail.outcome = outcomeText(sample);
    detail.state = sample.isAnswered() ? LoadRequests::Answered
        : sample.isCancelled()         ? LoadRequests::Cancelled
                                       : LoadRequests::Failed;
    detail.phases = phasesOf(sample);
    const auto add = [&detail](const QString &name, const QString &value) {
        LoadFact fact;
        fact.name = name;
        fact.value = value;
        detail.facts.append(fact);
    };
    if (!choice.isEmpty()) {
        add(LoadRequestWords::tr("Asked"), choice);
    }
    if (sample.planned) {
        add(LoadRequestWords::tr("Due"), chartText(toSeconds(*sample.planned), ChartUnit::Time));
    }
    add(LoadRequestWords::tr("Left late by"), durationOf(sample.lag()));
    if (sample.user >= 0) {
        add(LoadRequestWords::tr("User"), countText(sample.user + 1));
    }
    const bool isChat = sample.items == 0;
    if (isChat) {
        add(LoadRequestWords::tr("TTFT"), durationOf(sample.timeToFirstToken()));
        add(LoadRequestWords::tr("TTFT from the plan"), durationOf(sample.plannedToFirstToken()));
    }
    add(LoadRequestWords::tr("End to end"), durationOf(sample.total()));
    if (isChat) {
        add(LoadRequestWords::tr("TPOT"), durationOf(sample.timePerOutputToken()));
        add(LoadRequestWords::tr("Longest gap"), durationOf(sample.longestGap));
    }
    if (sample.stalled > Nanoseconds(0)) {
        add(LoadRequestWords::tr("Stalled"), durationOf(sample.stalled));
    }
    if (isChat) {
        add(LoadRequestWords::tr("Tokens out"),
            (sample.outputTokens < 0 ? u"≈ "_s : QString()) + countText(sample.countedTokens()));
        add(LoadRequestWords::tr("Pieces"), countText(sample.chunks));
    } else {
        add(LoadRequestWords::tr("Texts or documents"), countText(sample.items));
    }
    add(LoadRequestWords::tr("Tokens in"), countText(sample.promptTokens));
    if (sample.cachedTokens > 0) {
        add(LoadRequestWords::tr("Of these known"), countText(sample.cachedTokens));
    }
    if (sample.reasoningTokens > 0) {
        add(LoadRequestWords::tr("Reasoning"), countText(sample.reasoningTokens));
    }
    add(LoadRequestWords::tr("HTTP"),
        sample.httpStatus > 0 ? QString::number(sample.httpStatus) : u"–"_s);
    add(LoadRequestWords::tr("Connection"),
        sample.connectionReused ? LoadRequestWords::tr("kept from before")
                                : LoadRequestWords::tr("opened for it"));
    add(LoadRequestWords::tr("Received"),
        QLocale().formattedDataSize(sample.bytes, 1, QLocale::DataSizeSIFormat));
    return detail;
}

void addAnswer(
    LoadRequestDetail &detail, const LoadSample &sample, const LoadAnswers *kept, Nanoseconds stall)
{
    const std::optional<LoadAnswer> answer
        = kept ? kept->find({sample.conversation, sample.turn}) : std::nullopt;
    if (!answer) {
        detail.answerNote = whyNotKept(sample, kept);
        return;
    }
    detail.reasoning = answer->reasoning;
    detail.answer = answer->text;
    if (!answer->calls.isEmpty()) {
        detail.answer += (detail.answer.isEmpty() ? QString() : u"\n\n"_s) + answer->calls;
    }
    if (answer->isCut) {
        detail.answerNote = LoadRequestWords::tr(
            "It was longer than what is kept of one answer: this is how it began.");
    } else if (detail.answer.isEmpty()) {
        detail.answerNote = LoadRequestWords::tr("No text came but its reasoning.");
    }
    if (const std::optional<LoadRequestAxis> axis = axisOf(sample)) {
        detail.tokens = trackOf(*answer, *axis, stall);
    }
}

} // namespace Lorikeet
