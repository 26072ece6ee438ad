// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/store.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// A program that is killed while an answer streams.
class TestKill final : public QObject
{
    Q_OBJECT

    static qint64 lastNumber(const QByteArray &lines)
    {
        const qsizetype end = lines.lastIndexOf('\n');
        return end < 0 ? -1 : lines.first(end).split('\n').constLast().toLongLong();
    }

private Q_SLOTS:

    void atMostTheLastSecondIsLost()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"lorikeet.db"_s);
        QProcess writer;
        writer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        writer.start(QStringLiteral(LORIKEET_STREAMWRITER), {path});
        QByteArray printed;
        const auto printedUntil = [&](qint64 ms) {
            return QTest::qWaitFor(
                [&] {
                    printed += writer.readAllStandardOutput();
                    return lastNumber(printed) >= ms;
                },
                120'000);
        };
        QVERIFY(printedUntil(2'500));

        // Another program on the same database lets the answer stream on.
        {
            Store other(path);
            QCOMPARE(other.open().result()->interrupted, 0);
            const QUuid id = other.conversations().list().result()->constFirst().id;
            const Conversation conversation = *other.conversations().load(id).result();
            QCOMPARE(conversation.find(conversation.leaf())->state, ChatNode::State::Streaming);
        }
        QVERIFY(printedUntil(7'000));
        writer.kill();
        QVERIFY(writer.waitForFinished(60'000));
        QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
        printed += writer.readAllStandardOutput();

        Store store(path);
        const StoreReport report = *store.open().result();
        QCOMPARE(report.interrupted, 1);
        QVERIFY(report.notes.isEmpty());
        const QUuid id = store.conversations().list().result()->constFirst().id;
        const Conversation conversation = *store.conversations().load(id).result();
        const ChatNode answer = *conversation.find(conversation.leaf());
        QCOMPARE(answer.state, ChatNode::State::Interrupted);
        const QByteArray kept = answer.message.content.toUtf8();
        QVERIFY(printed.startsWith(kept));
        const qint64 lost = lastNumber(printed) - lastNumber(kept);
        qInfo("lost %lld ms of %lld", lost, lastNumber(printed));
        // A second, and four more for a machine that is busy with other things.
        QCOMPARE_LT(lost, 5'000);
        // The program's lock went with it.
        const QStringList files = QFileInfo(path).dir().entryList({u"*.run-*"_s});
        QCOMPARE_LE(files.size(), 2); // its own, and the dead one's while that is young
    }
};

QTEST_GUILESS_MAIN(TestKill)
#include "tst_kill.moc"
