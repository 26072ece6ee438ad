// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtEndian>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Asking lanes, and how comparisons are kept and taken elsewhere.
class TestCompare final : public CompareFixture
{
    Q_OBJECT

private Q_SLOTS:
    void onePromptGoesToEveryLane();
    void lanesKeepTheirOwnConversations();
    void oneLaneIsStoppedTheOthersGoOn();
    void aSecondEscapeStopsAll();
    void whatStreamsIsOnTheStrip();
    void aLaneThatIsLeftOutIsNotAsked();
    void oneAfterTheOtherNeverTwoAtOnce();
    void theSameSeedGoesToEveryLane();
    void editingChangesThePromptInEveryLane();
    void theComparisonIsThereAfterARestart();
    void aDeletedComparisonComesBack();
    void theFileHasEveryAnswer();
    void thePictureHasAllOfIt();
    void nothingSecretIsInTheFiles();
};

void TestCompare::onePromptGoesToEveryLane()
{
    QVERIFY(compare().isBlank());
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    for (int place = 0; place < 2; ++place) {
        QCOMPARE(lane(place).answers().size(), 1);
        QVERIFY(!answerOf(place).isEmpty());
    }
    QVERIFY(lane(0).chat().setup().adapter != lane(1).chat().setup().adapter);
    QCOMPARE(compare().title(), u"What is a lori?"_s);
}

void TestCompare::lanesKeepTheirOwnConversations()
{
    m_desktop->send(u"one"_s);
    QVERIFY(untilIdle());
    m_desktop->send(u"two"_s);
    QVERIFY(untilIdle());
    QCOMPARE(lane(0).answers().size(), 2);
    QCOMPARE(lane(1).answers().size(), 2);
    QVERIFY(lane(0).conversation() != lane(1).conversation());
}

void TestCompare::oneLaneIsStoppedTheOthersGoOn()
{
    stallAll();
    m_desktop->send(u"Hello"_s);
    QTRY_VERIFY(!answerOf(0).isEmpty() && !answerOf(1).isEmpty());
    compare().stopLane(0);
    QTRY_VERIFY(!lane(0).chat().isRunning());
    QVERIFY(lane(1).chat().isRunning());
    QVERIFY(!answerOf(0).isEmpty());
    compare().stop();
    QVERIFY(untilIdle());
    QCOMPARE(lane(1).answers().constLast()->state, ChatNode::State::Stopped);
}

void TestCompare::whatStreamsIsOnTheStrip()
{
    const StreamList &streams = *workbench().streams();
    QCOMPARE(streams.count(), 0);
    stallAll();
    m_desktop->send(u"Hello"_s);
    QTRY_COMPARE(streams.count(), 2);
    QVERIFY(m_desktop->item(u"streamStrip"_s).isVisible());
    const auto text = [&streams](int row, int role) {
        return streams.data(streams.index(row), role).toString();
    };
    QCOMPARE(text(0, StreamList::LetterRole), u"A"_s);
    QCOMPARE(text(1, StreamList::LetterRole), u"B"_s);
    QVERIFY(text(0, StreamList::DetailRole).startsWith(lane(0).name()));
    // From another page it leads back to where they are.
    m_desktop->press(Qt::Key_1, Qt::ControlModifier);
    QQuickItem &strip = m_desktop->item(u"streamStrip"_s);
    QQuickItem *cell = nullptr;
    QTRY_VERIFY(QMetaObject::invokeMethod(&strip, "itemAtIndex", qReturnArg(cell), 0) && cell);
    QTest::mouseClick(&m_desktop->window(), Qt::LeftButton, Qt::NoModifier,
        cell->mapToScene({cell->width() / 2, cell->height() / 2}).toPoint());
    QCOMPARE(m_desktop->window().property("page").toString(), u"compare"_s);
    compare().stop();
    QVERIFY(untilIdle());
    QTRY_VERIFY(streams.data(streams.index(0), StreamList::OverRole).toBool());
    QTRY_COMPARE(streams.count(), 0);
}

void TestCompare::aSecondEscapeStopsAll()
{
    stallAll();
    m_desktop->send(u"Hello"_s);
    QTRY_VERIFY(!answerOf(0).isEmpty() && !answerOf(1).isEmpty());
    m_desktop->press(Qt::Key_Escape);
    QTRY_VERIFY(!lane(compare().focusedPlace()).chat().isRunning());
    QVERIFY(compare().isRunning());
    m_desktop->press(Qt::Key_Escape);
    QVERIFY(untilIdle());
}

void TestCompare::aLaneThatIsLeftOutIsNotAsked()
{
    compare().lanes()->lanes()[1]->setReceives(false);
    QCOMPARE(compare().receiving(), 1);
    m_desktop->send(u"Hello"_s);
    QVERIFY(untilIdle());
    QCOMPARE(lane(0).answers().size(), 1);
    QVERIFY(lane(1).answers().isEmpty());
    compare().lanes()->lanes()[0]->setReceives(false);
    QVERIFY(!compare().send(u"To nobody"_s));
    QVERIFY(!workbench().notice().isEmpty());
}

