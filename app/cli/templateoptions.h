// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "commandline.h"
#include "templates/prompttemplate.h"

namespace Lorikeet {

/// The options that ask with a template: --template, and those of valueOptions().
[[nodiscard]] QList<OptionHelp> templateOptions();
/// The options that give its variables values: --var and --vars.
[[nodiscard]] QList<OptionHelp> valueOptions();

/// A template in a file, or the one of that name in the library, as NAME or NAME@VERSION. What has
/// a slash or the ending of a template's file is a file.
[[nodiscard]] Result<PromptTemplate> templateNamed(const QString &fileOrName);

/// What valueOptions() say. Reads the files.
[[nodiscard]] Result<QJsonObject> valuesFrom(const CommandLine &line, const PromptTemplate &prompt);

/// What is asked: the template with its values, if there is one; else the one prompt (see
/// promptFrom()). --system stands before it, in place of what the template has.
[[nodiscard]] Result<RenderedPrompt> askedFrom(const CommandLine &line);

} // namespace Lorikeet
