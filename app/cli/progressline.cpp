// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "progressline.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

int terminalWidth()
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// "47 s", "3 min 05 s", "2 h 10 min".
QString duration(double seconds)
{
    const qint64 whole = std::llround(seconds);
    if (whole < 60) {
        return u"%1 s"_s.arg(whole);
    }
    if (whole < 3600) {
        return u"%1 min %2 s"_s.arg(whole / 60).arg(whole % 60, 2, 10, QChar(u'0'));
    }
    return u"%1 h %2 min"_s.arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QChar(u'0'));
}

} // namespace

ProgressLine::ProgressLine()
    : m_isTerminal(::isatty(STDERR_FILENO) == 1)
{ }

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::start(std::optional<qint64> total)
{
    m_total = total;
    m_sinceStart.start();
}

void ProgressLine::update(qint64 done, qint64 failed)
{
    if (!m_isTerminal || (m_sinceDrawn.isValid() && m_sinceDrawn.elapsed() < 100)) {
        return;
    }
    m_sinceDrawn.start();
    const QString line
        = text(done, failed, m_total, Milliseconds(m_sinceStart.elapsed()), terminalWidth() - 1);
    std::fprintf(stderr, "\r\x1b[K%s", line.toUtf8().constData());
    std::fflush(stderr);
    m_isShown = true;
}

void ProgressLine::clear()
{
    if (m_isShown) {
        std::fputs("\r\x1b[K", stderr);
        std::fflush(stderr);
        m_isShown = false;
    }
}

QString ProgressLine::text(
    qint64 done, qint64 failed, std::optional<qint64> total, Milliseconds elapsed, int width)
{
    const double seconds = toSeconds(elapsed);
    const double rate = seconds > 0 ? double(done) / seconds : 0;
    QStringList parts{total ? u"%1/%2"_s.arg(done).arg(*total) : QString::number(done)};
    if (failed > 0) {
        parts.append(u"%1 failed"_s.arg(failed));
    }
    if (rate > 0) {
        parts.append(
            rate >= 1 ? u"%1/s"_s.arg(rate, 0, 'f', 1) : u"%1/min"_s.arg(rate * 60, 0, 'f', 1));
        if (total && *total > done) {
            parts.append(duration(double(*total - done) / rate) + u" left"_s);
        }
    }
    const QString words = parts.join(u" · "_s);
    if (!total || *total == 0) {
        return words.left(width);
    }
    const int room = std::min(30, width - int(words.size()) - 1);
    if (room < 5) {
        return words.left(width);
    }
    const auto filled = qsizetype(double(room) * double(std::min(done, *total)) / double(*total));
    return QString(filled, u'█') + QString(room - filled, u'░') + u' ' + words;
}

} // namespace Lorikeet
