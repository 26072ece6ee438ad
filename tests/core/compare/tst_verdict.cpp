// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/verdict.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestVerdict final : public QObject
{
    Q_OBJECT

    [[nodiscard]] static Verdict verdict(Verdict::Kind kind, int best = 0)
    {
        return {.id = QUuid::createUuid(),
            .prompt = u"Charged twice?"_s,
            .answers = {{.name = u"base"_s, .model = u"llama"_s, .text = u"No \"idea\", sorry"_s},
                {.name = u"v3"_s, .adapter = u"v3"_s, .text = u"=Yes"_s},
                {.name = u"v4"_s, .adapter = u"v4"_s, .text = u"Yes, it is."_s}},
            .kind = kind,
            .best = best,
            .tags = {u"format"_s}};
    }

    [[nodiscard]] static Verdict ranking(const QList<int> &places)
    {
        Verdict ranking = verdict(Verdict::Kind::Ranking);
        ranking.places = places;
        return ranking;
    }

    /// A model's, on two answers.
    [[nodiscard]] static Verdict judged(double score)
    {
        Verdict judged = verdict(Verdict::Kind::Best, score > 0.5 ? 0 : 1);
        judged.answers.removeLast();
        judged.judge = u"judge-7b"_s;
        judged.score = score;
        return judged;
    }

    /// "base 0 v4": the first one's score against the second.
    [[nodiscard]] static QStringList said(const QList<Verdict> &verdicts)
    {
        QStringList said;
        for (const PairResult &pair : pairsOf(verdicts)) {
            said.append(u"%1 %2 %3"_s.arg(pair.first).arg(pair.score).arg(pair.second));
        }
        return said;
    }

private Q_SLOTS:

    void theBestBeatsEachOfTheOthersAndNoMoreIsSaid()
    {
        QCOMPARE(
            said({verdict(Verdict::Kind::Best, 2)}), QStringList({u"base 0 v4"_s, u"v3 0 v4"_s}));
        QCOMPARE(
            said({verdict(Verdict::Kind::Best, 0)}), QStringList({u"base 1 v3"_s, u"base 1 v4"_s}));
    }

    void aTieIsHalfAWinForEach()
    {
        QCOMPARE(pairsOf({verdict(Verdict::Kind::Tie)}).size(), 3);
        QCOMPARE(pairsOf({verdict(Verdict::Kind::Tie)}).constFirst().score, 0.5);
    }

    void allBadSaysNothingOfWhichIsBetter()
    {
        QVERIFY(pairsOf({verdict(Verdict::Kind::AllBad)}).isEmpty());
        QVERIFY(preferencesAsJsonLines({verdict(Verdict::Kind::AllBad)}).isEmpty());
        QVERIFY(preferencesAsJsonLines({verdict(Verdict::Kind::Tie)}).isEmpty());
    }

    void aRankingSaysSomethingOfEachPair()
    {
        QCOMPARE(said({ranking({3, 1, 2})}),
            QStringList({u"base 0 v3"_s, u"base 0 v4"_s, u"v3 1 v4"_s}));
        QCOMPARE(said({ranking({1, 2, 1})}),
            QStringList({u"base 1 v3"_s, u"base 0.5 v4"_s, u"v3 0 v4"_s}));
        // One that was cut short says nothing, rather than something wrong.
        QVERIFY(pairsOf({ranking({1, 2})}).isEmpty());
        QVERIFY(preferencesAsJsonLines({ranking({})}).isEmpty());
    }

    /// Each of unlike places is a preference, those of the same place are none.
    void aRankingIsAPreferenceForEachPairOfUnlikePlaces()
    {
        const auto chosen = [](const QList<int> &places) {
            QStringList all;
            for (const QByteArray &line :
                preferencesAsJsonLines({ranking(places)}).trimmed().split('\n')) {
                const QJsonObject metadata
                    = QJsonDocument::fromJson(line)[u"metadata"_s].toObject();
                all.append(u"%1 %2 > %3 %4"_s.arg(metadata[u"chosen_by"_s].toString())
                        .arg(metadata[u"chosen_place"_s].toInt())
                        .arg(metadata[u"rejected_by"_s].toString())
                        .arg(metadata[u"rejected_place"_s].toInt()));
            }
            return all;
        };
        QCOMPARE(chosen({3, 1, 2}),
            QStringList({u"v3 1 > base 3"_s, u"v3 1 > v4 2"_s, u"v4 2 > base 3"_s}));
        QCOMPARE(chosen({1, 2, 1}), QStringList({u"base 1 > v3 2"_s, u"v4 1 > v3 2"_s}));
    }

    /// Who tunes with it needs all that was asked.
    void examplesArePartOfWhatWasAsked()
    {
        Verdict judged = verdict(Verdict::Kind::Best, 0);
        const QByteArray plain = preferencesAsJsonLines({judged});
        QVERIFY(!plain.contains("examples"));
        judged.examples
            = {{.role = Role::User, .text = u"2 + 2"_s}, {.role = Role::Assistant, .text = u"4"_s}};
        for (const QByteArray &line : preferencesAsJsonLines({judged}).trimmed().split('\n')) {
            QCOMPARE(QJsonDocument::fromJson(line)[u"examples"_s].toArray(),
                (QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"2 + 2"_s}},
                    QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, u"4"_s}}}));
        }
        // A model's word on the same answers to other examples is another one.
        Verdict other = judged;
        judged.judge = other.judge = u"judge"_s;
        other.examples.removeLast();
        QCOMPARE(verdictsOf({judged, other}, Voter::Model).size(), 2);
        QCOMPARE(verdictsOf({judged, judged}, Voter::Model).size(), 1);
    }

    void aRankingIsRated()
    {
        const QList<Rating> ratings = rate(pairsOf({ranking({3, 1, 2})}));
        QCOMPARE(ratings.constFirst().name, u"v3"_s);
        QCOMPARE(ratings.constFirst().wins, 2);
        QCOMPARE(ratings.constLast().name, u"base"_s);
    }

    void csvHasThePlaces()
    {
        const QStringList lines
            = QString::fromUtf8(verdictsAsCsv({ranking({2, 1, 2})})).split(u"\r\n"_s);
        QVERIFY(lines[0].contains(u",best,place,judge,share,tags,"_s));
        QVERIFY(lines[1].contains(u"ranking,A,base"_s));
        QVERIFY(lines[1].contains(u",no,2,,,"_s));
        QVERIFY(lines[2].contains(u",yes,1,,,"_s));
        QVERIFY(QString::fromUtf8(verdictsAsCsv({verdict(Verdict::Kind::Best, 0)}))
                .contains(u",yes,,"_s));
    }

    /// Models' verdicts stand apart from people's, and only the last on the same answers counts.
    void aModelsVerdictsAreItsOwn()
    {
        Verdict first = judged(0.2);
        Verdict again = judged(0.9);
        again.comparison = first.comparison;
        Verdict other = judged(0.4);
        other.comparison = first.comparison;
        other.judge = u"judge-70b"_s;
        const QList<Verdict> all{first, verdict(Verdict::Kind::Best, 1), other, again};
        QCOMPARE(verdictsOf(all, Voter::Person), QList({all[1]}));
        QCOMPARE(verdictsOf(all, Voter::Model), QList({other, again}));
        QCOMPARE(said({again}), QStringList{u"base 0.9 v3"_s});
        const QByteArray line = preferencesAsJsonLines({again});
        QVERIFY(line.contains("\"judge\":\"judge-7b\""));
        QVERIFY(verdictsAsCsv({again}).contains(",yes,,judge-7b,0.9,"));
        QVERIFY(verdictsAsCsv({again}).contains(",no,,judge-7b,0.1,"));
        // Where the orders disagree, neither is preferred.
        Verdict torn = judged(0.6);
        torn.kind = Verdict::Kind::Tie;
        QVERIFY(preferencesAsJsonLines({torn}).isEmpty());
        QCOMPARE(said({torn}), QStringList{u"base 0.6 v3"_s});
    }

    /// Judged again after the lanes changed places, it is the same two answers.
    void theSameTwoCountOnceInEitherOrder()
    {
        const Verdict first = judged(0.2);
        Verdict again = judged(0.9);
        again.comparison = first.comparison;
        std::swap(again.answers[0], again.answers[1]);
        QCOMPARE(verdictsOf({first, again}, Voter::Model), QList({again}));
        Verdict other = judged(0.9);
        other.comparison = first.comparison;
        other.answers[1].text = u"Something else."_s;
        QCOMPARE(verdictsOf({first, other}, Voter::Model), QList({first, other}));
    }

    void tagsPick()
    {
        const QList<Verdict> all{verdict(Verdict::Kind::Tie)};
        QVERIFY(!pairsOf(all, u"format"_s).isEmpty());
        QVERIFY(pairsOf(all, u"tone"_s).isEmpty());
    }

    void eachPreferenceIsALineOfJson()
    {
        const QByteArray lines = preferencesAsJsonLines({verdict(Verdict::Kind::Best, 2)});
        const QList<QByteArray> each = lines.trimmed().split('\n');
        QCOMPARE(each.size(), 2);
        const QJsonObject line = QJsonDocument::fromJson(each.constLast()).object();
        QCOMPARE(line[u"prompt"_s], u"Charged twice?"_s);
        QCOMPARE(line[u"chosen"_s], u"Yes, it is."_s);
        QCOMPARE(line[u"rejected"_s], u"=Yes"_s);
        const QJsonObject metadata = line[u"metadata"_s].toObject();
        QCOMPARE(metadata[u"chosen_by"_s], u"v4"_s);
        QCOMPARE(metadata[u"rejected_adapter"_s], u"v3"_s);
    }

    void theSameTextIsNoPreference()
    {
        Verdict same = verdict(Verdict::Kind::Best, 2);
        same.answers[1].text = same.answers[2].text;
        QCOMPARE(preferencesAsJsonLines({same}).count('\n'), 1);
    }

    void csvIsQuotedAndNoFormula()
    {
        const QString csv = QString::fromUtf8(verdictsAsCsv({verdict(Verdict::Kind::Best, 1)}));
        const QStringList lines = csv.split(u"\r\n"_s);
        QCOMPARE(lines.size(), 5); // a head, three answers, and the end
        QVERIFY(lines[1].endsWith(u",\"No \"\"idea\"\", sorry\""_s));
        QVERIFY(lines[2].endsWith(u",'=Yes"_s));
        QVERIFY(lines[2].contains(u"best,B,v3"_s));
    }

    void keysDoNotLeave()
    {
        Verdict leaking = verdict(Verdict::Kind::Best, 0);
        leaking.prompt = u"Authorization: Bearer sk-0123456789abcdef0123456789"_s;
        QVERIFY(!preferencesAsJsonLines({leaking}).contains("sk-0123"));
        QVERIFY(!verdictsAsCsv({leaking}).contains("sk-0123"));
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
