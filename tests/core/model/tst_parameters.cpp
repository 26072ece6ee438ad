// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/parameters.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestParameters final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void rangesAreCheckedAtTheirEnds()
    {
        ParameterSpec topP{.name = u"top_p"_s, .minimum = 0.0, .maximum = 1.0};
        topP.minimumExcluded = true;
        QVERIFY(!topP.check(1.0));
        QVERIFY(!topP.check(0.001));
        QCOMPARE(topP.check(0.0), u"top_p must be greater than 0, not 0."_s);
        QCOMPARE(topP.check(1.5), u"top_p must be at most 1, not 1.5."_s);
        QCOMPARE(topP.check(u"x"_s), u"top_p must be a number."_s);
        QVERIFY(topP.check(qQNaN()));
    }

    void wholeNumbersRefuseFractions()
    {
        const ParameterSpec spec{.name = u"top_k"_s, .type = ParameterSpec::Type::Integer};
        QVERIFY(!spec.check(40));
        QCOMPARE(spec.check(1.5), u"top_k must be a whole number."_s);
        QVERIFY(!spec.parse(u"1.5"_s));
        QCOMPARE(spec.parse(u"9007199254740993"_s)->toInteger(), 9007199254740993LL);
    }

    void aSeedMayHaveAll64Bits()
    {
        const ParameterSpec spec{.name = u"seed"_s,
            .type = ParameterSpec::Type::Integer,
            .minimum = 0.0,
            .maximum = 18446744073709551615.0};
        const auto seed = spec.parse(u"18446744073709551615"_s);
        QCOMPARE(seed, QJsonValue(u"18446744073709551615"_s));
        QVERIFY(!spec.check(*seed));
        QVERIFY(!spec.parse(u"18446744073709551616"_s));
        QVERIFY(spec.check(u"12"_s));
        QVERIFY(spec.check(-1));
        const ParameterSpec small{
            .name = u"n"_s, .type = ParameterSpec::Type::Integer, .maximum = 8.0};
        QVERIFY(small.check(*seed));
    }

    void theNextSeeds_data()
    {
        QTest::addColumn<QJsonValue>("seed");
        QTest::addColumn<QJsonValue>("next");
        QTest::newRow("usual") << QJsonValue(5) << QJsonValue(7);
        QTest::newRow("left to chance") << QJsonValue(-1) << QJsonValue(-1);
        QTest::newRow("from 63 bits to 64")
            << QJsonValue(9223372036854775807LL) << QJsonValue(u"9223372036854775809"_s);
        QTest::newRow("64 bits") << QJsonValue(u"9223372036854775809"_s)
                                 << QJsonValue(u"9223372036854775811"_s);
        QTest::newRow("the last ones") << QJsonValue(u"18446744073709551615"_s) << QJsonValue(1);
    }

    void theNextSeeds()
    {
        QFETCH(const QJsonValue, seed);
        QFETCH(const QJsonValue, next);
        const ParameterSet mistral{{u"random_seed"_s, seed}, {u"top_k"_s, 3}};
        QCOMPARE(
            withSeedAfter(mistral, 2), (ParameterSet{{u"random_seed"_s, next}, {u"top_k"_s, 3}}));
        QCOMPARE(withSeedAfter({{u"top_k"_s, 3}}, 2), (ParameterSet{{u"top_k"_s, 3}}));
    }

    void typedTextBecomesTheParametersType()
    {
        using Type = ParameterSpec::Type;
        QCOMPARE(ParameterSpec{.type = Type::Boolean}.parse(u"true"_s), QJsonValue(true));
        QVERIFY(!ParameterSpec{.type = Type::Boolean}.parse(u"maybe"_s));
        QCOMPARE(ParameterSpec{.type = Type::TextList}.parse(u"a, b"_s),
            QJsonValue(QJsonArray{u"a, b"_s}));
        QCOMPARE(ParameterSpec{.type = Type::TextList}.parse(u"[\"a\",\"b\"]"_s),
            QJsonValue(QJsonArray{u"a"_s, u"b"_s}));
        QCOMPARE(ParameterSpec{.type = Type::Json}.parse(u"null"_s), QJsonValue(QJsonValue::Null));
        QVERIFY(!ParameterSpec{.type = Type::Json}.parse(u"{"_s));
    }

    void choicesAreNamedInTheSentence()
    {
        const ParameterSpec spec{
            .name = u"mode"_s, .type = ParameterSpec::Type::Choice, .choices = {u"a"_s, u"b"_s}};
        QVERIFY(!spec.check(u"a"_s));
        QCOMPARE(spec.check(u"c"_s), u"mode must be one of a, b."_s);
    }
};

QTEST_GUILESS_MAIN(TestParameters)
#include "tst_parameters.moc"
