// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/jsonschema.h"
#include "schema/partialjson.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

Result<JsonSchema> schemaOf(const QByteArray &text, std::optional<SchemaDraft> draft = {})
{
    return JsonSchema::from(text, {.draft = draft, .documents = {}});
}

JsonNode nodeOf(const QString &text) { return parseJson(QStringView(text)).value(); }

/// "keyword instancePath schemaPath" of each violation.
QStringList violationsOf(const QByteArray &schema, const QString &value)
{
    const auto made = schemaOf(schema);
    if (!made) {
        return {made.error().message};
    }
    const auto report = made->check(nodeOf(value));
    if (!report) {
        return {report.error().message};
    }
    QStringList all;
    for (const SchemaViolation &violation : report->violations) {
        all.append(
            u"%1 %2 %3"_s.arg(violation.keyword, violation.instancePath, violation.schemaPath));
    }
    return all;
}

QString firstMessage(const QByteArray &schema, const QString &value)
{
    const auto made = schemaOf(schema);
    const auto report
        = made ? made->check(nodeOf(value)) : Result<SchemaReport>(Failure(made.error()));
    return !report          ? report.error().message
        : report->isValid() ? QString()
                            : report->violations.constFirst().message;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The groups of one file, as the JSON Schema project's test suite has them: a schema, and values
/// with whether they keep to it. Tells of each that was judged otherwise.
QStringList wrongVerdicts(const JsonNode &groups, const JsonSchema::Options &options, int &count)
{
    QStringList wrong;
    for (const JsonNode &group : groups.items) {
        const JsonNode *drafts = group.find("drafts"_L1);
        const auto isMeant
            = [&](const JsonNode &draft) { return draft.text == toWord(*options.draft); };
        if (drafts && std::ranges::none_of(drafts->items, isMeant)) {
            continue;
        }
        const auto schema = JsonSchema::from(*group.find("schema"_L1), options);
        for (const JsonNode &test : group.find("tests"_L1)->items) {
            ++count;
            const QString name
                = group.find("description"_L1)->text + u": "_s + test.find("description"_L1)->text;
            const auto report = schema ? schema->check(*test.find("data"_L1))
                                       : Result<SchemaReport>(Failure(schema.error()));
            if (!report) {
                wrong.append(name + u": "_s + report.error().message);
            } else if (report->isValid() != test.find("valid"_L1)->boolean) {
                wrong.append(name);
            }
        }
    }
    return wrong;
}

} // namespace

