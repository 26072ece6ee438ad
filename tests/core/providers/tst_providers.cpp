// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providerfixture.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "providers/servers.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

bool isUpdating() { return qEnvironmentVariableIsSet("LORIKEET_UPDATE_FIXTURES"); }

/// What is expected of a case, from what was got.
QJsonObject described(const ProviderFixture::Replay &replay)
{
    QJsonObject object{{u"events"_s, ProviderFixture::toJson(replay.events)}};
    if (replay.error) {
        object.insert(u"error"_s, ProviderFixture::toJson(*replay.error));
    }
    return object;
}

} // namespace

/// Walks the registry and replays every fixture of every dialect.
class TestProviders final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void identity_data() { forEachProvider(); }

    void identity()
    {
        QFETCH(const QString, id);
        const Provider *provider = findProvider(id);
        QVERIFY(provider);
        QCOMPARE(provider->id(), id);
        QCOMPARE(id, id.toLower());
        QVERIFY(!provider->displayName().isEmpty());
    }

    void fixturesAreComplete_data() { forEachProvider(); }

    void fixturesAreComplete()
    {
        QFETCH(const QString, id);
        int streams = 0;
        int replies = 0;
        int requests = 0;
        int errors = 0;
        for (const QString &name : ProviderFixture::names(id)) {
            const ProviderFixture fixture(id, name);
            const bool hasStream = fixture.has(u"stream.sse"_s) || fixture.has(u"stream.jsonl"_s);
            const bool hasReply = fixture.has(u"reply.json"_s);
            const bool hasRequest = fixture.has(u"request.json"_s);
            const QStringList errorFiles = fixture.files(u"error-*.http"_s);
            QVERIFY2(
                hasStream || hasReply || hasRequest || !errorFiles.isEmpty(), qPrintable(name));
            QVERIFY2(!(hasStream && hasReply), qPrintable(name));
            QVERIFY2(fixture.has(u"expected.json"_s) || isUpdating()
                    || !(hasStream || hasReply || hasRequest),
                qPrintable(name + u" lacks expected.json"_s));
            for (QString file : errorFiles) {
                QVERIFY2(isUpdating() || fixture.has(file.replace(u".http"_s, u".json"_s)),
                    qPrintable(name + u" lacks "_s + file));
            }
            streams += hasStream;
            replies += hasReply;
            requests += hasRequest;
            errors += int(errorFiles.size());
        }
        QVERIFY2(streams > 0, "no stream");
        QVERIFY2(replies > 0, "no plain reply");
        QVERIFY2(requests > 0, "no request");
        QVERIFY2(errors > 0, "no error");
    }

    void everyFixtureFolderHasAProvider()
    {
        const QStringList folders
            = QDir(ProviderFixture::folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &folder : folders) {
            const QStringList names = ProviderFixture::names(folder);
            const bool holdsCases = std::any_of(names.begin(), names.end(), [&](const auto &name) {
                const ProviderFixture fixture(folder, name);
                return fixture.has(u"request.json"_s) || fixture.has(u"expected.json"_s);
            });
            QVERIFY2(!holdsCases || findProvider(folder), qPrintable(folder));
        }
    }

    /// The table of what is easily got wrong names cases, which are replayed here.
    void theTableOfMistakesNamesCases()
    {
        QFile table(ProviderFixture::folder() + u"/README.md"_s);
        QVERIFY(table.open(QIODevice::ReadOnly));
        static const QRegularExpression named(u"`([a-z]+)/([a-z0-9.-]+)`"_s);
        int count = 0;
        for (const auto &match : named.globalMatch(QString::fromUtf8(table.readAll()))) {
            QVERIFY2(ProviderFixture::names(match.captured(1)).contains(match.captured(2)),
                qPrintable(match.captured()));
            ++count;
        }
        QVERIFY(count > 100);
    }

    /// It names tests as well, "tst_file: function, function", which are there.
    void theTableOfMistakesNamesTests()
    {
        const QDir tests(ProviderFixture::folder() + u"/.."_s);
        QHash<QString, QByteArray> sources;
        QDirIterator files(
            tests.path(), {u"tst_*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            sources.insert(files.fileInfo().completeBaseName(), file.readAll());
        }
        QFile table(ProviderFixture::folder() + u"/README.md"_s);
        QVERIFY(table.open(QIODevice::ReadOnly));
        static const QRegularExpression named(
            u"(tst_[a-z0-9]+): ([A-Za-z0-9]+(?:, [A-Za-z0-9]+)*)"_s);
        int count = 0;
        for (const auto &match : named.globalMatch(QString::fromUtf8(table.readAll()))) {
            QVERIFY2(sources.contains(match.captured(1)), qPrintable(match.captured()));
            for (const QString &name : match.captured(2).split(u", "_s)) {
                QVERIFY2(sources.value(match.captured(1)).contains("void " + name.toUtf8() + "()"),
                    qPrintable(match.captured(1) + u": "_s + name));
                ++count;
            }
        }
        QVERIFY(count > 60);
    }

    /// A person who has a server finds what to paste.
    void everyServerHasASection()
    {
        QFile page(ProviderFixture::folder() + u"/../../core/providers/SERVERS.md"_s);
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(page.readAll());
        static const QRegularExpression heading(
            u"^## (.+)$"_s, QRegularExpression::MultilineOption);
        QStringList sections;
        for (const auto &match : heading.globalMatch(text)) {
            sections.append(match.captured(1));
        }
        int count = 0;
        for (int number = int(Server::Unknown) + 1; number < 64; ++number) {
            const QString name = serverName(Server(number));
            if (!name.isEmpty()) {
                QVERIFY2(std::ranges::any_of(sections,
                             [&](const QString &section) { return name.startsWith(section); }),
                    qPrintable(name));
                ++count;
            }
        }
        QVERIFY(count >= 17);
    }

    void requests_data() { ProviderFixture::addRows({u"request.json"_s}); }

    /// The bytes that go out, their address and their headers; or why nothing may go out.
    void requests()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        const ProviderFixture fixture(id, name);
        const auto encoded = findProvider(id)->encode(fixture.target(), fixture.request());
        QJsonObject sent;
        if (encoded) {
            QCOMPARE(encoded->verb, QByteArray("POST"));
            sent.insert(u"url"_s, encoded->url.toString());
            QJsonObject headers;
            for (const Header &header : encoded->headers) {
                headers.insert(QString::fromUtf8(header.name), QString::fromUtf8(header.value));
            }
            sent.insert(u"headers"_s, headers);
            const QStringList notes = findProvider(id)->notes(fixture.target(), fixture.request());
            if (!notes.isEmpty()) {
                sent.insert(u"notes"_s, QJsonArray::fromStringList(notes));
            }
        } else {
            QVERIFY(encoded.error().message.endsWith(u'.'));
            sent.insert(u"refused"_s, ProviderFixture::toJson(encoded.error()));
        }
        if (isUpdating()) {
            QJsonObject expected = fixture.readJson(u"expected.json"_s);
            expected.insert(u"sent"_s, sent);
            fixture.write(u"expected.json"_s, ProviderFixture::pretty(expected));
            if (encoded) {
                fixture.write(u"body.json"_s, encoded->body + '\n');
            }
        }
        QCOMPARE(ProviderFixture::pretty(sent),
            ProviderFixture::pretty(fixture.readJson(u"expected.json"_s)[u"sent"_s].toObject()));
        if (encoded) {
            QCOMPARE(encoded->body, fixture.read(u"body.json"_s).trimmed());
        } else {
            QVERIFY(!fixture.has(u"body.json"_s));
        }
    }

    void streams_data() { ProviderFixture::addRows({u"stream.sse"_s, u"stream.jsonl"_s}); }

    /// However the network cuts a stream, the same events come of it.
    void streams()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        QFETCH(const QString, file);
        const Provider &provider = *findProvider(id);
        const ProviderFixture fixture(id, name);
        const QByteArray bytes = fixture.read(file);
        const Headers head = fixture.reply().headers;

        const auto whole = ProviderFixture::replay(provider, head, {bytes});
        compare(fixture, described(whole));

        QList<QByteArray> single;
        for (const char byte : bytes) {
            single.append(QByteArray(1, byte));
        }
        QVERIFY(ProviderFixture::replay(provider, head, single) == whole);
        for (qsizetype at = 1; at < bytes.size(); ++at) {
            const auto split
                = ProviderFixture::replay(provider, head, {bytes.first(at), bytes.mid(at)});
            QVERIFY2(split == whole, qPrintable(u"split at %1"_s.arg(at)));
        }
    }

    void replies_data() { ProviderFixture::addRows({u"reply.json"_s}); }

    void replies()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        const ProviderFixture fixture(id, name);
        const auto events = findProvider(id)->decodeReply(fixture.reply(), TimePoint());
        ProviderFixture::Replay replay;
        if (events) {
            replay.events = *events;
        } else {
            replay.error = events.error();
        }
        compare(fixture, described(replay));
    }

    void errors_data() { ProviderFixture::addRows({}, u"error-*.http"_s); }

    void errors()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        QFETCH(const QString, file);
        const ProviderFixture fixture(id, name);
        HttpReply reply = ProviderFixture::parseHttp(fixture.read(file));
        reply.url = QUrl(u"http://peer.example:8080/v1/chat/completions"_s);
        const ApiError error = findProvider(id)->decodeError(reply);
        QVERIFY2(error.message.endsWith(u'.'), qPrintable(error.message));
        QVERIFY(error.body.size() <= 4096);
        const QString expected = QString(file).replace(u".http"_s, u".json"_s);
        const QByteArray got = ProviderFixture::pretty(ProviderFixture::toJson(error));
        if (isUpdating()) {
            fixture.write(expected, got);
        }
        QCOMPARE(got, ProviderFixture::pretty(fixture.readJson(expected)));
    }

private:
    static void compare(const ProviderFixture &fixture, QJsonObject got)
    {
        QJsonObject expected = fixture.readJson(u"expected.json"_s);
        if (expected.contains(u"sent"_s)) {
            got.insert(u"sent"_s, expected[u"sent"_s]);
        }
        if (isUpdating()) {
            fixture.write(u"expected.json"_s, ProviderFixture::pretty(got));
        }
        QCOMPARE(ProviderFixture::pretty(got),
            ProviderFixture::pretty(fixture.readJson(u"expected.json"_s)));
    }

    static void forEachProvider()
    {
        QTest::addColumn<QString>("id");
        for (const Provider *provider : providers()) {
            QTest::newRow(qPrintable(provider->id())) << provider->id();
        }
    }
};

QTEST_GUILESS_MAIN(TestProviders)
#include "tst_providers.moc"
