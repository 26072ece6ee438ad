// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadfigures.h"
#include "load/loadsample.h"
#include "load/loadtokentrack.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// A part of a request's time.
struct LoadPhase
{
    Q_GADGET
    QML_VALUE_TYPE(loadPhase)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)
    /// Of the whole, 0 to 1.
    Q_PROPERTY(double from MEMBER from FINAL)
    Q_PROPERTY(double length MEMBER length FINAL)
    /// A Kind.
    Q_PROPERTY(int kind MEMBER kind FINAL)

public:
    enum Kind {
        Late, ///< by the client
        Connection,
        Sending,
        Waiting,
        Reasoning,
        Answer,
    };

    QString name;
    QString text;
    double from = 0;
    double length = 0;
    int kind = Late;

    friend bool operator==(const LoadPhase &, const LoadPhase &) = default;
};

/// All that is known of one request of a run.
struct LoadRequestDetail
{
    Q_GADGET
    QML_VALUE_TYPE(loadRequestDetail)
    Q_PROPERTY(QString title MEMBER title FINAL)
    Q_PROPERTY(QString outcome MEMBER outcome FINAL)
    /// A LoadRequests::State.
    Q_PROPERTY(int state MEMBER state FINAL)
    Q_PROPERTY(QList<Lorikeet::LoadPhase> phases MEMBER phases FINAL)
    Q_PROPERTY(QList<Lorikeet::LoadFact> facts MEMBER facts FINAL)
    Q_PROPERTY(QString prompt MEMBER prompt FINAL)
    /// Why there is no prompt to show; empty: there is.
    Q_PROPERTY(QString promptNote MEMBER promptNote FINAL)
    Q_PROPERTY(QString reasoning MEMBER reasoning FINAL)
    Q_PROPERTY(QString answer MEMBER answer FINAL)
    /// Why there is no answer to show, or not all of it; empty: there is.
    Q_PROPERTY(QString answerNote MEMBER answerNote FINAL)
    Q_PROPERTY(Lorikeet::LoadTokenTrack tokens MEMBER tokens FINAL)

public:
    QString title;
    QString outcome;
    int state = 0;
    QList<LoadPhase> phases;
    QList<LoadFact> facts;
    QString prompt;
    QString promptNote;
    QString reasoning;
    QString answer;
    QString answerNote;
    LoadTokenTrack tokens;

    friend bool operator==(const LoadRequestDetail &, const LoadRequestDetail &) = default;
};

/// All but the prompt and the answer.
[[nodiscard]] LoadRequestDetail detailOf(const LoadSample &sample, const QString &choice);

/// What was answered, and when it came; or why that is not known. `kept` may be null: the answers
/// of its run are not. A gap of more than `stall` is a stall.
void addAnswer(LoadRequestDetail &detail, const LoadSample &sample, const LoadAnswers *kept,
    Nanoseconds stall);

} // namespace Lorikeet
