// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "compare/judgement.h"

namespace Lorikeet {

/// What there is to judge.
struct JudgeInput
{
    QList<JudgePair> pairs;
    qsizetype failed = 0; ///< lanes that have an error instead of an answer, which are left out
};

/// The pairs of answers in a file of JSON lines, or in one JSON object, as `lori judge --help`
/// describes them; “-” is stdin. The first line that is none of these is an error that names it.
[[nodiscard]] Result<JudgeInput> readJudgePairs(const QString &fileName);

} // namespace Lorikeet
