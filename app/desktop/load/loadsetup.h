// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartdata.h"
#include "load/loadblockeditor.h"
#include "load/loadlengths.h"
#include "load/loadmix.h"
#include "load/loadprofile.h"
#include "load/workloadpreview.h"
#include "model/tokenprice.h"

#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <tuple>

namespace Lorikeet {

/// What a load test will come to, in words, before anything is asked.
struct LoadExpectation
{
    Q_GADGET
    QML_VALUE_TYPE(loadExpectation)
    Q_PROPERTY(QString duration MEMBER duration FINAL)
    Q_PROPERTY(QString requests MEMBER requests FINAL)
    Q_PROPERTY(QString promptTokens MEMBER promptTokens FINAL)
    Q_PROPERTY(QString outputTokens MEMBER outputTokens FINAL)
    /// Empty: no price is known.
    Q_PROPERTY(QString cost MEMBER cost FINAL)
    /// What is assumed, and what one should know; a sentence each.
    Q_PROPERTY(QStringList notes MEMBER notes FINAL)

public:
    QString duration;
    QString requests;
    QString promptTokens;
    QString outputTokens;
    QString cost;
    QStringList notes;

    friend bool operator==(const LoadExpectation &, const LoadExpectation &) = default;
};

/// A load test as a person sets it up: all but whom it asks, of which it is told.
class LoadSetup final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    /// The limit is looked for, with more and more load; else the blocks say how much there is.
    Q_PROPERTY(bool sweeping READ isSweeping WRITE setSweeping NOTIFY edited FINAL)
    Q_PROPERTY(Lorikeet::LoadBlocks *blocks MEMBER m_blocks CONSTANT FINAL)
    /// Of the block that is chosen.
    Q_PROPERTY(Lorikeet::LoadBlockEditor *block MEMBER m_block CONSTANT FINAL)
    /// Instead of these, requests a second of the trace over its time; empty while there is none.
    Q_PROPERTY(Lorikeet::ChartData *trace MEMBER m_trace CONSTANT FINAL)
    /// "1,204 requests in 10 min: 2/s on average, at most 12/s."
    Q_PROPERTY(QString traceText READ traceText NOTIFY expected FINAL)
    /// What is asked is a trace, and it is played without blocks.
    Q_PROPERTY(bool traceAlone READ isTraceAlone NOTIFY edited FINAL)
    Q_PROPERTY(Lorikeet::LoadMix *mix MEMBER m_mix CONSTANT FINAL)

    // What is asked.
    Q_PROPERTY(int task READ task WRITE setTask NOTIFY edited FINAL)
    /// Texts of a request that embeds; documents of one that ranks, and how long its query is.
    Q_PROPERTY(Lorikeet::LoadNumber *batch MEMBER m_batch CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *documents MEMBER m_documents CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadLengths *query MEMBER m_query CONSTANT FINAL)
    Q_PROPERTY(int kind READ kind WRITE setKind NOTIFY edited FINAL)
    Q_PROPERTY(Lorikeet::LoadLengths *input MEMBER m_input CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadLengths *output MEMBER m_output CONSTANT FINAL)
    Q_PROPERTY(QString file READ file WRITE setFile NOTIFY edited FINAL)
    /// Of the library; the file has its variables.
    Q_PROPERTY(QString templateName READ templateName NOTIFY edited FINAL)
    Q_PROPERTY(bool shuffled READ isShuffled WRITE setShuffled NOTIFY edited FINAL)
    Q_PROPERTY(bool cycles READ cycles WRITE setCycles NOTIFY edited FINAL)
    Q_PROPERTY(bool ignoresEnd READ ignoresEnd WRITE setIgnoresEnd NOTIFY edited FINAL)
    Q_PROPERTY(bool streams READ streams WRITE setStreams NOTIFY edited FINAL)
    /// Of the conversations that begin with a shared text, in per cent; and how long that is.
    Q_PROPERTY(Lorikeet::LoadNumber *prefixShare MEMBER m_prefixShare CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *prefixTokens MEMBER m_prefixTokens CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *turns MEMBER m_turns CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *thinking MEMBER m_thinking CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *uniqueWords MEMBER m_uniqueWords CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *speed MEMBER m_speed CONSTANT FINAL)

    // What it is held to: "ttft_p95=500ms, errors=1%".
    Q_PROPERTY(QString objective READ objective WRITE setObjective NOTIFY edited FINAL)

