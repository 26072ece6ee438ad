// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/markdownblock.h"
#include "timeline/textstyle.h"

#include <QTextBlockFormat>
#include <QTextCharFormat>

class QTextCursor;

namespace Lorikeet {

/// Formats that several parts of DocumentBuilder use.
namespace DocumentFormats {

/// QTextDocument takes some characters as structure; they are replaced one for one.
[[nodiscard]] QString sanitised(QStringView text);

[[nodiscard]] QTextCharFormat charFormat(const QFont &font, const QColor &color);
[[nodiscard]] QTextCharFormat runFormat(
    const QTextCharFormat &base, const TextRun &run, const TextStyle &style);

/// Inserts text[start, start+length) with the runs in it.
void insertRuns(QTextCursor &cursor, const MarkdownBlock &block, qsizetype start, qsizetype length,
    const QTextCharFormat &base, const TextStyle &style);

} // namespace DocumentFormats

} // namespace Lorikeet
