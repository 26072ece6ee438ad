// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "conformancetrial.h"
#include "providerfixture.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QFile>
#include <QHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

const char *const updating = "LORIKEET_UPDATE_CONFORMANCE";

QString tablePath()
{
    return ProviderFixture::folder() + u"/../../core/providers/CONFORMANCE.md"_s;
}

const Lack *lackOf(const Subject &subject, Feature feature)
{
    for (const Lack &lack : lacks()) {
        if (lack.feature == feature && qstrcmp(lack.title, subject.title) == 0) {
            return &lack;
        }
    }
    return nullptr;
}

QString cell(const Verdict &verdict, const Lack *lack)
{
    if (verdict.isYes()) {
        return verdict.ground == Verdict::Ground::Recorded ? u"yes (recorded)"_s : u"yes"_s;
    }
    return lack != nullptr && lack->kind == Lack::Kind::NotOurs ? u"not ours"_s : u"none"_s;
}

QString titleOf(Feature feature) { return QString::fromLatin1(features().at(int(feature)).title); }

} // namespace

/// What each server can do in each dialect, tried; and that core/providers/CONFORMANCE.md says so.
class TestConformance final : public QObject
{
    Q_OBJECT

    QHash<QString, QList<Verdict>> m_rows;

    [[nodiscard]] QList<Verdict> tried(const Subject &subject, QString &problem)
    {
        const QString title = QString::fromLatin1(subject.title);
        if (!m_rows.contains(title)) {
            ConformanceTrial trial(subject);
            problem = trial.connect();
            if (!problem.isEmpty()) {
                return {};
            }
            QList<Verdict> verdicts;
            for (const FeatureText &feature : features()) {
                verdicts.append(trial.of(feature.feature));
            }
            m_rows.insert(title, verdicts);
        }
        return m_rows.value(title);
    }

    [[nodiscard]] QString table()
    {
        // REUSE-IgnoreStart: these are lines of the table, not of this file.
        QStringList lines{u"<!--"_s, u"SPDX-FileCopyrightText: 2026 The Lorikeet developers"_s,
            u"SPDX-License-Identifier: CC0-1.0"_s};
        // REUSE-IgnoreEnd
        lines += {u"-->"_s, u"# What works with which server"_s, {},
            u"Written by `tst_conformance`, which tries every cell and compares; write it anew "
            "with"_s,
            u"`%1=1 ctest --preset dev -R tst_conformance`."_s.arg(QLatin1StringView(updating)), {},
            u"*yes*: tried with the simulated server (`lori-sim --as …`), found by the probe, over "
            "a real"_s,
            u"socket. *yes (recorded)*: read from recorded bytes. *none*: the server has it not. "
            "*not ours*:"_s,
            u"the server has it, and Lorikeet does not use it. The reasons are below."_s, {}};
        QStringList head{u"Server and dialect"_s};
        for (const FeatureText &feature : features()) {
            head.append(QString::fromLatin1(feature.title));
        }
        lines.append(u"| %1 |"_s.arg(head.join(u" | "_s)));
        lines.append(u"|"_s + u"---|"_s.repeated(head.size()));
        QStringList reasons;
        for (const Subject &subject : subjects()) {
            QStringList cells{QString::fromLatin1(subject.title)};
            QString problem;
            const QList<Verdict> verdicts = tried(subject, problem);
            for (int i = 0; i < verdicts.size(); ++i) {
                const Lack *const lack = lackOf(subject, Feature(i));
                cells.append(cell(verdicts[i], lack));
                if (!verdicts[i].isYes() && lack != nullptr) {
                    reasons.append(u"| %1 | %2 | %3 |"_s.arg(QString::fromLatin1(subject.title),
                        titleOf(Feature(i)), QString::fromLatin1(lack->reason)));
                }
            }
            lines.append(u"| %1 |"_s.arg(cells.join(u" | "_s)));
        }
        lines += {{}, u"## What a yes is"_s, {}, u"| | Seen must be that |"_s, u"|---|---|"_s};
        for (const FeatureText &feature : features()) {
            lines.append(u"| %1 | %2 |"_s.arg(
                QString::fromLatin1(feature.title), QString::fromLatin1(feature.trial)));
        }
        lines
            += {{}, u"## Why not"_s, {}, u"| Server and dialect | | Since |"_s, u"|---|---|---|"_s};
        return (lines + reasons).join(u'\n') + u'\n';
    }

private Q_SLOTS:

