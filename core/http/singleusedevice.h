// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIODevice>

namespace Lorikeet {

/// A request body that can be read once. Being sequential and refusing to go back, it keeps Qt's
/// HTTP code (and libcurl's) from sending a request a second time when a server closes the
/// connection without an answer: a repeated chat is charged twice and counted once.
class SingleUseDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit SingleUseDevice(const QByteArray &body, QObject *parent = nullptr);

    [[nodiscard]] bool isSequential() const override { return true; }

    [[nodiscard]] qint64 bytesAvailable() const override;

    [[nodiscard]] bool atEnd() const override { return bytesAvailable() == 0; }

    // Without a word: QIODevice would warn.
    bool seek(qint64) override { return false; }

    bool reset() override { return false; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;

    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qsizetype m_position = 0;
};

} // namespace Lorikeet
