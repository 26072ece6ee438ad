// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "http/linereader.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Lorikeet {

/// Cuts a body of JSON texts, one a line (application/x-ndjson), into those lines, however the
/// body was cut on its way. Does not look into them. Lines end in LF (a CR before it is dropped);
/// lines of nothing but white space are skipped. A line that lies whole in one read is handed out
/// without a copy.
///
/// For each read: feed(), then next() until it returns NeedsMore or Failed. At the end of the
/// body: finish(), then next() likewise, since the last line may lack its end.
class JsonLinesParser final
{
public:
    struct Limits
    {
        qsizetype line = 16 * 1024 * 1024;
    };

    enum class Step { Line, NeedsMore, Failed };

    JsonLinesParser();
    explicit JsonLinesParser(const Limits &limits);

    /// `bytes` must stay where they are until next() returns NeedsMore or Failed.
    void feed(QByteArrayView bytes);
    void finish();
    [[nodiscard]] Step next();

    /// After Step::Line: UTF-8, with U+FFFD for what was not. Valid until the next call of next().
    [[nodiscard]] QByteArrayView line() const { return m_line; }

    /// After Step::Failed, of Kind::Protocol.
    [[nodiscard]] const ApiError &error() const { return m_error; }

private:
    [[nodiscard]] bool take(QByteArrayView line);

    Limits m_limits;
    LineReader m_lines;
    QByteArrayView m_line;
    QByteArray m_corrected;
    ApiError m_error;
    bool m_failed = false;
};

} // namespace Lorikeet
