// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapterpicker.h"
#include "askedservice.h"
#include "choicelist.h"
#include "endpointlistmodel.h"
#include "mention.h"
#include "preferences.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// All adapters and models of an endpoint are found by typing, and what was used lately comes
/// first.
class TestChoiceList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void listsAdaptersAndModels();
    void findsByTyping();
    void whatWasUsedComesFirst();
    void recentOnesBelongToTheirEndpoint();
    void typedIdIsTakenWhereTheServerTakesAny();
    void typedIdIsNotOfferedWhereTheServerListsAll();
    void scaledAdapterSwitchesTheOthersOff();
    void picksForTheNextAnswers();
    void choiceChangesOnlyWhatItNames();
    void otherEndpointsAreFoundWithWhatTheyHave();
    void mentionsAreFoundAtTheCursor_data();
    void mentionsAreFoundAtTheCursor();

private:
    [[nodiscard]] QStringList titles() const
    {
        QStringList titles;
        for (int row = 0; row < m_list->count(); ++row) {
            titles.append(at(row, ChoiceList::TitleRole));
        }
        return titles;
    }

    [[nodiscard]] QString at(int row, ChoiceList::Role role) const
    {
        return m_list->data(m_list->index(row), role).toString();
    }

    void useVllm()
    {
        m_picker->setEndpoint(m_endpoint, u"openai"_s);
        m_picker->setDescription({.models = {{.id = u"llama-8b"_s}, {.id = u"qwen-7b"_s}},
                                     .adapters = {{.id = u"legal"_s, .path = u"/a/legal"_s},
                                         {.id = u"support-v3"_s}, {.id = u"support-v4"_s}},
                                     .adapterStyle = AdapterStyle::Listed},
            {});
    }

    void useLorax()
    {
        m_picker->setEndpoint(m_endpoint, u"lorax"_s);
        m_picker->setDescription(
            {.models = {{.id = u"llama-8b"_s}}, .adapterStyle = AdapterStyle::FreeText}, {});
    }

    const QUuid m_endpoint = QUuid::createUuid();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<AdapterPicker> m_picker;
    std::unique_ptr<ChoiceList> m_list;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestChoiceList::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath(u"test.ini"_s));
    m_picker = std::make_unique<AdapterPicker>(*m_preferences);
    m_list = std::make_unique<ChoiceList>(*m_picker);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_list.get());
}

void TestChoiceList::cleanup()
{
    m_tester.reset();
    m_list.reset();
    m_picker.reset();
    m_preferences.reset();
    m_folder.reset();
}

void TestChoiceList::listsAdaptersAndModels()
{
    QCOMPARE(m_list->count(), 0);
    useVllm();
    QCOMPARE(titles(),
        QStringList({u"Base model, no adapter"_s, u"legal"_s, u"support-v3"_s, u"support-v4"_s,
            u"llama-8b"_s, u"qwen-7b"_s}));
    QCOMPARE(at(1, ChoiceList::DetailRole), u"/a/legal"_s);
    QVERIFY(at(3, ChoiceList::SectionRole) != at(4, ChoiceList::SectionRole));
    QCOMPARE(at(0, ChoiceList::ChosenRole), u"true"_s);
}

void TestChoiceList::findsByTyping()
{
    useVllm();
    m_list->setQuery(u"sv4"_s);
    QCOMPARE(titles(), QStringList(u"support-v4"_s));
    m_list->setQuery(u"qw"_s);
    QCOMPARE(titles(), QStringList(u"qwen-7b"_s));
    m_list->setQuery(u"nothing"_s);
    QCOMPARE(m_list->count(), 0);
    m_list->setQuery({});
    QCOMPARE(m_list->count(), 6);
}

void TestChoiceList::whatWasUsedComesFirst()
{
    useVllm();
    m_picker->choose(u"support-v4"_s);
    m_picker->choose(u"gone-meanwhile"_s);
    m_picker->choose({});
    QCOMPARE(
        titles().first(3), QStringList({u"Base model, no adapter"_s, u"support-v4"_s, u"legal"_s}));
    QCOMPARE(titles().count(u"support-v4"_s), 1);
}

void TestChoiceList::recentOnesBelongToTheirEndpoint()
{
    useLorax();
    m_picker->chooseFrom(u"acme/legal"_s, u"s3"_s);
    QVERIFY(titles().contains(u"acme/legal"_s));
    m_picker->setEndpoint(QUuid::createUuid(), u"lorax"_s);
    QVERIFY(!titles().contains(u"acme/legal"_s));
    m_picker->setEndpoint(m_endpoint, u"lorax"_s);
    m_picker->choose({});
    // It is taken from where it was taken before.
    m_picker->choose(u"acme/legal"_s);
    QCOMPARE(m_picker->adapter().source, u"s3"_s);
}

