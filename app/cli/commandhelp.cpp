// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandhelp.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int lineWidth = 79;
constexpr int helpColumn = 26;

struct ExitStatus
{
    QString code;
    QString text;
};

const QList<ExitStatus> &exitStatuses()
{
    static const QList<ExitStatus> all{
        {u"0"_s, u"Done."_s},
        {u"1"_s, u"Something failed on this machine, such as reading the stored endpoints."_s},
        {u"2"_s,
            u"The command line, or a value in it, is wrong, and nothing was sent; or a load test "
            "reached a ceiling."_s},
        {u"3"_s, u"What was checked does not keep to its schema or assertions."_s},
        {u"4"_s, u"No connection, or a time limit passed."_s},
        {u"5"_s, u"The server refused, failed, or answered what was not understood."_s},
        {u"6"_s, u"The answer ended before its end; what came was printed."_s},
        {u"7"_s, u"A load test missed its service-level objective, or a compared run is worse."_s},
        {u"130"_s, u"Interrupted with Ctrl+C; what came was printed."_s},
    };
    return all;
}

QString optionSpelling(const OptionHelp &option)
{
    QStringList spellings;
    for (const QString &name : option.names) {
        spellings.append((name.size() == 1 ? u"-"_s : u"--"_s) + name);
    }
    const QString all = spellings.join(u", "_s);
    return option.value.isEmpty() ? all : all + u' ' + option.value;
}

/// `text` broken into lines, each after `indent` blanks; the first continues `start`.
QString wrapped(const QString &text, int indent, const QString &start = {})
{
    const QString margin(indent, u' ');
    QString out;
    QString line = start.size() > indent ? start.trimmed().prepend(u"  "_s) + u'\n' + margin
                                         : start.leftJustified(indent);
    qsizetype used = indent;
    bool isLineEmpty = true;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (!isLineEmpty && used + 1 + word.size() > lineWidth) {
            out += line + u'\n';
            line = margin;
            used = indent;
            isLineEmpty = true;
        }
        if (!isLineEmpty) {
            line += u' ';
            ++used;
        }
        line += word;
        used += word.size();
        isLineEmpty = false;
    }
    return out + line + u'\n';
}

QString usage(const CommandHelp &help)
{
    const QString options = help.options.isEmpty() ? QString() : u" [OPTION]…"_s;
    const QString arguments = help.arguments.isEmpty() ? QString() : u' ' + help.arguments;
    return help.program() + options + arguments;
}

/// Text in which troff must see nothing of its own.
QString escaped(QString text)
{
    text.replace(u'\\', u"\\e"_s).replace(u'-', u"\\-"_s).replace(u"…"_s, u"..."_s);
    text.replace(u'“', u"\\(lq"_s).replace(u'”', u"\\(rq"_s);
    return text.startsWith(u'.') || text.startsWith(u'\'') ? u"\\&"_s + text : text;
}

QString pageName(const CommandHelp &help) { return help.program().replace(u' ', u'-'); }

} // namespace

QString CommandHelp::program() const { return name.isEmpty() ? u"lori"_s : u"lori "_s + name; }

QString toText(const CommandHelp &help)
{
    QString text = wrapped(usage(help), 7, u"Usage: "_s) + u'\n';
    for (const QString &paragraph : help.description) {
        text += wrapped(paragraph, 0) + u'\n';
    }
    if (!help.options.isEmpty()) {
        text += u"Options:\n"_s;
        for (const OptionHelp &option : help.options) {
            text += wrapped(option.text, helpColumn, u"  "_s + optionSpelling(option) + u"  "_s);
        }
        text += u'\n';
    }
    text += u"Exit status:\n"_s;
    for (const ExitStatus &status : exitStatuses()) {
        text += wrapped(status.text, 6, u"  "_s + status.code);
    }
    text += u"\nExamples:\n"_s;
    for (const ExampleHelp &example : help.examples) {
        text += wrapped(example.text, 2, u"  "_s) + u"      "_s + example.command + u"\n\n"_s;
    }
    text.chop(1);
    return text;
}

QString toManual(const CommandHelp &help, const QList<CommandHelp> &others)
{
    const QString name = pageName(help);
    QString page = u".\\\" Written by lori itself from its help.\n"
                   ".TH %1 1 \"\" \"Lorikeet %2\" \"User Commands\"\n"_s.arg(
                       name.toUpper(), QStringLiteral(LORIKEET_VERSION));
    page += u".SH NAME\n%1 \\- %2\n"_s.arg(escaped(name), escaped(help.summary));
    page += u".SH SYNOPSIS\n.B %1\n%2\n"_s.arg(
        escaped(help.program()), escaped(usage(help).sliced(help.program().size()).trimmed()));
    page += u".SH DESCRIPTION\n"_s;
    for (const QString &paragraph : help.description) {
        page += escaped(paragraph) + u"\n.PP\n"_s;
    }
    if (!help.options.isEmpty()) {
        page += u".SH OPTIONS\n"_s;
        for (const OptionHelp &option : help.options) {
            page
                += u".TP\n.B %1\n%2\n"_s.arg(escaped(optionSpelling(option)), escaped(option.text));
        }
    }
    page += u".SH \"EXIT STATUS\"\n"_s;
    for (const ExitStatus &status : exitStatuses()) {
        page += u".TP\n.B %1\n%2\n"_s.arg(status.code, escaped(status.text));
    }
    page += u".SH EXAMPLES\n"_s;
    for (const ExampleHelp &example : help.examples) {
        page += u"%1\n.PP\n.nf\n.RS\n%2\n.RE\n.fi\n.PP\n"_s.arg(
            escaped(example.text), escaped(example.command));
    }
    QStringList references;
    for (const CommandHelp &other : others) {
        if (other.name != help.name) {
            references.append(u".BR %1 (1)"_s.arg(escaped(pageName(other))));
        }
    }
    return page + u".SH \"SEE ALSO\"\n"_s + references.join(u",\n"_s) + u'\n';
}

} // namespace Lorikeet
