// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace Lorikeet {

/// A terminal's two ends: what is written to `master` is typed.
class Terminal final
{
public:
    Terminal()
        : m_master(::posix_openpt(O_RDWR | O_NOCTTY))
    {
        if (m_master >= 0 && ::grantpt(m_master) == 0 && ::unlockpt(m_master) == 0) {
            m_name = QString::fromLocal8Bit(::ptsname(m_master));
            ::fcntl(m_master, F_SETFL, O_NONBLOCK);
        }
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    ~Terminal() { ::close(m_master); }

    [[nodiscard]] QString name() const { return m_name; }

    [[nodiscard]] bool type(const QByteArray &text) const
    {
        return ::write(m_master, text.constData(), size_t(text.size())) == text.size();
    }

    /// All that is to be seen on it so far.
    [[nodiscard]] QByteArray shown()
    {
        QByteArray bytes(4096, 0);
        for (ssize_t count = 0;
            (count = ::read(m_master, bytes.data(), size_t(bytes.size()))) > 0;) {
            m_shown.append(bytes.constData(), count);
        }
        return m_shown;
    }

private:
    int m_master;
    QString m_name;
    QByteArray m_shown;
};

} // namespace Lorikeet
