// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/textstyle.h"

#include <KSyntaxHighlighting/SyntaxHighlighter>

namespace KSyntaxHighlighting {
class Repository;
}

namespace Lorikeet {

/// Colours code with the theme's six code colours. Keeps its state per line: appending colours the
/// new lines only.
class CodeHighlighter final : public KSyntaxHighlighting::SyntaxHighlighter
{
    Q_OBJECT

public:
    /// Belongs to `document`.
    CodeHighlighter(QTextDocument *document, const TextStyle &style);

    void setStyle(const TextStyle &style);

    /// The language behind what models write after a fence ("cpp", "py", "sh"); invalid if none.
    [[nodiscard]] static KSyntaxHighlighting::Definition definitionFor(
        const KSyntaxHighlighting::Repository &repository, const QString &word);

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override;

private:
    TextStyle m_style;
};

} // namespace Lorikeet
