// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "commandhelp.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

/// The options and arguments given to a command, read as its CommandHelp says.
class CommandLine final
{
public:
    /// `arguments` are those behind the command's name. Fails with Kind::InvalidRequest.
    [[nodiscard]] static Result<CommandLine> parse(
        const CommandHelp &help, const QStringList &arguments);

    [[nodiscard]] bool has(const QString &option) const { return m_values.contains(option); }

    /// The last value given; empty if there is none.
    [[nodiscard]] QString value(const QString &option) const;
    [[nodiscard]] QStringList values(const QString &option) const;
    /// A time in seconds, fractions allowed; nothing if not given.
    [[nodiscard]] Result<std::optional<Milliseconds>> seconds(const QString &option) const;
    /// A whole number from 1 to 10000.
    [[nodiscard]] Result<int> count(const QString &option, int byDefault) const;

    [[nodiscard]] const QStringList &arguments() const { return m_arguments; }

private:
    QHash<QString, QStringList> m_values; ///< by an option's first name; empty for a switch
    QStringList m_arguments;
};

/// "K=V" or "K: V", as `separator` says, as two texts without blanks around them; nothing where
/// there is no separator, or nothing before it.
[[nodiscard]] std::optional<std::pair<QString, QString>> splitPair(
    const QString &text, QChar separator);

} // namespace Lorikeet
