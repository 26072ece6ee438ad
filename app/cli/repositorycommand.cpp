// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "repositorycommand.h"

#include "base/invalidrequest.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "standardoutput.h"
#include "triton/grpctransport.h"
#include "triton/httptransport.h"
#include "triton/tritonaddress.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using namespace Triton;

Result<QByteArray> contentOf(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    return file.readAll();
}

/// A configuration as it is typed, or in a file.
Result<QJsonObject> configFrom(const QString &text)
{
    QByteArray json = text.toUtf8();
    if (!text.trimmed().startsWith(u'{')) {
        const Result<QByteArray> content = contentOf(text);
        if (!content) {
            return Failure(content.error());
        }
        json = *content;
    }
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return invalidRequest(u"--load-config takes a JSON object, or a file with one."_s);
    }
    return document.object();
}

Result<> addFiles(ModelChange &change, const QStringList &files)
{
    for (const QString &text : files) {
        const auto pair = splitPair(text, u'=');
        if (!pair) {
            return invalidRequest(u"--load-file takes PATH=FILE, not “%1”."_s.arg(text));
        }
        const Result<QByteArray> content = contentOf(pair->second);
        if (!content) {
            return Failure(content.error());
        }
        change.files.insert(pair->first, *content);
    }
    return {};
}

/// Nothing where statistics are wanted.
Result<std::optional<ModelChange>> changeFrom(const CommandLine &line)
{
    if (line.has(u"stats"_s)) {
        return std::optional<ModelChange>();
    }
    ModelChange change;
    if (line.has(u"unload"_s)) {
        change.kind = ModelChange::Kind::Unload;
        change.model = line.value(u"unload"_s);
        change.unloadDependents = line.has(u"dependents"_s);
    } else {
        change.model = line.value(u"load"_s);
        if (line.has(u"load-config"_s)) {
            const Result<QJsonObject> config = configFrom(line.value(u"load-config"_s));
            if (!config) {
                return Failure(config.error());
            }
            change.config = *config;
        }
        if (const Result<> added = addFiles(change, line.values(u"load-file"_s)); !added) {
            return Failure(added.error());
        }
    }
    if (const auto problem = problemWith(change)) {
        return invalidRequest(*problem);
    }
    return std::optional(change);
}

QString meanOf(const DurationStatistic &statistic)
{
    if (statistic.count == 0) {
        return u"–"_s;
    }
    const double milliseconds = toMilliseconds(statistic.total) / double(statistic.count);
    return u"%1 ms"_s.arg(milliseconds, 0, 'g', 3);
}

QString toText(const ModelStatistics &model)
{
    const double batch
        = model.executions == 0 ? 0 : double(model.inferences) / double(model.executions);
    QString text = u"%1, version %2\n"_s.arg(model.name, model.version);
    const auto row = [&text](QStringView name, const QString &value) {
        text += u"  %1%2\n"_s.arg(name.toString().leftJustified(10), value);
    };
    row(u"requests", u"%1 good, %2 failed"_s.arg(model.success.count).arg(model.failure.count));
    row(u"items",
        u"%1 in %2 runs, %3 at once in the mean"_s.arg(model.inferences)
            .arg(model.executions)
            .arg(batch, 0, 'g', 3));
    row(u"whole", meanOf(model.success));
    row(u"queue", meanOf(model.queue));
    row(u"compute",
        u"%1, before %2, after %3"_s.arg(
            meanOf(model.computeInfer), meanOf(model.computeInput), meanOf(model.computeOutput)));
    if (model.cacheHit.count + model.cacheMiss.count > 0) {
        row(u"cache", u"%1 hits, %2 misses"_s.arg(model.cacheHit.count).arg(model.cacheMiss.count));
    }
    if (!model.responses.isEmpty()) {
        DurationStatistic later;
        for (const ResponseStatistics &each : model.responses.sliced(1)) {
            later.count += each.success.count;
            later.total += each.success.total;
        }
        row(u"pieces",
            u"the first %1, later ones %2"_s.arg(
                meanOf(model.responses.constFirst().success), meanOf(later)));
    }
    return text;
}

} // namespace