void TestCompare::oneAfterTheOtherNeverTwoAtOnce()
{
    compare().setOrder(CompareController::OneByOne);
    compare().addLane();
    const auto most = std::make_shared<int>(0);
    for (const CompareLane *each : compare().lanes()->lanes()) {
        connect(&each->chat(), &ChatController::runningChanged, this, [this, most] {
            int running = 0;
            for (const CompareLane *lane : compare().lanes()->lanes()) {
                running += lane->chat().isRunning() ? 1 : 0;
            }
            *most = std::max(*most, running);
        });
    }
    m_desktop->send(u"What is a lori?"_s);
    m_desktop->send(u"And what does it eat?"_s);
    QVERIFY(!compare().waiting().isEmpty());
    QVERIFY(untilIdle());
    for (const CompareLane *lane : compare().lanes()->lanes()) {
        QCOMPARE(lane->answers().size(), 2);
    }
    QCOMPARE(*most, 1);
    for (const CompareLane *lane : compare().lanes()->lanes()) {
        lane->chat().disconnect(this);
    }
}

void TestCompare::theSameSeedGoesToEveryLane()
{
    compare().setAlignsSeeds(true);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QJsonValue seed = lane(0).answers().constLast()->origin.setup.parameters.value(u"seed"_s);
    QVERIFY(seed.isDouble());
    QCOMPARE(lane(1).answers().constLast()->origin.setup.parameters.value(u"seed"_s), seed);
    // For that turn alone.
    QVERIFY(lane(0).chat().setup().parameters.isEmpty());
}

void TestCompare::editingChangesThePromptInEveryLane()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    m_desktop->press(Qt::Key_Up);
    m_desktop->type(u" Briefly."_s);
    m_desktop->press(Qt::Key_Return);
    QVERIFY(untilIdle());
    for (int place = 0; place < 2; ++place) {
        const ChatController &chat = lane(place).chat();
        QCOMPARE(chat.textOf(chat.lastPrompt()), u"What is a lori? Briefly."_s);
    }
}

void TestCompare::theComparisonIsThereAfterARestart()
{
    compare().addLane();
    compare().diff()->setBase(1);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QString id = compare().comparisonId();
    const QStringList said{answerOf(0), answerOf(1), answerOf(2)};
    const QStringList names{lane(0).name(), lane(1).name(), lane(2).name()};
    QVERIFY(m_desktop->restart());
    QTRY_COMPARE(compare().comparisons()->count(), 1);
    QVERIFY(compare().comparisonId() != id);
    compare().open(id);
    QTRY_COMPARE(compare().comparisonId(), id);
    QCOMPARE(compare().laneCount(), 3);
    QCOMPARE(compare().diff()->base(), 1);
    QCOMPARE(QStringList({answerOf(0), answerOf(1), answerOf(2)}), said);
    QCOMPARE(QStringList({lane(0).name(), lane(1).name(), lane(2).name()}), names);
    // And goes on.
    QVERIFY(compare().send(u"And now?"_s));
    QVERIFY(untilIdle());
    QCOMPARE(lane(2).answers().size(), 2);
}

void TestCompare::aDeletedComparisonComesBack()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    ComparisonList &list = *compare().comparisons();
    QTRY_COMPARE(list.count(), 1);
    const QString id = compare().comparisonId();
    list.remove(id);
    QTRY_COMPARE(list.count(), 0);
    QVERIFY(compare().isBlank());
    QVERIFY(m_desktop->item(u"comparisonUndoBar"_s).isVisible());
    list.undoRemove();
    QTRY_COMPARE(list.count(), 1);
    compare().open(id);
    QTRY_COMPARE(lane(1).answers().size(), 1);
}

