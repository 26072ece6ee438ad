// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatsessionfixture.h"

#include "chat/passrate.h"

#include <QJsonObject>
#include <QSignalSpy>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

const QString good = u"{\"age\":36}"_s;
const QString bad = u"{\"age\":\"old\"}"_s;

} // namespace

/// One prompt asked several times, to count how many answers keep to their schema.
class TestChatSamples final : public ChatSessionFixture
{
    Q_OBJECT

    void hold(int attempts = 1, const ParameterSet &parameters = {})
    {
        ChatSetup setup = m_session->setup();
        setup.structured = StructuredSetup{.isOn = true,
            .name = u"Person"_s,
            .schema = u"{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"integer\"}}}"_s,
            .options = {.maxAttempts = attempts, .carrying = {}}};
        setup.parameters = parameters;
        m_session->setSetup(setup);
    }

    /// Asks and answers once.
    QUuid askOnce(const QString &text)
    {
        m_session->send(u"How old?"_s);
        answer(m_service->calls().size() + 1, text);
        return untilIdle() ? chat().leaf() : QUuid();
    }

    [[nodiscard]] bool untilIdle() const
    {
        return QTest::qWaitFor([this] { return !m_session->isRunning(); }, 30'000);
    }

    [[nodiscard]] PassRate rate(QUuid id) const { return passRateOf(chat(), id); }

private Q_SLOTS:

    void eachIsKeptAndCounted()
    {
        hold();
        const QUuid first = askOnce(good);
        QSignalSpy told(m_session.get(), &ChatSession::nodeChanged);
        m_session->sample(first, 3);
        QCOMPARE(m_session->samplesLeft(first), 3);
        answer(2, bad);
        answer(3, good);
        answer(4, good);
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().size(), 4);
        QCOMPARE(chat().leaf(), first); // what is shown stays
        QCOMPARE(chat().siblings(first).size(), 4);
        QCOMPARE(rate(first), (PassRate{.passed = 3, .checked = 4, .failed = 0}));
        // 3 in 4 by Wilson's formula, computed elsewhere.
        const std::optional<Interval> share = rate(first).share();
        QVERIFY(qAbs(share->low - 0.3006) < 0.0001 && qAbs(share->high - 0.9544) < 0.0001);
        QCOMPARE(m_session->samplesLeft(first), 0);
        QVERIFY(std::ranges::any_of(told, [&](const QVariantList &arguments) {
            return arguments.constFirst() == QVariant(first);
        })); // it says how many versions there are
        for (size_t i = 1; i < 4; ++i) { // the same request
            QCOMPARE(m_service->calls().at(i).request.messages,
                m_service->calls().at(0).request.messages);
            QCOMPARE(m_service->calls().at(i).request.parameters,
                m_service->calls().at(0).request.parameters);
        }
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void noMoreAreAskedAtOnceThanWanted()
    {
        hold();
        const QUuid first = askOnce(good);
        m_session->sample(first, 5, 2);
        stream(3);
        QTest::qWait(0);
        QCOMPARE(m_service->calls().size(), 3);
        answer(2, good); // one ends, one begins
        stream(4);
        QCOMPARE(m_service->calls().size(), 4);
        for (size_t count = 3; count <= 6; ++count) {
            answer(count, good);
        }
        QVERIFY(untilIdle());
        QCOMPARE(rate(first).checked, 6);
    }

    void eachHasASeedOfItsOwn()
    {
        hold(1, {{u"seed"_s, 7}});
        const QUuid first = askOnce(good);
        m_session->sample(first, 2);
        answer(2, bad);
        answer(3, good);
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().at(1).request.parameters.value(u"seed"_s).toInt(), 8);
        QCOMPARE(m_service->calls().at(2).request.parameters.value(u"seed"_s).toInt(), 9);
        QCOMPARE(rate(first).checked, 3); // the seed makes them no others
        m_session->sample(first, 1);
        answer(4, good);
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().at(3).request.parameters.value(u"seed"_s).toInt(), 10);
    }

    /// The same seed twice would be the same answer twice, and count as two.
    void noSeedIsAskedTwice()
    {
        hold(1, {{u"seed"_s, 7}});
        const QUuid first = askOnce(good);
        m_session->sample(first, 2); // 8 and 9
        answer(2, good);
        answer(3, good);
        QVERIFY(untilIdle());
        const auto seed = [this](size_t call) {
            return m_service->calls().at(call).request.parameters.value(u"seed"_s).toInteger();
        };
        // One fewer beside it, and from another of them.
        m_session->deleteMessage(chat().siblings(first).at(1));
        m_session->sample(first, 1);
        answer(4, good);
        QVERIFY(untilIdle());
        QCOMPARE(seed(3), 10);
        m_session->selectVersion(chat().siblings(first).at(1));
        m_session->sample(chat().leaf(), 1);
        answer(5, good);
        QVERIFY(untilIdle());
        QCOMPARE(seed(4), 11);
        m_session->sample(first, 1);
        answer(6, good);
        QVERIFY(untilIdle());
        QCOMPARE(seed(5), 12);
    }

    void seedsAsServersTakeThem_data()
    {
        QTest::addColumn<QJsonValue>("seed");
        QTest::addColumn<QJsonValue>("next");
        QTest::newRow("by chance") << QJsonValue(-1) << QJsonValue(-1);
        QTest::newRow("no number") << QJsonValue(u"lucky"_s) << QJsonValue(u"lucky"_s);
        QTest::newRow("the last of 63 bits") << QJsonValue(std::numeric_limits<qint64>::max())
                                             << QJsonValue(u"9223372036854775808"_s);
        QTest::newRow("of 64 bits")
            << QJsonValue(u"18446744073709551614"_s) << QJsonValue(u"18446744073709551615"_s);
        QTest::newRow("the last of all") << QJsonValue(u"18446744073709551615"_s) << QJsonValue(0);
    }

    void seedsAsServersTakeThem()
    {
        QFETCH(const QJsonValue, seed);
        QFETCH(const QJsonValue, next);
        ChatSetup setup;
        setup.parameters = {{u"random_seed"_s, seed}};
        QCOMPARE(withSeedOfItsOwn(setup, chat(), QUuid()).parameters.value(u"random_seed"_s), next);
    }

    /// Nor do tools that are there and off make it another question.
    void toolsThatAreOffMakeNoDifference()
    {
        hold();
        const QUuid first = askOnce(good);
        ChatSetup setup = m_session->setup();
        setup.tools = ToolSetup{.isOn = false, .tools = u"[]"_s};
        m_session->regenerate(first, setup);
        answer(2, good);
        QVERIFY(untilIdle());
        QCOMPARE(rate(first).checked, 2);
        QCOMPARE(rate(chat().leaf()).checked, 2);
    }

    void eachIsAskedOnceWhateverTheAttempts()
    {
        hold(3);
        m_session->send(u"How old?"_s);
        answer(1, bad);
        answer(2, good); // with what was wrong, which is another request
        QVERIFY(untilIdle());
        const QUuid second = chat().leaf();
        QCOMPARE(rate(second), (PassRate{.passed = 0, .checked = 1, .failed = 0}));
        m_session->sample(second, 2);
        answer(3, bad);
        answer(4, good);
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().size(), 4);
        QCOMPARE(
            m_service->calls().at(2).request.messages, m_service->calls().at(0).request.messages);
        QCOMPARE(rate(second), (PassRate{.passed = 1, .checked = 3, .failed = 0}));
    }

    void othersAreNotCounted()
    {
        hold();
        const QUuid first = askOnce(good);
        ChatSetup warmer = m_session->setup();
        warmer.parameters.insert(u"temperature"_s, 1.0);
        m_session->regenerate(first, warmer);
        answer(2, bad);
        QVERIFY(untilIdle());
        const QUuid second = chat().leaf();
        QCOMPARE(rate(first), (PassRate{.passed = 1, .checked = 1, .failed = 0}));
        QCOMPARE(rate(second), (PassRate{.passed = 0, .checked = 1, .failed = 0}));
        m_session->sample(first, 1); // as that one was asked, and not as the chat is now
        answer(3, good);
        QVERIFY(untilIdle());
        QCOMPARE(rate(first).checked, 2);
        QCOMPARE(rate(second).checked, 1);
    }

    void stoppingEndsThemAll()
    {
        hold();
        const QUuid first = askOnce(good);
        m_session->sample(first, 100, 2);
        stream(3)->text(u"{"_s);
        m_session->stopAll();
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().size(), 3);
        QCOMPARE(m_session->samplesLeft(first), 0);
        QCOMPARE(rate(first), (PassRate{.passed = 1, .checked = 1, .failed = 0}));
        m_session->sample(first, 1); // and can begin anew
        answer(4, bad);
        QVERIFY(untilIdle());
        QCOMPARE(rate(first).checked, 2);
    }

    void failedRequestsAreCountedApartAndEndIt()
    {
        hold();
        const QUuid first = askOnce(good);
        QSignalSpy refused(m_session.get(), &ChatSession::refused);
        const ApiError broken{
            .kind = ApiError::Kind::Server, .message = u"It broke."_s, .httpStatus = 500};
        m_session->sample(first, 20);
        stream(2)->end(broken);
        answer(3, good); // it is not broken after all
        for (size_t count = 4; count <= 6; ++count) {
            stream(count)->end(broken);
        }
        QVERIFY(untilIdle());
        QCOMPARE(m_service->calls().size(), 6);
        QCOMPARE(rate(first), (PassRate{.passed = 2, .checked = 2, .failed = 4}));
        QCOMPARE(refused.size(), 1);
        const QString sentence = refused.constFirst().constFirst().value<ApiError>().message;
        QVERIFY2(sentence.contains(u"15 more"_s) && sentence.contains(u"It broke."_s),
            qPrintable(sentence));
    }

    void whatMakesNoSenseIsRefused()
    {
        hold();
        const QUuid first = askOnce(good);
        QSignalSpy refused(m_session.get(), &ChatSession::refused);
        m_session->sample(first, 2);
        m_session->sample(first, 2); // already
        QCOMPARE(refused.size(), 1);
        m_session->stopAll();
        QVERIFY(untilIdle());
        m_session->sample(first, 0);
        m_session->sample(QUuid::createUuid(), 1);
        m_session->sample(chat().path().constFirst(), 1); // a prompt
        QCOMPARE(refused.size(), 1);
        QVERIFY(!m_session->isRunning());
        ChatSetup free = m_session->setup();
        free.structured->isOn = false;
        m_session->setSetup(free);
        m_session->send(u"Freely?"_s);
        answer(m_service->calls().size() + 1, u"Yes"_s);
        QVERIFY(untilIdle());
        m_session->sample(chat().leaf(), 1);
        QCOMPARE(refused.size(), 2);
    }

    void deletingWhatIsAskedEndsIt()
    {
        hold();
        const QUuid first = askOnce(good);
        const QUuid prompt = chat().find(first)->parent;
        m_session->sample(first, 3);
        stream(2);
        const QUuid running = chat().siblings(first).constLast();
        m_session->deleteMessage(running); // that one is gone, the next one begins
        stream(3);
        QCOMPARE(m_session->samplesLeft(first), 2);
        m_session->deleteMessage(prompt);
        QVERIFY(!m_session->isRunning());
        QCOMPARE(m_service->calls().size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestChatSamples)

#include "tst_chatsamples.moc"
