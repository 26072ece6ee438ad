// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparejudging.h"

#include "compare/lane.h"
#include "store/comparisonstore.h"

#include <QDateTime>
#include <QLocale>
#include <QSaveFile>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString percent(double share) { return QLocale().toString(std::round(share * 100), 'f', 0); }

/// The expected win rate at log odds of winning.
double rateAt(double strength) { return 1 / (1 + std::exp(-strength)); }

} // namespace

CompareJudging::CompareJudging(ComparisonStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{ }

QStringList CompareJudging::reasons()
{
    // Stored and exported as they are.
    return {u"correct"_s, u"complete"_s, u"format"_s, u"tone"_s, u"brief"_s, u"follows"_s};
}

void CompareJudging::load()
{
    m_store.verdicts().then(this, [this](const Result<QList<Verdict>> &verdicts) {
        if (!verdicts) {
            Q_EMIT failed(verdicts.error().message);
            return;
        }
        m_verdicts = *verdicts;
        sortVerdicts();
    });
}

void CompareJudging::sortVerdicts()
{
    m_people = verdictsOf(m_verdicts, Voter::Person);
    m_models = verdictsOf(m_verdicts, Voter::Model);
    Q_EMIT ratingsChanged();
}

void CompareJudging::keep(const Verdict &verdict)
{
    m_verdicts.append(verdict);
    m_store.addVerdict(verdict).then(this, [this](const Result<> &added) {
        if (!added) {
            Q_EMIT failed(added.error().message);
        }
    });
}

void CompareJudging::add(const QList<Verdict> &verdicts)
{
    for (const Verdict &verdict : verdicts) {
        keep(verdict);
    }
    sortVerdicts();
}

void CompareJudging::setByModels(bool byModels)
{
    if (m_byModels != byModels) {
        m_byModels = byModels;
        m_tag.clear();
        Q_EMIT ratingsChanged();
    }
}

void CompareJudging::setBlind(bool blind)
{
    if (m_blind != blind) {
        m_blind = blind;
        m_outcome.clear();
        setHidden(blind);
        Q_EMIT changed();
    }
}

void CompareJudging::setHidden(bool hidden)
{
    if (m_hidden != hidden) {
        m_hidden = hidden;
        Q_EMIT hiddenChanged();
    }
}

void CompareJudging::begin()
{
    m_outcome.clear();
    m_reasons.clear();
    m_note.clear();
    clearPlaces();
    m_ready = false;
    setHidden(m_blind);
    Q_EMIT changed();
}

void CompareJudging::setAnswers(const Verdict &answers)
{
    const bool ready = answers.answers.size() > 1;
    if (m_answers != answers || m_ready != ready) {
        if (m_answers.answers != answers.answers) {
            m_answers = answers;
            clearPlaces();
        }
        m_answers = answers;
        m_ready = ready;
        Q_EMIT changed();
    }
}

void CompareJudging::prefer(int place)
{
    if (place >= 0 && place < m_answers.answers.size()) {
        decide(Verdict::Kind::Best, place);
    }
}

void CompareJudging::tie() { decide(Verdict::Kind::Tie, 0); }

void CompareJudging::allBad() { decide(Verdict::Kind::AllBad, 0); }

void CompareJudging::decide(Verdict::Kind kind, int best)
{
    if (!isReady()) {
        return;
    }
    Verdict verdict = m_answers;
    verdict.id = QUuid::createUuid();
    verdict.kind = kind;
    verdict.best = best;
    verdict.places = kind == Verdict::Kind::Ranking ? closedPlaces() : QList<int>();
    verdict.blind = true;
    verdict.tags = m_reasons;
    verdict.note = m_note.trimmed();
    verdict.created = QDateTime::currentDateTimeUtc();
    keep(verdict);
    switch (kind) {
    case Verdict::Kind::Best:
        m_outcome = tr("%1 was preferred: %2.").arg(laneLetter(best), verdict.answers[best].name);
        break;
    case Verdict::Kind::Tie:
        m_outcome = tr("A tie.");
        break;
    case Verdict::Kind::AllBad:
        m_outcome = tr("None of them is good.");
        break;
    case Verdict::Kind::Ranking:
        m_outcome = tr("From best to worst: %1.").arg(orderText(verdict));
        break;
    }
    setHidden(false);
    Q_EMIT changed();
    sortVerdicts();
}

void CompareJudging::setRanks(bool ranks)
{
    if (m_ranks != ranks) {
        m_ranks = ranks;
        clearPlaces();
        Q_EMIT changed();
    }
}

void CompareJudging::clearPlaces()
{
    m_places = QList<int>(m_answers.answers.size(), 0);
    m_ranked.clear();
    m_rankedNext = 0;
}

bool CompareJudging::isOrdered() const { return !m_places.isEmpty() && !m_places.contains(0); }

void CompareJudging::setRankedNext(int answer)
{
    const int count = int(m_places.size());
    if (count > 0) {
        m_rankedNext = (answer + count) % count;
        Q_EMIT changed();
    }
}

void CompareJudging::rank(int answer, int place)
{
    if (!isReady() || answer < 0 || answer >= m_places.size() || place < 1
        || place > m_places.size()) {
        return;
    }
    m_ranked.removeOne(answer);
    if (m_places[answer] == place) {
        m_places[answer] = 0;
    } else {
        m_places[answer] = place;
        m_ranked.append(answer);
    }
    m_rankedNext = answer;
    Q_EMIT changed();
}

void CompareJudging::rankNext(int place)
{
    if (!isReady() || place < 1 || place > m_places.size()) {
        return;
    }
    m_ranked.removeOne(m_rankedNext);
    m_ranked.append(m_rankedNext);
    m_places[m_rankedNext] = place;
    for (int step = 1; step < m_places.size(); ++step) {
        const int answer = (m_rankedNext + step) % int(m_places.size());
        if (m_places[answer] == 0) {
            m_rankedNext = answer;
            break;
        }
    }
    Q_EMIT changed();
}

void CompareJudging::unrank()
{
    if (!m_ranked.isEmpty()) {
        m_rankedNext = m_ranked.takeLast();
        m_places[m_rankedNext] = 0;
        Q_EMIT changed();
    }
}

void CompareJudging::keepOrder()
{
    if (isOrdered()) {
        decide(Verdict::Kind::Ranking, 0);
    }
}

QList<int> CompareJudging::closedPlaces() const
{
    QList<int> used = m_places;
    std::ranges::sort(used);
    used.erase(std::ranges::unique(used).begin(), used.end());
    QList<int> closed;
    for (const int place : m_places) {
        closed.append(int(used.indexOf(place)) + 1);
    }
    return closed;
}

QString CompareJudging::orderText(const Verdict &ranking) const
{
    QStringList groups;
    for (int place = 1; place <= ranking.places.size(); ++place) {
        QStringList group;
        for (qsizetype i = 0; i < ranking.answers.size(); ++i) {
            if (ranking.places[i] == place) {
                group.append(laneLetter(i) + u' ' + ranking.answers[i].name);
            }
        }
        if (!group.isEmpty()) {
            groups.append(group.join(tr(" and ", "between answers that are as good")));
        }
    }
    return groups.join(tr(", then ", "between an answer and a worse one"));
}

void CompareJudging::reveal()
{
    m_outcome = tr("Shown without a verdict.");
    setHidden(false);
    Q_EMIT changed();
}

void CompareJudging::toggleReason(const QString &reason)
{
    if (m_reasons.removeAll(reason) == 0) {
        m_reasons.append(reason);
    }
    Q_EMIT changed();
}

QString CompareJudging::reference() const
{
    for (const Verdict &verdict : rated()) {
        for (const JudgedAnswer &answer : verdict.answers) {
            if (answer.adapter.isEmpty()) {
                return answer.name;
            }
        }
    }
    return {};
}

QStringList CompareJudging::tags() const
{
    QStringList tags;
    for (const Verdict &verdict : rated()) {
        tags += verdict.tags;
    }
    tags.removeDuplicates();
    tags.sort();
    return tags;
}

void CompareJudging::setTag(const QString &tag)
{
    if (m_tag != tag) {
        m_tag = tag;
        Q_EMIT ratingsChanged();
    }
}

QString CompareJudging::ratingsNote() const
{
    const QString base = reference();
    const QString whose = m_byModels
        ? tr("What models said, of each two answers in both orders; their shares count.") + u' '
        : QString();
    return whose
        + (base.isEmpty() ? tr("Held against the average of all.")
                          : tr("Held against %1.").arg(base))
        + u' '
        + tr("By the Bradley–Terry model, with 95 % intervals; what was judged “bad” of all counts "
             "for none.");
}

QList<RatingRow> CompareJudging::ratings() const
{
    const QString base = reference();
    QList<RatingRow> rows;
    for (const Rating &rating : rate(pairsOf(rated(), m_tag), base)) {
        const bool isReference = rating.name == base;
        rows.append({.name = rating.name,
            .winRate = isReference ? tr("reference") : tr("%1 %").arg(percent(rating.winRate())),
            .interval = isReference
                ? QString()
                : tr("%1 – %2 %").arg(percent(rateAt(rating.low)), percent(rateAt(rating.high))),
            .games = tr("%1 won, %2 tied, %3 lost")
                .arg(QLocale().toString(rating.wins), QLocale().toString(rating.ties),
                    QLocale().toString(rating.losses))});
    }
    return rows;
}

void CompareJudging::exportTo(const QUrl &file)
{
    const QString path = file.toLocalFile();
    const QByteArray content = path.endsWith(".csv"_L1, Qt::CaseInsensitive)
        ? verdictsAsCsv(rated())
        : preferencesAsJsonLines(rated());
    QSaveFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) < 0 || !out.commit()) {
        Q_EMIT failed(tr("The verdicts could not be written to %1: %2. Choose another place.")
                .arg(path, out.errorString()));
    }
}

} // namespace Lorikeet