void TestCompare::theFileHasEveryAnswer()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QTemporaryDir folder;
    for (const QString &name : {u"compared.md"_s, u"compared.html"_s}) {
        QFile file(folder.filePath(name));
        compare().exportTo(QUrl::fromLocalFile(file.fileName()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QVERIFY(text.contains(u"What is a lori?"_s));
        QVERIFY(text.contains(lane(1).name()));
        QVERIFY(text.contains(u"TTFT"_s));
    }
    compare().exportTo(QUrl::fromLocalFile(folder.filePath(u"no/such/folder/a.md"_s)));
    QVERIFY(workbench().notice().contains(u"no/such/folder"_s));
}

void TestCompare::thePictureHasAllOfIt()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QTemporaryDir folder;
    auto *style = m_desktop->window().findChild<PictureStyle *>(u"pictureStyle"_s);
    QVERIFY(style);
    const auto picture = [&](const QString &name) {
        const QString path = folder.filePath(name);
        QSignalSpy written(&compare(), &CompareController::pictureWritten);
        compare().exportTo(QUrl::fromLocalFile(path), style);
        return Desktop::until([&] { return !written.isEmpty(); }) ? QImage(path) : QImage();
    };
    const QImage one = picture(u"one.png"_s);
    QVERIFY(!one.isNull());
    QVERIFY(one.textKeys().isEmpty());
    for (int turn = 0; turn < 4; ++turn) {
        m_desktop->send(u"Write a long guide to adapters, with code, lists and tables."_s);
        QVERIFY(untilIdle());
    }
    // Also what is far out of sight.
    const QImage five = picture(u"five.png"_s);
    QCOMPARE(five.width() / five.devicePixelRatio(), one.width() / one.devicePixelRatio());
    QVERIFY(five.height() > one.height() + 2 * m_desktop->window().height());
    const auto ends = [&five](int row) {
        const QRgb ground = five.pixel(0, 0);
        for (int x = 0; x < five.width(); ++x) {
            if (five.pixel(x, row) != ground) {
                return false;
            }
        }
        return true;
    };
    QVERIFY(ends(five.height() - 1));
    bool isDrawn = false;
    for (int row = five.height() * 9 / 10; row < five.height(); ++row) {
        isDrawn = isDrawn || !ends(row);
    }
    QVERIFY(isDrawn);
    compare().exportTo(QUrl::fromLocalFile(folder.filePath(u"no/such/folder/a.png"_s)), style);
    QTRY_VERIFY(workbench().notice().contains(u"no/such/folder"_s));
}

void TestCompare::nothingSecretIsInTheFiles()
{
    qputenv("LORIKEET_TEST_KEY", "canary-of-the-key");
    Endpoint endpoint = *workbench().endpoints()->find(lane(0).chat().setup().endpoint);
    endpoint.id = QUuid::createUuid();
    endpoint.name = u"Gateway"_s;
    endpoint.key = {.kind = KeyReference::Kind::Environment, .name = u"LORIKEET_TEST_KEY"_s};
    endpoint.headers = {{.name = "X-Gateway", .value = "canary-of-the-header"}};
    const QFuture<Result<>> saved = workbench().endpoints()->save(endpoint);
    QTRY_VERIFY(saved.isFinished());
    QVERIFY(saved.result());
    for (CompareLane *lane : compare().lanes()->lanes()) {
        ChatSetup setup = lane->chat()->setup();
        setup.endpoint = endpoint.id;
        setup.extraBody = {{u"gateway_token"_s, u"canary-of-the-body"_s}};
        lane->chat()->setSetup(setup);
    }
    compare().judge()->chat()->chooseEndpoint(endpoint.id.toString(QUuid::WithoutBraces));
    m_desktop->send(u"Say: “https://me:canary-of-the-address@host”"_s);
    QVERIFY(untilIdle());
    QVERIFY2(answerOf(0).contains(u"canary-of-the-address"_s), qPrintable(answerOf(0)));
    compare().judge()->setShown(true);
    QTRY_VERIFY2(compare().judge()->problem().isEmpty(), qPrintable(compare().judge()->problem()));
    compare().judge()->run();
    QTRY_VERIFY(compare().judge()->isJudged());

    const QTemporaryDir folder;
    auto *style = m_desktop->window().findChild<PictureStyle *>(u"pictureStyle"_s);
    const auto bytes = [&](const QString &name) {
        QSignalSpy written(&compare(), &CompareController::pictureWritten);
        QFile file(folder.filePath(name));
        compare().exportTo(QUrl::fromLocalFile(file.fileName()), style);
        const bool isThere = !name.endsWith(u".png"_s)
            || Desktop::until([&written] { return !written.isEmpty(); });
        return isThere && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    for (const QString &name : {u"compared.md"_s, u"compared.html"_s, u"compared.png"_s}) {
        const QByteArray written = bytes(name);
        QVERIFY(!written.isEmpty());
        QVERIFY2(!written.contains("canary"), qPrintable(name));
        QVERIFY2(written.contains("Judged by") || name.endsWith(u".png"_s), qPrintable(name));
    }
    // What a picture says is its pixels; beside them there is no text, and nobody's name.
    const QByteArray png = bytes(u"again.png"_s);
    QByteArrayList chunks;
    for (qsizetype at = 8; at + 12 <= png.size();
        at += 12 + qFromBigEndian<quint32>(png.constData() + at)) {
        chunks.append(png.sliced(at + 4, 4));
    }
    QCOMPARE(chunks.first(), "IHDR");
    QCOMPARE(chunks.last(), "IEND");
    for (const char *chunk : {"tEXt", "zTXt", "iTXt", "eXIf", "tIME"}) {
        QVERIFY2(!chunks.contains(chunk), chunk);
    }
    qunsetenv("LORIKEET_TEST_KEY");
}

QTEST_MAIN(TestCompare)

#include "tst_compare.moc"
