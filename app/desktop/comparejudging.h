// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "compare/verdict.h"

#include <QFuture>
#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class ComparisonStore;

/// How something that was judged has proved, in words.
struct RatingRow
{
    Q_GADGET
    QML_VALUE_TYPE(ratingRow)
    Q_PROPERTY(QString name MEMBER name FINAL)
    /// Against the reference: "62 %", ties counted half.
    Q_PROPERTY(QString winRate MEMBER winRate FINAL)
    /// "48 – 75 %"; empty for the reference.
    Q_PROPERTY(QString interval MEMBER interval FINAL)
    /// "5 won, 2 tied, 3 lost"
    Q_PROPERTY(QString games MEMBER games FINAL)

public:
    QString name;
    QString winRate;
    QString interval;
    QString games;

    friend bool operator==(const RatingRow &, const RatingRow &) = default;
};

/// Blind voting: while it is on, nobody sees whose answers they are until one of them was
/// preferred, or none. Keeps the verdicts, and what follows from them.
class CompareJudging final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the comparison")
    Q_PROPERTY(bool blind READ isBlind WRITE setBlind NOTIFY changed FINAL)
    /// It is not shown whose the answers are.
    Q_PROPERTY(bool hidden READ isHidden NOTIFY changed FINAL)
    /// All lanes have ended with something to judge.
    Q_PROPERTY(bool ready READ isReady NOTIFY changed FINAL)
    /// What was decided of the answers in sight: "B was preferred: support-v4."; empty: nothing
    /// yet.
    Q_PROPERTY(QString outcome READ outcome NOTIFY changed FINAL)
    /// Reasons to choose from.
    Q_PROPERTY(QStringList reasons READ reasons CONSTANT FINAL)
    Q_PROPERTY(QStringList chosenReasons READ chosenReasons NOTIFY changed FINAL)
    Q_PROPERTY(QString note MEMBER m_note NOTIFY changed FINAL)
    /// Answers are put in an order, instead of the best one being named.
    Q_PROPERTY(bool ranks READ ranks WRITE setRanks NOTIFY changed FINAL)
    /// Of each answer, 1 being the best and 0 none yet; the same one twice is a tie.
    Q_PROPERTY(QList<int> places READ places NOTIFY changed FINAL)
    /// Which answer the next number that is typed is for.
    Q_PROPERTY(int rankedNext READ rankedNext WRITE setRankedNext NOTIFY changed FINAL)
    /// Each answer has its place.
    Q_PROPERTY(bool ordered READ isOrdered NOTIFY changed FINAL)
    /// Verdicts of people.
    Q_PROPERTY(int count READ count NOTIFY ratingsChanged FINAL)
    /// Those of models, which are never counted together with them.
    Q_PROPERTY(int modelCount READ modelCount NOTIFY ratingsChanged FINAL)
    /// What models said is rated, and exported, instead of what people did.
    Q_PROPERTY(bool byModels READ isByModels WRITE setByModels NOTIFY ratingsChanged FINAL)
    Q_PROPERTY(QList<Lorikeet::RatingRow> ratings READ ratings NOTIFY ratingsChanged FINAL)
    /// The reasons that verdicts have, to be rated by.
    Q_PROPERTY(QStringList tags READ tags NOTIFY ratingsChanged FINAL)
    /// Only verdicts for this reason are rated; empty: all are.
    Q_PROPERTY(QString tag READ tag WRITE setTag NOTIFY ratingsChanged FINAL)
    /// What they are held against, in a sentence.
    Q_PROPERTY(QString ratingsNote READ ratingsNote NOTIFY ratingsChanged FINAL)