    // How it goes; times in seconds.
    Q_PROPERTY(Lorikeet::LoadNumber *warmUp MEMBER m_warmUp CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *coolDown MEMBER m_coolDown CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *grace MEMBER m_grace CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *stopRequests MEMBER m_stopRequests CONSTANT FINAL)
    /// In per cent.
    Q_PROPERTY(Lorikeet::LoadNumber *stopFailures MEMBER m_stopFailures CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *threads MEMBER m_threads CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *ceilingAtOnce MEMBER m_ceilingAtOnce CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *ceilingRequests MEMBER m_ceilingRequests CONSTANT FINAL)
    /// In the currency of the price; empty: there is none.
    Q_PROPERTY(Lorikeet::LoadNumber *ceilingCost MEMBER m_ceilingCost CONSTANT FINAL)
    /// Of the price; empty: none is known.
    Q_PROPERTY(QString currency READ currency NOTIFY edited FINAL)
    /// Empty: another one each time.
    Q_PROPERTY(Lorikeet::LoadNumber *seed MEMBER m_seed CONSTANT FINAL)

    // Of the search for the limit.
    Q_PROPERTY(int sweepUnit READ sweepUnit WRITE setSweepUnit NOTIFY edited FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *sweepFrom MEMBER m_sweepFrom CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *sweepMost MEMBER m_sweepMost CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *sweepStage MEMBER m_sweepStage CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *sweepWarmUp MEMBER m_sweepWarmUp CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *sweepRefinements MEMBER m_sweepRefinements CONSTANT FINAL)
    /// How often at most the loads at its edge are run.
    Q_PROPERTY(Lorikeet::LoadNumber *sweepRepeats MEMBER m_sweepRepeats CONSTANT FINAL)

    /// How long an answer takes, which decides how many a closed loop gets; for the expectation.
    Q_PROPERTY(Lorikeet::LoadNumber *answerSeconds MEMBER m_answerSeconds CONSTANT FINAL)
    Q_PROPERTY(bool assumesAnswers READ assumesAnswers NOTIFY edited FINAL)
    Q_PROPERTY(Lorikeet::LoadExpectation expectation READ expectation NOTIFY expected FINAL)

    // What is wrong, each where it is to be mended; empty: nothing.
    Q_PROPERTY(QString shapeProblem READ shapeProblem NOTIFY edited FINAL)
    Q_PROPERTY(QString workloadProblem READ workloadProblem NOTIFY expected FINAL)
    Q_PROPERTY(QString objectiveProblem READ objectiveProblem NOTIFY edited FINAL)
    Q_PROPERTY(QString planProblem READ planProblem NOTIFY edited FINAL)
    /// The first of them all.
    Q_PROPERTY(QString problem READ problem NOTIFY expected FINAL)

public:
    /// LoadWorkload::Kind.
    enum Kind { Synthetic, File, Template, Trace, Bodies };
    Q_ENUM(Kind)

    /// LoadTask::Kind.
    enum Task { Chat, Embeddings, Rerank };
    Q_ENUM(Task)

    /// What of the requests comes from elsewhere, and what is known of whom they go to.
    struct Subject
    {
        QString model;
        AdapterChoice adapter;
        QString systemPrompt;
        ParameterSet parameters;
        QJsonObject extraBody;
        QString server; ///< its dialect and name, which say what its parameters are
        ParameterSpecs specs; ///< these
        TokenPrice price;
        bool isNear = true; ///< a server of this network

        friend bool operator==(const Subject &a, const Subject &b)
        {
            const auto told = [](const Subject &subject) {
                return std::tie(subject.model, subject.adapter, subject.systemPrompt,
                    subject.parameters, subject.extraBody, subject.server, subject.price,
                    subject.isNear);
            };
            return told(a) == told(b);
        }
    };

    explicit LoadSetup(QObject *parent);
    ~LoadSetup() override;

    [[nodiscard]] LoadBlocks *blocks() const { return m_blocks; }

    [[nodiscard]] LoadBlockEditor *block() const { return m_block; }

    [[nodiscard]] LoadMix *mix() const { return m_mix; }

    [[nodiscard]] LoadNumber *answerSeconds() const { return m_answerSeconds; }

    [[nodiscard]] QString traceText() const { return m_traceText; }

    /// A recorded trace is played, as a block behind the others, which ask what it asks; or it
    /// alone, from its beginning to its end; or blocks again, and what was asked before it.
    Q_INVOKABLE void useTrace();
    Q_INVOKABLE void playTraceAlone();
    Q_INVOKABLE void drawBlocks();

    [[nodiscard]] bool isTraceAlone() const { return m_kind == Trace && !m_isTraceABlock; }

    [[nodiscard]] bool isSweeping() const { return m_isSweeping; }

    void setSweeping(bool isSweeping);

    [[nodiscard]] int task() const { return m_task; }

    /// What is no chat is made up or from a file.
    void setTask(int task);

    [[nodiscard]] int kind() const { return m_kind; }

    void setKind(int kind);

    [[nodiscard]] QString file() const { return m_file; }

    void setFile(const QString &file);

    [[nodiscard]] QString templateName() const { return m_template.name; }

    /// Of the library; one without a name: none.
    void setTemplate(const PromptTemplate &prompt);

    [[nodiscard]] bool isShuffled() const { return m_isShuffled; }

    void setShuffled(bool shuffled);

