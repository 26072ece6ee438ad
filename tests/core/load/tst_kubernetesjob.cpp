// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/kubernetesjob.h"
#include "schema/jsonschema.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

KubernetesJob usualJob()
{
    KubernetesJob job;
    job.image = u"registry.example/lori:1"_s;
    job.endpoint = QUrl(u"http://vllm.models.svc:8000/v1"_s);
    job.shards = 3;
    job.threads = 2;
    job.profile = "{\"plan\":{\"seed\":\"7\"}}";
    job.startAt = QDateTime({2026, 1, 31}, {12, 0}, QTimeZone::UTC);
    return job;
}

KubernetesJob fullJob()
{
    KubernetesJob job = usualJob();
    job.prompts = "one\ntwo\n";
    job.promptsName = u"prompts.txt"_s;
    job.provider = u"openai"_s;
    job.keyVariable = u"LORIKEET_KEY"_s;
    job.secretName = u"vllm"_s;
    job.secretKey = u"token"_s;
    job.claim = u"results"_s;
    return job;
}

QJsonObject itemOf(const QJsonObject &manifest, const QString &kind)
{
    for (const QJsonValue &item : manifest.value("items"_L1).toArray()) {
        if (item["kind"_L1].toString() == kind) {
            return item.toObject();
        }
    }
    return {};
}

QJsonObject containerOf(const QJsonObject &manifest)
{
    const QJsonValue job = itemOf(manifest, u"Job"_s);
    return job["spec"_L1]["template"_L1]["spec"_L1]["containers"_L1][0].toObject();
}

QStringList argumentsOf(const QJsonObject &manifest)
{
    QStringList arguments;
    for (const QJsonValue &argument : containerOf(manifest).value("args"_L1).toArray()) {
        arguments += argument.toString();
    }
    return arguments;
}

/// What the API server would say; empty: nothing.
QString violationsOf(const QJsonObject &object, const QString &definition)
{
    QFile file(QStringLiteral(LORIKEET_KUBERNETES_SCHEMA));
    if (!file.open(QIODevice::ReadOnly)) {
        return file.errorString();
    }
    QJsonObject schema = QJsonDocument::fromJson(file.readAll()).object();
    schema.insert(
        "allOf"_L1, QJsonArray{QJsonObject{{"$ref"_L1, "#/definitions/"_L1 + definition}}});
    const Result<JsonSchema> read = JsonSchema::from(fromQJson(schema));
    if (!read) {
        return read.error().message;
    }
    const Result<SchemaReport> report = read->check(fromQJson(object));
    if (!report) {
        return report.error().message;
    }
    QStringList texts;
    for (const SchemaViolation &violation : std::as_const(report->violations)) {
        texts += toText(violation);
    }
    return texts.join(u'\n');
}

constexpr QLatin1StringView jobSchema("io.k8s.api.batch.v1.Job");
constexpr QLatin1StringView configMapSchema("io.k8s.api.core.v1.ConfigMap");

} // namespace

