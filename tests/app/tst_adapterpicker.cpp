// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapterpicker.h"
#include "preferences.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Each style of choosing an adapter makes the choice its server understands.
class TestAdapterPicker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void listsAdaptersApartFromModels();
    void adapterStaysWithItsBase();
    void choosesFromAList();
    void takesTypedIdsAndRemembersThem();
    void scalesNameAllAdapters();
    void saysWhyNoModelsAreListed();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<AdapterPicker> m_picker;
};

void TestAdapterPicker::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath(u"test.ini"_s));
    m_picker = std::make_unique<AdapterPicker>(*m_preferences);
}

void TestAdapterPicker::cleanup()
{
    m_picker.reset();
    m_preferences.reset();
    m_folder.reset();
}

void TestAdapterPicker::listsAdaptersApartFromModels()
{
    const QAbstractItemModelTester tester(m_picker.get());
    m_picker->setDescription({.models = {{.id = u"base"_s}, {.id = u"tuned"_s}},
                                 .adapters = {{.id = u"tuned"_s, .base = u"base"_s}},
                                 .adapterStyle = AdapterStyle::Listed},
        {});
    QCOMPARE(m_picker->models(), QStringList(u"base"_s));
    QCOMPARE(m_picker->count(), 1);
    QCOMPARE(m_picker->adapterLabel(), u"base model"_s);
}

void TestAdapterPicker::adapterStaysWithItsBase()
{
    m_picker->setDescription({.models = {{.id = u"one"_s}, {.id = u"two"_s}},
                                 .adapters = {{.id = u"a"_s, .base = u"one"_s}, {.id = u"b"_s}},
                                 .adapterStyle = AdapterStyle::Listed},
        {});
    QCOMPARE(m_picker->count(), 2);
    m_picker->setModel(u"two"_s);
    QCOMPARE(m_picker->count(), 1);
    QCOMPARE(m_picker->data(m_picker->index(0), AdapterPicker::IdRole), u"b"_s);
}

void TestAdapterPicker::choosesFromAList()
{
    m_picker->setDescription(
        {.adapters = {{.id = u"a"_s}}, .adapterStyle = AdapterStyle::Listed}, {});
    const QSignalSpy edited(m_picker.get(), &AdapterPicker::edited);
    m_picker->choose(u"a"_s);
    QCOMPARE(m_picker->adapter().id, u"a"_s);
    QCOMPARE(m_picker->data(m_picker->index(0), AdapterPicker::ChosenRole), true);
    m_picker->choose({});
    QVERIFY(m_picker->adapter().isBase());
    QCOMPARE(edited.count(), 2);
    m_picker->choose({});
    QCOMPARE(edited.count(), 2);
}

void TestAdapterPicker::takesTypedIdsAndRemembersThem()
{
    m_picker->setEndpoint(QUuid::createUuid(), u"lorax"_s);
    m_picker->setDescription({.adapterStyle = AdapterStyle::FreeText}, {});
    m_picker->chooseFrom(u" org/one "_s, u"hub"_s);
    m_picker->chooseFrom(u"org/two"_s, u"s3"_s);
    m_picker->chooseFrom(u"org/one"_s, u"local"_s);
    QCOMPARE(m_picker->adapter().id, u"org/one"_s);
    QCOMPARE(m_picker->adapter().source, u"local"_s);
    QCOMPARE(m_picker->recent(), QStringList({u"org/one"_s, u"org/two"_s}));
    m_picker->chooseFrom({}, u"hub"_s);
    QVERIFY(m_picker->adapter().isBase());
    QVERIFY(m_picker->adapter().source.isEmpty());
}

void TestAdapterPicker::scalesNameAllAdapters()
{
    m_picker->setDescription({.adapters = {{.id = u"0"_s, .name = u"pirate"_s, .scale = 1.0},
                                  {.id = u"1"_s, .scale = 0.0}},
                                 .adapterStyle = AdapterStyle::Scales},
        {});
    QVERIFY(m_picker->adapter().isBase());
    QCOMPARE(m_picker->data(m_picker->index(0), AdapterPicker::ScaleRole), 1.0);
    // One is moved, the other keeps what the server has: a scale that is not named would be 0.
    m_picker->setScale(1, 0.5);
    QCOMPARE(m_picker->adapter().scales, (QList<AdapterScale>{{0, 1.0, u"pirate"_s}, {1, 0.5}}));
    QCOMPARE(m_picker->adapterLabel(), u"pirate × 1, 1 × 0.5"_s);
    m_picker->resetScales();
    QVERIFY(m_picker->adapter().isBase());
}

void TestAdapterPicker::saysWhyNoModelsAreListed()
{
    m_picker->setDescription({.notes = {u"LoRAX lists no models."_s}}, {});
    QCOMPARE(m_picker->reason(), u"LoRAX lists no models."_s);
    m_picker->setDescription({}, u"Nobody answers."_s);
    QCOMPARE(m_picker->reason(), u"Nobody answers."_s);
    m_picker->setDescription({.models = {{.id = u"base"_s}}}, {});
    QVERIFY(m_picker->reason().isEmpty());
}

QTEST_GUILESS_MAIN(TestAdapterPicker)

#include "tst_adapterpicker.moc"
