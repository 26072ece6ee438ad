// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "validatecommand.h"

#include "base/invalidrequest.h"
#include "schemaoptions.h"
#include "standardoutput.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QPromise>
#include <QStringDecoder>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace Lorikeet {

CommandHelp ValidateCommand::help()
{
    return {
        .name = u"validate"_s,
        .arguments = u"INSTANCE|-"_s,
        .summary = u"hold JSON against a schema"_s,
        .description
        = {u"Says whether a JSON value keeps to a JSON Schema of any draft from 4 to 2020-12, and "
           "prints a line for each thing in which it does not: where it is, what is wrong, and "
           "which part of the schema says so. The schema itself is held against its draft's "
           "meta-schema first."_s,
            u"Formats are not checked, as the newer drafts have it."_s,
            u"Ends with 0 when it keeps to the schema, with 3 when it does not or is no JSON, and "
            "with 2 when the schema cannot be used."_s},
        .options = schemaOptions()
            + QList<OptionHelp>{embeddedOption(),
                {{u"json"_s}, {}, u"Prints one JSON object with all violations."_s}},
        .examples = {{u"A file:"_s, u"lori validate --schema person.json answer.json"_s},
            {u"An answer as it comes:"_s,
                u"lori chat -e http://gpu:8000 'Ada Lovelace as JSON' | lori validate --schema "
                "person.json --embedded -"_s}},
    };
}

Result<std::unique_ptr<Command>> ValidateCommand::make(const CommandLine &line)
{
    const Result<JsonSchema> schema = schemaFrom(line);
    if (!schema) {
        return Failure(schema.error());
    }
    if (line.arguments().size() != 1) {
        return invalidRequest(u"One value is checked: name its file, or - for stdin."_s);
    }
    const Result<QByteArray> bytes = contentsOf(line.arguments().constFirst());
    if (!bytes) {
        return Failure(bytes.error());
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(*bytes);
    if (decoder.hasError()) {
        return invalidRequest(
            u"%1 is no UTF-8, which JSON must be."_s.arg(line.arguments().constFirst()));
    }
    return std::unique_ptr<Command>(new ValidateCommand(line, *schema, text));
}

ValidateCommand::ValidateCommand(
    const CommandLine &line, const JsonSchema &schema, const QString &text)
    : m_isEmbeddingFine(line.has(u"embedded"_s))
    , m_wantsJson(line.has(u"json"_s))
    , m_schema(schema)
    , m_text(text)
{ }

ValidateCommand::~ValidateCommand()
{
    m_check.cancel();
    m_check.waitForFinished();
}

void ValidateCommand::start()
{
    m_check
        = QtConcurrent::run([schema = m_schema, text = m_text, isEmbeddingFine = m_isEmbeddingFine](
                                QPromise<Result<AnswerCheck>> &promise) {
              promise.addResult(checkAnswer(
                  text, schema, isEmbeddingFine, [&promise] { return promise.isCanceled(); }));
          });
    m_check.then(this, [this](const Result<AnswerCheck> &check) { onChecked(check); });
}

void ValidateCommand::interrupt()
{
    m_check.cancel();
    endInterrupted();
}

void ValidateCommand::onChecked(const Result<AnswerCheck> &check)
{
    if (!check) {
        endWith(check.error());
        return;
    }
    if (check->json) {
        for (const QString &pointer : check->json->duplicates) {
            printNote(u"%1 is there more than once: the last counts."_s.arg(pointer));
        }
    }
    const auto over = m_wantsJson
        ? StandardOutput::writeLine(
              {{u"valid"_s, check->isValid()}, {u"draft"_s, toWord(m_schema.draft())},
                  {u"violations"_s, toJson(check->violations)}, {u"has_more"_s, check->hasMore}})
        : StandardOutput::write(toLines(check->violations, check->hasMore).toUtf8());
    end(over && *over != ExitCode::Done ? *over
            : check->isValid()          ? ExitCode::Done
                                        : ExitCode::Invalid);
}

} // namespace Lorikeet
