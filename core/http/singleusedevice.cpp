// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/singleusedevice.h"

#include <cstring>

namespace Lorikeet {

SingleUseDevice::SingleUseDevice(const QByteArray &body, QObject *parent)
    : QIODevice(parent)
    , m_body(body)
{
    // Without QIODevice's own buffer, which would only be one more copy.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 SingleUseDevice::bytesAvailable() const
{
    return m_body.size() - m_position + QIODevice::bytesAvailable();
}

qint64 SingleUseDevice::readData(char *data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_body.size() - m_position);
    std::memcpy(data, m_body.constData() + m_position, size_t(size));
    m_position += size;
    return size;
}

} // namespace Lorikeet

#include "moc_singleusedevice.cpp"
