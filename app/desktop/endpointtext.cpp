// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointtext.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QString secondsText(Milliseconds time) { return QString::number(toSeconds(time)); }

std::optional<Milliseconds> secondsFrom(const QString &text)
{
    bool understood = false;
    const double seconds = text.trimmed().toDouble(&understood);
    if (!understood || seconds < 0 || seconds > 1e6) {
        return std::nullopt;
    }
    return std::chrono::round<Milliseconds>(fromSeconds(seconds));
}

QString toLines(const Headers &headers)
{
    QStringList lines;
    for (const Header &header : headers) {
        lines.append(QString::fromUtf8(header.name) + ": "_L1 + QString::fromUtf8(header.value));
    }
    return lines.join(u'\n');
}

std::optional<Headers> fromLines(const QString &text)
{
    Headers headers;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty()) {
            continue;
        }
        const qsizetype colon = line.indexOf(u':');
        const QString name = line.left(colon).trimmed();
        if (colon < 1 || name.isEmpty() || name.contains(u' ')) {
            return std::nullopt;
        }
        headers.append({name.toUtf8(), line.sliced(colon + 1).trimmed().toUtf8()});
    }
    return headers;
}

std::optional<QString> variableOf(const QString &key)
{
    const QString trimmed = key.trimmed();
    return trimmed.startsWith("env:"_L1) ? std::optional(trimmed.sliced(4).trimmed())
                                         : std::nullopt;
}

} // namespace Lorikeet
