// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/schema.h"

#include "store/connection.h"

#include <QDir>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

// Written into the file's header; tells our files from those of other programs.
constexpr int applicationId = 0x4c6f7269; // "Lori"

// Times are milliseconds since 1970, UTC. Ids are UUIDs as text without braces. JSON holds what is
// never searched, so that its members can grow without a migration.

constexpr QStringView endpointsTable = uR"(
CREATE TABLE endpoints (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL -- JSON
))";

constexpr QStringView conversationsTable = uR"(
CREATE TABLE conversations (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    title_chosen INTEGER NOT NULL,
    pinned INTEGER NOT NULL,
    draft TEXT NOT NULL,
    waiting TEXT NOT NULL, -- JSON
    setup TEXT NOT NULL, -- JSON
    chosen TEXT,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    deleted INTEGER -- when; null: it is there
))";

// `place` is the order in which nodes were made, and so that of siblings. `owner` is the RunLock
// of the program that streams into the node; null: none does. Parents do not cascade, since chains
// of messages grow longer than SQLite lets cascades be deep.
constexpr QStringView nodesTable = uR"(
CREATE TABLE nodes (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    parent TEXT REFERENCES nodes(id) DEFERRABLE INITIALLY DEFERRED,
    chosen TEXT,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    content TEXT NOT NULL,
    reasoning TEXT NOT NULL,
    details TEXT NOT NULL, -- JSON
    created INTEGER NOT NULL,
    owner TEXT,
    deleted INTEGER
))";

constexpr QStringView nodesByConversation
    = u"CREATE INDEX nodes_conversation ON nodes(conversation)";
constexpr QStringView nodesByParent = u"CREATE INDEX nodes_parent ON nodes(parent)";
constexpr QStringView nodesByOwner
    = u"CREATE INDEX nodes_owner ON nodes(owner) WHERE owner IS NOT NULL";

// Version 2: the texts of messages, for search. The index holds no text of its own. Trigrams find
// words within words and in scripts without spaces. What still streams is not in it, so that a
// flush each second does not index the same text again and again.

constexpr QStringView textIndex = uR"(
CREATE VIRTUAL TABLE nodes_text USING fts5(
    content, content='nodes', content_rowid='place', tokenize='trigram'
))";

constexpr QStringView textInserted = uR"(
CREATE TRIGGER nodes_text_inserted AFTER INSERT ON nodes WHEN new.state <> 'streaming' BEGIN
    INSERT INTO nodes_text(rowid, content) VALUES (new.place, new.content);
END)";

constexpr QStringView textDeleted = uR"(
CREATE TRIGGER nodes_text_deleted AFTER DELETE ON nodes WHEN old.state <> 'streaming' BEGIN
    INSERT INTO nodes_text(nodes_text, rowid, content) VALUES ('delete', old.place, old.content);
END)";

// An update is a removal before and an insertion after it; the index must be given exactly the
// text it was given before, so both look at the state the row has then.
constexpr QStringView textUpdating = uR"(
CREATE TRIGGER nodes_text_updating BEFORE UPDATE OF content, state ON nodes
WHEN old.state <> 'streaming' AND (old.content <> new.content OR new.state = 'streaming') BEGIN
    INSERT INTO nodes_text(nodes_text, rowid, content) VALUES ('delete', old.place, old.content);
END)";

constexpr QStringView textUpdated = uR"(
CREATE TRIGGER nodes_text_updated AFTER UPDATE OF content, state ON nodes
WHEN new.state <> 'streaming' AND (old.content <> new.content OR old.state = 'streaming') BEGIN
    INSERT INTO nodes_text(rowid, content) VALUES (new.place, new.content);
END)";

// Version 3: comparisons. A lane is named before anything was said in it, so its conversation need
// not be there yet.

constexpr QStringView comparisonsTable = uR"(
CREATE TABLE comparisons (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL, -- JSON
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    deleted INTEGER -- when; null: it is there
))";

constexpr QStringView lanesTable = uR"(
CREATE TABLE lanes (
    conversation TEXT PRIMARY KEY NOT NULL,
    comparison TEXT NOT NULL REFERENCES comparisons(id) ON DELETE CASCADE
))";

constexpr QStringView laneSetsTable = uR"(
CREATE TABLE lane_sets (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL -- JSON
))";

// A verdict holds all it is about, and so outlives its comparison.
constexpr QStringView verdictsTable = uR"(
CREATE TABLE verdicts (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    comparison TEXT NOT NULL,
    body TEXT NOT NULL, -- JSON
    created INTEGER NOT NULL
))";

