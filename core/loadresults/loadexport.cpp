// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadexport.h"

#include "base/invalidrequest.h"
#include "load/samplescsv.h"
#include "loadresults/loadpage.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array exportForms{std::pair{LoadExport::Vllm, "vllm"_L1},
    std::pair{LoadExport::AiperfCsv, "aiperf-csv"_L1},
    std::pair{LoadExport::AiperfJsonLines, "aiperf-jsonl"_L1},
    std::pair{LoadExport::Llmd, "llm-d"_L1}, std::pair{LoadExport::Samples, "samples"_L1},
    std::pair{LoadExport::Answers, "answers"_L1}, std::pair{LoadExport::Markdown, "markdown"_L1},
    std::pair{LoadExport::Html, "html"_L1}};

bool isOfOneStage(LoadExport form)
{
    return form == LoadExport::AiperfCsv || form == LoadExport::AiperfJsonLines
        || form == LoadExport::Llmd || form == LoadExport::Samples || form == LoadExport::Answers;
}

bool isOfSamples(LoadExport form)
{
    return form == LoadExport::AiperfJsonLines || form == LoadExport::Samples;
}

QByteArray samplesCsv(const LoadStage &stage)
{
    QByteArray csv = samplesCsvHead();
    for (const LoadSample &sample : stage.samples) {
        csv += toCsv(sample);
    }
    return csv;
}

} // namespace

QString toWord(LoadExport form)
{
    return std::ranges::find(exportForms, form, &std::pair<LoadExport, QLatin1StringView>::first)
        ->second;
}

std::optional<LoadExport> loadExportFrom(const QString &word)
{
    const auto found = std::ranges::find_if(
        exportForms, [&word](const auto &form) { return form.second == word; });
    return found == exportForms.end() ? std::nullopt : std::optional(found->first);
}

QStringList loadExportWords()
{
    QStringList words;
    for (const auto &[form, word] : exportForms) {
        words.append(word);
    }
    return words;
}

Result<QByteArray> exported(const LoadResult &result, LoadExport form)
{
    if (result.stages.isEmpty()) {
        return invalidRequest(u"There is nothing in the report yet."_s);
    }
    const LoadStage &stage = result.stages.constFirst();
    if (isOfOneStage(form) && result.stages.size() > 1) {
        return invalidRequest(
            u"A file for %1 holds one run, and this is a sweep of %2: choose one of its stages."_s
                .arg(toWord(form), QString::number(result.stages.size())));
    }
    if (isOfSamples(form) && stage.samples.empty()) {
        return invalidRequest(
            u"A file for %1 is of single requests, which a report does not hold: name a run of the history."_s
                .arg(toWord(form)));
    }
    if (form == LoadExport::Answers && !stage.answers) {
        return invalidRequest(
            u"No answers are kept of this run: “lori load --keep-answers” and the window keep them."_s);
    }
    switch (form) {
    case LoadExport::Vllm:
        return vllmJson(result);
    case LoadExport::AiperfCsv:
        return aiperfCsv(stage.report);
    case LoadExport::AiperfJsonLines:
        return aiperfJsonLines(stage);
    case LoadExport::Llmd:
        return llmdJson(result);
    case LoadExport::Samples:
        return samplesCsv(stage);
    case LoadExport::Answers:
        return toJsonLines(*stage.answers);
    case LoadExport::Markdown:
        return loadAsMarkdown(result);
    case LoadExport::Html:
        return loadAsHtml(result);
    }
    Q_UNREACHABLE_RETURN(QByteArray());
}

} // namespace Lorikeet
