// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "modelscommand.h"

#include "descriptiontext.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "repositorycommand.h"
#include "standardoutput.h"

#include <QJsonObject>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Lorikeet {

CommandHelp ModelsCommand::help()
{
    return {
        .name = u"models"_s,
        .summary = u"list the models and adapters an endpoint serves"_s,
        .description
        = {u"Asks the endpoint, in its own dialect, what it serves, and prints it: the server, its "
           "models, its LoRA adapters. Nothing is generated."_s,
            u"At Triton it also loads and unloads models, and prints what the server has counted, "
            "over HTTP or gRPC; with --json one JSON object a line for each model, as the server "
            "writes them."_s},
        .options = endpointOptions()
            + QList<OptionHelp>{{{u"json"_s}, {}, u"Prints one JSON object instead."_s}}
            + RepositoryCommand::options() + requestOptions(),
        .examples
        = {{u"See what a server on this machine has:"_s, u"lori models -e http://localhost:8080"_s},
            {u"The names of the models alone:"_s,
                u"lori models -e http://localhost:8080 --json | jq -r '.models[].id'"_s},
            {u"Load a model into Triton, and see what it has done:"_s,
                u"lori models -e grpc://gpu:8001 --load llm && lori models -e grpc://gpu:8001 "
                "--stats -m llm"_s}},
    };
}

Result<std::unique_ptr<Command>> ModelsCommand::make(const CommandLine &line, ApiClient &client)
{
    if (!line.arguments().isEmpty()) {
        return fail(ApiError::Kind::InvalidRequest,
            u"“%1” is too much: models takes options only."_s.arg(line.arguments().constFirst()));
    }
    if (RepositoryCommand::isWanted(line)) {
        return RepositoryCommand::make(line, client);
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
            error.message = u"The endpoint did not tell all within %1 s."_s.arg(toSeconds(limit));
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
                             : StandardOutput::write(servedText(description).toUtf8());
    if (!over && !asJson) {
        for (const QString &note : description.notes) {
            printNote(note);
        }
    }
    end(over.value_or(ExitCode::Done));
}

} // namespace Lorikeet
