// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/conversation.h"
#include "compare/comparison.h"
#include "compare/judgedturn.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUuid>

namespace Lorikeet {

/// A lane as it is kept: its conversation is one like any other, only not listed among them.
struct ComparedLane
{
    QUuid conversation;
    ChatSetup setup; ///< of the next answer; also where nothing was said in the lane yet
    bool receives = true; ///< what is sent to all lanes goes to this one too

    friend bool operator==(const ComparedLane &, const ComparedLane &) = default;
};

/// A comparison as it is kept from one run of the program to the next.
struct ComparisonRecord
{
    QUuid id;
    QString title; ///< empty until the first prompt
    bool titleChosen = false; ///< by a person
    QList<ComparedLane> lanes;
    ComparisonOptions::Order order = ComparisonOptions::Order::Together;
    bool alignsSeeds = false; ///< lanes without a seed of their own are asked with the same one
    bool warmsUp = false; ///< each lane is asked for one token first, which is not counted
    int base = 0; ///< the lane that the others are held against
    QString draft;
    QList<JudgedTurn> judged; ///< what models said of its answers, in that order
    QDateTime created; ///< UTC
    QDateTime updated; ///< UTC; when something was last sent

    friend bool operator==(const ComparisonRecord &, const ComparisonRecord &) = default;
};

/// Lanes to be used again.
struct LaneSet
{
    QUuid id;
    QString name;
    QList<ChatSetup> lanes;

    friend bool operator==(const LaneSet &, const LaneSet &) = default;
};

/// Who judges the answers of comparisons, and by what. One for all of them.
struct JudgeSetup
{
    ChatSetup judge; ///< endpoint, model and adapter; without an endpoint: nobody
    /// It is asked for the probabilities of its words, at temperature 0, where its server has both;
    /// some models refuse them.
    bool exact = true;
    bool always = false; ///< answers are judged as soon as all are there
    bool shown = false;
    QUuid rubric; ///< the chosen one
    QList<Rubric> rubrics; ///< a person's own, besides the samples

    friend bool operator==(const JudgeSetup &, const JudgeSetup &) = default;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ComparisonRecord)