void TestChoiceList::typedIdIsTakenWhereTheServerTakesAny()
{
    useLorax();
    m_list->setQuery(u" acme/new "_s);
    QCOMPARE(m_list->count(), 1);
    m_list->setSource(u"local"_s);
    QCOMPARE(at(0, ChoiceList::DetailRole), u"local"_s);
    m_list->pick(0);
    QCOMPARE(m_picker->adapter().id, u"acme/new"_s);
    QCOMPARE(m_picker->adapter().source, u"local"_s);
    // Now it is known, and not offered as new.
    QCOMPARE(titles(), QStringList(u"acme/new"_s));
}

void TestChoiceList::typedIdIsNotOfferedWhereTheServerListsAll()
{
    useVllm();
    m_list->setQuery(u"acme/new"_s);
    QCOMPARE(m_list->count(), 0);
}

void TestChoiceList::scaledAdapterSwitchesTheOthersOff()
{
    m_picker->setEndpoint(m_endpoint, u"llamacpp"_s);
    m_picker->setDescription({.adapters = {{.id = u"0"_s, .name = u"pirate"_s, .scale = 1.0},
                                  {.id = u"1"_s, .name = u"poet"_s, .scale = 1.0}},
                                 .adapterStyle = AdapterStyle::Scales},
        {});
    m_list->setQuery(u"poet"_s);
    m_list->pick(0);
    QCOMPARE(m_picker->adapter().scales,
        (QList<AdapterScale>{{0, 0.0, u"pirate"_s}, {1, 1.0, u"poet"_s}}));
    m_list->setQuery({});
    m_list->pick(1);
    QCOMPARE(m_picker->adapter().scales,
        (QList<AdapterScale>{{0, 0.0, u"pirate"_s}, {1, 0.0, u"poet"_s}}));
    m_list->pick(0);
    QVERIFY(m_picker->adapter().isBase());
}

void TestChoiceList::picksForTheNextAnswers()
{
    useVllm();
    const QSignalSpy edited(m_picker.get(), &AdapterPicker::edited);
    m_list->setQuery(u"legal"_s);
    m_list->pick(0);
    QCOMPARE(m_picker->adapter().id, u"legal"_s);
    m_list->setQuery(u"qwen"_s);
    m_list->pick(0);
    QCOMPARE(m_picker->model(), u"qwen-7b"_s);
    QCOMPARE(edited.count(), 2);
    m_list->pick(7);
    m_list->pick(-1);
    QCOMPARE(edited.count(), 2);
}

void TestChoiceList::choiceChangesOnlyWhatItNames()
{
    useVllm();
    m_list->setQuery(u"qwen"_s);
    const TurnChoice choice = m_list->choice(0);
    QCOMPARE(choice.label, u"qwen-7b"_s);
    ChatSetup setup{.model = u"llama-8b"_s, .systemPrompt = u"Be brief."_s};
    setup.adapter.id = u"legal"_s;
    const ChatSetup applied = choice.appliedTo(setup);
    QCOMPARE(applied.model, u"qwen-7b"_s);
    QCOMPARE(applied.adapter.id, u"legal"_s);
    QCOMPARE(applied.systemPrompt, u"Be brief."_s);
    QVERIFY(m_list->choice(9).label.isEmpty());
}

