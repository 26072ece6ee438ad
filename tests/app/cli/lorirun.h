// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "eventscript.h"

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QTemporaryDir>

namespace Lorikeet {

constexpr int longWait = 60'000; ///< ms; as long as a busy machine may need

/// The program lori at work, its endpoints stored in `home`. Everything it says is read as it
/// comes. LORI_TEST_KEY in its environment is "canary-0123456789".
class Lori final
{
public:
    Lori(const QTemporaryDir &home, const QStringList &arguments,
        const QByteArray &input = QByteArray(), bool closeInput = true);

    /// For its end; false if it does not come.
    [[nodiscard]] bool wait();
    /// All it has said so far, on stdout and on stderr.
    [[nodiscard]] QByteArray out();
    [[nodiscard]] QByteArray err();

    QProcess process;

private:
    QByteArray m_out;
    QByteArray m_err;
};

/// How lori ended, and what it said until then; -1 if it did not end.
struct LoriEnd
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs it to its end.
[[nodiscard]] LoriEnd runLori(const QTemporaryDir &home, const QStringList &arguments,
    const QByteArray &input = QByteArray());

/// How an answer of the openai dialect ends.
inline const QByteArray done
    = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n"
      "data: [DONE]\n\n";

[[nodiscard]] QList<QJsonObject> jsonLines(const QByteArray &text);

} // namespace Lorikeet
