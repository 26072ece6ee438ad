// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/invalidrequest.h"
#include "grid/gridassertion.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestGridAssertion final : public QObject
{
    Q_OBJECT

    static Result<GridAssertion> made(const QString &spec)
    {
        return assertionFromText(spec, [](const QString &name) -> Result<QByteArray> {
            if (name == "age.json"_L1) {
                return R"({"type": "object", "required": ["age"]})"_ba;
            }
            return invalidRequest(u"%1 cannot be read."_s.arg(name));
        });
    }

private Q_SLOTS:

    void answers_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("why"); // empty: it keeps to it
        const auto row = [](const QString &spec, const QString &answer, const QString &why) {
            QTest::newRow(qPrintable(spec + u" / "_s + answer)) << spec << answer << why;
        };
        row(u"contains=parrot"_s, u"A parrot."_s, {});
        row(u"contains=parrot"_s, u"A Parrot."_s, u"“parrot” is not in it"_s);
        row(u"contains={{ city }}"_s, u"It is Łódź."_s, {});
        row(u"contains={{ city }}"_s, u"It is Lodz."_s, u"“Łódź” is not in it"_s);
        row(u"regex=^[A-C]$"_s, u"B"_s, {});
        row(u"regex=^[A-C]$"_s, u"D"_s, u"nothing in it matches “^[A-C]$”"_s);
        row(u"regex=x{2}"_s, u"axxa"_s, {});
        row(u"equals=yes"_s, u" yes\n"_s, {});
        row(u"equals=yes"_s, u"yes!"_s, u"it is not “yes”"_s);
        row(u"number=42"_s, u"It is 41, no, 42."_s, {});
        row(u"number=42"_s, u"42, or 41"_s, u"41 is not 42"_s);
        row(u"number=1234.5~0.1"_s, u"about 1,234.58 euros"_s, {});
        row(u"number=-1.5e3~1"_s, u"-1500.9"_s, {});
        row(u"number={{ n }}~0.5"_s, u"7.4"_s, {});
        row(u"number={{ n }}"_s, u"7.4"_s, u"7.4 is not 7"_s);
        row(u"number=1"_s, u"one"_s, u"there is no number in it"_s);
        row(u"schema=age.json"_s, u"Here: ```json\n{\"age\": 3}\n```"_s, {});
        row(u"schema=age.json"_s, u"{\"name\": 3}"_s, u"age"_s);
        row(u"schema=age.json"_s, u"three"_s, u"JSON"_s);
        row(u"max-latency=2"_s, u""_s, {});
        row(u"max-latency=1.4"_s, u""_s, u"it took 1.5 s"_s);
        row(u"max-tokens=20"_s, u""_s, {});
        row(u"max-tokens=19"_s, u""_s, u"it took 20 tokens"_s);
    }

    void answers()
    {
        QFETCH(const QString, spec);
        QFETCH(const QString, answer);
        QFETCH(const QString, why);
        const Result<GridAssertion> assertion = made(spec);
        QVERIFY2(assertion, assertion ? "" : qPrintable(assertion.error().message));
        const Result<QString> expected
            = expectedOf(*assertion, {{u"city"_s, u"Łódź"_s}, {u"n"_s, 7}});
        QVERIFY2(expected, expected ? "" : qPrintable(expected.error().message));
        const QString said = violation(*assertion, *expected,
            {{u"text"_s, answer},
                {u"metrics"_s,
                    QJsonObject{{u"total_ns"_s, 1'500'000'000}, {u"output_tokens"_s, 20}}}})
                                 .value_or(QString());
        QVERIFY2(why.isEmpty() ? said.isEmpty() : said.contains(why), qPrintable(said));
    }

    void whatIsNotKnownIsNoPass()
    {
        const Result<GridAssertion> assertion = made(u"max-tokens=5"_s);
        QVERIFY(violation(*assertion, {}, {{u"text"_s, u"x"_s}}));
    }

    void mistakes_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("word");
        QTest::newRow("kind") << u"has=x"_s << u"contains=, regex="_s;
        QTest::newRow("value") << u"contains="_s << u"contains="_s;
        QTest::newRow("no =") << u"contains"_s << u"contains="_s;
        QTest::newRow("limit") << u"max-tokens=few"_s << u"“few” is no number"_s;
        QTest::newRow("tolerance") << u"number=1~-1"_s << u"“-1” is no number"_s;
        QTest::newRow("template") << u"equals={{ a"_s << u"is not ended"_s;
        QTest::newRow("file") << u"schema=none.json"_s << u"cannot be read"_s;
        // What only a row can tell.
        QTest::newRow("pattern") << u"regex=("_s << u"“(” is no pattern"_s;
        QTest::newRow("number") << u"number=many"_s << u"“many” is no number"_s;
        QTest::newRow("column") << u"equals={{ town }}"_s << u"“town” is not set"_s;
    }

    void mistakes()
    {
        QFETCH(const QString, spec);
        QFETCH(const QString, word);
        const Result<GridAssertion> assertion = made(spec);
        const Result<QString> expected
            = assertion ? expectedOf(*assertion, {}) : Failure(assertion.error());
        QVERIFY(!expected);
        QVERIFY2(expected.error().message.contains(word), qPrintable(expected.error().message));
    }
};

QTEST_GUILESS_MAIN(TestGridAssertion)
#include "tst_gridassertion.moc"
