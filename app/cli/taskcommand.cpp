// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "taskcommand.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "endpointoptions.h"
#include "exitcode.h"
#include "http/apiclient.h"
#include "standardoutput.h"
#include "tasks/taskclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <charconv>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<OptionHelp> commonOptions()
{
    return {
        {{u"model"_s, u"m"_s}, u"ID"_s, u"The model to ask. Default: what the server has."_s},
        {{u"adapter"_s, u"a"_s}, u"ID"_s, u"LoRAX: the adapter to use."_s},
        {{u"adapter-source"_s}, u"SOURCE"_s,
            u"LoRAX: where the adapter is loaded from: hub, local, s3 or pbase."_s},
        {{u"dialect"_s}, u"NAME"_s,
            u"How the server is asked: %1. Default: by what stands at the endpoint."_s.arg(
                taskDialectNames().join(u", "_s))},
        {{u"file"_s, u"f"_s}, u"FILE|-"_s, u"Takes each line of a file as a text."_s},
        retriesOption(),
    };
}

OptionHelp jsonOption() { return {{u"json"_s}, {}, u"Prints JSON instead, one object a line."_s}; }

/// The shortest text that reads back as the same number.
QByteArray toText(float number)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end - text.data()};
}

/// QJsonArray would write a float's digits as a double's, twice as many.
QByteArray toJson(const QList<float> &vector)
{
    QByteArray text = "["_ba;
    for (const float number : vector) {
        text += (text.size() > 1 ? "," : "") + toText(number);
    }
    return text + ']';
}

QByteArray toJson(const EmbedReply::SparseVector &vector)
{
    QByteArray text = "{"_ba;
    for (const auto &[token, weight] : vector) {
        const QByteArray name = QJsonDocument(QJsonArray{token}).toJson(QJsonDocument::Compact);
        text += (text.size() > 1 ? "," : "") + name.sliced(1, name.size() - 2) + ':'
            + toText(weight);
    }
    return text + '}';
}

QByteArray toLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// Document or text on one line of a table.
QByteArray oneLine(const QString &text) { return text.simplified().toUtf8(); }

Result<QStringList> textsOf(const CommandLine &line)
{
    QStringList texts = line.arguments();
    if (!line.has(u"file"_s)) {
        return texts;
    }
    const QString name = line.value(u"file"_s);
    QFile file(name);
    const bool isOpen
        = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    while (true) {
        const QByteArray text = file.readLine();
        if (text.isEmpty()) {
            return texts;
        }
        if (!text.trimmed().isEmpty()) {
            texts.append(QString::fromUtf8(text).trimmed());
        }
    }
}

Result<std::optional<int>> numberOf(const CommandLine &line, const QString &option)
{
    if (!line.has(option)) {
        return std::optional<int>();
    }
    bool isNumber = false;
    const int number = line.value(option).toInt(&isNumber);
    if (!isNumber || number < 1) {
        return invalidRequest(
            u"--%1 takes a number from 1 on, not “%2”."_s.arg(option, line.value(option)));
    }
    return std::optional(number);
}

} // namespace

CommandHelp TaskCommand::help(Task task)
{
    const QList<OptionHelp> before = endpointOptions() + commonOptions();
    switch (task) {
    case Task::Embed:
        return {
            .name = u"embed"_s,
            .arguments = u"[TEXT…]"_s,
            .summary = u"turn texts into vectors"_s,
            .description = {u"Prints one JSON object a line for each text: its index and its "
                            "embedding. What is more than the server takes at once is asked in "
                            "several requests."_s},
            .options = before
                + QList<
                    OptionHelp>{{{u"dimensions"_s}, u"N"_s,
                                    u"How long vectors are, where the model lets one choose."_s},
                    {{u"sparse"_s}, {},
                        u"Asks for weights of tokens instead of dense vectors (TEI, Triton)."_s}}
                + requestOptions(),
            .examples = {{u"Two texts:"_s,
                             u"lori embed -e http://localhost:8080 'a parrot' 'a small parrot'"_s},
                {u"Each line of a file:"_s,
                    u"lori embed -e http://localhost:11434 -m nomic-embed-text -f texts.txt"_s}},
        };
    case Task::Rerank:
        return {
            .name = u"rerank"_s,
            .arguments = u"--query TEXT [DOCUMENT…]"_s,
            .summary = u"order documents by how well they answer a query"_s,
            .description = {u"Prints a line for each document, best first: its score, its index "
                            "and its text."_s},
            .options = before
                + QList<OptionHelp>{{{u"query"_s, u"q"_s}, u"TEXT"_s, u"What is looked for."_s},
                    {{u"top"_s}, u"N"_s, u"Only the N best."_s},
                    {{u"score"_s}, {},
                        u"vLLM: asks /score, for models that compare pairs of texts."_s},
                    jsonOption()}
                + requestOptions(),
            .examples = {{u"The three best lines of a file:"_s,
                u"lori rerank -e http://localhost:8000 -q 'loud parrots' --top 3 -f birds.txt"_s}},
        };
    case Task::Classify:
        return {
            .name = u"classify"_s,
            .arguments = u"[TEXT…]"_s,
            .summary = u"name the classes of texts"_s,
            .description = {u"Prints a line for each class found: the text's index, the score, "
                            "the class and, where the model labels parts, the part."_s},
            .options = before + QList<OptionHelp>{jsonOption()} + requestOptions(),
            .examples
            = {{u"One text:"_s, u"lori classify -e http://localhost:8080 'Ada lives in London'"_s}},
        };
    }
    Q_UNREACHABLE_RETURN(CommandHelp());
}

