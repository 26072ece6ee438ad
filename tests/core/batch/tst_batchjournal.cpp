// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batch/batchinput.h"
#include "batch/batchjournal.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QJsonObject answer(qint64 index, const QString &text = u"fine"_s)
{
    return {{u"index"_s, index}, {u"key"_s, u"k%1"_s.arg(index)}, {u"text"_s, text}};
}

QJsonObject failure(qint64 index)
{
    QJsonObject object = answer(index, {});
    object.insert(u"error"_s, QJsonObject{{u"kind"_s, u"server"_s}});
    return object;
}

BatchItem item(qint64 index)
{
    return {
        .index = index, .id = {}, .request = ChatRequest{}, .key = "k" + QByteArray::number(index)};
}

} // namespace

class TestBatchJournal final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path() const { return m_folder->filePath(u"out.jsonl"_s); }

    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    [[nodiscard]] QList<qint64> indexes() const
    {
        QList<qint64> result;
        for (const QByteArray &line : read(path()).split('\n')) {
            if (!line.isEmpty()) {
                result.append(QJsonDocument::fromJson(line)[u"index"_s].toInteger());
            }
        }
        return result;
    }

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void resultsEndInTheOrderOfTheInput()
    {
        auto journal = BatchJournal::open(path(), BatchJournal::Begin::New);
        QVERIFY(journal);
        for (const int index : {2, 0, 3, 1}) {
            QVERIFY((*journal)->append(answer(index)));
        }
        QVERIFY(!QFile::exists(path()));
        QVERIFY((*journal)->finish(4));
        QCOMPARE(indexes(), (QList<qint64>{0, 1, 2, 3}));
        QVERIFY(!QFile::exists(path() + u".part"_s));
    }

    void whatIsThereIsNotOverwritten()
    {
        QVERIFY((*BatchJournal::open(path(), BatchJournal::Begin::New))->append(answer(0)));
        const auto again = BatchJournal::open(path(), BatchJournal::Begin::New);
        QVERIFY(!again);
        QVERIFY(again.error().message.contains(u"out.jsonl.part"_s));
        QVERIFY(read(path() + u".part"_s).contains("fine"));
    }

    void aResumedBatchKnowsWhatWasAnswered()
    {
        {
            auto journal = BatchJournal::open(path(), BatchJournal::Begin::New);
            QVERIFY((*journal)->append(answer(1)));
            QVERIFY((*journal)->append(failure(0)));
        }
        auto journal = BatchJournal::open(path(), BatchJournal::Begin::Resume);
        QVERIFY(journal);
        QVERIFY((*journal)->isDone(item(1)));
        QVERIFY(!(*journal)->isDone(item(0)));
        BatchItem changed = item(1);
        changed.key = "another";
        QVERIFY(!(*journal)->isDone(changed));
        QVERIFY((*journal)->append(answer(0, u"second time"_s)));
        QVERIFY((*journal)->finish(2));
        QCOMPARE(indexes(), (QList<qint64>{0, 1}));
        QVERIFY(read(path()).contains("second time"));
    }

    void aLineThatAKillCutOffIsAskedAgain()
    {
        QFile part(path() + u".part"_s);
        QVERIFY(part.open(QIODevice::WriteOnly));
        const QByteArray whole = QJsonDocument(answer(0)).toJson(QJsonDocument::Compact) + '\n';
        const QByteArray cut = QJsonDocument(answer(1)).toJson(QJsonDocument::Compact);
        for (qsizetype length = 0; length <= cut.size(); ++length) {
            part.resize(0);
            part.seek(0);
            part.write(whole + cut.first(length));
            part.flush();
            auto journal = BatchJournal::open(path(), BatchJournal::Begin::Resume);
            QVERIFY(journal);
            QVERIFY((*journal)->isDone(item(0)));
            QVERIFY(!(*journal)->isDone(item(1)));
            QVERIFY((*journal)->append(answer(1)));
            QCOMPARE(read(part.fileName()).count('\n'), 2);
        }
    }

    void aFinishedBatchCanGrow()
    {
        {
            auto journal = BatchJournal::open(path(), BatchJournal::Begin::New);
            QVERIFY((*journal)->append(answer(0)));
            QVERIFY((*journal)->append(answer(1)));
            QVERIFY((*journal)->finish(2));
        }
        auto journal = BatchJournal::open(path(), BatchJournal::Begin::Resume);
        QVERIFY(journal);
        QCOMPARE((*journal)->doneCount(), 2);
        QVERIFY((*journal)->append(answer(2)));
        QCOMPARE(indexes().size(), 2); // the earlier result stands until the new one is whole
        QVERIFY((*journal)->finish(3));
        QCOMPARE(indexes(), (QList<qint64>{0, 1, 2}));
    }

    void whatTheInputNoLongerHasIsLeftOut()
    {
        auto journal = BatchJournal::open(path(), BatchJournal::Begin::New);
        QVERIFY((*journal)->append(answer(0)));
        QVERIFY((*journal)->append(answer(5)));
        QVERIFY((*journal)->finish(1));
        QCOMPARE(indexes(), QList<qint64>{0});
    }

    void anotherFileIsLeftAsItIs()
    {
        QFile other(path());
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("{\"precious\":true}\n");
        other.close();
        const auto journal = BatchJournal::open(path(), BatchJournal::Begin::Resume);
        QVERIFY(!journal);
        QCOMPARE(read(path()), "{\"precious\":true}\n"_ba);
    }

    void aFolderThatIsNotThere()
    {
        const auto journal
            = BatchJournal::open(m_folder->filePath(u"no/out.jsonl"_s), BatchJournal::Begin::New);
        QVERIFY(!journal);
        QVERIFY(journal.error().message.contains(u"cannot be written"_s));
    }
};

QTEST_GUILESS_MAIN(TestBatchJournal)
#include "tst_batchjournal.moc"
