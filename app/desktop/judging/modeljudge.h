// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chatcontroller.h"
#include "compare/comparisonrecord.h"
#include "compare/judgejob.h"
#include "compare/verdict.h"
#include "judging/judgedresult.h"
#include "judging/rubriceditor.h"
#include "pricetable.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Lorikeet {

class Preferences;

/// A model that says which answers of a comparison are better: each two of them in both orders, by
/// a rubric. Who judges, and by what, is one choice for all comparisons; what was said belongs to
/// the comparison.
class ModelJudge final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the comparison")
    Q_PROPERTY(Lorikeet::RubricEditor *rubrics READ rubrics CONSTANT FINAL)
    /// It is on the page, used or not.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY setupChanged FINAL)
    /// Answers are judged as soon as all of a prompt are there.
    Q_PROPERTY(bool always READ isAlways WRITE setAlways NOTIFY setupChanged FINAL)
    /// As JudgeSetup::exact.
    Q_PROPERTY(bool exact READ isExact WRITE setExact NOTIFY setupChanged FINAL)
    /// "judge-7b · prod-eu"; empty: nobody is chosen.
    Q_PROPERTY(QString judge READ judgeName NOTIFY setupChanged FINAL)
    /// Why the answers in sight cannot be judged now, in a sentence; empty: they can.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)
    /// How many pairs there are to judge.
    Q_PROPERTY(int pairCount READ pairCount NOTIFY changed FINAL)
    Q_PROPERTY(bool running READ isRunning NOTIFY changed FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    /// "2 of 3 pairs judged"; empty: it does not run.
    Q_PROPERTY(QString status READ status NOTIFY changed FINAL)
    /// Why the last run failed or ended early, in a sentence; empty: it did not.
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// Something was said of the answers in sight, and they may be told apart.
    Q_PROPERTY(bool judged READ isJudged NOTIFY changed FINAL)
    /// What was said, if anything was.
    Q_PROPERTY(Lorikeet::JudgedResult result READ result NOTIFY changed FINAL)

public:
    /// Those that must outlive it.
    struct Services
    {
        ConversationStore &store;
        ChatService &service;
        EndpointListModel &endpoints;
        SessionListModel &sessions;
        Preferences &preferences;
        PriceTable &prices;
    };

    ModelJudge(const Services &services, InClient inClient, QObject *parent);
    ~ModelJudge() override;

    /// Takes up what was set, once the endpoints are known.
    void start();

    /// Carries endpoint, model and adapter of the judge, for the forms that edit them; nothing is
    /// ever said in it.
    [[nodiscard]] ChatController *chat() { return &m_chat; }

    [[nodiscard]] RubricEditor *rubrics() { return &m_rubrics; }

    [[nodiscard]] bool isShown() const { return m_setup.shown; }

    void setShown(bool shown);

    [[nodiscard]] bool isAlways() const { return m_setup.always; }

    void setAlways(bool always);

    [[nodiscard]] bool isExact() const { return m_setup.exact; }

    void setExact(bool exact);
    [[nodiscard]] QString judgeName() const;
    /// Which price the judge's tokens have.
    [[nodiscard]] PriceTable::Key priceKey() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] int pairCount() const;

    [[nodiscard]] bool isRunning() const { return m_running; }

    [[nodiscard]] double progress() const;
    [[nodiscard]] QString status() const;

    [[nodiscard]] QString error() const { return m_error; }

    [[nodiscard]] bool isJudged() const { return !m_result.pairs.isEmpty(); }

    [[nodiscard]] const JudgedResult &result() const { return m_result; }

    /// What was said of the answers of the comparison that is shown.
    [[nodiscard]] const QList<JudgedTurn> &turns() const { return m_turns; }

    /// Another comparison is shown, or none any more. What runs is ended first, and kept with the
    /// one before.
    void leave();
    void setTurns(const QList<JudgedTurn> &turns);
    /// The last answers by lane, with nodes' ids that are null where there is none; `answers` is
    /// empty while they cannot be judged.
    void setAnswers(const Verdict &answers, const QList<QUuid> &nodes);

    /// Answers are on their way: with isAlways() they are judged once they are there.
    void expect() { m_isExpected = true; }

    /// Nobody may know whose the answers are: nothing is judged, and nothing shown.
    void setHidden(bool hidden);

    Q_INVOKABLE void run();
    /// What was judged stays.
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void setupChanged();
    void changed();
    /// turns() has a new one, of which these are the verdicts.
    void kept(const QList<Lorikeet::Verdict> &verdicts);

private:
    void save();
    void begin(const Target &target, const ChatSetup &setup);
    void onJudged(qsizetype pair, const Judgement &judgement);
    void end(const QString &problem);
    void beginExpected();
    /// The answers in sight were judged as they are: what ran were others, such as samples.
    [[nodiscard]] bool isSaid() const;
    void showResults();
    [[nodiscard]] QList<Verdict> verdictsOf(const JudgedTurn &turn) const;

    EndpointListModel &m_endpoints;
    Preferences &m_preferences;
    PriceTable &m_prices;
    InClient m_inClient;
    ChatController m_chat;
    RubricEditor m_rubrics;
    JudgeSetup m_setup;
    bool m_isLoading = true; ///< what changes is not a person's doing
    Verdict m_answers;
    QList<QUuid> m_nodes;
    bool m_isHidden = false;
    bool m_isExpected = false;
    QList<JudgedTurn> m_turns;
    JudgedResult m_result; ///< of the answers in sight
    // Of the run.
    std::unique_ptr<JudgeJob> m_job;
    bool m_running = false;
    int m_number = 0; ///< counts the runs, so that one that was stopped is not begun
    JudgedTurn m_turn;
    Verdict m_asked;
    QList<JudgedPair> m_wanted; ///< as they were asked
    QString m_error;
};

} // namespace Lorikeet
