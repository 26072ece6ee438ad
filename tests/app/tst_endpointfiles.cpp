// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "askedservice.h"
#include "endpointfiles.h"
#include "endpointlistmodel.h"
#include "testfiles.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Files of endpoints are read whole or not at all, a taken name is asked about, and no key is ever
/// written.
class TestEndpointFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void bringsEndpoints();
    void whatIsWrittenCanBeRead();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void oneWrongFileBringsNothing();
    void takenNamesAreAskedFor();
    void choiceDecides_data();
    void choiceDecides();
    void olderStateIsReplaced();
    void cancelBringsNothing();
    void sameAgainChangesNothing();
    void unwritablePlaceIsTold();

private:
    [[nodiscard]] QUrl file(const QString &name, const QByteArray &content) const
    {
        return QUrl::fromLocalFile(writeFile(m_ground->folder, name, content));
    }

    void add(const Endpoint &endpoint)
    {
        const QFuture<Result<>> saved = m_endpoints->save(endpoint);
        QTRY_VERIFY(saved.isFinished());
    }

    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (const Endpoint &endpoint : m_endpoints->stored()) {
            names.append(endpoint.name);
        }
        return names;
    }

    std::unique_ptr<EndpointGround> m_ground;
    std::unique_ptr<EndpointListModel> m_endpoints;
    std::unique_ptr<EndpointFiles> m_files;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

const QByteArray desk = R"({"endpoints": [
    {"name": "Desk", "url": "http://desk:8080", "provider": "openai", "key": "env:DESK_KEY"}]})";

Endpoint own()
{
    return {.id = QUuid::createUuid(),
        .name = u"Desk"_s,
        .url = QUrl(u"http://other:1"_s),
        .provider = u"openai"_s};
}

} // namespace

void TestEndpointFiles::init()
{
    m_ground = std::make_unique<EndpointGround>();
    m_endpoints = std::make_unique<EndpointListModel>(
        m_ground->store->endpoints(), m_ground->secrets, m_ground->service);
    m_files = std::make_unique<EndpointFiles>(*m_endpoints);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_files.get());
}

void TestEndpointFiles::cleanup()
{
    m_tester.reset();
    m_files.reset();
    m_endpoints.reset();
    m_ground.reset();
}

void TestEndpointFiles::bringsEndpoints()
{
    QVERIFY(!m_files->canExport());
    m_files->read({file(u"desk.json"_s, desk)});
    QTRY_COMPARE(names(), QStringList(u"Desk"_s));
    QVERIFY(!m_files->hasFailed());
    QTRY_VERIFY(!m_files->message().isEmpty());
    const Endpoint &endpoint = m_endpoints->stored().constFirst();
    QCOMPARE(endpoint.url, QUrl(u"http://desk:8080"_s));
    const KeyReference reference{KeyReference::Kind::Environment, u"DESK_KEY"_s};
    QCOMPARE(endpoint.key, reference);
    QVERIFY(m_files->canExport());
}

void TestEndpointFiles::whatIsWrittenCanBeRead()
{
    Endpoint endpoint = own();
    endpoint.headers = {{"X-Team", "green"}};
    endpoint.model = u"llama"_s;
    endpoint.key = {KeyReference::Kind::Environment, u"DESK_KEY"_s};
    add(endpoint);
    const QUrl target = QUrl::fromLocalFile(m_ground->folder.filePath(u"all.json"_s));
    m_files->write(target);
    QVERIFY2(!m_files->hasFailed(), qPrintable(m_files->message()));
    m_endpoints->remove(endpoint.id.toString());
    m_endpoints->forgetRemoved();
    QVERIFY(names().isEmpty());
    m_files->read({target});
    QTRY_COMPARE(m_endpoints->stored().size(), 1);
    QCOMPARE(m_endpoints->stored().constFirst(), endpoint);
}

void TestEndpointFiles::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    QTest::newRow("not JSON") << QByteArray("{\n\n\"endpoints\": [\n,]}") << u"in line 4"_s;
    QTest::newRow("no list") << QByteArray("{}") << u"bad.json holds no list"_s;
    QTest::newRow("a key itself") << QByteArray(
        R"({"endpoints": [{"name": "A", "url": "http://a", "key": "sk-123"}]})")
                                  << u"“A”"_s;
    QTest::newRow("nothing in it") << QByteArray(R"({"endpoints": []})") << u"no endpoint"_s;
    QTest::newRow("twice") << QByteArray(
        R"({"endpoints": [{"name": "A", "url": "http://a"}, {"name": "A", "url": "http://b"}]})")
                           << u"“A” is there twice"_s;
}

void TestEndpointFiles::saysWhatIsWrong()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, words);
    m_files->read({file(u"bad.json"_s, content)});
    QVERIFY(m_files->hasFailed());
    QVERIFY2(m_files->message().contains(words), qPrintable(m_files->message()));
    QVERIFY(!m_files->message().contains("sk-123"_L1));
    QVERIFY(names().isEmpty());
    m_files->dismissMessage();
    QVERIFY(m_files->message().isEmpty());
}

