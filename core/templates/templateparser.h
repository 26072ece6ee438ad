// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "templates/templatesyntax.h"

namespace Lorikeet {

/// Reads a template; where it is none, or uses what of Jinja is not supported, a sentence that
/// names that and the line, and begins with `place`.
[[nodiscard]] Result<TemplateBlock> parseTemplate(const QString &source, const QString &place);

} // namespace Lorikeet
