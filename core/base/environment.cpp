// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/environment.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Result<QByteArray> expandVariables(const QByteArray &text, const QString &where)
{
    static const QRegularExpression reference(u"\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}"_s);
    const QString source = QString::fromLatin1(text); // keeps every byte
    QByteArray result;
    qsizetype done = 0;
    for (auto it = reference.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QByteArray name = match.captured(1).toLatin1();
        if (!qEnvironmentVariableIsSet(name)) {
            return fail(ApiError::Kind::InvalidRequest,
                u"The environment variable %1, which %2 names, is not set; set it and start "
                "Lorikeet again."_s.arg(match.captured(1), where));
        }
        result += text.sliced(done, match.capturedStart() - done);
        result += qEnvironmentVariable(name).trimmed().toUtf8();
        done = match.capturedEnd();
    }
    return result + text.sliced(done);
}

} // namespace Lorikeet