void TestEndpointFiles::oneWrongFileBringsNothing()
{
    m_files->read({file(u"desk.json"_s, desk), file(u"bad.json"_s, "no")});
    QVERIFY(m_files->hasFailed());
    QCoreApplication::processEvents();
    QVERIFY(names().isEmpty());
    m_files->read({QUrl::fromLocalFile(m_ground->folder.path())});
    QVERIFY(m_files->hasFailed());
    m_files->read({QUrl(u"https://example.org/endpoints.json"_s)});
    QVERIFY(m_files->message().contains(u"https://example.org/endpoints.json"_s));
}

void TestEndpointFiles::takenNamesAreAskedFor()
{
    add(own());
    m_files->read({file(u"desk.json"_s, desk)});
    QCOMPARE(m_files->count(), 1);
    const QModelIndex row = m_files->index(0);
    QCOMPARE(m_files->data(row, EndpointFiles::NameRole), u"Desk"_s);
    QCOMPARE(m_files->data(row, EndpointFiles::PresentRole), u"http://other:1"_s);
    QCOMPARE(m_files->data(row, EndpointFiles::BroughtRole), u"http://desk:8080"_s);
    QCOMPARE(m_files->data(row, EndpointFiles::ChoiceRole).toInt(), int(EndpointFiles::KeepBoth));
    QCOMPARE(names(), QStringList(u"Desk"_s));
}

void TestEndpointFiles::choiceDecides_data()
{
    QTest::addColumn<int>("choice");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("firstUrl");
    QTest::newRow("both") << int(EndpointFiles::KeepBoth) << QStringList({u"Desk"_s, u"Desk (2)"_s})
                          << u"http://other:1"_s;
    QTest::newRow("replace") << int(EndpointFiles::Replace) << QStringList(u"Desk"_s)
                             << u"http://desk:8080"_s;
    QTest::newRow("skip") << int(EndpointFiles::Skip) << QStringList(u"Desk"_s)
                          << u"http://other:1"_s;
}

void TestEndpointFiles::choiceDecides()
{
    QFETCH(const int, choice);
    QFETCH(const QStringList, names);
    QFETCH(const QString, firstUrl);
    const Endpoint present = own();
    add(present);
    m_files->read({file(u"desk.json"_s, desk)});
    m_files->choose(0, choice);
    m_files->import();
    QCOMPARE(m_files->count(), 0);
    QTRY_VERIFY(!m_files->message().isEmpty());
    QVERIFY(!m_files->hasFailed());
    QTRY_COMPARE(this->names(), names);
    QCOMPARE(m_endpoints->stored().constFirst().url, QUrl(firstUrl));
    QCOMPARE(m_endpoints->stored().constFirst().id, present.id);
}

void TestEndpointFiles::olderStateIsReplaced()
{
    m_files->read({file(u"desk.json"_s, desk)});
    QTRY_COMPARE(names().size(), 1);
    QByteArray changed = desk;
    changed.replace("desk:8080", "desk:9090");
    m_files->read({file(u"desk.json"_s, changed)});
    QCOMPARE(m_files->count(), 1);
    QCOMPARE(m_files->data(m_files->index(0), EndpointFiles::ChoiceRole).toInt(),
        int(EndpointFiles::Replace));
}

void TestEndpointFiles::cancelBringsNothing()
{
    add(own());
    QByteArray two = desk;
    two.replace("[\n", R"([{"name": "Free", "url": "http://free"},)");
    m_files->read({file(u"two.json"_s, two)});
    QCOMPARE(m_files->count(), 1);
    m_files->cancel();
    QCOMPARE(m_files->count(), 0);
    QCoreApplication::processEvents();
    QCOMPARE(names(), QStringList(u"Desk"_s));
}

void TestEndpointFiles::sameAgainChangesNothing()
{
    const QUrl url = file(u"desk.json"_s, desk);
    m_files->read({url});
    QTRY_COMPARE(names().size(), 1);
    m_files->read({url});
    QCOMPARE(m_files->count(), 0);
    QTRY_VERIFY(m_files->message().contains(u"Nothing"_s));
    QVERIFY(!m_files->hasFailed());
    QCOMPARE(names().size(), 1);
}

void TestEndpointFiles::unwritablePlaceIsTold()
{
    add(own());
    m_files->write(QUrl::fromLocalFile(m_ground->folder.filePath(u"no/such/folder.json"_s)));
    QVERIFY(m_files->hasFailed());
    QVERIFY(m_files->message().contains(u"folder.json"_s));
}

QTEST_GUILESS_MAIN(TestEndpointFiles)

#include "tst_endpointfiles.moc"
