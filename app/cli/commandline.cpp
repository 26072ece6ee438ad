// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandline.h"

#include <QCommandLineParser>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Result<CommandLine> CommandLine::parse(const CommandHelp &help, const QStringList &arguments)
{
    QCommandLineParser parser;
    for (const OptionHelp &option : help.options) {
        parser.addOption(QCommandLineOption(option.names, option.text, option.value));
    }
    // The parser expects the program's name in front.
    if (!parser.parse(QStringList{help.program()} + arguments)) {
        return fail(ApiError::Kind::InvalidRequest, parser.errorText());
    }
    CommandLine line;
    for (const OptionHelp &option : help.options) {
        const QString name = option.names.constFirst();
        if (parser.isSet(name)) {
            line.m_values.insert(
                name, option.value.isEmpty() ? QStringList() : parser.values(name));
        }
    }
    line.m_arguments = parser.positionalArguments();
    return line;
}

QString CommandLine::value(const QString &option) const
{
    const QStringList all = values(option);
    return all.isEmpty() ? QString() : all.constLast();
}

QStringList CommandLine::values(const QString &option) const { return m_values.value(option); }

Result<std::optional<Milliseconds>> CommandLine::seconds(const QString &option) const
{
    if (!has(option)) {
        return std::optional<Milliseconds>();
    }
    bool isNumber = false;
    const double seconds = value(option).toDouble(&isNumber);
    if (!isNumber || seconds < 0 || seconds > 1e6) {
        return fail(ApiError::Kind::InvalidRequest,
            u"--%1 takes a number of seconds, not “%2”."_s.arg(option, value(option)));
    }
    return std::optional(Milliseconds(std::llround(seconds * 1000)));
}

Result<int> CommandLine::count(const QString &option, int byDefault) const
{
    if (!has(option)) {
        return byDefault;
    }
    bool isCount = false;
    const int count = value(option).toInt(&isCount);
    if (!isCount || count < 1 || count > 10'000) {
        return fail(ApiError::Kind::InvalidRequest,
            u"--%1 takes a number from 1 to 10000, not “%2”."_s.arg(option, value(option)));
    }
    return count;
}

std::optional<std::pair<QString, QString>> splitPair(const QString &text, QChar separator)
{
    const qsizetype at = text.indexOf(separator);
    if (at < 0 || text.first(at).trimmed().isEmpty()) {
        return std::nullopt;
    }
    return std::pair(text.first(at).trimmed(), text.sliced(at + 1).trimmed());
}

} // namespace Lorikeet
