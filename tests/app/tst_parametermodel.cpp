// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "parametermodel.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What is set is sent, what is not is not, and what the server would refuse is neither.
class TestParameterModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void untouchedIsNotSent();
    void sliderValueIsWhatIsShown();
    void outOfRangeIsRefusedWithASentence();
    void emptyTextLeavesItToTheServer();
    void resetTakesOneBack();
    void otherServerKeepsTheValues();
    void groupIsNamedOnce();
    void summaryNamesWhatIsSet();
};

namespace {

ParameterSpecs specs()
{
    return {
        {.name = u"temperature"_s,
            .group = u"Sampling"_s,
            .minimum = 0,
            .maximum = 2,
            .serverDefault = 0.8},
        {.name = u"top_k"_s,
            .type = ParameterSpec::Type::Integer,
            .group = u"Sampling"_s,
            .minimum = 0,
            .sliderMaximum = 100},
        {.name = u"stop"_s, .type = ParameterSpec::Type::TextList, .group = u"Length"_s},
    };
}

QVariant at(const ParameterModel &model, int row, ParameterModel::Role role)
{
    return model.data(model.index(row), role);
}

} // namespace

void TestParameterModel::untouchedIsNotSent()
{
    ParameterModel model(nullptr);
    const QAbstractItemModelTester tester(&model);
    model.setSpecs(specs());
    QVERIFY(model.parameters().isEmpty());
    QCOMPARE(at(model, 0, ParameterModel::TouchedRole), false);
    QCOMPARE(at(model, 0, ParameterModel::NumberRole), 0.8);
    QCOMPARE(at(model, 0, ParameterModel::DefaultRole), u"server default 0.8"_s);
    QCOMPARE(at(model, 1, ParameterModel::DefaultRole), u"server default"_s);
}

void TestParameterModel::sliderValueIsWhatIsShown()
{
    ParameterModel model(nullptr);
    model.setSpecs(specs());
    const QSignalSpy edited(&model, &ParameterModel::edited);
    model.setNumber(0, 0.1 + 0.2);
    QCOMPARE(model.parameters(), (ParameterSet{{u"temperature"_s, 0.3}}));
    QCOMPARE(at(model, 0, ParameterModel::TextRole), u"0.3"_s);
    model.setNumber(1, 39.7);
    QCOMPARE(model.parameters().value(u"top_k"_s), QJsonValue(40));
    QCOMPARE(edited.count(), 2);
    model.setNumber(1, 40);
    QCOMPARE(edited.count(), 2);
}

void TestParameterModel::outOfRangeIsRefusedWithASentence()
{
    ParameterModel model(nullptr);
    model.setSpecs(specs());
    model.setText(0, u"0.7"_s);
    const QSignalSpy edited(&model, &ParameterModel::edited);
    model.setText(0, u"9"_s);
    QCOMPARE(model.parameters().value(u"temperature"_s), QJsonValue(0.7));
    QVERIFY(at(model, 0, ParameterModel::ProblemRole).toString().contains(u"temperature"_s));
    QCOMPARE(at(model, 0, ParameterModel::TextRole), u"9"_s);
    model.setText(0, u"warm"_s);
    QVERIFY(at(model, 0, ParameterModel::ProblemRole).toString().contains(u"warm"_s));
    QCOMPARE(edited.count(), 0);
    model.setText(0, u"0.5"_s);
    QVERIFY(at(model, 0, ParameterModel::ProblemRole).toString().isEmpty());
    QCOMPARE(model.parameters().value(u"temperature"_s), QJsonValue(0.5));
}

void TestParameterModel::emptyTextLeavesItToTheServer()
{
    ParameterModel model(nullptr);
    model.setSpecs(specs());
    model.setText(2, u"END"_s);
    QCOMPARE(at(model, 2, ParameterModel::TextRole), u"END"_s);
    const QString two = uR"(["a,b","c"])"_s;
    model.setText(2, two);
    QCOMPARE(model.parameters().value(u"stop"_s).toArray().size(), 2);
    QCOMPARE(at(model, 2, ParameterModel::TextRole), two);
    model.setText(2, u" "_s);
    QVERIFY(model.parameters().isEmpty());
}

void TestParameterModel::resetTakesOneBack()
{
    ParameterModel model(nullptr);
    model.setSpecs(specs());
    model.setNumber(0, 1);
    model.setNumber(1, 5);
    model.reset(0);
    QCOMPARE(model.parameters(), (ParameterSet{{u"top_k"_s, 5}}));
    QCOMPARE(at(model, 0, ParameterModel::TouchedRole), false);
    model.resetAll();
    QVERIFY(model.parameters().isEmpty());
}

void TestParameterModel::otherServerKeepsTheValues()
{
    ParameterModel model(nullptr);
    model.setSpecs(specs());
    model.setNumber(0, 1);
    model.setSpecs({specs().first()});
    QCOMPARE(model.parameters(), (ParameterSet{{u"temperature"_s, 1}}));
}

void TestParameterModel::groupIsNamedOnce()
{
    ParameterModel model(nullptr);
    model.setSpecs(specs());
    QCOMPARE(at(model, 0, ParameterModel::GroupRole), u"Sampling"_s);
    QCOMPARE(at(model, 1, ParameterModel::GroupRole), QString());
    QCOMPARE(at(model, 2, ParameterModel::GroupRole), u"Length"_s);
}

void TestParameterModel::summaryNamesWhatIsSet()
{
    ParameterModel model(nullptr);
    model.setSpecs(specs());
    model.setNumber(1, 40);
    model.setNumber(0, 0.2);
    QCOMPARE(model.summary(), u"temperature 0.2 · top_k 40"_s);
}

QTEST_GUILESS_MAIN(TestParameterModel)

#include "tst_parametermodel.moc"