    /// Nothing that exists is left out.
    void everyDialectAndServerIsTried()
    {
        QStringList dialects;
        QStringList servers;
        for (const Subject &subject : subjects()) {
            dialects.append(QString::fromLatin1(subject.provider));
            servers.append(QString::fromLatin1(subject.as));
        }
        for (const Provider *provider : providers()) {
            QVERIFY2(dialects.contains(provider->id()), qPrintable(provider->id()));
        }
        for (const SimulatorServerHelp &server : simulatorServerHelp()) {
            QVERIFY2(servers.contains(server.name), qPrintable(server.name));
        }
        QCOMPARE(features().size(), featureCount);
    }

    void cells_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < subjects().size(); ++i) {
            QTest::newRow(subjects().at(i).title) << i;
        }
    }

    /// Each cell is a yes that was seen, or has a reason; and no reason is out of date.
    void cells()
    {
        QFETCH(const int, index);
        const Subject &subject = subjects().at(index);
        QString problem;
        const QList<Verdict> verdicts = tried(subject, problem);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QStringList wrong;
        for (int i = 0; i < verdicts.size(); ++i) {
            const bool isExcused = lackOf(subject, Feature(i)) != nullptr;
            if (verdicts[i].isYes() == isExcused) {
                wrong.append(u"%1 %2: %3"_s.arg(titleOf(Feature(i)),
                    isExcused ? u"works, though a reason says why not"_s : u"does not work"_s,
                    verdicts[i].why));
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void everyReasonHasItsCell()
    {
        for (const Lack &lack : lacks()) {
            const bool isThere = std::ranges::any_of(subjects(),
                [&lack](const Subject &one) { return qstrcmp(one.title, lack.title) == 0; });
            QVERIFY2(isThere, lack.title);
            QVERIFY(!QByteArray(lack.reason).endsWith('.'));
        }
    }

    /// What a dialect's table of parameters has a word for is tried with that word.
    void everyWordIsTried()
    {
        const QList<std::pair<QByteArray Subject::*, QStringList>> words{
            {&Subject::tools, {u"tools"_s}},
            {&Subject::schema,
                {u"response_format"_s, u"json_schema"_s, u"grammar"_s, u"format"_s,
                    u"output_config"_s, u"responseJsonSchema"_s, u"structured_outputs"_s}},
            {&Subject::logprobs,
                {u"logprobs"_s, u"top_logprobs"_s, u"n_probs"_s, u"top_n_tokens"_s,
                    u"return_k_alternatives"_s, u"responseLogprobs"_s}}};
        for (const Subject &subject : subjects()) {
            ConformanceTrial trial(subject);
            const QString problem = trial.connect();
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
            const ParameterSpecs specs = trial.parameters();
            for (const auto &[member, names] : words) {
                for (const QString &name : names) {
                    const ParameterSpec *const spec = findParameter(specs, name);
                    const bool isHonoured
                        = spec != nullptr && spec->fate == ParameterSpec::Fate::Honoured;
                    QVERIFY2(!isHonoured || !(subject.*member).isEmpty(),
                        subject.title + ": "_ba + name.toUtf8());
                }
            }
        }
    }

    void theTableIsUpToDate()
    {
        const QByteArray made = table().toUtf8();
        QFile file(tablePath());
        if (qEnvironmentVariableIsSet(updating)) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(made), made.size());
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
        const QList<QByteArray> expected = made.split('\n');
        const QList<QByteArray> written = file.readAll().split('\n');
        for (int i = 0; i < std::max(expected.size(), written.size()); ++i) {
            QVERIFY2(expected.value(i) == written.value(i),
                "CONFORMANCE.md says \"" + written.value(i) + "\", and it is \"" + expected.value(i)
                    + "\": run this with " + updating + "=1 to write it anew.");
        }
    }
};

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
