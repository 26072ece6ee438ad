// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "templates/prompttemplate.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Lorikeet {

// Templates as files that people write, share and keep under version control. In TOML:
//
//     name = "classify"
//     description = "Which department a message is for"
//     system = "You sort messages for {{ company }}."
//     prompt = "Which department: {{ text }}"
//     [variables.company]
//     description = "Whose messages they are"
//     default = "Acme"
//     [parameters]
//     temperature = 0.2
//
// or with [[messages]], each with "role" and "content", instead of system and prompt. In Markdown
// the same stands between two lines of +++, but for the prompt, which is what follows. A file of
// neither kind is a prompt and nothing else.

enum class TemplateFileForm { Toml, Markdown, Text };

/// By the name's ending: .toml, .md or .markdown, else Text.
[[nodiscard]] TemplateFileForm templateFileForm(const QString &fileName);

/// The template in a file, or what is wrong with it in one sentence that names `fileName`; its
/// texts are templates (see fieldsOf()). Without a name of its own it has the file's.
[[nodiscard]] Result<PromptTemplate> templateFromFile(
    const QByteArray &content, const QString &fileName);

/// As templateFromFile() reads it; Text is written as Markdown.
[[nodiscard]] QByteArray templateToFile(const PromptTemplate &prompt, TemplateFileForm form);

/// The members of the file as they are stored.
[[nodiscard]] QJsonObject templateToJson(const PromptTemplate &prompt);
/// `place` begins the sentence of an error. The texts are not looked into.
[[nodiscard]] Result<PromptTemplate> templateFromJson(
    const QJsonObject &object, const QString &place);

} // namespace Lorikeet