// Version 4: prompt templates. A row is a version of one; what was removed keeps its numbers until
// it is purged.
constexpr QStringView templatesTable = uR"(
CREATE TABLE templates (
    place INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL, -- JSON
    created INTEGER NOT NULL,
    deleted INTEGER, -- when; null: it is there
    UNIQUE (name, version)
))";

// Version 5: a person's own JSON Schemas.
constexpr QStringView schemasTable = uR"(
CREATE TABLE schemas (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    text TEXT NOT NULL
))";

Result<> executeAll(const Connection &connection, std::initializer_list<QStringView> statements)
{
    for (const QStringView statement : statements) {
        if (Result<> result = connection.execute(statement.trimmed().toString()); !result) {
            return result;
        }
    }
    return {};
}

Result<> addTextIndex(const Connection &connection)
{
    return executeAll(
        connection, {textIndex, textInserted, textDeleted, textUpdating, textUpdated});
}

Result<> toVersion2(const Connection &connection)
{
    return addTextIndex(connection).and_then([&connection] {
        return connection.execute(u"INSERT INTO nodes_text(rowid, content) "
                                  "SELECT place, content FROM nodes WHERE state <> 'streaming'"_s);
    });
}

Result<> toVersion3(const Connection &connection)
{
    return executeAll(connection, {comparisonsTable, lanesTable, laneSetsTable, verdictsTable});
}

Result<> toVersion4(const Connection &connection)
{
    return executeAll(connection, {templatesTable});
}

Result<> toVersion5(const Connection &connection) { return executeAll(connection, {schemasTable}); }

constexpr Migration allMigrations[]{
    {2, toVersion2}, {3, toVersion3}, {4, toVersion4}, {5, toVersion5}};

Result<int> pragma(const Connection &connection, const QString &name)
{
    return connection.value(u"PRAGMA "_s + name).map([](const QVariant &v) { return v.toInt(); });
}

Result<> checkOrigin(const Connection &connection, int version)
{
    const QString file = QDir::toNativeSeparators(connection.path());
    const Result<int> application = pragma(connection, u"application_id"_s);
    if (!application) {
        return Failure(application.error());
    }
    if (*application != applicationId) {
        return fail(ApiError::Kind::Storage,
            u"The file %1 belongs to another program and is left alone; choose another place for "
            "Lorikeet's database."_s.arg(file));
    }
    if (version > schemaVersion()) {
        return fail(ApiError::Kind::Storage,
            u"The database %1 was written by a newer Lorikeet (version %2 of its tables, %3 is the "
            "newest known here) and is left alone; update Lorikeet."_s.arg(file)
                .arg(version)
                .arg(schemaVersion()));
    }
    return {};
}

Result<> bringUpToDate(const Connection &connection, bool &created)
{
    // Read within the transaction: another program may have done it while this one waited.
    const Result<int> version = pragma(connection, u"user_version"_s);
    if (!version) {
        return Failure(version.error());
    }
    const Result<QVariant> tables = connection.value(u"SELECT count(*) FROM sqlite_master"_s);
    if (!tables) {
        return Failure(tables.error());
    }
    created = *version == 0 && tables->toInt() == 0;
    if (created) {
        if (Result<> result = createSchema(connection); !result) {
            return result;
        }
        if (Result<> result = connection.execute(u"PRAGMA application_id=%1"_s.arg(applicationId));
            !result) {
            return result;
        }
    } else {
        if (Result<> result = checkOrigin(connection, *version); !result) {
            return result;
        }
        for (const Migration &migration : migrations()) {
            if (migration.version <= *version) {
                continue;
            }
            if (Result<> result = migration.apply(connection); !result) {
                return result;
            }
        }
    }
    return connection.execute(u"PRAGMA user_version=%1"_s.arg(schemaVersion()));
}

} // namespace

std::span<const Migration> migrations() { return allMigrations; }

int schemaVersion() { return migrations().back().version; }

Result<> createSchema(const Connection &connection)
{
    return executeAll(connection,
        {endpointsTable, conversationsTable, nodesTable, nodesByConversation, nodesByParent,
            nodesByOwner})
        .and_then([&connection] { return addTextIndex(connection); })
        .and_then([&connection] { return toVersion3(connection); })
        .and_then([&connection] { return toVersion4(connection); })
        .and_then([&connection] { return toVersion5(connection); });
}

Result<bool> prepareSchema(const Connection &connection)
{
    // A look without writing first: a newer file must stay as it is, to the byte.
    const Result<int> version = pragma(connection, u"user_version"_s);
    if (!version) {
        return Failure(version.error());
    }
    if (*version >= schemaVersion()) {
        return checkOrigin(connection, *version).map([] { return false; });
    }
    bool created = false;
    return connection.transaction([&] { return bringUpToDate(connection, created); })
        .map([&created] { return created; });
}

} // namespace Lorikeet
