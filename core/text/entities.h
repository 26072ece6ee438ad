// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

namespace Lorikeet {

/// The character of an HTML entity ("&amp;", "&#x2192;"); the entity itself where it is not known.
[[nodiscard]] QString entityText(QStringView entity);

/// Markdown's attribute text, with its backslash escapes and entities resolved.
[[nodiscard]] QString unescaped(QStringView text);

} // namespace Lorikeet
