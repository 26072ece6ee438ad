// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/opendatabase.h"
#include "storefixture.h"

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Files and disks that are not as they should be.
class TestStoreFailures final : public StoreFixture
{
    Q_OBJECT

private Q_SLOTS:

    void aDamagedFileIsKeptAside_data()
    {
        QTest::addColumn<bool>("wasADatabase");
        QTest::newRow("not a database") << false;
        QTest::newRow("torn pages") << true;
    }

    void aDamagedFileIsKeptAside()
    {
        QFETCH(const bool, wasADatabase);
        QByteArray damaged = QByteArray("My diary, not a database at all. ").repeated(200);
        {
            const auto store = opened();
            save(*store, sample());
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (wasADatabase) {
            damaged = file.readAll();
            damaged.replace(100, 3000, QByteArray(3000, '\x5a'));
        }
        QVERIFY(file.resize(0));
        QVERIFY(file.seek(0));
        QCOMPARE(file.write(damaged), damaged.size());
        file.close();

        Store store(path());
        const Result<StoreReport> report = take(store.open());
        QVERIFY2(report, report ? "" : qPrintable(report.error().message));
        QVERIFY(report->created);
        QCOMPARE(report->notes.size(), 1);
        const QStringList kept
            = QFileInfo(path()).dir().entryList({u"lorikeet.db.damaged-*"_s}, QDir::Files);
        QCOMPARE(kept.size(), 1);
        QVERIFY(report->notes.constFirst().contains(kept.constFirst()));
        QFile aside(QFileInfo(path()).dir().filePath(kept.constFirst()));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), damaged);
        save(store, sample());
    }

    void aPlaceThatCannotBeWrittenIsSaid()
    {
        QFile blocker(m_folder->filePath(u"sub"_s));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        Store store(path());
        const Result<StoreReport> report = take(store.open());
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ApiError::Kind::Storage);
        QVERIFY2(report.error().message.contains(u"sub"_s), qPrintable(report.error().message));
        // Later calls say the same, and nothing crashes.
        QCOMPARE(take(store.conversations().list()).error(), report.error());
    }

    void nothingWorksBeforeItIsOpen()
    {
        Store store(path());
        QCOMPARE(take(store.conversations().list()).error().kind, ApiError::Kind::Storage);
        QVERIFY(!QFile::exists(path()));
    }

    void aFullDiskIsSaidAndHarmsNothing()
    {
        const auto store = opened();
        const Conversation small = sample();
        save(*store, small);
        const auto limit = [&store](const QString &pages) {
            return take(store->database().run([pages](OpenDatabase &database) {
                return database.connection().value(u"PRAGMA max_page_count="_s + pages);
            }));
        };
        QVERIFY(limit(u"1"_s)); // SQLite takes the present size for a lower limit
        Conversation big = sample(u"big"_s.repeated(200'000));
        const Result<> failed = take(store->conversations().add(big));
        QVERIFY(!failed);
        QVERIFY2(failed.error().message.contains(u"full"_s), qPrintable(failed.error().message));
        QCOMPARE(*take(store->conversations().load(small.id())), small);
        QVERIFY(limit(u"1000000"_s));
        save(*store, big);
        QCOMPARE(*take(store->conversations().load(big.id())), big);
    }

    void aFileThatMayNotBeWrittenIsSaid()
    {
        const auto store = opened();
        QVERIFY(take(store->database().run([](OpenDatabase &database) {
            return database.connection().execute(u"PRAGMA query_only=ON"_s);
        })));
        const Result<> failed = take(store->conversations().add(sample()));
        QVERIFY(!failed);
        QVERIFY2(failed.error().message.contains(u"cannot be written"_s),
            qPrintable(failed.error().message));
    }
};

QTEST_GUILESS_MAIN(TestStoreFailures)
#include "tst_storefailures.moc"
