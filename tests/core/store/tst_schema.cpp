// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/connection.h"
#include "store/schema.h"
#include "storefixture.h"

#include <QFile>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

/// Every object of a schema as "type name: sql", with spaces and comments made alike.
QStringList describe(const Connection &connection)
{
    QStringList result;
    const Result<> done
        = connection.select(u"SELECT type, name, sql FROM sqlite_master ORDER BY type, name"_s, {},
            [&result](const QSqlQuery &row) {
                result += row.value(0).toString() + u' ' + row.value(1).toString() + u": "_s
                    + row.value(2).toString().simplified();
            });
    return done ? result : QStringList();
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestSchema final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Runs the statements of a dump as a version left it; ";;" ends each.
    static Result<> replay(const Connection &connection, int version)
    {
        QFile file(QStringLiteral(LORIKEET_FIXTURES "/store/v%1.sql").arg(version));
        if (!file.open(QIODevice::ReadOnly)) {
            return fail(ApiError::Kind::Internal, u"no dump of version %1"_s.arg(version));
        }
        const QStringList statements = QString::fromUtf8(file.readAll()).split(u";;\n"_s);
        for (const QString &statement : statements) {
            if (statement.trimmed().isEmpty()) {
                continue;
            }
            if (Result<> result = connection.execute(statement); !result) {
                return result;
            }
        }
        return {};
    }

private Q_SLOTS:

    void migrationsAreInOrderAndComplete()
    {
        int version = 1;
        for (const Migration &migration : migrations()) {
            QCOMPARE(migration.version, ++version);
        }
        QCOMPARE(schemaVersion(), version);
    }

    void anEmptyFileGetsTheWholeSchemaOnce()
    {
        Connection connection(path(u"new.db"_s));
        QCOMPARE(problem(connection.open(1s)), QString());
        QCOMPARE(prepareSchema(connection), true);
        QCOMPARE(prepareSchema(connection), false);
        QVERIFY(!describe(connection).isEmpty());
        QCOMPARE(connection.value(u"PRAGMA user_version"_s)->toInt(), schemaVersion());
    }

    void everyOlderVersionLeadsToTheSameSchema_data()
    {
        QTest::addColumn<int>("version");
        for (int version = 1; version <= schemaVersion(); ++version) {
            QTest::addRow("from %d", version) << version;
        }
    }

    void everyOlderVersionLeadsToTheSameSchema()
    {
        QFETCH(const int, version);
        Connection scratch(path(u"scratch%1.db"_s.arg(version)));
        QCOMPARE(problem(scratch.open(1s)), QString());
        QCOMPARE(problem(createSchema(scratch)), QString());

        Connection old(path(u"old%1.db"_s.arg(version)));
        QCOMPARE(problem(old.open(1s)), QString());
        QCOMPARE(problem(replay(old, version)), QString());
        QCOMPARE(prepareSchema(old), false);
        QCOMPARE(describe(old), describe(scratch));

        // And what it held is still there, whole.
        QCOMPARE(old.value(u"SELECT count(*) FROM nodes"_s)->toInt(), 4);
        QCOMPARE(old.value(u"SELECT title FROM conversations"_s)->toString(), u"Ünïcode"_s);
        QVERIFY(!old.value(u"PRAGMA foreign_key_check"_s)->isValid());
        QCOMPARE(old.value(u"PRAGMA integrity_check"_s)->toString(), u"ok"_s);
        // What was said before there was a search is found.
        QCOMPARE(
            old.value(u"SELECT rowid FROM nodes_text WHERE nodes_text MATCH 'pollen'"_s)->toInt(),
            2);
        QCOMPARE(problem(old.execute(
                     u"INSERT INTO nodes_text(nodes_text) VALUES ('integrity-check')"_s)),
            QString());
    }

    void aNewerFileIsRefusedAndLeftAlone()
    {
        const QString file = path(u"newer.db"_s);
        {
            Connection connection(file);
            QCOMPARE(problem(connection.open(1s)), QString());
            QVERIFY(prepareSchema(connection));
            QCOMPARE(
                problem(connection.execute(u"PRAGMA user_version=%1"_s.arg(schemaVersion() + 1))),
                QString());
        }
        const QByteArray before = contents(file);
        {
            Connection connection(file);
            QCOMPARE(problem(connection.open(1s)), QString());
            const Result<bool> prepared = prepareSchema(connection);
            QVERIFY(!prepared);
            QVERIFY2(prepared.error().message.contains(u"newer Lorikeet"_s),
                qPrintable(prepared.error().message));
        }
        QCOMPARE(contents(file), before);
    }

    void aForeignFileIsRefusedAndLeftAlone()
    {
        const QString file = path(u"foreign.db"_s);
        {
            Connection connection(file);
            QCOMPARE(problem(connection.open(1s)), QString());
            QCOMPARE(problem(connection.execute(u"CREATE TABLE recipes (x)"_s)), QString());
        }
        const QByteArray before = contents(file);
        {
            Connection connection(file);
            QCOMPARE(problem(connection.open(1s)), QString());
            const Result<bool> prepared = prepareSchema(connection);
            QVERIFY(!prepared);
            QVERIFY2(prepared.error().message.contains(u"another program"_s),
                qPrintable(prepared.error().message));
        }
        QCOMPARE(contents(file), before);
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