void TestChoiceList::otherEndpointsAreFoundWithWhatTheyHave()
{
    EndpointGround ground;
    EndpointListModel endpoints(ground.store->endpoints(), ground.secrets, ground.service);
    const Endpoint own{.id = m_endpoint, .name = u"Desk"_s, .provider = u"lorax"_s};
    const Endpoint cellar{.id = QUuid::createUuid(), .name = u"Cellar"_s, .provider = u"openai"_s};
    const Endpoint attic{.id = QUuid::createUuid(), .name = u"Attic"_s, .provider = u"llamacpp"_s};
    ChoiceList list(*m_picker, &endpoints);
    const QAbstractItemModelTester tester(&list);
    endpoints.setDemos({own, cellar, attic});
    QTRY_COMPARE(ground.service.descriptions.count(), size_t(3));
    ground.service.descriptions.answerFirst(EndpointDescription{});
    ground.service.descriptions.answerFirst(EndpointDescription{.server = u"vLLM"_s,
        .models = {{.id = u"llama-8b"_s}, {.id = u"legal"_s}},
        .adapters = {{.id = u"legal"_s, .base = u"llama-8b"_s}},
        .adapterStyle = AdapterStyle::Listed});
    ground.service.descriptions.answerFirst(EndpointDescription{
        .adapters = {{.id = u"0"_s, .name = u"pirate"_s}, {.id = u"1"_s, .name = u"legal poet"_s}},
        .adapterStyle = AdapterStyle::Scales});
    QTRY_COMPARE(endpoints.finding(attic.id).health, EndpointListModel::Healthy);
    const auto at = [&list](int row, ChoiceList::Role role) {
        return list.data(list.index(row), role).toString();
    };
    const auto picked = [&list](int row) {
        QSignalSpy elsewhere(&list, &ChoiceList::pickedElsewhere);
        list.pick(row);
        return elsewhere.isEmpty() ? TurnChoice()
                                   : elsewhere.constFirst().constFirst().value<TurnChoice>();
    };
    useLorax();
    // Its own endpoint is none to go to; of the others no more than that they are there.
    QCOMPARE(list.count(), 4);
    QCOMPARE(at(2, ChoiceList::TitleRole), u"Cellar"_s);
    QCOMPARE(at(3, ChoiceList::TitleRole), u"Attic"_s);
    QVERIFY(at(2, ChoiceList::DetailRole).startsWith(u"vLLM · healthy"_s));
    QVERIFY(at(1, ChoiceList::SectionRole) != at(2, ChoiceList::SectionRole));
    const TurnChoice whole = picked(2);
    QCOMPARE(whole.endpoint, cellar.id);
    QVERIFY(!whole.model && !whole.adapter);
    // What is typed is an adapter of its own first, then what others have by that name.
    list.setQuery(u"legal"_s);
    QCOMPARE(list.count(), 3);
    QCOMPARE(at(0, ChoiceList::DetailRole), u"hub"_s);
    QCOMPARE(at(1, ChoiceList::DetailRole), u"at Cellar"_s);
    const TurnChoice listed = picked(1);
    QCOMPARE(listed.endpoint, cellar.id);
    QCOMPARE(listed.model, u"llama-8b"_s); // its base
    QCOMPARE(listed.adapter->id, u"legal"_s);
    QCOMPARE(at(2, ChoiceList::TitleRole), u"legal poet"_s);
    const TurnChoice scaled = picked(2);
    QCOMPARE(scaled.endpoint, attic.id);
    QCOMPARE(scaled.adapter->scales,
        (QList<AdapterScale>{{0, 0.0, u"pirate"_s}, {1, 1.0, u"legal poet"_s}}));
    QVERIFY(picked(0).label.isEmpty());
    QCOMPARE(m_picker->adapter().id, u"legal"_s);
    // Nobody's: all are there to choose from.
    m_picker->setEndpoint({}, {});
    m_picker->setDescription({}, {});
    list.setQuery(u"cellar"_s);
    QCOMPARE(at(0, ChoiceList::TitleRole), u"Cellar"_s);
    list.setQuery({});
    QCOMPARE(list.count(), 3);
    QCOMPARE(at(0, ChoiceList::TitleRole), u"Desk"_s);
}

void TestChoiceList::mentionsAreFoundAtTheCursor_data()
{
    QTest::addColumn<QString>("text"); // | is the cursor
    QTest::addColumn<int>("start");
    QTest::addColumn<QString>("query");
    QTest::newRow("at once") << u"@|"_s << 0 << QString();
    QTest::newRow("typing") << u"@sup|"_s << 0 << u"sup"_s;
    QTest::newRow("later") << u"Ask @org/leg|"_s << 4 << u"org/leg"_s;
    QTest::newRow("in a new line") << u"Ask\n@a|"_s << 4 << u"a"_s;
    QTest::newRow("within") << u"@support| v4"_s << 0 << u"support"_s;
    QTest::newRow("done") << u"@support |"_s << -1 << QString();
    QTest::newRow("an address") << u"me@host|"_s << -1 << QString();
    QTest::newRow("before it") << u"|@a"_s << -1 << QString();
    QTest::newRow("none") << u"Hello|"_s << -1 << QString();
    QTest::newRow("empty") << u"|"_s << -1 << QString();
}

void TestChoiceList::mentionsAreFoundAtTheCursor()
{
    QFETCH(QString, text);
    QFETCH(const int, start);
    QFETCH(const QString, query);
    const int cursor = int(text.indexOf(u'|'));
    text.remove(cursor, 1);
    const Mention mention = mentionAt(text, cursor);
    QCOMPARE(mention.start, start);
    QCOMPARE(mention.query, query);
}

QTEST_GUILESS_MAIN(TestChoiceList)

#include "tst_choicelist.moc"