    [[nodiscard]] bool cycles() const { return m_cycles; }

    void setCycles(bool cycles);

    [[nodiscard]] bool ignoresEnd() const { return m_ignoresEnd; }

    void setIgnoresEnd(bool ignores);

    [[nodiscard]] bool streams() const { return m_streams; }

    void setStreams(bool streams);

    [[nodiscard]] QString objective() const { return m_objective; }

    void setObjective(const QString &objective);

    [[nodiscard]] QString currency() const { return m_subject.price.currency; }

    [[nodiscard]] int sweepUnit() const { return m_sweepUnit; }

    void setSweepUnit(int unit);

    [[nodiscard]] bool assumesAnswers() const;

    [[nodiscard]] LoadExpectation expectation() const { return m_expectation; }

    [[nodiscard]] QString shapeProblem() const;

    [[nodiscard]] QString workloadProblem() const;

    [[nodiscard]] QString objectiveProblem() const;
    [[nodiscard]] QString planProblem() const;
    [[nodiscard]] QString problem() const;

    void setSubject(const Subject &subject);

    [[nodiscard]] const Subject &subject() const { return m_subject; }

    /// As it is set up; what is wrong has some value. Its seed is a fresh one where none is given.
    [[nodiscard]] LoadProfile profile() const;
    /// Its model, adapter and what else is the subject's is not looked at.
    void setProfile(const LoadProfile &profile);

    Q_INVOKABLE void chooseFile(const QUrl &file) { setFile(file.toLocalFile()); }

Q_SIGNALS:
    void edited();
    /// The expectation is made anew, some time after edited().
    void expected();

private:
    [[nodiscard]] LoadNumber *number(
        const LoadNumber::Limits &limits, const std::optional<double> &value);
    [[nodiscard]] LoadWorkload workload() const;

    [[nodiscard]] QString typedProblem() const;
    /// Gives it the task, and takes from it what only chats have.
    void giveTask(LoadWorkload &workload) const;

    [[nodiscard]] bool isTrace() const { return m_kind == Trace; }

    void set(bool &member, bool value);
    void lowerCeiling(const LoadCeiling &ceiling);
    void look();
    void showTrace(const std::optional<TraceCurve> &curve);
    void tellBlocksOfTrace();
    void expect(const std::optional<WorkloadPreview> &preview);
    void expectCost(
        LoadExpectation &expectation, const WorkloadPreview &preview, double requests) const;
    [[nodiscard]] std::optional<double> expectedRequests(
        const std::optional<WorkloadPreview> &preview) const;
    /// How long an answer is assumed to take, with the time a user thinks after it. Nothing: that
    /// matters not, or is not known.
    [[nodiscard]] std::optional<Nanoseconds> answerTime() const;

    bool m_isSweeping = false;
    LoadBlocks *m_blocks;
    LoadBlockEditor *m_block;
    ChartData *m_trace;
    std::optional<TraceCurve> m_traceCurve;
    QString m_traceText;
    LoadMix *m_mix;
    int m_task = Chat;
    int m_kind = Synthetic;
    int m_kindBeforeTrace = Synthetic;
    bool m_isTraceABlock = false; ///< or several
    LoadLengths *m_input;
    LoadLengths *m_output;
    LoadLengths *m_query;
    QString m_file;
    PromptTemplate m_template;
    bool m_isShuffled = false;
    bool m_cycles = true;
    bool m_ignoresEnd = false;
    bool m_streams = true;
    QString m_objective;
    int m_sweepUnit = 0;
    LoadNumber *m_batch;
    LoadNumber *m_documents;
    LoadNumber *m_prefixShare;
    LoadNumber *m_prefixTokens;
    LoadNumber *m_turns;
    LoadNumber *m_thinking;
    LoadNumber *m_uniqueWords;
    LoadNumber *m_speed;
    LoadNumber *m_warmUp;
    LoadNumber *m_coolDown;
    LoadNumber *m_grace;
    LoadNumber *m_stopRequests;
    LoadNumber *m_stopFailures;
    LoadNumber *m_threads;
    LoadNumber *m_ceilingAtOnce;
    LoadNumber *m_ceilingRequests;
    LoadNumber *m_ceilingCost;
    LoadNumber *m_seed;
    LoadNumber *m_sweepFrom;
    LoadNumber *m_sweepMost;
    LoadNumber *m_sweepStage;
    LoadNumber *m_sweepWarmUp;
    LoadNumber *m_sweepRefinements;
    LoadNumber *m_sweepRepeats;
    LoadNumber *m_answerSeconds;
    Subject m_subject;
    LoadProfile m_base; ///< what a profile has that nothing here shows
    QTimer m_looking;
    int m_look = 0; ///< counts the looks, of which only the last is shown
    QString m_workloadProblem; ///< found by looking at it
    LoadExpectation m_expectation;
};

} // namespace Lorikeet
