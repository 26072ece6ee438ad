// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "terminalperson.h"

#include "base/invalidrequest.h"
#include "exitcode.h"
#include "tooloptions.h"

#include <QSocketNotifier>

#include <array>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// As it could be typed, so that each word's end is to be seen.
QString typed(const QStringList &command)
{
    QStringList words;
    for (const QString &word : command) {
        const bool isPlain = !word.isEmpty() && !word.contains(u' ') && !word.contains(u'"');
        words.append(isPlain ? word : u"\"%1\""_s.arg(QString(word).replace(u'"', u"\"\"\""_s)));
    }
    return printable(words.join(u' '));
}

} // namespace

TerminalPerson::TerminalPerson(QObject *parent)
    : QObject(parent)
    , m_input(new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this))
{
    m_input->setEnabled(false);
    connect(m_input, &QSocketNotifier::activated, this, &TerminalPerson::onReadable);
}

bool TerminalPerson::isThere()
{
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

std::optional<QFuture<Result<ToolReply>>> TerminalPerson::answer(const ToolQuestion &question)
{
    return ask(u"What does %1 answer? One line:"_s.arg(question.call.name))
        .then([](const Line &line) {
            return line ? Result<ToolReply>(ToolReply{.content = *line, .record = {}})
                        : Result<ToolReply>(Failure(line.error()));
        });
}

QFuture<bool> TerminalPerson::approve(const ToolQuestion & /*question*/, const QStringList &command)
{
    if (m_allowsAll) {
        return QtFuture::makeReadyValueFuture(true);
    }
    return ask(
        u"May this run: %1? y: yes, a: this and all further ones, else no:"_s.arg(typed(command)))
        .then(this, [this](const Line &line) {
            const QString word = line.value_or(QString()).trimmed().toLower();
            m_allowsAll = word == "a"_L1 || word == "all"_L1;
            return m_allowsAll || word == "y"_L1 || word == "yes"_L1;
        });
}

QFuture<TerminalPerson::Line> TerminalPerson::ask(const QString &question)
{
    printNote(question);
    m_asked = std::make_shared<QPromise<Line>>();
    m_asked->start();
    const QFuture<Line> future = m_asked->future();
    if (m_read.contains('\n')) {
        give(Line());
    } else {
        m_input->setEnabled(true);
    }
    return future;
}

void TerminalPerson::onReadable()
{
    std::array<char, 4096> bytes{};
    const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count <= 0) {
        m_input->setEnabled(false);
        give(fail(ApiError::Kind::Internal, u"There was no answer: the input has ended."_s));
        return;
    }
    m_read.append(bytes.data(), count);
    if (m_read.contains('\n')) {
        m_input->setEnabled(false);
        give(Line());
    }
}

/// The line that was read, unless `line` is a failure.
void TerminalPerson::give(const Line &line)
{
    const auto asked = std::exchange(m_asked, nullptr);
    if (!asked) {
        return;
    }
    Line given = line;
    if (line) {
        const qsizetype end = m_read.indexOf('\n');
        given = QString::fromUtf8(m_read.first(end));
        m_read.remove(0, end + 1);
    }
    asked->addResult(given);
    asked->finish();
}

} // namespace Lorikeet