public:
    /// `store` must outlive this.
    CompareJudging(ComparisonStore &store, QObject *parent);

    [[nodiscard]] bool isBlind() const { return m_blind; }

    void setBlind(bool blind);

    [[nodiscard]] bool isHidden() const { return m_hidden; }

    [[nodiscard]] bool isReady() const { return m_hidden && m_ready; }

    [[nodiscard]] QString outcome() const { return m_outcome; }

    [[nodiscard]] static QStringList reasons();

    [[nodiscard]] QStringList chosenReasons() const { return m_reasons; }

    [[nodiscard]] bool ranks() const { return m_ranks; }

    void setRanks(bool ranks);

    [[nodiscard]] QList<int> places() const { return m_places; }

    [[nodiscard]] int rankedNext() const { return m_rankedNext; }

    /// Beyond the last answer the first one follows.
    void setRankedNext(int answer);
    [[nodiscard]] bool isOrdered() const;

    [[nodiscard]] int count() const { return int(m_people.size()); }

    [[nodiscard]] int modelCount() const { return int(m_models.size()); }

    [[nodiscard]] bool isByModels() const { return m_byModels; }

    void setByModels(bool byModels);

    [[nodiscard]] QList<RatingRow> ratings() const;
    [[nodiscard]] QString ratingsNote() const;
    [[nodiscard]] QStringList tags() const;

    [[nodiscard]] QString tag() const { return m_tag; }

    void setTag(const QString &tag);

    void load();
    /// What a model said; kept as people's verdicts are.
    void add(const QList<Verdict> &verdicts);
    /// There are new answers to judge, or will be: with blind voting on, they are hidden.
    void begin();
    /// `answers` as they are shown; empty: they are not all there. Its kind is not decided yet.
    void setAnswers(const Verdict &answers);

    /// The answer at this place is better than the others.
    Q_INVOKABLE void prefer(int place);
    Q_INVOKABLE void tie();
    Q_INVOKABLE void allBad();
    /// Gives the answer this place; the one it has already takes it away.
    Q_INVOKABLE void rank(int answer, int place);
    /// Gives rankedNext() this place and goes on to the next answer without one.
    Q_INVOKABLE void rankNext(int place);
    /// Takes away the place that was given last.
    Q_INVOKABLE void unrank();
    /// The answers stand in the order of their places.
    Q_INVOKABLE void keepOrder();
    /// Shows whose they are, without a verdict.
    Q_INVOKABLE void reveal();
    Q_INVOKABLE void toggleReason(const QString &reason);
    /// Preferences for tuning (.jsonl), or every verdict for a spreadsheet (.csv).
    Q_INVOKABLE void exportTo(const QUrl &file);

Q_SIGNALS:
    void changed();
    void hiddenChanged();
    void ratingsChanged();
    void failed(const QString &sentence);

private:
    void decide(Verdict::Kind kind, int best);
    void keep(const Verdict &verdict);
    void sortVerdicts();

    /// Those that are rated.
    [[nodiscard]] const QList<Verdict> &rated() const { return m_byModels ? m_models : m_people; }

    void clearPlaces();
    /// The places without gaps: 1, 3, 3 is 1, 2, 2.
    [[nodiscard]] QList<int> closedPlaces() const;
    /// "B support-v4, then A base and C support-v3"
    [[nodiscard]] QString orderText(const Verdict &ranking) const;
    void setHidden(bool hidden);
    /// The base model that was judged; empty: none was.
    [[nodiscard]] QString reference() const;

    ComparisonStore &m_store;
    QList<Verdict> m_verdicts;
    QList<Verdict> m_people; ///< of these, people's
    QList<Verdict> m_models; ///< and models', the last on each two answers
    bool m_byModels = false;
    Verdict m_answers;
    bool m_blind = false;
    bool m_hidden = false;
    bool m_ready = false;
    QString m_outcome;
    QStringList m_reasons;
    QString m_tag;
    QString m_note;
    bool m_ranks = false;
    QList<int> m_places; ///< by answer
    QList<int> m_ranked; ///< the answers that have a place, the last one last
    int m_rankedNext = 0;
};

} // namespace Lorikeet