/// JSON Schema: verdicts, words, and what neither a schema nor a value may do to who checks.
class TestJsonSchema final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void ownGroups_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("draft");
        const QStringList files
            = QDir(QStringLiteral(LORIKEET_SCHEMA_GROUPS)).entryList({u"*.json"_s});
        QVERIFY(!files.isEmpty());
        for (const QString &file : files) {
            for (const QString &draft : draftWords()) {
                QTest::addRow("%s %s", qPrintable(file), qPrintable(draft)) << file << draft;
            }
        }
    }

    void ownGroups()
    {
        QFETCH(const QString, file);
        QFETCH(const QString, draft);
        const auto groups
            = parseJson(contents(QStringLiteral(LORIKEET_SCHEMA_GROUPS) + u'/' + file));
        QVERIFY2(groups, qPrintable(groups ? QString() : groups.error().message));
        int count = 0;
        const QStringList wrong
            = wrongVerdicts(*groups, {.draft = draftFromWord(draft), .documents = {}}, count);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    /// The required tests of the JSON Schema project's own suite, where a copy of it is named by
    /// LORIKEET_SCHEMA_SUITE. What is known to be judged otherwise is below.
    void wholeSuite()
    {
        const QString folder = qEnvironmentVariable("LORIKEET_SCHEMA_SUITE");
        QHash<QString, JsonNode> remotes;
        QDirIterator files(
            folder + u"/remotes"_s, {u"*.json"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (!folder.isEmpty() && files.hasNext()) {
            const QString path = files.next();
            const auto node = parseJson(contents(path));
            QVERIFY(node);
            remotes.insert(
                u"http://localhost:1234/"_s + QDir(folder + u"/remotes"_s).relativeFilePath(path),
                *node);
        }
        QStringList wrong;
        for (const QString &draft : folder.isEmpty() ? QStringList() : draftWords()) {
            const QDir tests(folder + u"/tests/"_s + draft);
            int count = 0;
            QStringList here;
            for (const QString &file : tests.entryList({u"*.json"_s})) {
                const auto groups = parseJson(contents(tests.filePath(file)));
                QVERIFY(groups);
                for (const QString &each : wrongVerdicts(
                         *groups, {.draft = draftFromWord(draft), .documents = remotes}, count)) {
                    here.append(draft + u'/' + file + u": "_s + each);
                }
            }
            qInfo().noquote() << draft << count - here.size() << "of" << count;
            wrong += here;
        }
        // A meta-schema of one's own that leaves a vocabulary out is not followed.
        wrong.removeIf([](const QString &each) { return each.contains(u"vocabulary.json"_s); });
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void violationsSayWhere()
    {
        const QByteArray schema
            = "{\"$ref\":\"#/$defs/person\",\"$defs\":{\"person\":{\"required\":[\"name\",\"age\"],"
              "\"additionalProperties\":false,\"properties\":{\"name\":{\"type\":\"string\"},"
              "\"age\":{\"minimum\":0},\"a/b~\":{\"items\":{\"enum\":[1,2]}}}}}}";
        QCOMPARE(violationsOf(schema, u"{\"name\":1,\"a/b~\":[1,3],\"x\":0}"_s),
            (QStringList{u"required  #/$defs/person/required"_s,
                u"type /name #/$defs/person/properties/name/type"_s,
                u"enum /a~1b~0/1 #/$defs/person/properties/a~1b~0/items/enum"_s,
                u"additionalProperties /x #/$defs/person/additionalProperties"_s}));
        QVERIFY(violationsOf(schema, u"{\"name\":\"A\",\"age\":1}"_s).isEmpty());
    }

    void words_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("message");
        const auto row
            = [](const char *name, const QByteArray &schema, const QString &value,
                  const QString &message) { QTest::newRow(name) << schema << value << message; };
        row("type", "{\"type\":[\"string\",\"null\"]}", u"1"_s,
            u"must be a string or null, and is the number 1"_s);
        row("integer", "{\"type\":\"integer\"}", u"1.5"_s,
            u"must be an integer, and is the number 1.5"_s);
        row("enum", "{\"enum\":[\"a\",null]}", u"\"b\""_s,
            u"must be one of \"a\", null, and is \"b\""_s);
        row("minimum", "{\"minimum\":0}", u"-3"_s, u"must be at least 0, and is -3"_s);
        row("multipleOf", "{\"multipleOf\":0.01}", u"1.005"_s,
            u"must be a multiple of 0.01, and is 1.005"_s);
        row("maxLength", "{\"maxLength\":1}", u"\"😀é\""_s,
            u"must have at most 1 character, and has 2"_s);
        row("minItems", "{\"minItems\":2}", u"[1]"_s, u"must have at least 2 items, and has 1"_s);
        row("pattern", "{\"pattern\":\"^a\"}", u"\"b\""_s,
            u"must match the pattern “^a”, and is \"b\""_s);
        row("required", "{\"required\":[\"a\"]}", u"{}"_s, u"lacks “a”, which is required"_s);
        row("no more", "{\"additionalProperties\":false}", u"{\"a\":1}"_s,
            u"“a” is not allowed here"_s);
        row("uniqueItems", "{\"uniqueItems\":true}", u"[1,2,1.0]"_s,
            u"must hold each item once, and those at 0 and 2 are the same"_s);
        row("anyOf", "{\"anyOf\":[{\"type\":\"string\"},{\"properties\":{\"a\":{\"minimum\":1}}}]}",
            u"{\"a\":0}"_s,
            u"fits none of 2 alternatives; of the nearest, /a must be at least 1, and is 0"_s);
        row("oneOf", "{\"oneOf\":[{},{}]}", u"1"_s,
            u"must fit one of the alternatives, and fits more than one"_s);
        row("propertyNames", "{\"propertyNames\":{\"maxLength\":1}}", u"{\"ab\":1}"_s,
            u"has the key “ab”, which must have at most 1 character, and has 2"_s);
        row("false", "false", u"1"_s, u"is not allowed: this schema allows nothing"_s);
    }

    void words()
    {
        QFETCH(const QByteArray, schema);
        QFETCH(const QString, value);
        QFETCH(const QString, message);
        QCOMPARE(firstMessage(schema, value), message);
    }

    /// What an alternative looked at and refused is complained of once.
    void noSecondComplaint()
    {
        const QByteArray schema = "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}}}],"
                                  "\"unevaluatedProperties\":false}";
        QCOMPARE(violationsOf(schema, u"{\"a\":1}"_s),
            QStringList{u"type /a #/allOf/0/properties/a/type"_s});
    }

    void theDraftOfASchemaThatNamesNone()
    {
        QCOMPARE(schemaOf("{}")->draft(), SchemaDraft::Draft202012);
        // As tools write it: 2020-12 would not find it.
        const auto old = schemaOf("{\"$ref\":\"#/definitions/x\",\"definitions\":{\"x\":"
                                  "{\"type\":\"string\"}}}");
        QVERIFY(old);
        QCOMPARE(old->draft(), SchemaDraft::Draft7);
        QVERIFY(!old->check(nodeOf(u"1"_s))->isValid());
        const QByteArray six = "{\"$schema\":\"https://json-schema.org/draft-06/schema\"}";
        QCOMPARE(schemaOf(six)->draft(), SchemaDraft::Draft6);
        QCOMPARE(schemaOf(six, SchemaDraft::Draft201909)->draft(), SchemaDraft::Draft201909);
    }

    void aSchemaThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("word");
        QTest::newRow("no JSON") << "{\"type\":"_ba << u"no JSON"_s;
        QTest::newRow("a list") << "[]"_ba << u"a JSON object"_s;
        QTest::newRow("type") << "{\"type\":12}"_ba << u"#/type"_s;
        QTest::newRow("unknown type")
            << "{\"properties\":{\"a\":{\"type\":\"text\"}}}"_ba << u"#/properties/a/type"_s;
        QTest::newRow("minLength") << "{\"minLength\":-1}"_ba << u"#/minLength"_s;
        QTest::newRow("required") << "{\"required\":\"a\"}"_ba << u"#/required"_s;
        QTest::newRow("properties") << "{\"properties\":[]}"_ba << u"#/properties"_s;
        QTest::newRow("pattern") << "{\"pattern\":\"(a\"}"_ba << u"no regular expression"_s;
        QTest::newRow("key") << "{\"patternProperties\":{\"[\":{}}}"_ba << u"#/patternProperties"_s;
        QTest::newRow("verb of PCRE") << "{\"pattern\":\"(*UTF)a\"}"_ba << u"“*”"_s;
        QTest::newRow("reference") << "{\"items\":{\"$ref\":\"#/$defs/x\"}}"_ba << u"#/items"_s;
        QTest::newRow("elsewhere") << "{\"$ref\":\"http://example.org/x\"}"_ba << u"fetched"_s;
    }

    void aSchemaThatIsNone()
    {
        QFETCH(const QByteArray, schema);
        QFETCH(const QString, word);
        const auto made = schemaOf(schema);
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ApiError::Kind::InvalidRequest);
        QVERIFY2(made.error().message.contains(word), qPrintable(made.error().message));
    }

    void otherDocumentsMayBeGiven()
    {
        const auto made
            = JsonSchema::from(nodeOf(u"{\"$ref\":\"http://example.org/x#/$defs/y\"}"_s),
                {.draft = {},
                    .documents = {{u"http://example.org/x"_s,
                        nodeOf(u"{\"$defs\":{\"y\":{\"type\":\"null\"}}}"_s)}}});
        QVERIFY2(made, qPrintable(made ? QString() : made.error().message));
        QCOMPARE(made->check(nodeOf(u"1"_s))->violations.constFirst().schemaPath,
            u"http://example.org/x#/$defs/y/type"_s);
    }

    /// Catastrophic and long: neither hangs nor crashes.
    void patternsThatRunAway()
    {
        const auto bad = schemaOf("{\"pattern\":\"^(a+)+$\"}");
        const auto report = bad->check(nodeOf(u'"' + QString(40, u'a') + u"b\""_s));
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ApiError::Kind::InvalidRequest);
        QVERIFY2(report.error().message.contains(u"(a+)+"_s), qPrintable(report.error().message));
        QVERIFY(schemaOf("{\"pattern\":\"^[a-z]*$\"}")
                ->check(nodeOf(u'"' + QString(60'000, u'a') + u'"'))
                ->isValid());
        QVERIFY(!schemaOf("{\"pattern\":\"^([a-z]|-)*$\"}")
                ->check(nodeOf(u'"' + QString(60'000, u'a') + u"!\""_s))
                .value_or(SchemaReport{.violations = {SchemaViolation()}})
                .isValid());
    }

    /// As ECMA-262 has them, not as Perl has.
    void patternsAreEcmas_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("fits");
        QTest::newRow("$ is the end") << "^a$"_ba << u"\"a\\n\""_s << false;
        QTest::newRow("unicode escape")
            << "^\\\\u00e9\\\\ud83d\\\\ude00$"_ba << u"\"é😀\""_s << true;
        QTest::newRow("braces") << "^\\\\u{1f600}$"_ba << u"\"😀\""_s << true;
        QTest::newRow("one character") << "^.$"_ba << u"\"😀\""_s << true;
        QTest::newRow("category") << "^\\\\p{Letter}+$"_ba << u"\"éß\""_s << true;
        QTest::newRow("digits are ASCII's") << "^\\\\d$"_ba << u"\"९\""_s << false;
        QTest::newRow("anything") << "^[^]$"_ba << u"\"\\n\""_s << true;
        QTest::newRow("nothing") << "[]"_ba << u"\"a\""_s << false;
        QTest::newRow("bracket in a class") << "^[[a]$"_ba << u"\"[\""_s << true;
        QTest::newRow("dollar in a class") << "^[$]$"_ba << u"\"$\""_s << true;
    }

    void patternsAreEcmas()
    {
        QFETCH(const QByteArray, pattern);
        QFETCH(const QString, value);
        QFETCH(const bool, fits);
        QCOMPARE(violationsOf("{\"pattern\":\"" + pattern + "\"}", value).isEmpty(), fits);
    }

    void schemasWithoutEnd_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::newRow("itself") << "{\"$ref\":\"#\"}"_ba;
        const QByteArray circle
            = "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/b\"}]},"
              "\"b\":{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}]}}}";
        QTest::newRow("in a circle") << circle;
        QTest::newRow("dynamic")
            << "{\"$dynamicAnchor\":\"x\",\"not\":{\"$dynamicRef\":\"#x\"}}"_ba;
    }

    void schemasWithoutEnd()
    {
        QFETCH(const QByteArray, schema);
        const auto made = schemaOf(schema);
        QVERIFY(made);
        const auto report = made->check(nodeOf(u"{\"a\":1}"_s));
        QVERIFY(!report);
        QVERIFY2(
            report.error().message.contains(u"without end"_s), qPrintable(report.error().message));
    }

    /// A list of lists of …, held against itself: as deep as can be read, and it ends.
    void deepValues()
    {
        const auto made = schemaOf("{\"type\":\"array\",\"items\":{\"allOf\":[{\"$ref\":\"#\"}]}}");
        const QString deep = QString(250, u'[') + QString(250, u']');
        const auto report = made->check(nodeOf(deep));
        QVERIFY2(report, qPrintable(report ? QString() : report.error().message));
        QVERIFY(report->isValid());
    }

    void whatTakesTooLongIsGivenUp()
    {
        // Each level doubles the work.
        QByteArray schema = "{\"$defs\":{\"0\":{\"type\":\"null\"}";
        for (int i = 1; i < 40; ++i) {
            const QByteArray before = "{\"$ref\":\"#/$defs/" + QByteArray::number(i - 1) + "\"}";
            schema += ",\"" + QByteArray::number(i) + "\":{\"anyOf\":[" + before + ",{\"allOf\":["
                + before + "]}]}";
        }
        schema += "},\"$ref\":\"#/$defs/39\"}";
        const auto made = schemaOf(schema);
        QVERIFY(made);
        const auto report
            = made->check(nodeOf(u"1"_s), {.steps = 100'000, .time = std::chrono::minutes(5)});
        QVERIFY(!report);
        QVERIFY2(
            report.error().message.contains(u"too long"_s), qPrintable(report.error().message));
        // And stopped, in another thread.
        QFuture<Result<SchemaReport>> future = made->checkAside(
            nodeOf(u"1"_s), {.steps = 1LL << 60, .time = std::chrono::minutes(5)});
        future.cancel();
        future.waitForFinished();
        QVERIFY(future.isCanceled());
    }

    void violationsAreNotWithoutNumber()
    {
        QString list = u"[0"_s;
        for (int i = 0; i < 5000; ++i) {
            list += u",0"_s;
        }
        const auto report
            = schemaOf("{\"items\":{\"type\":\"string\"}}")->check(nodeOf(list + u']'));
        QCOMPARE(report->violations.size(), 100);
        QVERIFY(report->hasMore);
    }

    void copiesMayBeUsedInAnyThread()
    {
        const auto made = schemaOf("{\"items\":{\"pattern\":\"^(a|b)*$\",\"minLength\":2}}");
        QList<QFuture<Result<SchemaReport>>> futures;
        for (int i = 0; i < 50; ++i) {
            futures.append(made->checkAside(nodeOf(u"[\"ab\",\"abc\"]"_s)));
        }
        for (const auto &future : futures) {
            QCOMPARE(future.result()->violations.size(), 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestJsonSchema)
#include "tst_jsonschema.moc"
