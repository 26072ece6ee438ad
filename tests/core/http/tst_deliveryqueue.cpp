// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/deliveryqueue.h"
#include "http/wirereply.h"

#include <QTest>

#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// Of a transport on which everything happens when the test says so.
class SaidReply final : public WireReply
{
public:
    explicit SaidReply(std::shared_ptr<DeliveryQueue> queue)
        : WireReply(std::move(queue), nullptr)
    { }

    void receive()
    {
        startPiece(1, Clock::now());
        addReceived("x");
    }

    void end() { note(Done); }

    [[nodiscard]] PhaseTimes phaseTimes() const override { return {}; }

protected:
    void giveUp() override { }

    void resumeReading() override { }
};

} // namespace

/// Who is told first of what came at once.
class TestDeliveryQueue final : public QObject
{
    Q_OBJECT

    std::shared_ptr<DeliveryQueue> m_queue;
    std::vector<std::unique_ptr<SaidReply>> m_replies;
    QStringList m_told;

    void make(int count)
    {
        for (int i = 0; i < count; ++i) {
            SaidReply &reply = *m_replies.emplace_back(std::make_unique<SaidReply>(m_queue));
            connect(&reply, &QNetworkReply::readyRead, this,
                [this, i] { m_told.append(u"%1 has bytes"_s.arg(i)); });
            connect(&reply, &QNetworkReply::finished, this,
                [this, i] { m_told.append(u"%1 ended"_s.arg(i)); });
        }
    }

private Q_SLOTS:

    void init()
    {
        m_told.clear();
        m_queue = std::make_shared<DeliveryQueue>([] { });
    }

    void cleanup()
    {
        m_replies.clear();
        m_queue.reset();
    }

    void whatEndedIsToldFirst()
    {
        make(3);
        m_replies[0]->receive();
        m_replies[1]->receive();
        m_replies[2]->end();
        QTRY_COMPARE(m_told, (QStringList{u"2 ended"_s, u"0 has bytes"_s, u"1 has bytes"_s}));
    }

    void itsBytesComeBeforeItsEnd()
    {
        make(2);
        m_replies[0]->receive();
        m_replies[1]->receive();
        m_replies[1]->end();
        QTRY_COMPARE(m_told, (QStringList{u"1 has bytes"_s, u"1 ended"_s, u"0 has bytes"_s}));
        // It was in the queue twice.
        QCoreApplication::processEvents();
        QCOMPARE(m_told.size(), 3);
    }

    void noEndOfEndsKeepsTheOthersWaiting()
    {
        make(40);
        m_replies.front()->receive();
        for (size_t i = 1; i < m_replies.size(); ++i) {
            m_replies[i]->end();
        }
        QTRY_COMPARE(m_told.size(), 40);
        QVERIFY(m_told.indexOf(u"0 has bytes"_s) < 20);
    }

    /// They were in the queue with their bytes, before their end had them told out of turn.
    void whatWasToldOutOfTurnTakesNoTurn()
    {
        constexpr int ends = 2000;
        make(1);
        std::vector<std::unique_ptr<SaidReply>> kept;
        int ended = 0;
        std::function<void()> goOn = [&] {
            SaidReply &reply = *kept.emplace_back(std::make_unique<SaidReply>(m_queue));
            connect(&reply, &QNetworkReply::finished, this, [&] {
                if (++ended == ends / 2) {
                    m_replies.front()->receive();
                }
                m_told.append(u"an end"_s);
                if (ended < ends) {
                    goOn();
                }
            });
            reply.receive();
            reply.end();
        };
        goOn();
        QTRY_COMPARE(ended, ends);
        const qsizetype told = m_told.indexOf(u"0 has bytes"_s);
        QVERIFY2(told > 0 && told < ends / 2 + 20, QByteArray::number(told).constData());
    }

    void oneThatGoesAwayIsNotTold()
    {
        make(3);
        m_replies[0]->receive();
        m_replies[0]->end();
        m_replies[1]->receive();
        m_replies[2]->end();
        m_replies[0].reset();
        // From within the slot of another, too.
        connect(
            m_replies[2].get(), &QNetworkReply::finished, this, [this] { m_replies[1].reset(); });
        QTRY_COMPARE(m_told, QStringList{u"2 ended"_s});
        QCoreApplication::processEvents();
        QCOMPARE(m_told.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestDeliveryQueue)
#include "tst_deliveryqueue.moc"
