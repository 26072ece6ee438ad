// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace Lorikeet {

/// One option of a command: what the parser accepts, and what help and manual say of it.
struct OptionHelp
{
    QStringList names; ///< without dashes: "model", "m"
    QString value; ///< what follows it, e.g. "URL|NAME"; empty for a switch
    QString text; ///< plain sentences
};

struct ExampleHelp
{
    QString text;
    QString command;
};

/// All there is to say of one command. The only source of its parser, its --help and its manual
/// page, so that none can say what another does not.
struct CommandHelp
{
    QString name; ///< "chat"; empty for lori itself
    QString arguments; ///< after the options, e.g. "[PROMPT|-]"
    QString summary; ///< a few words, no full stop
    QStringList description; ///< paragraphs
    QList<OptionHelp> options;
    QList<ExampleHelp> examples;

    /// "lori chat", "lori".
    [[nodiscard]] QString program() const;
};

/// For a terminal of 80 columns.
[[nodiscard]] QString toText(const CommandHelp &help);
/// A manual page in the man(7) macros. `others` are referred to.
[[nodiscard]] QString toManual(const CommandHelp &help, const QList<CommandHelp> &others);

} // namespace Lorikeet