QList<OptionHelp> RepositoryCommand::options()
{
    return {{{u"load"_s}, u"NAME"_s,
                u"Triton: loads this model, for everyone who uses the server; one that is loaded "
                "is loaded anew. The server must have been started with "
                "--model-control-mode=explicit."_s},
        {{u"load-config"_s}, u"JSON|FILE"_s,
            u"With --load: this configuration instead of the model's own."_s},
        {{u"load-file"_s}, u"PATH=FILE"_s,
            u"With --load and --load-config: this file in the place of the model's, such as "
            "1/model.onnx=new.onnx. May be given more than once."_s},
        {{u"unload"_s}, u"NAME"_s, u"Triton: unloads this model, for everyone."_s},
        {{u"dependents"_s}, {}, u"With --unload, of an ensemble: its parts too."_s},
        {{u"stats"_s}, {},
            u"Triton: prints what the server has counted since it was started, with mean times."_s},
        {{u"model"_s, u"m"_s}, u"NAME"_s, u"With --stats: of this model alone."_s}};
}

bool RepositoryCommand::isWanted(const CommandLine &line)
{
    return line.has(u"load"_s) || line.has(u"unload"_s) || line.has(u"stats"_s);
}

Result<std::unique_ptr<Command>> RepositoryCommand::make(const CommandLine &line, ApiClient &client)
{
    const QStringList ways{u"load"_s, u"unload"_s, u"stats"_s};
    if (std::ranges::count_if(ways, [&line](const QString &way) { return line.has(way); }) > 1) {
        return invalidRequest(u"Say one of --load, --unload and --stats."_s);
    }
    const Result<std::optional<ModelChange>> change = changeFrom(line);
    if (!change) {
        return Failure(change.error());
    }
    const Result<std::optional<Milliseconds>> limit = line.seconds(u"timeout"_s);
    if (!limit) {
        return Failure(limit.error());
    }
    return std::unique_ptr<Command>(
        new RepositoryCommand(line, *change, limit->value_or(Milliseconds(0)), client));
}

RepositoryCommand::RepositoryCommand(const CommandLine &line,
    const std::optional<ModelChange> &change, Milliseconds limit, ApiClient &client)
    : m_line(line)
    , m_change(change)
    , m_limit(limit)
    , m_client(client)
{ }

void RepositoryCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void RepositoryCommand::interrupt() { endInterrupted(); }

void RepositoryCommand::onTarget(const Result<Target> &target)
{
    if (isOver()) {
        return;
    }
    if (!target) {
        endWith(target.error());
        return;
    }
    if (target->endpoint.provider != "triton"_L1) {
        endWith(invalidRequest(u"Models are loaded, unloaded and counted at Triton alone, which is "
                               "not what stands there."_s)
                .value());
        return;
    }
    if (isGrpcAddress(target->endpoint.url)) {
        m_transport = std::make_unique<GrpcTransport>(*target);
    } else {
        m_transport = std::make_unique<HttpTransport>(m_client, *target);
    }
    if (m_change) {
        m_transport->change(*m_change, m_limit).then(this, [this](const Result<> &done) {
            onChanged(done);
        });
    } else {
        m_transport->statistics(m_line.value(u"model"_s), {})
            .then(this,
                [this](const Result<QList<ModelStatistics>> &statistics) { print(statistics); });
    }
}

void RepositoryCommand::onChanged(const Result<> &done)
{
    if (isOver()) {
        return;
    }
    if (!done) {
        endWith(done.error());
        return;
    }
    const bool isLoaded = m_change->kind == ModelChange::Kind::Load;
    if (m_line.has(u"json"_s)) {
        const QJsonObject object{{u"model"_s, m_change->model}, {u"loaded"_s, isLoaded}};
        end(StandardOutput::writeLine(object).value_or(ExitCode::Done));
        return;
    }
    const QString words = isLoaded ? u"“%1” is loaded.\n"_s.arg(m_change->model)
                                   : u"“%1” is unloaded.\n"_s.arg(m_change->model);
    end(StandardOutput::write(words.toUtf8()).value_or(ExitCode::Done));
}

void RepositoryCommand::print(const Result<QList<ModelStatistics>> &statistics)
{
    if (isOver()) {
        return;
    }
    if (!statistics) {
        endWith(statistics.error());
        return;
    }
    QByteArray text;
    for (const ModelStatistics &model : *statistics) {
        text += m_line.has(u"json"_s)
            ? QJsonDocument(toJson(model)).toJson(QJsonDocument::Compact) + '\n'
            : toText(model).toUtf8();
    }
    end(StandardOutput::write(text.isEmpty() ? "Nothing was counted yet.\n"_ba : text)
            .value_or(ExitCode::Done));
}

} // namespace Lorikeet