Result<std::unique_ptr<Command>> TaskCommand::make(
    Task task, const CommandLine &line, ApiClient &client)
{
    if (line.has(u"dialect"_s) && !taskDialectFromName(line.value(u"dialect"_s))) {
        return invalidRequest(u"“%1” is no dialect: %2."_s.arg(
            line.value(u"dialect"_s), taskDialectNames().join(u", "_s)));
    }
    for (const QString &option : {u"top"_s, u"dimensions"_s}) {
        if (const auto number = numberOf(line, option); !number) {
            return Failure(number.error());
        }
    }
    if (task == Task::Rerank && line.value(u"query"_s).isEmpty()) {
        return invalidRequest(u"There is no query: give one with --query."_s);
    }
    const Result<std::optional<RetryPolicy>> retries = retriesFrom(line);
    if (!retries) {
        return Failure(retries.error());
    }
    const Result<QStringList> texts = textsOf(line);
    if (!texts) {
        return Failure(texts.error());
    }
    if (texts->isEmpty()) {
        return invalidRequest(u"There is no text: give some in quotes, or a file with --file."_s);
    }
    std::unique_ptr<TaskCommand> command(new TaskCommand(task, line, *texts, client));
    command->m_retries = *retries;
    return command;
}

TaskCommand::TaskCommand(
    Task task, const CommandLine &line, const QStringList &texts, ApiClient &client)
    : m_task(task)
    , m_line(line)
    , m_texts(texts)
    , m_client(client)
{ }

void TaskCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void TaskCommand::interrupt() { endInterrupted(); }

void TaskCommand::onTarget(const Result<Target> &found)
{
    if (isOver()) {
        return;
    }
    if (!found) {
        endWith(found.error());
        return;
    }
    Target target = *found;
    target.endpoint.retry = m_retries.value_or(target.endpoint.retry);
    const TaskDialect dialect = m_line.has(u"dialect"_s)
        ? *taskDialectFromName(m_line.value(u"dialect"_s))
        : taskDialectOf(target.endpoint);
    const TaskOptions options{.model = m_line.value(u"model"_s),
        .adapter = {.id = m_line.value(u"adapter"_s), .source = m_line.value(u"adapter-source"_s)},
        .extraBody = {}};
    switch (m_task) {
    case Task::Embed:
        runTask(m_client, dialect, target,
            EmbedRequest{.options = options,
                .inputs = m_texts,
                .dimensions = *numberOf(m_line, u"dimensions"_s),
                .sparse = m_line.has(u"sparse"_s)},
            tellOfRetry)
            .then(this, [this](const Result<EmbedReply> &reply) { show(reply); });
        break;
    case Task::Rerank:
        runTask(m_client, dialect, target,
            RerankRequest{.options = options,
                .query = m_line.value(u"query"_s),
                .documents = m_texts,
                .top = *numberOf(m_line, u"top"_s),
                .scores = m_line.has(u"score"_s)},
            tellOfRetry)
            .then(this, [this](const Result<RerankReply> &reply) { show(reply); });
        break;
    case Task::Classify:
        runTask(m_client, dialect, target, ClassifyRequest{.options = options, .inputs = m_texts},
            tellOfRetry)
            .then(this, [this](const Result<ClassifyReply> &reply) { show(reply); });
        break;
    }
}

template<typename Reply>
void TaskCommand::show(const Result<Reply> &reply)
{
    if (isOver()) {
        return;
    }
    if (reply) {
        print(*reply);
    } else {
        endWith(reply.error());
    }
}

void TaskCommand::print(const EmbedReply &reply)
{
    QByteArray text;
    for (qsizetype i = 0; i < m_texts.size(); ++i) {
        const bool isDense = i < reply.vectors.size() && !reply.vectors[i].isEmpty();
        text += "{\"index\":"_ba + QByteArray::number(i) + ",\"embedding\":"_ba
            + (isDense ? toJson(reply.vectors[i]) : toJson(reply.sparse.value(i))) + "}\n"_ba;
    }
    end(StandardOutput::write(text).value_or(ExitCode::Done));
}

void TaskCommand::print(const RerankReply &reply)
{
    QByteArray text;
    for (const RerankReply::Rank &rank : reply.ranks) {
        const QString &document = m_texts[rank.index];
        text += m_line.has(u"json"_s)
            ? toLine({{u"index"_s, rank.index}, {u"score"_s, rank.score}, {u"text"_s, document}})
            : QByteArray::number(rank.score, 'g', 6) + '\t' + QByteArray::number(rank.index) + '\t'
                + oneLine(document) + '\n';
    }
    end(StandardOutput::write(text).value_or(ExitCode::Done));
}

void TaskCommand::print(const ClassifyReply &reply)
{
    QByteArray text;
    for (qsizetype i = 0; i < reply.labels.size(); ++i) {
        for (const ClassifyReply::Label &label : reply.labels[i]) {
            if (m_line.has(u"json"_s)) {
                QJsonObject object{
                    {u"index"_s, i}, {u"label"_s, label.name}, {u"score"_s, label.score}};
                if (label.start) {
                    object.insert(u"text"_s, label.text);
                    object.insert(u"start"_s, *label.start);
                    object.insert(u"end"_s, label.end.value_or(*label.start));
                }
                text += toLine(object);
            } else {
                text += QByteArray::number(i) + '\t' + QByteArray::number(label.score, 'g', 6)
                    + '\t' + oneLine(label.name)
                    + (label.text.isEmpty() ? QByteArray() : '\t' + oneLine(label.text)) + '\n';
            }
        }
    }
    end(StandardOutput::write(text).value_or(ExitCode::Done));
}

} // namespace Lorikeet