/// A load test as a Job of Kubernetes.
class TestKubernetesJob final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// Held against what Kubernetes publishes of its API, with no member that it does not list.
    void keepsToTheApi_data()
    {
        QTest::addColumn<bool>("isFull");
        QTest::newRow("usual") << false;
        QTest::newRow("with all there is") << true;
    }

    void keepsToTheApi()
    {
        QFETCH(const bool, isFull);
        const QJsonObject manifest = manifestOf(isFull ? fullJob() : usualJob());
        QCOMPARE(manifest.value("kind"_L1).toString(), u"List"_s);
        QCOMPARE(violationsOf(itemOf(manifest, u"Job"_s), jobSchema), QString());
        QCOMPARE(violationsOf(itemOf(manifest, u"ConfigMap"_s), configMapSchema), QString());
    }

    /// The check itself finds what the API server would.
    void mistakesWouldBeFound()
    {
        QJsonObject job = itemOf(manifestOf(usualJob()), u"Job"_s);
        QJsonObject spec = job.value("spec"_L1).toObject();
        spec.insert("completions"_L1, u"3"_s);
        job.insert("spec"_L1, spec);
        QVERIFY(violationsOf(job, jobSchema).contains(u"/spec/completions"_s));
        spec.insert("completions"_L1, 3);
        spec.insert("completion"_L1, 3);
        job.insert("spec"_L1, spec);
        QVERIFY(!violationsOf(job, jobSchema).isEmpty());
    }

    void onePodRunsAShard()
    {
        const QJsonObject manifest = manifestOf(usualJob());
        const QJsonValue job = itemOf(manifest, u"Job"_s);
        QCOMPARE(job["spec"_L1]["completionMode"_L1].toString(), u"Indexed"_s);
        QCOMPARE(job["spec"_L1]["completions"_L1].toInt(), 3);
        QCOMPARE(job["spec"_L1]["parallelism"_L1].toInt(), 3);
        QCOMPARE(job["spec"_L1]["backoffLimit"_L1].toInt(-1), 0);
        const QStringList arguments = argumentsOf(manifest);
        QCOMPARE(arguments.value(arguments.indexOf(u"--shard"_s) + 1), u"auto/3"_s);
        QCOMPARE(
            arguments.value(arguments.indexOf(u"--start-at"_s) + 1), u"2026-01-31T12:00:00Z"_s);
        QVERIFY(arguments.contains(u"--json"_s)); // without a claim to its log
        QVERIFY(!arguments.contains(u"--report"_s));
        const QJsonObject map = itemOf(manifest, u"ConfigMap"_s);
        QCOMPARE(
            map.value("data"_L1)["profile.json"_L1].toString(), u"{\"plan\":{\"seed\":\"7\"}}"_s);
    }

    void theKeyIsOnlyReferredTo()
    {
        const QJsonObject manifest = manifestOf(fullJob());
        const QJsonArray variables = containerOf(manifest).value("env"_L1).toArray();
        QCOMPARE(variables.size(), 2);
        const QJsonValue key = variables.at(1);
        QCOMPARE(key["name"_L1].toString(), u"LORIKEET_KEY"_s);
        QVERIFY(key["value"_L1].isUndefined());
        const QJsonValue reference = key["valueFrom"_L1]["secretKeyRef"_L1];
        QCOMPARE(reference["name"_L1].toString(), u"vllm"_s);
        QCOMPARE(reference["key"_L1].toString(), u"token"_s);
        const QStringList arguments = argumentsOf(manifest);
        QCOMPARE(arguments.value(arguments.indexOf(u"--key-env"_s) + 1), u"LORIKEET_KEY"_s);
        QCOMPARE(arguments.value(arguments.indexOf(u"--report"_s) + 1),
            u"/results/lorikeet-load-$(JOB_COMPLETION_INDEX).json"_s);
    }

    void thePodMayDoNothingElse()
    {
        const QJsonValue job = itemOf(manifestOf(usualJob()), u"Job"_s);
        const QJsonValue pod = job["spec"_L1]["template"_L1]["spec"_L1];
        QVERIFY(pod["securityContext"_L1]["runAsNonRoot"_L1].toBool());
        QVERIFY(!pod["automountServiceAccountToken"_L1].toBool(true));
        const QJsonValue context = pod["containers"_L1][0]["securityContext"_L1];
        QVERIFY(context["readOnlyRootFilesystem"_L1].toBool());
        QVERIFY(!context["allowPrivilegeEscalation"_L1].toBool(true));
    }

    void whatCannotBeIsRefused_data()
    {
        QTest::addColumn<KubernetesJob>("job");
        QTest::addColumn<QString>("part");
        const auto with = [](const auto &change) {
            KubernetesJob job = fullJob();
            change(job);
            return job;
        };
        QTest::newRow("name") << with([](auto &job) { job.name = u"Load_Test"_s; })
                              << u"small letters"_s;
        QTest::newRow("long name")
            << with([](auto &job) { job.name = QString(51, u'a'); }) << u"at most 50"_s;
        QTest::newRow("image") << with([](auto &job) { job.image.clear(); }) << u"which image"_s;
        QTest::newRow("no pod") << with([](auto &job) { job.shards = 0; }) << u"1 to 1000 pods"_s;
        QTest::newRow("no secret")
            << with([](auto &job) { job.secretKey.clear(); }) << u"NAME/ENTRY"_s;
        QTest::newRow("large") << with([](auto &job) { job.prompts = QByteArray(1'000'001, 'a'); })
                               << u"no more than 1000000"_s;
        QTest::newRow("no text") << with([](auto &job) { job.prompts = "\xff\xfe"; }) << u"UTF-8"_s;
    }

    void whatCannotBeIsRefused()
    {
        QFETCH(const KubernetesJob, job);
        QFETCH(const QString, part);
        QVERIFY2(problemOf(job).contains(part), qPrintable(problemOf(job)));
        QCOMPARE(problemOf(fullJob()), QString());
    }
};

QTEST_GUILESS_MAIN(TestKubernetesJob)
#include "tst_kubernetesjob.moc"
