// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/invalidrequest.h"
#include "load/permutation.h"
#include "load/promptsource.h"
#include "load/syntheticprompt.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Texts and documents of given lengths.
class SyntheticTaskSource final : public PromptSource
{
public:
    using PromptSource::PromptSource;

    [[nodiscard]] std::optional<qint64> count() const override { return std::nullopt; }

protected:
    [[nodiscard]] Result<OwnPrompt> own(qint64 conversation, int /*turn*/) const override
    {
        const LoadTask &task = workload().task;
        const bool isRerank = task.kind == LoadTask::Kind::Rerank;
        OwnPrompt own{.request = common()};
        qint64 query = 0;
        if (isRerank) {
            Random drawn = random(Draw::Query, conversation);
            query = task.query.draw(drawn);
            own.query = text(key(Draw::QueryText, conversation), double(query));
        }
        qint64 sum = 0;
        for (int i = 0; i < task.items(); ++i) {
            Random lengths = random(Draw::Input, conversation, i);
            const qint64 tokens = pair(conversation, i)->input.draw(lengths);
            // What a server adds to a document is its query, which is counted by itself.
            own.texts.append(text(key(Draw::Text, conversation, i),
                isRerank ? double(tokens) : calibration().textTokens(double(tokens))));
            // A reranker reads the query with each document.
            sum += tokens + query;
        }
        own.inputTokens = sum;
        return own;
    }

private:
    [[nodiscard]] QString text(quint64 which, double tokens) const
    {
        QString text;
        SyntheticText(which).append(text, std::max(tokens, 1.0), calibration());
        return text;
    }
};

/// The text of a record, under whichever of the usual names; null: it has none.
QString textOf(const QJsonObject &record)
{
    const QJsonObject body = record.value(u"body"_s).toObject(); // a line of OpenAI's batches
    for (const QJsonObject &object : {record, body}) {
        for (const QString &name : {u"input"_s, u"text"_s, u"prompt"_s, u"inputs"_s}) {
            if (object.value(name).isString()) {
                return object.value(name).toString();
            }
        }
    }
    return {};
}

/// Its documents: a list of texts, or of objects with one; in a table that list as JSON.
QStringList documentsOf(const QJsonObject &record)
{
    QStringList documents;
    for (const QString &name : {u"documents"_s, u"texts"_s}) {
        const QJsonValue value = record.value(name);
        const QJsonArray list = value.isString()
            ? QJsonDocument::fromJson(value.toString().toUtf8()).array()
            : value.toArray();
        for (const QJsonValue &document : list) {
            documents.append(
                document.isObject() ? textOf(document.toObject()) : document.toString());
        }
    }
    return documents;
}

/// Texts of a file, so many records a request; or queries with their documents, each a request.
class FileTaskSource final : public PromptSource
{
public:
    FileTaskSource(const LoadWorkload &workload, quint64 seed, const TokenCalibration &calibration,
        const ParameterSpecs &specs, std::unique_ptr<RecordFile> file)
        : PromptSource(workload, seed, calibration, specs)
        , m_file(std::move(file))
        , m_together(
              workload.task.kind == LoadTask::Kind::Embeddings ? qint64(workload.task.batch) : 1)
    { }

    /// The last request of a file that ends has what is left.
    [[nodiscard]] std::optional<qint64> count() const override
    {
        return workload().cycles ? std::nullopt
                                 : std::optional((m_file->count() + m_together - 1) / m_together);
    }

protected:
    [[nodiscard]] Result<OwnPrompt> own(qint64 conversation, int /*turn*/) const override
    {
        OwnPrompt own{.request = common()};
        for (qint64 i = conversation * m_together; i < (conversation + 1) * m_together; ++i) {
            if (!workload().cycles && i >= m_file->count()) {
                break;
            }
            const qint64 round = i / m_file->count();
            const qint64 place = i % m_file->count();
            const qint64 record = workload().shuffled
                ? Permutation(m_file->count(), key(Draw::Order, round)).at(place)
                : place;
            const Result<QJsonObject> object = m_file->object(record);
            if (!object) {
                return Failure(object.error());
            }
            if (const QString problem = take(*object, i, own); !problem.isEmpty()) {
                return m_file->problem(record, problem);
            }
        }
        return own;
    }

private:
    /// What is wrong with the record.
    [[nodiscard]] QString take(const QJsonObject &record, qint64 number, OwnPrompt &own) const
    {
        if (workload().task.kind == LoadTask::Kind::Embeddings) {
            own.texts.append(withUniqueWords(textOf(record), number));
            return own.texts.constLast().isEmpty()
                ? u"A record to embed is a text, or has one as “input”, “text” or “prompt”."_s
                : QString();
        }
        own.query = withUniqueWords(record.value(u"query"_s).toString(), number);
        own.texts = documentsOf(record);
        return own.query.isEmpty() || own.texts.isEmpty() || own.texts.contains(QString())
            ? u"A record to rank has a text as “query” and a list of texts as “documents”."_s
            : QString();
    }

    [[nodiscard]] QString withUniqueWords(const QString &text, qint64 number) const
    {
        if (text.isEmpty() || workload().uniqueWords == 0) {
            return text;
        }
        QString words;
        SyntheticText(key(Draw::Text, number))
            .appendWords(words, workload().uniqueWords, calibration());
        return words + u"\n\n"_s + text;
    }

    std::unique_ptr<RecordFile> m_file;
    qint64 m_together; ///< records of a request
};

} // namespace

SourceResult makeTaskSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs)
{
    if (workload.kind == LoadWorkload::Kind::Synthetic) {
        return std::make_shared<SyntheticTaskSource>(workload, seed, calibration, specs);
    }
    Result<std::unique_ptr<RecordFile>> file = RecordFile::open(workload.file);
    if (!file) {
        return Failure(file.error());
    }
    return std::make_shared<FileTaskSource>(workload, seed, calibration, specs, *std::move(file));
}

} // namespace Lorikeet
