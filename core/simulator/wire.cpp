// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/wire.h"

#include <QJsonDocument>

namespace Lorikeet::Sim {

void appendJsonString(QByteArray &out, QByteArrayView text)
{
    static constexpr char hexadecimal[] = "0123456789abcdef";
    out += '"';
    qsizetype from = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = static_cast<quint8>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        out += text.sliced(from, i - from);
        from = i + 1;
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += hexadecimal[c >> 4];
            out += hexadecimal[c & 15];
        }
    }
    out += text.sliced(from);
    out += '"';
}

QByteArray sseEvent(const QJsonObject &data)
{
    return "data: " + QJsonDocument(data).toJson(QJsonDocument::Compact) + "\n\n";
}

ServerResponse jsonResponse(const QJsonObject &body, int status)
{
    return {.status = status,
        .contentType = "application/json",
        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

ServerResponse metricsText(const QByteArray &text)
{
    return {.contentType = "text/plain; version=0.0.4; charset=utf-8", .body = text};
}

} // namespace Lorikeet::Sim
