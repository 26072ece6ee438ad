// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "loadresults/loadresult.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace Lorikeet {

/// The forms a run can leave in. README.md says what of it each has.
enum class LoadExport {
    Vllm, ///< as vllm bench serve --save-detailed; of a sweep one object a line
    AiperfCsv, ///< profile_export_aiperf.csv
    AiperfJsonLines, ///< profile_export.jsonl
    Llmd, ///< llm-d's Benchmark Report 0.2, as JSON
    Samples, ///< our own CSV of requests
    Answers, ///< what they were answered, as JSON lines
    Markdown,
    Html,
};

/// "vllm", "aiperf-csv", "aiperf-jsonl", "llm-d", "samples", "answers", "markdown", "html".
[[nodiscard]] QString toWord(LoadExport form);
[[nodiscard]] std::optional<LoadExport> loadExportFrom(const QString &word);
[[nodiscard]] QStringList loadExportWords();

/// The run in this form, without a secret. Fails with one sentence where the form needs what the
/// result does not have: single requests, their answers, or one stage alone.
[[nodiscard]] Result<QByteArray> exported(const LoadResult &result, LoadExport form);

// One a form.
[[nodiscard]] QByteArray vllmJson(const LoadResult &result);
[[nodiscard]] QByteArray aiperfCsv(const LoadReport &report);
[[nodiscard]] QByteArray aiperfJsonLines(const LoadStage &stage);
[[nodiscard]] QByteArray llmdJson(const LoadResult &result);

} // namespace Lorikeet
