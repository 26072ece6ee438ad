// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "templates/templatesyntax.h"

#include <QJsonObject>

namespace Lorikeet {

/// Carries a template out. Fails, with a sentence that begins with `place` and names the line,
/// where a value is missing or of the wrong kind; nothing is taken for empty in silence.
[[nodiscard]] Result<QString> renderTemplate(
    const TemplateBlock &block, const QJsonObject &values, const QString &place);

} // namespace Lorikeet
