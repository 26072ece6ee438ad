// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "modelscommand.h"

#include "endpointoptions.h"
#include "http/apiclient.h"
#include "standardoutput.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString toWord(AdapterStyle style)
{
    switch (style) {
    case AdapterStyle::None:
        return u"none"_s;
    case AdapterStyle::Listed:
        return u"listed"_s;
    case AdapterStyle::FreeText:
        return u"free_text"_s;
    case AdapterStyle::Scales:
        return u"scales"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

void putText(QJsonObject &object, const QString &name, const QString &text)
{
    if (!text.isEmpty()) {
        object.insert(name, text);
    }
}

template<typename T>
void put(QJsonObject &object, const QString &name, const std::optional<T> &number)
{
    if (number) {
        object.insert(name, *number);
    }
}

QJsonObject toJson(const ModelInfo &model)
{
    QJsonObject object{{u"id"_s, model.id}};
    putText(object, u"name"_s, model.name);
    putText(object, u"owned_by"_s, model.ownedBy);
    put(object, u"context_length"_s, model.contextLength);
    return object;
}

QJsonObject toJson(const AdapterInfo &adapter)
{
    QJsonObject object{{u"id"_s, adapter.id}};
    putText(object, u"name"_s, adapter.name);
    putText(object, u"base"_s, adapter.base);
    putText(object, u"path"_s, adapter.path);
    put(object, u"scale"_s, adapter.scale);
    return object;
}

QJsonObject toJson(const EndpointDescription &description)
{
    QJsonArray models;
    for (const ModelInfo &model : description.models) {
        models.append(toJson(model));
    }
    QJsonArray adapters;
    for (const AdapterInfo &adapter : description.adapters) {
        adapters.append(toJson(adapter));
    }
    QJsonObject object{{u"models"_s, models}, {u"adapters"_s, adapters},
        {u"adapter_style"_s, toWord(description.adapterStyle)},
        {u"notes"_s, QJsonArray::fromStringList(description.notes)}};
    putText(object, u"server"_s, description.server);
    putText(object, u"version"_s, description.version);
    put(object, u"context_length"_s, description.contextLength);
    if (description.latency) {
        object.insert(u"latency_ns"_s, qint64(description.latency->count()));
    }
    return object;
}

/// Rows below a heading, the first column as wide as it must be.
QString table(const QString &heading, const QList<std::pair<QString, QString>> &rows)
{
    qsizetype width = 0;
    for (const auto &[first, second] : rows) {
        width = std::max(width, first.size());
    }
    QString text = heading + u'\n';
    for (const auto &[first, second] : rows) {
        text += second.isEmpty() ? u"  %1\n"_s.arg(first)
                                 : u"  %1  %2\n"_s.arg(first.leftJustified(width), second);
    }
    return text;
}

QString toText(const EndpointDescription &description)
{
    QString text;
    const QString server
        = QStringList{description.server, description.version}.join(u' ').trimmed();
    if (!server.isEmpty()) {
        text += server + u'\n';
    }
    QList<std::pair<QString, QString>> models;
    for (const ModelInfo &model : description.models) {
        const std::optional<qint64> context
            = model.contextLength ? model.contextLength : description.contextLength;
        models.append({model.id, context ? u"%1 tokens of context"_s.arg(*context) : QString()});
    }
    text += models.isEmpty() ? u"No models are listed.\n"_s : table(u"Models:"_s, models);
    QList<std::pair<QString, QString>> adapters;
    for (const AdapterInfo &adapter : description.adapters) {
        QStringList details{adapter.name == adapter.id ? QString() : adapter.name,
            adapter.base.isEmpty() ? QString() : u"on "_s + adapter.base,
            adapter.scale ? u"scale %1"_s.arg(*adapter.scale) : QString()};
        details.removeAll(QString());
        adapters.append({adapter.id, details.join(u", "_s)});
    }
    if (!adapters.isEmpty()) {
        text += table(u"Adapters:"_s, adapters);
    }
    return text;
}

} // namespace

CommandHelp ModelsCommand::help()
{
    return {
        .name = u"models"_s,
        .summary = u"list the models and adapters an endpoint serves"_s,
        .description = {u"Asks the endpoint, in its own dialect, what it serves, and prints it: "
                        "the server, its models, its LoRA adapters. Nothing is generated."_s},
        .options = endpointOptions()
            + QList<OptionHelp>{{{u"json"_s}, {}, u"Prints one JSON object instead."_s}}
            + requestOptions(),
        .examples
        = {{u"See what a server on this machine has:"_s, u"lori models -e http://localhost:8080"_s},
            {u"The names of the models alone:"_s,
                u"lori models -e http://localhost:8080 --json | jq -r '.models[].id'"_s}},
    };
}

Result<std::unique_ptr<Command>> ModelsCommand::make(const CommandLine &line, ApiClient &client)
{
    if (!line.arguments().isEmpty()) {
        return fail(ApiError::Kind::InvalidRequest,
            u"“%1” is too much: models takes options only."_s.arg(line.arguments().constFirst()));
    }
    const Result<std::optional<Milliseconds>> limit = line.seconds(u"timeout"_s);
    if (!limit) {
        return Failure(limit.error());
    }
    return std::unique_ptr<Command>(
        new ModelsCommand(line, limit->value_or(Milliseconds(0)), client));
}

ModelsCommand::ModelsCommand(const CommandLine &line, Milliseconds limit, ApiClient &client)
    : m_line(line)
    , m_limit(limit)
    , m_client(client)
{ }

void ModelsCommand::start()
{
    const Milliseconds limit = m_limit;
    if (limit.count() > 0) {
        QTimer::singleShot(limit, this, [this, limit] {
            ApiError error;
            error.kind = ApiError::Kind::TotalTimeout;
            error.message = u"The endpoint did not tell all within %1 s."_s.arg(
                std::chrono::duration<double>(limit).count());
            endWith(error);
        });
    }
    findTarget(m_line, m_client)
        .then(this,
            [this](const Result<Target> &target) {
                return target ? m_client.describe(*target)
                              : QtFuture::makeReadyValueFuture(
                                    Result<EndpointDescription>(Failure(target.error())));
            })
        .unwrap()
        .then(this, [this](const Result<EndpointDescription> &description) {
            if (description) {
                print(*description);
            } else {
                endWith(description.error());
            }
        });
}

void ModelsCommand::interrupt() { endInterrupted(); }

void ModelsCommand::print(const EndpointDescription &description)
{
    if (isOver()) {
        return;
    }
    const bool asJson = m_line.has(u"json"_s);
    const auto over = asJson ? StandardOutput::writeLine(toJson(description))
                             : StandardOutput::write(toText(description).toUtf8());
    if (!over && !asJson) {
        for (const QString &note : description.notes) {
            printNote(note);
        }
    }
    end(over.value_or(ExitCode::Done));
}

} // namespace Lorikeet
